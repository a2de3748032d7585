"""Who pays to reach the owner, what is inferred of them, and what sites tell Facebook of them -> rows.

Facebook names the advertisers that used a list with the owner on it, or a visit to their site; it tells no date, no
campaign, and never why an ad was shown. Interests and categories are names only. What sites report has the name of the
site and the kind of event: `actor_id` is the site, the owner is its object.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from ascendant.activity import Activity, Ad
from ascendant.read.facebook_archive.label_values import entries, values
from ascendant.read.facebook_archive.links import link_of, plain_url
from ascendant.read.facebook_archive.people import clean
from ascendant.read.facebook_archive.records import Record
from ascendant.read.facebook_archive.story import UNKNOWN, Moment, Place, Tell, Telling, moment
from ascendant.read.facebook_archive.wording import audience

# What is told of an advertiser in any layout, in the words of the newest.
_WAYS: Final = {
    "uploaded_list": "List",
    "retargeting": "Website, app or store",
    "store_visit": "Store visit",
    "": "",
}
_CONSTANT: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
_NUMBER: Final = re.compile(r"\d[\d\s.,\u202f\xa0]*")


def ad_clicks(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Ads that the owner clicked. Older files tell the title of the ad, not whose it is; newer ones have an address."""
    found = place.said(record)
    title = place.words(record.title) if record.title and record.label_values is None else None
    text = title or found.get("title", "ad", "name") or (found.plain[-1] if found.plain else None)
    link = link_of(found.url)
    who = link.author_id if link is not None else None
    name = found.get("advertiser")
    if who is None and name is not None:
        who = telling.people.account(name, file=place.file, kind="advertiser")
    yield telling.row(
        place,
        "ad_click",
        "by_me",
        ("ad", text),  # older files have no address
        place.when(record.timestamp, *found.times),
        actor_id=telling.me,
        object_id=link.object_id if link is not None else None,
        object_author_id=who,
        object_kind="ad",
        text=text,
        urls=(plain_url(found.url),) if found.url else None,
        ad=Ad(advertiser=name),
        text_repaired=found.is_mended or (title is not None and title != record.title) or place.is_repaired,
        missing=() if who is not None else ("object_author_id",),
    )


def ad_threads(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Conversations that began with a click on an ad: when, and no more."""
    for number, (_, one) in enumerate(entries(record.label_values or [], place.words)):
        for nth, seconds in enumerate(one.times or [0]):
            if moment(seconds)[0] is None and not (one.plain or one.by_role):
                continue
            yield telling.row(
                place.part(number) if nth == 0 else place.part(number).part(nth),
                "ad_click",
                "by_me",
                ("thread", one.words("advertiser", "name")),
                place.when(seconds),
                actor_id=telling.me,
                object_author_id=telling.people.account(
                    one.words("advertiser", "name"), file=place.file, kind="advertiser"
                ),
                object_kind="ad",
                missing=("object_author_id",) if one.words("advertiser", "name") is None else (),
            )


def ad_feedback(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Ads that the owner hid or complained of."""
    found = place.said(record)
    name = found.get("advertiser")
    whom = telling.people.account(name, file=place.file, kind="advertiser")
    yield telling.row(
        place,
        "mute",
        "by_me",
        ("ad", found.words("ad", "title", "name"), record.fbid),
        place.when(record.timestamp, *found.times),
        actor_id=telling.me,
        object_author_id=whom,
        object_kind="ad",
        text=found.words("ad", "title", "name"),
        ad=Ad(advertiser=name),
        text_repaired=found.is_mended or place.is_repaired,
        missing=() if whom is not None else ("object_author_id",),
    )


def contact_lists(telling: Telling, record: Record | str, place: Place) -> Iterator[Activity]:
    """Advertisers that hold the owner on a list: the older files, which tell of no other way."""
    if isinstance(record, str):
        yield _targeted(telling, place, place.words(record), "uploaded_list")
    elif record.label_values is not None:
        for number, (_, name) in enumerate(values(record.label_values, place.words)):
            yield _targeted(telling, place.part(number), name, "uploaded_list")
    else:
        raw = record.advertiser or record.advertiser_name or record.name or ""
        yield _targeted(telling, place, place.words(raw), "uploaded_list")


def audiences(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Advertisers that hold the owner on a list, or saw them on their site: names under labels, or marks by name."""
    if record.label_values is not None:
        for number, (label, name) in enumerate(values(record.label_values, place.words)):
            yield _targeted(telling, place.part(number), name, audience(label) or "", label)
        return
    raw = record.advertiser_name or record.name or record.title
    name = place.words(raw) if raw else ""
    marks = {
        "uploaded_list": record.has_data_file_custom_audience,
        "retargeting": record.has_remarketing_custom_audience,
        "store_visit": record.has_in_person_store_visit,
    }
    ways = [way for way, is_used in marks.items() if is_used] or [""]
    for number, way in enumerate(ways):
        yield _targeted(telling, place if len(ways) == 1 else place.part(number), name, way)


def inferred(kind: str, group: str) -> Tell:
    """What Facebook, or an advertiser, takes the owner for: `kind` is the name of the criterion, `group` its class."""

    def tell(telling: Telling, record: Record | str, place: Place) -> Iterator[Activity]:
        for number, (what, is_mended) in enumerate(_topics(record, place)):
            part = place if isinstance(record, str) else place.part(number)
            yield telling.row(
                part,
                "inferred",
                "about_me",
                (kind, what),
                UNKNOWN,
                object_id=telling.me,
                object_kind="topic" if group == "interest" else "segment",
                text=what,
                ad=Ad(criteria=((kind, what, group),)),
                text_repaired=is_mended or place.is_repaired,
            )

    return tell


def off_meta(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """What a site or an application told Facebook that the owner did there."""
    raw = record.title or record.name
    name = clean(place.words(raw)) if raw else None
    who = telling.people.account(name, file=place.file, kind="advertiser")
    same: Counter[tuple[str | None, int | None]] = Counter()
    for number, (kind, when, count) in enumerate(_events(record, place)):
        same[kind, when[0]] += 1
        yield telling.row(
            place.part(number),
            "tracked",
            "about_me",
            ("site", name, kind, same[kind, when[0]]),
            when,
            actor_id=who,
            object_id=telling.me,
            object_kind="event",
            text=kind,
            ad=Ad(advertiser=name),
            count=count,
            missing=() if who is not None else ("actor_id",),
        )


def conversions(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """What advertisers reported lately; seldom by whom."""
    for number, (_, one) in enumerate(entries(record.label_values or [], place.words)):
        name = one.get("advertiser", "name")
        who = telling.people.account(name, file=place.file, kind="advertiser")
        yield telling.row(
            place.part(number),
            "tracked",
            "about_me",
            ("conversion", name, one.words("event", "title"), record.fbid),
            place.when(*one.times, record.timestamp),
            actor_id=who,
            object_id=telling.me,
            object_kind="event",
            text=one.words("event", "title"),
            ad=Ad(advertiser=name),
            text_repaired=one.is_mended or place.is_repaired,
            missing=() if who is not None else ("actor_id",),
        )


def apps(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Applications and sites that the owner entered with their Facebook account."""
    name = clean(place.words(record.name)) if record.name else None
    who = telling.people.account(name, file=place.file, kind="advertiser")
    yield telling.row(
        place,
        "tracked",
        "about_me",
        ("application", record.user_app_scoped_id or name),
        place.when(record.added_timestamp, record.timestamp),
        actor_id=who,
        object_id=telling.me,
        object_kind="account",
        text=name,
        ad=Ad(advertiser=name),
        text_repaired=(name is not None and name != record.name) or place.is_repaired,
        missing=() if who is not None else ("actor_id",),
    )


def _targeted(telling: Telling, place: Place, raw: str, way: str, label: str = "") -> Activity:
    name = clean(raw)
    who = telling.people.account(name, file=place.file, kind="advertiser")
    told = _WAYS[way] or label
    return telling.row(
        place,
        "targeted",
        "about_me",
        (name or place.pointer, way or label),
        UNKNOWN,
        actor_id=who,
        object_id=telling.me,
        object_kind="account",
        ad=Ad(advertiser=name, criteria=((told, "", way or "other"),) if told else ()),
        missing=() if who is not None else ("actor_id",),
    )


def _topics(record: Record | str, place: Place) -> Iterator[tuple[str, bool]]:
    if isinstance(record, str):
        if text := place.words(record).strip():
            yield text, text != record.strip()
    elif record.label_values is not None:
        for _, text in values(record.label_values, place.words):
            yield text, not text.isascii() and not place.is_page
    elif record.name or record.title:
        raw = record.name or record.title or ""
        yield place.words(raw), place.words(raw) != raw


def _events(record: Record, place: Place) -> Iterator[tuple[str | None, Moment, int]]:
    """Kind, time and count of the events that a site reported."""
    for event in record.events or ():
        yield event.type, place.when(event.timestamp), 1
    if record.label_values is not None:
        for _, one in entries(record.label_values, place.words):
            told = one.get("event") or next((text for text in one.plain if _CONSTANT.fullmatch(text)), None)
            if told or one.times:
                yield told, place.when(*one.times), 1
    elif record.text:
        # A page says "12 interactions", in some language, and has the events on another page.
        numbers = [re.sub(r"\D", "", found) for found in _NUMBER.findall(record.text)]
        counts = [int(number) for number in numbers if number and len(number) < 10]
        yield None, place.when(), max(1, counts[0]) if len(counts) == 1 else 1

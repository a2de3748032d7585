"""What is put before the owner's eyes, and what they go to see -> rows.

What Facebook shows is `to_me`; what somebody goes to see is `by_me`. Facebook keeps about 90 days of it. Entries
without a time are counters, and are left out. A film stands in up to three lists (watched, time spent, shows): it is
told from the longest of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ascendant.activity import Activity, Ad
from ascendant.errors import mark
from ascendant.read.facebook_archive.label_values import Said, entries
from ascendant.read.facebook_archive.links import NOWHERE, link_of, plain_url
from ascendant.read.facebook_archive.people import clean, group_named
from ascendant.read.facebook_archive.records import Entry, Record
from ascendant.read.facebook_archive.story import Place, Telling, moment
from ascendant.read.facebook_archive.wording import advertiser_in, is_ad_list

COUNTERS: Final = mark("entries without a time are counters, and were left out")
LISTED_ONCE: Final = mark("films that stand in several lists are told once")
_DEEPEST: Final = 8  # of lists in lists; real ones have two
_VISITED: Final = "visited"  # accounts whose visit was told with a time


def shown(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Posts, films, links and ads that were shown."""
    yield from _shown(telling, record, place, is_ads=False)


def ads_shown(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Ads that were shown; the only trace of who pays, without why."""
    yield from _shown(telling, record, place, is_ads=True)


def visited(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Profiles, pages, events and products that the owner went to see, and people they dealt with."""
    told: set[str] = telling.state.setdefault(_VISITED, set())
    for part, one in _looked_at(telling, record, place):
        when = part.when(*one.times)
        link = link_of(one.url) or NOWHERE
        whom = link.author_id if link.kind == "account" else None
        if whom is not None or (link.object_id is None and link.group_id is None):
            whom = telling.people.account(one.words("name", "title"), one.url, file=place.file)
        what = link.object_id or whom
        if when[0] is None and what in told:
            continue
        if what is not None:
            told.add(what)
        yield telling.row(
            part,
            "view",
            "by_me",
            ("visit", what or one.words("name", "title"), one.url),
            when,
            actor_id=telling.me,
            object_id=what,
            object_author_id=whom or link.author_id,
            object_kind=link.kind or ("account" if whom is not None else None),
            context_id=link.group_id,
            urls=(plain_url(one.url),) if one.url else None,
            text_repaired=one.is_mended or place.is_repaired,
            missing=() if what is not None else ("object_id",),
        )


def items(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Products and offers that the owner looked at: things, by their names."""
    for part, one in _looked_at(telling, record, place):
        name = clean(one.words("title", "name"))
        yield telling.row(
            part,
            "view",
            "by_me",
            ("item", name or part.pointer),
            part.when(*one.times),
            actor_id=telling.me,
            object_id=f"facebook:item:{name}" if name is not None else None,
            object_kind="item",
            text=name,
            urls=(plain_url(one.url),) if one.url else None,
            text_repaired=one.is_mended or place.is_repaired,
            missing=() if name is not None else ("object_id",),
        )


def visited_groups(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Groups, and events, that the owner went to see."""
    for part, one in _looked_at(telling, record, place):
        link = link_of(one.url) or NOWHERE
        what = link.object_id or group_named(one.words("group", "name", "event", "title"))
        yield telling.row(
            part,
            "view",
            "by_me",
            ("visit to a group", what or part.pointer),
            part.when(*one.times),
            actor_id=telling.me,
            object_id=what,
            object_kind=link.kind or "group",
            context_id=what,
            urls=(plain_url(one.url),) if one.url else None,
            text_repaired=one.is_mended or place.is_repaired,
            missing=() if what is not None else ("object_id",),
        )


def _shown(telling: Telling, record: Record, place: Place, *, is_ads: bool) -> Iterator[Activity]:
    for part, one, title in _listed(telling, record, place):
        is_ad = is_ads or is_ad_list(title)
        link = link_of(one.url) or NOWHERE
        text = one.words("ad", "event", "title", "name", "text")
        advertiser = (one.get("advertiser") or (advertiser_in(text) if text else None)) if is_ad else None
        who = link.author_id
        if who is None and advertiser is not None:
            who = telling.people.account(advertiser, file=place.file, kind="advertiser")
        elif who is not None and is_ad:
            telling.people.account(
                advertiser, f"https://www.facebook.com/{who[9:].lstrip('@')}", file=place.file, kind="advertiser"
            )
        yield telling.row(
            part,
            "ad_view" if is_ad else "view",
            "to_me",
            ("shown", text, one.url),
            part.when(*one.times),
            actor_id=who,
            object_id=link.object_id,
            object_author_id=who,
            object_kind="ad" if is_ad else link.kind or ("url" if one.url else None),
            thread_id=link.thread_id,
            context_id=link.group_id,
            text=text,
            urls=(plain_url(one.url),) if one.url else None,
            ad=Ad(advertiser=advertiser) if is_ad else None,
            text_repaired=one.is_mended or place.is_repaired,
            missing=() if who is not None else ("actor_id",),
        )


def _looked_at(telling: Telling, record: Record, place: Place) -> Iterator[tuple[Place, Said]]:
    return ((part, one) for part, one, _ in _listed(telling, record, place))


def _listed(telling: Telling, record: Record, place: Place) -> Iterator[tuple[Place, Said, str]]:
    """Each thing of a record, with what is told of it and the title of its list."""
    if record.label_values is not None:
        found = list(entries(record.label_values, place.words))
        for number, (title, one) in enumerate(found):
            if not one.times and record.timestamp:
                one.times.append(record.timestamp)
            yield (place if len(found) == 1 else place.part(number)), one, title
        return
    number = 0
    for title, entry in _entries(telling, record, place):
        data = entry.data
        if moment(entry.timestamp)[0] is None or data is None:
            telling.note(COUNTERS)
            continue
        one = Said(times=[entry.timestamp or 0], url=data.uri or None)
        if data.name:
            one.plain.append(place.words(data.name))
            one.is_mended = one.plain[0] != data.name
        yield place.part(number), one, title
        number += 1


def _entries(telling: Telling, record: Record, place: Place, depth: int = 0) -> Iterator[tuple[str, Entry]]:
    """The entries of a list of older layouts and of the lists in it, each under the title of the outer one."""
    title = place.words(record.name) if record.name else ""
    for entry in record.entries or ():
        yield title, entry
    children = (record.children or ()) if depth < _DEEPEST else ()
    inner = [list(_entries(telling, child, place, depth + 1)) for child in children]
    # The same films stand in several lists: what the longest has of an address is not told again.
    seen: set[str] = set()
    for found in sorted(inner, key=len, reverse=True):
        addresses = {entry.data.uri for _, entry in found if entry.data is not None and entry.data.uri}
        for _, entry in found:
            if entry.data is not None and entry.data.uri in seen:
                telling.note(LISTED_ONCE)
            else:
                yield title, entry
        seen |= addresses

"""A record of Meta's Ad Library API -> one advertisement: who paid, whom it was meant for, whom it reached.

Spend and impressions stay intervals; an open top stays open. What was asked for (`target_*`) and what came of it
(`delivered_*`, written `what|share`) are criteria of different types. The address of the snapshot holds the access
token of whoever collected the file: it is not kept, and a token anywhere else is cut out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from ascendant.activity import Account, Activity, Ad
from ascendant.errors import mark
from ascendant.read.intervals import interval
from ascendant.read.json_records import Record, part, whole_number, words
from ascendant.read.known_tables import NO_ID, instant
from ascendant.read.links import distinct, links_in
from ascendant.read.tabular.cells import Unreadable
from ascendant.read.tabular.instants import Instant

NOT_AN_AD: Final = mark("no advertisement of the Ad Library")

_KEYS: Final = (b'"ad_snapshot_url"', b'"ad_delivery_start_time"', b'"ad_creative_bod', b'"ad_creation_time"')
_TOKEN: Final = re.compile(r"([?&]?)(?:access_token|access%5Ftoken|token)(?:=|%3D)[^&\s\"'<>]*", re.IGNORECASE)
_BOUND: Final = re.compile(r"(lower|upper)_bound\W+(\d+)")
_HOST: Final = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")
_LARGEST: Final = 2**53
_SINGLE: Final = ("male", "female", "unknown")

Bounds = tuple[int | None, int | None]
Criterion = tuple[str, str, str]


def is_api(head: bytes) -> bool:
    """Whether the first bytes are those of records of the API."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    has_page = b'"page_id"' in start or b'"page_name"' in start
    return start[:1] in (b"{", b"[") and has_page and any(key in start for key in _KEYS)


def facts(record: Record, pointer: str) -> Iterator[Activity | Account]:
    """The advertisement and its page. Raises `Unreadable`."""
    if not any(key.strip(b'"').decode() in name for name in record for key in _KEYS):
        raise Unreadable(NOT_AN_AD)
    key = _key(record.get("id")) or _key(record.get("ad_archive_id"))
    if key is None:
        raise Unreadable(NO_ID)
    page, name = _key(record.get("page_id")), _clean(record.get("page_name"))
    actor = f"facebook:{page}" if page else f"facebook:name:{name}" if name else None
    time, missing = _time(record)
    missing += ["actor_id"] if actor is None else []
    spend, seen = _bounds(record.get("spend")), _bounds(record.get("impressions"))
    text = "\n\n".join(dict.fromkeys(_listed(record, "ad_creative_bodies", "ad_creative_body"))) or None
    captions = _listed(record, "ad_creative_link_captions", "ad_creative_link_caption")
    languages = _listed(record, "languages")
    yield Activity(
        activity_id=f"facebook:ad-{key}",
        platform="facebook",
        verb="targeted",
        actor_id=actor,
        object_id=f"facebook:{key}",
        object_kind="ad",
        happened_at=time[0] if time else None,
        time_precision=time[1] if time else None,
        time_basis=time[2] if time else None,
        text=text,
        lang=languages[0] if len(languages) == 1 else None,
        urls=distinct([*(one for one in captions if _HOST.fullmatch(one)), *links_in(text)]),
        ad=Ad(
            advertiser=_payer(record),
            criteria=tuple(dict.fromkeys(_criteria(record))),
            currency=_clean(record.get("currency")),
            spend_low=float(spend[0]) if spend[0] is not None else None,
            spend_high=float(spend[1]) if spend[1] is not None else None,
            impressions_low=seen[0],
            impressions_high=seen[1],
        ),
        missing=tuple(missing) or None,
        source_pointer=pointer,
    )
    if actor is not None:
        yield Account(
            account_id=actor,
            platform="facebook",
            name=name,
            declared_kind="page",
            resolved="exact" if page else "name_only",
        )


def without_token(text: str) -> str:
    """A text without access tokens.

    >>> without_token("https://www.facebook.com/ads/archive/render_ad/?id=4&access_token=EAAB12")
    'https://www.facebook.com/ads/archive/render_ad/?id=4'
    """
    return _TOKEN.sub("", text)


def _clean(value: object) -> str | None:
    text = words(value)
    return words(without_token(text)) if text is not None else None


def _key(value: object) -> str | None:
    """Digits of an id, also where JSON has it as a number; a float has lost some."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return str(value)
    text = (words(value) or "").strip()
    return text if text.isdecimal() and text.isascii() and text.strip("0") else None


def _listed(record: Record, *names: str) -> list[str]:
    """A list of texts, or the one text of older versions, under the first name that holds any."""
    for name in names:
        value = record.get(name)
        found = [_clean(one) for one in (value if isinstance(value, list) else [value])]
        if kept := [one for one in found if one is not None]:
            return kept
    return []


def _time(record: Record) -> tuple[Instant | None, list[str]]:
    for name in ("ad_delivery_start_time", "ad_creation_time"):
        if written := words(record.get(name)):
            return instant(written), []
    return None, ["happened_at"]


def _payer(record: Record) -> str | None:
    """Who says to have paid: the byline, as it was called before, or the payer declared in the European Union."""
    if found := _listed(record, "bylines", "byline", "funding_entity"):
        return "; ".join(found)
    declared = record.get("beneficiary_payers")
    payers = [one for one in declared if isinstance(one, dict)] if isinstance(declared, list) else []
    payers.sort(key=lambda one: one.get("current") is not True)
    return next((name for one in payers if (name := _clean(one.get("payer")))), None)


def _bounds(value: object) -> Bounds:
    """Lowest and highest; null where open or unknown.

    >>> _bounds({"lower_bound": "1000000"}), _bounds({"upper_bound": "99"}), _bounds("lower_bound: 1, upper_bound: 9")
    ((1000000, None), (0, 99), (1, 9))
    """
    if isinstance(value, str):
        named = {name: int(n) for name, n in _BOUND.findall(value)}
        low, high = (named.get("lower"), named.get("upper")) if named else interval(value) or (None, None)
    else:
        low, high = whole_number(part(value, "lower_bound")), whole_number(part(value, "upper_bound"))
    low = 0 if low is None and high is not None else low
    is_ordered = low is None or (low >= 0 and (high is None or high >= low))
    return (low, high) if is_ordered and max(low or 0, high or 0) <= _LARGEST else (None, None)


def _criteria(record: Record) -> Iterator[Criterion]:
    ages = _listed(record, "target_ages")
    if ages:
        yield "target_age", "-".join(ages), "demographic"
    for gender in _listed(record, "target_gender"):
        yield "target_gender", gender, "demographic"
    for place in _records(record, "target_locations"):
        if name := _clean(place.get("name")):
            yield "excluded_location" if place.get("excluded") is True else "target_location", name, "demographic"
    for one in _records(record, "demographic_distribution"):
        yield from _delivered("delivered_age_gender", one, "age", "gender", "percentage")
    for name in ("delivery_by_region", "region_distribution"):
        for one in _records(record, name):
            yield from _delivered("delivered_region", one, "region", "percentage")
    for country in _records(record, "age_country_gender_reach_breakdown"):
        where = _clean(country.get("country")) or ""
        for one in _records(country, "age_gender_breakdowns"):
            for gender in _SINGLE:
                if (n := whole_number(one.get(gender))) is not None:
                    yield "delivered_reach", f"{where}|{_clean(one.get('age_range')) or ''}|{gender}|{n}", "demographic"
    if (reach := whole_number(record.get("eu_total_reach"))) is not None:
        yield "delivered_reach", f"EU|{reach}", "demographic"
    low, high = _bounds(record.get("estimated_audience_size"))
    if low is not None:
        yield "estimated_audience", f"{low}-{'' if high is None else high}", "platform"
    for name in _listed(record, "publisher_platforms"):
        yield "publisher_platform", name, "platform"
    for name in _listed(record, "languages"):
        yield "language", name, "platform"
    for one in _records(record, "beneficiary_payers"):
        if name := _clean(one.get("beneficiary")):
            yield "beneficiary", name, "platform"
    start, stop = _clean(record.get("ad_delivery_start_time")), _clean(record.get("ad_delivery_stop_time"))
    if start or stop:
        yield "delivery_window", f"{start or ''}/{stop or ''}", "platform"


def _delivered(kind: str, one: Record, *names: str) -> Iterator[Criterion]:
    values = [str(value) if isinstance(value := one.get(name), float) else _clean(value) for name in names]
    if all(value is not None for value in values):
        yield kind, "|".join(str(value) for value in values), "demographic"


def _records(record: Record, name: str) -> list[dict[str, Any]]:
    value = record.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []

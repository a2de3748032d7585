"""Dates as the pages of an export write them: a month in the account's language, and a clock without a zone.

They are in the zone that the account was set to. Where the export tells that zone, the instant is known; else the clock
is taken for UTC and said to be local. A month in a language that words.toml has not, or in figures, gives no time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from ascendant.read.facebook_archive.story import UNKNOWN, Moment, moment
from ascendant.read.facebook_archive.wording import folded, month_of

_CLOCK: Final = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?!\d)")
_HALF: Final = re.compile(r"(?:^|[\s\d])([ap])\.?\s?m\b")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_LONGEST: Final = 80


def local_moment(told: str, zone: str | None) -> Moment:
    """The moment that a page tells, in the zone of the account where it is known.

    >>> local_moment("Jan 05, 2024 1:00:00 pm", None)
    (1704459600000000, 'local_unknown', 's')
    >>> local_moment("juin 04, 2025 18:46:10", "Europe/Paris"), local_moment("4 juin 2025 à 18:46", None)[1:]
    ((1749055570000000, 'account_tz', 's'), ('local_unknown', 'min'))
    >>> local_moment("2025年6月4日 18:46", None)
    (None, None, None)
    """
    if len(told) > _LONGEST or _YEAR.search(told) is None:
        return UNKNOWN
    plain = folded(told)
    clock, year = _CLOCK.search(plain), _YEAR.search(plain)
    months = [month for month in map(month_of, _WORD.findall(plain)) if month is not None]
    if year is None or not months:
        return UNKNOWN
    rest = plain[: clock.start()] + " " + plain[clock.end() :] if clock else plain
    day = _DAY.search(rest)
    if day is None:
        return UNKNOWN
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    half = _HALF.search(plain)
    if half is not None and hour <= 12:
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    try:
        there = datetime(
            int(year[1]), months[-1], int(day[1]), hour, minute, second, tzinfo=ZoneInfo(zone) if zone else UTC
        )
    except ValueError:
        return UNKNOWN
    found = moment(there.timestamp())[0]
    if found is None:
        return UNKNOWN
    precision = "day" if clock is None else "s" if clock[3] else "min"
    return found, "account_tz" if zone else "local_unknown", precision

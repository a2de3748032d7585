"""One time as it is written -> an instant: microseconds since 1970 in UTC, how exact it is, how it is known.

Each way of writing gives a function that reads cells written so, and raises `NotATime` for all others. A time that
names no zone is in the zone that was given, else UTC; in the hour that a clock is put back it is the first of the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, TypeAlias

from ascendant.errors import mark

Instant: TypeAlias = tuple[int, str, str]  # microseconds, precision, basis
TimeReader: TypeAlias = Callable[[str], Instant]

NOT_A_TIME: Final = mark("the time is not written as in the rest of its column")
NO_SUCH_TIME: Final = mark("there is no such day or hour")
ABSURD_TIME: Final = mark("the time lies outside the years 1990 to 2100")
UNKNOWN_ZONE: Final = mark("the time names a zone that stands for several, or for none")


class NotATime(ValueError):
    """A cell that holds no time: `args[0]` is one of the reasons above, `args[1]` the zone that is not known."""


_FIRST: Final = int(datetime(1990, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_LAST: Final = int(datetime(2101, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
UNITS: Final = {"unix": (1_000_000, "s"), "unix_ms": (1_000, "ms"), "unix_us": (1, "us")}

# In hours. Those that mean one zone in practice; BST, IST, CST in China ... are left out or read as the American ones,
# which is what the dashboards that print abbreviations mean.
_ZONE_HOURS: Final = {
    zone: hours
    for hours, zones in (
        (-8, "PST"),
        (-7, "PDT MST"),
        (-6, "MDT CST"),
        (-5, "CDT EST"),
        (-4, "EDT"),
        (0, "Z UTC UT GMT WET"),
        (1, "WEST CET"),
        (2, "CEST EET"),
        (3, "EEST"),
    )
    for zone in zones.split()
}
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier",
            "feb february févr fév février fevrier",
            "mar march mars",
            "apr april avr avril",
            "may mai",
            "jun june juin",
            "jul july juil juillet",
            "aug august août aout",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december déc décembre decembre",
        ),
        start=1,
    )
    for name in names.split()
}

_CLOCK = r"(?P<h>\d{1,2}):(?P<mi>\d\d)(?::(?P<s>\d\d)(?:[.,](?P<f>\d{1,9}))?)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
_ZONE = r"\s*(?P<zone>[+-]\d\d(?::?\d\d)?|[A-Za-z]{1,5})?"
_DAY, _MONTH, _YEAR = r"(?P<d>\d{1,2})", r"(?P<mo>\d{1,2})", r"(?P<y>\d{4}|\d\d)"
_NAME = r"(?P<name>[^\W\d_]{3,9})\.?"
_WEEKDAY = r"(?:[^\W\d_]{3,9}\.?,?\s+)?"
_THEN = rf"(?:(?:,?[T\s]+|\s*à\s*|\s+at\s+){_CLOCK}{_ZONE})?"
_NOT_YEAR_FIRST = r"(?!\d\d-\d\d?-\d\d(?!\d))"  # 26-07-20 has three readings: the user says which
_PATTERNS: Final = {
    "iso": rf"(?P<y>\d{{4}})([-/.]){_MONTH}\2{_DAY}{_THEN}",
    "named_month_last": rf"{_WEEKDAY}{_NAME}\s+{_DAY}\s+{_CLOCK}{_ZONE}\s+(?P<y>\d{{4}})",
    "day_named_month": rf"{_WEEKDAY}{_DAY}(?:er|st|nd|rd|th)?[\s-]+{_NAME},?[\s-]+{_YEAR}{_THEN}",
    "named_month_day": rf"{_WEEKDAY}{_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}{_THEN}",
    "day_first": rf"{_NOT_YEAR_FIRST}{_DAY}([-/.]){_MONTH}\2{_YEAR}{_THEN}",
    "month_first": rf"{_NOT_YEAR_FIRST}{_MONTH}([-/.]){_DAY}\2{_YEAR}{_THEN}",
}
FORMS: Final = {name: re.compile(text, re.ASCII if name == "iso" else 0) for name, text in _PATTERNS.items()}


def unix(unit: str) -> TimeReader:
    """A number of `UNITS` since 1970; the size of the number must suit the unit.

    >>> unix("unix_ms")("1341100972000")
    (1341100972000000, 'ms', 'epoch')
    """
    micros_per_unit, precision = UNITS[unit]
    lowest, highest = _FIRST // micros_per_unit, _LAST // micros_per_unit

    def read(cell: str) -> Instant:
        if cell.isdecimal() and cell.isascii():
            n = int(cell) if len(cell) < 20 else 0
            if lowest <= n < highest:
                return n * micros_per_unit, precision, "epoch"
            raise NotATime(ABSURD_TIME)
        whole, dot, fraction = cell.partition(".")
        if not (dot and whole.isdecimal() and fraction.isdecimal() and cell.isascii() and len(cell) < 40):
            raise NotATime(NOT_A_TIME)
        micros = int(Decimal(cell) * micros_per_unit)
        if not _FIRST <= micros < _LAST:
            raise NotATime(ABSURD_TIME)
        if not fraction.strip("0"):
            return micros, precision, "epoch"
        return micros, "us" if precision != "s" or len(fraction) > 3 else "ms", "epoch"

    return read


def excel(zone: tzinfo | None) -> TimeReader:
    """Days since 1899-12-30, as spreadsheets count them; to the second, since their fractions are rounded."""

    def read(cell: str) -> Instant:
        try:
            days = Decimal(cell)
        except InvalidOperation:
            raise NotATime(NOT_A_TIME) from None
        if not (days.is_finite() and 0 < days < 100_000):
            raise NotATime(ABSURD_TIME)
        seconds = round(days * 86_400)
        local = datetime(1899, 12, 30) + timedelta(seconds=seconds)  # noqa: DTZ001  the zone comes below
        return _instant(local, 0, zone, "day" if days == days.to_integral_value() else "s")

    return read


def written(form: str, zone: tzinfo | None) -> TimeReader:
    """A date in one of the `FORMS`, with or without a clock and a zone of its own.

    >>> written("day_named_month", None)("14 juillet 2024")
    (1720915200000000, 'day', 'assumed_utc')
    """
    match_whole = FORMS[form].fullmatch

    def read(cell: str) -> Instant:
        match = match_whole(cell)
        if match is None:
            raise NotATime(NOT_A_TIME)
        found = match.groupdict()
        month = found.get("mo") or _MONTHS.get(found["name"].casefold())
        if month is None:
            raise NotATime(NOT_A_TIME)
        year = int(found["y"])
        if len(found["y"]) == 2:
            year += 2000 if year < 70 else 1900
        hour = int(found["h"] or 0)
        if half := found["half"]:
            if not 1 <= hour <= 12:
                raise NotATime(NO_SUCH_TIME)
            hour = hour % 12 + (12 if half in "Pp" else 0)
        second, fraction = int(found["s"] or 0), found["f"] or ""
        try:
            local = datetime(year, int(month), int(found["d"]), hour, int(found["mi"] or 0), min(second, 59))  # noqa: DTZ001  the zone comes below
        except ValueError:
            raise NotATime(NO_SUCH_TIME) from None
        if second > 60:
            raise NotATime(NO_SUCH_TIME)
        micros = int(fraction[:6].ljust(6, "0")) if fraction else 0
        if second == 60:  # a leap second is the last second of its minute
            micros = 0
        precision = _precision(found["h"], found["s"], fraction)
        stated = _offset(found["zone"]) if found["zone"] else None
        return _instant(local, micros, stated or zone, precision)

    return read


def patterned(pattern: str, zone: tzinfo | None) -> TimeReader:
    """A pattern of the user's, as `datetime.strptime` takes it."""
    letters = set(re.findall(r"%(.?)", pattern))
    precision = "us" if "f" in letters else "s" if "S" in letters else "min" if "M" in letters else "day"

    def read(cell: str) -> Instant:
        try:
            local = datetime.strptime(cell, pattern)  # noqa: DTZ007  the zone comes below
        except ValueError:
            raise NotATime(NOT_A_TIME) from None
        return _instant(local.replace(tzinfo=None, microsecond=0), local.microsecond, local.tzinfo or zone, precision)

    return read


def _precision(hour: str | None, second: str | None, fraction: str) -> str:
    if hour is None:
        return "day"
    if second is None:
        return "min"
    if fraction in ("", "0"):  # Java prints whole seconds as 10:00:00.0
        return "s"
    return "ms" if len(fraction) <= 3 else "us"


def _instant(local: datetime, micros: int, zone: tzinfo | None, precision: str) -> Instant:
    if not 1989 <= local.year <= 2101:
        raise NotATime(ABSURD_TIME)
    micros += _seconds(local, zone or UTC) * 1_000_000
    if not _FIRST <= micros < _LAST:
        raise NotATime(ABSURD_TIME)
    return micros, precision, "assumed_utc" if zone is None else "explicit"


@lru_cache(maxsize=4096)
def _seconds(local: datetime, zone: tzinfo) -> int:
    return int(local.replace(tzinfo=zone).timestamp())


@lru_cache(maxsize=256)
def _offset(zone: str) -> tzinfo:
    if zone[0] in "+-":
        hours, minutes = int(zone[1:3]), int(zone[-2:]) if len(zone) > 3 else 0
        if hours > 14 or minutes > 59:
            raise NotATime(UNKNOWN_ZONE)
        return timezone(timedelta(minutes=(hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)))
    if (known := _ZONE_HOURS.get(zone.upper())) is None:
        raise NotATime(UNKNOWN_ZONE, zone)
    return timezone(timedelta(hours=known))

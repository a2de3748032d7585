"""A column of times, and what the user says of it -> the one way in which all its cells are read.

It is decided once, on a sample of the column, and holds for the whole of it: the same digits never mean a day in one
row and a month in the next. Where the sample leaves two readings, the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ascendant.errors import BadChoice, Caveat, UnclearTimes, mark
from ascendant.read.tabular.instants import (
    ABSURD_TIME,
    FORMS,
    UNITS,
    UNKNOWN_ZONE,
    NotATime,
    TimeReader,
    excel,
    patterned,
    unix,
    written,
)

_DIRECTIVES: Final = frozenset("aAbBdHIjmMpSfyYz%")
_SAY_PATTERN: Final = mark('say how they are written, for instance: --time-format "%d/%m/%Y %H:%M"')


def time_reader(
    sample: Sequence[str], *, time_format: str | None, time_zone: str | None, file: str, column: str
) -> TimeReader:
    """How to read the cells of a column, of which `sample` is a part. The reader raises `NotATime`.

    Raises `BadChoice` when the format or the zone is unknown, `UnclearTimes` when the sample leaves two readings or
    none.

    >>> read = time_reader(["2024-01-02 10:00"], time_format=None, time_zone="Europe/Paris", file="a.csv", column="on")
    >>> read("2024-01-02 10:00") == (1_704_186_000_000_000, "min", "explicit")
    True
    """
    zone = _zone(time_zone)
    if time_format is None:
        time_format = _decide([cell for cell in sample if cell], file, column)
    if time_format in UNITS:
        return unix(time_format)
    if time_format == "excel":
        return excel(zone)
    if time_format in FORMS:
        return written(time_format, zone)
    return _pattern(time_format, zone)


def check_times(*, time_format: str | None, time_zone: str | None) -> None:
    """Raises `BadChoice` for a format or a zone that fits no column."""
    time_reader([], time_format=time_format, time_zone=time_zone, file="", column="")


def is_time(cell: str) -> bool:
    """Whether any of the known ways of writing times fits.

    >>> is_time("1341100972"), is_time("Wed Oct 10 20:19:24 +0000 2018"), is_time("timestamp")
    (True, True, False)
    """
    return any(_fits(name, cell) for name in (*UNITS, *FORMS))


def _decide(sample: Sequence[str], file: str, column: str) -> str:
    if not sample:
        return "iso"
    fitting = {name: sum(_fits(name, cell) for cell in sample) for name in (*UNITS, *FORMS)}
    best = max(fitting.values())
    if 2 * best < len(sample):
        odd = next((cell for cell in sample if not is_time(cell)), sample[0])[:40]
        reason = Caveat("most of them are not written in one way that is known; one is {example}", {"example": odd})
        raise UnclearTimes(file=file, column=column, reason=reason, remedy=_SAY_PATTERN)
    found = [name for name, n in fitting.items() if n == best]
    if found == ["day_first", "month_first"]:
        example = next(cell for cell in sample if _fits("day_first", cell))
        clock = _clock_pattern(example)
        cut = next(sign for sign in example if sign in "-/.")
        year = "%Y" if re.match(r"\d+.\d+.\d{4}", example) else "%y"
        reason = Caveat("{example} may be day/month or month/day", {"example": example[:40]})
        one, other = f"%d{cut}%m{cut}{year}{clock}", f"%m{cut}%d{cut}{year}{clock}"
        remedy = Caveat('say which: --time-format "{one}" or --time-format "{other}"', {"one": one, "other": other})
        raise UnclearTimes(file=file, column=column, reason=reason, remedy=remedy)
    return found[0]


def _clock_pattern(example: str) -> str:
    match = FORMS["day_first"].fullmatch(example)
    if match is None or match["h"] is None:
        return ""
    before = example[match.end("y") : match.start("h")]
    seconds = ":%S" if match["s"] else ""
    half = example[match.end("s" if match["s"] else "mi") : match.start("half")] + "%p" if match["half"] else ""
    return f"{before}{'%I' if half else '%H'}:%M{seconds}{'.%f' if match['f'] else ''}{half}"


def _fits(name: str, cell: str) -> bool:
    """Whether a cell is written so. The size of a number tells its unit; an absurd date is written as it is."""
    try:
        if name in UNITS:
            unix(name)(cell)
        else:
            written(name, UTC)(cell)
    except NotATime as error:
        return str(error.args[0]) == UNKNOWN_ZONE or (name not in UNITS and str(error.args[0]) == ABSURD_TIME)
    return True


def _pattern(pattern: str, zone: tzinfo | None) -> TimeReader:
    used = set(re.findall(r"%(.?)", pattern))
    if not used or not used <= _DIRECTIVES:
        known = " ".join(f"%{letter}" for letter in sorted(_DIRECTIVES))
        reason = Caveat(
            "a time format is iso, unix, unix_ms, unix_us, excel, or a pattern of {directives}", {"directives": known}
        )
        raise BadChoice(option="--time-format", value=pattern, reason=reason)
    return patterned(pattern, zone)


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reason = mark("there is no such time zone; they are written as Europe/Paris")
        raise BadChoice(option="--time-zone", value=name, reason=reason) from None

"""Days as a workbook writes them -> instants. Which number is the day is decided once for the whole workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ascendant.errors import mark
from ascendant.read.tabular.cells import Unreadable
from ascendant.read.workbook import Cell, text_of

NOT_A_DAY: Final = mark("no day that can be read")
TWO_READINGS: Final = mark("the day may be day/month or month/day, and nothing in the file decides")

_SLASHED: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)")
_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_INSIDE: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d")
_EXCEL_START: Final = datetime(1899, 12, 30, tzinfo=UTC)
_FEWEST_FOR_SEQUENCE: Final = 3


class Days:
    """Reads the days of one workbook.

    `written` are all its days, `custom` is how its language writes them. A number above 12 decides; so does a series
    that runs from day to day in one reading and not in the other; then the custom.

    >>> days = Days(["03/01/2026", "03/02/2026", "03/03/2026"], "detect")
    >>> days.micros("03/04/2026") == 1772582400000000
    True
    """

    def __init__(self, written: Iterable[Cell], custom: str | None) -> None:
        pairs = [(int(found[1]), int(found[2]), _year(found[3])) for found in map(_slashed, written) if found]
        self._is_day_first: bool | None = None
        if any(first > 12 for first, _, _ in pairs) != any(second > 12 for _, second, _ in pairs):
            self._is_day_first = any(first > 12 for first, _, _ in pairs)
        elif _runs(pairs, is_day_first=True) != _runs(pairs, is_day_first=False):
            self._is_day_first = _runs(pairs, is_day_first=True)
        elif custom in ("month_first", "day_first"):
            self._is_day_first = custom == "day_first"

    def micros(self, cell: Cell | None) -> int:
        """Midnight UTC of the day. Raises `Unreadable`."""
        if isinstance(cell, datetime):
            return _micros(cell.date())
        if isinstance(cell, date):
            return _micros(cell)
        if isinstance(cell, float | int) and not isinstance(cell, bool) and 30_000 < cell < 80_000:
            return _micros((_EXCEL_START + timedelta(days=int(cell))).date())
        written = text_of(cell)
        if iso := _ISO.match(written):
            return _micros(_date(int(iso[1]), int(iso[2]), int(iso[3])))
        found = _slashed(written)
        if found is None:
            raise Unreadable(NOT_A_DAY, written[:20])
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        is_day_first = self._is_day_first
        if is_day_first is None:
            if first != second and first <= 12 and second <= 12:
                raise Unreadable(TWO_READINGS, written)
            is_day_first = first > 12
        return _micros(_date(year, second, first) if is_day_first else _date(year, first, second))

    def last_in(self, cell: Cell | None) -> int | None:
        """The last day that a sentence names; null where it names none that can be read."""
        try:
            return self.micros(_INSIDE.findall(text_of(cell))[-1])
        except (IndexError, Unreadable):
            return None


def days_inside(cell: Cell | None) -> list[str]:
    """The days that a sentence names, as it writes them.

    >>> days_inside("Total followers on 3/1/2026:")
    ['3/1/2026']
    """
    return _INSIDE.findall(text_of(cell))


def _slashed(cell: Cell) -> re.Match[str] | None:
    return _SLASHED.fullmatch(cell.strip()) if isinstance(cell, str) else None


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(NOT_A_DAY, f"{year}-{month}-{day}") from None


def _micros(day: date) -> int:
    if not 2003 <= day.year < 2100:
        raise Unreadable(NOT_A_DAY, day.isoformat())
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000


def _runs(pairs: list[tuple[int, int, int]], *, is_day_first: bool) -> bool:
    """Whether the days run on from one to the next without a gap."""
    found = set()
    for first, second, year in pairs:
        try:
            found.add(date(year, *((second, first) if is_day_first else (first, second))).toordinal())
        except ValueError:
            return False
    return len(found) >= _FEWEST_FOR_SEQUENCE and max(found) - min(found) == len(found) - 1

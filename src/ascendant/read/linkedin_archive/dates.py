"""Times as LinkedIn writes them, which changes from file to file -> microseconds since 1970 in UTC.

    2026-07-20 10:25:25        2026-07-20 10:25:25 UTC    2026/07/20 10:25:25 UTC    2025-01-10 09:41 UTC
    07/20/2026 10:25:25 UTC    7/20/26, 10:25 AM          20 Jul 2026                Mon Jul 20 10:25:25 UTC 2026

Where the first two numbers may be day and month or month and day, the whole column decides; a column that leaves both
open is read as LinkedIn's own month first, and each of its times is marked as a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from ascendant.errors import mark
from ascendant.read.tabular.cells import EMPTY
from ascendant.read.tabular.instants import NotATime, TimeReader
from ascendant.read.tabular.times import time_reader

UNREADABLE: Final = mark("times that cannot be read, or cannot be true, stand as unknown")
EITHER_ORDER: Final = mark("day and month could be the other way round in all its dates: they were read as month/day")
BOTH_ORDERS: Final = mark("day and month change places in its dates: those that could be either stand as unknown")
GUESSED: Final = 0.5  # one reading of two


class Moment(NamedTuple):
    """When something happened, how that is known, how exactly, and whether day and month may be swapped."""

    at: int | None = None
    basis: str | None = None
    precision: str | None = None
    is_guess: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it is known to the second, so that it tells one act from another."""
        return self.at is not None and self.precision not in ("min", "day")


UNKNOWN: Final = Moment()

_OPENED: Final = int(datetime(2003, 5, 5, tzinfo=UTC).timestamp()) * 1_000_000  # LinkedIn's first day
_LAST: Final = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_EITHER: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d\d)(?!\d)")
_IN_WORDS: Final = re.compile(r"(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]{3,12})\.?\s+(?:de\s+)?(\d{4})")
# First letters of the months' names without accents: en fr es pt it de nl. They are the same month in all of these.
_MONTHS: Final = {
    start: number
    for number, starts in enumerate(
        (
            "jan ene gen",
            "feb fev",
            "mar maa mrt",
            "apr abr avr",
            "may mai mag mei",
            "jun juin giu",
            "jul juil lug",
            "aug aou ago",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec dez dic",
        ),
        start=1,
    )
    for start in starts.split()
}


def _reader(form: str) -> TimeReader:
    return time_reader((), time_format=form, time_zone=None, file="", column="")


_BY_FORM: Final = {
    form: _reader(form)
    for form in ("iso", "named_month_last", "day_named_month", "named_month_day", "day_first", "month_first")
}


class Dates:
    """Reads the times of a column. `column` gives its cells again, for the order of day and month."""

    def __init__(self, column: Callable[[], Iterable[str]]) -> None:
        self._column = column
        self._order: str | None = None
        self.notes: list[str] = []

    def read(self, written: str | None) -> Moment:
        """What a cell says; unknown where it says nothing.

        >>> Dates(lambda: ["7/20/26, 10:25 AM"]).read("7/8/26, 10:25 AM")
        Moment(at=1783506300000000, basis='local_unknown', precision='min', is_guess=False)
        """
        cell = (written or "").strip()
        if not cell or cell in EMPTY:
            return UNKNOWN
        either = _EITHER.match(cell)
        return (
            self._known(_one_reading(cell)) if either is None else self._ordered(cell, int(either[1]), int(either[2]))
        )

    def _ordered(self, cell: str, first: int, second: int) -> Moment:
        if self._order is None:
            self._order = order_of(self._column())
        order, is_guess = self._order, False
        if first > 12 or second > 12 or first == second:
            order = "day_first" if first > 12 else "month_first"
        elif order == "both":
            self._note(BOTH_ORDERS)
            return UNKNOWN
        elif order == "either":
            self._note(EITHER_ORDER)
            order, is_guess = "month_first", True
        found = self._known(_read(order, cell))
        if found is UNKNOWN:
            return found
        return found._replace(basis="local_unknown" if found.basis == "assumed_utc" else found.basis, is_guess=is_guess)

    def _known(self, found: Moment) -> Moment:
        if found is UNKNOWN:
            self._note(UNREADABLE)
        return found

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def order_of(cells: Iterable[str]) -> str:
    """day_first, month_first, either (no date tells), or both (dates that contradict one another).

    >>> order_of(["1/2/26", "13/1/26"]), order_of(["1/2/26"]), order_of(["13/1/26", "1/13/26"])
    ('day_first', 'either', 'both')
    """
    has_day_first = has_month_first = False
    for cell in cells:
        if found := _EITHER.match(cell.strip()):
            has_day_first = has_day_first or 12 < int(found[1]) <= 31
            has_month_first = has_month_first or 12 < int(found[2]) <= 31
    if has_day_first:
        return "both" if has_month_first else "day_first"
    return "month_first" if has_month_first else "either"


@lru_cache(maxsize=1 << 14)
def _one_reading(cell: str) -> Moment:
    """A time in one of the forms that name their month, or begin with the year."""
    if (len(cell) == 19 or (len(cell) == 23 and cell.endswith(" UTC"))) and cell[4] == cell[7] == "-":
        try:
            seconds = int(datetime.fromisoformat(cell[:19]).replace(tzinfo=UTC).timestamp())
        except ValueError:
            return UNKNOWN
        return _true(Moment(seconds * 1_000_000, "assumed_utc" if len(cell) == 19 else "explicit", "s"))
    for form in ("iso",) if cell[:4].isdecimal() else ("named_month_last", "day_named_month", "named_month_day"):
        if (found := _read(form, cell)) is not UNKNOWN:
            return found
    return _in_other_words(cell)


def _read(form: str, cell: str) -> Moment:
    try:
        micros, precision, basis = _BY_FORM[form](cell)
    except NotATime:
        return UNKNOWN
    return _true(Moment(micros, basis, precision))


def _in_other_words(cell: str) -> Moment:
    """A day whose month has its name in another language."""
    found = _IN_WORDS.fullmatch(cell)
    if found is None:
        return UNKNOWN
    plain = "".join(one for one in unicodedata.normalize("NFD", found[2].casefold()) if not unicodedata.combining(one))
    month = _MONTHS.get(plain[:3]) or _MONTHS.get(plain[:4])
    try:
        day = datetime(int(found[3]), month or 0, int(found[1]), tzinfo=UTC)
    except ValueError:
        return UNKNOWN
    return _true(Moment(int(day.timestamp()) * 1_000_000, "assumed_utc", "day"))


def _true(found: Moment) -> Moment:
    return found if found.at is not None and _OPENED <= found.at < _LAST else UNKNOWN

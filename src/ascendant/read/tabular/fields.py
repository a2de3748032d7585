"""A field of a row, through the function that takes its cell -> what the cell says, or nothing where it is empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ascendant.read.tabular.bind import Getter
from ascendant.read.tabular.cells import EMPTY, Unreadable
from ascendant.read.tabular.instants import Instant, NotATime, TimeReader
from ascendant.read.tabular.table import Cells

LONGEST_SHOWN: Final = 40  # characters of a cell that a reject may show


def value_of(get: Getter, cells: Cells) -> str:
    """The cell without blanks around it; empty where it only says that there is nothing."""
    value = get(cells).strip()
    return "" if value in EMPTY else value


def words_of(get: Getter | None, cells: Cells) -> str | None:
    """The cell as it stands, without NUL bytes."""
    if get is None:
        return None
    value = get(cells)
    return None if value.strip() in EMPTY else value.replace("\0", "") if "\0" in value else value


def list_of(
    get: Getter | None, cells: Cells, parts_of: Callable[[str], list[str] | None], name: str, missing: list[str]
) -> tuple[str, ...] | None:
    """The parts of the cell; a broken list is null, and its `name` goes to `missing`."""
    if get is None or not (value := value_of(get, cells)):
        return None
    parts = parts_of(value.replace("\0", ""))
    if parts is None:
        missing.append(name)
    return tuple(parts) if parts else None


def instant_of(read: TimeReader | None, value: str) -> Instant:
    """The time that a value says. Raises `Unreadable`, which shows how the value is written and not what it says."""
    assert read is not None
    try:
        return read(value)
    except NotATime as error:
        reason, *zone = error.args
        raise Unreadable(str(reason), str(zone[0]) if zone else shape(value)) from None


def shape(value: str) -> str:
    """How a cell is written, without what it says: digits as 9, letters as a.

    >>> shape("31 Déc 2024, soir")
    '99 aaa 9999, aaaa'
    """
    return "".join("9" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in value[:LONGEST_SHOWN])

"""A sheet -> where its heads stand, and which of LinkedIn's tables it is. Heads stand under a long description."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from ascendant.read.page_analytics.days import days_inside
from ascendant.read.page_analytics.names import Column, columns_in, plain
from ascendant.read.workbook import Cell, Sheet, text_of

SEGMENTS: Final = ("location", "job_function", "seniority", "industry", "company_size")
_HEADS_WITHIN_ROWS: Final = 8


class Table(NamedTuple):
    """One table of a sheet: what it is about, its columns with their places, and the rows below (numbers from 1)."""

    kind: str  # posts, daily, segments, shares, competitors, totals
    columns: list[tuple[int, Column]]
    first_row: int  # the row of the sheet that holds the first record
    custom: str | None  # how the language of the heads writes days
    n_unknown: int  # heads that no language knows

    def place(self, what: str) -> int | None:
        """Where a column stands."""
        return next((place for place, column in self.columns if column.what == what), None)


def tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet, side by side; none where it is no sheet of LinkedIn's."""
    for number, row in enumerate(sheet.rows[:_HEADS_WITHIN_ROWS]):
        found, custom = columns_in(row)
        blocks = [_table(block, number, custom, row) for block in _blocks(found)]
        if known := [block for block in blocks if block is not None]:
            return known
    totals = _totals(sheet)
    return [totals] if totals is not None else []


def total_above(sheet: Sheet, table: Table) -> tuple[Cell, Cell] | None:
    """The line above the heads that gives a total and the day on which it was counted."""
    for row in sheet.rows[: max(0, table.first_row - 2)]:
        filled = [cell for cell in row if text_of(cell)]
        if len(filled) == 2 and days_inside(filled[0]) and not days_inside(filled[1]):
            return filled[0], filled[1]
    return None


def _blocks(found: Sequence[Column | None]) -> list[list[tuple[int, Column]]]:
    """Columns with their places, cut where a head comes again: a second table begins there."""
    blocks: list[list[tuple[int, Column]]] = [[]]
    for place, column in enumerate(found):
        if column is None:
            continue
        if any(column == other for _, other in blocks[-1]):
            blocks.append([])
        blocks[-1].append((place, column))
    return blocks


def _table(block: list[tuple[int, Column]], number: int, custom: str | None, row: Sequence[Cell]) -> Table | None:
    names = {column.what for _, column in block}
    kind = None
    if "post_link" in names:
        kind = "posts"
    elif "date" in names and len(names) > 1:
        kind = "daily"
    elif "page" in names and names & {"total_followers", "new_followers"}:
        kind = "competitors"
    elif {"demographic", "value", "percentage"} <= names:
        kind = "shares"
    elif names & set(SEGMENTS) and names & {"total_followers", "total_views"}:
        kind = "segments"
    if kind is None:
        return None
    n_unknown = sum(bool(text_of(cell)) for cell in row) - len(block)
    return Table(kind, block, number + 2, custom, n_unknown)


def _totals(sheet: Sheet) -> Table | None:
    """A sheet of pairs (a measure and its number) under the days that they cover."""
    for number, row in enumerate(sheet.rows[:_HEADS_WITHIN_ROWS]):
        if len(row) < 2 or len(days_inside(row[1])) != 2:
            continue
        below = [columns_in([one[0]])[0][0] for one in sheet.rows[number + 1 :] if one and plain(one[0])]
        if any(column is not None for column in below):
            return Table("totals", [(1, Column("overall"))], number + 2, columns_in(row)[1], 0)
    return None

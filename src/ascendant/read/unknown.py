"""A file that no reader knows -> what it looks like, and what to try with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ascendant.errors import AscendantError, Caveat, EmptyFile, UnknownFormat, mark
from ascendant.read.export import Member
from ascendant.read.magic import BINARY, GIVE_POSTS, NAME_COLUMNS, Seen, known_otherwise
from ascendant.read.tabular.json_lines import JsonLinesTable, looks_like_json_lines
from ascendant.read.tabular.parquet import MAGIC, ParquetTable
from ascendant.read.tabular.sniff import Layout, layouts
from ascendant.read.workbook import is_workbook, sheets, shown_sheets

_REGULAR_SHARE: Final = 0.8
_SHOWN_COLUMNS: Final = 12
_SHOWN_CHARS: Final = 30


def look(member: Member) -> Seen:
    """What a member looks like. Raises `EmptyFile` where it holds nothing, `BrokenFile` where that is damage."""
    head = member.head()
    if not head:
        with member.open() as stream:
            stream.read(1)
        raise EmptyFile(file=member.label)
    if (seen := known_otherwise(head, member.name)) is not None:
        return _with_sheets(seen, member) if is_workbook(head) else seen
    if head[:4] == MAGIC:
        return _table(mark("a Parquet table"), ParquetTable(member).columns)
    if looks_like_json_lines(head):
        if columns := JsonLinesTable(member, head).columns:
            return _table(mark("JSON lines"), columns)
        return Seen(kind := mark("JSON of an unknown shape"), kind, GIVE_POSTS)
    found = layouts(head)
    if not found:
        return Seen(BINARY, BINARY, GIVE_POSTS)
    if not _is_regular(found[0]):
        return Seen(kind := mark("plain text"), kind, GIVE_POSTS)
    return _table(mark("a table"), [name.strip() for name in found[0].rows[0]])


def _with_sheets(seen: Seen, member: Member) -> Seen:
    """A workbook with the heads of its sheets, where it can be opened."""
    try:
        found = sheets(member)
    except AscendantError:
        return seen
    if not found:
        return seen
    words = Caveat("{seen} with these columns: {names}", {"seen": seen.kind, "names": shown_sheets(found)})
    return Seen(seen.kind, words, seen.remedy)


def _is_regular(layout: Layout) -> bool:
    """Whether text looks cut into columns: nearly all rows have as many, and what cuts them is not just a blank."""
    n_regular = sum(len(row) == layout.n_columns for row in layout.rows)
    if layout.n_columns < 2 or n_regular < _REGULAR_SHARE * len(layout.rows):
        return False
    return layout.separator != " " or n_regular > 1


def unknown_format(member: Member) -> UnknownFormat:
    """The error that says so. Raises what `look` raises."""
    seen = look(member)
    return UnknownFormat(file=member.label, seen=seen.words, remedy=seen.remedy)


def _table(kind: str, columns: Sequence[str]) -> Seen:
    names = ", ".join(name[:_SHOWN_CHARS] for name in columns[:_SHOWN_COLUMNS])
    more = ", ..." if len(columns) > _SHOWN_COLUMNS else ""
    words = Caveat("{seen} with these columns: {names}", {"seen": kind, "names": names + more})
    return Seen(kind, words, NAME_COLUMNS)

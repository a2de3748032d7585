"""A member of the archive that should be a table -> its columns and its rows, in LinkedIn's ways of writing CSV.

Some files begin with notes before the header. Comments escape quotation marks by a backslash, everything else doubles
them. Names of columns come with and without blanks (`FullName`, `Full Name`), and some stand several times.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO, Final, cast

from ascendant.errors import mark
from ascendant.read.export import Member
from ascendant.read.linkedin_archive.dates import Dates, Moment
from ascendant.read.tabular.cells import EMPTY
from ascendant.read.tabular.delimited import DelimitedTable
from ascendant.read.tabular.sniff import Layout, csv_rows, encoding_of, line_end
from ascendant.read.tabular.table import Cells, Fault

NO_HEADER: Final = mark("its columns are not those that LinkedIn writes into this file")

_SEPARATORS: Final = (",", ";", "\t")  # the first is LinkedIn's, the others a spreadsheet's
_HEADER_WITHIN_ROWS: Final = 20
_ESCAPED: Final = re.compile(rb'\\(["\\])')
_BEGINS_AS_DATE: Final = re.compile(r"\s*\d{1,4}[-/.]\d")


class Row:
    """One row. Columns are asked for by their plain names; one that is not there is as an empty one."""

    __slots__ = ("cells", "file", "pointer", "table")

    def __init__(self, table: ArchiveTable, cells: Cells, file: str, pointer: str) -> None:
        self.table, self.cells, self.file, self.pointer = table, cells, file, pointer

    def words(self, column: str) -> str | None:
        """What somebody wrote, as it stands; null where there is nothing."""
        place = self.table.places.get(column)
        if place is None or place >= len(self.cells):
            return None
        cell = self.cells[place]
        if not cell or cell.isspace():
            return None
        return cell.replace("\0", "").strip() or None

    def value(self, column: str) -> str | None:
        """What a program wrote: null also where it wrote its word for nothing, as `N/A`."""
        cell = self.words(column)
        return None if cell is None or cell in EMPTY else cell

    def moment(self, column: str) -> Moment:
        """When."""
        return self.table.dates(column).read(self.words(column))


class ArchiveTable:
    """A table, opened. `names` are its columns as written, `places` where each plain name stands first."""

    def __init__(self, member: Member, layout: Layout, header: int | None, names: Sequence[str]) -> None:
        self._member, self._layout, self._header = member, layout, header
        self.names = names
        self.places: dict[str, int] = {}
        for place, name in enumerate(names):
            self.places.setdefault(column_key(name), place)
        self._dates: dict[str, Dates] = {}
        self._table_notes: list[str] = []

    @property
    def notes(self) -> list[str]:
        """What is to be said of it as a whole; complete after the last row."""
        return [*self._table_notes, *(note for dates in self._dates.values() for note in dates.notes)]

    def rows(self) -> Iterator[tuple[int, Cells | Fault]]:
        """Lines and what stands there. Raises `BrokenFile` from the loop where the file breaks off."""
        table = DelimitedTable(self._member, self._layout, self._header)
        self._table_notes = table.notes
        yield from table.rows()

    def dates(self, column: str) -> Dates:
        """How the times of a column are read."""
        if column not in self._dates:
            self._dates[column] = Dates(lambda: self._cells_of(column))
        return self._dates[column]

    def _cells_of(self, column: str) -> Iterator[str]:
        place = self.places.get(column)
        if place is None:
            return
        unwatched = replace(self._member, watcher=None)  # a second look is no progress
        for _, cells in DelimitedTable(unwatched, self._layout, self._header).rows():
            if not isinstance(cells, Fault):
                yield cells[place]


def column_key(name: str) -> str:
    """A column's name without what changes from year to year.

    >>> column_key("Full Name"), column_key(" CreatedTime"), column_key("Ad Title/Id")
    ('fullname', 'createdtime', 'adtitle/id')
    """
    return re.sub(r"[\s_]+", "", name).casefold()


def opened(
    member: Member,
    needed: Sequence[frozenset[str]],
    *,
    is_escaped: bool = False,
    before: ArchiveTable | None = None,
) -> ArchiveTable | None:
    """The table in a member, whose header holds one of the sets of columns; None where there is no such header.

    `is_escaped`: backslashes stand before quotation marks, as LinkedIn writes comments. `before` is the table that this
    one goes on with: it may then have no header.
    """
    found = _opened(member, needed)
    if is_escaped and encoding_of(member.head()) in ("utf-8", "cp1252"):
        escaped = _Escaped(**{name: getattr(member, name) for name in Member.__dataclass_fields__})
        other = _opened(escaped, needed)
        if other is not None and (found is None or _n_good(other) >= _n_good(found)):
            found = other
    if found is not None:
        layout, header, kept = found
        return ArchiveTable(kept, layout, header, layout.rows[header])
    if before is not None:
        rest = _cut(member.head(), ",", "strict")
        if rest is not None and rest.rows and len(rest.rows[0]) == len(before.names):
            return ArchiveTable(member, rest, None, before.names)
    return None


def is_blank(member: Member) -> bool:
    """Whether a member says nothing: no line but a header, or a sentence that there is nothing."""
    head = member.head(1 << 14)
    if not head:
        return member.size == 0  # else it is damaged from its first byte on
    lines = [line for line in re.split(rb"[\r\n]+", head.removeprefix(codecs.BOM_UTF8)) if line.strip(b" \t,;\0")]
    return len(head) < 1 << 14 and len(lines) < 2


def header_within(head: bytes) -> list[frozenset[str]]:
    """The plain names in each of the first rows, one of which may be a header."""
    return [
        frozenset(column_key(cell) for cell in cells)
        for separator in _SEPARATORS
        if (layout := _cut(head, separator, "strict")) is not None
        for cells in layout.rows[:_HEADER_WITHIN_ROWS]
        if len(cells) > 1
    ]


_Found = tuple[Layout, int, Member]


def _opened(member: Member, needed: Sequence[frozenset[str]]) -> _Found | None:
    head = member.head()
    for separator in _SEPARATORS:
        for quotes in ("strict", "loose"):  # notes before a header may be quoted in a way of their own
            layout = _cut(head, separator, quotes)
            for place, cells in enumerate(layout.rows[:_HEADER_WITHIN_ROWS] if layout is not None else ()):
                names = frozenset(column_key(cell) for cell in cells)
                if layout is not None and any(columns <= names for columns in needed):
                    return layout, place, member
    return None


def _cut(head: bytes, separator: str, quotes: str) -> Layout | None:
    """The first rows, cut in one way; None where not even the first can be cut so."""
    encoding = encoding_of(head)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head).removeprefix("\ufeff")
    rows: list[Cells] = []
    try:
        for cells in csv_rows(io.StringIO(text, line_end(text)), separator, quotes):
            if any(cells):
                rows.append(cells)  # noqa: PERF401  those before an error are kept
    except csv.Error:  # also where the head ends inside a cell
        if not rows:
            return None
    return Layout(encoding, separator, quotes, rows, len(rows[0]) if rows else 0)


def _n_good(found: _Found) -> int:
    """How many of the first rows are as wide as the header and begin with a date."""
    layout, header, _ = found
    width = len(layout.rows[header])
    return sum(len(cells) == width and bool(_BEGINS_AS_DATE.match(cells[0])) for cells in layout.rows[header + 1 :])


@dataclass(frozen=True)
class _Escaped(Member):
    """A member whose escaped quotation marks are doubled, as CSV wants them."""

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        with super().open() as stream:
            yield cast(BinaryIO, _Doubling(stream))


class _Doubling(io.RawIOBase):
    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._rest = stream, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while True:
            fresh = self._stream.read(size)
            block, self._rest = self._rest + fresh, b""
            if not fresh:
                return block
            if (len(block) - len(block.rstrip(b"\\"))) % 2:  # what it escapes comes with the next block
                block, self._rest = block[:-1], b"\\"
            if block:
                return _ESCAPED.sub(lambda found: b'""' if found[1] == b'"' else b"\\", block)

"""Text with separators (CSV, TSV, ...) -> rows of cells, with the line on which each starts.

Lines before the header are skipped. Lines are counted as editors count them, also inside a quoted cell. A line or a
cell may hold 32 MiB at most.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from ascendant.errors import AmbiguousColumn, mark
from ascendant.read.export import Member
from ascendant.read.lines import BLOCK_BYTES, LONGEST_LINE_BYTES
from ascendant.read.tabular.sniff import Layout, csv_rows, line_end, plain_name
from ascendant.read.tabular.table import SAMPLE_ROWS, AbsentColumn, Cells, Fault

RAGGED: Final = mark("the row has another number of cells than the table has columns")
OPEN_QUOTE: Final = mark("a quotation mark opened here is not closed; what follows was taken for one cell")
NOT_TEXT: Final = mark("the line is not in the encoding of the file")
LONG_LINE: Final = mark("the line is too long")
BAD_CELL: Final = mark("the row is not well formed")

CP1252_NOTE: Final = mark("not UTF-8: read as Windows-1252, accents may be wrong")
REPEATED_HEADER_NOTE: Final = mark("the header stands several times; the later ones were skipped")
_QUOTES_NOTES: Final = {
    "plain": mark("quotation marks were taken as ordinary signs"),
    "loose": mark("quotation marks inside cells are not doubled: some words may stand in the wrong cell"),
}

_END: Final = "\0" * 8  # holds no separator that a user could choose


class DelimitedTable:
    """A text table as a `Table`.

    `header` is the number of its row among the rows of the layout, None where the table has none.
    """

    place = "line"

    def __init__(self, member: Member, layout: Layout, header: int | None) -> None:
        self._member, self._layout = member, layout
        names = layout.rows[header] if header is not None else []
        while names and not names[-1].strip():  # a separator at the end of the header names no column
            names = names[:-1]
        self.columns: Sequence[str] = [name.strip() for name in names]
        self._header = layout.rows[header] if header is not None else None
        self._n_skipped_rows = 0 if header is None else header + 1
        if header is None:
            while self._n_skipped_rows < len(layout.rows) and layout.rows[self._n_skipped_rows][0].startswith("#"):
                self._n_skipped_rows += 1
        self._n_columns = len(self.columns) or layout.n_columns
        self.notes: list[str] = []
        if layout.encoding == "cp1252":
            self.notes.append(CP1252_NOTE)
        if layout.quotes in _QUOTES_NOTES:
            self.notes.append(_QUOTES_NOTES[layout.quotes])

    def select(self, wanted: Sequence[str | int], exact: frozenset[str | int]) -> list[int]:
        return [self._position(column) for column in wanted]

    def sample(self) -> list[Cells]:
        return [row for row in self._layout.rows[self._n_skipped_rows :] if len(row) >= self._n_columns][:SAMPLE_ROWS]

    def rows(self) -> Iterator[tuple[int, Cells | Fault]]:
        layout, n_columns, header = self._layout, self._n_columns, self._header
        n_to_skip, last_line = self._n_skipped_rows, 0
        with self._member.open() as stream:
            lines = _Lines(stream, layout.encoding)
            reader = csv_rows(lines, layout.separator, layout.quotes)
            while True:
                try:
                    for cells in reader:
                        line, last_line = last_line + 1, reader.line_num
                        if lines.alert:
                            if lines.has_ended and cells == [_END]:
                                return
                            if fault := lines.fault_of(cells, line, last_line):
                                yield line, fault
                                continue
                        if not any(cells):
                            continue
                        if n_to_skip:
                            n_to_skip -= 1
                            continue
                        if len(cells) != n_columns:
                            if len(cells) < n_columns or any(cells[n_columns:]):
                                yield line, Fault(RAGGED, f"{len(cells)}/{n_columns}")
                                continue
                        elif cells == header:
                            if REPEATED_HEADER_NOTE not in self.notes:
                                self.notes.append(REPEATED_HEADER_NOTE)
                            continue
                        yield line, cells
                    return
                except csv.Error as error:
                    line, last_line = last_line + 1, reader.line_num
                    is_open = "field larger" in str(error) or "end of data" in str(error)
                    last_line = min(last_line, lines.n_lines) if lines.has_ended else last_line
                    detail = f"{line}-{last_line}" if last_line > line else ""
                    yield line, Fault(OPEN_QUOTE if is_open else BAD_CELL, detail)

    def _position(self, column: str | int) -> int:
        if isinstance(column, int):
            if column > self._n_columns:
                raise AbsentColumn(column)
            return column - 1
        for same in (str.strip, plain_name):
            found = [i for i, name in enumerate(self.columns) if same(name) == same(column)]
            if len(found) > 1:
                numbers = ", ".join(str(i + 1) for i in found)
                raise AmbiguousColumn(
                    file=self._member.label, column=column, n=len(found), numbers=numbers, first=str(found[0] + 1)
                )
            if found:
                return found[0]
        raise AbsentColumn(column)


class _Lines:
    """The lines of a stream as text. `alert` is set once a row may be damaged, so that whole files pay nothing."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream, self._encoding = stream, encoding
        self.alert = False
        self.has_ended = False  # and what follows is the end mark, which falls into a cell where a quote is open
        self._too_long: dict[int, int] = {}  # line -> its length
        self.n_lines = 0

    def __iter__(self) -> Iterator[str]:
        errors = "surrogatepass" if self._encoding.startswith("utf-16") else "surrogateescape"
        decoder = codecs.getincrementaldecoder(self._encoding)(errors)
        rest, n_skipped, end, is_first = "", 0, "", True
        while True:
            raw = self._stream.read(BLOCK_BYTES)
            try:
                block = decoder.decode(raw, final=not raw)
            except UnicodeDecodeError:  # half a character at the end of UTF-16
                block = "\udcff"
            if is_first and block:
                block, is_first = block.removeprefix("\ufeff"), False
                end = line_end(block)
            if not raw:
                rest += block
                break
            cut = block.rfind(end) + 1 if end else 0
            if not cut:
                if n_skipped or len(rest) + len(block) > LONGEST_LINE_BYTES:
                    n_skipped, rest = n_skipped + len(rest) + len(block), ""
                else:
                    rest += block
                continue
            if n_skipped:
                first = block.index(end) + 1
                yield from self._long(n_skipped + first)
                rest, block, cut, n_skipped = "", block[first:], cut - first, 0
            whole, rest = rest + block[:cut], block[cut:]
            yield from self._cut(whole, end)
        if n_skipped:
            yield from self._long(n_skipped + len(rest))
        elif rest:
            yield from self._cut(rest, end)
        self.alert = self.has_ended = True
        yield _END

    def fault_of(self, cells: Cells, line: int, last_line: int) -> Fault | None:
        """What is wrong with a row, if anything."""
        if self.has_ended and cells and _END in cells[-1]:
            return Fault(OPEN_QUOTE, f"{line}-{self.n_lines}")
        if long := [number for number in self._too_long if line <= number <= last_line]:
            return Fault(LONG_LINE, f"{sum(self._too_long.pop(number) for number in long):,}")
        for cell in cells:
            if not cell.isascii() and _has_surrogates(cell):
                return Fault(NOT_TEXT)
        return None

    def _cut(self, text: str, end: str) -> Iterator[str]:
        if not text.isascii() and _has_surrogates(text):
            self.alert = True
        self.n_lines += text.count(end)
        yield from io.StringIO(text, newline=end or "\n")

    def _long(self, n_chars: int) -> Iterator[str]:
        self.alert = True
        self.n_lines += 1
        self._too_long[self.n_lines] = n_chars
        yield "\0\n"


def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False

"""The first bytes of a text table -> its encoding, its separator, its quotation marks and its header."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from ascendant.errors import BadChoice, Caveat, UnknownFormat
from ascendant.read.export import HEAD_BYTES
from ascendant.read.lines import LONGEST_LINE_BYTES
from ascendant.read.magic import BINARY, GIVE_POSTS
from ascendant.read.tabular.table import SAMPLE_ROWS, Cells

if TYPE_CHECKING:
    import _csv

_NAMED_SEPARATORS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "\\t": "\t"}
_CANDIDATES: Final = ("\t", ",", ";", "|")
_CONTROL_SIGNS: Final = [chr(n) for n in (*range(9), *range(14, 27))]
_HEADER_WITHIN_ROWS: Final = 100
_SAID_SEPARATOR = re.compile(r'"?sep=(.)"?\s*')


@dataclass(frozen=True)
class Layout:
    """How a file's text is cut, with the rows of its first part."""

    encoding: str
    separator: str
    quotes: str  # strict, plain (ordinary signs), or loose (closed in the middle of a cell)
    rows: list[Cells]
    n_columns: int  # of most rows

    def header_row(self, wanted: frozenset[str]) -> int | None:
        """The row that holds most of the wanted names; None where none holds any."""
        best = max(range(len(self.rows[:_HEADER_WITHIN_ROWS])), key=lambda i: _n_found(self.rows[i], wanted), default=0)
        return best if self.rows and _n_found(self.rows[best], wanted) else None


def layouts(head: bytes, separator: str | None = None) -> list[Layout]:
    """The ways in which the first bytes of a file can be cut, the likeliest first; none where they are no text."""
    encoding = encoding_of(head)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head).removeprefix("\ufeff")
    if sum(map(text.count, _CONTROL_SIGNS)) > 0.05 * len(text) + 3:
        return []
    is_cut = _is_cut(head)
    if is_cut and "\n" in text:
        text = text[: text.rindex("\n") + 1]
    if said := _SAID_SEPARATOR.fullmatch(text.partition("\n")[0].rstrip("\r")):
        separator = separator or said[1]
    if separator is not None:
        candidates: tuple[str, ...] = (separator_of(separator),)
    else:
        candidates = _CANDIDATES if any(sign in text for sign in _CANDIDATES) else (" ",)
    found = [_layout(encoding, sign, text, quotes, is_cut=is_cut) for sign in candidates for quotes in _quotes_in(text)]
    if separator is None and candidates != (" ",) and all(layout.n_columns < 2 for _, layout in found):
        found += [_layout(encoding, " ", text, quotes, is_cut=is_cut) for quotes in _quotes_in(text)]
    # Sorting is stable: of equals, the stricter reading of quotation marks.
    found.sort(key=lambda one: (one[1].n_columns > 1, one[0], one[1].n_columns), reverse=True)
    return [layout for _, layout in found]


def separator_of(name: str) -> str:
    """The sign behind `--separator`. Raises `BadChoice`.

    >>> separator_of("space"), separator_of(";")
    (' ', ';')
    """
    sign = _NAMED_SEPARATORS.get(name.lower(), name)
    if len(sign) != 1 or sign in '"\r\n\0':
        names = ", ".join(list(_NAMED_SEPARATORS)[:5])
        reason = Caveat("a separator is one character, or one of: {names}", {"names": names})
        raise BadChoice(option="--separator", value=name, reason=reason)
    return sign


def encoding_of(head: bytes) -> str:
    """utf-8, utf-16-le, utf-16-be, or cp1252 where it is not UTF-8.

    >>> encoding_of("é\\t1".encode("utf-16-le")), encoding_of("é".encode()), encoding_of("é".encode("cp1252"))
    ('utf-16-le', 'utf-8', 'cp1252')
    """
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    even, odd = head[0:4096:2].count(0), head[1:4096:2].count(0)
    half = max(1, len(head[:4096]) // 2)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    if _is_utf8(head, is_cut=_is_cut(head)):
        return "utf-8"
    # A few damaged lines do not make another encoding of the whole: they are rejected one by one.
    accented = [line for line in head.split(b"\n") if not line.isascii()]
    n_good = sum(_is_utf8(line, is_cut=False) for line in accented)
    return "utf-8" if 2 * n_good > len(accented) else "cp1252"


def _is_cut(head: bytes) -> bool:
    """Whether the file goes on after its first bytes, of which readers ask for 64 KiB or more."""
    return len(head) >= HEAD_BYTES


def _is_utf8(line: bytes, *, is_cut: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(line, final=not is_cut)
    except UnicodeDecodeError:
        return False
    return True


def _quotes_in(text: str) -> tuple[str, ...]:
    return ("strict", "plain", "loose") if '"' in text else ("strict",)


def _layout(encoding: str, separator: str, text: str, quotes: str, *, is_cut: bool) -> tuple[float, Layout]:
    """A way of cutting, with the share of rows that then are well formed and have the same number of cells."""
    rows: list[Cells] = []
    n_bad = 0
    reader = csv_rows(io.StringIO(text, newline=line_end(text)), separator, quotes)
    while len(rows) <= SAMPLE_ROWS:
        try:
            rows.extend(islice((row for row in reader if row), SAMPLE_ROWS + 1 - len(rows)))
            break
        except csv.Error as error:
            n_bad += not (is_cut and "end of data" in str(error))
    if is_cut or len(rows) > SAMPLE_ROWS:
        rows = rows[:-1]
    widths = Counter(len(row) for row in rows)
    n_columns, n_rows = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    share = n_rows / max(1, len(rows) + n_bad)
    n_wrapped = sum(cell[:1] == '"' == cell[-1:] for row in rows for cell in row if len(cell) > 1)
    if quotes == "plain" and n_wrapped * 20 > sum(map(len, rows)):
        share = 0.0  # here they do enclose cells
    # A row that is rejected is better than one that is cut in the wrong place, unless these are many.
    return share * (0.9 if quotes == "loose" else 1), Layout(encoding, separator, quotes, rows, n_columns)


def line_end(text: str) -> str:
    """What ends the lines of a text: \\n, or \\r in files of old Macintoshes."""
    return "\n" if "\n" in text or "\r" not in text else "\r"


def csv_rows(lines: Iterable[str], separator: str, quotes: str) -> _csv.Reader:
    """Rows of cells; its `line_num` counts lines. Raises `csv.Error` on a row that is not well formed."""
    csv.field_size_limit(LONGEST_LINE_BYTES)
    skips = separator == " "  # several spaces separate as one
    if quotes == "plain":
        return csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE, skipinitialspace=skips)
    return csv.reader(lines, delimiter=separator, strict=quotes == "strict", skipinitialspace=skips)


def _n_found(row: Cells, wanted: frozenset[str]) -> int:
    names = {plain_name(cell) for cell in row}
    return sum(plain_name(name) in names for name in wanted)


def plain_name(name: str) -> str:
    """A column's name without what people do not see or do not mind."""
    return " ".join(name.split()).casefold()


def check_is_text(file: str, found: list[Layout]) -> None:
    """Raises `UnknownFormat` where the first bytes are no text."""
    if not found:
        raise UnknownFormat(file=file, seen=BINARY, remedy=GIVE_POSTS)

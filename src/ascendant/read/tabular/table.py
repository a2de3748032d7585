"""What every kind of table offers to the row maker: its columns, a sample, and rows with their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ascendant.errors import UnknownFormat, mark

HEAD_BYTES = 1 << 20  # looked at before reading: header, separator, encoding, how times are written
SAMPLE_ROWS = 2000

Cells = list[str]


@dataclass(frozen=True)
class Fault:
    """Stands in the stream of rows for one that cannot be read. `reason` is a template."""

    reason: str
    detail: str = ""


class AbsentColumn(LookupError):
    """A column that was asked for and is not there; `args[0]` is its name or number."""


class Table(Protocol):
    """Rows of text cells. An empty cell is the empty text; null and absent are empty."""

    place: str  # line or row: what the numbers of `rows` count
    notes: list[str]  # what the user should know of how it was read; complete after the last row

    @property
    def columns(self) -> Sequence[str]:
        """Names of the columns; empty where there is no header."""
        ...

    def select(self, wanted: Sequence[str | int], exact: frozenset[str | int]) -> list[int]:
        """Where each wanted column stands in the cells that follow. Raises `AbsentColumn`.

        Columns in `exact` hold identifiers: a number that is not exact there makes its row a fault.
        """
        ...

    def sample(self) -> list[Cells]:
        """Some of the first rows, as `rows` gives them."""
        ...

    def rows(self) -> Iterator[tuple[int, Cells | Fault]]:
        """All rows, in order. Raises `BrokenFile` where the file breaks off."""
        ...


def refuse(file: str, head: bytes) -> None:
    """Raises `UnknownFormat` for bytes that are known to be no table."""
    seen = None
    if head[:4] == b"PK\x03\x04":
        seen = mark("a workbook or archive; save the sheet as CSV (UTF-8)")
    elif head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        seen = mark("an Excel workbook; save the sheet as CSV (UTF-8)")
    elif head[:4] == b"SQLi":
        seen = mark("an SQLite database; export the table as CSV")
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[" and b"{" in head[:4096]:
        seen = mark("a JSON array, where one object on each line is expected: jq -c '.[]' FILE > FILE.jsonl")
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and b"<" in head[1:4096]:
        seen = mark("a web page or XML; export the table as CSV")
    if seen is not None:
        raise UnknownFormat(file=file, seen=seen)

"""What every kind of table offers to the row maker: its columns, a sample, and rows with their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ascendant.errors import UnknownFormat
from ascendant.read.magic import known_otherwise

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
    if (seen := known_otherwise(head, file)) is not None:
        raise UnknownFormat(file=file, seen=seen.words, remedy=seen.remedy)

"""Parquet -> rows of cells, one group of rows after the other, only the columns that are asked for.

Whole numbers and decimals come exactly. An identifier in a column of floats is read where the float is exact, and its
row is a fault where it is not. `author.id` is the field `id` inside `author`.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ascendant.errors import BrokenFile, Caveat, mark
from ascendant.read.export import Member
from ascendant.read.tabular.cells import EXACT_FLOAT, INEXACT
from ascendant.read.tabular.table import SAMPLE_ROWS, AbsentColumn, Cells, Fault

MAGIC: Final = b"PAR1"
_BATCH_ROWS: Final = 8192
_INEXACT: Final = "\0inexact"
_DAMAGED: Final = mark("the Parquet data is damaged or not whole")


class ParquetTable:
    """A Parquet file as a `Table`."""

    place = "row"

    def __init__(self, member: Member) -> None:
        self._member = member
        with self._opened() as file:
            self._schema = file.schema_arrow
        self.columns: Sequence[str] = [name for field in self._schema for name in _paths(field)]
        self.notes: list[str] = []
        self._wanted: list[tuple[list[str], bool]] = []

    def select(self, wanted: Sequence[str | int], exact: frozenset[str | int]) -> list[int]:
        self._wanted = [(self._path(column), column in exact) for column in wanted]
        return list(range(len(wanted)))

    def sample(self) -> list[Cells]:
        found: list[Cells] = []
        for _, cells in self.rows():
            if isinstance(cells, list):
                found.append(cells)
            if len(found) == SAMPLE_ROWS:
                break
        return found

    def rows(self) -> Iterator[tuple[int, Cells | Fault]]:
        number = 0
        with self._opened() as file:
            if not self._wanted:
                return
            names = sorted({path[0] for path, _ in self._wanted})
            try:
                for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=names):
                    columns = [_column(batch, path, is_exact=is_exact) for path, is_exact in self._wanted]
                    for cells in zip(*columns, strict=True):
                        number += 1
                        if _INEXACT in cells:
                            yield number, Fault(INEXACT, ".".join(self._wanted[cells.index(_INEXACT)][0]))
                        else:
                            yield number, list(cells)
            except (pa.ArrowInvalid, OSError):
                place = Caveat("row {n:,}", {"n": number + 1})
                raise BrokenFile(file=self._member.label, place=place, reason=_DAMAGED) from None

    def _path(self, column: str | int) -> list[str]:
        if isinstance(column, int):
            if column > len(self._schema):
                raise AbsentColumn(column)
            return [self._schema.names[column - 1]]
        if column in self._schema.names:
            return [column]
        if column not in self.columns:
            raise AbsentColumn(column)
        return column.split(".")

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        with _seekable(self._member) as stored:
            try:
                file = pq.ParquetFile(stored)
            except (pa.ArrowInvalid, OSError):
                place = mark("its table of contents, which stands at its end")
                raise BrokenFile(file=self._member.label, place=place, reason=_DAMAGED) from None
            with file:
                yield file


@contextmanager
def _seekable(member: Member) -> Iterator[BinaryIO]:
    """The member itself, or a copy on disk where it lies in an archive or is compressed once more."""
    with member.raw() as stored:
        if member.inside is None and stored.read(4) == MAGIC:
            stored.seek(0)
            yield stored
            return
    with tempfile.TemporaryFile() as copy, member.open() as stream:
        while block := stream.read(1 << 20):
            copy.write(block)
        copy.seek(0)
        yield copy


def _paths(field: pa.Field, before: str = "") -> Iterator[str]:
    yield before + field.name
    if pa.types.is_struct(field.type):
        for inner in field.type:
            yield from _paths(inner, f"{before}{field.name}.")


def _column(batch: pa.RecordBatch, path: list[str], *, is_exact: bool) -> list[str]:
    array = batch.column(path[0])
    for part in path[1:]:
        array = pc.struct_field(array, part)
    kind = array.type
    if pa.types.is_dictionary(kind):
        array = array.dictionary_decode()
        kind = array.type
    if pa.types.is_integer(kind) or pa.types.is_date(kind) or pa.types.is_boolean(kind):
        array = array.cast(pa.string())
    elif pa.types.is_timestamp(kind):
        # Nanoseconds are cut: the table holds microseconds.
        unit = "us" if kind.unit == "ns" else kind.unit
        array = array.cast(pa.timestamp(unit, kind.tz), safe=False)
        if kind.tz is not None:
            array = array.cast(pa.timestamp(unit, "UTC"))
        array = array.cast(pa.string())
    elif pa.types.is_floating(kind):
        return [_of_float(value, is_exact=is_exact) for value in array.cast(pa.float64()).to_pylist()]
    return [value if type(value) is str else _text(value) for value in array.to_pylist()]


def _of_float(value: float | None, *, is_exact: bool) -> str:
    if value is None or math.isnan(value):
        return ""
    if value.is_integer() and abs(value) < EXACT_FLOAT:
        return str(int(value))
    return _INEXACT if is_exact else repr(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(int(value)) if value == value.to_integral_value() else str(value)
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)

"""Columns of a part -> the same with some values changed; a column of which nothing changes comes back as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

Columns: TypeAlias = dict[str, pa.ChunkedArray]


def replaced(column: pa.ChunkedArray, others: dict[str, Any]) -> pa.ChunkedArray:
    """The column with other values for some; the same column where none of them is in it."""
    others = {one: other for one, other in others.items() if other != one}
    if not others:
        return column
    place = pc.index_in(column, value_set=pa.array(others, column.type))
    if place.null_count == len(place):
        return column
    return pc.if_else(pc.is_valid(place), pa.array(others.values(), column.type).take(place.combine_chunks()), column)


def mapped_rows(column: pa.ChunkedArray, change: Callable[[Any], Any]) -> pa.ChunkedArray:
    before = column.to_pylist()
    after = [None if one is None else change(one) for one in before]
    return column if after == before else pa.chunked_array([pa.array(after, column.type)])


def without(column: pa.ChunkedArray, values: set[str]) -> pa.ChunkedArray:
    """Lists without these values."""
    if not values:
        return column
    return mapped_rows(column, lambda row: [one for one in row if one not in values])


def null_where(column: pa.ChunkedArray, mask: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pc.any(mask).as_py():
        return column
    kept = pc.invert(mask).combine_chunks()
    rows = pa.array(range(len(column)), pa.int64())
    return column.take(pc.if_else(kept, rows, pa.scalar(None, pa.int64())))


def with_columns(table: pa.Table, before: Columns, after: Columns, schema: pa.Schema) -> pa.Table:
    """The table with other columns; the same table where they are the same."""
    if all(after[name] is column for name, column in before.items()):
        return table
    return pa.table([after[name] for name in schema.names], schema=schema)


def n_different(before: pa.Table, after: pa.Table) -> int:
    """Rows that are not what they were."""
    differs = pa.repeat(False, len(before))
    for name in before.column_names:
        one, other = before[name], after[name]
        if one is other or one.equals(other):
            continue
        if pa.types.is_string(one.type):
            differ = pc.not_equal(pc.fill_null(one, ""), pc.fill_null(other, ""))
        else:
            differ = pa.array([a != b for a, b in zip(one.to_pylist(), other.to_pylist(), strict=True)], pa.bool_())
        differs = pc.or_(differs, differ)
    return int(pc.sum(differs).as_py() or 0)

"""Columns of tables -> arrays of numbers: places of accounts, moments, codes of values."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

UNKNOWN: Final = np.iinfo(np.int64).min  # of a moment or a delay, in microseconds


def all_ids(*columns: pa.ChunkedArray) -> pa.Array:
    """All values of these columns, ascending, each once."""
    ids = pc.unique(pa.chunked_array([chunk.cast(pa.string()) for one in columns for chunk in one.chunks], pa.string()))
    ids = ids.drop_null()
    return ids.take(pc.sort_indices(ids))


def places(column: pa.ChunkedArray, ids: pa.Array) -> Whole:
    """Places of the values among `ids`; -1 for a null and for what is not there."""
    found: Whole = pc.index_in(array(column), ids).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def codes(column: pa.ChunkedArray) -> Whole:
    """Numbers of values that are never null."""
    indices = array(column).dictionary_encode().indices
    found: Whole = indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def micros(column: pa.ChunkedArray) -> Whole:
    """Microseconds since 1970; `UNKNOWN` for a null."""
    found: Whole = array(column).cast(pa.int64()).fill_null(UNKNOWN).to_numpy(zero_copy_only=False)
    return found


def taken(column: pa.ChunkedArray, places: Whole) -> pa.Array:
    """These values."""
    return array(column).take(pa.array(places))


def array(column: pa.ChunkedArray) -> pa.Array:
    """The column in one piece."""
    return column.combine_chunks() if column.num_chunks else pa.array([], column.type)

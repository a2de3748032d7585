"""Columns of strings -> their bytes for kernels, and a number of 64 bits for each string."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ascendant.kernels.texts import string_hashes

Hashes = NDArray[np.uint64]


def bytes_of(strings: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """UTF-8 of all strings, one after the other, and where each begins (one more than strings); nulls are empty.

    >>> data, first = bytes_of(pa.array(["ab", None, "c"]))
    >>> data.tobytes(), first.tolist()
    (b'abc', [0, 2, 2, 3])
    """
    column = strings.cast(pa.large_string()).fill_null("")
    _, places, data = column.buffers()
    first = np.frombuffer(places, np.int64)[column.offset : column.offset + len(column) + 1] if len(column) else None
    if first is None or data is None:
        return np.zeros(0, np.uint8), np.zeros(len(column) + 1, np.int64)
    return np.frombuffer(data, np.uint8)[first[0] : first[-1]], first - first[0]


def hashes_of(strings: pa.Array) -> Hashes:
    """A number for each string; equal strings have equal ones, and 2 million different ones meet with 1e-7."""
    found: Hashes = string_hashes(*bytes_of(strings))
    return found

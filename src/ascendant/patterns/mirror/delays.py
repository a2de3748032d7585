"""Ids and times of items -> when each was published, and how long after it the owner acted.

The numbers of X (from November 2010) and of LinkedIn hold the moment of their making. A delay is known where both
moments are known to the second; on a day, or on a clock of an unknown zone, it would be invented.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

SECOND: Final = 1_000_000  # microseconds
_X_EPOCH_MS: Final = 1_288_834_974_657
_X_FIRST: Final = 29_700_859_247  # the first id that carries its own time, 4 November 2010
_TIME_BITS: Final = 22
_LINKEDIN_MS: Final = (1_051_747_200_000, 4_102_444_800_000)  # May 2003, its first month, to 2100
_NUMBER: Final = r"^(x|linkedin):(\d{10,18}|[1-8]\d{18})$"  # within 63 bits
_time = pa.timestamp("us", tz="UTC")


def micros_of(column: pa.ChunkedArray) -> tuple[Whole, Flags]:
    """Times as microseconds (0 where unknown), and where they are known."""
    known = column.is_valid().to_numpy()
    return column.cast(_time).cast(pa.int64()).fill_null(0).to_numpy(), known


def made_at(ids: pa.ChunkedArray) -> tuple[Whole, Flags]:
    """When items were made, by their own numbers, in microseconds; and where they tell it.

    >>> made_at(pa.chunked_array([["x:1212092628029698048", "x:20", None]]))
    (array([1577820376771000,                0,                0]), array([ True, False, False]))
    """
    is_number = pc.fill_null(pc.match_substring_regex(ids, _NUMBER), False)
    digits = pc.replace_substring_regex(pc.if_else(is_number, ids, "x:0"), r"^[a-z]+:", "")
    number = digits.cast(pa.int64()).to_numpy()
    is_x = pc.fill_null(pc.starts_with(ids, "x:"), False).to_numpy(zero_copy_only=False)
    ms = (number >> _TIME_BITS) + np.where(is_x, _X_EPOCH_MS, 0)
    low, high = _LINKEDIN_MS
    known = np.where(is_x, number >= _X_FIRST, (ms >= low) & (ms < high)) & is_number.to_numpy(zero_copy_only=False)
    return np.where(known, ms * 1000, 0), known


def published(acts: pa.Table) -> tuple[Whole, Flags, Flags]:
    """When the items were published that acts name: microseconds, where known, where known to the second.

    A held item tells it; where it tells no time of day, or is in no file, its number may.
    """
    held, is_held = micros_of(acts["object_at"])
    held_clock = is_held & acts["object_has_clock"].fill_null(False).to_numpy()
    told, is_told = made_at(acts["object_id"])
    return np.where(held_clock | ~is_told, held, told), is_held | is_told, held_clock | is_told


def delays(acts: pa.Table) -> tuple[Whole, Flags, int]:
    """Whole seconds from an item to the act, where they are known, and how many acts are older than their item."""
    happened, has_happened = micros_of(acts["happened_at"])
    appeared, _, has_appeared = published(acts)
    known = has_happened & acts["has_clock"].to_numpy() & has_appeared
    # Both to the second: archives leave out its parts, so that an answer within it would come before its item.
    seconds = happened // SECOND - appeared // SECOND
    is_backward = known & (seconds < 0)
    return seconds, known & ~is_backward, int(is_backward.sum())

"""Instants -> what clocks of a time zone showed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

HOUR: Final = 3_600_000_000  # microseconds
DAY: Final = 24 * HOUR
_QUARTER: Final = HOUR // 4  # clocks change on a quarter of an hour everywhere

Whole = NDArray[np.int64]


def local_micros(micros: Whole, zone: str) -> Whole:
    """What clocks of the zone showed, as if it were UTC.

    >>> noon = np.array([1_709_294_400_000_000])  # 1 March 2024, 12:00 UTC
    >>> int(local_micros(noon, "Europe/Paris")[0] - noon[0]) // 3_600_000_000
    1
    """
    if zone == "UTC" or micros.size == 0:
        return micros
    clock = ZoneInfo(zone)
    days, place = np.unique(micros // DAY, return_inverse=True)
    before, after = (np.array([_offset(clock, day * DAY) for day in (days + n).tolist()]) for n in (0, 1))
    found: Whole = micros + before[place]
    # No zone changes its clocks twice within a day.
    is_changing = (before != after)[place]
    if is_changing.any():
        quarters, which = np.unique(micros[is_changing] // _QUARTER, return_inverse=True)
        offsets = np.array([_offset(clock, quarter * _QUARTER) for quarter in quarters.tolist()])
        found[is_changing] = micros[is_changing] + offsets[which]
    return found


def _offset(clock: ZoneInfo, micros: int) -> int:
    """Microseconds from UTC, at that moment."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
    shift = moment.astimezone(clock).utcoffset() or timedelta(0)
    return shift // timedelta(microseconds=1)

"""Acts -> the hours of the week in which they were done, on the clock of the study's time zone.

Only acts with a time of day stand here; those whose clock is of an unknown zone do not.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from ascendant.patterns.clock import DAY, HOUR, local_micros
from ascendant.patterns.mirror.acts import PART_OF, Acts, Whole
from ascendant.patterns.mirror.delays import micros_of
from ascendant.patterns.mirror.tables import SCHEMAS

PARTS: Final = ("start", "pass_on", "answer", "like")
_HOURS_OF_WEEK: Final = 168
_MONDAY: Final = 3  # days from the first Monday before 1 January 1970, a Thursday


def week(acts: Acts, likes: pa.Table, zone: str) -> pa.Table:
    """Hours with anything in them, in the order of the week. `likes` is the answer of `mirror_likes`."""
    timed = likes.filter(likes["is_mine"])
    timed = timed.filter(timed["happened_at"].is_valid())
    part = np.array([PARTS.index(PART_OF[kind]) for kind in range(len(PART_OF))])[acts.kind[acts.has_clock]]
    times = np.concatenate([acts.happened[acts.has_clock], micros_of(timed["happened_at"])[0]])
    n = np.concatenate([acts.n[acts.has_clock], timed["n"].to_numpy()])
    part = np.concatenate([part, np.full(timed.num_rows, PARTS.index("like"))])
    cell = part * _HOURS_OF_WEEK + hour_of_week(local_micros(times, zone))
    held = np.bincount(cell, n, len(PARTS) * _HOURS_OF_WEEK).astype(np.int64)
    cells = np.flatnonzero(held)
    columns = [
        pa.array(PARTS).take(pa.array(cells // _HOURS_OF_WEEK)),
        (cells % _HOURS_OF_WEEK // 24 + 1).astype(np.int32),
        (cells % 24).astype(np.int32),
        held[cells],
    ]
    return pa.table(columns, schema=SCHEMAS["week"])


def hour_of_week(micros: Whole) -> Whole:
    """0 for the hour after midnight of a Monday.

    >>> hour_of_week(np.array([0])).tolist()  # a Thursday
    [72]
    """
    return (micros // DAY + _MONDAY) % 7 * 24 + micros % DAY // HOUR

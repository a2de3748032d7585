"""Attribution -> `moved_acts`: of each act after t0 the chance that somebody else moved it, and who most likely did."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from ascendant.infer.attribution import Attribution
from ascendant.infer.exposure import NAMED, Timeline

MOVED_ACTS: Final = pa.schema(
    [
        ("act_id", pa.string()),
        ("actor_id", pa.string()),
        ("is_named", pa.bool_()),  # it names an item of somebody else: moved for certain
        ("p_moved", pa.float32()),  # chance that somebody to whom the actor was known to be exposed moved it
        ("likeliest_source_id", pa.string()),  # of a named act: the author, or who passed the item on; null where none
        ("p_likeliest", pa.float32()),  # chance that it was this one
    ]
)


def moved_acts(times: Timeline, found: Attribution) -> pa.Table:
    """In the order of the timeline: by account, then by time."""
    acts = np.flatnonzero(~np.isnan(found.p_moved))
    likeliest = found.likeliest[acts]
    return pa.table(
        [
            times.act_id.take(acts),
            times.account_id.take(times.account[acts]),
            times.kind[acts] == NAMED,
            found.p_moved[acts],
            times.account_id.take(pa.array(likeliest, mask=likeliest < 0)),
            found.p_likeliest[acts],
        ],
        schema=MOVED_ACTS,
    )

"""Attribution -> `moved_acts`, `passed_by`, inferred ties: the chance that somebody else moved an act, and who did."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from ascendant.infer.attribution import Attribution
from ascendant.infer.exposure import NAMED, SILENT, Exposure, Timeline

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
PASSED_BY: Final = pa.schema(
    [
        ("act_id", pa.string()),
        ("actor_id", pa.string()),
        ("author_id", pa.string()),  # whose item the act names
        ("passed_by_id", pa.string()),  # by whom it most likely came; the author where it came at first hand
        ("p", pa.float32()),  # chance that it came by this one
    ]
)
TIES_INFERRED: Final = pa.schema(
    [
        ("source_id", pa.string()),
        ("target_id", pa.string()),
        ("n_inferred", pa.float64()),  # expected acts since t0 that name nobody and that it moved; 0: < .1, or unknown
        ("evidence", pa.list_(pa.string())),  # acts that it most likely moved, the likeliest first
    ]
)
N_EVIDENCE: Final = 3
_LEAST: Final = 0.1  # expected acts of a pair: below, it is left out


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


def passed_by(times: Timeline, found: Attribution) -> pa.Table:
    """Reposts since t0 that may have come by somebody who passed the item on; the others came from the author."""
    could = times.is_repost & ~np.isnan(found.p_moved) & (found.likeliest >= 0)
    acts = np.flatnonzero(could & ((found.p_likeliest < 1.0) | (found.likeliest != times.author)))
    return pa.table(
        [
            times.act_id.take(acts),
            times.account_id.take(times.account[acts]),
            times.account_id.take(times.author[acts]),
            times.account_id.take(found.likeliest[acts]),
            found.p_likeliest[acts],
        ],
        schema=PASSED_BY,
    )


def ties_inferred(times: Timeline, exposure: Exposure, found: Attribution, scale: float = 1.0) -> pa.Table:
    """Pairs of a source and a target in the order of ids; `scale` is what one act that the fit moves stands for.

    Numbers of single pairs have no interval: these were tried and do not hold (`docs/decisions/0008-attribution.md`).
    """
    pairs = np.flatnonzero(found.of_pair * scale >= _LEAST)
    source, target = exposure.source[pairs], exposure.target[pairs]
    order = np.lexsort((target, source))
    pairs, source, target = pairs[order], source[order], target[order]
    n = times.n_accounts
    acts = np.flatnonzero((times.kind == SILENT) & (found.likeliest >= 0) & ~np.isnan(found.p_moved))
    keys = found.likeliest[acts] * n + times.account[acts]
    acts = acts[np.lexsort((acts, -found.p_likeliest[acts], keys))]
    keys = found.likeliest[acts] * n + times.account[acts]
    first = np.searchsorted(keys, source * n + target)
    size = np.minimum(np.searchsorted(keys, source * n + target, "right") - first, N_EVIDENCE)
    offset = np.append(0, np.cumsum(size))
    rows = acts[np.arange(offset[-1]) + np.repeat(first - offset[:-1], size)]
    evidence = pa.ListArray.from_arrays(pa.array(offset, pa.int32()), times.act_id.take(pa.array(rows)))
    columns = [times.account_id.take(source), times.account_id.take(target), found.of_pair[pairs] * scale, evidence]
    return pa.table(columns, schema=TIES_INFERRED)

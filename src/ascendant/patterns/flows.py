"""Ties and communities -> who moves whom across the borders of communities.

Communities are found from the same ties, so that most influence stays inside them by construction: what crosses is
what can surprise. Most of what a community moves hangs on a few of its accounts: intervals draw the moving accounts
again (the variance of a ratio, summed over them), so that one loud account makes them wide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import special

from ascendant.patterns.options import PatternOptions

FLOWS: Final = pa.schema(
    [
        ("source_community", pa.int32()),  # null: all communities beyond the largest ones, together
        ("target_community", pa.int32()),
        ("n_moved", pa.int64()),  # acts of the target that accounts of the source moved
        ("n_sources", pa.int64()),  # accounts that moved
        ("n_targets", pa.int64()),  # accounts whose acts were moved
        ("share", pa.float64()),  # of all the acts moved in the target
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
BORDERS: Final = pa.schema(
    [
        ("community", pa.int32()),  # null: all communities, the small ones too
        ("n_accounts", pa.int64()),
        ("n_moved", pa.int64()),  # acts of its accounts that others moved
        ("n_from_outside", pa.int64()),  # of these, moved by accounts of other communities
        ("outside_share", pa.float64()),
        ("outside_low", pa.float64()),
        ("outside_high", pa.float64()),
        ("n_outward", pa.int64()),  # acts of other communities that its accounts moved
        ("outward_share", pa.float64()),  # of all the acts that were moved across a border
        ("outward_low", pa.float64()),
        ("outward_high", pa.float64()),
        ("source_id", pa.string()),  # of its accounts the one that moves most; null where none does
    ]
)
N_COMMUNITIES: Final = 10  # shown one by one
FEWEST_ACCOUNTS: Final = 10  # of a community that is shown by itself

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Flows:
    """Flows between the largest communities, and what enters and leaves each."""

    flows: pa.Table
    borders: pa.Table


@dataclass(frozen=True)
class _Ties:
    """Ties that move: places of accounts, their communities, and how many acts."""

    source: Whole
    target: Whole
    from_part: Whole
    to_part: Whole
    n: Whole


def find_flows(
    ties: pa.Table,
    communities: pa.Table,
    options: PatternOptions = PatternOptions(),
) -> Flows:
    """Rows in the order of source and target; `communities` numbers them by falling size."""
    moving = ties.filter(pc.greater(ties["n_moved"], 0))
    if moving.num_rows == 0:
        return Flows(FLOWS.empty_table(), BORDERS.empty_table())
    ids = communities["account_id"].combine_chunks()
    part = communities["community"].to_numpy()
    source, target = (pc.index_in(moving[name], ids).to_numpy().astype(np.int64) for name in ("source_id", "target_id"))
    found = _Ties(
        source,
        target,
        part[source].astype(np.int64),
        part[target].astype(np.int64),
        moving["n_moved"].to_numpy(),
    )
    size = np.bincount(communities["community"].drop_null().to_numpy())
    n_shown = min(N_COMMUNITIES, int(np.count_nonzero(size >= FEWEST_ACCOUNTS)))
    tail = special.ndtri(0.5 + options.interval / 2)
    return Flows(_flows(found, n_shown, tail), _borders(found, size, n_shown, tail, ids))


def _flows(ties: _Ties, n_shown: int, tail: float) -> pa.Table:
    from_part, to_part = np.minimum(ties.from_part, n_shown), np.minimum(ties.to_part, n_shown)
    rows = []
    for target in np.unique(to_part).tolist():
        here = to_part == target
        total = int(ties.n[here].sum())
        for source in np.unique(from_part[here]).tolist():
            cell = here & (from_part == source)
            share, low, high = _ratio(ties.source[here], ties.n[here], cell[here], tail)
            rows.append(
                (
                    None if source == n_shown else source,
                    None if target == n_shown else target,
                    round(share * total),
                    np.unique(ties.source[cell]).size,
                    np.unique(ties.target[cell]).size,
                    share,
                    low,
                    high,
                )
            )
    rows.sort(key=lambda row: (_last(row[0]), _last(row[1])))
    return pa.table([list(column) for column in zip(*rows, strict=True)], schema=FLOWS)


def _last(community: int | None) -> float:
    return float("inf") if community is None else community


def _borders(ties: _Ties, size: Whole, n_shown: int, tail: float, ids: pa.Array) -> pa.Table:
    crosses = ties.from_part != ties.to_part
    everything = np.ones(ties.n.size, bool)
    rows = []
    for community in (*range(n_shown), None):
        arriving = everything if community is None else ties.to_part == community
        leaving = everything if community is None else ties.from_part == community
        n_moved, n_in, *entering = _part(ties, arriving, crosses, tail)
        _, n_out, *going = _part(ties, crosses, leaving, tail)
        leader = _leader(ties.source[leaving], ties.n[leaving])
        n_accounts = int(size.sum() if community is None else size[community])
        source_id = None if leader is None else ids[leader].as_py()
        rows.append((community, n_accounts, n_moved, n_in, *entering, n_out, *going, source_id))
    return pa.table([list(column) for column in zip(*rows, strict=True)], schema=BORDERS)


def _part(
    ties: _Ties, whole: NDArray[np.bool_], part: NDArray[np.bool_], tail: float
) -> tuple[int, int, float | None, float | None, float | None]:
    """The acts of a whole, those of a part of it, and the share with its interval; None of nothing."""
    if not whole.any():
        return 0, 0, None, None, None
    n = ties.n[whole]
    return int(n.sum()), int(n[part[whole]].sum()), *_ratio(ties.source[whole], n, part[whole], tail)


def _leader(source: Whole, n: Whole) -> int | None:
    """The place of the account that moved most; of equals the first by its id, since places are sorted by id."""
    if source.size == 0:
        return None
    places, row = np.unique(source, return_inverse=True)
    return int(places[np.argmax(np.bincount(row, n))])


def _ratio(source: Whole, n: Whole, is_in: NDArray[np.bool_], tail: float) -> tuple[float, float, float]:
    """A share of acts and its interval, when accounts like these moving ones are drawn again.

    The interval is that of a Beta with as many acts as would vary as much, so that it stays inside 0 to 1.
    """
    total = float(n.sum())
    share = float(n[is_in].sum()) / total
    _, row = np.unique(source, return_inverse=True)
    whole, part = np.bincount(row, n), np.bincount(row, np.where(is_in, n, 0))
    # Accounts of a kind: half an act each way keeps a share of 0 or 1 from looking certain.
    smooth = (share * total + 0.5) / (total + 1)
    variance = float(np.sum((part - smooth * whole) ** 2)) / total**2
    n_equal = min(max(smooth * (1 - smooth) / variance - 1, 1.0), total) if variance > 0 else 1.0
    chance = special.ndtr(tail)
    a, b = share * n_equal + 0.5, (1 - share) * n_equal + 0.5
    low, high = float(special.betaincinv(a, b, 1 - chance)), float(special.betaincinv(a, b, chance))
    return share, min(low, share), max(high, share)

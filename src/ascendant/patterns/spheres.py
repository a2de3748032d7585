"""Ties and communities -> the sphere of each account that moves others: how many, and how much of one kind.

Precision: of the accounts that it moves, those in its home community beyond that community's share of all accounts,
over the most there could be; 0 is "anyone", 1 is "only them". With two imagined accounts spread as everybody is, one
moved account gives 1/3 and not certainty. Communities come from the same ties: a sphere shows who listens, not why.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import special

from ascendant.patterns.options import PatternOptions

SPHERES: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("n_moved_by_it", pa.int64()),
        ("reach", pa.int64()),  # distinct accounts moved
        ("home_community", pa.int32()),  # where most of them are
        ("n_at_home", pa.int64()),
        ("precision", pa.float64()),
        ("precision_low", pa.float64()),
        ("precision_high", pa.float64()),
        ("sphere", pa.string()),  # precise, wide, or open where the interval allows both
    ]
)
_N_IMAGINED: Final = 2.0


def find_spheres(
    ties: pa.Table,
    communities: pa.Table,
    options: PatternOptions = PatternOptions(),
) -> pa.Table:
    """One row for each account that moved somebody else, sorted by its id."""
    moving = ties.filter(pc.greater(ties["n_moved"], 0))
    if moving.num_rows == 0:
        return SPHERES.empty_table()
    accounts = pc.unique(moving["source_id"])
    accounts = accounts.take(pc.sort_indices(accounts))
    source = pc.index_in(moving["source_id"], accounts).to_numpy().astype(np.int64)
    place = pc.index_in(moving["target_id"], communities["account_id"].combine_chunks())
    community = communities["community"].take(place).to_numpy().astype(np.int64)
    size = np.bincount(communities["community"].drop_null().to_numpy())
    n_moved = np.bincount(source, moving["n_moved"].to_numpy(), len(accounts)).astype(np.int64)
    reach = np.bincount(source, minlength=len(accounts))
    home, n_at_home = _homes(source, community, len(accounts), size.size)
    share = size[home] / size.sum()  # of all accounts that are in a community
    precision, low, high = _precision(reach, n_at_home, share, options)
    label = np.where(low >= options.precise_from, 0, np.where(high < options.precise_from, 1, 2))
    return pa.table(
        [
            *(accounts, n_moved, reach, home.astype(np.int32), n_at_home, precision, low, high),
            pa.array(["precise", "wide", "open"]).take(pa.array(label)),
        ],
        schema=SPHERES,
    )


def _homes(
    source: NDArray[np.int64], community: NDArray[np.int64], n_sources: int, n_communities: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The community of most of the accounts that each source moved (the larger community where equal), and how many."""
    key, count = np.unique(source * n_communities + community, return_counts=True)
    order = np.lexsort((key, -count, key // n_communities))
    key, count = key[order], count[order]
    first = np.searchsorted(key // n_communities, np.arange(n_sources))
    return key[first] % n_communities, count[first]


def _precision(
    reach: NDArray[np.int64], n_at_home: NDArray[np.int64], share: NDArray[np.float64], options: PatternOptions
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    inside = n_at_home + _N_IMAGINED * share
    outside = reach - n_at_home + _N_IMAGINED * (1 - share)
    tail = (1 - options.interval) / 2
    is_only_one = share >= 1.0  # one community in all: nothing to be precise about
    outside = np.where(is_only_one, 1.0, outside)
    quantities = (
        inside / (inside + outside),
        special.betaincinv(inside, outside, tail),
        special.betaincinv(inside, outside, 1 - tail),
    )
    beyond = [(q - share) / np.where(is_only_one, 1.0, 1 - share) for q in quantities]
    precision, low, high = (np.where(is_only_one, 0.0, np.clip(value, 0.0, 1.0)) for value in beyond)
    return precision, low, np.where(is_only_one, 1.0, high)

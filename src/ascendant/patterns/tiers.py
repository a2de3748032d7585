"""Who moved most, as tiers and not as ranks: accounts that their intervals do not tell apart share a tier.

What an account moved in the files is exact; the interval says what as many items of it would have moved. It is what
drawing its items again would give (stretches of 2.8 hours, where items have no ids): variance = sum of squares over
items, hence a Gamma with the over-dispersion phi = sum of squares / sum, that is, with as many degrees as there were
items of equal weight.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import special

from ascendant.infer.options import InfluenceOptions
from ascendant.patterns.options import PatternOptions

TIERS: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("n_moved_by_it", pa.int64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("tier", pa.int32()),  # from 1
        ("reach", pa.int64()),  # distinct accounts moved
        ("n_equal_items", pa.float64()),  # items of equal weight that would vary as much
        ("evidence", pa.list_(pa.string())),  # an act on each of the items that moved most
    ]
)
# An item loses half of its pull in this time: what was named within it is taken for one item.
_HALF_LIFE_SECONDS: Final = round(math.log(2) / InfluenceOptions.loss_per_second)
_N_EVIDENCE: Final = 3


def find_tiers(
    named_by: pa.Table,
    accounts: pa.Table,
    options: PatternOptions = PatternOptions(),
) -> pa.Table:
    """The accounts that moved most, in falling order; `named_by` and `accounts` as the named layer gives them."""
    moving = accounts.filter(pc.greater(accounts["n_moved_by_it"], 0))
    top = moving.sort_by([("n_moved_by_it", "descending"), ("account_id", "ascending")]).slice(
        0, options.n_top_accounts
    )
    acts = named_by.filter(pc.invert(named_by["is_conversation"]))
    acts = acts.filter(pc.is_in(acts["author_id"], top["account_id"].combine_chunks()))
    reach, n_equal_items, evidence = [], [], []
    for account_id in top["account_id"].to_pylist():
        mine = acts.filter(pc.equal(acts["author_id"], account_id))
        reach.append(pc.count_distinct(mine["actor_id"]).as_py())
        n_equal, first_acts = _items(mine)
        n_equal_items.append(n_equal)
        evidence.append(first_acts)
    n_moved = top["n_moved_by_it"].to_pylist()
    ends = [interval(n, n_equal, options.interval) for n, n_equal in zip(n_moved, n_equal_items, strict=True)]
    low, high = [low for low, _ in ends], [high for _, high in ends]
    columns = [top["account_id"], n_moved, low, high, _tiers(high, low), reach, n_equal_items, evidence]
    return pa.table(columns, schema=TIERS)


def interval(n_moved: int, n_equal_items: float, probability: float) -> tuple[float, float]:
    """Around what was seen: wide for one item, narrow for many.

    >>> [round(end) for end in interval(1000, 1, 0.9)], [round(end) for end in interval(1000, 1000, 0.9)]
    ([51, 2996], [949, 1053])
    """
    tail = (1 - probability) / 2
    low, high = special.gammaincinv(n_equal_items, np.array([tail, 1 - tail])) / n_equal_items * n_moved
    return min(float(low), n_moved), max(float(high), n_moved)


def _items(acts: pa.Table) -> tuple[float, list[str]]:
    """Items of equal weight, and the first act on each of the items that moved most."""
    n = acts["n"].to_numpy()
    item = _item_keys(acts)
    keys, place = np.unique(item, return_inverse=True)
    per_item = np.bincount(place, n, keys.size)
    n_equal = float(per_item.sum() ** 2 / (per_item**2).sum())
    happened_at = acts["happened_at"].cast(pa.int64()).fill_null(np.iinfo(np.int64).max).to_numpy()
    act_id = acts["act_id"].to_pylist()
    evidence = []
    for key in np.lexsort((keys, -per_item))[:_N_EVIDENCE]:
        rows = np.flatnonzero(place == key)
        evidence.append(min((happened_at[row], act_id[row]) for row in rows)[1])
    return n_equal, evidence


def _item_keys(acts: pa.Table) -> NDArray[np.str_]:
    """What each act names: the item, or else the stretch of time."""
    micros = acts["happened_at"].cast(pa.int64()).fill_null(-1).to_numpy()
    spans = np.where(micros < 0, -1, micros // (_HALF_LIFE_SECONDS * 1_000_000))
    ids = acts["object_id"].to_pylist()
    return np.array([f"time {span}" if item is None else f"item {item}" for item, span in zip(ids, spans, strict=True)])


def _tiers(high: list[float], low: list[float]) -> list[int]:
    """A tier holds its leader and all that follow it whose interval reaches the leader's low end."""
    tiers: list[int] = []
    leader_low = np.inf
    for this_high, this_low in zip(high, low, strict=True):
        if this_high < leader_low:
            tiers.append(tiers[-1] + 1 if tiers else 1)
            leader_low = this_low
        else:
            tiers.append(tiers[-1])
    return tiers

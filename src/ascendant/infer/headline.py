"""The four figures of a briefing, each with its interval, the number it rests on, and its limits.

Intervals of the first and third figure draw the accounts again (Poisson bootstrap): how much would change had others of
their kind been collected. Accounts with equal counts are drawn together, so that a study of any size costs the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import special

from ascendant.errors import Caveat
from ascendant.infer.figure import Figure
from ascendant.infer.options import InfluenceOptions

INTERVAL: Final = 0.90
N_REPLICATES: Final = 200  # 90 % ends vary by a twentieth of the interval's width
FEWEST_ACCOUNTS: Final = 10  # below, drawing them again shows too little
_TAILS: Final = ((1 - INTERVAL) / 2, (1 + INTERVAL) / 2)
_NORMAL: Final = float(special.ndtri(_TAILS[1]))

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def headline(
    accounts: pa.Table,
    standing: pa.Table,
    named_by: pa.Table,
    options: InfluenceOptions = InfluenceOptions(),
) -> tuple[Figure, Figure, Figure, Figure]:
    """Share of acts that name another's; accounts that influence; how many make half of all moved acts; the delay."""
    return (
        share_named(accounts["n_acts_held"].to_numpy(), accounts["n_moved"].to_numpy(), options),
        _influencers(standing),
        half_from(accounts["n_moved_by_it"].to_numpy(), options),
        _delay(named_by),
    )


def share_named(n_acts: Whole, n_moved: Whole, options: InfluenceOptions = InfluenceOptions()) -> Figure:
    """Of the acts in the files, those that name somebody else's item: exact; the interval is for others like them.

    >>> share_named(np.array([4, 0]), np.array([1, 0])).estimate
    0.25
    """
    is_active = n_acts > 0
    pairs, n_accounts = np.unique(np.column_stack([n_acts[is_active], n_moved[is_active]]), axis=0, return_counts=True)
    total = int(n_acts[is_active].sum())
    if total == 0:
        return Figure("share_named", None, None, None, 0, "share", (Caveat("the files hold no act", {}),))
    estimate = int(n_moved[is_active].sum()) / total
    sums = np.array([drawn @ pairs for drawn in _draws(n_accounts, options.headline_seed)])
    sums = sums[sums[:, 0] > 0]
    shares = sums[:, 1] / sums[:, 0]
    low, high = (float(np.quantile(shares, tail)) for tail in _TAILS) if shares.size else (estimate, estimate)
    if low == high or n_accounts.sum() < FEWEST_ACCOUNTS:
        # All alike, or too few to draw from: as if each account were one act (a Beta with the prior of Jeffreys).
        a, b = estimate * n_accounts.sum() + 0.5, (1 - estimate) * n_accounts.sum() + 0.5
        low = min(low, float(special.betaincinv(a, b, _TAILS[0])))
        high = max(high, float(special.betaincinv(a, b, _TAILS[1])))
    return Figure("share_named", estimate, min(low, estimate), max(high, estimate), total, "share")


def half_from(n_moved_by_it: Whole, options: InfluenceOptions = InfluenceOptions()) -> Figure:
    """How many accounts make half of all moved acts; the interval is for as many accounts like them."""
    values, n_accounts = np.unique(n_moved_by_it[n_moved_by_it > 0], return_counts=True)
    if values.size == 0:
        caveat = Caveat("no act in the files names an item of somebody else", {})
        return Figure("half_from", None, None, None, 0, "accounts", (caveat,))
    values, n_accounts = values[::-1], n_accounts[::-1]  # the largest first
    estimate = _accounts_for_half(values, n_accounts)
    found = [_accounts_for_half(values, drawn) for drawn in _draws(n_accounts, options.headline_seed) if drawn.any()]
    low, high = (float(np.quantile(found, tail)) for tail in _TAILS) if found else (estimate, estimate)
    if low == high or n_accounts.sum() < FEWEST_ACCOUNTS:  # any of the few could be the whole half, or not count
        low, high = 1.0, max(high, float(min(n_accounts.sum(), estimate + 1)))
    n_moved = int((values * n_accounts).sum())
    return Figure(
        "half_from", float(estimate), min(low, float(estimate)), max(high, float(estimate)), n_moved, "accounts"
    )


def _accounts_for_half(values: Whole, n_accounts: Whole) -> int:
    """The fewest accounts that hold half of the sum; values fall, each held by that many accounts."""
    held = np.cumsum(n_accounts * values)
    half = (int(held[-1]) + 1) // 2
    group = int(np.searchsorted(held, half))
    before = int(held[group - 1]) if group else 0
    return int(n_accounts[:group].sum()) - (before - half) // int(values[group])


def _draws(n_accounts: Whole, seed: int) -> Iterator[Whole]:
    """How often each group of accounts is drawn: a sum of Poissons of mean one is a Poisson of their number."""
    random = np.random.default_rng(seed)
    for _ in range(N_REPLICATES):
        yield random.poisson(n_accounts)


def _influencers(standing: pa.Table) -> Figure:
    """Expected number of accounts that influence, among those with an act: a sum of independent chances."""
    active = standing.filter(pc.greater(standing["n_acts"], 0))
    if active.num_rows == 0:
        caveat = Caveat("no account in the files has an act", {})
        return Figure("influencers", None, None, None, 0, "accounts", (caveat,))
    chance = active["p_influencer"].to_numpy() + active["p_both"].to_numpy()
    chance = np.clip(np.sort(chance), 0.0, 1.0)  # sorted: the same sum whatever the order of accounts
    expected, spread = float(chance.sum()), _NORMAL * float(np.sqrt((chance * (1 - chance)).sum()))
    low, high = max(0.0, expected - spread), min(float(active.num_rows), expected + spread)
    return Figure("influencers", expected, low, high, active.num_rows, "accounts")


def _delay(named_by: pa.Table) -> Figure:
    """Median time from an item to the acts it moved.

    The interval reads off delays at the ranks around the middle (Woodruff): acts of one account, and acts on one item,
    come in clusters, and the wider of the two spreads counts.
    """
    timed = named_by.filter(pc.and_(pc.invert(named_by["is_conversation"]), named_by["delay_seconds"].is_valid()))
    if timed.num_rows == 0:
        caveat = Caveat("the files do not say when the items that were passed on or answered appeared", {})
        return Figure("delay", None, None, None, 0, "seconds", (caveat,))
    delay, weight = timed["delay_seconds"].to_numpy(), timed["n"].to_numpy()
    order = np.argsort(delay, kind="stable")
    held = np.cumsum(weight[order])
    n = int(held[-1])

    def at(share: float) -> int:
        place = int(np.searchsorted(held, share * n, side="left"))
        return int(delay[order[min(place, order.size - 1)]])

    median = at(0.5)
    # Acts at the median itself are neither before nor after it.
    side = weight * (np.sign(median - delay) / 2)
    clusters = [timed["actor_id"], pc.coalesce(timed["object_id"], timed["act_id"])]
    spread = max(float(np.sqrt(_sum_of_squares(cluster, side))) for cluster in clusters)
    reach = _NORMAL * max(spread, 0.5) / n
    low, high = at(max(0.5 - reach, 0.0)), at(min(0.5 + reach, 1.0))
    return Figure("delay", float(median), float(low), float(high), n, "seconds", _delay_caveats(named_by, n))


def _sum_of_squares(cluster: pa.ChunkedArray, side: Floats) -> float:
    codes = pc.dictionary_encode(cluster.combine_chunks()).indices.to_numpy()
    return float((np.sort(np.bincount(codes, side) ** 2)).sum())


def _delay_caveats(named_by: pa.Table, n_timed: int) -> tuple[Caveat, ...]:
    moved = named_by.filter(pc.invert(named_by["is_conversation"]))
    n_moved = int(pc.sum(moved["n"]).as_py() or 0)
    if n_timed == n_moved:
        return ()
    return (Caveat("the delay is known for {n} of {of} moved acts", {"n": n_timed, "of": n_moved}),)

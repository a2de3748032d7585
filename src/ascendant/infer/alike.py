"""How often an act carries the link of a later act of one of its sources, which it cannot have copied.

Friends come from one concert, and readers of one paper find one page: their links are alike though nobody copied. Such
causes do not know before from after, so that what later acts share tells how much earlier ones share for no influence.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from ascendant.infer.batches import DEEP, Batch, Frozen
from ascendant.infer.exposure import Exposure, Floats, Timeline, Whole
from ascendant.kernels.later import later_shares

_BINS: Final = 40  # of the lift, each twice as high as the one before
_STEPS: Final = 200  # of the search for a chance
_PAIRS: Final = 100.0  # pairs of acts at which a group's own chance weighs as much as everybody's


def alike(times: Timeline, exposure: Exposure, frozen: Frozen, batches: list[Batch]) -> Floats:
    """Of each source the chance that an act has the link of one of its acts for a reason of its own.

    By how many acts the source shows: friends and newspapers differ. Pairs that are exposed to each other are left out,
    since there the later act may be the one that was moved.
    """
    n = times.n_accounts
    group = (np.log2(np.diff(times.shown_first) + 1.0) / 2).astype(np.int64)
    known = (exposure.target * n + exposure.source)[exposure.is_exposed]
    shared, others = np.zeros((group.max() + 1, _BINS)), np.zeros(group.max() + 1)
    n_pairs = np.zeros(group.max() + 1, np.int64)
    for batch in batches:
        owner = np.repeat(batch.target, np.diff(batch.pair_first))
        is_asked = batch.is_exposed & ~np.isin(batch.source * n + owner, known)
        rest: tuple[Any, ...] = (*frozen.links(times)[:5], frozen.speed[batch.target])
        rest = (*rest, frozen.delay.edge, frozen.delay.density, DEEP, shared, others, n_pairs)
        later_shares(
            batch.target,
            batch.act_of,
            batch.act,
            times.hours,
            batch.pair_first,
            batch.source,
            is_asked,
            group,
            times.shown_first,
            times.shown_hours,
            times.shown_act,
            *rest,
        )
    return chances(shared, others, n_pairs)[group]


def chances(shared: Floats, others: Floats, n_pairs: Whole) -> Floats:
    """Of each group of sources the chance of the above, by likelihood.

    `shared` G x bins of the lift, as `kernels/later.py` counts; a group is pulled towards all groups together, and
    these towards half a pair of acts.

    >>> chances(np.array([[0.0] * 9 + [2.0]]), np.array([98.0]), np.array([100])).round(2).tolist()
    [0.02]
    """
    usual = (shared.sum() + others.sum()) / max(1, n_pairs.sum())  # weight of one pair of acts
    if usual <= 0.0:
        return np.zeros(others.size)
    of_all = _fitted(shared.sum(axis=0), float(others.sum()), 0.5, usual)
    return np.array([_fitted(*one, of_all, _PAIRS * usual) for one in zip(shared, others, strict=True)])


def _fitted(shared: Floats, others: float, expected: float, weight: float) -> float:
    """The chance that makes shares of these lifts likeliest, with so much weight on what is expected."""
    lift = 1.5 * 2.0 ** np.arange(shared.size)
    total, chance = float(shared.sum()) + others, 0.1
    for _ in range(_STEPS):
        taken = float(shared @ (chance * lift / (1.0 - chance + chance * lift)))
        chance = (taken + expected * weight) / (total + weight)
    return chance

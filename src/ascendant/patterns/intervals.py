"""Counts, or draws of counts -> influenced share and influence rate, each with its interval.

Where a count is only known by draws (acts that name nobody and that others may have moved), the interval is of the
mixture: each draw has its posterior, and all count alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from ascendant.patterns.doubt import Doubt, Floats, Whole
from ascendant.patterns.options import PatternOptions

_HALVINGS: Final = 30  # of the range between the draws' own quantiles


def share_interval(
    n: Whole, x: Whole, doubt: Doubt, options: PatternOptions = PatternOptions()
) -> tuple[Floats, Floats, Floats]:
    """What was seen of A accounts, and the ends of what lies behind it; the prior's median where nothing was seen.

    `n` are own acts (A), `x` those that others moved (A, or draws x A). Where a draw has none moved, the interval
    begins at 0; where it has all, it ends at 1.
    """
    (own, moved), place = distinct(n, np.atleast_2d(x))
    tail = (1 - options.interval) / 2
    seen = np.where(own > 0, moved.mean(axis=0) / np.maximum(own, 1), doubt.share_quantile(own, own * 0, 0.5))
    low = _mixed(own, moved, tail, doubt.share_quantile, doubt.share_below)
    high = _mixed(own, moved, 1 - tail, doubt.share_quantile, doubt.share_below)
    low = np.where(moved.min(axis=0) == 0, 0.0, low)
    high = np.where((moved.max(axis=0) == own) & (own > 0), 1.0, high)
    return seen[place], np.minimum(low, seen)[place], np.maximum(high, seen)[place]


def rate_interval(
    n: Whole, moved: Whole, doubt: Doubt, options: PatternOptions = PatternOptions()
) -> tuple[Floats, Floats, Floats]:
    """The same of others' acts moved per own act: `moved` is A, or draws x A."""
    (own, moving), place = distinct(n, np.atleast_2d(moved))
    tail = (1 - options.interval) / 2
    one = np.round(moving.mean(axis=0)).astype(np.int64)
    seen = np.where(own > 0, moving.mean(axis=0) / np.maximum(own, 1), doubt.rate_quantile(own, one, 0.5))
    low = _mixed(own, moving, tail, doubt.rate_quantile, doubt.rate_below)
    high = _mixed(own, moving, 1 - tail, doubt.rate_quantile, doubt.rate_below)
    low = np.where(moving.min(axis=0) == 0, 0.0, low)
    return seen[place], np.minimum(low, seen)[place], np.maximum(high, seen)[place]


def distinct(n: Whole, draws: Whole) -> tuple[tuple[Whole, Whole], Whole]:
    """Each combination of counts once, draws in ascending order, and which of them each account has.

    Accounts are many, combinations few.

    >>> (own, draws), place = distinct(np.array([5, 5]), np.array([[1, 2], [2, 1]]))
    >>> own.tolist(), draws.tolist(), place.tolist()
    ([5], [[1], [2]], [0, 0])
    """
    rows = np.column_stack([n, np.sort(draws, axis=0).T])
    found, place = np.unique(rows, axis=0, return_inverse=True)
    return (found[:, 0], np.ascontiguousarray(found[:, 1:].T)), place.reshape(-1)


def _mixed(
    own: Whole,
    draws: Whole,
    probability: float,
    quantile: Callable[[Whole, Whole, float], Floats],
    below: Callable[[Whole, Whole, Floats], Floats],
) -> Floats:
    """The quantile of a mixture, between the least and the largest of its parts."""
    if len(draws) == 1:
        return quantile(own, draws[0], probability)
    low = quantile(own, draws[0], probability)  # draws ascend, and with them the quantiles
    high = quantile(own, draws[-1], probability)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        reached = np.mean([below(own, one, middle) for one in draws], axis=0) >= probability
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return np.asarray((low + high) / 2)

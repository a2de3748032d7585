"""Acts in weeks -> how many single acts they are worth.

People act in bursts: thirty answers in one evening tell less of a habit than thirty in thirty weeks. An interval that
took each act for a trial of its own would be too narrow.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]

FEWEST_WEEKS: Final = 6  # from which weeks can be compared


def aloneness(week: Whole, kind: Whole, n: Whole) -> float:
    """The part of acts that tells as much of their kinds as all do, in weeks; 1 where each has its kind by itself.

    Rows stand for `n` acts of a `kind` (0, 1, ...) in a week. It is how much weeks would differ from the whole if each
    act had its kind by itself, against how much they do, over all kinds.

    >>> week = np.arange(8).repeat(2)
    >>> aloneness(week, np.arange(16) % 2, np.ones(16, int)), round(aloneness(week, week % 2, np.ones(16, int)), 2)
    (1.0, 0.44)
    """
    total = float(n.sum())
    _, at = np.unique(week, return_inverse=True)
    size = np.bincount(at, n)
    if size.size < FEWEST_WEEKS or not total:
        return 1.0
    p = np.bincount(kind, n) / total
    pair, where = np.unique(at * p.size + kind, return_inverse=True)
    held, expected = np.bincount(where, n), size[pair // p.size] * p[pair % p.size]
    # The pairs that are not there differ by what is expected of them.
    apart = float(((held - expected) ** 2 - expected**2).sum() + (size**2).sum() * (p**2).sum())
    alone = total * (1 - float((p**2).sum()))
    if min(apart, alone) <= 1e-9:  # all of one kind
        return 1.0
    return min(1.0, alone * (size.size - 1) / size.size / apart)


def share_interval(x: Whole, n: Whole, interval: float, worth: float | Floats = 1.0) -> tuple[Floats, Floats]:
    """Jeffreys' interval of x in n, each act being worth a part of one; 0 where none is in, and 1 where all are.

    >>> [round(float(end[0]), 3) for end in share_interval(np.array([3]), np.array([10]), 0.9)]
    [0.117, 0.558]
    """
    tail = (1 - interval) / 2
    a, b = x * worth + 0.5, (n - x) * worth + 0.5
    low = np.where(x == 0, 0.0, special.betaincinv(a, b, tail))
    high = np.where(x == n, 1.0, special.betaincinv(a, b, 1 - tail))
    # Few acts may be worth less than one, whose interval lies around a half.
    share = x / np.maximum(n, 1)
    return np.minimum(low, share), np.maximum(high, share)

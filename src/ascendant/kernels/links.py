"""The same link in two acts: how much the likelier the later one was moved by the earlier.

shows_first[N + 1], shows   numbers of the links that each act carries, ascending within an act
tells_first[N + 1], tells   those of acts that name nobody which say something; lift: 1 / (chance of the link among
                            others x links of the act)
alike[A] is the chance that an act carries a link of an act of this source which it cannot have seen, beyond what is so
by the links' chance; copied that a moved act takes a link of the act that moved it. Over links drawn by their chance
among others the ratio is 1 on average. Twin: tests/reference/attribution.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@njit(cache=CACHED, nogil=True)
def shared_lift(
    n: int,
    k: int,
    shows_first: Whole,
    shows: NDArray[np.int32],
    tells_first: Whole,
    tells: NDArray[np.int32],
    lift: NDArray[np.float32],
    alike: float,
) -> float:
    """Lift of the links that act n shares with act k, one of k's links taken at random; -1 where either has none."""
    q, q1 = tells_first[n], tells_first[n + 1]
    r, r1 = shows_first[k], shows_first[k + 1]
    if q == q1 or r == r1:
        return -1.0
    size, total = r1 - r, 0.0
    while q < q1 and r < r1:
        if tells[q] == shows[r]:
            total += lift[q] / (1.0 + alike * lift[q])
            q += 1
            r += 1
        elif tells[q] < shows[r]:
            q += 1
        else:
            r += 1
    return float(total / size)


@njit(cache=CACHED, nogil=True)
def link_ratio(
    n: int,
    k: int,
    shows_first: Whole,
    shows: NDArray[np.int32],
    tells_first: Whole,
    tells: NDArray[np.int32],
    lift: NDArray[np.float32],
    alike: float,
    copied: float,
) -> float:
    """By how much links multiply the density that act k moved act n; 1 where either carries none."""
    total = shared_lift(n, k, shows_first, shows, tells_first, tells, lift, alike)
    return 1.0 if total < 0.0 else 1.0 - copied + copied * total


@njit(cache=CACHED, nogil=True)
def copies(
    act: Whole,
    parent: Whole,
    mover: Whole,
    shows_first: Whole,
    shows: NDArray[np.int32],
    tells_first: Whole,
    tells: NDArray[np.int32],
    lift: NDArray[np.float32],
    alike: Floats,
    copied: float,
) -> tuple[float, int]:
    """Of acts and what moved them: how many took the link, each by the chance of it, of how many that could have."""
    taken, able = 0.0, 0
    for i in range(act.size):
        total = shared_lift(act[i], parent[i], shows_first, shows, tells_first, tells, lift, alike[mover[i]])
        if total >= 0.0:
            able += 1
            if total > 0.0:
                taken += copied * total / (1.0 - copied + copied * total)
    return taken, able

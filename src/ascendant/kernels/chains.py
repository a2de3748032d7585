"""Whom each act goes back to, through all that set it off: transitive influence, and whose the first act was.

N acts   parent[N] the act that set each one off; -1 none; -2 - a: an act of account a that is in no file
order[N] acts in the order of time     account[N]  0..A-1     weight[N]  how many acts each stands for, given its parent
An act counts once for each account among its ancestors, and never for its own; it counts the product of the weights
between the two, its own included. Own acts in between are stepped over, so
that long bursts cost nothing; no more than `deepest` changes of account are followed. Twin: tests/reference/chains.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@njit(cache=CACHED, nogil=True)
def ancestors(
    order: Whole, parent: NDArray[np.int32], account: NDArray[np.integer], weight: Floats, n_accounts: int, deepest: int
) -> tuple[Floats, Floats]:
    """Per account: others' acts that go back to it, at whatever remove; own acts whose first ancestor is somebody else.

    >>> order, parent, account = np.array([0, 1, 2]), np.array([-1, 0, 1], np.int32), np.array([0, 1, 2])
    >>> ancestors(order, parent, account, np.array([1.0, 1.0, 0.5]), 3, 64)
    (array([1.5, 0.5, 0. ]), array([0. , 1. , 0.5]))
    """
    N = order.size
    up = np.full(N, -1, np.int32)  # the nearest ancestor of another account, coded as in `parent`
    up_weight = np.ones(N)  # of the way to it
    root = np.empty(N, np.int32)  # whose act each chain begins with
    root_weight = np.ones(N)
    for q in range(N):
        n = order[q]
        p = parent[n]
        if p == -1:
            root[n] = account[n]
        elif p < -1:
            root[n] = -2 - p
            up[n] = p if -2 - p != account[n] else -1
            up_weight[n] = root_weight[n] = weight[n]
        else:
            root[n] = root[p]
            root_weight[n] = root_weight[p] * weight[n]
            up[n] = up[p] if account[p] == account[n] else p
            up_weight[n] = up_weight[p] * weight[n] if account[p] == account[n] else weight[n]
    moved, from_others = np.zeros(n_accounts), np.zeros(n_accounts)
    seen = np.full(n_accounts, -1, np.int64)
    for n in range(N):
        if root[n] != account[n]:
            from_others[account[n]] += root_weight[n]
        seen[account[n]] = n
        p, depth, reached = up[n], 0, up_weight[n]
        while p != -1 and depth < deepest:
            v = account[p] if p >= 0 else -2 - p
            if seen[v] != n:
                seen[v] = n
                moved[v] += reached
            reached *= up_weight[p] if p >= 0 else 1.0
            p = up[p] if p >= 0 else -1
            depth += 1
    return moved, from_others

"""Whom each act goes back to, through all that set it off: transitive influence, and whose the first act was.

N acts   parent[N] the act that set each one off; -1 none; -2 - a: an act of account a that is in no file
order[N] acts in the order of time     account[N]  0..A-1
An act counts once for each account among its ancestors, and never for its own. Own acts in between are stepped over, so
that long bursts cost nothing; no more than `deepest` changes of account are followed. Twin: tests/reference/chains.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Whole = NDArray[np.int64]


@njit(cache=CACHED, nogil=True)
def ancestors(
    order: Whole, parent: NDArray[np.int32], account: Whole, n_accounts: int, deepest: int
) -> tuple[Whole, Whole]:
    """Per account: others' acts that go back to it, at whatever remove; own acts whose first ancestor is somebody else.

    >>> ancestors(np.array([0, 1, 2]), np.array([-1, 0, 1], np.int32), np.array([0, 1, 2]), 3, 64)
    (array([2, 1, 0]), array([0, 1, 1]))
    """
    N = order.size
    up = np.full(N, -1, np.int64)  # the nearest ancestor of another account, coded as in `parent`
    root = np.empty(N, np.int64)  # whose act each chain begins with
    for q in range(N):
        n = order[q]
        p = parent[n]
        if p == -1:
            root[n] = account[n]
        elif p < -1:
            root[n] = -2 - p
            up[n] = p if -2 - p != account[n] else -1
        else:
            root[n] = root[p]
            up[n] = up[p] if account[p] == account[n] else p
    moved, from_others = np.zeros(n_accounts, np.int64), np.zeros(n_accounts, np.int64)
    seen = np.full(n_accounts, -1, np.int64)
    for n in range(N):
        if root[n] != account[n]:
            from_others[account[n]] += 1
        seen[account[n]] = n
        p, depth = up[n], 0
        while p != -1 and depth < deepest:
            v = account[p] if p >= 0 else -2 - p
            if seen[v] != n:
                seen[v] = n
                moved[v] += 1
            p = up[p] if p >= 0 else -1
            depth += 1
    return moved, from_others

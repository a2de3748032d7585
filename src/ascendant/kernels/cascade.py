"""Expected later acts of a cascade that each of its acts caused, directly or through others.

M acts of C cascades, one cascade after the other, each in the order in which its acts happened
start[C + 1]  first act of each cascade, then M      seconds[M]  ascending within a cascade
mark[M]       > 0, how far an act is seen            r           loss of pull per second

Every act but the first of a cascade has one cause among the acts before it, act i being the cause of act j with
probability p_ij = f_i e^{-r (t_j - t_i)} / sum_{k < j} f_k e^{-r (t_j - t_k)}; then phi_i = 1 + sum_{j > i} p_ij phi_j
is the expected size of the tree that hangs on i, and phi_i - 1 what it caused. This is the model of Cas.In and
birdspotter, which fill an n x n matrix; here one forward and one backward pass. The
decay from the last act before j is in every term of p_ij's sum and cancels: S_j holds the sum as it stood at that last
act, so that it never vanishes over a gap of years. The obvious version is tests/reference/cascade.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED


@njit(cache=CACHED, nogil=True)
def cascade_influence(
    start: NDArray[np.int64], seconds: NDArray[np.float64], mark: NDArray[np.float64], r: float
) -> NDArray[np.float64]:
    """Expected later acts that each act caused, itself left out.

    >>> cascade_influence(np.array([0, 3]), np.zeros(3), np.ones(3), 6.8e-5).tolist()
    [2.0, 0.5, 0.0]
    """
    M = seconds.size
    influence = np.zeros(M)
    S = np.empty(M)
    for c in range(start.size - 1):
        first, end = start[c], start[c + 1]
        if end - first < 2:
            continue
        S[first + 1] = mark[first]
        for j in range(first + 2, end):
            S[j] = S[j - 1] * np.exp(-r * (seconds[j - 1] - seconds[j - 2])) + mark[j - 1]
        B = 0.0  # sum over later acts j of e^{-r (t_{j-1} - t_i)} phi_j / S_j
        for i in range(end - 2, first - 1, -1):
            B = B * np.exp(-r * (seconds[i + 1] - seconds[i])) + (1.0 + influence[i + 1]) / S[i + 1]
            influence[i] = mark[i] * B
    return influence

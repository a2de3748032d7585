"""Did chains run long enough? How much their draws are worth, and how far their halves differ.

draws[C, K, B]  C chains of K draws each, whole numbers, of B items: each item by itself, summed in the order of draws,
so that its bits do not depend on which others stand beside it. Twin: tests/reference/convergence.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Floats = NDArray[np.float64]


@njit(cache=CACHED, nogil=True)
def worth(draws: NDArray[np.int32]) -> Floats:
    """How many independent draws they are worth: Geyer's initial monotone sequence over all chains.

    >>> worth(np.array([[[1], [1]], [[1], [1]]], np.int32))
    array([4.])
    """
    C, K, B = draws.shape
    found = np.full(B, float(C * K))
    x, mean = np.empty((C, K)), np.empty(C)
    for i in range(B):
        of_all, inside = 0.0, 0.0
        for c in range(C):
            mean[c] = 0.0
            for k in range(K):
                mean[c] += draws[c, k, i]
            mean[c] /= K
            of_all += mean[c] / C
            for k in range(K):
                x[c, k] = draws[c, k, i] - mean[c]
                inside += x[c, k] * x[c, k]
        inside /= C * K
        total = inside
        for c in range(C):
            if C > 1:
                total += (mean[c] - of_all) ** 2 / (C - 1)
        if total <= 0.0:  # all alike: there is nothing left to average
            continue
        spread = inside * K / (K - 1)
        time, last = -1.0, np.inf
        for j in range(K // 2):
            pair = 0.0
            for lag in (2 * j, 2 * j + 1):
                together = 0.0
                for c in range(C):
                    for k in range(K - lag):
                        together += x[c, k] * x[c, k + lag]
                pair += 1.0 - (spread - together / (C * K)) / total if lag > 0 else 1.0
            if pair <= 0.0:
                break
            last = min(last, pair)
            time += 2.0 * last
        found[i] = C * K / max(time, 1.0 / np.log10(max(C * K, 10)))
    return found


@njit(cache=CACHED, nogil=True)
def apart(draws: NDArray[np.int32]) -> Floats:
    """Split R-hat: how far the halves of the chains differ; 1 where all agree, infinite where they stand still apart.

    >>> apart(np.array([[[0], [1], [0], [1]], [[1], [0], [1], [0]]], np.int32)).round(4)
    array([0.7071])
    """
    C, K, B = draws.shape
    half = K // 2
    found = np.ones(B)
    mean = np.empty(2 * C)
    for i in range(B):
        within, of_all = 0.0, 0.0
        for p in range(2 * C):
            first = (p % 2) * half
            mean[p] = 0.0
            for k in range(first, first + half):
                mean[p] += draws[p // 2, k, i]
            mean[p] /= half
            of_all += mean[p] / (2 * C)
            for k in range(first, first + half):
                within += (draws[p // 2, k, i] - mean[p]) ** 2
        within /= 2 * C * (half - 1)
        between = 0.0
        for p in range(2 * C):
            between += (mean[p] - of_all) ** 2 / (2 * C - 1)
        if within > 0.0:
            found[i] = np.sqrt((half - 1) / half + between / within)
        elif between > 0.0:
            found[i] = np.inf
    return found

"""Discs in the plane: packed close to those they belong with, or laid on tracks around a middle.

K discs   radius[K]  > 0, the largest first
affinity[K, K]       symmetric, >= 0: how much two discs belong together; the diagonal is not read
G[K]                 how much each disc is drawn to the middle, against its affinities
x[K], y[K]           centres; no disc overlaps another; the middle is (0, 0)

`pack` sets one disc after the other where it touches two others and the sum of affinity times distance to the others,
plus G times the square of the distance to the middle, is least. Then discs move to better places, and change places in
pairs, as long as the sum falls. A place is tried against all discs only where it would be the best so far: 200 discs
take half a second. Roots and the four operations only, one thread: the same places each time. The obvious version is
tests/reference/packing.py.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Floats = NDArray[np.float64]
_SLACK = 1e-9  # of a radius: what touches does not overlap
_BETTER = 1e-9  # of a cost: places as good as each other are not exchanged for ever


@njit(cache=CACHED, nogil=True)
def pack(radius: Floats, affinity: Floats, G: Floats, n_sweeps: int) -> tuple[Floats, Floats]:
    """Centres of the discs, the middle being where the first was set.

    >>> x, y = pack(np.array([2.0, 1.0]), np.zeros((2, 2)), np.ones(2), 1)
    >>> x.tolist(), y.tolist()
    ([0.0, 3.0], [0.0, 0.0])
    """
    K = radius.size
    x, y = np.zeros(K), np.zeros(K)
    is_set = np.zeros(K, np.bool_)
    for k in range(K):
        if k > 0:
            x[k], y[k], _ = _best_place(k, x, y, radius, affinity, G, is_set)
        is_set[k] = True
        if k + 1 >= 8 and k & (k + 1) == 0:  # 8, 16, 32...: while there is still room beside the large ones
            _improve(k + 1, x, y, radius, affinity, G, is_set)
    for _ in range(n_sweeps):
        if not _improve(K, x, y, radius, affinity, G, is_set):
            break
    return x, y


@njit(cache=CACHED, nogil=True)
def _improve(
    n: int, x: Floats, y: Floats, radius: Floats, affinity: Floats, G: Floats, is_set: NDArray[np.bool_]
) -> bool:
    """One sweep over the first n discs: each may move, then each pair may change places."""
    has_changed = False
    for k in range(n):
        before = _cost(k, x[k], y[k], x, y, affinity, G, is_set)
        is_set[k] = False
        new_x, new_y, cost = _best_place(k, x, y, radius, affinity, G, is_set)
        is_set[k] = True
        if cost < before * (1 - _BETTER):
            x[k], y[k] = new_x, new_y
            has_changed = True
    for k in range(n):
        for j in range(k + 1, n):
            before = _cost(k, x[k], y[k], x, y, affinity, G, is_set) + _cost(j, x[j], y[j], x, y, affinity, G, is_set)
            x[k], x[j], y[k], y[j] = x[j], x[k], y[j], y[k]
            after = _cost(k, x[k], y[k], x, y, affinity, G, is_set) + _cost(j, x[j], y[j], x, y, affinity, G, is_set)
            is_better = after < before * (1 - _BETTER)
            if (
                is_better
                and _is_free(k, x[k], y[k], x, y, radius, is_set)
                and _is_free(j, x[j], y[j], x, y, radius, is_set)
            ):
                has_changed = True
            else:
                x[k], x[j], y[k], y[j] = x[j], x[k], y[j], y[k]
    return has_changed


@njit(cache=CACHED, nogil=True)
def _best_place(
    k: int, x: Floats, y: Floats, radius: Floats, affinity: Floats, G: Floats, is_set: NDArray[np.bool_]
) -> tuple[float, float, float]:
    """The best place at which disc k touches two discs, or the only one, and overlaps none; with its cost."""
    K = radius.size
    best_x, best_y, best = 0.0, 0.0, np.inf
    n_set = 0
    for i in range(K):
        if not is_set[i]:
            continue
        n_set += 1
        a = radius[i] + radius[k]
        if n_set == 1:  # beside the first, in case that it is the only one
            best_x, best_y = x[i] + a, y[i]
        for j in range(i + 1, K):
            if not is_set[j]:
                continue
            b = radius[j] + radius[k]
            dx, dy = x[j] - x[i], y[j] - y[i]
            d2 = dx * dx + dy * dy
            if d2 > (a + b) * (a + b) or d2 <= 0.0:
                continue
            d = math.sqrt(d2)
            along = (a * a - b * b + d2) / (2.0 * d)
            across2 = a * a - along * along
            if across2 < 0.0:
                continue
            across = math.sqrt(across2)
            for side in (-1.0, 1.0):
                new_x = x[i] + (along * dx - side * across * dy) / d
                new_y = y[i] + (along * dy + side * across * dx) / d
                cost = _cost(k, new_x, new_y, x, y, affinity, G, is_set)
                if cost < best * (1 - _BETTER) and _is_free(k, new_x, new_y, x, y, radius, is_set):
                    best_x, best_y, best = new_x, new_y, cost
    return best_x, best_y, best


@njit(cache=CACHED, nogil=True)
def _cost(
    k: int, at_x: float, at_y: float, x: Floats, y: Floats, affinity: Floats, G: Floats, is_set: NDArray[np.bool_]
) -> float:
    total: float = G[k] * (at_x * at_x + at_y * at_y)
    for i in range(x.size):
        if is_set[i] and i != k and affinity[k, i] > 0.0:
            dx, dy = x[i] - at_x, y[i] - at_y
            total += affinity[k, i] * math.sqrt(dx * dx + dy * dy)
    return total


@njit(cache=CACHED, nogil=True)
def _is_free(k: int, at_x: float, at_y: float, x: Floats, y: Floats, radius: Floats, is_set: NDArray[np.bool_]) -> bool:
    for i in range(x.size):
        if is_set[i] and i != k:
            dx, dy = x[i] - at_x, y[i] - at_y
            apart = radius[i] + radius[k]
            if dx * dx + dy * dy < apart * apart * (1.0 - _SLACK):
                return False
    return True


@njit(cache=CACHED, nogil=True)
def on_tracks(radius: Floats, inner: float) -> tuple[Floats, Floats]:
    """Discs on tracks around the middle, in their order: each is filled clockwise from the top, then the next one out.

    `inner` is kept free around the middle; without it the first disc stands there. Discs of a full track are spread
    evenly over it.

    >>> x, y = on_tracks(np.ones(3), 0.0)
    >>> x.round(6).tolist(), y.round(6).tolist()
    ([0.0, 0.0, 1.732051], [0.0, 2.0, 1.0])
    """
    K = radius.size
    x, y = np.zeros(K), np.zeros(K)
    k = 0
    if inner <= 0.0 and K > 0:
        inner, k = radius[0], 1
    while k < K:
        track = inner + radius[k]  # the largest of those that are left
        first, used = k, 0.0
        while k < K:
            # the angle that a disc takes, seen from the middle
            taken = 2.0 * math.asin(min(1.0, radius[k] / track))
            if used + taken > 2.0 * math.pi and k > first:
                break
            used += taken
            k += 1
        spare = (2.0 * math.pi - used) / (k - first) if k < K else 0.0
        at = 0.0
        for i in range(first, k):
            taken = 2.0 * math.asin(min(1.0, radius[i] / track))
            if i > first:
                at += taken / 2
            x[i], y[i] = track * math.sin(at), track * math.cos(at)
            at += taken / 2 + spare
        inner = track + radius[first]
    return x, y

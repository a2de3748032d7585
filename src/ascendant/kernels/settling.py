"""Dots in discs that push each other away until none lies on another.

N dots, communities one after the other   start[C + 1]  first dot of each community, then N
x[N], y[N]   from the middle of the disc, in radii of the disc on the way in, in the unit of `radius` on the way out
radius[N]    of the dots, the largest first in each community      outer[C]  of the discs
gap          kept free between two dots, and between a dot and the rim

A turn goes once over all pairs that touch: each is parted by what it overlaps, the larger dot moving less, and every
dot is kept inside. Small dots are found by a grid, so that a turn costs O(N). One thread: the same places each time.
tests/reference/layout.py compares all pairs.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@njit(cache=CACHED, nogil=True)
def settle(
    start: Places, x: Floats, y: Floats, radius: Floats, outer: Floats, gap: float, T: int, tolerance: float
) -> Floats:
    """Move the dots in place, at most T times over; returns the largest overlap that each community is left with.

    >>> x, y, radius = np.zeros(2), np.zeros(2), np.ones(2)
    >>> settle(np.array([0, 2]), x, y, radius, np.array([3.0]), 0.0, 50, 1e-9).tolist(), (x[1] - x[0]).tolist()
    ([0.0], 2.0)
    """
    left = np.zeros(start.size - 1)
    for c in range(start.size - 1):
        a, b = start[c], start[c + 1]
        for i in range(a, b):
            x[i] *= outer[c]
            y[i] *= outer[c]
        for _ in range(T):
            _keep_inside(a, b, x, y, radius, outer[c] - gap)
            left[c] = _push_apart(a, b, x, y, radius, outer[c], gap)
            if left[c] <= tolerance:
                break
        _keep_inside(a, b, x, y, radius, outer[c] - gap)
    return left


@njit(cache=CACHED, nogil=True)
def _keep_inside(a: int, b: int, x: Floats, y: Floats, radius: Floats, outer: float) -> None:
    for i in range(a, b):
        d = math.sqrt(x[i] * x[i] + y[i] * y[i])
        most = max(0.0, outer - radius[i])
        if d > most:
            x[i] *= most / d
            y[i] *= most / d


@njit(cache=CACHED, nogil=True)
def _push_apart(a: int, b: int, x: Floats, y: Floats, radius: Floats, outer: float, gap: float) -> float:
    """Once over all pairs that may touch; returns the largest overlap that was met.

    Small dots are found by the cell of a grid that they are in; a large dot looks at all cells that it may touch.
    """
    n = b - a
    small, largest = 2.0 * radius[a + n // 2], radius[a]
    side = 2.0 * small + gap
    n_cells = max(1, min(int(2.0 * outer / side), int(math.sqrt(n)) + 1))
    side = 2.0 * outer / n_cells
    cell = np.empty(n, np.int64)
    count = np.zeros(n_cells * n_cells + 1, np.int64)
    for i in range(n):
        cx = min(n_cells - 1, max(0, int((x[a + i] + outer) / side)))
        cy = min(n_cells - 1, max(0, int((y[a + i] + outer) / side)))
        cell[i] = cy * n_cells + cx
        count[cell[i] + 1] += 1
    for k in range(n_cells * n_cells):
        count[k + 1] += count[k]
    filled = count[:-1].copy()
    members = np.empty(n, np.int64)
    for i in range(n):
        members[filled[cell[i]]] = a + i
        filled[cell[i]] += 1
    worst = 0.0
    for place in range(n):  # cell by cell: neighbours are near in memory too
        i = members[place]
        is_large = radius[i] > small
        reach = 1 if not is_large else 1 + int((radius[i] + largest + gap) / side)
        cx, cy = cell[i - a] % n_cells, cell[i - a] // n_cells
        for ny in range(max(0, cy - reach), min(n_cells, cy + reach + 1)):
            for nx in range(max(0, cx - reach), min(n_cells, cx + reach + 1)):
                k = ny * n_cells + nx
                for m in range(count[k], count[k + 1]):
                    j = members[m]
                    if j <= i:  # met already: the large ones come first
                        continue
                    dx, dy, apart = x[j] - x[i], y[j] - y[i], radius[i] + radius[j] + gap
                    if dx * dx + dy * dy < apart * apart:
                        worst = max(worst, _part(i, j, x, y, radius, apart))
    return worst


@njit(cache=CACHED, nogil=True)
def _part(i: int, j: int, x: Floats, y: Floats, radius: Floats, apart: float) -> float:
    """Push two dots apart that overlap; the larger one moves less. Returns by how much they did."""
    dx, dy = x[j] - x[i], y[j] - y[i]
    d = math.sqrt(dx * dx + dy * dy)
    overlap = apart - d
    if d <= 1e-12 * apart:  # one upon the other: by their places in the order
        dx, dy, d = (1.0, 0.0, 1.0) if (i + j) % 2 else (0.0, 1.0, 1.0)
    area_i, area_j = radius[i] * radius[i], radius[j] * radius[j]
    push = overlap / (d * (area_i + area_j))
    x[i] -= push * area_j * dx
    y[i] -= push * area_j * dy
    x[j] += push * area_i * dx
    y[j] += push * area_i * dy
    return overlap

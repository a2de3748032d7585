"""Accounts in the discs of their communities: near those with whom they exchange, and spread evenly.

N accounts, communities one after the other   start[C + 1]  first account of each community, then N
community[N]                                  of each account
E ties inside communities   first[E], second[E]  accounts   strength[E]  0..1
lean_x[N], lean_y[N]        towards other communities, at most 1 long
share[N]                    area that each account needs, in any unit

`embed` goes T times over all ties, as LargeVis and UMAP do: each tie pulls its ends together by 1 / (1 + d^2), and each
end is pushed away from one account of the community, drawn by a hash of turn and tie; leaning pulls outward.
`surround` then sets those with one tie alone evenly around the account that it leads to.
`spread` takes T directions in turn: the accounts are sorted along the direction and moved half the way to where they
would be if their shares filled the unit disc evenly (sliced optimal transport): neighbours stay neighbours.
Nothing is drawn but by the hash, all on one thread: the same places each time. The obvious versions are in
tests/reference/layout.py.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
# Measured on communities with planted groups: ties come out at .27 of the mean distance instead of .63 with a push
# as strong as the pull, and instead of .75 where accounts start a unit apart.
_PUSH = 0.6
_START = 0.5  # radius of the circle in which all start: near enough to feel each other
_LONGEST = 4.0  # step of a push
_COS, _SIN = -0.7373688780783197, 0.6754902942615238  # of the golden angle: turning is multiplying


@njit(cache=CACHED, nogil=True)
def embed(
    start: Places,
    community: Places,
    first: Places,
    second: Places,
    strength: Floats,
    lean_x: Floats,
    lean_y: Floats,
    T: int,
) -> tuple[Floats, Floats]:
    """Places of any scale, each community around its own (0, 0).

    >>> one = np.zeros(2)
    >>> x, y = embed(np.array([0, 2]), np.zeros(2, np.int64), np.array([0]), np.array([1]), np.ones(1), one, one, 40)
    >>> bool(0 < np.hypot(x[1] - x[0], y[1] - y[0]) < 4)
    True
    """
    x, y = _sunflower(start)
    for t in range(T):
        step = 1.0 - t / T
        for e in range(first.size):
            i, j = first[e], second[e]
            dx, dy = x[j] - x[i], y[j] - y[i]
            d2 = dx * dx + dy * dy
            pull = step * strength[e] / (1.0 + d2)
            x[i] += pull * dx
            y[i] += pull * dy
            x[j] -= pull * dx
            y[j] -= pull * dy
            c = community[i]
            size = start[c + 1] - start[c]
            _push(x, y, i, start[c] + _hashed(t, e, 0) % size, step)
            _push(x, y, j, start[c] + _hashed(t, e, 1) % size, step)
        for i in range(x.size):
            x[i] += step * lean_x[i]
            y[i] += step * lean_y[i]
    return x, y


@njit(cache=CACHED, nogil=True)
def _push(x: Floats, y: Floats, i: int, j: int, step: float) -> None:
    """Account i away from account j."""
    dx, dy = x[i] - x[j], y[i] - y[j]
    d2 = dx * dx + dy * dy
    if d2 <= 0.0:
        return
    push = _PUSH / ((0.1 + d2) * (1.0 + d2))
    push_x = min(_LONGEST, max(-_LONGEST, push * dx))
    push_y = min(_LONGEST, max(-_LONGEST, push * dy))
    x[i] += step * push_x
    y[i] += step * push_y


@njit(cache=CACHED, nogil=True)
def _hashed(t: int, e: int, draw: int) -> np.int64:
    """A number below 2^31 that looks drawn at random, the same for the same arguments (splitmix64's finish)."""
    z = np.uint64(t) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(e) * np.uint64(0xD1B54A32D192ED03) + np.uint64(draw)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64((z ^ (z >> np.uint64(31))) >> np.uint64(33))


@njit(cache=CACHED, nogil=True)
def _sunflower(start: Places) -> tuple[Floats, Floats]:
    """A first place for each account: around the middle of its community, in order, each with as much room."""
    N = start[-1]
    x, y = np.empty(N), np.empty(N)
    for c in range(start.size - 1):
        ux, uy = 1.0, 0.0
        for i in range(start[c], start[c + 1]):
            far = _START * math.sqrt((i - start[c] + 0.5) / (start[c + 1] - start[c]))
            x[i], y[i] = far * ux, far * uy
            ux, uy = _COS * ux - _SIN * uy, _SIN * ux + _COS * uy
    return x, y


@njit(cache=CACHED, nogil=True)
def surround(start: Places, hub: Places, x: Floats, y: Floats) -> None:
    """Move accounts in place that have one tie alone: evenly around the account `hub[N]` that it leads to (or -1).

    They take as much of their community's extent as they are many; how they fell is chance, and would look like rays.

    >>> x, y = np.array([0.0, 9.0, 9.0]), np.array([2.0, 0.0, 0.0])
    >>> surround(np.array([0, 3]), np.array([-1, 0, 0]), x, y)
    >>> x[1] > x[0], x[2] < x[0]
    (np.True_, np.True_)
    """
    n_placed = np.zeros(hub.size, np.int64)
    # of the hub's next account: a turn by the golden angle each
    ux, uy = np.ones(hub.size), np.zeros(hub.size)
    for c in range(start.size - 1):
        a, b = start[c], start[c + 1]
        extent = math.sqrt(x[a:b].var() + y[a:b].var())
        for i in range(a, b):
            h = hub[i]
            if h < 0:
                continue
            far = extent * math.sqrt(2.0 * (n_placed[h] + 0.5) / (b - a))
            x[i], y[i] = x[h] + far * ux[h], y[h] + far * uy[h]
            ux[h], uy[h] = _COS * ux[h] - _SIN * uy[h], _SIN * ux[h] + _COS * uy[h]
            n_placed[h] += 1


@njit(cache=CACHED, nogil=True)
def spread(start: Places, x: Floats, y: Floats, share: Floats, T: int) -> None:
    """Move the accounts in place, so that each community fills the unit disc around its (0, 0) evenly."""
    quantile = _chord_quantiles(4096)
    for c in range(start.size - 1):
        a, b = start[c], start[c + 1]
        ux, uy = 1.0, 0.0
        scale = 0.0
        total = share[a:b].sum()
        mean_x, mean_y = x[a:b].mean(), y[a:b].mean()
        for i in range(a, b):
            x[i] -= mean_x
            y[i] -= mean_y
            scale += x[i] * x[i] + y[i] * y[i]
        if scale > 0.0:  # the unit disc has a mean square of one half
            scale = math.sqrt(0.5 * (b - a) / scale)
        for i in range(a, b):
            x[i] *= scale
            y[i] *= scale
        for _ in range(T):
            along = x[a:b] * ux + y[a:b] * uy
            order = np.argsort(along, kind="mergesort")
            before = 0.0
            for rank in range(b - a):
                k = order[rank]
                at = (before + 0.5 * share[a + k]) / total * (quantile.size - 1)
                before += share[a + k]
                low = min(int(at), quantile.size - 2)
                wanted = quantile[low] + (at - low) * (quantile[low + 1] - quantile[low])
                x[a + k] += 0.5 * (wanted - along[k]) * ux
                y[a + k] += 0.5 * (wanted - along[k]) * uy
            ux, uy = _COS * ux - _SIN * uy, _SIN * ux + _COS * uy


@njit(cache=CACHED, nogil=True)
def _chord_quantiles(n: int) -> Floats:
    """Where along a diameter of the unit disc each of n + 1 even shares of its area ends."""
    quantile = np.empty(n + 1)
    low = -1.0
    for k in range(n + 1):
        wanted = math.pi * k / n
        high = 1.0
        for _ in range(60):
            middle = (low + high) / 2
            if middle * math.sqrt(1.0 - middle * middle) + math.asin(middle) + math.pi / 2 < wanted:
                low = middle
            else:
                high = middle
        quantile[k] = low = high
    quantile[0] = -1.0
    return quantile

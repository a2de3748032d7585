"""Random numbers for loops over items: a stream for each item, keyed by seed and item, the same on any machine.

state[1] (uint64)  where the stream stands; each draw moves it on (splitmix64, Steele et al. 2014)
A loop that draws for item i from `stream(seed, i)` gives the same bits however its items are cut into batches and
threads.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


@njit(cache=CACHED, nogil=True)
def _mixed(x: np.uint64) -> np.uint64:
    x = (x ^ (x >> _S30)) * _FIRST
    x = (x ^ (x >> _S27)) * _SECOND
    return x ^ (x >> _S31)


@njit(cache=CACHED, nogil=True)
def stream(seed: int, item: int) -> NDArray[np.uint64]:
    """The beginning of an item's stream.

    >>> bool(stream(1, 2)[0] == stream(1, 2)[0] and stream(1, 2)[0] != stream(1, 3)[0])
    True
    """
    state = np.empty(1, np.uint64)
    state[0] = _mixed(_mixed(np.uint64(seed) + _STEP) + np.uint64(item) * _STEP)
    return state


@njit(cache=CACHED, nogil=True)
def uniform(state: NDArray[np.uint64]) -> Any:
    """Between 0 and 1, 0 included."""
    state[0] += _STEP
    return float(_mixed(state[0]) >> _S11) * (1.0 / 9007199254740992.0)


@njit(cache=CACHED, nogil=True)
def normal(state: NDArray[np.uint64]) -> Any:
    """Mean 0, variance 1 (polar method; the second value is thrown away, so that a state is one number)."""
    while True:
        x, y = 2.0 * uniform(state) - 1.0, 2.0 * uniform(state) - 1.0
        r = x * x + y * y
        if 0.0 < r < 1.0:
            return x * np.sqrt(-2.0 * np.log(r) / r)


@njit(cache=CACHED, nogil=True)
def gamma(state: NDArray[np.uint64], shape: float) -> Any:
    """Gamma of that shape and scale 1 (Marsaglia and Tsang 2000); never exactly 0."""
    boost = 1.0
    if shape < 1.0:
        boost = (1.0 - uniform(state)) ** (1.0 / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / np.sqrt(9.0 * d)
    while True:
        x = normal(state)
        v = (1.0 + c * x) ** 3
        if v > 0.0 and np.log(1.0 - uniform(state)) < 0.5 * x * x + d - d * v + d * np.log(v):
            return max(d * v * boost, 1e-300)


@njit(cache=CACHED, nogil=True)
def uniforms(seed: int, items: NDArray[np.int64]) -> NDArray[np.float64]:
    """The first number of each item's stream."""
    found = np.empty(items.size)
    for n in range(items.size):
        found[n] = uniform(stream(seed, items[n]))
    return found

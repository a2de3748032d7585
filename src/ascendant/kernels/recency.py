"""How much of each account's acts is still fresh, where each act fades exponentially.

first[A + 1], hours[N]  acts of each account, ascending within it
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@njit(cache=CACHED, nogil=True)
def freshness(first: Whole, hours: Floats, fade_hours: float) -> Floats:
    """At each act: 1 for itself, and what is left of the same account's earlier ones.

    >>> freshness(np.array([0, 2]), np.array([0.0, np.log(2.0)]), 1.0).tolist()
    [1.0, 1.5]
    """
    found = np.ones(hours.size)
    for a in range(first.size - 1):
        for k in range(first[a] + 1, first[a + 1]):
            found[k] += found[k - 1] * np.exp((hours[k - 1] - hours[k]) / fade_hours)
    return found

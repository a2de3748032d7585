"""Where each chain of links ends.

N items   parent[N]  the item that each one points at; -1 where it points at none
          end[N]     the item at the end of its chain; in a circle, the smallest member of the circle
Each item is walked over a fixed number of times. The obvious version is tests/reference/threads.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED


@njit(cache=CACHED, nogil=True)
def chain_ends(parent: NDArray[np.int64]) -> NDArray[np.int64]:
    """The end of each item's chain.

    >>> chain_ends(np.array([-1, 0, 1, 4, 3])).tolist()
    [0, 0, 0, 3, 3]
    """
    N = parent.size
    end = np.full(N, -1, np.int64)
    walk = np.full(N, -1, np.int64)  # which walk passed here
    for start in range(N):
        i = start
        while end[i] < 0 and walk[i] < 0 and parent[i] >= 0:
            walk[i] = start
            i = parent[i]
        if end[i] >= 0:
            last = end[i]
        elif parent[i] < 0:
            last = i
        else:  # came back upon this very walk: every earlier walk has its ends by now
            last = i
            j = parent[i]
            while j != i:
                last = min(last, j)
                j = parent[j]
            while end[j] < 0:
                end[j] = last
                j = parent[j]
        i = start
        while end[i] < 0:
            end[i] = last
            if parent[i] < 0:
                break
            i = parent[i]
    return end

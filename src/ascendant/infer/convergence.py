"""Did the sampler run long enough? Split R-hat and effective sample size of each account's number of moved acts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ascendant.infer.exposure import Floats
from ascendant.kernels import convergence as kernel

_BLOCK = 4096  # accounts at a time: bounds the memory


def split_r_hat(draws: NDArray[np.integer]) -> Floats:
    """How far halves of the chains differ: draws[chains, K, A] -> A values, 1 where all agree (Gelman et al. 2013).

    >>> split_r_hat(np.array([[[0], [1], [0], [1]], [[1], [0], [1], [0]]])).tolist()
    [0.7071067811865476]
    """
    found = np.empty(draws.shape[2])
    for first in range(0, found.size, _BLOCK):
        found[first : first + _BLOCK] = kernel.apart(_block(draws, first))
    return found


def effective_size(draws: NDArray[np.integer]) -> Floats:
    """How many independent draws these are worth (Geyer's initial monotone sequence over all chains); A values.

    An account whose draws are all alike counts as settled: there is nothing left to average.
    """
    found = np.empty(draws.shape[2])
    for first in range(0, found.size, _BLOCK):
        found[first : first + _BLOCK] = kernel.worth(_block(draws, first))
    return found


def _block(draws: NDArray[np.integer], first: int) -> NDArray[np.int32]:
    return np.ascontiguousarray(draws[:, :, first : first + _BLOCK], np.int32)

"""Did the sampler run long enough? Split R-hat and effective sample size of each account's number of moved acts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ascendant.infer.exposure import Floats

_BLOCK = 1024  # accounts at a time: bounds the memory


def split_r_hat(draws: NDArray[np.integer]) -> Floats:
    """How far halves of the chains differ: draws[chains, K, A] -> A values, 1 where all agree (Gelman et al. 2013).

    >>> split_r_hat(np.array([[[0], [1], [0], [1]], [[1], [0], [1], [0]]])).tolist()
    [0.7071067811865476]
    """
    n_chains, n_draws, n = draws.shape
    half = n_draws // 2
    found = np.ones(n)
    for first in range(0, n, _BLOCK):
        parts = draws[:, : 2 * half, first : first + _BLOCK].reshape(n_chains * 2, half, -1).astype(float)
        within = parts.var(axis=1, ddof=1).mean(axis=0)
        between = parts.mean(axis=1).var(axis=0, ddof=1)
        ratio = np.sqrt((half - 1) / half + between / np.where(within > 0, within, 1.0))
        # Chains that stand still agree or do not.
        still = np.where(between > 0, np.inf, 1.0)
        found[first : first + _BLOCK] = np.where(within > 0, ratio, still)
    return found


def effective_size(draws: NDArray[np.integer]) -> Floats:
    """How many independent draws these are worth (Geyer's initial positive sequence over all chains); A values.

    An account whose draws are all alike counts as settled: there is nothing left to average.
    """
    n_chains, n_draws, n = draws.shape
    size = 1 << int(np.ceil(np.log2(2 * n_draws)))
    found = np.empty(n)
    for first in range(0, n, _BLOCK):
        block = draws[:, :, first : first + _BLOCK].astype(float)
        means = block.mean(axis=1)
        spectrum = np.fft.rfft(block - means[:, None], size, axis=1)
        covariance = np.fft.irfft(np.abs(spectrum) ** 2, size, axis=1)[:, :n_draws].mean(axis=0) / n_draws
        within = covariance[0] * n_draws / (n_draws - 1)
        total = covariance[0] + (means.var(axis=0, ddof=1) if n_chains > 1 else 0.0)
        rho = 1 - (within - covariance) / np.where(total > 0, total, 1.0)
        rho[0] = 1.0
        n_pairs = n_draws // 2
        pairs = rho[: 2 * n_pairs : 2] + rho[1 : 2 * n_pairs : 2]
        pairs = np.where(np.cumprod(pairs > 0, axis=0), pairs, 0.0)
        pairs = np.minimum.accumulate(pairs, axis=0)
        time = np.maximum(2 * pairs.sum(axis=0) - 1, 1 / np.log10(max(n_chains * n_draws, 10)))
        found[first : first + _BLOCK] = np.where(total > 0, n_chains * n_draws / time, n_chains * n_draws)
    return found

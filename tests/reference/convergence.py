"""Split R-hat and effective sample size as arrays and a Fourier transform say them, all accounts at once."""

import numpy as np


def split_r_hat(draws):
    n_chains, n_draws, _ = draws.shape
    half = n_draws // 2
    parts = draws[:, : 2 * half].reshape(n_chains * 2, half, -1).astype(float)
    within = parts.var(axis=1, ddof=1).mean(axis=0)
    between = parts.mean(axis=1).var(axis=0, ddof=1)
    ratio = np.sqrt((half - 1) / half + between / np.where(within > 0, within, 1.0))
    return np.where(within > 0, ratio, np.where(between > 0, np.inf, 1.0))


def effective_size(draws):
    n_chains, n_draws, _ = draws.shape
    size = 1 << int(np.ceil(np.log2(2 * n_draws)))
    draws = draws.astype(float)
    means = draws.mean(axis=1)
    spectrum = np.fft.rfft(draws - means[:, None], size, axis=1)
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
    return np.where(total > 0, n_chains * n_draws / time, n_chains * n_draws)

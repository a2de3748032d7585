"""Counts -> the laws that they come from, by likelihood. Each has a weak prior, so that few counts give a law too."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import optimize, special

from ascendant.infer.exposure import Floats


def gamma_poisson(n: Floats, exposure: Floats, a: float, c: float) -> tuple[float, float]:
    """Shape and rate of a Gamma from which Poisson rates come, by the likelihood of the counts."""
    seen = exposure > 0
    n, exposure = n[seen], exposure[seen]

    def lost(x: Floats) -> float:
        shape, rate = np.exp(x)
        terms = special.gammaln(shape + n) - special.gammaln(shape) + shape * np.log(rate)
        terms -= (shape + n) * np.log(rate + exposure)
        # A weak prior: a shape of about 0.7, so that one target or none gives a law too.
        return float(-terms.sum() + 0.5 * (x[0] + 0.35) ** 2 + 0.001 * (x[1] - x[0]) ** 2)

    return _least(lost, (a, c), ((-4, 4), (-12, 14)))


def beta_binomial(silent: Floats, named: Floats, qs: float, qn: float) -> tuple[float, float]:
    """Beta from which each target's share of silent acts among moved ones comes, by the likelihood of the counts."""

    def lost(x: Floats) -> float:
        one, other = np.exp(x)
        terms = special.betaln(one + silent, other + named) - special.betaln(one, other)
        return float(-terms.sum() + 0.05 * (x**2).sum())

    return _least(lost, (qs, qn), ((-5, 4), (-5, 4)))


def gamma_fit(x: Floats) -> tuple[float, float]:
    """Shape and rate of a Gamma by likelihood (closed form, good to 1.5 %)."""
    mean = max(float(x.mean()), 1e-9)
    s = max(float(np.log(mean) - np.log(np.maximum(x, 1e-12)).mean()), 1e-6)
    shape = float(np.clip((3 - s + np.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s), 0.3, 20.0))
    return shape, shape / mean


def _least(
    lost: Callable[[Floats], float], start: tuple[float, float], bounds: tuple[tuple[int, int], tuple[int, int]]
) -> tuple[float, float]:
    """Where `lost` of two logarithms is least.

    By a simplex: L-BFGS-B calls a library of linear algebra for its two unknowns, whose threads wait for each other for
    longer than the work takes.
    """
    low, high = np.array(bounds, float).T
    found = optimize.minimize(
        lost,
        np.clip(np.log(start), low, high),
        method="Nelder-Mead",
        bounds=bounds,
        options={"xatol": 1e-3, "fatol": 1e-3},
    )
    one, other = np.exp(found.x)
    return float(one), float(other)

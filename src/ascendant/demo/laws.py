"""How late people react, and how unevenly posts move their readers: the laws that a world's parameters name."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import special

from ascendant.demo.people import Floats
from ascendant.demo.prior import WorldParameters

_N_POINTS: Final = 4000  # of the integral over virality
_DOSES: Final = np.geomspace(1e-5, 1e3, 400)


def draw_delays(n: int, parameters: WorldParameters, rng: np.random.Generator) -> Floats:
    """Hours from seeing to doing, with the world's median."""
    spread, law = parameters.delay_spread, parameters.delay_law
    if law == "lognormal":
        drawn = rng.lognormal(0, 0.6 + 1.2 * spread, n)
    elif law == "weibull":
        shape = 1.2 - 0.8 * spread
        drawn = rng.weibull(shape, n) / np.log(2) ** (1 / shape)
    elif law == "power law":
        tail = 2.5 - 1.7 * spread
        drawn = rng.pareto(tail, n) / (2 ** (1 / tail) - 1)
    else:
        is_slow = rng.random(n) < 0.2 + 0.2 * spread
        drawn = rng.exponential(1.2, n) * np.where(is_slow, 8 + 40 * spread, 1.0)
    return parameters.delay_median_minutes / 60 * drawn


def draw_virality(n: int, parameters: WorldParameters, rng: np.random.Generator) -> Floats:
    """By how much more than the average act each act moves its readers; mean 1."""
    return _virality(rng.random(n), parameters)


def doses(pull: Floats, parameters: WorldParameters) -> Floats:
    """What a tie's mean dose has to be, so that one act moves the reader with the chance `pull`.

    A dose d on an act of virality v moves with the chance 1 - exp(-d v): a reader does at most one thing because of
    one act, and viral acts run into that limit.
    """
    points = _virality((np.arange(_N_POINTS) + 0.5) / _N_POINTS, parameters)
    chances = np.array([-np.expm1(-dose * points).mean() for dose in _DOSES])
    found: Floats = np.exp(np.interp(np.log(np.maximum(pull, 1e-12)), np.log(chances), np.log(_DOSES)))
    return np.where(pull < chances[0], pull, found)


def _virality(chance: Floats, parameters: WorldParameters) -> Floats:
    """The virality that is not reached with these probabilities."""
    spread, law = parameters.virality_spread, parameters.virality_law
    found: Floats = np.ones_like(chance)
    if law == "gamma":
        shape = 2.0 * 0.15**spread
        found = special.gammaincinv(shape, chance) / shape
    elif law == "lognormal":
        sigma = 0.5 + 0.9 * spread
        found = np.exp(sigma * special.ndtri(np.maximum(chance, 1e-300)) - sigma**2 / 2)
    elif law == "pareto":
        tail = 2.5 - 1.1 * spread
        found = (1 - chance) ** (-1 / tail) * (tail - 1) / tail
    return found

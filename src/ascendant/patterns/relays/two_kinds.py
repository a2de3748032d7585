"""Lateness, amount and breadth of accounts -> the probability of each to be of the kind that passes a group on.

x[P]      lateness, v[P] its variance if the account is as the others of its stratum
ranks     of each further trait u[P], the place within the stratum, between 0 and 1
Two kinds, by the likelihood (EM): most have mean mu of their stratum; a share pi comes later by d, one d for the study,
and their ranks have density a u^(a-1), a >= 1. The others have the rest, so that all together stand evenly: a trait
alone, however it is spread, makes no two kinds; only traits that go together do. With the ranks or without them, what
is further beyond chance is taken; where neither is, nobody is told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

FEWEST_ACCOUNTS: Final = 20  # to tell two kinds apart
# Of d, in normal scores: .4 is from the median delay to one that a third of all are beyond. Below, the kinds differ by
# amount and breadth, as readers who like a group and others do: of 5 shown 3 were no relays (worlds 200 to 221).
LEAST_SHIFT: Final = 0.4
_STARTS: Final = (0.5, 1.0, 1.8)  # of d
_MOST_STEPS, _STILL = 200, 1e-7
_MOST_LATE: Final = 0.5  # the late are not the rule
_EXPONENTS: Final = np.array([1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0])
_LEAST_DENSITY: Final = 1e-3
# Of a hundred studies of one kind one may be taken for two. Twice the gain of log-likelihood, as of a chi-square with a
# degree of freedom a number that is learnt: asked are 9.2 and with two ranks 13.3; in 17 worlds without relays (200 to
# 221) the largest were 5.4 and 7.5.
_CHANCE: Final = 0.01


@dataclass(frozen=True)
class Kinds:
    """Of each account the probability to be of the late kind, and the q-value: the false share among all as likely."""

    chance: Floats
    q_value: Floats
    centre: Floats  # of each stratum
    shift: float  # d; 0 where there is one kind
    share: float  # pi

    def chance_of(self, x: Floats, v: Floats, centre: Floats) -> Floats:
        """The same probability of other accounts, by their lateness alone."""
        if self.shift == 0:
            return np.zeros(x.size)
        ratio = _log_normal(x, centre + self.shift, v) - _log_normal(x, centre, v)
        found: Floats = special.expit(ratio + special.logit(self.share))
        return found


@dataclass(frozen=True)
class _Fit:
    fit: float
    chance: Floats
    centre: Floats
    shift: float
    share: float


def two_kinds(x: Floats, v: Floats, stratum: Whole, ranks: tuple[Floats, ...]) -> Kinds:
    """`stratum` numbers the strata from 0. Nobody is told apart where accounts are fewer than `FEWEST_ACCOUNTS`."""
    n = x.size
    alone = _centres(x, 1 / v, stratum)
    one_kind = Kinds(np.zeros(n), np.ones(n), alone, 0.0, 0.0)
    if n < FEWEST_ACCOUNTS:
        return one_kind
    least = float(_log_normal(x, alone[stratum], v).sum())
    best, gain = None, 0.0
    for traits in ((), ranks):
        found = max((_fit(x, v, stratum, alone, start, traits) for start in _STARTS), key=lambda fit: fit.fit)
        beyond = 2 * (found.fit - least) - stats.chi2.isf(_CHANCE, 2 + len(traits))
        if beyond > gain and found.shift >= LEAST_SHIFT:
            best, gain = found, beyond
    if best is None:
        return one_kind
    order = np.argsort(-best.chance, kind="stable")
    q_value = np.empty(n)
    q_value[order] = np.cumsum(1 - best.chance[order]) / np.arange(1, n + 1)
    return Kinds(best.chance, q_value, best.centre, best.shift, best.share)


def ranks_within(value: Floats, stratum: Whole) -> Floats:
    """Places within the stratum, those alike in the middle of theirs.

    >>> ranks_within(np.array([5.0, 1.0, 1.0, 7.0]), np.array([0, 0, 0, 1])).round(2).tolist()
    [0.83, 0.33, 0.33, 0.5]
    """
    order = np.lexsort((value, stratum))
    first = np.searchsorted(stratum[order], stratum)
    starts = np.append(True, (np.diff(value[order]) != 0) | (np.diff(stratum[order]) != 0))[: value.size]
    alike = np.cumsum(starts) - 1
    begin = np.flatnonzero(starts)
    middle = begin + 0.5 * np.diff(np.append(begin, value.size))
    place = np.empty(value.size)
    place[order] = middle[alike]
    found: Floats = (place - first) / np.bincount(stratum)[stratum]
    return found


def _fit(x: Floats, v: Floats, stratum: Whole, alone: Floats, start: float, ranks: tuple[Floats, ...]) -> _Fit:
    weight = 1 / v
    centre, shift, share, before = alone - 0.2 * start, start, 0.2, -np.inf
    exponents = [1.0] * len(ranks)
    for _ in range(_MOST_STEPS):
        late = np.log(share) + _log_normal(x, centre[stratum] + shift, v)
        usual = np.log(1 - share) + _log_normal(x, centre[stratum], v)
        for u, exponent in zip(ranks, exponents, strict=True):
            of_late, of_usual = _log_densities(u, exponent, share)
            late, usual = late + of_late, usual + of_usual
        both = np.logaddexp(late, usual)
        fit = float(both.sum())
        chance = np.exp(late - both)
        if fit - before < _STILL * x.size:
            break
        before = fit
        share = float(np.clip((chance.sum() + 1) / (x.size + 5), 1e-3, _MOST_LATE))
        exponents = [_exponent(u, chance, share) for u in ranks]
        for _ in range(2):
            pulled = (weight * chance).sum()
            shift = max(0.0, float((weight * chance * (x - centre[stratum])).sum() / max(pulled, 1e-12)))
            centre = _centres(x - chance * shift, weight, stratum)
    return _Fit(fit, chance, centre, shift, share)


def _log_densities(u: Floats, exponent: float, share: float) -> tuple[Floats, Floats]:
    """Of ranks, among the late and among the others, who together stand evenly."""
    late = exponent * u ** (exponent - 1)
    usual = (1 - share * late) / (1 - share)
    return np.log(np.maximum(late, _LEAST_DENSITY)), np.log(np.maximum(usual, _LEAST_DENSITY))


def _exponent(u: Floats, chance: Floats, share: float) -> float:
    """The likeliest for which the others have a density at all."""
    able = _EXPONENTS[_EXPONENTS * share <= 1]
    fits = []
    for exponent in able:
        late, usual = _log_densities(u, float(exponent), share)
        fits.append(float((chance * late + (1 - chance) * usual).sum()))
    return float(able[int(np.argmax(fits))])


def _centres(x: Floats, weight: Floats, stratum: Whole) -> Floats:
    """Mean of each stratum."""
    found: Floats = np.bincount(stratum, weight * x) / np.maximum(np.bincount(stratum, weight), 1e-12)
    return found


def _log_normal(x: Floats, mean: Floats, variance: Floats) -> Floats:
    found: Floats = -0.5 * (np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance)
    return found

"""How late an account passes the group on, against the others of its community who saw the group.

x[P]   mean over its acts of the delay's place among all delays of the study, as a normal score
v[P]   variance of x if the account is as the others: tau^2 + sigma^2 / acts, learnt from what accounts pass on of
       anybody outside the groups, so that relays do not widen what is called usual
Two kinds of account, by the likelihood (EM): most have mean mu of their stratum, a share pi comes later by d, one d for
the study. Where two kinds are not likelier than one (BIC), nobody is late. From the probability of each account to be
of the late kind comes the false share among all who are at least as likely: the q-value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

FEWEST_ACCOUNTS: Final = 20  # to tell two kinds apart
_STARTS: Final = (0.5, 1.0, 1.8)  # of d
_MOST_STEPS, _STILL = 300, 1e-8
_MOST_LATE: Final = 0.5  # the late are not the rule
_LEAST_VARIANCE: Final = 0.01


@dataclass(frozen=True)
class Usual:
    """Delays of a study: `delays` ascending, the variance of scores within and between accounts."""

    delays: Floats
    within: float
    between: float

    def scores(self, delay: Floats) -> Floats:
        """Normal scores of delays among these; 0 is the median."""
        below, up_to = (np.searchsorted(self.delays, delay, side) for side in ("left", "right"))
        found: Floats = special.ndtri((0.5 * (below + up_to) + 0.5) / (self.delays.size + 1))
        return found


def usual_delays(account: Whole, delay: Floats) -> Usual:
    """What is usual among acts (N) that name nobody of a group."""
    usual = Usual(np.sort(delay), 1.0, _LEAST_VARIANCE)
    if delay.size == 0:
        return usual
    score = usual.scores(delay)
    _, place = np.unique(account, return_inverse=True)
    n = np.bincount(place)
    total, squares = np.bincount(place, score), np.bincount(place, score**2)
    able = n >= 2
    n, total, squares = n[able], total[able], squares[able]
    n_acts, n_accounts = int(n.sum()), n.size
    if n_accounts < FEWEST_ACCOUNTS or n_acts <= n_accounts:
        return usual
    within = float((squares - total**2 / n).sum() / (n_acts - n_accounts))
    mean = total.sum() / n_acts
    among = float((n * (total / n - mean) ** 2).sum() / (n_accounts - 1))
    per_account = (n_acts - (n**2).sum() / n_acts) / (n_accounts - 1)
    return Usual(usual.delays, max(within, _LEAST_VARIANCE), max((among - within) / per_account, _LEAST_VARIANCE))


@dataclass(frozen=True)
class Late:
    """Of each account the probability to be of the late kind, and the q-value."""

    chance: Floats
    q_value: Floats
    centre: Floats  # of each stratum
    shift: float  # d; 0 where there is one kind
    share: float  # pi

    def chance_of(self, x: Floats, v: Floats, stratum: Whole) -> Floats:
        """The same probability of other accounts."""
        if self.shift == 0:
            return np.zeros(x.size)
        ratio = _log_normal(x, self.centre[stratum] + self.shift, v) - _log_normal(x, self.centre[stratum], v)
        found: Floats = special.expit(ratio + special.logit(self.share))
        return found


def find_late(x: Floats, v: Floats, stratum: Whole) -> Late:
    """`stratum` numbers the strata from 0. Nobody is late where accounts are fewer than `FEWEST_ACCOUNTS`."""
    n = x.size
    weight = 1 / v
    alone = _centres(x, weight, stratum)
    if n < FEWEST_ACCOUNTS:
        return Late(np.zeros(n), np.ones(n), alone, 0.0, 0.0)
    one_kind = float(_log_normal(x, alone[stratum], v).sum())
    best, chance, centre, shift, share = -np.inf, np.zeros(n), alone, 0.0, 0.0
    for start in _STARTS:
        fit = _two_kinds(x, v, weight, stratum, alone - 0.2 * start, start)
        if fit[0] > best:
            best, chance, centre, shift, share = fit
    if 2 * (best - one_kind) <= 2 * np.log(n) or shift <= 0:
        return Late(np.zeros(n), np.ones(n), alone, 0.0, 0.0)
    order = np.argsort(-chance, kind="stable")
    q_value = np.empty(n)
    q_value[order] = np.cumsum(1 - chance[order]) / np.arange(1, n + 1)
    return Late(chance, q_value, centre, shift, share)


def _two_kinds(
    x: Floats, v: Floats, weight: Floats, stratum: Whole, centre: Floats, shift: float
) -> tuple[float, Floats, Floats, float, float]:
    share, before = 0.2, -np.inf
    for _ in range(_MOST_STEPS):
        late = np.log(share) + _log_normal(x, centre[stratum] + shift, v)
        usual = np.log(1 - share) + _log_normal(x, centre[stratum], v)
        both = np.logaddexp(late, usual)
        fit = float(both.sum())
        chance = np.exp(late - both)
        if fit - before < _STILL * x.size:
            break
        before = fit
        share = float(np.clip((chance.sum() + 1) / (x.size + 5), 1e-3, _MOST_LATE))
        for _ in range(2):
            pulled = (weight * chance).sum()
            shift = max(0.0, float((weight * chance * (x - centre[stratum])).sum() / max(pulled, 1e-12)))
            centre = _centres(x - chance * shift, weight, stratum)
    return fit, chance, centre, shift, share


def _centres(x: Floats, weight: Floats, stratum: Whole) -> Floats:
    """Mean of each stratum."""
    found: Floats = np.bincount(stratum, weight * x) / np.maximum(np.bincount(stratum, weight), 1e-12)
    return found


def _log_normal(x: Floats, mean: Floats, variance: Floats) -> Floats:
    found: Floats = -0.5 * (np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance)
    return found

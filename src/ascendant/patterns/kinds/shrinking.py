"""n of so many, for every account -> each share shrunk to what the study itself is like, with its interval.

The shares of a study's accounts follow a Beta, learnt from all of them by marginal likelihood: an account of two acts
is then near the study's middle, and one of two hundred where its own acts are. Each platform is a study of its own
where it has the accounts for it, since what its files hold differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]

FEWEST_ACCOUNTS: Final = 20  # with so many occasions or more, to learn a Beta from
FEWEST_OCCASIONS: Final = 3
_MEANS: Final = (1e-4, 1 - 1e-4)
_LOG_WEIGHTS: Final = (-2.0, 6.0)
# One account's worth of belief that a Beta counts for about 3 occasions: keeps the weight finite where all are alike.
_BELIEF: Final = 0.2


@dataclass(frozen=True)
class Shares:
    """The Beta of a study's shares: `a` and `b` count as occasions taken and not taken."""

    a: float
    b: float
    is_learnt: bool

    @property
    def median(self) -> float:
        """The share that half of the accounts do not reach."""
        return float(special.betaincinv(self.a, self.b, 0.5))


@dataclass(frozen=True)
class Shrunk:
    """A accounts. `score` is how far from the study's middle, in its own spread; `certainty` 0 (no act) to 1."""

    share: Floats
    low: Floats
    high: Floats
    study_median: Floats
    score: Floats
    certainty: Floats
    is_learnt: NDArray[np.bool_]


def learn_shares(n: Whole, of: Whole, fallback: Shares) -> Shares:
    """The Beta that makes the study's counts likeliest; the fallback where too few accounts have enough occasions.

    >>> nothing = Shares(1.0, 1.0, is_learnt=False)
    >>> found = learn_shares(np.array([2, 8] * 40), np.full(80, 10), nothing)
    >>> round(found.a / (found.a + found.b), 2), learn_shares(np.array([1]), np.array([2]), nothing) == nothing
    (0.5, True)
    """
    if not suffices(of):
        return fallback
    taken, occasions, place = _distinct(n[of > 0], of[of > 0])
    n_accounts = np.bincount(place)

    def unlikely(point: Floats) -> float:
        a, b = _parameters(point)
        fit = special.betaln(a + taken, b + occasions - taken) - special.betaln(a, b)
        return float(-(n_accounts @ fit) + _BELIEF * (point[1] - 1) ** 2)

    mean = np.clip(n_accounts @ taken / (n_accounts @ occasions), 0.01, 0.99)
    start = np.array([special.logit(mean), 1.0])
    best = optimize.minimize(unlikely, start, method="Nelder-Mead", options={"xatol": 1e-3, "fatol": 1e-4})
    a, b = _parameters(best.x)
    return Shares(a, b, is_learnt=True)


def suffices(of: Whole) -> bool:
    """Whether so many occasions of each account show what is usual."""
    return bool(np.count_nonzero(of >= FEWEST_OCCASIONS) >= FEWEST_ACCOUNTS)


def _distinct(n: Whole, of: Whole) -> tuple[Whole, Whole, Whole]:
    """Each pair of counts once, and which of them each account has: accounts are many, pairs few."""
    base = int(n.max(initial=0)) + 1
    keys, place = np.unique(of * base + n, return_inverse=True)
    return keys % base, keys // base, place


def _parameters(point: Floats) -> tuple[float, float]:
    mean = float(np.clip(special.expit(point[0]), *_MEANS))
    weight = float(np.exp(np.clip(point[1], *_LOG_WEIGHTS)))
    return mean * weight, (1 - mean) * weight


def shrink(n: Whole, of: Whole, platform: Whole, fallback: Shares, interval: float = 0.90) -> Shrunk:
    """Every account's share, given what accounts of its platform are like, or of the study where these are too few."""
    platforms = [platform == one for one in np.unique(platform)]
    is_whole_needed = not all(suffices(of[here]) for here in platforms)
    whole = learn_shares(n, of, fallback) if is_whole_needed else fallback
    columns: list[Floats] = [np.zeros(n.size) for _ in range(6)]
    is_learnt = np.zeros(n.size, bool)
    for here in platforms:
        shares = learn_shares(n[here], of[here], whole)
        taken, occasions, place = _distinct(n[here], of[here])
        for column, values in zip(columns, _posterior(taken, occasions, shares, interval), strict=True):
            column[here] = values[place]
        is_learnt[here] = shares.is_learnt
    share, low, high, study_median, score, certainty = columns
    return Shrunk(share, low, high, study_median, score, certainty, is_learnt)


def _posterior(n: Whole, of: Whole, shares: Shares, interval: float) -> tuple[Floats, ...]:
    a, b = shares.a + n, shares.b + of - n
    mean = a / (a + b)
    low, high = (special.betaincinv(a, b, end) for end in ((1 - interval) / 2, (1 + interval) / 2))
    # Log-odds of a Beta have mean digamma(a) - digamma(b), variance trigamma(a) + trigamma(b).
    middle = special.digamma(shares.a) - special.digamma(shares.b)
    spread = special.polygamma(1, shares.a) + special.polygamma(1, shares.b)
    score = (special.digamma(a) - special.digamma(b) - middle) / np.sqrt(spread)
    certainty = 1 - (special.polygamma(1, a) + special.polygamma(1, b)) / spread
    median = np.full(mean.size, shares.median)
    return mean, np.minimum(low, mean), np.maximum(high, mean), median, score, certainty

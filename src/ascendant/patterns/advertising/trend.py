"""Fineness month by month -> whether it grows, by how much a month, and how surely.

One advertiser: the median of all slopes between two of its months (Sen 1968), with the interval that Kendall's tau
gives, widened where months resemble their neighbours, since campaigns last. The chance that months in any other order
would show as much is found by putting them in other orders (all of them, or 999).

All advertisers of a source: the slope within advertisers. Each is compared with itself alone, so that a fine
advertiser that comes late is no growth. A month of an advertiser counts for at most ten of its advertisements, so that
one with 100,000 speaks for itself. The interval allows for advertisers that differ and for months that do (clusters by
both: Cameron, Gelbach and Miller 2011, with the sum of both variances, which errs on the wide side).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import Final

import numpy as np
from numpy.typing import NDArray

FEWEST_ADS: Final = 5  # of one advertiser in a month, for the month to count
FEWEST_MONTHS: Final = 6  # one in 360 orders is as steep as the steepest; of five months it is one in 60
FEWEST_ADVERTISERS: Final = 8  # with two months each, to speak of them all
CHANCE: Final = 0.05
_WEIGHT: Final = 10.0
# How much months resemble their neighbours is badly known of few months: never less than this is taken.
_LEAST_ALIKE, _MOST_ALIKE = 0.3, 0.9
_N_ORDERS: Final = 999
_SEED: Final = 60_250_911

Real = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Trend:
    """Ways more a month, its interval, and the chance of as much where nothing changes, up or down."""

    slope: float
    low: float
    high: float
    p_value: float

    @property
    def verdict(self) -> str:
        """`finer`, `coarser`, or `flat` where neither can be told."""
        if self.p_value > CHANCE or self.low <= 0 <= self.high:
            return "flat"
        return "finer" if self.slope > 0 else "coarser"


def own_trend(month: Whole, fineness: Real, interval: float = 0.9) -> Trend | None:
    """Of one advertiser; `month` counts months, rising, and each has its mean fineness. None with too few months.

    >>> own_trend(np.arange(8), np.linspace(1.0, 2.4, 8)).verdict, own_trend(np.arange(3), np.ones(3))
    ('finer', None)
    """
    n = month.size
    if n < FEWEST_MONTHS:
        return None
    if np.ptp(fineness) == 0:
        return Trend(0.0, 0.0, 0.0, 1.0)
    from scipy import stats  # noqa: PLC0415  heavy, and few studies have months enough

    found = stats.theilslopes(fineness, month, interval)
    slope = float(found.slope)
    rest = fineness - fineness.mean() - slope * (month - month.mean())
    wider = _widened(rest)
    low, high = slope - wider * (slope - float(found.low_slope)), slope + wider * (float(found.high_slope) - slope)
    ranks = stats.rankdata(fineness)
    others = np.abs((_orders(n) - (n - 1) / 2) @ (ranks - ranks.mean()))
    seen = abs(float((np.arange(n) - (n - 1) / 2) @ (ranks - ranks.mean())))
    # The orders take months for independent; the interval does not. The larger chance of both counts.
    side = slope - low if slope > 0 else high - slope
    steps = abs(slope) / side * stats.norm.ppf((1 + interval) / 2) if side > 0 else math.inf
    return Trend(slope, low, high, max(_chance(others, seen), 2 * float(stats.norm.sf(steps))))


def common_trend(advertiser: Whole, month: Whole, n: Whole, fineness: Real, interval: float = 0.9) -> Trend | None:
    """Of all advertisers of a source, each within itself; a row an advertiser and month. None with too little."""
    _, who = np.unique(advertiser, return_inverse=True)
    is_kept = np.bincount(who)[who] >= 2
    if not is_kept.any():
        return None
    who, month, n, fineness = who[is_kept], month[is_kept], n[is_kept], fineness[is_kept]
    _, who = np.unique(who, return_inverse=True)
    _, when = np.unique(month, return_inverse=True)
    n_who, n_when = int(who.max()) + 1, int(when.max()) + 1
    if n_who < FEWEST_ADVERTISERS or n_when < FEWEST_MONTHS:
        return None
    from scipy import stats  # noqa: PLC0415  heavy, and few studies have months enough

    weight = n * _WEIGHT / (n + _WEIGHT)
    held = np.bincount(who, weight)
    own = fineness - (np.bincount(who, weight * fineness) / held)[who]
    time = month - (np.bincount(who, weight * month) / held)[who]
    spread = float((weight * time**2).sum())
    slope = float((weight * time * own).sum()) / spread
    rest = weight * time * (own - slope * time)
    variance = sum(_clustered(rest, place, size) for place, size in ((who, n_who), (when, n_when))) / spread**2
    doubt, free = math.sqrt(variance), min(n_who, n_when) - 2
    reach = float(stats.t.ppf((1 + interval) / 2, free)) * doubt
    chance = 2 * float(stats.t.sf(abs(slope) / doubt, free)) if doubt > 1e-12 else float(abs(slope) < 1e-12)
    return Trend(slope, slope - reach, slope + reach, chance)


def false_share(p_values: list[float]) -> list[float]:
    """Of each, the share of false ones among all that are as small (Benjamini and Hochberg 1995).

    >>> false_share([0.01, 0.5, 0.03])
    [0.03, 0.5, 0.045]
    """
    if not p_values:
        return []
    from scipy import stats  # noqa: PLC0415  heavy, and few studies have months enough

    found: list[float] = stats.false_discovery_control(np.array(p_values)).round(12).tolist()
    return found


def _clustered(rest: Real, place: Whole, size: int) -> float:
    sums = np.bincount(place, rest, minlength=size)
    return float((sums**2).sum()) * size / (size - 1)


def _chance(others: Real, seen: float) -> float:
    return float((1 + np.count_nonzero(others >= seen - 1e-9)) / (1 + others.size))


def _widened(rest: Real) -> float:
    """How much wider an interval is where each month resembles the one before.

    Taking off a line leaves (2 + 4r) / n too little of the resemblance r (Marriott and Pope 1954): it is put back.
    """
    n = rest.size
    whole = float((rest**2).sum())
    seen = float((rest[1:] * rest[:-1]).sum()) / whole if whole > 1e-12 else 0.0
    alike = min(max((seen + 2 / n) / (1 - 4 / n), _LEAST_ALIKE), _MOST_ALIKE)
    return math.sqrt((1 + alike) / (1 - alike))


@cache
def _orders(n: int) -> Whole:
    """Orders of n months: all of them where these are few, else as many as are drawn; the same each time."""
    if n <= 6:
        return np.array(list(permutations(range(n))), np.int64)[1:]
    random = np.random.default_rng([_SEED, n])
    return random.permuted(np.tile(np.arange(n), (_N_ORDERS, 1)), axis=1)

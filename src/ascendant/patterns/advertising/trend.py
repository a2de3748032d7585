"""Fineness month by month -> whether it grows, by how much a month, and how surely.

One advertiser: the slope of the line through its months. Campaigns last, so that each month is like the one before, and
a few months that are alike look like a trend. How alike they are cannot be told from so few: they are taken to be as
much so as `ALIKE`. The slope is held against those of as many months drawn without any trend, each as like the one
before (a Gaussian autoregression, over the same gaps). It is measured by what the line leaves, summed up from the first
month on: that is large where months are alike, so that the measure allows for it by itself.

All advertisers of a source: the slope within advertisers. Each is compared with itself alone, so that a fine
advertiser that comes late is no growth. A month of an advertiser counts for at most ten of its advertisements, so that
one with 100,000 speaks for itself. The interval allows for advertisers that differ and for months that do (clusters by
both: Cameron, Gelbach and Miller 2011, with the sum of both variances, which errs on the wide side).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

FEWEST_ADS: Final = 5  # of one advertiser in a month, for the month to count
FEWEST_MONTHS: Final = 6
FEWEST_ADVERTISERS: Final = 8  # with two months each, to speak of them all
CHANCE: Final = 0.05
# Correlation of a month with the one before: of a change, a tenth is left after ten months. Where it is less, fewer
# trends are claimed than `CHANCE` allows; where it is .9, up to twice as many (docs/explanation/advertising.md).
ALIKE: Final = 0.8
_WEIGHT: Final = 10.0
_N_DRAWN: Final = 1999
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
    months = tuple((month - month[0]).tolist())
    slope, doubt = (float(one[0]) for one in _steepness(fineness[None, :], np.array(months, np.float64)))
    drawn = _drawn(months)
    reach = float(np.quantile(drawn, interval)) * doubt
    seen = abs(slope) / doubt if doubt > 1e-12 else math.inf
    n_as_steep = drawn.size - int(np.searchsorted(drawn, seen))
    return Trend(slope, slope - reach, slope + reach, (1 + n_as_steep) / (1 + drawn.size))


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


def _steepness(fineness: Real, month: Real) -> tuple[Real, Real]:
    """The slope of each row of months, and the unit in which it is measured.

    >>> slope, unit = _steepness(np.array([[0.0, 3.0, 0.0, 3.0]]), np.arange(4.0))
    >>> slope.tolist(), unit.round(3).tolist()
    ([0.6], [0.735])
    """
    time = month - month.mean()
    slope = fineness @ time / (time @ time)
    rest = fineness - fineness.mean(axis=1, keepdims=True) - slope[:, None] * time
    return slope, np.sqrt((np.cumsum(rest, axis=1) ** 2).mean(axis=1))


@lru_cache(maxsize=1024)
def _drawn(months: tuple[int, ...]) -> Real:
    """Sizes of the slopes of these months where nothing changes, in their units, ascending; the same each time."""
    random = np.random.default_rng([_SEED, *months])
    drawn = random.standard_normal((_N_DRAWN, len(months)))
    for place in range(1, len(months)):
        alike = ALIKE ** (months[place] - months[place - 1])
        drawn[:, place] = alike * drawn[:, place - 1] + math.sqrt(1 - alike**2) * drawn[:, place]
    slope, unit = _steepness(drawn, np.array(months, np.float64))
    return np.sort(np.abs(slope) / unit)

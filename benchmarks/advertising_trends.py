"""How often one advertiser is said to aim more finely, or less: where nothing changes, and where it does.

    python benchmarks/advertising_trends.py                 # seeds 200 to 399, for development
    python benchmarks/advertising_trends.py --first 1000    # the figures of docs/explanation/advertising.md

A series is the mean fineness of an advertiser, month by month. Without a trend it resembles its last month by a
correlation (`alike`), stays at a level until a new campaign sets another (`campaigns`), swings with the seasons, or is
the mean of five advertisements that use a way or do not (`five ads`). With a trend, so much is added each month,
counted in standard deviations of a month.
"""

from __future__ import annotations

import argparse
import math
from functools import partial

import numpy as np

from ascendant.patterns.advertising.trend import own_trend

MONTHS = (6, 8, 12, 24, 60)
RISES = (0.1, 0.3, 1.0)
N_SEEDS, N_SERIES = 200, 10  # of each seed


def alike(random, n, correlation=0.0, rise=0.0):
    """Each month resembles the one before, and is `rise` more."""
    found = random.standard_normal(n)
    for month in range(1, n):
        found[month] = correlation * found[month - 1] + math.sqrt(1 - correlation**2) * found[month]
    return found + rise * np.arange(n)


def campaigns(random, n):
    """A level that stays for five months on average, with a little noise."""
    is_new = random.random(n) < 0.2
    return random.standard_normal(n)[np.maximum.accumulate(np.where(is_new, np.arange(n), 0))] + random.normal(
        0, 0.2, n
    )


def seasons(random, n):
    """A year's swing, from anywhere in the year."""
    return np.sin(2 * np.pi * (np.arange(n) / 12 + random.random())) + random.normal(0, 0.5, n)


def five_ads(random, n):
    """The share of five advertisements that use a way, which resembles the last month's."""
    return random.binomial(5, 1 / (1 + np.exp(-1.5 * alike(random, n, 0.7)))) / 5


STILL = {
    "months in any order": alike,
    "alike .5": partial(alike, correlation=0.5),
    "alike .7": partial(alike, correlation=0.7),
    "alike .8": partial(alike, correlation=0.8),
    "alike .9": partial(alike, correlation=0.9),
    "campaigns": campaigns,
    "five ads, alike .7": five_ads,
    "seasons": seasons,
}


def share(make, n, seeds):
    """Of the series, how many a trend is claimed of."""
    said = []
    for seed in seeds:
        random = np.random.default_rng([seed, n])
        said += [own_trend(np.arange(n), make(random, n)).verdict != "flat" for _ in range(N_SERIES)]
    return np.mean(said)


def main():
    """Print both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=200)
    first = parser.parse_args().first
    seeds = range(first, first + N_SEEDS)
    print(f"{N_SEEDS * N_SERIES} series of seeds {first} to {first + N_SEEDS - 1}; months: {MONTHS}")
    print("nothing changes, a trend is claimed")
    for name, make in STILL.items():
        print(f"  {name:22}", " ".join(f"{share(make, n, seeds):.3f}" for n in MONTHS))
    print("so much more each month, a trend is claimed")
    for correlation in (0.0, 0.5):
        for rise in RISES:
            make = partial(alike, correlation=correlation, rise=rise)
            found = [share(make, n, seeds) for n in MONTHS]
            print(f"  alike {correlation}, {rise:3} more    ", " ".join(f"{one:.3f}" for one in found))


if __name__ == "__main__":
    main()

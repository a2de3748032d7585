"""A trend is found where there is one, and seldom where there is none; chance is met over many seeds."""

import numpy as np
import pytest

from ascendant.patterns.advertising.trend import FEWEST_MONTHS, common_trend, own_trend

SEEDS = range(200, 400)


def said(trends):
    """Share of trends that claim something; where too little is there, nothing is claimed."""
    assert sum(trend is not None for trend in trends) >= len(SEEDS) / 2
    return np.mean([trend is not None and trend.verdict != "flat" for trend in trends])


def cells(rng, *, n_advertisers=30, n_months=12, slope=0.0, shock=0.0, giant=False):
    """Advertisers that come and go, each with its own level; a shock is common to all of a month."""
    rows = []
    common = rng.normal(size=n_months) * shock
    for who in range(n_advertisers):
        level, since = rng.uniform(0.5, 2.5), rng.integers(0, n_months - 2)
        for month in range(since, rng.integers(since + 2, n_months + 1)):
            n = 100_000 if giant and who == 0 else 1 + rng.poisson(3)
            mean = level + common[month] + slope * month + rng.normal() * 0.3
            rows.append((who, month, n, mean + rng.normal() * 0.7 / np.sqrt(n)))
    return [np.array(column) for column in zip(*rows, strict=True)]


@pytest.mark.parametrize("n_months", [6, 12, 24])
def test_months_in_any_order_seldom_look_like_a_trend(n_months):
    trends = [own_trend(np.arange(n_months), np.random.default_rng(seed).normal(size=n_months)) for seed in SEEDS]
    assert said(trends) <= 0.05  # .014, .015 and .016 over 1,000 seeds


def test_the_months_of_a_rising_advertiser_put_in_another_order_claim_nothing():
    fineness = 1 + 0.1 * np.arange(14) + np.random.default_rng(3).normal(size=14) * 0.1
    assert own_trend(np.arange(14), fineness).verdict == "finer"
    shuffled = [own_trend(np.arange(14), np.random.default_rng(seed).permutation(fineness)) for seed in SEEDS]
    assert said(shuffled) <= 0.05


def test_a_rise_and_its_mirror_get_opposite_verdicts_and_opposite_intervals():
    fineness = np.linspace(1, 2, 9) + np.tile([0.02, -0.02, 0.01], 3)
    up, down = own_trend(np.arange(9), fineness), own_trend(np.arange(9), -fineness)
    assert (up.verdict, down.verdict) == ("finer", "coarser")
    assert (up.low, up.high) == pytest.approx((-down.high, -down.low))


def test_too_few_months_say_nothing_and_months_all_alike_say_flat():
    assert own_trend(np.arange(FEWEST_MONTHS - 1), np.arange(FEWEST_MONTHS - 1.0)) is None
    assert own_trend(np.arange(FEWEST_MONTHS), np.ones(FEWEST_MONTHS)).verdict == "flat"


@pytest.mark.parametrize("world", [{}, {"shock": 0.4}, {"giant": True}, {"n_advertisers": 10, "n_months": 8}], ids=str)
def test_advertisers_that_do_not_change_seldom_look_as_if_they_did(world):
    trends = [common_trend(*cells(np.random.default_rng(seed), **world)) for seed in SEEDS]
    assert said(trends) <= 0.06  # twice the standard error of .05 over 200 seeds is .03


def test_the_interval_holds_a_true_trend_nine_times_in_ten():
    trends = [common_trend(*cells(np.random.default_rng(seed), slope=0.05)) for seed in SEEDS]
    assert np.mean([trend.low <= 0.05 <= trend.high for trend in trends]) >= 0.85


def test_fine_advertisers_that_come_late_are_no_trend():
    who, month = np.repeat(np.arange(20), 3), np.concatenate([np.arange(3) + start for start in range(20)])
    assert common_trend(who, month, np.full(60, 5), who / 10.0).slope == pytest.approx(0, abs=1e-9)


def test_a_few_advertisers_cannot_speak_for_all():
    assert common_trend(*cells(np.random.default_rng(200), n_advertisers=5)) is None

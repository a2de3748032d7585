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


def alike(seed, month, correlation):
    """Fineness of months that do not rise, each like the one before."""
    rng = np.random.default_rng([seed, month.size])
    found = rng.normal(size=month.size)
    for place in range(1, month.size):
        kept = correlation ** (month[place] - month[place - 1])
        found[place] = kept * found[place - 1] + np.sqrt(1 - kept**2) * found[place]
    return found


MONTHS = {"6": np.arange(6), "8": np.arange(8), "12": np.arange(12), "24": np.arange(24),
          "in two parts": np.array([0, 1, 2, 3, 30, 31, 32, 33])}  # fmt: skip


@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.8])
@pytest.mark.parametrize("months", MONTHS)
def test_months_without_a_rise_seldom_look_like_a_trend_however_much_each_is_like_the_one_before(months, correlation):
    trends = [own_trend(MONTHS[months], alike(seed, MONTHS[months], correlation)) for seed in SEEDS]
    assert said(trends) <= 0.08  # .05 is what it may be, and twice the standard error over 200 seeds is .03


def test_a_rise_of_a_month_s_own_spread_is_found_in_two_years_of_months():
    rises = [own_trend(np.arange(24), alike(seed, np.arange(24), 0.5) + np.arange(24) / 3) for seed in SEEDS]
    assert said(rises) >= 0.85  # .95 over 2,000 series
    assert {trend.verdict for trend in rises} <= {"finer", "flat"}


@pytest.mark.parametrize("gap", [1, 7])
def test_the_interval_of_one_advertiser_holds_its_true_rise_nine_times_in_ten(gap):
    month = np.arange(0, 12 * gap, gap)
    trends = [own_trend(month, alike(seed, month, 0.8) + 0.3 * month) for seed in SEEDS]
    assert np.mean([trend.low <= 0.3 <= trend.high for trend in trends]) >= 0.85


def test_a_trend_that_is_claimed_has_an_interval_without_nothing_in_it():
    for seed in SEEDS:
        trend = own_trend(np.arange(12), alike(seed, np.arange(12), 0.5) + 0.4 * np.arange(12))
        assert (trend.p_value <= 0.05) <= (trend.low > 0 or trend.high < 0)


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

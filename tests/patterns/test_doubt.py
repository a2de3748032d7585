"""What is learnt of a study, and that it stays a weak prior."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.patterns.doubt import Doubt, evenness


@pytest.mark.parametrize("k", [0.3, 1.0, 4.0])
def test_evenness_is_found_again_from_the_variance_within_accounts(k):
    rng = np.random.default_rng(1)
    found = []
    for _ in range(5):
        n = rng.integers(5, 40, 1500)
        mean = rng.lognormal(-1, 1, n.size)
        account = np.repeat(np.arange(n.size), n)
        per_item = rng.poisson(rng.gamma(k, mean[account] / k))
        sums = [np.bincount(account, per_item**power, n.size).astype(int) for power in (1, 2)]
        value, is_learnt = evenness(n, *sums, default=9.0)
        assert is_learnt
        found.append(value)
    assert np.mean(found) == pytest.approx(k, rel=0.25)


def test_few_accounts_teach_nothing():
    few = np.full(19, 30)
    assert evenness(few, few, few, default=0.35) == (0.35, False)


def test_items_that_are_all_alike_are_as_even_as_can_be():
    n = np.full(50, 30)
    assert evenness(n, n, n, default=0.35) == (10.0, True)


@given(st.integers(0, 1000), st.integers(0, 10**6), st.floats(0.01, 0.99))
def test_quantiles_and_probabilities_of_a_rate_agree(n, moved, probability):
    doubt = Doubt()
    quantile = doubt.rate_quantile(np.array([n]), np.array([moved]), probability)
    if np.isfinite(quantile[0]) and quantile[0] < 1e9:
        assert doubt.rate_below(np.array([n]), np.array([moved]), float(quantile[0]))[0] == pytest.approx(
            probability, abs=1e-5
        )


def test_the_spread_of_a_rate_grows_with_its_mean_as_phi_says():
    doubt = Doubt(evenness=0.5, rate_moved=1e-9, rate_acts=1e-9)
    n = np.array([400])
    for mean in (0.5, 5.0):
        low, high = (doubt.rate_quantile(n, (n * mean).astype(int), p)[0] for p in (0.16, 0.84))
        expected = 2 * np.sqrt(mean * (1 + mean / 0.5) / n[0])
        assert high - low == pytest.approx(expected, rel=0.1)

"""Laws are found again from counts that were drawn from them, and exist for no counts at all."""

import numpy as np
import pytest

from ascendant.infer.fits import beta_binomial, gamma_fit, gamma_poisson

RANDOM = np.random.default_rng(3)


def test_a_gamma_behind_poisson_counts_is_found_again():
    exposure = RANDOM.uniform(5, 50, 20_000)
    counts = RANDOM.poisson(RANDOM.gamma(1.5, 1 / 6.0, exposure.size) * exposure)
    shape, rate = gamma_poisson(counts.astype(float), exposure, 0.5, 1.0)
    assert shape == pytest.approx(1.5, rel=0.06)
    assert shape / rate == pytest.approx(0.25, rel=0.04)


def test_a_beta_behind_shares_is_found_again():
    n = RANDOM.integers(1, 40, 20_000)
    silent = RANDOM.binomial(n, RANDOM.beta(2.0, 6.0, n.size))
    one, other = beta_binomial(silent.astype(float), (n - silent).astype(float), 1.0, 1.0)
    assert one / (one + other) == pytest.approx(0.25, rel=0.04)
    assert one + other == pytest.approx(8.0, rel=0.1)


@pytest.mark.parametrize("shape", [0.5, 2.0, 8.0])
def test_a_gamma_is_found_from_its_draws(shape):
    found, rate = gamma_fit(RANDOM.gamma(shape, 3.0, 40_000))
    assert found == pytest.approx(shape, rel=0.04)
    assert rate == pytest.approx(1 / 3, rel=0.05)


def test_no_counts_give_a_law_too():
    nothing = np.zeros(0)
    for found in (gamma_poisson(nothing, nothing, 0.5, 1.0), beta_binomial(nothing, nothing, 1.0, 1.0)):
        assert np.all(np.isfinite(found))
        assert np.all(np.array(found) > 0)

"""Loops over one item's draws against arrays and a Fourier transform over all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels.convergence import apart, worth
from reference.convergence import effective_size, split_r_hat


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.integers(4, 60), st.floats(0.0, 0.95), st.integers(0, 10**6))
def test_the_loops_say_what_the_arrays_say(n_chains, n_draws, rho, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n_chains, n_draws, 7))
    for k in range(1, n_draws):
        x[:, k] = rho * x[:, k - 1] + np.sqrt(1 - rho**2) * x[:, k]
    draws = np.round(rng.choice([0.3, 2.0, 50.0]) * x).astype(np.int32)
    np.testing.assert_allclose(apart(draws), split_r_hat(draws), rtol=1e-9)
    # Where a pair of correlations is zero but for rounding, either may stop there: a pair of zero adds nothing.
    np.testing.assert_allclose(worth(draws), effective_size(draws), rtol=1e-9)


@pytest.mark.parametrize("measure", [apart, worth])
def test_bits_do_not_depend_on_which_items_stand_beside(measure):
    draws = np.random.default_rng(3).poisson(4.0, (2, 50, 9)).astype(np.int32)
    alone = [measure(np.ascontiguousarray(draws[:, :, i : i + 1]))[0] for i in range(9)]
    assert measure(draws).tolist() == alone

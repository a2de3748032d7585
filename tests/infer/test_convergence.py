"""Convergence is measured as the textbook has it: independent draws count in full, correlated ones less."""

import numpy as np
import pytest

from ascendant.infer.convergence import effective_size, split_r_hat


def chains(rho, n_chains=4, n_draws=2000, n=5, seed=1, apart=0.0):
    rng = np.random.default_rng(seed)
    x = np.zeros((n_chains, n_draws, n))
    x[:, 0] = rng.normal(size=(n_chains, n))
    for k in range(1, n_draws):
        x[:, k] = rho * x[:, k - 1] + np.sqrt(1 - rho**2) * rng.normal(size=(n_chains, n))
    x += apart * np.arange(n_chains)[:, None, None]
    return np.round(100 * x).astype(int)


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
def test_correlated_draws_are_worth_what_theory_says(rho):
    worth = 8000 * (1 - rho) / (1 + rho)
    assert effective_size(chains(rho)).mean() == pytest.approx(worth, rel=0.15)


def test_chains_that_agree_have_an_r_hat_of_one_and_chains_apart_have_not():
    assert np.all(np.abs(split_r_hat(chains(0.3)) - 1) < 0.01)
    assert np.all(split_r_hat(chains(0.3, apart=1.0)) > 1.1)
    assert np.all(effective_size(chains(0.3, apart=1.0)) < 100)


def test_draws_that_are_all_alike_are_settled():
    draws = np.full((2, 10, 3), 4)
    assert split_r_hat(draws).tolist() == [1.0] * 3
    assert effective_size(draws).tolist() == [20.0] * 3

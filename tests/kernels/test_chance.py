"""Streams of random numbers keyed by item: the laws that they follow, and the same bits wherever they are drawn."""

import numpy as np
import pytest
from scipy import stats

from ascendant.kernels.chance import gamma, normal, stream, uniform, uniforms

N = 20_000


def draws(function, *arguments, seed=3):
    state = stream(seed, 11)
    return np.array([function(state, *arguments) for _ in range(N)])


@pytest.mark.parametrize("shape", [0.05, 0.5, 1.0, 7.5])
def test_gamma_draws_follow_their_law(shape):
    found = draws(gamma, shape)
    assert np.all(found > 0)
    assert stats.kstest(found[found > 1e-200], "gamma", args=(shape,)).pvalue > 1e-3


def test_uniform_and_normal_draws_follow_their_law():
    found = draws(uniform)
    assert np.all((found >= 0) & (found < 1))
    assert stats.kstest(found, "uniform").pvalue > 1e-3
    assert stats.kstest(draws(normal), "norm").pvalue > 1e-3


def test_an_item_gets_the_same_number_in_any_company_and_neighbours_are_unrelated():
    items = np.arange(N)
    found = uniforms(5, items)
    assert np.array_equal(uniforms(5, items[::-1]), found[::-1])
    assert stats.kstest(found, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(found[1:], found[:-1])[0, 1]) < 4 / np.sqrt(N)
    assert not np.any(uniforms(6, items) == found)

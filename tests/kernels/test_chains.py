"""Transitive influence against chains walked act by act."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels.chains import ancestors
from reference import chains as twin


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 6), st.integers(0, 10**6))
def test_ancestors_are_those_of_walking_each_chain(n, n_accounts, seed):
    rng = np.random.default_rng(seed)
    account = rng.integers(0, n_accounts, n)
    order = rng.permutation(n)
    parent = np.full(n, -1, np.int32)
    for nth, act in enumerate(order):
        kind = rng.random()
        if kind < 0.6 and nth:
            parent[act] = order[rng.integers(nth)]
        elif kind < 0.75:
            parent[act] = -2 - rng.integers(n_accounts)
    for weight in (np.ones(n), rng.uniform(0, 2, n)):
        found = ancestors(order, parent, account, weight, n_accounts, 1000)
        np.testing.assert_allclose(found, twin.ancestors(parent, account, weight, n_accounts), rtol=1e-9, atol=1e-12)


def test_a_long_burst_is_stepped_over():
    n = 5000
    account = np.zeros(n, np.int64)
    account[0] = 1
    moved, from_others = ancestors(np.arange(n), np.arange(-1, n - 1, dtype=np.int32), account, np.ones(n), 2, 3)
    assert moved.tolist() == [0, n - 1]
    assert from_others.tolist() == [n - 1, 0]

"""The background of an account: its community's hours without its own acts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels.background import background
from reference import attribution as twin


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 60))
def test_the_level_is_that_of_the_community_without_the_account(seed, n_hours):
    rng = np.random.default_rng(seed)
    account = np.sort(rng.integers(0, 3, 25))
    hours = rng.uniform(-5, n_hours, 25)
    weight = rng.random(25).astype(np.float32)
    first = np.searchsorted(account, np.arange(4))
    community = np.array([0, 1, 0])
    counts = np.zeros((2, n_hours))
    late = hours >= 0
    np.add.at(counts, (community[account[late]], hours[late].astype(int)), weight[late])
    week, personal = rng.random((2, 168)) + 0.1, rng.random((3, 24)) + 0.1
    act = np.flatnonzero(late)
    act_of = np.searchsorted(account[act], np.arange(4))
    found = background(np.arange(3), act_of, act, first, hours, weight, community, counts, week, personal, 0.0, 17, 4.0)
    for place, n in enumerate(act):
        u = account[n]
        own = np.zeros(n_hours)
        mine = late & (account == u)
        np.add.at(own, hours[mine].astype(int), weight[mine])
        others = counts[community[u]] - own
        wanted = twin.background(int(hours[n]), others, week[community[u]], personal[u], 17, 4.0)
        assert found[place] == pytest.approx(wanted, rel=1e-9)
        assert found[place] > 0

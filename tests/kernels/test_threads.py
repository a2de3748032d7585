"""Ends of chains against following them by hand."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels.threads import chain_ends
from reference.threads import chain_end


@st.composite
def links(draw):
    n = draw(st.integers(0, 30))
    return draw(st.lists(st.integers(-1, n - 1), min_size=n, max_size=n))


@settings(deadline=None)
@given(links())
def test_each_chain_ends_where_following_it_ends(parent):
    found = chain_ends(np.array(parent, np.int64))
    assert found.tolist() == [chain_end(parent, item) for item in range(len(parent))]


def test_one_long_chain_and_one_long_circle_take_one_walk():
    n = 1_000_000  # a pass per member would be 10^12 steps
    assert set(chain_ends(np.arange(-1, n - 1)).tolist()) == {0}
    assert set(chain_ends((np.arange(n) + 1) % n).tolist()) == {0}

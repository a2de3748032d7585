"""Freshness against the sum over all earlier acts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ascendant.kernels.recency import freshness


@given(st.lists(st.lists(st.floats(0, 100), max_size=8), min_size=1, max_size=4), st.floats(0.05, 50))
def test_freshness_is_the_sum_over_earlier_acts_of_the_same_account(acts, fade):
    acts = [sorted(hours) for hours in acts]
    first = np.cumsum([0, *map(len, acts)])
    found = freshness(first, np.array([t for hours in acts for t in hours], float), fade)
    for a, hours in enumerate(acts):
        for k, t in enumerate(hours):
            slow = sum(np.exp(-(t - x) / fade) for x in hours[: k + 1])
            np.testing.assert_allclose(found[first[a] + k], slow, rtol=1e-9)

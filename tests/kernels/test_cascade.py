"""Influence inside cascades: the pass in O(n) against the sum over all pairs."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels.cascade import cascade_influence
from reference import cascade as reference

LOSS_PER_SECOND = 6.8e-5
YEAR_SECONDS = 31_557_600.0

gaps = st.sampled_from([0.0, 0.0, 1.0, 60.0, 3600.0, 86400.0, YEAR_SECONDS, 50 * YEAR_SECONDS]) | st.floats(0, 1e6)
members = st.tuples(gaps, st.floats(1, 1e9))
cascades = st.lists(st.lists(members, min_size=1, max_size=12), max_size=4)


def in_rows(found):
    start = np.cumsum([0, *(len(cascade) for cascade in found)]).astype(np.int64)
    seconds = np.concatenate([np.cumsum([gap for gap, _ in cascade]) for cascade in found] or [np.empty(0)])
    mark = np.array([mark for cascade in found for _, mark in cascade], float)
    return start, seconds, mark


@settings(deadline=None)
@given(cascades, st.sampled_from([0.0, LOSS_PER_SECOND, 0.1, 10.0]))
def test_the_fast_pass_is_the_sum_over_all_pairs(found, loss):
    start, seconds, mark = in_rows(found)
    fast = cascade_influence(start, seconds, mark, loss)
    parts = pairwise(start)
    slow = [reference.cascade_influence(seconds[a:b], mark[a:b], loss) for a, b in parts]
    # The twin's exponents reach 10^10 after centuries: its last six digits are rounding, not ours.
    np.testing.assert_allclose(fast, np.concatenate([*slow, np.empty(0)]), rtol=1e-5, atol=1e-12)


@settings(deadline=None)
@given(cascades)
def test_the_first_act_led_to_all_others_and_the_last_to_none(found):
    start, seconds, mark = in_rows(found)
    influence = cascade_influence(start, seconds, mark, LOSS_PER_SECOND)
    np.testing.assert_allclose(influence[start[:-1]], np.diff(start) - 1, rtol=1e-9)
    assert np.all(influence[start[1:] - 1] == 0)
    assert np.all(influence >= 0)


def test_only_the_act_just_before_a_gap_of_centuries_can_have_bridged_it():
    seconds = np.array([0.0, 1e6, 1e10])
    assert cascade_influence(np.array([0, 3]), seconds, np.ones(3), LOSS_PER_SECOND).round(6).tolist() == [2, 1, 0]


def test_acts_at_the_same_second_share_by_how_far_they_are_seen():
    influence = cascade_influence(np.array([0, 3]), np.zeros(3), np.array([1.0, 3.0, 1.0]), LOSS_PER_SECOND)
    np.testing.assert_allclose(influence, [2, 0.75, 0])

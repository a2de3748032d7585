"""Circles: from accounts beyond chance to groups of three and more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.patterns.groups.circles import Found, _with_two_partners, groups_in
from ascendant.patterns.groups.company import events_of
from ascendant.patterns.options import GroupOptions
from group_worlds import ordinary, planted, traces_of


def found_in(rows, n_accounts):
    events = events_of(traces_of(rows, n_accounts=n_accounts), GroupOptions())
    return groups_in(events, np.full(n_accounts, -1, np.int32), GroupOptions())


@pytest.mark.parametrize("n_members", [2, 3, 6])
def test_three_make_a_group_and_two_do_not(n_members):
    found = found_in(ordinary(220, 300) + planted(220, range(n_members), share=1.0), 300)
    shown = set(np.flatnonzero(found.group >= 0).tolist())
    assert set(range(n_members)) <= shown if n_members > 2 else not {0, 1} & shown


def test_two_planted_groups_stay_two_and_the_larger_is_the_first():
    rows = ordinary(221, 400) + planted(221, range(6), name="small") + planted(222, range(6, 18), name="large")
    group = found_in(rows, 400).group
    assert set(group[6:18]) == {0}
    assert len(set(group[:6])) == 1
    assert group[0] > 0


def test_each_pair_of_a_group_lies_inside_and_met_more_than_once():
    found = found_in(ordinary(223, 400) + planted(223, range(9)), 400)
    assert found.n_groups >= 1
    assert (found.group[found.first] == found.group[found.second]).all()
    assert (found.group[found.first] >= 0).all()
    assert (found.first < found.second).all()
    assert (found.count > 1).all()
    assert (found.q[found.group >= 0] <= GroupOptions().candidates_share).all()


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1])))
def test_whoever_is_left_has_two_partners_and_nobody_who_could_stay_is_gone(pairs):
    first, second = (np.array([pair[side] for pair in sorted(pairs)], np.int32) for side in (0, 1))
    kept = _with_two_partners(10, first, second)
    left = set(pairs)
    while True:  # one account at a time
        n = {who: sum(who in pair for pair in left) for pair in left for who in pair}
        poor = next((who for who, partners in n.items() if partners < 2), None)
        if poor is None:
            break
        left = {pair for pair in left if poor not in pair}
    assert {pair for pair, stays in zip(sorted(pairs), kept, strict=True) if stays} == left


def test_groups_that_are_left_are_numbered_anew():
    pairs = (np.int32([0, 2, 4]), np.int32([1, 3, 5]), np.array([2.0, 3.0, 4.0]))
    found = Found(np.int32([0, 0, 1, 1, 2, 2, -1]), np.ones(7), np.zeros(7), *pairs).only(np.array([True, False, True]))
    assert found.group.tolist() == [0, 0, -1, -1, 1, 1, -1]
    assert found.count.tolist() == [2, 4]
    assert found.n_groups == 2

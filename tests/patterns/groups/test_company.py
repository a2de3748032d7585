"""Company: what an act together counts, and visits as they were and as chance deals them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.patterns.groups import company
from ascendant.patterns.groups.chance import strata_of
from ascendant.patterns.groups.company import events_of
from ascendant.patterns.options import GroupOptions
from group_worlds import act, ordinary, traces_of

OPTIONS = GroupOptions()
NOBODY = 400  # accounts that act alone: they make a crowd of three a small one


def pairs_of(rows, **more):
    """{(account, account): count in each window}."""
    events = events_of(traces_of(rows, n_accounts=NOBODY, **more), OPTIONS)
    first, second, count = events.pairs(np.ones(NOBODY, bool))
    return {(int(u), int(v)): found for u, v, found in zip(first, second, count, strict=True)}


def crowd(*, trace="reply"):
    """Many other accounts on an object of their own: with few in the files nobody is rare."""
    return act(trace, range(10, NOBODY), "elsewhere", np.arange(10, NOBODY) * 200_000)


def test_two_alone_on_an_object_count_one_and_everybody_counts_nothing():
    [alone] = pairs_of(act("link", [0, 1], "page", [0, 30]) + crowd()).values()
    assert alone == pytest.approx([1, 1, 1, 1], abs=0.01)
    everybody = pairs_of(act("link", range(NOBODY), "page", 0) + crowd())
    assert max(count.max() for count in everybody.values()) == 0


def test_the_larger_the_crowd_the_less_a_meeting_counts():
    crowds = (act("link", range(n), "page", 0) + crowd() for n in (2, 3, 9, 50, 300))
    # Of the largest crowd only some are looked at: any pair will do.
    counts = [next(iter(pairs_of(rows).values()))[0] for rows in crowds]
    assert (np.diff(counts) < 0).all()


def test_one_post_with_a_link_and_a_picture_counts_once():
    both = act("link", [0, 1], "page", [0, 30]) + act("image", [0, 1], "picture", [0, 30])
    again = act("link", [0, 1], "page", [0, 30]) + act("image", [0, 1], "picture", [90_000, 90_030])
    assert pairs_of(both + crowd())[0, 1] == pytest.approx([1] * 4, abs=0.01)
    assert pairs_of(again + crowd())[0, 1] == pytest.approx([2] * 4, abs=0.01)


def test_acts_count_in_the_windows_that_hold_them():
    counts = [pairs_of(act("link", [0, 1], "page", [0, gap]) + crowd())[0, 1] for gap in (60, 61, 600, 3600, 86_400)]
    assert [int((count > 0).sum()) for count in counts] == [4, 3, 3, 2, 1]


def test_an_act_timed_to_the_minute_is_in_no_window_below_ten_minutes():
    rows = [one for n in range(5) for one in act("link", [0, 1], f"page {n}", n * 200_000 + 60)]
    assert pairs_of(rows + crowd())[0, 1][0] == pytest.approx(5, abs=0.05)
    for coarse in ([0], [1], [0, 1]):
        assert pairs_of(rows + crowd(), coarse=coarse)[0, 1] == pytest.approx([0, 5, 5, 5], abs=0.05)


def test_two_accounts_on_two_platforms_have_nothing_in_common():
    rows = act("link", [0, 1, 2], "page", 0) + act("link", [0, 1, 2], "other", 200_000)
    ids = ["facebook:a", "x:a", "x:b", *(f"x:{n:06}" for n in range(3, NOBODY))]
    assert list(pairs_of(rows + crowd(), ids=ids)) == [(1, 2)]


def test_objects_of_one_account_alone_are_no_events():
    events = events_of(traces_of(act("link", [0, 1], "page", 0) + act("link", [2], "own", 0)), OPTIONS)
    assert events.account.tolist() == [0, 1]
    assert events.n_events.tolist() == [1, 1, 0]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 300), st.integers(1, 4))
def test_dealing_leaves_each_account_its_number_of_acts_in_each_stratum(seed, least, n_communities):
    events = events_of(traces_of(ordinary(seed, 40, n_objects=60)), OPTIONS)
    rng = np.random.default_rng(seed)
    strata = strata_of(events, rng.integers(-1, n_communities, events.n_accounts).astype(np.int32), least)
    chosen = np.flatnonzero(rng.random(events.n_accounts) < 0.7).astype(np.int32)
    dealt = events.dealt(chosen, strata, rng)
    account = np.repeat(chosen, events.n_events[chosen])

    def held(visits):
        return np.unique(np.stack([account, strata.of[visits.instead]]), axis=1, return_counts=True)

    for one, other in zip(held(events.observed(chosen)), held(dealt), strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(dealt.at, events.at[dealt.instead])
    np.testing.assert_array_equal(dealt.object, events.object[dealt.instead])
    np.testing.assert_array_equal(dealt.weight, events.weight[:, dealt.instead])
    assert (np.diff(dealt.at)[np.diff(account) == 0] >= 0).all()


def test_company_is_the_same_however_accounts_are_cut_among_threads(monkeypatch):
    events = events_of(traces_of(ordinary(3, 120)), OPTIONS)
    everybody = np.arange(120, dtype=np.int32)
    whole = events.company(events.own, everybody, 1)
    assert whole.shape == (120, 8)
    assert whole.any()
    monkeypatch.setattr(company, "_PIECE", 7)
    for n_threads in (1, 2):
        np.testing.assert_array_equal(events.company(events.own, everybody, n_threads), whole)


def test_a_crowd_beyond_the_bound_is_met_by_as_many_as_the_bound():
    rows = [(trace, who, n, n * 200_000) for n, trace in enumerate(("link", "image")) for who in range(200)]
    options = replace(OPTIONS, most_company=8)
    events = events_of(traces_of(rows + crowd(), n_accounts=NOBODY), options)
    whole = events_of(traces_of(rows + crowd(), n_accounts=NOBODY), replace(OPTIONS, most_company=10_000))
    everybody = np.arange(NOBODY) < 200
    assert whole.pairs(everybody)[0].size == 200 * 199 // 2
    assert events.pairs(everybody)[0].size <= 200 * 2 * 8

"""Chance: strata, dealing, p-values that mean what they say, q-values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.patterns.groups import chance
from ascendant.patterns.groups.chance import classes, deal, p_values, q_values, strata_of
from ascendant.patterns.groups.company import events_of
from ascendant.patterns.groups.objects import TRACES
from ascendant.patterns.options import GroupOptions
from group_worlds import ordinary, planted, traces_of

OPTIONS = GroupOptions()
HOUR = 3600 * 10**6


def judged(rows, n_accounts, *, seed=1):
    events = events_of(traces_of(rows, n_accounts=n_accounts), OPTIONS)
    nobody = np.full(n_accounts, -1, np.int32)
    p, by_window = p_values(events, strata_of(events, nobody, OPTIONS.stratum_acts), seed, 1)
    return p, by_window, events.n_events >= 2


def test_where_chance_dealt_everything_few_accounts_look_unlikely():
    found = [judged(ordinary(seed, 400), 400) for seed in range(200, 208)]
    p = np.concatenate([p[is_judged] for p, _, is_judged in found])
    for share in (0.05, 0.2, 0.5):
        # Ties (no company at all) push p-values up; accounts of one conversation meet one another, hence the slack.
        assert np.mean(p <= share) <= share * 1.25
    assert np.mean(p <= 0.2) >= 0.1  # no p-value of 1 for everybody
    by_window = np.concatenate([by_window[is_judged] for _, by_window, is_judged in found])
    assert (np.mean(by_window <= 0.05, axis=0) <= 0.0625).all()


def test_an_account_beyond_all_that_was_dealt_is_no_rarer_than_its_p_value_says(monkeypatch):
    monkeypatch.setattr(chance, "_DRAWS", 400)  # the least p-value is large then, and often met
    found = []
    for seed in range(230, 245):
        p, _, is_judged = judged(ordinary(seed, 400), 400)
        found.append(np.mean(p[is_judged] <= 1 / 800))
    assert np.mean(found) <= 2 / 800


def test_who_acts_together_again_and_again_is_unlikely():
    rows = ordinary(210, 400) + planted(210, range(8))
    p, by_window, _ = judged(rows, 400)
    assert p[:8].max() < 0.01
    assert by_window[:8, 0].max() < 0.01
    assert np.median(p[8:]) > 0.2


def test_the_seed_alone_decides_what_is_dealt():
    rows = ordinary(211, 150)
    one, again, other = (judged(rows, 150, seed=seed)[0] for seed in (4, 4, 5))
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()


@given(st.lists(st.tuples(st.floats(0.0001, 1), st.booleans()), max_size=30))
def test_q_values_rise_with_p_values_and_are_no_less(rows):
    p, is_judged = np.array([one for one, _ in rows]), np.array([one for _, one in rows], bool)
    q = q_values(p, is_judged)
    assert (q[~is_judged] == 1).all()
    order = np.argsort(p[is_judged])
    assert (np.diff(q[is_judged][order]) >= -1e-12).all()
    assert (q[is_judged] >= p[is_judged] - 1e-12).all()
    for share in (0.05, 0.2):  # as Benjamini and Hochberg say it: the largest k with p(k) <= share k / n
        ordered = np.sort(p[is_judged])
        fits = np.flatnonzero(ordered <= share * np.arange(1, ordered.size + 1) / max(ordered.size, 1) + 1e-12)
        assert abs(int((q <= share + 1e-12).sum()) - (fits.max(initial=-1) + 1)) == 0


@given(st.lists(st.integers(0, 10**4), min_size=1, max_size=60))
def test_a_class_holds_accounts_of_neighbouring_activity(n_events):
    found = classes(np.array(n_events))
    assert ((found == 0) == (np.array(n_events) < 2)).all()
    assert (np.diff(found[np.argsort(n_events, kind="stable")]) >= 0).all()


def test_a_small_class_of_busy_accounts_joins_the_next():
    found = classes(np.array([2] * 500 + [3] * 500 + [9000] * 10))
    assert found[-1] == found[500] != found[0]


@given(st.lists(st.integers(0, 4), max_size=50), st.integers(0, 99))
def test_each_event_is_dealt_once_within_its_stratum(stratum, seed):
    stratum = np.array(stratum, np.int64)
    dealt = deal(stratum, np.random.default_rng(seed))
    assert np.sort(dealt).tolist() == list(range(stratum.size))
    np.testing.assert_array_equal(stratum[dealt], stratum)


@pytest.mark.parametrize("least", [1, 20, 10**6])
def test_a_stratum_is_of_one_community_and_of_one_trace_unless_traces_are_rare(least):
    events = events_of(traces_of(ordinary(212, 80, n_objects=100)), OPTIONS)
    community = np.random.default_rng(1).integers(-1, 2, 80).astype(np.int32)
    stratum = strata_of(events, community, least).of
    of = community[events.account]
    n = {(c, t): np.count_nonzero((of == c) & (events.trace == t)) for c in set(of) for t in set(events.trace)}
    most = {c: max((key for key in n if key[0] == c), key=n.get)[1] for c in set(of)}
    trace = [most[c] if n[c, t] < least else t for c, t in zip(of, events.trace, strict=True)]
    key, hour = of * 16 + np.array(trace), events.at // HOUR
    for number in np.unique(stratum):
        here = stratum == number
        assert np.unique(key[here]).size == 1
        if least == 1:
            assert np.unique(hour[here]).size == 1
        elif np.unique(hour[here]).size > 1:
            assert np.count_nonzero(here & (hour < hour[here].max())) < least
    for one in np.unique(np.stack([key, hour]), axis=1).T:  # no hour is parted
        assert np.unique(stratum[(key == one[0]) & (hour == one[1])]).size == 1


def test_a_rare_trace_is_dealt_with_what_its_community_does_most():
    rows = ordinary(213, 200, traces=("link", "hashtags")) + [("text", who, "same words", 60 * who) for who in range(9)]
    events = events_of(traces_of(rows), OPTIONS)
    stratum = strata_of(events, np.zeros(200, np.int32), 30).of
    text = events.trace == TRACES.index("text")
    assert text.sum() == 9
    beside = np.unique(events.trace[np.isin(stratum, stratum[text]) & ~text])
    n = np.bincount(events.trace)
    assert beside.tolist() == [n.argmax()]

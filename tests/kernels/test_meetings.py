"""Meetings with a group against looking at each event."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels.meetings import meetings, moments
from reference import meetings as twin


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 40), st.integers(1, 4))
def test_each_event_near_a_group_is_met_once_by_it(seed, n_events, n_groups):
    rng = np.random.default_rng(seed)
    group = np.sort(rng.integers(0, n_groups, rng.integers(0, n_events + 1))).astype(np.int32)
    event = rng.integers(0, n_events, group.size).astype(np.int32)
    first = np.maximum(event - rng.integers(0, 4, event.size), 0).astype(np.int32)
    last = np.minimum(event + rng.integers(-1, 4, event.size), n_events - 1).astype(np.int32)
    which, met = meetings(event, group, first, last, n_events)
    found = list(zip(which.tolist(), met.tolist(), strict=True))
    assert len(found) == len(set(found))
    assert set(found) == twin.meetings(*(column.tolist() for column in (event, group, first, last)))
    assert (np.diff(which) >= 0).all()


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 60), st.integers(1, 6), st.integers(1, 3))
def test_moments_and_their_chance_are_those_of_parting_each_timeline(seed, n_events, n_accounts, n_groups):
    rng = np.random.default_rng(seed)
    account, at = rng.integers(0, n_accounts, n_events), rng.integers(0, 300, n_events)
    met, rate = rng.random(n_events) < 0.5, rng.random(n_events)
    event = np.lexsort((at, account)).astype(np.int32)
    first = np.searchsorted(account[event], np.arange(n_accounts + 1))
    member = np.flatnonzero(rng.random(n_accounts) < 0.7).astype(np.int32)
    group, window = rng.integers(0, n_groups, member.size).astype(np.int32), rng.integers(0, 60, n_groups)
    hits, expected = moments(member, group, window, first, at[event], event, met, rate)
    visits = [event[first[a] : first[a + 1]].tolist() for a in range(n_accounts)]
    told = twin.moments(member, group, window, visits, at, met, rate)
    assert hits.tolist() == [one for one, _ in told]
    np.testing.assert_allclose(expected, [one for _, one in told], atol=1e-12)

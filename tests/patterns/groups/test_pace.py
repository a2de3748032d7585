"""The usual pace: fans who share objects are no group, and fans of a group are no members."""

import numpy as np
import pytest

from ascendant.patterns.groups.chance import strata_of
from ascendant.patterns.groups.circles import Found
from ascendant.patterns.groups.pace import at_pace, pace_of
from ascendant.patterns.groups.said import meetings_of
from group_worlds import MEMBERS, NOBODY, SOME, N, act, events_in, ordinary, planted


def usual(seed, members, *, n_objects=40, trace="link", name="usual"):
    """Members share objects with half as many others; each comes upon them as late as anybody does."""
    rng = np.random.default_rng([seed, 7])
    rows = []
    for o in range(n_objects):
        there = np.concatenate([[who for who in members if rng.random() < 0.8], rng.choice(SOME, 5, replace=False)])
        delay = rng.lognormal(np.log(4 * 3600), 1.3, there.size)
        rows += act(trace, there, (name, o), rng.uniform(0, 864_000) + delay)
    return rows


@pytest.mark.parametrize("trace", ["link", "repost"])
def test_whoever_shares_objects_at_the_usual_pace_is_not_beyond_it(trace):
    for seed in range(240, 243):
        events = events_in(ordinary(seed, N, traces=(trace,)) + usual(seed, range(10), trace=trace))
        pace = pace_of(events, MEMBERS, 1, seed=1)
        assert not pace.is_beyond[0]
        assert pace.n[0] <= 1.25 * pace.usual[0] + 8


@pytest.mark.parametrize("trace", ["link", "repost", "text"])
def test_whoever_comes_within_moments_is_beyond_the_usual_pace(trace):
    rows = planted(243, range(10), traces=(trace,), others=SOME)
    pace = pace_of(events_in(ordinary(243, N, traces=(trace, "image")) + rows), MEMBERS, 1, seed=1)
    assert pace.is_beyond[0]
    assert pace.n[0] > 2.5 * pace.usual[0]
    assert pace.distance[0] > 5


def test_passing_on_twice_as_often_as_usual_is_no_group_and_in_own_words_is_one():
    """Members come twice as close as usual: half of the objects they meet upon at once."""
    found = {}
    for trace in ("link", "repost"):
        near, far = (
            planted(244, range(10), n_objects=30, traces=(trace,), others=SOME),
            usual(244, range(10), trace=trace),
        )
        pace = pace_of(events_in(ordinary(244, N, traces=(trace,)) + near + far), MEMBERS, 1, seed=1)
        found[trace] = pace.is_beyond[0], pace.n[0], round(pace.usual[0])
    assert found["link"][1:] == found["repost"][1:]  # the same acts, said twice
    assert found["link"][0]


def test_no_group_has_no_pace():
    events = events_in(ordinary(245, N))
    pace = pace_of(events, NOBODY, 0, seed=1)
    assert pace.n.size == pace.window.size == pace.take(pace.is_beyond).usual.size == 0
    meetings = meetings_of(events, strata_of(events, NOBODY, 300).of, NOBODY, pace.window)
    assert meetings.n.size == 0
    assert not meetings.is_meeting.any()


def test_the_pace_of_a_trace_on_which_the_group_is_alone_is_its_own():
    events = events_in(act("reply", range(10), "own", np.arange(10)) + act("link", SOME, "far", SOME))
    pace = pace_of(events, MEMBERS, 1, seed=1)
    assert not pace.is_beyond[0]


def circle_of(accounts):
    group = NOBODY.copy()
    group[accounts] = 0
    none = np.zeros(0, np.int32)
    return Found(group, np.zeros(N), np.zeros(N), none, none, np.zeros(0))


def with_fans(seed, fans):
    """Ten members within moments of one another; fans come upon the same objects when they come."""
    rng = np.random.default_rng([seed, 8])
    rows = ordinary(seed, N) + planted(seed, range(10), share=0.9, others=np.arange(60, N))
    first = {}
    for _, _, what, seconds in rows[-1::-1]:
        if what[0] == "planted":
            first[what] = min(seconds, first.get(what, seconds))
    for what, seconds in first.items():
        there = [who for who in fans if rng.random() < 0.5]
        rows += act("link", there, what, seconds + rng.lognormal(np.log(4 * 3600), 1.3, len(there)))
    return rows


def test_fans_who_share_the_objects_of_a_group_and_not_its_pace_are_no_members():
    fans = list(range(20, 50))
    left = []
    for seed in (246, 247, 248):
        found, pace = at_pace(events_in(with_fans(seed, fans)), circle_of([*range(10), *fans]), 1, 3)
        shown = set(np.flatnonzero(found.group >= 0).tolist())
        assert set(range(10)) <= shown
        assert pace.is_beyond.all()
        assert pace.keeps[list(shown)].all()
        left.append(len(shown - set(range(10))))
    assert np.mean(left) <= len(fans) / 4


def test_a_circle_of_fans_alone_is_gone():
    fans = list(range(20, 50))
    found, pace = at_pace(events_in(with_fans(249, fans)), circle_of(fans), 1, 3)
    assert found.n_groups == pace.n.size == 0

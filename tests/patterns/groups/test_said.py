"""What is said of a group: meetings against chance, pace and tempo."""

import numpy as np
import pytest

from ascendant.patterns.groups.chance import strata_of
from ascendant.patterns.groups.company import SECOND, events_of
from ascendant.patterns.groups.said import meetings_of, pace_of, tempo_of
from ascendant.patterns.options import GroupOptions
from group_worlds import act, ordinary, planted, traces_of

N = 300
MEMBERS = np.where(np.arange(N) < 10, 0, -1).astype(np.int32)
NOBODY = np.full(N, -1, np.int32)
SOME = np.arange(20, N)


def events_in(rows, **more):
    return events_of(traces_of(rows, n_accounts=N, **more), GroupOptions())


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


def test_meetings_are_moments_with_others_of_the_group_and_chance_expects_few():
    events = events_in(ordinary(246, N) + planted(246, range(10), n_objects=20, share=1.0, gap=10.0, others=SOME))
    stratum = strata_of(events, NOBODY, 300).of
    meetings = meetings_of(events, stratum, MEMBERS, np.int32([1]))
    assert meetings.member.tolist() == list(range(10))
    assert (meetings.n >= 19).all()
    assert (meetings.n <= events.n_events[:10]).all()
    assert (meetings.expected < meetings.n / 3).all()
    assert (MEMBERS[events.account[meetings.is_meeting]] == 0).all()


def test_what_chance_deals_meets_as_often_as_chance_expects():
    ratios = []
    for seed in range(247, 253):
        events = events_in(ordinary(seed, N, n_acts=20))
        meetings = meetings_of(events, strata_of(events, NOBODY, 300).of, MEMBERS, np.int32([2]))
        ratios.append(meetings.n.sum() / meetings.expected.sum())
    # Members' own acts are among those that the chance is read from, without themselves: a tenth, of ten members.
    assert 0.8 < np.mean(ratios) < 1.1


def test_a_picture_and_a_link_of_one_post_are_one_meeting():
    both = [one for trace in ("link", "image") for n in range(6) for one in act(trace, range(10), n, n * 90_000)]
    events = events_in(both + ordinary(253, N))
    meetings = meetings_of(events, strata_of(events, NOBODY, 300).of, MEMBERS, np.int32([0]))
    own = np.bincount(events.account[meetings.is_meeting], minlength=N)[:10]
    assert (own >= 12).all()
    assert (meetings.n <= own - 6).all()


def test_tempo_is_the_gap_to_the_nearest_member():
    rows = act("link", [0, 1, 50, 2], "page", [0, 30, 31, 100]) + act("link", [3, 60], "other", [0, 1])
    events = events_in(rows)
    tempo = tempo_of(events, MEMBERS)
    told = dict(zip(events.account.tolist(), tempo.tolist(), strict=True))
    assert [told[who] for who in (0, 1, 2)] == [30, 30, 70]
    assert np.isnan([told[who] for who in (3, 50, 60)]).all()
    assert np.isnan(tempo_of(events, NOBODY)).all()


def test_meetings_of_acts_timed_to_the_minute_are_told_in_windows_of_ten_minutes_and_more():
    rows = ordinary(254, N) + planted(254, range(10), gap=5.0, others=SOME)
    fine, coarse = events_in(rows), events_in(rows, coarse=range(N))
    assert fine.windows[pace_of(fine, MEMBERS, 1, seed=1).window[0]] == 60 * SECOND
    pace = pace_of(coarse, MEMBERS, 1, seed=1)
    assert pace.is_beyond[0]
    assert coarse.windows[pace.window[0]] >= 600 * SECOND
    meetings = meetings_of(coarse, strata_of(coarse, NOBODY, 300).of, MEMBERS, np.int32([0]))
    assert meetings.n.sum() == 0
    assert not meetings.is_meeting.any()
    tempo = tempo_of(coarse, MEMBERS)
    assert np.nanmin(tempo) >= 60  # of a minute no less is known

"""What is said of a group: meetings against chance, and tempo."""

import numpy as np

from ascendant.patterns.groups.chance import strata_of
from ascendant.patterns.groups.company import SECOND
from ascendant.patterns.groups.pace import pace_of
from ascendant.patterns.groups.said import meetings_of, tempo_of
from group_worlds import MEMBERS, NOBODY, SOME, N, act, events_in, ordinary, planted


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

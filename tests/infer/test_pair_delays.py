"""One pair beside strangers: the counts that anybody would make, and strangers who are strangers."""

import numpy as np
import pytest

from ascendant.infer.exposure import SILENT
from ascendant.infer.pair_delays import MOST_STRANGERS, WINDOW_HOURS, comparable, last_before, pair_delays
from infer_worlds import fitted, invented


@pytest.fixture(scope="module")
def study():
    times, known, frozen = fitted(invented(n_accounts=60, pull=0.5)[0])
    return times, known, frozen.community


def obvious(times, known, source, target):
    """Silent acts of the target since t0, by how soon they came after the last act of the source that was seen."""
    account = times.account
    mine = [h for h, k, a in zip(times.hours, times.kind, account, strict=True)
            if a == target and k == SILENT and h >= known.since]  # fmt: skip
    shown = [times.hours[act] for act in times.shown_act if account[act] == source]
    ago = [min((h - s for s in shown if s < h), default=np.inf) for h in mine]
    return len(mine), tuple(sum(one <= window for one in ago) for window in WINDOW_HOURS)


def test_counts_are_those_of_the_obvious_reading(study):
    times, known, community = study
    for place in np.flatnonzero(known.is_exposed)[::17]:
        source, target = int(known.source[place]), int(known.target[place])
        ids = times.account_id[source].as_py(), times.account_id[target].as_py()
        found = pair_delays(times, known, community, *ids)
        assert (found.n_acts, found.after_source) == obvious(times, known, source, target)
        others, _ = comparable(times, known, community, source, target)
        means = np.mean([obvious(times, known, int(other), target)[1] for other in others], axis=0)
        np.testing.assert_allclose(found.after_strangers, means)
        assert found.n_strangers == others.size <= MOST_STRANGERS


def test_strangers_were_never_read_and_act_about_as_often(study):
    times, known, community = study
    pairs = set(zip(known.target.tolist(), known.source.tolist(), strict=True))
    shown = np.diff(times.shown_first) + 1
    for place in np.flatnonzero(known.is_exposed)[::7]:
        source, target = int(known.source[place]), int(known.target[place])
        others, is_like = comparable(times, known, community, source, target)
        assert others.size >= 5
        assert not {source, target} & set(others.tolist())
        assert not any((target, int(other)) in pairs for other in others)
        assert np.all((shown[others] / shown[source] < 1.5) & (shown[others] / shown[source] > 1 / 1.5))
        assert not is_like or np.all(community[others] == community[source])


def test_who_is_read_is_followed_sooner_than_strangers_are(study):
    times, known, community = study
    real, chance = 0, 0.0
    for place in np.flatnonzero(known.is_exposed & (known.n_named_before > 0)):
        ids = (times.account_id[int(one[place])].as_py() for one in (known.source, known.target))
        found = pair_delays(times, known, community, *ids)
        real, chance = real + found.after_source[0], chance + found.after_strangers[0]
    assert real > 1.3 * chance


def test_where_nobody_is_comparable_nothing_is_said_of_chance():
    times, known, frozen = fitted(invented(n_accounts=5)[0])
    place = np.flatnonzero(known.is_exposed)[0]
    ids = (times.account_id[int(one[place])].as_py() for one in (known.source, known.target))
    found = pair_delays(times, known, frozen.community, *ids)
    assert found.after_strangers is None
    assert found.n_strangers == 0


def test_an_account_that_is_in_no_file_has_no_delays(study):
    assert pair_delays(*study, "nobody", "a1") is None
    act, ago = last_before(study[0], "nobody", np.array([3.0]))
    assert act.tolist() == [-1]
    assert np.isnan(ago).all()


def test_the_act_before_is_the_last_one_and_never_one_of_the_same_moment(study):
    times, _, _ = study
    shown = times.shown_act[times.shown_first[3] : times.shown_first[4]]
    at = times.hours[shown]
    act, ago = last_before(times, times.account_id[3].as_py(), np.append(at, at[-1] + 2.0))
    assert act[0] == -1
    assert np.all(times.hours[act[1:-1]] < at[1:])
    assert (act[-1], ago[-1]) == (shown[-1], pytest.approx(2.0))

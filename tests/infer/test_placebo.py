"""The second placebo: silent where one moves the other, loud where both do the same at the same time."""

import dataclasses

import numpy as np
import pytest

from ascendant.infer.doubt import strangers
from ascendant.infer.exposure import NAMED, exposures, timeline_of
from ascendant.infer.learning import communities_before
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.placebo import QUICK, Placebo, mutual, placebo, placebo_caveats, turned_round
from infer_worlds import invented, rows


def tried(table):
    times = timeline_of(table)
    known = exposures(times)
    community = communities_before(times, known, InfluenceOptions())
    return placebo(times, known, community, strangers(times, known, community))


def together(seed, n_pairs=20, days=30):
    """Pairs that act at the same hidden occasions, in either order; the second names the first now and then."""
    rng = np.random.default_rng(seed)
    acts = []
    for pair in range(n_pairs):
        for t in rng.uniform(0, 24 * days, 25):
            first = t + abs(rng.normal(0, 0.3))
            acts.append((first, f"v{pair:02}", None))
            acts.append((t + abs(rng.normal(0, 0.3)), f"u{pair:02}", None))
            if rng.random() < 0.3:
                acts.append((first + rng.exponential(0.3), f"u{pair:02}", f"v{pair:02}"))
    t, actor, author = zip(*acts, strict=True)
    return rows(list(t), list(actor), authors=list(author))


def test_where_accounts_move_each_other_the_placebo_is_silent():
    found = tried(invented(n_accounts=60)[0])
    assert found.before > found.after + 0.1
    assert found.is_silent
    assert placebo_caveats(found) == ()


def test_where_accounts_do_the_same_at_the_same_time_it_speaks():
    found = tried(together(1))
    assert not found.is_silent
    (caveat,) = placebo_caveats(found)
    assert "at the same time" in str(caveat)


def test_the_placebo_of_all_accounts_named_one_by_one_is_that_of_all():
    times = timeline_of(invented(n_accounts=20)[0])
    known = exposures(times)
    community = communities_before(times, known, InfluenceOptions())
    instead = strangers(times, known, community)
    effort = dataclasses.replace(QUICK, n_burn=5, n_kept=10)
    whole = placebo(times, known, community, instead, effort=effort)
    everyone = np.arange(times.n_accounts)
    assert placebo(times, known, community, instead, effort=effort, targets=everyone) == whole
    assert placebo(times, known, community, instead, effort=effort, targets=everyone[::2]).before != whole.before


def test_time_turned_twice_is_time_as_it_was():
    times = timeline_of(invented(n_accounts=20)[0])
    known = exposures(times)
    once, there = turned_round(times, known)
    twice, _ = turned_round(once, there)
    late = times.hours >= known.since
    np.testing.assert_allclose(twice.hours, times.hours[late], atol=1e-6)
    assert twice.act_id.to_pylist() == times.act_id.take(np.flatnonzero(late)).to_pylist()
    named = times.kind[late] == NAMED
    np.testing.assert_array_equal(twice.kind == NAMED, named)
    delay = (times.hours - times.item_hours)[late]
    np.testing.assert_allclose((twice.hours - twice.item_hours)[named], delay[named], atol=1e-6)
    of_once = dict(zip(once.act_id.to_pylist(), once.hours - once.item_hours, strict=True))
    for act, x in zip(twice.act_id.to_pylist(), delay, strict=True):
        assert of_once[act] == pytest.approx(x, nan_ok=True)


def test_pairs_that_read_each_other_are_told_from_those_that_do_not():
    table = rows([0.0, 1.0, 2.0, 99.0], ["a", "b", "c", "a"], authors=["b", "a", "a", None])
    known = exposures(timeline_of(table), since=50.0)
    both = mutual(known)
    assert list(zip(known.target[both], known.source[both], strict=True)) == [(0, 1), (1, 0)]


def test_where_nobody_can_be_judged_it_says_so():
    times = timeline_of(rows([0.0, 1.0, 2.0, 99.0], ["a", "b", "c", "a"]))
    known = exposures(times)
    found = placebo(times, known, np.zeros(times.n_accounts, np.int64), np.full(known.source.size, -1))
    assert np.isnan(found.after)
    assert "could not be tried" in str(placebo_caveats(found)[0])


def test_what_real_influence_leaks_is_allowed_for():
    loud = Placebo(before=0.2, after=0.08, strangers=0.0, leak=0.0, error=0.001, n_pairs=9, n_mutual=0)
    assert not loud.is_silent
    assert dataclasses.replace(loud, leak=0.3).is_silent

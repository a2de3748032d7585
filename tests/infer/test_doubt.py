"""Strangers who were never exposed, doses that are known, and intervals that hold the doubt about the model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.infer import doses
from ascendant.infer.attribution import Effort, attribute
from ascendant.infer.doses import calibrated, planted, some_targets
from ascendant.infer.doubt import matched, strangers, widened
from ascendant.infer.exposure import SILENT
from infer_worlds import fitted, invented


@pytest.fixture(scope="module")
def study():
    times, known, frozen = fitted(invented(n_accounts=60)[0])
    return times, known, frozen, strangers(times, known, frozen.community)


def test_a_stranger_was_never_named_by_the_target_and_is_not_the_target(study):
    _, known, _, instead = study
    pairs = set(zip(known.target.tolist(), known.source.tolist(), strict=True))
    for u, v, is_exposed, other in zip(known.target, known.source, known.is_exposed, instead, strict=True):
        if not is_exposed:
            assert other == v
        elif other >= 0:
            assert (int(u), int(other)) not in pairs
            assert other != u
    assert np.mean(instead[known.is_exposed] >= 0) > 0.9


def test_pairs_for_whom_nobody_is_comparable_are_not_inferred_and_it_is_said():
    times, known, frozen = fitted(invented(n_accounts=60)[0])
    few = fitted(invented(n_accounts=5)[0])
    match = matched(few[0], few[1], few[2].community)
    assert np.all(match.instead[few[1].is_exposed] == -1)
    assert not match.judged(few[1]).is_exposed.any()
    n = np.count_nonzero(few[1].is_exposed)
    (caveat,) = match.caveats(few[1])
    assert str(caveat).startswith(f"for {n} of {n} pairs")
    # Everybody in a community of one: strangers come from outside.
    alone = matched(times, known, np.arange(times.n_accounts))
    found = known.is_exposed & (alone.instead >= 0)
    assert found.any()
    assert np.all(alone.width[found] == 3)
    assert "any community" in str(alone.caveats(known)[-1])
    whole = matched(times, known, frozen.community)
    np.testing.assert_array_equal(whole.width < 0, whole.instead < 0)
    same_activity = np.diff(times.shown_first)
    near = known.is_exposed & (whole.instead >= 0)
    ratio = (same_activity[whole.instead[near]] + 1) / (same_activity[known.source[near]] + 1)
    assert np.all((ratio < 1.5) & (ratio > 1 / 1.5))


def test_a_dose_moves_so_many_silent_acts_and_leaves_all_others_where_they_were(study):
    times, known, frozen, instead = study
    instead = np.where(instead < 0, known.source, instead)
    changed, is_planted = planted(times, known, instead, frozen, 0.2, 3)
    n_silent = np.count_nonzero((times.kind == SILENT) & (times.hours >= known.since))
    assert is_planted.sum() == pytest.approx(0.2 * n_silent, rel=0.15)
    assert np.all(changed.kind[is_planted] == SILENT)
    assert sorted(changed.act_id.to_pylist()) == sorted(times.act_id.to_pylist())
    moment = dict(zip(times.act_id.to_pylist(), times.hours, strict=True))
    ids = changed.act_id.to_pylist()
    for place in np.flatnonzero(~is_planted):
        assert changed.hours[place] == moment[ids[place]]
    for u in range(times.n_accounts):
        assert np.all(np.diff(changed.hours[changed.first[u] : changed.first[u + 1]]) >= 0)
    assert np.all((changed.hours[is_planted] >= known.since) & (changed.hours[is_planted] < known.until))
    held = changed.item_act >= 0
    before = dict(zip(times.act_id.to_pylist(), times.item_act, strict=True))
    for place in np.flatnonzero(held):
        assert ids[changed.item_act[place]] == times.act_id[int(before[ids[place]])].as_py()


@given(st.floats(-0.1, 0.5), st.lists(st.floats(0.02, 0.2), min_size=1, max_size=4))
def test_the_curve_rises_and_reads_nothing_as_nothing(found, steps):
    given_doses = np.cumsum(np.full(len(steps), 0.1))
    seen = 0.01 + np.cumsum(steps)
    assert calibrated(0.01, 0.01, given_doses, seen) == pytest.approx(0.0, abs=1e-12)
    theta = calibrated(found, 0.01, given_doses, seen)
    assert calibrated(found + 0.01, 0.01, given_doses, seen) >= theta - 1e-12
    assert np.sign(theta) == np.sign(found - 0.01) or abs(found - 0.01) < 1e-9


@pytest.mark.parametrize("seen", [0.05, 0.055, 0.04])
def test_where_doses_are_hardly_found_there_is_no_estimate(seen):
    assert np.isnan(calibrated(0.06, 0.05, np.array([0.1]), np.array([seen])))


def test_widened_draws_keep_their_middle_and_stay_within_what_an_account_did():
    moved = np.random.default_rng(1).binomial(40, 0.3, (4000, 3))
    found = widened(moved, np.array([40, 40, 10]), own=0.5, level=0.2)
    assert np.all((found >= 0) & (found <= np.array([40, 40, 10])))
    assert np.median(found[:, 0]) == pytest.approx(np.median(moved[:, 0]), abs=1)
    assert found[:, 0].std() > 1.5 * moved[:, 0].std()
    assert not np.any(widened(np.zeros((50, 2), int), np.array([5, 0])))


def test_a_fixed_part_of_the_accounts_stands_for_large_studies_and_everybody_for_others(study, monkeypatch):
    times, known, _, _ = study
    assert some_targets(times, known) is None
    acting = np.unique(times.account[times.hours >= known.since])
    monkeypatch.setattr(doses, "MOST_ACTS", 1)
    tenth = some_targets(times, known)
    monkeypatch.setattr(doses, "MOST_ACTS", int(0.5 * np.count_nonzero(times.hours >= known.since)))
    half = some_targets(times, known)
    assert 0 < tenth.size < half.size < acting.size
    assert set(tenth) < set(half) < set(acting)  # the same accounts, whatever the share
    assert half.size == pytest.approx(0.5 * acting.size, abs=4 * np.sqrt(0.25 * acting.size))


def test_what_a_part_is_said_of_a_dose_is_what_it_is_said_when_all_are_looked_at(study, monkeypatch):
    times, known, frozen, instead = study
    instead = np.where(instead < 0, known.source, instead)
    changed, _ = planted(times, known, instead, frozen, 0.2, 3)
    monkeypatch.setattr(doses, "MOST_ACTS", 400)
    some, effort = some_targets(times, known), Effort(n_burn=5, n_kept=10, n_thin=0)
    whole = attribute(changed, known, frozen, effort, instead=instead)
    part = attribute(changed, known, frozen, effort, targets=some, instead=instead)
    np.testing.assert_array_equal(part.moved[:, :, some], whole.moved[:, :, some])

"""The rates that are called true are those to which counts settle when the same days are lived again."""

from dataclasses import replace

import numpy as np
import pytest

from ascendant.demo import columns as c
from ascendant.demo.links import is_act, is_named, named_author
from ascendant.demo.make import make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import draw_parameters

N_LIVES = 6


def counted(world):
    """Per account: acts, named, named by others, moved, moving; all in the days of the files."""
    acts, n, now = world.acts, world.people.n, world.is_in_window
    own, named = is_act(world) & now, is_named(world) & now
    moved = (acts.cause == c.INFLUENCE) & now
    author, mover = named_author(world), acts.actor[np.maximum(acts.parent, 0)]
    return np.array(
        [
            np.bincount(acts.actor[own], minlength=n),
            np.bincount(acts.actor[named], minlength=n),
            np.bincount(author[named], minlength=n),
            np.bincount(acts.actor[moved], minlength=n),
            np.bincount(mover[moved], minlength=n),
        ]
    )


def meant(world):
    e = world.expected
    shares = (e.named_share, e.named_rate, e.moved_share, e.moving_rate)
    return np.array([e.acts, *(share * e.acts for share in shares)])


@pytest.mark.parametrize("seed", [1, 3, 6])
def test_counts_of_many_lives_settle_to_the_expected_ones(seed):
    options = WorldOptions(accounts=1500, acts=45_000, seed=seed)
    lives = [make_world(options, replay=life) for life in range(N_LIVES)]
    seen = np.sum([counted(world) for world in lives], axis=0)
    wanted = np.sum([meant(world) for world in lives], axis=0)
    # Less than one in thirty is lost: what was set off before the world began, or comes after its end.
    np.testing.assert_allclose(seen.sum(axis=1), wanted.sum(axis=1), rtol=0.035)
    for kind in range(8):
        mine = lives[0].people.kind == kind
        expected = wanted[:, mine].sum(axis=1)
        # Counts come in cascades: their variance is several times their mean.
        assert np.all(np.abs(seen[:, mine].sum(axis=1) - expected) < 0.05 * expected + 12 * np.sqrt(expected + 1)), kind
    off = (seen - wanted) / np.sqrt(wanted + 1)
    assert np.all(np.abs(np.median(off, axis=1)) < 0.35)


def test_who_covers_everybody_sees_the_rates_of_the_whole_world():
    parameters = replace(draw_parameters(5), sampling_facebook=1.0)
    found = make_world(WorldOptions(accounts=300, acts=6000, seed=5), parameters).expected
    np.testing.assert_allclose(found.covered_share, found.named_share, rtol=1e-6)
    np.testing.assert_allclose(found.covered_rate, found.named_rate, rtol=1e-6)


def test_who_covers_a_part_of_facebook_sees_no_more_links_and_the_same_on_the_others():
    parameters = replace(draw_parameters(5), sampling_facebook=0.4)
    world = make_world(WorldOptions(accounts=300, acts=6000, seed=5), parameters)
    found, facebook = world.expected, world.people.on("facebook")
    assert np.all(found.covered_share <= found.named_share + 1e-9)
    assert np.all(found.covered_rate <= found.named_rate + 1e-9)
    assert found.covered_rate[facebook].sum() < 0.95 * found.named_rate[facebook].sum()
    np.testing.assert_allclose(found.covered_share[~facebook], found.named_share[~facebook], rtol=1e-6)


def test_influenced_shares_are_near_what_each_kind_was_meant_to_have():
    parameters = replace(draw_parameters(4), active_ties=0.9, follows=20.0, kind_blur=0.0)
    world = make_world(WorldOptions(accounts=3000, acts=60_000, seed=4), parameters)
    names = {5: "moved_target", 6: "moved_consumer", 7: "moved_relay"}
    for kind, name in names.items():
        mine = world.people.kind == kind
        assert world.expected.moved_share[mine].mean() == pytest.approx(getattr(parameters, name), abs=0.12)


def test_what_the_files_let_anybody_see_are_named_acts_and_silent_ones_over_ties_that_show():
    parameters = replace(draw_parameters(5), sampling_facebook=0.4, hidden_exposure=0.4)
    world = make_world(WorldOptions(accounts=300, acts=6000, seed=5), parameters)
    found, people, ties, covered = world.expected, world.people, world.ties, world.is_covered
    own, moving = np.zeros(people.n), np.zeros(people.n)
    for source, target, is_hidden, moved in zip(ties.source, ties.target, ties.is_hidden, found.moved, strict=True):
        if not is_hidden:
            silent = moved * people.unnamed_share[target]
            own[target] += silent * covered[source]
            moving[source] += silent * covered[target]
    some = np.maximum(found.acts, 1e-12)
    np.testing.assert_allclose(found.seen_share, found.covered_share + own / some, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.seen_rate, found.covered_rate + moving / some, rtol=1e-9, atol=1e-12)
    assert own.sum() > 10


def test_silent_acts_of_many_lives_settle_to_the_expected_ones():
    parameters = replace(draw_parameters(3), hidden_exposure=0.0, sampling_facebook=1.0)
    options = WorldOptions(accounts=1500, acts=45_000, seed=3)
    lives = [make_world(options, parameters, replay=life) for life in range(N_LIVES)]
    seen = sum(
        np.count_nonzero((one.acts.cause == c.INFLUENCE) & one.is_in_window & is_act(one) & ~is_named(one))
        for one in lives
    )
    shares = [(one.expected.seen_share - one.expected.named_share) * one.expected.acts for one in lives]
    unseen = sum(one.expected.moved[one.ties.is_hidden].sum() for one in lives)  # advertising: it never shows
    assert seen == pytest.approx(np.sum(shares) + unseen, rel=0.06)
    rates = [(one.expected.seen_rate - one.expected.named_rate) * one.expected.acts for one in lives]
    assert np.sum(rates) == pytest.approx(np.sum(shares))

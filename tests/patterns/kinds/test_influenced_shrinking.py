"""Shares shrunk to the study, and the weights that make chances of them."""

import tomllib
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from ascendant.patterns.kinds.roles import (
    FOR_RELAY,
    GIVEN,
    ROLES,
    Weights,
    chances,
    feature_names,
    learnt_weights,
    relay_names,
    scored,
)
from ascendant.patterns.kinds.shrinking import Shares, learn_shares, shrink

TEXTBOOK = Shares(1.0, 1.0, is_learnt=False)
EVERY_SET = [tuple(name for k, name in enumerate(GIVEN) if places >> k & 1) for places in range(8)]


def study(n, of):
    """Counts of forty accounts of all sorts, then those of the accounts asked about; one platform."""
    usual = np.linspace(1, 19, 40).astype(np.int64)
    n, of = np.append(usual, n).astype(np.int64), np.append(np.full(40, 20), of).astype(np.int64)
    return shrink(n, of, np.zeros(n.size, np.int64), TEXTBOOK)


@settings(deadline=None)
@for_any(st.integers(1, 12), st.integers(1, 12), st.integers(2, 6))
def test_more_acts_of_the_same_share_lead_further_from_the_study_the_same_way_and_make_it_surer(n, rest, times):
    found = study([n, n * times, 0], [n + rest, (n + rest) * times, 0])
    few, many, nothing = found.score[-3:]
    middle = nothing
    assert middle == pytest.approx(0, abs=1e-9)
    seen, usual = n / (n + rest), found.share[-1]
    assert abs(found.share[-3] - usual) <= abs(found.share[-2] - usual) <= abs(seen - usual) + 1e-9
    assert (found.share[-2] - usual) * (seen - usual) >= 0
    assert 0 == found.certainty[-1] < found.certainty[-3] < found.certainty[-2] < 1
    assert found.high[-2] - found.low[-2] < found.high[-3] - found.low[-3] < found.high[-1] - found.low[-1]
    if few * many > 0 and abs(seen - usual) > 0.2:
        assert abs(many) > abs(few)


def test_the_study_s_own_shares_are_found_again():
    rng = np.random.default_rng(5)
    of = rng.integers(5, 60, 4_000)
    n = rng.binomial(of, rng.beta(2.0, 6.0, of.size))
    found = learn_shares(n, of, TEXTBOOK)
    assert found.a / (found.a + found.b) == pytest.approx(0.25, abs=0.01)
    assert found.a + found.b == pytest.approx(8.0, rel=0.15)
    inside = shrink(n, of, np.zeros(of.size, np.int64), TEXTBOOK)
    assert np.mean((inside.low <= n / of) & (n / of <= inside.high)) > 0.85


def test_platforms_are_their_own_studies_where_they_have_the_accounts_for_it():
    n = np.array([2] * 60 + [18] * 60 + [10] * 3)
    platform = np.array([0] * 60 + [1] * 60 + [2] * 3)
    found = shrink(n, np.full(123, 20), platform, TEXTBOOK)
    medians = [found.study_median[platform == one][0] for one in range(3)]
    assert medians[0] < 0.2 < medians[2] < 0.8 < medians[1]


@settings(deadline=None)
@for_any(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=60), st.randoms(use_true_random=False))
def test_for_any_counts_in_any_order_shares_are_the_same_and_finite(pairs, random):
    shuffled = random.sample(range(len(pairs)), len(pairs))
    both = []
    for order in (range(len(pairs)), shuffled):
        n = np.array([pairs[k][0] for k in order], np.int64)
        of = n + np.array([pairs[k][1] for k in order], np.int64)
        both.append(shrink(n, of, n * 0, TEXTBOOK))
    for name in ("share", "low", "high", "score", "certainty"):
        one, other = (getattr(found, name) for found in both)
        assert np.isfinite(one).all()
        np.testing.assert_array_equal(one[shuffled] if len(pairs) else one, other)


@pytest.mark.parametrize("what", EVERY_SET, ids="+".join)
def test_there_are_weights_for_whatever_files_give(what):
    weights = learnt_weights(what)
    assert weights.by_role.shape == (len(feature_names(what)), len(ROLES))
    assert weights.temperature > 0
    assert 0 < weights.unseen_relay < 0.1
    assert ("fast" in scored(what)) == ("times" in what)
    assert bool(relay_names(what)) == ("groups" in what)
    by_name = dict(zip(feature_names(what), weights.by_role, strict=True))
    for name in relay_names(what):
        assert np.all(by_name[name][:2] == 0), f"{name} tells of relays alone"
    assert all(by_name[name][2] >= 0 for name in by_name.keys() & set(FOR_RELAY)), "more of it never speaks against one"
    assert by_name["bare"].argmax() == ROLES.index("consumer")
    read = tomllib.loads(files("ascendant.patterns.kinds").joinpath("influenced.toml").read_text(encoding="utf-8"))
    (row,) = (row for row in read["weights"] if tuple(row["given"]) == what)
    assert tuple(row["features"]) == feature_names(what)


@pytest.mark.parametrize("temperature", [0.0, -1.0])
def test_a_temperature_that_would_turn_chances_around_is_refused(temperature):
    with pytest.raises(ValueError, match="temperature"):
        Weights(np.ones((1, 3)), temperature, 0.02)


@settings(deadline=None)
@for_any(st.sampled_from(EVERY_SET), st.integers(0, 1000), st.floats(0.2, 5))
def test_chances_sum_to_one_and_a_relay_has_to_amplify_a_group(what, seed, temperature):
    rng = np.random.default_rng(seed)
    table = rng.normal(0, 3, (50, 4))
    amplifies = rng.random(50) < 0.5
    weights = Weights(rng.normal(0, 2, (4, 3)), temperature, 0.03)
    found = chances(table, amplifies, weights, what)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert np.all(found >= 0)
    assert np.all(found[~amplifies, 2] <= 0.03 + 1e-12)
    if "groups" not in what:
        assert np.all(found[:, 2] == 0.03)


def test_a_higher_temperature_brings_chances_nearer_to_each_other():
    table, amplifies = np.random.default_rng(3).normal(0, 2, (200, 5)), np.ones(200, bool)
    by_role = np.random.default_rng(4).normal(0, 1, (5, 3))
    cold, hot = (chances(table, amplifies, Weights(by_role, t, 0.03), ("groups",)).max(axis=1) for t in (1.0, 2.0))
    assert np.all(hot < cold)

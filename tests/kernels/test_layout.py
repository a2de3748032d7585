"""Accounts in their discs: the fast steps against the obvious ones, and the laws that hold for any ties."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels.layout import embed, spread, surround
from ascendant.kernels.settling import settle
from reference import layout as reference

SEEDS = st.integers(0, 10**6)


def invented(seed, sizes, ties_each=3):
    """Communities of these sizes with random ties inside; account places, tie ends, strengths and leanings."""
    rng = np.random.default_rng(seed)
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    community = np.repeat(np.arange(len(sizes)), sizes)
    pairs = {
        tuple(sorted(rng.integers(a, b, 2).tolist())) for a, b in pairwise(start) for _ in range(ties_each * (b - a))
    }
    ends = np.array(sorted(pair for pair in pairs if pair[0] != pair[1]), np.int64).reshape(-1, 2)
    lean = rng.normal(0, 0.3, (start[-1], 2)) * (rng.random((start[-1], 1)) < 0.2)
    return start, community, ends, rng.random(len(ends)), lean


@settings(deadline=None, max_examples=20)
@given(SEEDS, st.lists(st.integers(1, 12), min_size=1, max_size=3))
def test_accounts_are_embedded_as_the_obvious_version_does(seed, sizes):
    start, community, ends, strength, lean = invented(seed, sizes)
    # few turns: many would make a difference in the last digit as large as the disc
    x, y = embed(start, community, ends[:, 0], ends[:, 1], strength, lean[:, 0], lean[:, 1], 4)
    slow = reference.embed(start, ends[:, 0], ends[:, 1], strength, lean, 4)
    np.testing.assert_allclose(np.column_stack([x, y]), slow, atol=1e-6)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.lists(st.integers(1, 30), min_size=1, max_size=3))
def test_accounts_are_spread_as_the_obvious_version_does(seed, sizes):
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    rng = np.random.default_rng(seed)
    places, share = rng.normal(0, 5, (start[-1], 2)), rng.random(start[-1]) + 0.1
    x, y = places[:, 0].copy(), places[:, 1].copy()
    spread(start, x, y, share, 12)
    slow = [reference.spread(places[a:b], share[a:b], 12) for a, b in pairwise(start)]
    np.testing.assert_allclose(np.column_stack([x, y]), np.concatenate(slow), atol=2e-3)


def test_accounts_with_one_tie_surround_the_account_that_it_leads_to():
    rng = np.random.default_rng(2)
    x, y = rng.normal(0, 1, (2, 400))
    before = x[:100].copy()
    hub = np.where(np.arange(400) < 100, -1, np.arange(400) % 2)  # 150 around account 0, 150 around account 1
    surround(np.array([0, 400]), hub, x, y)
    np.testing.assert_array_equal(x[:100], before)  # nobody else moves
    for one in (0, 1):
        around = hub == one
        dx, dy = x[around] - x[one], y[around] - y[one]
        sector = np.bincount(((np.arctan2(dy, dx) / np.pi + 1) * 4).astype(int) % 8, minlength=8)
        assert sector.max() - sector.min() <= 3
        extent = np.hypot(dx, dy).max()
        assert np.mean(np.hypot(dx, dy) < extent / 2) == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize("law", ["heap", "line", "halves"])
def test_however_accounts_lay_they_fill_the_disc_evenly(law):
    rng = np.random.default_rng(1)
    places = {
        "heap": rng.pareto(1.0, (3000, 2)),
        "line": np.column_stack([np.arange(3000.0), rng.random(3000)]),
        "halves": rng.normal(0, 1, (3000, 2)) + 20 * (rng.random((3000, 1)) < 0.3),
    }[law]
    x, y = places[:, 0].copy(), places[:, 1].copy()
    spread(np.array([0, 3000]), x, y, np.ones(3000), 60)
    far = np.hypot(x, y)
    for part in (0.25, 0.5, 0.75):  # a circle that holds a part of the area holds that part of the accounts
        assert np.mean(far <= np.sqrt(part)) == pytest.approx(part, abs=0.05)
    sector = np.bincount(((np.arctan2(y, x) / np.pi + 1) * 4).astype(int) % 8, minlength=8)
    assert sector.max() < 1.35 * sector.min()


@settings(deadline=None, max_examples=25)
@given(SEEDS, st.integers(1, 150), st.floats(0.05, 0.35))
def test_dots_that_fit_come_to_lie_inside_and_on_no_other(seed, n, fullness):
    rng = np.random.default_rng(seed)
    radius = np.sort(rng.pareto(3.0, n) + 0.3)[::-1].copy()
    outer = max(np.sqrt(np.sum(radius**2) / fullness), 1.05 * radius[0])
    x, y = rng.normal(0, 0.3, (2, n))
    start, gap = np.array([0, n]), 0.02
    left = settle(start, x, y, radius, np.array([outer]), gap, 2000, 0.5 * gap)
    assert left[0] <= 0.5 * gap
    assert np.all(np.hypot(x, y) + radius <= outer - gap + 1e-9)
    assert reference.largest_overlap(np.column_stack([x, y]), radius) <= gap


def test_the_overlap_that_is_left_is_told():
    radius, outer = np.ones(3), np.array([1.5])  # three dots in the room of one
    x, y = np.array([0.1, 0.0, -0.1]), np.array([0.0, 0.1, 0.0])
    assert settle(np.array([0, 3]), x, y, radius, outer, 0.0, 50, 1e-6)[0] > 0.5


def test_a_hub_keeps_its_place_where_small_dots_give_way():
    radius = np.array([5.0, 0.5, 0.5])
    x, y = np.array([0.0, 0.1, -0.1]), np.zeros(3)
    settle(np.array([0, 3]), x, y, radius, np.array([10.0]), 0.0, 100, 1e-9)
    assert np.hypot(x[0], y[0]) < 0.2
    assert np.all(np.hypot(x[1:] - x[0], y[1:] - y[0]) >= 5.5 - 1e-6)

"""Discs: packed without overlap, as the obvious version packs them, and laid on tracks in their order."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels.packing import on_tracks, pack
from reference import packing as reference


def overlap(x, y, radius):
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    over = radius[:, None] + radius - apart
    np.fill_diagonal(over, -np.inf)
    return over.max(initial=-np.inf)


@st.composite
def discs(draw, most=14):
    n = draw(st.integers(1, most))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    radius = np.sort(rng.pareto(1.5, n) + 0.2)[::-1].copy()
    affinity = rng.random((n, n)) ** 4 * (rng.random((n, n)) < 0.5)
    return radius, affinity + affinity.T, rng.random(n) + 0.05


@settings(deadline=None, max_examples=30)
@given(discs())
def test_discs_are_packed_as_the_obvious_version_packs_them(given_discs):
    x, y = pack(*given_discs, 3)
    slow = reference.pack(*given_discs, 3)
    np.testing.assert_allclose(np.column_stack([x, y]), slow, atol=1e-5 * given_discs[0].sum())


@settings(deadline=None, max_examples=60)
@given(discs(most=40))
def test_no_two_packed_discs_overlap(given_discs):
    radius = given_discs[0]
    assert overlap(*pack(*given_discs, 6), radius) <= 1e-6 * radius[0]


def test_discs_that_belong_together_touch():
    affinity = np.zeros((6, 6))
    for one, other in ((0, 5), (1, 4), (2, 3)):
        affinity[one, other] = affinity[other, one] = 1.0
    x, y = pack(np.ones(6), affinity, np.full(6, 0.01), 6)
    for one, other in ((0, 5), (1, 4), (2, 3)):
        assert np.hypot(x[one] - x[other], y[one] - y[other]) < 2.000001


@settings(deadline=None)
@given(st.lists(st.floats(0.1, 30), max_size=60), st.sampled_from([0.0, 3.0, 200.0]))
def test_tracks_keep_the_middle_free_and_lay_no_disc_on_another(sizes, inner):
    radius = np.array(sorted(sizes, reverse=True))
    x, y = on_tracks(radius, inner)
    assert overlap(x, y, radius) <= 1e-6 * max([*sizes, 0.0])
    far = np.hypot(x, y)
    assert np.all(far - radius >= inner - 1e-9) or inner == 0
    assert np.all(np.diff(far.round(6)) >= 0)  # outward in their order


def test_a_track_that_is_full_is_spread_evenly_and_the_last_one_begins_at_the_top():
    x, y = on_tracks(np.ones(200), 20.0)
    first = np.isclose(np.hypot(x, y), 21.0)
    angle = np.unwrap(np.arctan2(x[first], y[first]))
    np.testing.assert_allclose(np.diff(angle), 2 * np.pi / first.sum(), rtol=1e-9)
    last = np.isclose(np.hypot(x, y), np.hypot(x, y).max())
    assert (x[last][0], y[last][0] > 0) == (0.0, True)


def test_nothing_is_packed_and_nothing_laid_out_without_discs():
    assert pack(np.empty(0), np.empty((0, 0)), np.empty(0), 3)[0].size == 0
    assert on_tracks(np.empty(0), 5.0)[0].size == 0

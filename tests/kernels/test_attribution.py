"""The sampler against every assignment of causes, and what must hold of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels.attribution import attribute
from reference.attribution import posterior

HYPER = np.array([2.0, 2.5, 0.7, 4.0, 0.6, 0.5, 2.0, 0.4, 1.5, 2.5])


def run(s, o, kind, h, follow, counts, silent, own, *, seed=1, n_kept=4000, key=7, z=None):
    """One target; `h[n][j]` as the twin has them."""
    h = np.asarray(h, float).reshape(len(s), len(follow))
    pair = [np.flatnonzero(row > 0) for row in h]
    first = np.append(0, np.cumsum([p.size for p in pair])).astype(np.int64)
    entry_pair = np.concatenate([*pair, np.zeros(0, int)]).astype(np.int32)
    entry_h = np.array([h[n, j] for n in range(len(s)) for j in pair[n]], np.float32)
    n, d = len(s), len(follow)
    if z is None:
        z = np.array([-1 if kind[i] == 0 else pair[i][0] for i in range(n)], np.int32)
    moved, thinned = np.zeros((n_kept, 1), np.int32), np.zeros((3, n), np.int32)
    p, p_entry, tally = np.zeros(n, np.float32), np.zeros(entry_pair.size, np.float32), np.zeros((1, 6))
    attribute(
        np.array([key]), np.array([0, n]), np.array([0, d]), np.asarray(s, float), np.asarray(o, float),
        np.asarray(kind, np.int8), first, entry_pair, entry_h, np.asarray(follow, float), np.asarray(counts, bool),
        np.array([float(silent)]), np.array([float(own)]), HYPER, seed, 200, n_kept, 3,
        np.ones(1, np.int64), z, np.array([5.0]), moved, p, p_entry, thinned, tally,
    )  # fmt: skip
    return moved[:, 0], p, p_entry, thinned


CASES = [
    ([1.0, 0.5, 2.0], [0.0, 1.5, 0.1], [0, 0, 0], [[0.8, 0.0], [0.3, 1.1], [0.0, 0.0]], [2.0, 3.0], [1, 1], 3.0, 2.0),
    ([1.0, 1.0, 1.0, 1.0], [0.2] * 4, [0, 1, 0, 1], [[0.8, 0], [0.3, 1.1], [2.0, 0.4], [0.5, 0]], [2.0, 1.0], [1, 1],
    4, 3),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_chances_are_those_of_going_through_every_assignment(case):
    chance, counts = posterior(*case, HYPER, np.geomspace(1e-3, 200, 400))
    draws = [run(*case, seed=seed) for seed in range(5)]
    found = np.mean([p for _, p, *_ in draws], axis=0)
    silent = np.array(case[2]) == 0
    np.testing.assert_allclose(found[silent], chance[silent], atol=0.012)  # 20,000 sweeps, a few of them alike
    held = np.bincount(np.concatenate([moved for moved, *_ in draws]), minlength=counts.size) / 20_000
    np.testing.assert_allclose(held, counts, atol=0.015)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 8), st.integers(0, 4), st.integers(0, 10**6))
def test_every_act_has_one_cause_that_was_possible(n, d, seed):
    rng = np.random.default_rng(seed)
    kind = (rng.random(n) < 0.3).astype(int) if d else np.zeros(n, int)
    h = rng.exponential(1, (n, d)) * (rng.random((n, d)) < 0.5)
    for i in np.flatnonzero(kind):
        h[i, rng.integers(d)] = 1.0
    moved, p, p_entry, thinned = run(
        np.ones(n), np.zeros(n), kind, h, rng.exponential(3, d), np.ones(d), n, 1.0, seed=seed, n_kept=20
    )
    assert np.all((moved >= 0) & (moved <= (kind == 0).sum()))
    assert np.all((p >= -1e-6) & (p <= 1 + 1e-5))
    assert p_entry.sum() == pytest.approx(p.sum(), abs=1e-4)
    for z in thinned:
        assert not np.any(z == -2)  # no own burst without an own act before
        for i in range(n):
            assert z[i] == -1 if not h[i].any() else z[i] < d
            assert z[i] < 0 or h[i, z[i]] > 0


def test_the_same_key_gives_the_same_draws_and_another_key_others():
    one, again, other = (run(*CASES[0], n_kept=50, key=key)[0] for key in (7, 7, 8))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)

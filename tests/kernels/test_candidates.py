"""Candidate lists against the plain sum over all earlier acts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels import candidates
from reference import attribution as twin

EDGE = np.append(0.0, np.geomspace(0.1, 10.0, 6))
DENSITY = np.array([2.0, 1.0, 0.5, 0.2, 0.1, 0.05])
DENSITY /= (DENSITY * np.diff(EDGE)).sum()


def invented(seed, n_accounts=4, n_acts=30):
    rng = np.random.default_rng(seed)
    account = np.sort(rng.integers(0, n_accounts, n_acts))
    hours = np.round(rng.uniform(0, 20, n_acts), 1)  # some at the same moment
    hours = hours[np.lexsort((hours, account))]
    return account, hours, np.searchsorted(account, np.arange(n_accounts + 1)), rng


def in_rows(shows, tells):
    """Links of acts, and lifts of those that say something, as the kernels take them."""

    def first(rows):
        return np.append(0, np.cumsum([len(row) for row in rows])).astype(np.int64)

    def numbers(rows):
        return np.array([link for row in rows for link in sorted(row)], np.int32)

    lift = np.array([row[link] for row in tells for link in sorted(row)], np.float32)
    return first(shows), numbers(shows), first(tells), numbers(tells), lift


@given(st.floats(0, 12, allow_nan=False))
def test_the_law_of_delays_is_looked_up_in_the_right_bin(x):
    assert candidates.density_at(x, EDGE, DENSITY) == twin.density_at(x, EDGE, DENSITY)
    assert candidates.reached_by(x, EDGE, DENSITY) == pytest.approx(twin.reached_by(x, EDGE, DENSITY), abs=1e-12)


@pytest.mark.parametrize("edge", EDGE[1:])
def test_an_edge_belongs_to_the_bin_that_it_opens(edge):
    for x in (edge, np.nextafter(edge, 0), np.nextafter(edge, np.inf)):
        assert candidates.density_at(x, EDGE, DENSITY) == twin.density_at(x, EDGE, DENSITY)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.sampled_from([1, 2, 32]), st.sampled_from([2, 100]))
def test_candidates_are_the_sources_that_acted_within_the_horizon_the_densest_first(seed, most, deep):
    """Each act of a source counts by its delay and by what its links say."""
    account, hours, first, rng = invented(seed)
    n = first.size - 1
    shown = np.flatnonzero(rng.random(hours.size) < 0.8)
    shown_first = np.searchsorted(shown, first)
    target = np.arange(n)
    act = np.arange(hours.size)
    source = np.concatenate([np.setdiff1d(np.arange(n), [u]) for u in target])
    pair_first = (n - 1) * np.arange(n + 1)
    is_exposed = rng.random(source.size) < 0.7
    speed = rng.uniform(0.5, 2.0, n)
    none = np.full(hours.size, -1)
    shows = [set(rng.choice(4, rng.integers(0, 3), replace=False).tolist()) for _ in hours]
    tells = [{link: float(np.float32(rng.uniform(0, 50))) for link in links if rng.random() < 0.7} for links in shows]
    alike, copied = rng.uniform(0, 0.2, n), rng.choice([0.0, 0.4]) * (deep == 100)
    entry_first, pair, h, behind = candidates.recent_sources(
        target, first, act, np.zeros(hours.size, np.int8), hours, pair_first, source, is_exposed, shown_first,
        hours[shown], shown, *in_rows(shows, tells), alike, copied, speed,
        none, none, none, np.full(hours.size, np.nan), np.zeros(1, np.int64),
        np.zeros(0, np.int32), np.zeros(0, np.int64), EDGE, DENSITY, most, deep,
    )  # fmt: skip
    for i in act:
        u = account[i]
        wanted = {}
        for j in range(pair_first[u], pair_first[u + 1]):
            of_source = [k for k in shown if account[k] == source[j]]
            ratios = [twin.link_ratio(tells[i], shows[k], alike[source[j]], copied) for k in of_source]
            density = twin.recent_density(hours[i], hours[of_source], speed[u], EDGE, DENSITY, ratios)
            if is_exposed[j] and density > 0:
                wanted[j - pair_first[u]] = density
        found = dict(
            zip(pair[entry_first[i] : entry_first[i + 1]], h[entry_first[i] : entry_first[i + 1]], strict=True)
        )
        assert len(found) == min(most, len(wanted))
        assert sorted(found.values()) == pytest.approx(
            sorted(wanted.values())[-len(found) :] if found else [], rel=1e-5
        )
        for j, density in found.items():
            assert density == pytest.approx(wanted[j], rel=1e-5)
    assert np.all(behind == -1)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.sampled_from([1, 3, 100]))
def test_own_earlier_acts_count_whether_one_by_one_or_in_bins(seed, deep):
    account, hours, first, rng = invented(seed)
    hours = hours + rng.uniform(0, 0.01) * np.arange(hours.size)  # none at the edge of a bin, where rounding decides
    act = np.arange(hours.size)
    found = candidates.own_bursts(np.arange(4), first, act, first, hours, EDGE, DENSITY, deep)
    for i in act:
        earlier = hours[(account == account[i]) & (act < i)]
        assert found[i] == pytest.approx(twin.recent_density(hours[i], earlier, 1.0, EDGE, DENSITY), abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6), st.floats(0.3, 3.0))
def test_what_follows_an_act_is_the_part_of_its_delays_that_falls_into_the_time_asked(seed, speed):
    account, hours, first, _ = invented(seed)
    found = candidates.follow_up(np.arange(4), np.full(4, speed), first, hours, 6.0, 15.0, EDGE, DENSITY)
    for u in range(4):
        wanted = twin.follow_up(hours[account == u], speed, 6.0, 15.0, EDGE, DENSITY)
        assert found[u] == pytest.approx(wanted, abs=1e-9)
        assert found[u] >= 0


def test_the_candidates_of_a_named_act_are_its_author_and_known_sources_that_passed_the_item_on_before():
    # Account 0 passes on an item of account 1 at hour 5; accounts 2 and 3 passed it on at 3 and 4; 3 is not known.
    hours = np.array([5.0, 1.0, 3.0, 4.0])
    first = np.arange(5)
    entry_first, pair, h, behind = candidates.recent_sources(
        np.array([0]), np.array([0, 1]), np.array([0]), np.ones(1, np.int8), hours, np.array([0, 3]),
        np.array([1, 2, 3]), np.array([True, True, False]), first, hours, np.arange(4), *in_rows([()] * 4, [{}] * 4),
        np.zeros(4), 0.0, np.ones(1), np.array([0]), np.array([0]),
        np.array([1]), np.array([1.0]), np.array([0, 3]), np.array([2, 3, 0], np.int32), np.array([2, 3, 0]), EDGE,
        DENSITY, 32, 100,
    )  # fmt: skip
    assert entry_first.tolist() == [0, 2]
    assert pair.tolist() == [0, 1]
    assert behind.tolist() == [1, 2]
    assert h == pytest.approx([twin.density_at(4.0, EDGE, DENSITY), twin.density_at(2.0, EDGE, DENSITY)], rel=1e-5)

"""What links say of who moved an act, against the plain sums."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.kernels import later, links
from kernels.test_candidates import DENSITY, EDGE, in_rows, invented
from reference import attribution as twin

sets_of_links = st.sets(st.integers(0, 5), max_size=4)


@given(st.dictionaries(st.integers(0, 5), st.integers(1, 1000), max_size=4), sets_of_links,
       st.sampled_from([0.0, 0.01, 0.5]), st.sampled_from([0.0, 0.3, 0.9]))  # fmt: skip
def test_the_ratio_is_the_plain_sum_over_shared_links(own, shown, alike, copied):
    found = links.link_ratio(0, 1, *in_rows([(), shown], [own, {}]), alike, copied)
    assert found == pytest.approx(twin.link_ratio(own, shown, alike, copied), rel=1e-6)
    if not own or not shown or copied == 0.0:
        assert found == 1.0


@given(st.lists(st.integers(1, 100), min_size=1, max_size=6), sets_of_links, st.sampled_from([0.2, 0.9]))
def test_over_links_that_come_by_chance_the_ratio_is_one_on_average(weights, shown, copied):
    chance = np.array(weights) / sum(weights)
    shown = {link for link in shown if link < len(weights)}
    ratio = [links.link_ratio(0, 1, *in_rows([(), shown], [{link: 1 / p}, {}]), 0.0, copied)
             for link, p in enumerate(chance)]  # fmt: skip
    assert chance @ ratio == pytest.approx(1.0, rel=1e-5)


def test_of_moved_acts_those_that_took_the_link_are_counted_where_both_carry_one():
    shows = [{1}, {1, 2}, {3}, set()]
    arrays = in_rows(shows, [{1: 80.0}, {1: 4.0}, {3: 5.0}, {}])
    act, parent, mover = np.array([0, 0, 0, 3]), np.array([1, 2, 3, 1]), np.array([0, 1, 1, 0])
    taken, able = links.copies(act, parent, mover, *arrays, np.array([0.1, 0.0]), 0.5)
    lift = 80 / (1 + 0.1 * 80) / 2  # one of two links
    assert able == 2
    assert taken == pytest.approx(lift / (1 + lift))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6))
def test_what_later_acts_of_sources_share_is_the_plain_sum_over_pairs_of_acts(seed):
    account, hours, first, rng = invented(seed)
    n = first.size - 1
    shown = np.flatnonzero(rng.random(hours.size) < 0.8)
    source = np.concatenate([np.setdiff1d(np.arange(n), [u]) for u in range(n)])
    is_asked, speed, group = rng.random(source.size) < 0.7, rng.uniform(0.5, 2.0, n), np.arange(n) % 2
    shows = [set(rng.choice(4, rng.integers(0, 3), replace=False).tolist()) for _ in hours]
    tells = [{link: 2.0 ** rng.integers(1, 9) for link in links if rng.random() < 0.7} for links in shows]
    shared, others, n_pairs = np.zeros((2, 12)), np.zeros(2), np.zeros(2, np.int64)
    later.later_shares(
        np.arange(n), first, np.arange(hours.size), hours, (n - 1) * np.arange(n + 1), source, is_asked, group,
        np.searchsorted(shown, first), hours[shown], shown, *in_rows(shows, tells), speed, EDGE, DENSITY, 100, shared,
        others, n_pairs,
    )  # fmt: skip
    wanted, wanted_others, wanted_pairs = np.zeros((2, 12)), np.zeros(2), np.zeros(2, np.int64)
    for i in range(hours.size):
        u = account[i]
        for j in range((n - 1) * u, (n - 1) * (u + 1)):
            for k in shown[account[shown] == source[j]]:
                x = (hours[k] - hours[i]) / speed[u]
                if not is_asked[j] or not tells[i] or not shows[k] or x <= 0 or x >= EDGE[-1]:
                    continue
                lift = sum(tells[i].get(link, 0.0) for link in shows[k]) / len(shows[k])
                g = source[j] % 2
                wanted_pairs[g] += 1
                if lift > 0:
                    wanted[g, int(np.log2(lift))] += twin.density_at(x, EDGE, DENSITY)
                else:
                    wanted_others[g] += twin.density_at(x, EDGE, DENSITY)
    np.testing.assert_allclose(shared, wanted, atol=1e-12)
    np.testing.assert_allclose(others, wanted_others, atol=1e-12)
    np.testing.assert_array_equal(n_pairs, wanted_pairs)

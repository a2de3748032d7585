"""Relays are moved by their group beyond those who merely read it, by what the world's parameters say."""

from dataclasses import replace

import numpy as np
import pytest

from ascendant.demo.loyalty import is_from_own_group, loyal
from ascendant.demo.options import WorldOptions
from ascendant.demo.people import TARGET, make_people
from ascendant.demo.prior import draw_parameters


def shares(seed, **changes):
    """Of the relays, and of the readers of the same community, the share of their group; some have one or no source."""
    parameters = replace(draw_parameters(seed), **changes)
    random = np.random.default_rng(seed)
    people = make_people(WorldOptions(accounts=800, acts=8000, seed=seed), parameters, random)
    keys = np.unique(random.integers(0, people.n**2, 40 * people.n))
    source, target = keys // people.n, keys % people.n
    exposing, weight = random.gamma(1.0, size=people.n), random.gamma(1.0, size=source.size)
    found = loyal(weight, source, target, people, parameters, exposing)
    arriving = found * exposing[source]
    total = np.bincount(target, arriving, people.n)
    of_relays, of_readers = [], []
    for group in range(people.n_groups):
        of_group = np.bincount(target, arriving * (people.group[source] == group), people.n)
        share = of_group / np.maximum(total, 1e-12)
        one = np.flatnonzero(people.group == group)[0]
        near = (people.community == people.community[one]) & (people.platform == people.platform[one])
        readers = near & (people.kind >= TARGET) & (people.relays_for < 0) & (of_group > 0)
        relays = (people.relays_for == group) & (of_group > 0) & (of_group < total)
        mean = share[readers].mean() if readers.any() else 0.0
        of_relays += share[relays].tolist()
        of_readers += [mean] * int(relays.sum())
    return np.array(of_relays), np.array(of_readers), (weight, found, source, target, people)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("loyalty", [0.0, 0.3, 0.8])
def test_a_relay_takes_the_share_that_is_said_of_what_else_moves_the_readers(seed, loyalty):
    relays, readers, _ = shares(seed, relay_loyalty=loyalty)
    assert relays.size > 3
    np.testing.assert_allclose(relays, readers + loyalty * (1 - readers), rtol=1e-9)


def test_only_ties_of_groups_change_and_readers_are_moved_less_by_them():
    *_, (weight, found, source, target, people) = shares(1, readers_reserve=4.0)
    own = is_from_own_group(source, target, people)
    read = (people.group[source] >= 0) & (people.kind[target] >= TARGET) & ~own
    assert np.array_equal(found[~own & ~read], weight[~own & ~read])
    np.testing.assert_allclose(found[read], weight[read] / 4.0)

import numpy as np
import pytest

from ascendant.demo.make import make_world
from ascendant.demo.options import WorldOptions


@pytest.mark.parametrize("platforms", ["x", "facebook", "x,facebook,linkedin"])
@pytest.mark.parametrize("accounts", [40, 400])
def test_the_four_that_the_documentation_follows_live_in_every_world(accounts, platforms):
    world = make_world(WorldOptions(accounts=accounts, acts=10 * accounts, seed=accounts, platforms=platforms))
    assert {"Montclar Eaux", "Inès Valbon", "Rivières Libres", "Keep Our Mills"} <= set(world.names.name)


def test_handles_are_given_once_on_a_platform_and_fit_into_it(world):
    pairs = [
        (int(place), handle.lower()) for place, handle in zip(world.people.platform, world.names.handle, strict=True)
    ]
    assert len(set(pairs)) == len(pairs)
    assert all(3 <= len(handle) <= 15 and handle.isascii() for handle in world.names.handle)


def test_organisations_are_known_to_many_and_ordinary_persons_to_few(world):
    organisation = np.array([bool(domain) for domain in world.names.domain])
    assert world.followers[organisation].min() >= 5000
    assert world.followers[~organisation].max() < 5000
    assert 0.01 < organisation.mean() < 0.2


def test_the_accounts_of_a_person_bear_one_name(world):
    names = {}
    for person, name in zip(world.people.person.tolist(), world.names.name, strict=True):
        assert names.setdefault(person, name) == name

"""Worlds that several tests look at; nobody changes them."""

from pathlib import Path

import pytest

from ascendant.demo.make import make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.world import write_files


@pytest.fixture(scope="session")
def world():
    return make_world(WorldOptions(accounts=600, acts=18_000, seed=12))


@pytest.fixture(scope="session")
def written(world, tmp_path_factory):
    return write_files(tmp_path_factory.mktemp("world"), world)


@pytest.fixture
def research() -> Path:
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "research"
    if not folder.is_dir():
        pytest.skip("the real structures (shared/data/research) are not beside the checkout")
    return folder

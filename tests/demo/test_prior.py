import math
import re
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import DRAWN, NULLS, WorldParameters, draw_parameters, null_world

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "world.md"


def test_every_parameter_stays_in_its_range_and_uses_all_of_it():
    drawn = [draw_parameters(seed) for seed in range(300)]
    for one in DRAWN:
        values = [getattr(parameters, one.name) for parameters in drawn]
        if "words" in one.metadata:
            assert set(values) == set(one.metadata["words"])
            continue
        low, high = one.metadata["low"], one.metadata["high"]
        is_log = one.metadata["law"] == "log-uniform"
        place = np.array([_place(value, low, high, is_log) for value in values])
        assert 0 <= place.min() < 0.05, one.name
        assert 0.95 < place.max() <= 1, one.name
        assert abs(place.mean() - 0.5) < 0.07, one.name  # four standard errors


def _place(value, low, high, is_log):
    if is_log:
        return (math.log(value) - math.log(low)) / (math.log(high) - math.log(low))
    return (value - low) / (high - low)


def test_parameters_have_nothing_to_do_with_each_other():
    numbers = [one.name for one in DRAWN if "words" not in one.metadata]
    drawn = np.array([[vars(parameters)[name] for name in numbers] for parameters in map(draw_parameters, range(400))])
    apart = np.corrcoef(np.argsort(np.argsort(drawn, axis=0), axis=0).T) - np.eye(len(numbers))
    assert np.abs(apart).max() < 0.25  # of 1,000 pairs, the largest chance value is about .18


def test_the_page_about_the_world_lists_each_parameter_with_its_range_law_and_reason():
    rows = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \|", line):
            rows[found[1]] = found.groups()[1:]
    assert rows.keys() == {one.name for one in DRAWN}
    for one in DRAWN:
        facts = one.metadata
        shown = ", ".join(facts["words"]) if "words" in facts else f"{facts['low']:g} – {facts['high']:g}"
        assert rows[one.name] == (shown, facts["law"], facts["why"]), one.name


def test_what_is_not_drawn_is_only_the_dose():
    assert {one.name for one in fields(WorldParameters)} - {one.name for one in DRAWN} == {"influence"}


@pytest.mark.parametrize("name", NULLS)
def test_in_a_null_world_nobody_moves_anybody_and_one_likeness_is_left(name):
    from ascendant.demo.columns import CAUSES
    from ascendant.demo.make import make_world

    parameters = null_world(draw_parameters(21), name)
    world = make_world(WorldOptions(accounts=400, acts=8000, seed=21), parameters)
    causes = {CAUSES[cause] for cause in np.unique(world.acts.cause)}
    assert not causes & {"influence", "controller", "crosspost"}
    assert ("news" in causes) == (name == "news")
    assert ("friend" in causes) == (name == "friends")
    assert ("outing" in causes) == (name == "friends")
    flat = world.parameters.rhythm_strength == 0
    assert flat == (name != "rhythm")
    assert np.all(world.expected.moved_share == 0)
    assert np.all(world.expected.moving_rate == 0)

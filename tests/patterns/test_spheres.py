"""Spheres: reach, home, and precision that is not had from one listener."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.infer.communities import COMMUNITIES
from ascendant.patterns.spheres import SPHERES, find_spheres

TIE = pa.schema([("source_id", pa.string()), ("target_id", pa.string()), ("n_moved", pa.int64())])


def spheres(rows, community_of):
    columns = list(zip(*rows, strict=True)) if rows else [[], [], []]
    size = {c: list(community_of.values()).count(c) for c in community_of.values()}
    names = sorted(community_of)
    communities = pa.table(
        [names, [community_of[name] for name in names], [size[community_of[name]] for name in names]],
        schema=COMMUNITIES,
    )
    return find_spheres(pa.table(columns, schema=TIE), communities)


# Ten communities of a hundred accounts; the sources are among them.
PEOPLE = {f"x:{number:04}": number // 100 for number in range(1000)}
NAMES = list(PEOPLE)


def test_who_moves_one_community_is_precise_and_who_moves_all_is_wide():
    rows = [("x:0000", name, 2) for name in NAMES[1:60]]
    rows += [("x:0500", name, 1) for name in NAMES[::10] if name != "x:0500"]
    precise, wide = spheres(rows, PEOPLE).to_pylist()
    assert (precise["reach"], precise["n_moved_by_it"], precise["home_community"]) == (59, 118, 0)
    assert precise["sphere"] == "precise"
    assert precise["precision_low"] > 0.9
    assert wide["sphere"] == "wide"
    assert wide["precision_high"] < 0.15


def test_one_listener_is_not_precision():
    sphere = spheres([("x:0000", "x:0001", 50)], PEOPLE).to_pylist()[0]
    assert abs(sphere["precision"] - 1 / 3) < 1e-9
    assert sphere["sphere"] == "open"


def test_where_there_is_one_community_nothing_can_be_precise():
    sphere = spheres([("x:a", "x:b", 1), ("x:a", "x:c", 1)], {"x:a": 0, "x:b": 0, "x:c": 0}).to_pylist()[0]
    assert (sphere["precision"], sphere["precision_low"], sphere["precision_high"]) == (0, 0, 1)


def test_conversation_alone_makes_no_sphere():
    found = spheres([("x:0000", "x:0001", 0)], PEOPLE)
    assert found.num_rows == 0
    assert found.schema.equals(SPHERES)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES[::90]), st.sampled_from(NAMES[::45]), st.integers(0, 3)),
        unique_by=lambda row: row[:2],
        max_size=60,
    ),
    st.randoms(use_true_random=False),
)
def test_precision_is_bounded_and_the_order_of_ties_changes_nothing(rows, random):
    found = spheres(rows, PEOPLE)
    assert found.equals(spheres(random.sample(rows, len(rows)), PEOPLE))
    low, middle, high = (found[name].to_numpy() for name in ("precision_low", "precision", "precision_high"))
    assert np.all((low >= 0) & (low <= middle) & (middle <= high) & (high <= 1))
    assert found["reach"].to_pylist() == [
        sum(row[0] == name and row[2] > 0 for row in rows) for name in found["account_id"].to_pylist()
    ]

"""Currents between communities: counted as one counts by hand, and drawn from where they come to where they lead."""

import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.report.map_currents import Band, Current, Currents, band_width, drawn, find_currents
from ascendant.report.map_places import Disc
from reference.currents import currents as reference

COMMUNITY = {"a": 0, "b": 0, "c": 1, "d": 1, "e": 2, "f": 2}
rows = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.integers(0, 9)), max_size=20,
    unique_by=lambda row: row[:2],
)  # fmt: skip


def tables(ties):
    columns = list(zip(*ties, strict=True)) or [(), (), ()]
    kinds = {"source_id": pa.string(), "target_id": pa.string(), "n_moved": pa.int64()}
    table = pa.table([pa.array(c, k) for c, k in zip(columns, kinds.values(), strict=True)], names=list(kinds))
    accounts = pa.table({"account_id": list(COMMUNITY), "community": pa.array(COMMUNITY.values(), pa.int32())})
    return table, accounts


@given(rows)
def test_currents_are_what_one_counts_tie_by_tie(ties):
    found = find_currents(*tables(ties), told={0, 1, 2})
    expected, n_moved, n_inside = reference(ties, COMMUNITY)
    assert [((one.source, one.target), one.n_moved, one.n_sources, one.n_for_half) for one in found.between] == expected
    assert (found.n_moved, found.n_inside) == (n_moved, n_inside)


@given(rows)
def test_of_a_community_too_small_nothing_is_told_but_its_acts_count(ties):
    found = find_currents(*tables(ties), told={0, 1})
    assert all({one.source, one.target} <= {0, 1} for one in found.between)
    assert found.n_moved == sum(n for _, _, n in ties)


def currents(*counts):
    return Currents(tuple(Current(0, 1, n, 1, 1) for n in counts), 100, 10)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((), False),
        ((2,), False),
        ((3,), True),
        ((40, 39), False),
        ((60, 39), True),
        ((5, 3), False),
        ((900, 870), False),
    ],
)
def test_a_current_stands_out_when_chance_would_not_make_two_equal_ones_so_different(counts, expected):
    assert currents(*counts).stands_out is expected


def test_equal_currents_seldom_stand_out():
    rng = np.random.default_rng(0)
    counts = rng.poisson(60, (4000, 2))
    said = np.mean([currents(*sorted(pair, reverse=True)).stands_out for pair in counts.tolist()])
    assert said < 0.12  # one of ten, whichever of the two is the stronger


def test_only_strong_currents_get_a_band():
    assert [one.n_moved for one in drawn(currents(9, 5, 3, 2, 1))] == [9, 5, 3]
    assert len(drawn(currents(*range(40, 0, -1)))) == 8


places = st.floats(-300, 300)


@given(places, places, places, places, st.floats(1, 80), st.floats(1, 80), st.floats(2.5, 13))
def test_a_band_leads_from_disc_to_disc_and_narrows(x, y, to_x, to_y, one, other, width):
    source, target = Disc(0, x, y, one, 10, False), Disc(1, to_x, to_y, other, 10, False)
    line = Band(source, target, width).middle_line()
    (first_x, first_y, start), (last_x, last_y, end) = line[0], line[-1]
    assert np.hypot(first_x - x, first_y - y) <= one
    assert np.hypot(last_x - to_x, last_y - to_y) <= other
    assert (start, end) == (pytest.approx(width / 2), pytest.approx(0.5))
    halves = [half for _, _, half in line]
    assert halves == sorted(halves, reverse=True)
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", Band(source, target, width).path())]
    assert np.all(np.isfinite(numbers))


def test_the_two_ways_between_two_discs_are_two_bands():
    one, other = Disc(0, 0, 0, 20, 10, False), Disc(1, 100, 0, 20, 10, False)
    there, back = Band(one, other, 8).middle_line(), Band(other, one, 8).middle_line()
    assert there[8][1] == pytest.approx(-back[8][1])
    assert there[8][1] < -5  # to the left of its way


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_the_width_of_a_band_is_in_proportion_but_never_lost(n, most):
    n = min(n, most)
    assert band_width(n, most) == max(2.5, 13 * n / most)

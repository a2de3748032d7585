"""Many points: every one of them is drawn once, as a dot or inside a square."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ascendant.report.charts.crowd import MOST_DOTS, crowd, squares

FRAME = (40.0, 0.0, 700.0, 300.0)


@given(st.lists(st.tuples(st.floats(40, 700), st.floats(0, 300)), min_size=1, max_size=200))
def test_squares_hold_every_point_where_it_stands(points):
    x, y = np.array(points).T
    found = squares(x, y, frame=FRAME)
    assert sum(one["n"] for one in found) == len(points)
    for one in found:
        assert FRAME[0] <= one["x"] < one["x2"] <= FRAME[2]
        assert FRAME[1] <= one["y"] < one["y2"] <= FRAME[3]
    for a, b in points:
        assert any(one["x"] - 1 <= a <= one["x2"] + 1 and one["y"] - 1 <= b <= one["y2"] + 1 for one in found)


def test_few_points_are_dots_and_many_are_squares():
    random = np.random.default_rng(1)

    def drawn(n):
        return crowd(random.uniform(40, 700, n), random.uniform(0, 300, n), frame=FRAME).to_dict()

    def rows(spec):
        return spec["data"]["values"]

    few, many = drawn(MOST_DOTS), drawn(MOST_DOTS * 40)
    assert few["mark"]["type"] == "circle"
    assert many["mark"]["type"] == "rect"
    assert sum(row["n"] for row in rows(few)) == MOST_DOTS
    assert sum(row["n"] for row in rows(many)) == MOST_DOTS * 40
    assert len(rows(many)) <= 60 * 28

"""Labels: inside the frame, never over each other, never over what is taken, the first ones first."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ascendant.report.charts.font import width_of
from ascendant.report.charts.labels import Box, placed

FRAME = Box(0, 0, 400, 300)
POINTS = st.lists(
    st.tuples(st.floats(0, 400), st.floats(0, 300), st.text("abcdef ", min_size=1, max_size=20)), max_size=14
)


def box(label, size=12):
    width = width_of(label.words, size)
    left = label.x - {"left": 0, "right": width, "center": width / 2}[label.align]
    return Box(left, label.y - size * 0.6, left + width, label.y + size * 0.6)


@given(POINTS)
def test_labels_lie_inside_and_apart(points):
    labels = placed(points, FRAME, 12)
    boxes = [box(label) for label in labels]
    assert all(FRAME.holds(one) for one in boxes)
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert {label.point for label in labels} <= {(x, y) for x, y, _ in points}


@given(POINTS)
def test_no_label_covers_what_is_taken(points):
    taken = [Box(100, 0, 200, 300)]
    assert not any(box(label).meets(taken[0]) for label in placed(points, FRAME, 12, taken=taken))


def test_the_first_point_is_named_and_a_far_label_is_tied_to_its_point():
    crowded = [(200.0, 150.0, f"account number {number}") for number in range(30)]
    labels = placed(crowded, FRAME, 12)
    assert labels[0].words == "account number 0"
    assert not labels[0].is_far
    assert any(label.is_far for label in labels)
    assert len(labels) < 30

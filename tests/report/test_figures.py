"""Drawings: everything inside the frame, the same meaning on every width, nothing by colour alone."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.report.figures import Scale, interval_svg, standing_svg

NUMBERS = st.one_of(st.floats(0, 1e12), st.integers(0, 10**12).map(float))


@given(st.lists(NUMBERS, max_size=9), st.booleans())
def test_a_scale_holds_its_numbers_in_their_order(values, is_wide):
    scale = Scale.of(values, is_wide=is_wide)
    places = [scale.place(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)
    assert all(scale.low <= value <= scale.high for value in values if value >= scale.low)


@given(st.lists(NUMBERS, max_size=9), st.booleans())
def test_ticks_run_from_end_to_end(values, is_wide):
    scale = Scale.of(values, is_wide=is_wide)
    places = [scale.place(tick) for tick in scale.ticks()]
    assert places == sorted(set(places))
    assert places[0] == 0
    assert 2 <= len(places) <= 6


def test_far_apart_numbers_get_a_scale_of_factors():
    scale = Scale.of([3, 9000], is_wide=True)
    assert scale.is_log
    assert scale.place(10) - scale.place(1) == pytest.approx(scale.place(1000) - scale.place(100), abs=2e-4)
    assert not Scale.of([3, 90], is_wide=True).is_log


@given(NUMBERS, NUMBERS, NUMBERS, st.text(max_size=20))
def test_an_interval_is_well_formed_and_says_itself_in_words(one, two, three, label):
    low, middle, high = sorted((one, two, three))
    label = re.sub(r"[^\w<>&\"' ]", "", label)
    drawing = ET.fromstring(interval_svg(Scale.of([low, high]), middle, low, high, label=label))
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label") == label
    drawn = drawing.find("line[@class='range']")
    dot = float(drawing.find("circle").get("cx").rstrip("%"))
    assert float(drawn.get("x1").rstrip("%")) <= dot <= float(drawn.get("x2").rstrip("%"))


def test_what_is_not_known_is_not_drawn():
    drawing = interval_svg(Scale.of([]), None, None, None, label="x")
    assert "circle" not in drawing
    assert "range" not in drawing


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=6).filter(sum))
def test_the_parts_of_the_bar_fill_it(counts):
    drawing = ET.fromstring(standing_svg([(count, "both") for count in counts], label="x"))
    bars = drawing.findall("rect")
    assert len(bars) == sum(count > 0 for count in counts)
    ends = [float(bar.get("x").rstrip("%")) + float(bar.get("width").rstrip("%")) for bar in bars]
    assert ends[-1] == pytest.approx(100, abs=0.25)
    assert float(bars[0].get("x").rstrip("%")) == 0

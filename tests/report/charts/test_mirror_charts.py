"""The charts of the mirror: a finding with its numbers, one clean drawing at both widths, the numbers of the tables."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import date

import numpy as np
import pytest

from ascendant.report.charts.chart import MOST_ROWS, Chart, Given, NoChart
from ascendant.report.charts.mirror_passing import delays
from ascendant.report.charts.mirror_quarters import every_quarter
from ascendant.report.charts.mirror_rows import ANSWERED, MOVES, PASSED_ON, QUOTED, SHEET, STARTED
from ascendant.report.charts.mirror_week import busiest
from ascendant.report.charts.render import svg_of
from ascendant.report.charts.theme import HALF
from ascendant.report.language import LANGUAGES, Language
from ascendant.report.mirror_drawings import CHARTS
from report import mirrors
from report.charts.test_charts import SVG, _datasets, _texts
from report.charts.test_theme import SIGHTS, distance

WIDTHS = (SHEET, HALF)


def given(inputs, code="en", width=SHEET):
    language = Language(code, inputs.mirror.time_zone)
    return Given(
        tables=inputs.mirror.tables, figures={}, names=inputs.names, language=language, source="From.", width=width
    )


@pytest.fixture(scope="module")
def drawn():
    found = {}
    for edge, build in (("full", mirrors.full), ("linkedin", mirrors.only_linkedin), ("empty", mirrors.empty)):
        inputs = build()
        for code in LANGUAGES:
            for width in WIDTHS:
                for name, draw in CHARTS.items():
                    chart = draw(given(inputs, code, width))
                    found[edge, name, code, width] = chart, None if isinstance(chart, NoChart) else svg_of(chart)
    return found


def charts(drawn):
    return [(key, chart, svg) for key, (chart, svg) in drawn.items() if isinstance(chart, Chart)]


def test_full_archives_give_every_chart_and_empty_ones_say_why_there_is_none(drawn):
    for name in CHARTS:
        for code in LANGUAGES:
            assert isinstance(drawn["full", name, code, SHEET][0], Chart)
            assert drawn["empty", name, code, SHEET][0].reason.endswith(".")


def test_a_drawing_is_of_its_width_and_holds_nothing_but_marks(drawn):
    allowed = {"svg", "title", "g", "path", "line", "text", "defs", "clipPath", "rect", "linearGradient", "stop"}
    for (_, _, _, width), chart, svg in charts(drawn):
        root = ET.fromstring(svg)
        assert root.get("aria-label") == chart.alt
        assert float(root.get("viewBox").split()[2]) == width
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= allowed
        assert not re.search(r"\son\w+=|style=|href|javascript:", svg)
        assert 0 < sum(map(len, _datasets(chart.spec))) < MOST_ROWS


def test_every_text_of_a_drawing_starts_and_ends_inside_it(drawn):
    from ascendant.report.charts.font import width_of

    for (_, name, code, width), _, svg in charts(drawn):
        for x, anchor, words, size, is_bold in _texts(svg):
            wide = width_of(words, size, is_bold=is_bold)
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
            assert left >= -14, (name, code, words)
            assert left + wide <= width + 14, (name, code, words)


def test_tables_are_whole_and_no_sentence_has_a_hole(drawn):
    for _, chart, _ in charts(drawn):
        assert chart.rows
        assert all(len(row) == len(chart.columns) and all(row) for row in chart.rows)
        for words in (chart.title, chart.reading, chart.n, chart.alt, *chart.notes):
            assert words.strip()
            assert not re.search(r"\{\w*\}|None|nan|\binf\b", words)


def test_specifications_are_vega_lite(drawn):
    import altair as alt

    for name in CHARTS:
        alt.Chart.from_dict(drawn["full", name, "en", SHEET][0].spec, validate=True)


def test_the_bar_of_the_side_is_cut_where_the_table_says(drawn):
    whole = mirrors.full().whole("reaction")
    chart, _ = drawn["full", "side", "en", SHEET]
    boxes = [
        row
        for rows in _datasets(chart.spec)
        for row in rows
        if set(row) == {"x", "x2", "y", "y2"} and row["y2"] - row["y"] > 30
    ]
    wide = SHEET - 2
    ends = sorted({round(row["x2"] / wide, 3) for row in boxes if row["x"] == 0 and row["x2"] > 0})
    assert round(whole["share"], 3) in ends
    starts = {round(row["x"] / wide, 3) for row in boxes}
    assert round(whole["share_with_links"], 3) in starts  # where the unknown begins


def test_the_bars_of_the_sources_are_their_counts(drawn):
    chart, _ = drawn["full", "sources", "en", SHEET]
    rows = [
        row
        for rows in _datasets(chart.spec)
        for row in rows
        if row.get("color") and row["y2"] - row["y"] == 11 and row["y"] > 30
    ]
    unit = {round((row["x2"] - row["x"]) / n, 6) for row, n in zip(rows[:3], (96, 11, 9), strict=True)}
    assert max(unit) - min(unit) < 1e-3
    assert [row[2] for row in chart.rows][:3] == ["116", "81", "81"]
    assert [row[-1] for row in chart.rows[:5]] == ["yes", "yes", "yes", "no", "unknown"]


def test_the_curve_of_delays_ends_at_all_and_its_marks_are_those_of_the_table(drawn):
    chart, _ = drawn["full", "passing", "en", SHEET]
    (whole,) = mirrors.full().rows("passing")
    assert [row[1] for row in chart.rows] == [
        f"{whole[name]:,}" for name in ("n_minute", "n_ten_minutes", "n_hour", "n_day")
    ]
    assert len(delays(mirrors.full().mirror["passed_on"])) == whole["n_delays"]
    curve = next(rows for rows in _datasets(chart.spec) if rows and set(rows[0]) == {"x", "y", "zero"})
    heights = [row["y"] for row in curve]
    assert heights == sorted(heights, reverse=True)


def test_a_quarter_with_little_in_it_is_not_told_and_one_without_anything_is_a_gap():
    rows = [{"quarter": day, "n_acts": 9} for day in (date(2024, 10, 1), date(2025, 7, 1))]
    assert [row["quarter"] for row in every_quarter(rows)] == [
        date(2024, 10, 1), date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1)
    ]  # fmt: skip
    assert every_quarter(rows)[1]["n_half"] is None


def test_hours_are_counted_over_midnight():
    values = np.zeros((7, 24), np.int64)
    values[2, 23], values[3, 0], values[3, 12] = 5, 6, 7
    assert busiest(values) == (22, 11)


@pytest.mark.parametrize("sight", list(SIGHTS))
def test_colours_that_meet_in_a_bar_can_be_told_apart_by_everybody(sight):
    for one, other in ((STARTED, PASSED_ON), (PASSED_ON, ANSWERED), (PASSED_ON, QUOTED), (QUOTED, ANSWERED),
                       (MOVES, "#b5d5ea"), ("#b5d5ea", "#003f66"), (MOVES, "#003f66")):  # fmt: skip
        assert distance(one, other, SIGHTS[sight]) > 15


def test_the_same_tables_give_the_same_drawing(drawn):
    for name in CHARTS:
        chart, svg = drawn["full", name, "fr", HALF]
        again = CHARTS[name](given(mirrors.full(), "fr", HALF))
        assert json.dumps(again.spec) == json.dumps(chart.spec)
        assert svg_of(again) == svg

"""All charts: a finding with its numbers in both languages, one clean drawing, nothing private, nothing loaded."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from ascendant.report.charts.chart import MOST_ROWS, Chart, NoChart
from ascendant.report.charts.every import CHARTS, every_chart
from ascendant.report.charts.render import svg_of
from ascendant.report.charts.theme import HALF, WIDE
from ascendant.report.language import LANGUAGES, NARROW
from report.charts.studies import edges, given, people, whole

EVERY = pytest.mark.parametrize("name", list(CHARTS))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn():
    """Every chart of every edge study, and its drawing: in both languages, and for half a sheet where it is full."""
    found = {}
    for edge, rows in edges().items():
        forms = [("en", WIDE)]
        forms += [("fr", WIDE)] if edge in ("whole", "nothing", "two accounts", "no times") else []
        forms += [("en", HALF)] if edge in ("whole", "many accounts", "a year") else []
        for code, width in forms:
            study = given(rows, people() if edge == "whole" else (), code=code, width=width, zone="Europe/Paris")
            for name, chart in every_chart(study).items():
                found[edge, name, code, width] = chart, None if isinstance(chart, NoChart) else svg_of(chart)
    return found


def charts(drawn):
    return [(key, chart, svg) for key, (chart, svg) in drawn.items() if isinstance(chart, Chart)]


def test_a_full_study_has_every_chart_and_an_empty_one_says_why_it_has_none(drawn):
    for name in CHARTS:
        for code in LANGUAGES:
            assert isinstance(drawn["whole", name, code, WIDE][0], Chart)
            nothing = drawn["nothing", name, code, WIDE][0]
            assert isinstance(nothing, NoChart)
            assert nothing.reason.endswith(".")


def test_a_drawing_is_well_formed_of_its_width_and_says_what_it_shows(drawn):
    for (_, _, _, width), chart, svg in charts(drawn):
        root = ET.fromstring(svg)
        assert root.get("role") == "img"
        assert root.get("aria-label") == chart.alt
        assert root[0].tag == f"{SVG}title"
        assert root[0].text == chart.title
        left, top, wide, high = map(float, root.get("viewBox").split())
        assert (left, top, wide) == (0, 0, width)
        assert 60 < high < 800


def test_a_drawing_holds_no_script_no_style_and_nothing_to_load(drawn):
    allowed = {"svg", "title", "g", "path", "line", "text", "defs", "clipPath", "rect", "linearGradient", "stop"}
    for _, _, svg in charts(drawn):
        assert {one.tag.removeprefix(SVG) for one in ET.fromstring(svg).iter()} <= allowed
        assert "href" not in svg
        assert set(re.findall(r"https?:[^\"' ]*", svg)) <= {"http://www.w3.org/2000/svg"}
        assert not re.search(r"\son\w+=|style=|javascript:|@import", svg)


def test_ids_of_two_drawings_never_meet(drawn):
    for code in LANGUAGES:
        ids = []
        for name in CHARTS:
            chart, svg = drawn["whole", name, code, WIDE]
            mine = re.findall(r'\bid="([^"]+)"', svg)
            assert all(one.startswith(f"{chart.key}-") for one in mine)
            assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(mine)
            ids += mine
        assert len(ids) == len(set(ids))


@EVERY
def test_the_same_study_gives_the_same_drawing(drawn, name):
    chart, svg = drawn["whole", name, "fr", WIDE]
    again = CHARTS[name](whole(code="fr", zone="Europe/Paris"))
    assert json.dumps(again.spec) == json.dumps(chart.spec)
    assert svg_of(again) == svg


def test_the_table_has_a_cell_for_every_column_and_a_row_to_show(drawn):
    for _, chart, _ in charts(drawn):
        assert chart.rows
        assert all(len(row) == len(chart.columns) for row in chart.rows)
        assert all(cell for row in chart.rows for cell in row)


def test_no_finding_is_left_with_a_hole_and_french_is_typeset(drawn):
    for (_, _, code, _), chart, _ in charts(drawn):
        for words in (chart.title, chart.reading, chart.n, chart.alt, *chart.notes):
            assert words.strip()
            assert not re.search(r"\{\w*\}|None|nan|\binf\b", words)
            if code == "fr":
                assert not re.search(rf"[^{NARROW}\u00a0\d][;!?%](?:\s|$)", words), words
                assert not re.search(r"\d,\d{3}\b", words), words
                assert "'" not in re.sub(r"<script>.*?</script>", "", words), words


def test_data_of_a_drawing_stay_few_so_that_the_page_stays_small(drawn):
    for _, chart, svg in charts(drawn):
        assert 0 < sum(map(len, _datasets(chart.spec))) < MOST_ROWS
        assert len(svg) < 200_000


def test_private_persons_are_nowhere_and_hostile_names_are_only_words(drawn):
    for (edge, _, _, _), chart, svg in charts(drawn):
        everything = svg + json.dumps(chart.spec, ensure_ascii=False) + repr(chart.rows) + chart.title
        assert "Private Person" not in everything
        if edge == "whole":
            assert not re.search(r"handle(?:[3-9]|\d\d)", everything)
        assert "<script" not in svg
    tiers, svg = drawn["whole", "tiers", "en", WIDE]
    assert any("<script>" in row[1] for row in tiers.rows)
    assert "&lt;script&gt;" in svg


def test_every_text_of_a_drawing_starts_and_ends_inside_it(drawn):
    from ascendant.report.charts.font import width_of

    for (_, name, _, width), _, svg in charts(drawn):
        for x, anchor, words, size, is_bold in _texts(svg):
            wide = width_of(words, size, is_bold=is_bold)
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
            assert left >= -14, (name, words)
            assert left + wide <= width + 14, (name, words)


def _datasets(spec):
    """The rows of every mark of a specification."""
    if isinstance(spec, dict):
        return (
            [spec["values"]] if set(spec) == {"values"} else [one for part in spec.values() for one in _datasets(part)]
        )
    return [one for part in spec for one in _datasets(part)] if isinstance(spec, list) else []


def _texts(svg):
    """Place along x, anchor, words, size and weight of each text, groups added up."""

    def walk(element, dx):
        found = re.match(r"translate\((-?[\d.]+)", element.get("transform", ""))
        dx += float(found[1]) if found else 0.0
        if element.tag == f"{SVG}text":
            size = float(element.get("font-size", "12px").removesuffix("px"))
            yield dx, element.get("text-anchor", "start"), element.text or "", size, element.get("font-weight") == "600"
        for child in element:
            yield from walk(child, dx)

    return list(walk(ET.fromstring(svg), 0.0))


def test_what_the_table_says_is_what_is_drawn(drawn):
    """Numbers of the table, read back, are the numbers under the marks."""

    def drawn_rows(name, *fields):
        chart = drawn["whole", name, "en", WIDE][0]
        found = [row for rows in _datasets(chart.spec) for row in rows if set(fields) <= set(row)]
        return chart, found

    def number(words):
        return float(words.replace(",", "").split(" ")[0].rstrip("%"))

    chart, rows = drawn_rows("tiers", "low", "high", "n")
    by_place = sorted({row["y"]: row for row in rows}.values(), key=lambda row: row["y"])
    assert [number(row[2]) for row in chart.rows] == [row["n"] for row in by_place]
    assert all(row["low"] <= row["n"] <= row["high"] for row in by_place)

    chart, rows = drawn_rows("topics", "n_acts", "n_moved", "mid")
    assert [(number(row[1]), number(row[2])) for row in chart.rows] == list(
        dict.fromkeys((row["n_acts"], row["n_moved"]) for row in rows)
    )

    chart, rows = drawn_rows("when", "n", "x2")
    told = [number(cell) for row in chart.rows for cell in row[1:]]
    assert told == pytest.approx([row["n"] for row in rows], abs=0.05)

    chart, rows = drawn_rows("who_moves_whom", "share", "column", "row", "x2")
    cells = {(row["row"], row["column"]): row["share"] for row in rows}
    for y, line in enumerate(chart.rows):
        for x, cell in enumerate(line[4:]):
            assert (cell == "·") == (cells[y, x] is None)
            if cell != "·":
                assert number(cell) == pytest.approx(100 * cells[y, x], abs=0.5)

    chart, rows = drawn_rows("quadrant", "share", "rate", "rate_low")
    named = [row for row in chart.rows if row[2] != "–"]
    seen = list({(row["share"], row["rate"]): row for row in rows}.values())
    assert [number(row[4]) for row in named] == pytest.approx([row["rate"] for row in seen], rel=0.06, abs=0.6)


def test_specifications_are_vega_lite(drawn):
    import altair as alt

    for (edge, _, code, width), chart, _ in charts(drawn):
        if (edge, code, width) == ("whole", "fr", WIDE):
            assert alt.LayerChart.from_dict(chart.spec, validate=True).to_dict(validate=True)

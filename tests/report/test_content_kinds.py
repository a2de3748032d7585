"""Kinds in a briefing: flows add up, none rests on few accounts, and none tells of an account."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise, product

import pyarrow as pa
import pytest

from ascendant.report import drawings
from ascendant.report.briefing import briefing_html
from ascendant.report.charts.chart import FEWEST_PERSONS
from ascendant.report.content_kinds import MOVED_WORDS, MOVING_WORDS, kinds_content
from ascendant.report.kinds_sankey import COLOURS, Band, Node, sankey_svg
from ascendant.report.language import LANGUAGES, Language
from ascendant.report.page import plain
from report import invented
from report.pages import Page

EN = Language("en")
MOVING = ("company", "cause", "individual", "media", "institution", "undetermined")
MOVED = ("target", "consumer", "relay", "undetermined")


def study(cells):
    """Ties and kinds of cells: (kind, kind) -> (sources, targets, acts a pair)."""
    ties, moving, moved = [], {}, {}
    for number, ((kind, other), (n_sources, n_targets, n)) in enumerate(cells.items()):
        sources = [f"x:s{number}-{one}" for one in range(n_sources)]
        targets = [f"x:t{number}-{one}" for one in range(n_targets)]
        moving |= dict.fromkeys(sources, kind)
        moved |= dict.fromkeys(targets, other)
        ties += [{"source_id": one, "target_id": two, "n_moved": n} for one, two in product(sources, targets)]
    ids = [*moving, *moved]
    kinds = {
        "account_id": pa.array(ids, pa.string()),
        "kind_as_influencer": pa.array([moving.get(one) for one in ids], pa.string()),
        "kind_as_influenced": pa.array([moved.get(one) for one in ids], pa.string()),
    }
    schema = pa.schema([("source_id", pa.string()), ("target_id", pa.string()), ("n_moved", pa.int64())])
    return {"kinds": pa.table(kinds), "ties": pa.Table.from_pylist(ties, schema)}


def briefing(cells):
    whole = invented.briefing()
    return replace(whole, tables=study(cells))


def content(cells, code="en"):
    return kinds_content(briefing(cells), Language(code))


FULL = {key: (12, 11 + place, 1) for place, key in enumerate(product(MOVING, MOVED))}


def test_a_study_whose_kinds_were_not_asked_for_has_no_section():
    assert kinds_content(invented.told(), EN) is None
    assert 'aria-labelledby="kinds"' not in briefing_html(invented.told(), EN)


def test_both_sides_add_up_to_the_acts_of_the_flows():
    told = content(FULL)
    acts = sum(sources * targets * n for sources, targets, n in FULL.values())
    assert told["n_acts"] == acts == sum(one["n_acts"] for one in told["flows"])
    assert sum(told["influencers"].values()) == sum(told["influenced"].values()) == acts
    assert sum(one["share"] for one in told["flows"]) == pytest.approx(1)
    assert len(told["flows"]) == len(MOVING) * len(MOVED)


@pytest.mark.parametrize(
    ("kind", "n_sources", "n_targets", "is_shown"),
    [
        ("individual", 10, 10, True), ("individual", 9, 30, False), ("undetermined", 9, 30, False),
        ("company", 1, 10, True), ("company", 30, 9, False), ("cause", 1, 10, True), ("cause", 1, 9, False),
    ],
)  # fmt: skip
def test_a_flow_of_fewer_than_ten_accounts_is_left_out(kind, n_sources, n_targets, is_shown):
    told = content({("media", "consumer"): (12, 40, 2), (kind, "target"): (n_sources, n_targets, 1)})
    shown = {(one["influencer"], one["influenced"]) for one in told["flows"]}
    assert ((kind, "target") in shown) is is_shown
    assert all(one["n_influenced"] >= FEWEST_PERSONS for one in told["flows"])


def test_how_much_was_left_out_is_told_only_as_an_aggregate():
    base = {("media", "consumer"): (12, 40, 2)}
    one = content(base | {("company", "target"): (3, 9, 5)})
    two = content(base | {("company", "target"): (3, 9, 5), ("cause", "relay"): (2, 4, 1)})
    assert one["chart"]["notes"] == ["Flows from fewer than ten accounts are left out."]
    assert two["chart"]["notes"] == ["Flows from fewer than ten accounts are left out: 143 acts."]
    assert content(base)["chart"]["notes"] == []


def test_where_no_flow_is_large_enough_the_page_says_so():
    inputs = briefing({("individual", "target"): (2, 3, 4)})
    told = kinds_content(inputs, EN)
    assert set(told) == {"title", "reason"}
    without_ties = {**invented.with_drawings(inputs).tables, "kinds": inputs.tables["kinds"]}
    assert told["reason"] in briefing_html(replace(inputs, tables=without_ties), EN)


def test_an_account_without_a_kind_counts_as_undetermined_and_nothing_moved_counts_for_nothing():
    tables = study({("media", "consumer"): (12, 40, 2)})
    kinds = tables["kinds"].slice(0, 0)
    inputs = replace(invented.briefing(), tables={"kinds": kinds, "ties": tables["ties"]})
    told = kinds_content(inputs, EN)
    assert told["influencers"] == {"undetermined": 960}
    assert "reason" in content({("media", "consumer"): (12, 40, 0)})


@pytest.mark.parametrize("kind", MOVING)
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_title_names_the_kind_that_moves_most_with_its_share(kind, code):
    most = content({(kind, "consumer"): (12, 30, 2), ("media", "target"): (12, 10, 1)}, code)
    assert re.search(r"8[0-9]|100", most["title"]) or kind == "media"
    three = {one: (12, 20 + (one == kind) * 2, 1) for one in dict.fromkeys((kind, "company", "cause", "media"))}
    first = content({(one, "consumer"): cell for one, cell in three.items()}, code)["title"]
    assert first != most["title"]
    if code == "en":
        assert first.startswith("No kind moves most")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_section_holds_its_drawing_its_table_its_doubt_and_no_account(code, monkeypatch):
    monkeypatch.setattr(drawings, "drawings", lambda *_: {})  # the map knows no account of these ties
    language, told = Language(code), content(FULL, code)
    html = briefing_html(briefing(FULL), language)
    Page(html)  # every element is closed
    section = re.search(r'<section aria-labelledby="kinds">.*?</section>', html, re.DOTALL)[0]
    assert section.count("<svg") == 2  # wide and narrow
    assert section.count("<tr>") == len(told["flows"]) + 1
    assert language.percent(0.7) in section
    assert "x:s" not in section
    assert "x:t" not in section
    for drawing in ("drawing", "narrow"):
        root = ET.fromstring(told["chart"][drawing].value)
        assert root.get("role") == "img"
        assert len([one for one in root if one.tag.endswith("path")]) == len(told["flows"])


def test_the_json_has_the_same_flows_and_no_drawing():
    told, page = plain(content(FULL)), content(FULL)
    assert told["flows"] == page["flows"]
    assert "drawing" not in told["chart"]
    first, row = page["flows"][0], page["chart"]["table"].value["rows"][0]
    assert row[2] == EN.number(first["n_acts"])
    assert row[-2:] == (EN.number(first["n_influencers"]), EN.number(first["n_influenced"]))


def test_every_kind_has_words_and_a_colour():
    assert set(MOVING_WORDS) == set(COLOURS) == set(MOVING)
    assert set(MOVED_WORDS) == set(MOVED)


def test_bands_leave_and_arrive_within_their_nodes_and_nodes_do_not_overlap():
    bands = [Band("company", "target", 900, "900"), Band("media", "target", 1, "1"), Band("media", "relay", 99, "99")]
    left = [Node(one, one, "") for one in ("company", "media")]
    right = [Node(one, one, "") for one in ("target", "relay")]
    root = ET.fromstring(sankey_svg(bands, left, right, heads=("a", "b"), alt="c", width=760))
    boxes = [[float(one.get(name)) for name in ("x", "y", "height")] for one in root if one.tag.endswith("rect")]
    for side in {box[0] for box in boxes}:
        rows = sorted((y, y + high) for x, y, high in boxes if x == side)
        assert all(end < start for (_, end), (start, _) in pairwise(rows))
    assert sum(high for _, _, high in boxes[:2]) == pytest.approx(sum(high for _, _, high in boxes[2:]), abs=0.3)

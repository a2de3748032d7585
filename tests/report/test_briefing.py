"""The page and its JSON: self-contained, safe, accessible, the same twice, right at the edges."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.errors import Caveat
from ascendant.report.briefing import briefing_html, briefing_json, write_briefing
from ascendant.report.inputs import evidence_counts, standing_counts
from ascendant.report.language import LANGUAGES, Language
from report import invented
from report.pages import Page

EDGES = {
    "whole": invented.briefing,
    "told": invented.told_without_drawings,
    "empty": invented.empty,
    "alone": invented.alone,
}


@pytest.fixture(params=[(edge, code) for edge in EDGES for code in LANGUAGES], ids="-".join)
def html(request):
    edge, code = request.param
    return briefing_html(EDGES[edge](), Language(code))


def test_the_page_asks_for_nothing_and_runs_nothing(html):
    page = Page(html)
    assert not page.all("script", "link", "img", "iframe", "object", "embed", "form", "base", "video", "audio", "use")
    for _, attrs, _ in page.elements:
        assert not attrs.keys() & {"src", "srcset", "style", "action", "background", "xlink:href"}
        assert not [name for name in attrs if name.startswith("on")]
        if "href" in attrs:
            assert attrs["href"].startswith(("#", "https://"))
    style = "".join(page.words["style"])
    assert not re.search(r"@import|https?:|url\((?!#|data:font/woff2;base64,)", style)


def test_the_content_policy_allows_the_page_s_own_style_and_nothing_else(html):
    page = Page(html)
    policy = next(attrs["content"] for _, attrs in page.all("meta") if attrs.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256("".join(page.words["style"]).encode()).digest()).decode()
    own = f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:; "
    assert policy == own + "base-uri 'none'; form-action 'none'"


def test_headings_go_down_one_step_at_a_time_from_a_single_title(html):
    levels = [int(tag[1]) for tag, _ in Page(html).all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_drawings_and_sections_have_names(html):
    page = Page(html)
    ids = [attrs["id"] for _, attrs, _ in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert html.count("<table") == html.count("<caption>")
    for _, attrs in page.all("svg"):
        assert attrs.get("aria-hidden") == "true" or (attrs["role"] == "img" and attrs["aria-label"])
    for _, attrs in page.all("section"):
        assert attrs["aria-labelledby"] in ids
    for _, attrs in page.all("th"):
        assert attrs.get("scope")
    for _, attrs in page.all("a"):
        assert not attrs["href"].startswith("#") or attrs["href"][1:] in ids


def test_the_language_is_declared_and_spoken_throughout():
    fr, en = (briefing_html(invented.briefing(), Language(code)) for code in ("fr", "en"))
    assert '<html lang="fr">' in fr
    assert '<html lang="en">' in en
    rows = [re.findall(r">([^<>]{12,})<", page.split("</style>")[1]) for page in (fr, en)]
    mine = {invented.briefing().title, invented.briefing().purpose}
    same = {text.strip() for text in rows[0]} & {text.strip() for text in rows[1]} - mine
    # what is the same in both comes from the files: names, words of a post, reasons in the words of their reader
    same -= {"Concentration", "Conversation", "conversation"}
    assert {text for text in same if not re.search(r"@|\d|breaks off|jsonl|السرعة|affirmait", text)} == set()


def test_the_same_inputs_give_the_same_bytes_and_a_page_is_written_whole(tmp_path):
    for place in ("a.html", "b.html"):
        write_briefing(invented.briefing(), Language("fr"), tmp_path / place)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_a_page_that_cannot_be_made_leaves_the_old_one(tmp_path):
    path = write_briefing(invented.briefing(), Language("en"), tmp_path / "a.html")
    before = path.read_bytes()
    broken = replace(invented.briefing(), caveats=(Caveat("{missing}", {}),))
    with pytest.raises(KeyError):
        write_briefing(broken, Language("en"), path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.parametrize("secret", [*invented.SECRETS, "secret words of hers"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_private_persons_stand_in_neither_page_nor_json(secret, code):
    inputs, language = invented.briefing(), Language(code)
    assert not re.search(rf"\b{re.escape(secret)}\b", briefing_html(inputs, language))
    assert not re.search(rf"\b{re.escape(secret)}\b", json.dumps(briefing_json(inputs, language), ensure_ascii=False))


def test_a_revealed_page_shows_names_and_warns():
    inputs = replace(invented.briefing(), names=invented.names().reveal("a test of revealed names"))
    page = briefing_html(inputs, Language("en"))
    assert "Marthe Vasseur (@marthe_v)" in page
    assert "shows the names of private persons" in page
    assert "shows the names of private persons" not in briefing_html(invented.briefing(), Language("en"))


def test_words_of_strangers_are_never_markup():
    page = briefing_html(invented.briefing(title="<img src=x onerror=alert(1)>"), Language("en"))
    assert "&lt;b&gt;Inès K.&lt;/b&gt;" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not Page(page).all("script", "img", "b")[1:]  # the one <b> is our own name


@given(st.text(max_size=60))
def test_any_title_gives_a_page_that_is_well_formed(title):
    page = briefing_html(invented.briefing(title=title), Language("fr"))
    Page(page)
    page.encode()


def test_json_says_what_the_page_says():
    inputs, language = invented.briefing(), Language("en")
    told, page = briefing_json(inputs, language), briefing_html(inputs, language)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert [told[key] for key in ("activity", "accounts", "rejects", "files")] == [65_222, 9_310, 15, 3]
    standing = told["standing"]
    assert (standing["influencer"], standing["influenced"], standing["both"]) == (905, 8_106, 299)
    assert sum(part["count"] for part in standing["parts"]) == 9_310
    assert len(told["answer"]) == 3
    words = re.sub(r"<[^>]+>", "", page)
    for sentence in told["answer"]:
        assert sentence in words
    for figure in told["figures"]:
        assert figure["title"] in words
        assert figure["low"] <= figure["estimate"] <= figure["high"]
    accounts = [row for tier in told["tiers"]["tiers"] for row in tier["accounts"]]
    assert [row["account"] for row in accounts][:3] == [
        "Ville Demain (@ville_demain)", "Le Courrier du matin (@LeCourrierDuMatin)", invented.names().shown("x:13"),
    ]  # fmt: skip


def test_nothing_seen_is_said_and_not_shown_as_zero():
    told = briefing_json(invented.empty(), Language("en"))
    assert told["answer"][0] == "These files hold no act from which influence could be read."
    assert {figure["shown"] for figure in told["figures"]} == {"–"}
    assert "rests on 0" not in briefing_html(invented.empty(), Language("en"))


@pytest.mark.parametrize("n_leaders", [1, 2, 3, 4, 8])
@pytest.mark.parametrize("delay", [True, False])
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_answer_has_three_whole_sentences_however_many_lead(n_leaders, delay, code):
    tiers = invented.tiers()
    numbers = pa.array([1 if n < n_leaders else 2 for n in range(len(tiers))], pa.int32())
    tiers = tiers.set_column(4, "tier", numbers)
    figures = invented.FIGURES if delay else (*invented.FIGURES[:3], invented.NOTHING[3])
    answer = briefing_json(replace(invented.briefing(), tiers=tiers, figures=figures), Language(code))["answer"]
    assert len(answer) == 3
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in answer)
    assert "Ville Demain" in answer[2]
    assert ("Le Courrier" in answer[2]) == (n_leaders > 1)
    assert answer[2].startswith(f"{n_leaders} ") == (n_leaders > 3)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.03, 0.1, 0.2, 0.34, 0.5, 0.66, 0.75, 0.81, 0.9, 0.97, 1.0])
def test_every_share_has_words(share):
    figure = replace(invented.FIGURES[0], estimate=share, low=share, high=share)
    for code in LANGUAGES:
        first = briefing_json(invented.briefing(figures=(figure, *invented.FIGURES[1:])), Language(code))["answer"][0]
        assert Language(code).percent(share) in first or share == 0


def test_files_with_faults_come_first_and_none_is_dropped_in_silence():
    told = briefing_json(invented.briefing(coverage=invented.coverage(100)), Language("en"))
    assert told["coverage"]["rows"][0]["status"] == "unreadable"
    assert told["coverage"]["rows"][1]["rejected"] == 14
    assert len(told["coverage"]["rows"]) + told["coverage"]["n_more"] == 100
    assert "70 more files" in briefing_html(invented.briefing(coverage=invented.coverage(100)), Language("en"))


def test_a_path_shows_neither_folder_nor_owner():
    table = invented.coverage(1)
    table = table.set_column(0, "file", pa.array(["/somewhere/of/marthe_v/x.zip"]))
    table = table.append_column("member", pa.array(["data/tweets.js"]))
    told = briefing_json(invented.briefing(coverage=table), Language("en"))
    assert told["coverage"]["rows"][0]["file"] == "x.zip › data/tweets.js"


def test_remarks_of_readers_are_translated_one_by_one():
    table = invented.coverage(1)
    note = pa.array(["quotation marks were taken as ordinary signs; by @marthe_v; {odd}"])
    table = table.set_column(table.column_names.index("note"), "note", note)
    shown = briefing_json(invented.briefing(coverage=table), Language("fr"))["coverage"]["rows"][0]["note"]
    assert shown.startswith("les guillemets ont été pris pour des signes ordinaires; by personne-")
    assert shown.endswith("; {odd}")


def test_the_evidence_shown_is_the_first_whose_words_may_be_shown():
    told = briefing_json(invented.briefing(), Language("en"))
    posts = [row["post"] for tier in told["tiers"]["tiers"] for row in tier["accounts"]]
    assert [post is not None for post in posts] == [True, False, False, True, False, False, False, False]
    assert posts[0]["url"] == "https://x.com/ville_demain/status/911"
    assert posts[0]["by"] == invented.names().shown("x:13")
    assert "@marthe_v" not in posts[0]["text"]


def test_counts_are_those_of_the_standing_table():
    rows = [
        {"standing": side, "is_slight": slight, "is_presumed": presumed, "evidence": mark}
        for side, slight, presumed, mark in [
            ("influencer", False, False, "fair"), ("influencer", True, False, "none"),
            ("both", False, False, "strong"),
            ("influenced", True, False, "none"), ("influenced", False, True, "none"),
            ("influenced", True, True, "none"),
        ]
    ]  # fmt: skip
    counts = standing_counts(pa.Table.from_pylist(rows))
    assert (counts.influencer, counts.influenced, counts.both, counts.total) == (2, 3, 1, 6)
    assert (counts.slight_influencer, counts.slight_influenced, counts.presumed) == (1, 1, 2)
    assert evidence_counts(pa.Table.from_pylist(rows)) == {"strong": 1, "fair": 1, "weak": 0, "none": 4}


def test_times_in_json_are_iso_text():
    assert datetime.fromisoformat(briefing_json(invented.briefing(), Language("fr"))["made_on"]) == invented.WHEN


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_page_holds_its_drawings_each_with_its_finding_numbers_and_names(code):
    html = briefing_html(invented.with_drawings(invented.briefing()), Language(code))
    page = Page(html)
    ids = [attrs["id"] for _, attrs, _ in page.elements if "id" in attrs]
    assert {"quadrant", "map"} <= set(ids)
    assert len(ids) == len(set(ids)), "two drawings share an id"
    drawn = [attrs for _, attrs in page.all("svg") if attrs.get("class") == "chart"]
    assert len(drawn) >= 3
    assert all(attrs["role"] == "img" and attrs["aria-label"] for attrs in drawn)
    assert page.all("script") == []
    assert {attrs["src"][:15] for _, attrs in page.all("img", "image") if "src" in attrs} <= {"data:image/png;"}
    assert len(html.encode()) < 3_000_000
    for one in ("Marthe Vasseur", "marthe_v", "Oriane Petit", "Tomas Lund"):
        assert one not in html

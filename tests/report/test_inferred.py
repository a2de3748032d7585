"""What no link records: named, inferred and null apart, 100 marks that are 100, silence where nothing can be told."""

import json
import math
import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ascendant.errors import Caveat
from ascendant.infer.doubt import Match
from ascendant.infer.inferred import nothing_inferred
from ascendant.report.briefing import briefing_html, briefing_json
from ascendant.report.charts.chart import Chart, NoChart
from ascendant.report.charts.doses import doses
from ascendant.report.charts.hundred import hundred_acts
from ascendant.report.drawings import given_of
from ascendant.report.inferred import Inferred, Untold, dated, largest_remainders, read
from ascendant.report.inferred_words import reason, sentences, title
from ascendant.report.language import LANGUAGES, Language
from report import invented

SPEAKING = pytest.mark.parametrize("code", LANGUAGES)
SINCE = invented.SINCE
FEW = Caveat(
    "only {n} acts since {since} name nobody: too few to tell what moved them", {"n": 12, "since": "2026-03-06"}
)
SHARE = st.floats(0, 1, allow_nan=False)


def by_name(figures):
    return {figure.name: figure for figure in figures}


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.split("</style>")[1]))


def said(found, code="en"):
    return " ".join(sentence.words(Language(code)) for sentence in sentences(found, Language(code)))


@st.composite
def layers(draw):
    """Any figures that the inferred layer may have: theta signed, its interval about it."""
    named = draw(SHARE)
    n = draw(st.integers(40, 10**7))
    n_silent = max(1, round(n * (1 - named)))
    silent = n_silent / n
    low, theta, high = sorted(draw(st.floats(-1, 1)) * silent for _ in range(3))
    raw, null = draw(SHARE), draw(SHARE)
    return invented.layer(named=1 - silent, theta=theta, low=low, high=high, raw=raw, null=null, n=n, n_silent=n_silent)


@given(layers())
@example(invented.layer(named=0.995, theta=0.005, low=0.004, high=0.005, n=1000, n_silent=5))
@example(invented.layer(named=0.0, theta=1.0, low=1.0, high=1.0, n=100, n_silent=100))
def test_a_hundred_marks_are_a_hundred_and_each_kind_is_less_than_one_off(figures):
    found = read(by_name(figures))
    marks = found.hundred
    parts = (marks.named, marks.sure, marks.likely, marks.doubt, marks.rest)
    assert sum(parts) == 100
    assert min(parts) >= 0
    assert 0 <= marks.strangers <= 100
    assert abs(marks.named - 100 * found.named) < 1
    assert abs(marks.inferred - (100 * found.share if found.is_told else 0)) < 1 + 1e-9
    assert marks.sure == 0 or marks.sure <= 100 * found.low + 0.5
    assert found.is_told or marks.inferred == 0


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=6).filter(lambda shares: math.fsum(shares) > 0.01),
    st.integers(1, 500),
)
def test_largest_remainders_keep_the_total_and_stay_within_one(shares, total):
    found = largest_remainders(tuple(shares), total)
    assert sum(found) == total
    assert all(abs(n - total * share / math.fsum(shares)) < 1 + 1e-6 for n, share in zip(found, shares, strict=True))


@given(layers(), st.sampled_from(LANGUAGES))
def test_every_layer_has_whole_sentences_and_the_named_share_is_never_hidden_in_a_sum(figures, code):
    found = read(by_name(figures))
    text = said(found, code)
    assert not re.search(r"\{|None|nan|\binf\b|--|–-|-\d", text)
    assert text.endswith(".")
    assert Language(code).date(date(2026, 3, 6)) in text
    assert (str(found.hundred.named) in text) or found.hundred.named in (0, 1)
    assert title(found, Language(code))
    if not found.is_told:
        assert {"en": "chance", "fr": "hasard"}[code] in text
        assert {"en": "chance", "fr": "hasard"}[code] in title(found, Language(code))


def test_the_sentence_tells_the_three_parts_one_after_the_other():
    found = read(by_name(invented.layer(null=0.013)))
    assert said(found) == (
        "Of 100 acts since 6 March 2026, 23 name another account; about 6 more (4 to 8) followed what their authors"
        " read, without naming anybody. The same method gives 1 to strangers whom the authors never read; that much has"
        " already been taken off. What moved the other 71 is not known: their authors themselves, or something that no"
        " file shows."
    )


def test_small_parts_are_told_without_pretending_to_whole_acts():
    found = read(by_name(invented.layer(theta=0.004, low=0.001, high=0.009)))
    assert "fewer than one more (0.1 to 0.9) followed what its author read" in said(found)
    assert title(found, Language("en")).startswith("Beyond the links, fewer than one act in a hundred")
    found = read(by_name(invented.layer(theta=0.012, low=0.004, high=0.021)))
    assert "; 1 more (0.4 to 2.1) followed" in said(found)
    found = read(by_name(invented.layer(named=0.0, theta=0.1, low=0.05, high=0.2, n=500, n_silent=500)))
    assert "none names another account" in said(found)


@SPEAKING
@pytest.mark.parametrize(("theta", "low", "high"), [(0.01, -0.004, 0.03), (0.01, 0.0, 0.03), (-0.02, -0.05, -0.01)])
def test_what_may_be_chance_is_no_finding(theta, low, high, code):
    figures = invented.layer(theta=theta, low=low, high=high)
    told = briefing_json(invented.told(figures), Language(code))
    assert told["inferred"]["status"] == "chance"
    assert len(told["answer"]) == 3, "the answer says nothing of it"
    assert told["figures"][0]["beside"] is None
    assert told["inferred"]["accounts"] == []
    marks = hundred_acts(given_of(invented.told(figures), Language(code)))
    assert isinstance(marks, Chart)
    assert read(by_name(figures)).hundred.doubt == max(0, round(100 * high))


@SPEAKING
def test_where_nothing_can_be_told_the_reason_stands_in_a_sentence_and_nothing_is_drawn(code):
    inputs = invented.told(invented.untold(FEW), caveats=(FEW,))
    language = Language(code)
    told, page = briefing_json(inputs, language), words(briefing_html(inputs, language))
    assert told["inferred"]["status"] == "unknown"
    assert set(told["inferred"]) == {"status", "reason"}, "no number at all"
    assert told["inferred"]["reason"].endswith(".")
    assert language.date(date(2026, 3, 6)) in told["inferred"]["reason"]
    assert page.count(told["inferred"]["reason"].rstrip(".")[1:]) == 1, "said once, not twice"
    assert told["caveats"] == []
    assert isinstance(hundred_acts(given_of(inputs, language)), NoChart)
    assert isinstance(doses(given_of(inputs, language)), NoChart)


def test_a_layer_without_any_reason_still_has_a_sentence():
    assert isinstance(read(by_name(invented.untold())), Untold)
    assert reason(Untold(()), Language("en")).endswith(".")
    assert read({}) is None


def test_the_figures_of_an_empty_layer_are_read_as_untold():
    figures = by_name(nothing_inferred(FEW).figures)
    assert read(figures) == Untold((FEW,))


@pytest.mark.parametrize("broken", ["named_since", "inferred_share", "raw_share", "null_share"])
def test_a_number_that_is_none_or_not_finite_makes_the_layer_untold(broken):
    for bad in (None, math.nan):
        figures = by_name(invented.layer())
        figures[broken] = replace(figures[broken], estimate=bad)
        assert isinstance(read(figures), Untold)


@SPEAKING
def test_a_small_study_concludes_nothing_from_time_either(code):
    small = tuple(replace(one, n=20) if one.name == "share_named" else one for one in invented.FIGURES)
    told = briefing_json(invented.told(base=small), Language(code))
    assert told["is_too_small"]
    assert told["inferred"] is None
    assert told["figures"][0]["beside"] is None


@SPEAKING
def test_the_answer_gains_a_sentence_and_the_first_figure_its_sum_with_the_window_said(code):
    language = Language(code)
    told = briefing_json(invented.told(), language)
    assert len(told["answer"]) == 4
    since = language.date(date(2026, 3, 6))
    assert since in told["answer"][1]
    assert language.percent(0.056) in told["answer"][1]
    beside = told["figures"][0]["beside"]
    assert language.percent(0.286) in beside
    assert since in beside
    assert told["figures"][0]["estimate"] == 0.342, "the exact share of all acts stays the figure"


@SPEAKING
@pytest.mark.parametrize(
    "figures", [invented.layer(), invented.layer(low=-0.01), invented.untold(FEW)], ids=["told", "chance", "untold"]
)
def test_json_says_what_the_page_says_in_finite_numbers(figures, code):
    inputs, language = invented.told(figures), Language(code)
    told, page = briefing_json(inputs, language), words(briefing_html(inputs, language))
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    section = told["inferred"]
    for text in (*section.get("sentences", []), *section.get("basis", []), *section.get("caveats", [])):
        assert re.sub(r"\s+", " ", text).replace("'", "&#39;") in page or re.sub(r"\s+", " ", text) in page
    if section["status"] != "unknown":
        assert section["named"] == 0.23
        assert section["raw"] == 0.056
        assert section["null"] == 0.005
        assert sum(section["of_100_acts"][one] for one in ("named", "inferred", "unknown")) == 100


@SPEAKING
def test_first_accounts_come_with_intervals_and_the_caveat_and_no_private_name(code):
    inputs, language = invented.told(), Language(code)
    told, html = briefing_json(inputs, language), briefing_html(inputs, language)
    accounts = told["inferred"]["accounts"]
    assert [row["account"] for row in accounts] == [
        row["account"] for tier in told["tiers"]["tiers"] for row in tier["accounts"]
    ][: len(accounts)]
    for row in accounts:
        assert row["moves_low"] <= row["n_moves"] <= row["moves_high"]
        assert row["n_transitive"] >= row["n_moves"] >= row["n_moves_silent"]
    assert {"en": "are too narrow", "fr": "sont trop étroits"}[code] in words(html)
    everything = html + json.dumps(told, ensure_ascii=False)
    for secret in invented.SECRETS:
        assert not re.search(rf"\b{re.escape(secret)}\b", everything)


def test_limits_of_the_layer_stand_in_its_section_alone_and_days_are_written_as_people_write_them():
    told = briefing_json(invented.told(), Language("fr"))
    assert [one for one in told["inferred"]["caveats"] if "6 mars 2026" in one]
    assert told["caveats"] == []
    assert not re.search(r"2026-03-06", json.dumps({**told, "inferred": {**told["inferred"], "since": None}}))
    assert dated(Caveat("{since}", {"since": "the beginning"})).facts == {"since": "the beginning"}


def test_no_limit_says_what_this_version_no_longer_does():
    told = briefing_json(invented.told(), Language("en"))
    assert not any("this version" in one for one in told["limits"])
    assert any("only estimated, from time" in one for one in told["limits"])


@SPEAKING
@pytest.mark.parametrize(("raw", "null", "theta"), [(0.056, 0.005, 0.056), (0.3, 0.01, 0.7), (0.001, 0.02, -0.02)])
def test_the_study_is_drawn_among_the_doses_and_its_table_says_so(raw, null, theta, code):
    figures = invented.layer(raw=raw, null=null, theta=theta, low=theta - 0.01, high=theta + 0.01, named=0.23)
    inputs = invented.told(figures)
    inputs = replace(inputs, tables={**inputs.tables, "doses": invented.doses(raw=raw, null=null)})
    chart = doses(given_of(inputs, Language(code)))
    assert isinstance(chart, Chart)
    assert chart.rows[-1][2] == Language(code).percent(raw)
    assert chart.rows[-2][2] == Language(code).percent(null)


def test_figures_are_read_by_their_names_alone():
    found = read(by_name(reversed(invented.layer())))
    assert isinstance(found, Inferred)
    assert found.since == date(2026, 3, 6)
    assert found.whole[0] == pytest.approx(found.named + found.share)


def pairs_without(n, of=370):
    """What the layer says of pairs for which nobody comparable was found: from the room that says it."""
    known = SimpleNamespace(is_exposed=np.ones(of, bool))
    match = Match(np.where(np.arange(of) < n, -1, 1), np.ones(of, np.int64))
    return match.caveats(known)


@SPEAKING
@pytest.mark.parametrize("n", [186, 363, 370])
def test_an_estimate_that_speaks_of_a_few_pairs_alone_is_none_of_the_study(n, code):
    caveats = (SINCE, *pairs_without(n))
    inputs = invented.told(invented.layer(caveats=caveats), caveats=caveats)
    told = briefing_json(inputs, Language(code))
    assert told["inferred"]["status"] == "unknown"
    assert str(n) in told["inferred"]["reason"]
    assert told["figures"][0]["beside"] is None
    assert told["caveats"] == [], "no limits of a figure that is not shown"
    assert isinstance(hundred_acts(given_of(inputs, Language(code))), NoChart)


def test_pairs_without_strangers_are_told_as_a_limit_while_they_are_the_fewer():
    found = read(by_name(invented.layer(caveats=(SINCE, *pairs_without(100)))))
    assert isinstance(found, Inferred)
    assert len(found.caveats) == 2

"""Words that say no more than the counts behind them: small studies, chances and labels, upper bounds, coverage."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.report import findings
from ascendant.report.briefing import briefing_html, briefing_json
from ascendant.report.inputs import StandingCounts
from ascendant.report.language import LANGUAGES, Language
from report import invented

SPEAKING = pytest.mark.parametrize("code", LANGUAGES)
TOO_SMALL = {"en": "These files are too small for a finding", "fr": "Ces fichiers sont trop petits pour"}
CLAIMS = {
    "en": "name the account that|About .* influence|come from|come within|moves more|lead,|accounts .* influenc.* than",
    "fr": "nomment le compte qui les|Environ .* comptes|le sont par|arrivent en|suscite plus|en tête|comptes .* plutôt",
}


def sized(n_acts, n_accounts, **changes):
    """A briefing of so many acts of so many accounts."""
    share, many, half, delay = invented.FIGURES
    figures = (
        replace(share, estimate=1 / n_acts if n_acts else None, n=n_acts),
        replace(many, estimate=n_accounts / 3, low=0.0, high=float(n_accounts), n=n_accounts),
        replace(half, n=n_acts),
        replace(delay, n=n_acts),
    )
    return invented.briefing(figures=figures, **changes)


def words(page):
    return re.sub(r"<[^>]+>", "", page.split("</style>")[1])


def titles(told):
    return [*(figure["title"] for figure in told["figures"]), told["standing"]["title"], told["tiers"]["title"]]


@SPEAKING
@pytest.mark.parametrize(("n_acts", "n_accounts"), [(1, 1), (3, 3), (29, 29), (5_000, 9), (29, 9)])
def test_a_small_study_says_so_first_and_no_title_claims(code, n_acts, n_accounts):
    told = briefing_json(sized(n_acts, n_accounts), Language(code))
    assert told["is_too_small"]
    assert told["answer"][0].startswith(TOO_SMALL[code])
    assert Language(code).number(n_acts) in told["answer"][0]
    assert len(told["answer"]) == 2
    assert "Ville Demain" not in " ".join(told["answer"])
    for title in titles(told):
        assert not re.search(CLAIMS[code], title), title
        assert "{" not in title


@SPEAKING
@pytest.mark.parametrize(("n_acts", "n_accounts"), [(30, 10), (30, 30), (5_000, 10)])
def test_from_the_least_size_on_findings_are_told(code, n_acts, n_accounts):
    told = briefing_json(sized(n_acts, n_accounts), Language(code))
    assert not told["is_too_small"]
    assert len(told["answer"]) == 3
    assert not told["answer"][0].startswith(TOO_SMALL[code])
    assert sum(bool(re.search(CLAIMS[code], title)) for title in titles(told)) == 6


@SPEAKING
def test_without_any_act_the_answer_is_that_there_is_none(code):
    told = briefing_json(invented.empty(), Language(code))
    assert not told["is_too_small"]
    assert not told["answer"][0].startswith(TOO_SMALL[code])


@given(st.integers(1, 29), st.floats(0, 1))
def test_the_counts_of_a_small_study_are_whole_numbers(n_acts, share):
    n_moved = round(share * n_acts)
    figures = {"share_named": replace(invented.FIGURES[0], estimate=n_moved / n_acts, n=n_acts)}
    first, second = findings.answer(figures, n_acts, 5, ["somebody"], Language("en"))
    assert f"{n_acts} acts" in first.words(Language("en")) or n_acts == 1
    assert {0: "None", 1: "One"}.get(n_moved, f"{n_moved} ") in second.words(Language("en"))


@SPEAKING
def test_labels_and_chances_are_told_apart_beside_the_figure(code):
    counts = StandingCounts(influencer=905, influenced=8_106, both=299)
    inputs, language = invented.briefing(standing_counts=counts), Language(code)
    share, many, half, delay = briefing_json(inputs, language)["figures"]
    assert language.number(1_204) in many["two_counts"], "influencer and both: the labels"
    assert many["shown"] in many["two_counts"], "the sum of chances, as the figure shows it"
    assert many["two_counts"] in words(briefing_html(inputs, language))
    assert (share["two_counts"], half["two_counts"], delay["two_counts"]) == (None, None, None)


@SPEAKING
def test_a_rate_that_is_an_upper_bound_is_said_to_be_one(code):
    inputs, language = invented.briefing(), Language(code)
    told = briefing_json(inputs, language)
    rows = [row["known"] for tier in told["tiers"]["tiers"] for row in tier["accounts"]]
    (bound,) = (row for row in rows if row["rate_is_upper_bound"])
    page = briefing_html(inputs, language)
    at_most = {"en": "at most ", "fr": "au plus "}[code]
    assert re.findall(f"{at_most}[\\d.,]+", page) == [at_most + language.number(bound["influence_rate"], 0)]
    assert {"en": "At most: of these accounts", "fr": "Au plus\u202f: de ces comptes"}[code] in page
    standing = invented.standing()
    place = standing.column_names.index("rate_is_upper_bound")
    exact = standing.set_column(place, "rate_is_upper_bound", [[False] * standing.num_rows])
    page = briefing_html(replace(inputs, standing=exact), language)
    assert not re.search("at most|au plus", page, re.IGNORECASE)


@SPEAKING
def test_a_page_on_a_part_of_the_study_says_that_its_coverage_is_of_the_whole(code):
    language = Language(code)
    narrowed, whole = invented.briefing(), invented.briefing(is_narrowed=False, about=None)
    said = briefing_json(narrowed, language)["coverage"]["of_whole_study"]
    assert {"en": "Only a part of the study", "fr": "que sur une partie de l’étude"}[code] in said
    assert said in words(briefing_html(narrowed, language))
    assert briefing_json(whole, language)["coverage"]["of_whole_study"] is None
    assert said not in words(briefing_html(whole, language))

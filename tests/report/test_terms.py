"""Explanations: the same terms in both languages, found however they are asked for."""

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.errors import UnknownTerm
from ascendant.report.language import LANGUAGES, Language
from ascendant.report.terms import all_terms, explain, explanation

TEXTS = {
    code: tomllib.loads((files("ascendant.report") / "texts" / f"terms_{code}.toml").read_text(encoding="utf-8"))
    for code in LANGUAGES
}
KEYS = list(TEXTS["en"])
NEEDED = (
    "influencer influenced both standing slight presumed evidence act act_moved influenced_share influence_rate named"
    " conversation tie cascade community sphere reach precision tier interval pseudonym coverage reject study repost"
    " quote reply mention target consumer relay company cause individual export"
).split()


def test_each_language_explains_the_same_terms_and_points_to_the_same_neighbours():
    assert {key: entry["see"] for key, entry in TEXTS["en"].items()} == {
        key: entry["see"] for key, entry in TEXTS["fr"].items()
    }
    assert set(NEEDED) <= set(KEYS)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_an_explanation_has_two_to_four_sentences_and_neighbours_that_exist(key, code):
    found = explanation(key, Language(code))
    assert 2 <= len(re.findall(r"[.?!](?:\s|$)", found.text)) <= 4
    assert found.see_also
    assert all(explain(title, Language(code)).title == title for title in found.see_also)


@pytest.mark.parametrize("key", KEYS)
def test_a_term_is_found_by_its_title_in_either_language_and_answered_in_the_language_asked_for(key):
    for asked in LANGUAGES:
        title = explanation(key, Language(asked)).title
        for code in LANGUAGES:
            assert explain(title, Language(code)).key == key


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_leads_to_two_terms(code):
    seen: dict[str, str] = {}
    for key, entry in TEXTS[code].items():
        for word in (entry["title"], *entry["words"]):
            assert seen.setdefault(word.casefold(), key) == key, word


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("INFLUENCÉE", "influenced"),
        ("comptes influences", "influenced"),
        ("  Part   influencée ", "influenced_share"),
        ("acts moved", "act_moved"),
        ("act-moved", "act_moved"),
        ("act_moved", "act_moved"),
        ("élément à l’appui", "evidence"),
        ("retweets", "repost"),
        ("Paliers", "tier"),
    ],
)
def test_accents_plurals_and_signs_do_not_matter(asked, key):
    assert explain(asked, Language("en")).key == key


def test_an_unknown_term_names_the_nearest_in_the_language_asked_for():
    with pytest.raises(UnknownTerm) as caught:
        explain("influencr", Language("fr"))
    message, hint = Language("fr").error(caught.value)
    assert "influencr" in message
    assert "compte qui influence" in hint


@given(st.text(max_size=30))
def test_any_question_is_answered_or_refused_with_advice(asked):
    assert answered(asked)


def answered(asked):
    try:
        return explain(asked, Language("en")).text
    except UnknownTerm as error:
        return Language("en").error(error)[1]


def test_french_explanations_are_typeset():
    for one in all_terms(Language("fr")):
        assert not re.search(r" [;:!?»]|« |\w'\w", one.text), one.key

"""Errors say what happened and what to try; every word that an answer uses can be explained."""

import inspect
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from ascendant import errors
from ascendant.activity import ACTS
from ascendant.cli.app import main
from ascendant.cli.who import MARKS, SIDES
from ascendant.errors import AscendantError, fields_of
from ascendant.patterns.standing import STANDING
from ascendant.report.language import LANGUAGES, Language
from ascendant.report.terms import all_terms, explain

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
ERRORS = {
    name: kind
    for name, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, AscendantError) and kind is not AscendantError
}
FAMILIES = {name for name, kind in ERRORS.items() if AscendantError in kind.__bases__}


def test_each_error_says_what_happened_and_what_to_try():
    silent = [name for name, kind in ERRORS.items() if name not in FAMILIES and not (kind.message and kind.hint)]
    assert silent == []


def test_the_tree_of_errors_is_the_tree_that_is_drawn():
    drawn: dict[str, set[str]] = {}
    family = ""
    for line in errors.__doc__.splitlines():
        if found := re.match(r"[├└]── (\w+) ", line):
            family = found[1]
            drawn[family] = set()
        elif found := re.match(r"[│ ]   [├└]── ([\w ]+)$", line):
            drawn[family] |= set(found[1].split())
    assert drawn == {
        family: {name for name, kind in ERRORS.items() if ERRORS[family] in kind.__bases__} for family in FAMILIES
    }


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", sorted(ERRORS.keys() - FAMILIES))
def test_an_error_is_said_in_words_with_its_facts_and_its_advice(name, code):
    kind = ERRORS[name]
    facts = {fact: 3 if fact == "n" else f"<{fact}>" for fact in fields_of(kind.message) | fields_of(kind.hint)}
    message, hint = Language(code).error(kind(**facts))
    assert message
    assert hint
    assert all(str(fact) in message + hint for fact in facts.values())
    assert "{" not in message + hint


def asked_words():
    """Words that answers, pages and the README use."""
    told = README.partition("## What a figure means")[2].partition("\n## ")[0]
    bold = {word.lower().removeprefix("the ").removesuffix(" mark") for word in re.findall(r"\*\*([^*]+)\*\*", told)}
    assert {"interval", "evidence", "tier"} <= bold
    columns = {"standing", "evidence", "influenced_share", "influence_rate"}
    assert columns <= set(STANDING.names)
    results = {
        "tie",
        "cascade",
        "community",
        "sphere",
        "reach",
        "reject",
        "coverage",
        "pseudonym",
        "named",
        "act moved",
    }
    return sorted(bold | columns | results | ACTS | set(SIDES) | {"act moved", "conversation", "presumed", "slight"})


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("word", asked_words())
def test_each_word_that_an_answer_uses_is_explained(word, code):
    found = explain(word, Language(code))
    assert found.text != explain(word, Language("fr" if code == "en" else "en")).text


@pytest.mark.parametrize("code", LANGUAGES)
def test_explain_prints_every_term_of_the_glossary(code, capsys):
    with pytest.raises(SystemExit):
        main(["explain", "--json", "--lang", code])
    listed = json.loads(capsys.readouterr().out)
    assert [one["key"] for one in listed] == [one.key for one in all_terms(Language(code))]
    texts = (files("ascendant.report") / "texts" / f"terms_{code}.toml").read_text(encoding="utf-8")
    assert {one["key"] for one in listed} == set(re.findall(r"^\[(\w+)\]$", texts, re.MULTILINE))
    for one in listed:
        with pytest.raises(SystemExit) as left:
            main(["explain", one["title"], "--json", "--lang", code])
        assert left.value.code in (0, None)
        assert json.loads(capsys.readouterr().out) == one


def test_marks_of_evidence_are_said_in_the_explanation_of_evidence():
    text = explain("evidence", Language("en")).text
    assert all(mark in text for mark in MARKS)

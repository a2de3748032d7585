"""What to do, step by step, below an explanation: the same in both languages, and fit for a terminal."""

import tomllib
from importlib.resources import files

import pytest

from ascendant.cli.app import main
from ascendant.report.language import LANGUAGES, Language
from ascendant.report.terms import explain, explanation

TEXTS = files("ascendant.report") / "texts"
GUIDES = {code: tomllib.loads((TEXTS / f"guides_{code}.toml").read_text(encoding="utf-8")) for code in LANGUAGES}
ASKED = {
    "archive": ["export", "exports", "archive", "archives", "how to get my data", "exporter", "mes données"],
    "archive_x": ["export x", "archive of X", "archive de X", "x"],
    "archive_facebook": ["export facebook", "Archive Facebook", "espace comptes", "Accounts Center"],
    "archive_linkedin": ["export linkedin", "archive de LinkedIn"],
}


def test_each_language_has_the_same_guides_and_each_belongs_to_a_term():
    assert set(GUIDES["en"]) == set(GUIDES["fr"]) == set(ASKED)
    assert all(explanation(key, Language(code)).guide for key in ASKED for code in LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("key", ASKED)
def test_a_guide_fits_a_terminal_of_eighty_columns(key, code):
    lines = explanation(key, Language(code)).guide.splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 25


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("key", "asked"), [(key, one) for key, words in ASKED.items() for one in words])
def test_a_guide_is_found_however_it_is_asked_for(key, asked, code):
    assert explain(asked, Language(code)).key == key


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_short_guide_says_for_each_platform_what_must_not_be_missed(code):
    guide = explanation("archive", Language(code)).guide
    assert all(name in guide for name in ("X  ", "Facebook", "LinkedIn", "JSON", "HTML", "ascendant mirror"))


@pytest.mark.parametrize(("words", "said"), [(["export"], "Accounts Center"), (["export", "facebook"], "JSON")])
def test_the_command_line_shows_it_below_the_explanation(words, said, capsys):
    with pytest.raises(SystemExit):
        main(["explain", " ".join(words), "--lang", "en"])
    shown = capsys.readouterr().out
    assert said in shown
    assert shown.index(explain(" ".join(words), Language("en")).text[:20]) < shown.index(said)

"""A command that cannot be is told before anything is read, with exit code 2."""

from __future__ import annotations

import json

import pytest

from study.bad_files import COLUMNS, GOOD, TABLE, english_in

READ = ("read", "table.csv", "--study", "study")
BRIEF = ("brief", "good.jsonl", "--study", "study")

# words, what is said in English and in French
COMMANDS = {
    "no command": (("red", "x"), "there is no command red; did you mean read?", "pas de commande red"),
    "no option": (
        (*READ, "--foramt", "x"),
        "no option --foramt; did you mean --format, --time-format?",
        "pas d’option --foramt",
    ),
    "no value": (("read", "table.csv", "--study"), "--study needs a value", "--study demande une valeur"),
    "no file": (("read", "--study", "study"), "FILES is missing", "il manque FILES"),
    "too many words": (("who", "a", "b"), "this is too much: b", "ceci est de trop\u202f: b"),
    "no number": (
        ("demo", "--accounts", "many"),
        "--accounts: it should be a whole",
        "--accounts\u202f: il faut un nombre",
    ),
    "no pair": ((*READ, "--columns", "who"), "--columns who does not fit", "--columns who ne convient pas"),
    "no field": ((*READ, "--columns", "acteur=who"), "“acteur” is not a field", "n’est pas un champ"),
    "field twice": (
        (*READ, "--columns", "actor=a", "actor=b"),
        "the field is mapped twice",
        "le champ est indiqué deux fois",
    ),
    "no such verb": (
        (*READ, *COLUMNS, "RE=retweetage"),
        "--values cannot be “RE=retweetage”: there is no such verb",
        "--values ne peut pas être «\u202fRE=retweetage\u202f»\u202f: ce verbe n’existe pas",
    ),
    "no preset": ((*READ, "--preset", "nosuch"), "--preset cannot be “nosuch”", "--preset ne peut pas être"),
    "no separator": ((*READ, "--separator", "ab"), "a separator is one character", "un seul caractère"),
    "no format": ((*READ, "--format", "nosuch"), "--format cannot be “nosuch”", "--format ne peut pas être"),
    "no zone": (
        (*READ, *COLUMNS, "--time-zone", "Paris/Europe"),
        "--time-zone cannot be “Paris/Europe”: there is no such time zone",
        "ce fuseau horaire n’existe pas",
    ),
    "no pattern": ((*READ, *COLUMNS, "--time-format", "%Q"), "--time-format cannot be “%Q”", "un format de date est"),
    "no day": ((*BRIEF, "--since", "yesterday"), "write a day as 2026-03-01", "écrivez un jour comme 2026-03-01"),
    "no such day": ((*BRIEF, "--until", "2026-02-30"), "--until cannot be “2026-02-30”", "--until ne peut pas être"),
    "the end of all days": ((*BRIEF, "--until", "9999-12-31"), "--until cannot be “9999-12-31”", "--until ne peut"),
    "days turned round": (
        (*BRIEF, "--since", "2026-03-02", "--until", "2026-03-01"),
        "it comes before --since",
        "ce jour précède celui de --since",
    ),
    "no export format": (("export", "pdf"), "the format cannot be “pdf”", "le format ne peut pas être"),
}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("case", COMMANDS)
def test_a_wrong_command_is_told_in_words_and_reads_nothing(case, lang, command, tmp_path):
    (tmp_path / "table.csv").write_text(TABLE)
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    words, said, said_fr = COMMANDS[case]
    done = command(words[0], "--lang", lang, *words[1:]) if case != "no command" else command(*words, "--lang", lang)
    message, _, advice = done.err.partition("  -> ")
    assert done.code == 2
    assert (said if lang == "en" else said_fr) in message
    assert advice.strip()
    assert not list(tmp_path.glob("study/activity/*"))
    assert lang == "en" or english_in(done.err) == []


def test_a_language_that_is_not_spoken_is_told(command):
    done = command("read", "x", "--lang", "de")
    assert done.code == 2
    assert "--lang cannot be “de”: ascendant speaks fr and en" in done.err


@pytest.mark.parametrize("words", [("read", "--lang=fr"), ("read", "--lang", "fr"), ("read", "--lang", "FR")])
def test_the_language_is_heeded_even_where_the_rest_is_wrong(words, command):
    assert "il manque FILES" in command(*words).err


def test_the_words_of_the_environment_decide_without_an_option(command, monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "il manque FILES" in command("read").err


def test_json_holds_the_error_of_a_wrong_command(command):
    printed = json.loads(command("read", "--json").out)
    assert printed["error"]["kind"] == "BadCommand"
    assert "--help" in printed["error"]["hint"]


def test_a_bare_command_shows_its_help(command):
    done = command()
    assert done.code == 0
    assert "Commands:" in done.out
    assert command("--help").code == 0
    assert command("--version").code == 0

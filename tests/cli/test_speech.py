"""Help and errors of use, as a newcomer meets them."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command

from ascendant.cli.app import app, main
from ascendant.cli.speech import words_of
from ascendant.report.language import Language

COMMANDS = sorted(get_command(app).commands)


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The exit code of a command line, and all that it says."""
    with pytest.raises(SystemExit) as left:
        main(list(words))
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out + err


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_the_terminal_and_speaks_one_language(
    command: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, page = told(capsys, *command.split(), "--help", "--lang", lang) if command else told(capsys, "--help")
    assert code == 0
    assert max(map(len, page.splitlines())) <= 80
    if command and lang == "fr":
        own = [words for words in words_of(get_command(app).commands[command]) if " " in words]
        assert page.startswith("Emploi\u202f: ascendant")
        flowing = " ".join(page.split())
        left_english = [words for words in own if words in flowing]
        assert own
        assert not left_english


def test_every_word_of_the_help_has_its_french() -> None:
    french = Language("fr")
    for words in words_of(get_command(app)):
        if " " in words:
            assert french.say(words) != words


def test_the_locale_decides_when_no_language_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert "affiche ce texte" in told(capsys, "who", "--help")[1]
    assert "affiche ce texte" in told(capsys)[1]
    assert "il manque" in told(capsys, "who")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["brief", "--sinse", "2026-01-01"], r"no option --sinse; did you mean .*--since"),
        (["brief", "--zzz"], "no option --zzz"),
        (["demo", "--seed", "x"], "--seed: it should be a whole number"),
        (["who"], "ACCOUNT is missing"),
        (["whoo"], "no command whoo; did you mean who"),
        (["why", "a", "b", "c"], "this is too much: c"),
        (["brief", "f", "--since"], "--since needs a value"),
    ],
)
def test_wrong_use_is_told_in_a_sentence_with_exit_code_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told_words = told(capsys, *words)
    assert code == 2
    assert re.search(said, told_words, re.MULTILINE)
    assert "--help" in told_words
    assert "Traceback" not in told_words

"""What commands say beside their result: cut between words on a terminal, and once for all that is alike."""

import sys

import pytest

from ascendant.cli.screen import SHOWN_PROBLEMS, note, note_problems, plain_problem, show_error, speak_as
from ascendant.errors import EmptyFile, FileMissing, ProtectedFile
from ascendant.report.language import Language

EN = Language("en")


def on_a_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)


def test_on_a_terminal_a_note_is_cut_between_words_and_nothing_is_lost(capsys, monkeypatch):
    on_a_terminal(monkeypatch)
    words = "a table can be read by naming its columns, for instance: --columns actor=author object_author=reposted x"
    note(f"  -> {words}", "     ")
    shown = capsys.readouterr().err
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert len(shown.splitlines()) == 2
    assert shown.splitlines()[1].startswith("     ")
    assert " ".join(shown.split()) == f"-> {words}"


def test_elsewhere_a_note_is_one_line_that_can_be_searched(capsys):
    note("word " * 60)
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_path_is_never_cut(capsys, monkeypatch):
    on_a_terminal(monkeypatch)
    path = "/a/long-path/" + "x" * 120
    note(f"{path} is empty")
    assert path in capsys.readouterr().err


def test_what_is_alike_is_advised_once_and_each_file_is_named(capsys):
    note_problems([FileMissing(file="a"), EmptyFile(file="b"), FileMissing(file="c")], EN)
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["a does not exist", "c does not exist"]
    assert lines[2].startswith("  -> check the spelling")
    assert lines[3] == "b is empty"
    assert len(lines) == 5


@pytest.mark.parametrize("n", [1, 3, 4, 10])
def test_of_many_that_are_alike_the_first_are_told_and_the_others_counted(n, capsys):
    note_problems([FileMissing(file=f"file {i}") for i in range(n)], EN)
    lines = capsys.readouterr().err.splitlines()
    assert sum("does not exist" in line for line in lines) == min(n, SHOWN_PROBLEMS)
    counted = [line for line in lines if line.startswith("and ")]
    assert len(counted) == (n > SHOWN_PROBLEMS)
    if n > SHOWN_PROBLEMS + 1:
        assert f"{n - SHOWN_PROBLEMS} more" in counted[0]


def test_an_error_that_speaks_for_others_gives_its_own_code_and_tells_them_all(capsys):
    error = FileMissing(file="a")
    error.others = (ProtectedFile(file="b.zip"),)
    assert show_error(error, ["read", "--lang", "en"]) == 3
    assert "b.zip is protected" in capsys.readouterr().err


def test_a_problem_for_json_has_its_kind_and_words():
    told = plain_problem(FileMissing(file="a"), EN)
    assert (told["kind"], told["message"]) == ("FileMissing", "a does not exist")
    assert told["hint"].startswith("check")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["who", "--lang", "fr"], "fr"),
        (["who", "--lang=fr"], "fr"),
        (["who", "--lang", "de"], "en"),
        (["who", "--lang"], "en"),
        ([], "en"),
    ],
)
def test_the_language_of_an_error_is_the_one_asked_for_or_that_of_the_environment(words, code, monkeypatch):
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    assert speak_as(words).code == code

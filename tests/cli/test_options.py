"""Flags that are made of the options of a room."""

from dataclasses import dataclass, field, fields

import typer
from typer.testing import CliRunner

from ascendant.cli.options import Asking, Json, Lang, with_flags
from ascendant.store.options import Question


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Some of each kind."""

    how_many: int = field(default=3, metadata={"help": "how many there are"})
    name: str | None = field(default=None, metadata={"help": "what it is called"})
    pairs: tuple[str, ...] = field(default=(), metadata={"help": "what goes with what"})
    lang: Lang = None
    json: Json = False


def run(*words):
    """What a command with these choices received, its exit code, and what it printed."""
    received = []

    def command(place: str, *, choices: Choices) -> None:
        received.append((place, choices))

    app = typer.Typer(rich_markup_mode=None)
    app.command()(with_flags(command))
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "100"})
    return received, done.exit_code, done.output


def test_what_is_not_given_is_the_default_of_the_field():
    assert run("here")[0] == [("here", Choices())]


def test_a_flag_is_named_after_its_field_and_a_tuple_takes_its_flag_several_times():
    words = ("here", "--how-many", "7", "--pairs", "a=b", "--name", "n", "--pairs", "c=d")
    assert run(*words)[0] == [("here", Choices(how_many=7, name="n", pairs=("a=b", "c=d")))]


def test_a_value_of_another_kind_and_an_unknown_flag_are_wrong_use():
    assert run("here", "--how-many", "many")[:2] == ([], 2)
    assert run("here", "--how-much", "7")[:2] == ([], 2)


def test_help_gives_the_words_and_the_default_of_each_field():
    shown = " ".join(run("--help")[2].split())
    for words in ("--how-many", "how many there are", "[default: 3]", "--name", "--pairs A=B", "what goes with what"):
        assert words in shown
    assert shown.count("default") == 1


def test_a_field_that_is_an_option_already_keeps_its_flag_and_its_help():
    assert run("here", "--lang", "fr", "--json")[0] == [("here", Choices(lang="fr", json=True))]
    assert "fr or en; your locale otherwise" in run("--help")[2]
    assert "--no-json" not in run("--help")[2]


def test_what_a_study_is_asked_has_the_names_of_the_fields_of_a_question():
    assert {one.name for one in fields(Asking)} >= {one.name for one in fields(Question)} - {"time_zone"}

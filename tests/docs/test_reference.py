"""Each command, option and reader is documented: in its help, and in the pages that are made of it."""

import importlib.util
import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from typer.models import ArgumentInfo, OptionInfo

from ascendant.activity import Activity
from ascendant.cli.app import app, main
from ascendant.errors import AscendantError
from ascendant.read.options import ReadOptions
from ascendant.read.readers import READERS
from ascendant.read.tabular import presets
from ascendant.read.tabular.mapping import FIELDS
from ascendant.read.x_posts.json_files import FORMS
from ascendant.read.x_posts.table_shapes import SHAPES
from ascendant.store.options import Question
from ascendant.study.options import DEFAULTS
from ascendant.study.rooms import answer
from strategies import study_of

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = {command.callback.__name__: command.callback for command in app.registered_commands}


@pytest.fixture(scope="module")
def reference():
    spec = importlib.util.spec_from_file_location("reference_tool", ROOT / "tools" / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(name):
    return (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")


def section(name, title):
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", page(name), re.DOTALL | re.MULTILINE)
    assert found, f"{name} has no section {title}"
    return found[1]


def words_of(command):
    """The parameters of a command: name -> what typer was told of it."""
    parameters = inspect.signature(command, eval_str=True).parameters
    return {name: get_args(parameter.annotation)[1] for name, parameter in parameters.items()}


def flag(name, told):
    return told.default if isinstance(told.default, str) else "--" + name.replace("_", "-")


def test_the_reference_says_what_the_code_says(reference):
    assert reference.stale() == [], "run `python tools/reference.py update`"


def test_a_page_that_was_changed_is_absent_or_is_made_by_nothing_is_told(reference, tmp_path):
    for name, made in reference.PAGES.items():
        (tmp_path / name).write_text(made(), encoding="utf-8")
    assert reference.stale(tmp_path) == []
    (tmp_path / "commands.md").write_text("another text")
    (tmp_path / "readers.md").unlink()
    (tmp_path / "more.md").write_text("a page of nobody")
    assert reference.stale(tmp_path) == ["commands.md", "more.md", "readers.md"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_each_of_its_words_say_what_they_are_for(name):
    assert re.match(r"[A-Z].*\.", COMMANDS[name].__doc__ or ""), "a command begins with a sentence"
    for word, told in words_of(COMMANDS[name]).items():
        assert isinstance(told, ArgumentInfo | OptionInfo), word
        assert told.help, f"{word} of {name} has no help"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_each_of_its_words_are_in_the_reference(name):
    told = section("commands.md", name)
    for word, info in words_of(COMMANDS[name]).items():
        if isinstance(info, OptionInfo):
            assert re.search(rf"^\| `{re.escape(flag(word, info))}(?: \S+)?` \|", told, re.MULTILINE), word
        else:
            assert (info.metavar or word).upper() in told.split("```")[1]
        assert f"| {info.help} |" in told


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_each_flag_and_needs_no_study(name, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code in (0, None)
    shown = capsys.readouterr().out
    for word, told in words_of(COMMANDS[name]).items():
        if isinstance(told, OptionInfo):
            assert flag(word, told) in shown.split()
    assert list(tmp_path.iterdir()) == []


def test_the_list_of_commands_shows_all(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    assert set(re.findall(r"^  (\w+)  ", capsys.readouterr().out, re.MULTILINE)) >= COMMANDS.keys()


def test_choices_of_a_reading_have_one_flag_each_where_files_are_read():
    wanted = {name: field.metadata["help"] for name, field in ReadOptions.__dataclass_fields__.items()}
    for name in ("brief", "read"):
        given = words_of(COMMANDS[name])
        assert {word: given[word].help for word in wanted} == wanted


def test_every_exit_code_is_in_the_reference():
    told = section("commands.md", "Exit codes")
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", told, re.MULTILINE)}
    kinds = [AscendantError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert {kind.exit_code for kind in kinds} | {0, 1, 2, 130} == codes


@pytest.mark.parametrize("name", READERS)
def test_a_reader_has_its_section_with_the_files_that_it_knows_and_samples(name):
    module = import_module(f"ascendant.read.{name}")
    told = section("readers.md", module.READER.name)
    assert module.FILES
    for kind, sentence in module.FILES.items():
        assert f"| {kind} | {sentence} |" in told
    assert any((ROOT / "tests" / "read" / "exports" / name).iterdir())


def test_each_form_of_posts_of_x_is_among_the_files_of_its_reader():
    from ascendant.read.x_posts import FILES

    assert set(FILES) == FORMS.keys() | SHAPES.keys()


def test_presets_and_fields_of_a_mapping_are_in_the_section_of_tables():
    told = section("readers.md", "tabular")
    for name, about in presets().items():
        assert f"| `{name}` | {about} |" in told
    for name, meaning in FIELDS.items():
        assert f"| `{name}` | {meaning} |" in told


def test_each_column_of_the_results_that_are_told_is_in_the_reference_with_its_meaning(reference):
    rows = [Activity(activity_id=f"x:{n}", platform="x", verb="post", actor_id="x:ann") for n in range(3)]
    with study_of(rows) as questions:
        found = answer(questions, Question(), DEFAULTS, lambda *_: None).tables
    told = reference.tables()
    for name in reference.RESULTS:
        part = told.split(f"## results/{name}\n")[1].split("\n## ")[0]
        said = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", part, re.MULTILINE)
        assert [column for column, _ in said] == found[name].column_names
        assert all(meaning.strip() for _, meaning in said)

"""What CONTRIBUTING says of adding a reader works as it is said."""

import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from ascendant.activity import Activity, Coverage
from ascendant.read import readers
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


class MyNetwork:
    """As little as a reader can be: one post a line, the author before the words."""

    name = "my_network"
    version = 1

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        return [member.name for member in export.members] == ["posts.json"]

    def read(self, export, options):
        with export.members[0].open() as stream:
            for n, line in enumerate(stream.read().decode().splitlines(), start=1):
                who, _, words = line.partition(" ")
                yield Activity(
                    activity_id=f"mine:{n}",
                    platform="mine",
                    verb="post",
                    actor_id=f"mine:{who}",
                    text=words,
                    source_pointer=f"line {n}",
                )
        yield Coverage(member="posts.json", status="parsed", rows_in=n)


def example(language):
    """The one block of code in that language, without its indent."""
    found = re.search(rf"^( *)```{language}\n(.*?)^ *```$", TEXT, re.DOTALL | re.MULTILINE)
    return "\n".join(line.removeprefix(found[1]) for line in found[2].splitlines())


@pytest.fixture
def given_test(monkeypatch, tmp_path):
    """The test that CONTRIBUTING gives, for a reader of `lines` in the place where it says that samples stand."""
    module = ModuleType("ascendant.read.my_network")
    module.READER = MyNetwork()
    monkeypatch.setitem(sys.modules, "ascendant.read.my_network", module)
    sample = tmp_path / "exports" / "my_network" / "posts.json"
    sample.parent.mkdir(parents=True)

    def run(lines):
        sample.write_text(lines)
        space = {"__file__": str(tmp_path / "test_my_network.py")}
        exec(example("python"), space)
        (found,) = (value for name, value in space.items() if name.startswith("test_"))
        found()

    return run


def test_the_test_that_is_given_passes_for_a_good_sample_and_fails_for_a_bad_one(given_test):
    given_test("ada hello\nbob good morning\n")
    with pytest.raises(AssertionError, match="nothing behind the platform"):
        given_test(" words of nobody\n")


def test_a_reader_of_another_package_is_found_by_the_entry_point_that_is_given(monkeypatch):
    groups = tomllib.loads(example("toml"))["project"]["entry-points"]

    def entry_points(group):
        return [SimpleNamespace(name=name, load=MyNetwork) for name in groups.get(group, {}) if groups[group][name]]

    monkeypatch.setattr(readers, "entry_points", entry_points)
    readers.known_readers.cache_clear()
    try:
        assert "my_network" in readers.known_readers()
    finally:
        readers.known_readers.cache_clear()


def test_the_tools_know_the_words_that_are_typed():
    typed = re.findall(r"python (tools/\w+\.py) (\w+)", TEXT)
    assert {tool for tool, _ in typed} == {"tools/texts.py", "tools/reference.py"}
    for tool, word in typed:
        assert f'case ["{word}"' in (ROOT / tool).read_text(encoding="utf-8")

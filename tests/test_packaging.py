"""What is installed and passed on: locks, metadata, licence, and errors that can be said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ascendant.errors import AscendantError, fields_of

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("run.lock", "dev.lock")
FOREIGN = re.compile(
    r"\w+://|(?:^|[\s'\"=@])(?:/\w|~/|[A-Za-z]:[\\/])|--(?:extra-)?index-url|--find-links|--no-index|--trusted-host"
    r"|^\s*-[if]\b",
    re.MULTILINE,
)
PINNED = re.compile(r"[A-Za-z0-9][\w.-]*==\S+(?: ; [^#]+?)?(?: --hash=sha256:[0-9a-f]{64})+")


def lock(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def requirements(text: str) -> list[str]:
    """Logical lines without comments, spaces made single."""
    bare = re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)
    joined = re.sub(r"\\\n", " ", bare)
    return [" ".join(line.split()) for line in joined.splitlines() if line.strip()]


def pins(name: str) -> dict[str, str]:
    return dict(line.split()[0].split("==") for line in requirements(lock(name)))


def subclasses(kind: type[AscendantError]) -> Iterator[type[AscendantError]]:
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


OURS = sorted(
    {kind for kind in subclasses(AscendantError) if kind.__module__ == "ascendant.errors"}, key=lambda k: k.__name__
)
SAID = [kind for kind in OURS if kind.message]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place_to_install_from(name: str) -> None:
    assert FOREIGN.findall(lock(name)) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--extra-index-url packages",
        "--find-links wheels",
        "-f wheels",
        "-i packages",
        "--no-index",
        "--trusted-host packages.example",
        "thing @ file:///srv/thing.whl",
        "    # via -c /srv/run.lock",
        "    # via -r ~/run.in",
        "thing @ C:\\wheels\\thing.whl",
    ],
)
def test_a_place_in_a_lock_would_be_found(line: str) -> None:
    assert FOREIGN.search(f"first==1\n{line}\n")


@pytest.mark.parametrize("name", LOCKS)
def test_each_requirement_of_a_lock_is_pinned_and_has_a_hash(name: str) -> None:
    lines = requirements(lock(name))
    assert lines
    assert [line for line in lines if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize("text", ["thing==1\n", "thing>=1 --hash=sha256:" + "0" * 64, "thing==1 --hash=sha256:00\n"])
def test_a_requirement_without_pin_or_hash_would_be_found(text: str) -> None:
    assert [line for line in requirements(text) if not PINNED.fullmatch(line)]


def test_tests_run_with_the_versions_that_users_run() -> None:
    run, dev = pins("run.lock"), pins("dev.lock")
    assert {name: dev.get(name) for name in run} == run


def test_each_dependency_is_in_both_locks() -> None:
    wanted = {re.split(r"[<>=!~\[; ]", line)[0].lower() for line in PROJECT["dependencies"]}
    for name in LOCKS:
        assert wanted <= pins(name).keys()


def test_the_pythons_of_the_metadata_are_those_of_the_set_up() -> None:
    assert PROJECT["requires-python"] == ">=3.11,<3.15"
    setup = (ROOT / "tools" / "setup.py").read_text(encoding="utf-8")
    assert "OLDEST, NEWEST = (3, 11), (3, 14)" in setup


def test_the_licence_is_apache_2_0_in_word_and_text() -> None:
    words = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").split())
    assert PROJECT["license"] == "Apache-2.0"
    assert PROJECT["license-files"] == ["LICENSE"]
    assert words.startswith("Apache License Version 2.0, January 2004")
    assert "END OF TERMS AND CONDITIONS" in words


@pytest.mark.parametrize("kind", SAID, ids=lambda kind: kind.__name__)
def test_an_error_fills_its_templates_with_its_facts(kind: type[AscendantError]) -> None:
    wanted = fields_of(kind.message) | fields_of(kind.hint)
    facts = {name: f"<{name}>" for name in wanted}
    error = kind(**facts)
    said = f"{error} {error.advice}"
    assert error.advice
    assert all(f"<{name}>" in said for name in wanted)
    assert "{" not in said
    assert all(getattr(error, name) == fact for name, fact in facts.items())


@pytest.mark.parametrize("kind", [kind for kind in SAID if fields_of(kind.message)], ids=lambda kind: kind.__name__)
def test_an_error_without_its_facts_is_refused(kind: type[AscendantError]) -> None:
    with pytest.raises(TypeError, match=kind.__name__):
        kind()


def test_each_error_without_a_message_is_a_family() -> None:
    assert [kind for kind in OURS if not kind.message and not kind.__subclasses__()] == []
    assert {kind.exit_code for kind in OURS} == {2, 3, 4}

"""The examples of the README run as they stand there, on invented files, and give what the README says."""

import json
import re
import shlex
import zipfile
from pathlib import Path

import pytest

from ascendant.cli.app import main
from ascendant.demo.archives.make import write_archives
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.options import WorldOptions
from ascendant.demo.world import write_world

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [found[1] for found in re.finditer(r"^```\w*\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)]


def commands(block):
    """The commands of a block without what is said of them, which stands behind two blanks or more."""
    lines = re.sub(r"\s*\\\n\s*", " ", block).splitlines()
    return [re.split(r"\s{2,}", line)[0] for line in lines if line.startswith("ascendant ")]


RUN = [block for block in BLOCKS if commands(block)]


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Runs a command as it stands in the README, in a folder of its own and in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def run_one(command, code=0):
        with pytest.raises(SystemExit) as left:
            main(shlex.split(command)[1:])
        printed = capsys.readouterr()
        assert (left.value.code or 0) == code, f"{command}\n{printed.err}"
        return printed.out

    return run_one


def test_the_readme_has_the_examples_that_these_tests_run():
    assert [[command.split()[1] for command in commands(block)] for block in RUN] == [
        ["mirror"],
        ["brief", "who", "why", "groups", "explain"],
        ["brief"],
    ]


def test_ones_own_archives_come_to_a_mirror_in_one_command(run, tmp_path):
    written = write_archives(tmp_path / "written", ArchiveOptions(lang="en", n_days=150, scale=0.1))
    [mirror] = commands(RUN[0])
    for name, archive in zip(mirror.split()[2:], written.files, strict=True):
        archive.rename(tmp_path / name)
    said = run(mirror)
    assert said.startswith("At least ")
    page = Path(said.rsplit("Mirror: ", 1)[1].strip())
    assert page.stat().st_size > 10_000
    shared = Path(run("ascendant mirror --share").rsplit("Mirror: ", 1)[1].strip())
    assert shared != page
    assert "Joris Abaudin" not in shared.read_text(encoding="utf-8")
    assert "Joris Abaudin" in page.read_text(encoding="utf-8")


def test_the_first_use_reads_files_and_answers(run, tmp_path):
    world = write_world(tmp_path / "world", WorldOptions(accounts=120, acts=2400, seed=6, platforms="x")).posts[0]
    lines = world.read_text(encoding="utf-8").splitlines(keepends=True)
    half = len(lines) // 2
    assert half
    Path("posts.jsonl").write_text("".join(lines[:half]), encoding="utf-8")
    with zipfile.ZipFile("more.zip", "w") as archive:
        archive.writestr("inside/posts.jsonl", "".join(lines[half:]))
    brief, who, why, groups, explain = commands(RUN[1])
    said = run(brief)
    assert Path(said.rsplit("Briefing: ", 1)[1].strip()).stat().st_size > 10_000
    coverage = json.loads(run("ascendant read posts.jsonl --study study --json"))["coverage"]
    assert [row["rows_out"] > 0 for row in coverage] == [True, True]  # both files, and none of them twice
    account = "RivieresLibres"
    moved = json.loads(run(f"{who.replace('ACCOUNT', account)} --json"))["moves"][0]["account"]
    shown = run(who.replace("ACCOUNT", account))
    assert account in shown
    assert moved in shown
    evidence = run(why.replace("SOURCE", account).replace("TARGET", moved))
    assert evidence.splitlines()[0].endswith(f"-> {moved}")
    assert len(evidence.splitlines()) > 3
    assert "act together" in run(groups)
    assert "standing" in run(explain).splitlines()[0]
    assert "standing" in run(" ".join(explain.split()[:2]))


def table_and_command():
    """The three lines of interactions, and the command that stands below them."""
    place = BLOCKS.index(RUN[2])
    return BLOCKS[place - 1], commands(RUN[2])[0]


def test_the_three_lines_of_interactions_give_a_study(run):
    table, command = table_and_command()
    assert len(table.splitlines()) == 3
    Path("interactions.txt").write_text(table, encoding="utf-8")
    found = json.loads(run(f"{command} --json"))
    assert (found["activity"], found["rejects"]) == (3, 0)
    accounts = {field for line in table.splitlines() for field in line.split()[:2]}
    assert sum(found["standing"].values()) == found["accounts"] == len(accounts)
    repost = json.loads(run("ascendant why 7 13 --study study --json"))
    assert [(act["verb"], act["delay_seconds"]) for act in repost["acts"]] == [("repost", None)]
    assert repost["n_moved"] == 1
    run("ascendant why 7 11 --study study", code=3)  # a mention moves nobody
    answered = json.loads(run("ascendant who 12 --study study --json"))
    assert [row["n_moved"] for row in answered["moved_by"]] == [1]


def test_the_mapping_of_the_interactions_serves_the_next_file(run):
    table, command = table_and_command()
    Path("interactions.txt").write_text(table, encoding="utf-8")
    run(command)
    Path("next.txt").write_text(table.replace("17829", "17830"), encoding="utf-8")
    coverage = json.loads(run("ascendant read next.txt --study study --json"))["coverage"]
    assert [row["rows_out"] for row in coverage] == [3, 3]


def test_what_is_typed_to_set_up_exists():
    made = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1].split()
    targets = re.findall(r"^make (\w+)", "\n".join(BLOCKS), re.MULTILINE)
    assert targets
    assert set(targets) == set(made)
    setup = (ROOT / "tools" / "setup.py").read_text(encoding="utf-8")
    for word in re.findall(r"setup\.py (\w+)", "\n".join(BLOCKS)):
        assert f'"{word}"' in setup


def test_each_flag_that_the_readme_names_exists():
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    known = set(re.findall(r"`(--[a-z-]+)", reference)) | {"--help"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", README))
    assert {"--preset", "--reveal", "--columns"} <= named
    assert named <= known

"""Results are taken from `results/` when they are what would be made now, and never otherwise."""

import ast
import errno
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ascendant
from ascendant.demo.options import WorldOptions
from ascendant.demo.world import write_world
from ascendant.infer.options import InfluenceOptions
from ascendant.report.language import Language
from ascendant.store.duckdb import asking
from ascendant.store.options import Question
from ascendant.study import WHOLE, Study, kept, rooms
from ascendant.study.findings import TABLES
from ascendant.study.importing import no_progress
from ascendant.study.options import DEFAULTS, FindOptions

FILES = [*(f"{name}.parquet" for name in (*TABLES, "accounts")), "findings.json"]


@pytest.fixture
def world(tmp_path):
    return write_world(tmp_path, WorldOptions(accounts=40, acts=200, seed=4, platforms="x")).posts[0]


@pytest.fixture
def study(world, tmp_path):
    made = Study.make(tmp_path / "study")
    made.read([world])
    return made


@pytest.fixture
def computed(monkeypatch):
    """How often the rooms were asked."""
    calls = []
    real = rooms.answer

    def counted(*arguments):
        calls.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(rooms, "answer", counted)
    return calls


def imported_from(root, *modules):
    """The files of the package that these modules import, whenever they do, and what those import in turn."""
    found, left = set(), {part for module in modules for part in named(module)}
    while left:
        path = root / left.pop().replace(".", "/")
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if path in found or not path.is_file():
            continue  # a name of a module, not a module
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                left |= {part for one in node.names for part in named(one.name)}
            elif isinstance(node, ast.ImportFrom) and node.module:
                left |= {part for one in node.names for part in named(f"{node.module}.{one.name}")}
    return {path.relative_to(root / "ascendant").as_posix() for path in found}


def named(module):
    """A module of the package and the packages around it."""
    parts = module.split(".")
    return {".".join(parts[:n]) for n in range(1, len(parts) + 1)} if parts[0] == "ascendant" else set()


def anew(study, options=DEFAULTS):
    with asking(study.folder) as questions:
        return rooms.answer(questions, WHOLE, options, no_progress)


def same(one, other):
    assert one.tables.keys() == other.tables.keys()
    for name in one.tables:
        assert one.tables[name].equals(other.tables[name]), name
        assert one.tables[name].schema.equals(other.tables[name].schema), name
    assert one.accounts.equals(other.accounts)
    empty = {"tables": {}, "accounts": None}
    assert replace(one, **empty) == replace(other, **empty)
    return True


def another_file(world, tmp_path):
    """A file that adds one post to the world."""
    tweet = json.loads(world.read_text().splitlines()[0])["data"][0]
    path = tmp_path / "another.jsonl"
    path.write_text(json.dumps({"data": [{**tweet, "id": "1999999999999999999", "referenced_tweets": []}]}) + "\n")
    return path


def test_what_is_taken_is_what_would_be_made_now(study, computed):
    study.find()
    assert len(computed) == 1
    assert same(study.find(), anew(study))
    assert len(computed) == 2, "the second one is `anew` itself"


def test_the_page_of_kept_findings_is_the_page_of_new_ones(study):
    new, taken = study.find(), study.find()
    names = study.names(new, Language("fr"))
    pages = [study.summary(one, names, Language("fr"))["briefing"] for one in (new, taken)]
    assert {**pages[0], "made_on": None} == {**pages[1], "made_on": None}


def test_reading_another_file_makes_results_stale_and_reading_a_known_one_does_not(study, world, tmp_path, computed):
    n_rows = study.find().n_rows
    study.read([world])
    assert study.find().n_rows == n_rows
    assert len(computed) == 1
    study.read([another_file(world, tmp_path)])
    assert study.find().n_rows == n_rows + 1
    assert len(computed) == 2


@pytest.mark.parametrize("change", ["version", "code", "options"])
def test_results_of_another_version_or_other_options_are_not_taken(study, computed, monkeypatch, change):
    study.find()
    options = DEFAULTS
    if change == "version":
        monkeypatch.setattr(ascendant, "__version__", "99.0")
    elif change == "code":
        monkeypatch.setattr(kept, "_code", lambda: "of tomorrow")
    else:
        options = FindOptions(influence=InfluenceOptions(evidence_per_tie=1))
    found = study.find(options=options)
    assert len(computed) == 2
    longest = max(map(len, found.tables["ties"]["evidence"].to_pylist()))
    assert (longest == 1) == (change == "options")


def test_every_module_that_a_result_is_made_by_is_hashed():
    package = Path(ascendant.__file__).parent
    hashed = set(kept.sources(package))
    behind = imported_from(package.parent, "ascendant.study.findings", "ascendant.study.rooms")
    assert {"report/content_groups.py", "patterns/standing.py", "activity.py"} <= behind <= hashed
    beside = (path for room in {name.split("/")[0] for name in behind} for path in (package / room).rglob("*.*"))
    asked = {path.relative_to(package).as_posix() for path in beside if path.suffix in (".sql", ".toml", ".npy")}
    assert "store/sql/named.sql" in asked <= hashed


@pytest.mark.parametrize(
    ("changed", "is_other"),
    [("report/content_groups.py", True), ("store/sql/named.sql", True), ("errors.py", True), ("cli/who.py", False)],
)
def test_results_of_other_code_are_not_taken(study, computed, monkeypatch, tmp_path, changed, is_other):
    study.find()
    package = tmp_path / "ascendant"
    shutil.copytree(Path(ascendant.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    assert kept.hash_of(package) == kept._code()
    (package / changed).write_bytes((package / changed).read_bytes() + b"\n")
    monkeypatch.setattr(kept, "_code", lambda: kept.hash_of(package))
    study.find()
    assert len(computed) == 1 + is_other


def test_a_file_that_bears_another_name_is_other_code(tmp_path):
    (tmp_path / "one.py").write_text("")
    first = kept.hash_of(tmp_path)
    (tmp_path / "one.py").rename(tmp_path / "two.py")
    assert kept.hash_of(tmp_path) != first


@pytest.mark.parametrize("n_written", range(len(FILES)))
def test_an_interrupted_write_is_never_taken_for_fresh(study, world, tmp_path, monkeypatch, n_written):
    study.find()
    study.read([another_file(world, tmp_path)])
    real, written = kept.write_parquet, []

    def stopped(path, table):
        if len(written) == n_written:
            raise KeyboardInterrupt
        written.append(path)
        real(path, table)

    def never(path, text):
        raise KeyboardInterrupt

    monkeypatch.setattr(kept, "write_parquet", stopped)
    monkeypatch.setattr(kept, "write_text", never)
    with pytest.raises(KeyboardInterrupt):
        study.find()
    monkeypatch.undo()
    expected = anew(study)
    versions = {name: kept.take(study.folder, [name], expected.made_from) is not None for name in (*TABLES, "accounts")}
    assert not any(versions.values()), "without the facts of this version nothing is fresh"
    assert same(study.find(), expected)


def test_each_table_tells_by_itself_whether_it_is_fresh(study, world, tmp_path):
    study.find()
    old = (study.folder / "results" / "ties.parquet").read_bytes()
    study.read([another_file(world, tmp_path)])
    origin = study.find().made_from
    (study.folder / "results" / "ties.parquet").write_bytes(old)
    assert kept.take(study.folder, ["ties"], origin) is None
    assert kept.take(study.folder, ["standing", "ties"], origin) is None
    assert kept.take(study.folder, ["standing"], origin) is not None


DAMAGES = {
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "emptied": lambda path: path.write_bytes(b""),
    "overwritten": lambda path: path.write_bytes(b"\xff\x00not what it was"),
    "removed": lambda path: path.unlink(),
}


@pytest.mark.parametrize("file", ["ties.parquet", "accounts.parquet", "findings.json"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_result_is_made_anew(study, computed, file, damage):
    study.find()
    expected = anew(study)
    path = study.folder / "results" / file
    DAMAGES[damage](path)
    n_computed = len(computed)
    assert same(study.find(), expected)
    assert len(computed) == n_computed + 1
    assert same(study.find(), expected)
    assert len(computed) == n_computed + 1


@pytest.mark.parametrize("file", ["standing.parquet", "findings.json"])
def test_a_result_that_somebody_changed_is_made_anew(study, computed, file):
    study.find()
    expected = anew(study)
    path = study.folder / "results" / file
    if file.endswith("json"):
        facts = json.loads(path.read_text())
        path.write_text(json.dumps({"made_from": facts["made_from"], "figures": [{"name": "mine"}]}))
    else:
        columns = pq.read_table(path).to_pydict()
        pq.write_table(pa.table(columns), path)
    n_computed = len(computed)
    assert same(study.find(), expected)
    assert len(computed) == n_computed + 1


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "no"), OSError(errno.EROFS, "Read-only file system")])
def test_a_study_that_may_only_be_read_answers_without_keeping(study, monkeypatch, error):
    def refuses(path, content):
        raise error

    monkeypatch.setattr(kept, "write_parquet", refuses)
    assert same(study.find(), anew(study))
    assert list((study.folder / "results").iterdir()) == []


def test_tables_that_are_not_needed_are_not_asked_for(study, computed):
    study.find()
    for name in set(TABLES) - {"standing", "ties"}:
        (study.folder / "results" / f"{name}.parquet").unlink()
    found = study.find(tables=("standing", "ties"))
    assert found.tables.keys() == {"standing", "ties"}
    assert len(computed) == 1


def test_a_narrowed_question_neither_takes_nor_keeps(study, computed):
    before = study.find()
    narrowed = study.find(Question(since="2026-03-02", until="2026-03-08"))
    assert narrowed.n_rows < before.n_rows
    assert len(computed) == 2
    assert same(study.find(), before)


def test_any_tool_can_see_what_a_result_was_made_from(study):
    found = study.find()
    for name, table in found.tables.items():
        metadata = pq.read_schema(study.folder / "results" / f"{name}.parquet").metadata
        told = json.loads(metadata[b"ascendant"])
        assert told == found.made_from
        assert told["options"]["influence"]["community_seed"] == told["seeds"]["communities"] == 1
        assert told["ascendant"] == ascendant.__version__
        assert pq.read_metadata(study.folder / "results" / f"{name}.parquet").num_rows == table.num_rows


def test_a_run_is_logged_with_all_that_it_takes_to_make_it_again(study, world, tmp_path):
    study.read([another_file(world, tmp_path)])
    found = study.find(Question(since="2026-03-02"))
    study.report(found, Language("en"))
    (path,) = (study.folder / "runs").glob("*-report.json")
    run = json.loads(path.read_text())
    assert run["question"] == {"since": "2026-03-02", "time_zone": "UTC"}
    assert run["made_from"] == found.made_from
    assert run["made_from"]["seeds"] == {"communities": 1, "headline": 4_021_907, "inference": 20_260_301, "groups": 1}
    assert run["made_from"]["options"]["patterns"]["n_top_accounts"] == 20
    version = found.made_from["study_version"]
    rows = {name: {"rows": table.num_rows, "version": version} for name, table in found.tables.items()}
    assert run["results"] == rows
    assert len(run["inputs"]) == 2
    assert run["caveats"] == [str(caveat) for caveat in found.caveats]


def test_no_module_of_the_estimate_is_loaded_for_kept_results(study):
    """What makes `who` fast: numba and scipy are imported by the rooms alone."""
    import subprocess
    import sys

    study.find()
    code = (
        "import sys; from pathlib import Path; from ascendant.study import Study\n"
        "Study.open(Path(sys.argv[1])).find()\n"
        "assert not {'numba', 'scipy', 'networkit'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(study.folder)], check=True)

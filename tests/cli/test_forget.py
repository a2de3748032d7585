"""`forget` and `purge` on the command line, and studies past their expiry."""

import inspect
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from ascendant.cli.app import app, main
from ascendant.report.language import LANGUAGES, Language
from ascendant.store.settings import load_settings
from ascendant.study import Study

NAMES = ("zora_q77", "Zora Quellenburg")
PEOPLE = [("7700000000000000077", *NAMES), ("8800000000000000001", "bea_x", "Bea Exemple")]


def user(key, handle, name):
    return {"id": key, "username": handle, "name": name, "public_metrics": {"followers_count": 3}}


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (zora, *_), (bea, *_) = PEOPLE
    posts = [
        {"id": "1600000000000000001", "author_id": zora, "text": "hello", "created_at": "2026-03-01T10:00:00.000Z"},
        {
            "id": "1600000000000000002",
            "author_id": bea,
            "text": "@zora_q77 hello",
            "created_at": "2026-03-01T11:00:00.000Z",
            "in_reply_to_user_id": zora,
            "referenced_tweets": [{"type": "replied_to", "id": "1600000000000000001"}],
        },
    ]
    page = {"data": posts, "includes": {"users": [user(*one) for one in PEOPLE]}}
    Path("posts.jsonl").write_text(json.dumps(page) + "\n")
    made = Study.make(tmp_path / "study")
    made.read([Path("posts.jsonl")])
    return made.folder


@pytest.fixture
def run(capsys, monkeypatch):
    """A command line; `said` is what somebody on a terminal answers, without it there is no terminal."""

    def run_one(*words, said=None):
        stdin = io.StringIO(said or "")
        stdin.isatty = lambda: said is not None
        monkeypatch.setattr("sys.stdin", stdin)
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return left.value.code or 0, shown.out, shown.err

    return run_one


def holds_her(study):
    return any(b"zora_q77" in path.read_bytes() for path in study.rglob("*") if path.is_file())


@pytest.mark.parametrize("code", LANGUAGES)
def test_forget_says_what_goes_and_asks(study, run, code):
    before = {path: path.read_bytes() for path in study.rglob("*.parquet")}
    left, out, err = run("forget", "@zora_q77", "--study", study, "--lang", code, said="n\n")
    assert left == 130
    say, plural = Language(code).say, Language(code).plural
    assert plural("one act", "{n} acts", 1) in out
    assert plural("the name in one row of somebody else", "the name in {n} rows of other people", 1) in out
    assert say("Forget for good?") in err
    assert {path: path.read_bytes() for path in before} == before
    left, out, _ = run("forget", "@zora_q77", "--study", study, "--lang", code, said="o\n" if code == "fr" else "yes\n")
    assert left == 0
    assert not holds_her(study)


@pytest.mark.parametrize(("command", "words"), [("forget", ["@zora_q77"]), ("purge", [])])
def test_off_a_terminal_nothing_is_deleted_without_yes(study, run, command, words):
    left, _, err = run(command, *words, "--study", study)
    assert left == 2
    assert "--yes" in err
    assert f"ascendant {command}" in err
    assert holds_her(study)


def test_forget_as_json_counts_and_names_nobody(study, run):
    left, out, _ = run("forget", "Zora Quellenburg", "--study", study, "--yes", "--json")
    assert left == 0
    told = json.loads(out)
    assert (told["acts"], told["accounts"], told["naming"], told["objection"]) == (1, 1, 1, True)
    assert not any(name in out for name in NAMES)
    assert not holds_her(study)
    assert [json.loads(path.read_text())["acts"] for path in (study / "runs").glob("*-forget.json")] == [1]


def test_somebody_unknown_is_told_unless_an_identifier_says_who_it_is(study, run):
    left, _, err = run("forget", "@nobody_here", "--study", study, "--yes")
    assert left == 3
    assert "nobody_here" in err
    left, out, _ = run("forget", "x:@nobody_here", "--study", study, said="n\n")
    assert left == 130
    assert "for what comes later" in out
    left, _, _ = run("forget", "x:@nobody_here", "--study", study, "--yes")
    assert left == 0
    left, out, _ = run("doctor", "--study", study, "--json")
    assert json.loads(out)["objections"] == 1


def test_the_owner_of_an_archive_is_told_of_purge(study, run, tmp_path):
    archive = Path(__file__).resolve().parents[1] / "read" / "exports" / "x_archive" / "2017"
    Study.open(study).read([archive])
    _, out, _ = run("forget", "@lou_exemple", "--study", study, said="n\n")
    assert "ascendant purge" in out


def test_doctor_tells_expiry_and_objections_and_what_was_stopped(study, run):
    from ascendant.store.manifest import Manifest
    from ascendant.store.objecting import CLEAN

    run("forget", "@zora_q77", "--study", study, "--yes")
    left, out, _ = run("doctor", "--study", study)
    assert left == 0
    assert load_settings(study).expires.isoformat() in out
    assert "objections         1" in out
    manifest = Manifest(study, writable=True)
    manifest.database.execute("insert into chore values (?)", (CLEAN,))
    manifest.close()
    left, out, _ = run("doctor", "--study", study)
    assert left == 4
    assert "a forgetting was stopped" in out
    run("forget", "x:@zora_q77", "--study", study, "--yes")
    assert run("doctor", "--study", study)[0] == 0


def test_purge_deletes_what_is_ours_and_names_what_is_not(study, run):
    run("report", "--study", study)
    run("export", "csv", "--study", study)
    (study / "notes.txt").write_text("mine")
    _, out, err = run("purge", "--study", study, said="\n")
    assert "Delete for good?" in err
    assert "MB" in out
    assert holds_her(study)
    left, out, err = run("purge", "--study", study, said="y\n")
    assert left == 0
    assert "notes.txt" in err
    assert [path.name for path in study.rglob("*")] == ["notes.txt"]
    assert run("purge", "--study", study, "--yes")[0] == 4


def test_purge_leaves_no_folder_where_nothing_else_lies_in_it(study, run):
    left, out, _ = run("purge", "--study", study, "--yes", "--json")
    assert left == 0
    assert json.loads(out)["others"] == []
    assert not study.exists()


def test_purge_deletes_a_study_whose_settings_are_broken_and_goes_on_after_a_kill(study, run):
    (study / "manifest.sqlite").unlink()
    (study / "study.toml").write_text("not = [toml")
    assert run("purge", "--study", study, "--yes")[0] == 0
    assert not study.exists()


def test_purge_waits_for_nobody_who_writes(study, run):
    from ascendant.store.lock import writing_alone

    with writing_alone(study):
        assert run("purge", "--study", study, "--yes")[0] == 4
    assert holds_her(study)


OPENING = {
    command.callback.__name__: command.callback
    for command in app.registered_commands
    if "study" in inspect.signature(command.callback).parameters
}
WORDS = {
    "read": ["posts.jsonl"],
    "brief": ["posts.jsonl"],
    "who": ["@bea_x"],
    "why": ["@zora_q77", "@bea_x"],
    "export": ["csv"],
    "forget": ["@zora_q77", "--yes"],
    "purge": ["--yes"],
}
OF_ITS_OWN = {"mirror", "demo"}  # these want archives of somebody, and an invented world


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", OPENING)
def test_every_command_that_opens_a_study_says_when_it_is_past_its_expiry(study, run, name, code):
    settings = load_settings(study)
    day = date.today() - timedelta(days=1)  # noqa: DTZ011  a day of the user's own calendar
    words = [name, *WORDS.get(name, []), "--study", study, "--lang", code]
    template = "this study expired on {day}: delete it with `ascendant purge`, or set a new date in study.toml"
    told = Language(code).say(template, day=day)
    for expires, is_said in ((settings.expires, False), (day, True)):
        if not is_said and name in ("purge", "forget"):
            continue
        changed = settings.__class__(**{**settings.__dict__, "expires": expires})
        changed.save(study)
        left, _, err = run(*words)
        assert (told in err) == is_said
        assert left == 0 or name in OF_ITS_OWN, err

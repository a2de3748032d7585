"""The store keeps what was committed, adds nothing twice, and says who holds it."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ascendant.activity import ACTIVITY, Account, Activity, Coverage, Reject, activity_batch
from ascendant.errors import BrokenFile, DiskFull, NewerFormat, NotAStudy, StudyBusy, StudyExists
from ascendant.store import files, parts
from ascendant.store.duckdb import asking
from ascendant.store.manifest import SourceKey
from ascendant.store.settings import load_settings


def key(sha256="a", *, version=1, mapping=None):
    return SourceKey(sha256=sha256, reader="fake", reader_version=version, mapping=mapping or {})


def post(n, *, text="words", collected_at=None, **more):
    return Activity(
        activity_id=f"x:{n}",
        platform="x",
        verb="post",
        actor_id=f"x:{n % 7}",
        happened_at=n * 10**6,
        text=text,
        collected_at=collected_at,
        source_pointer=f"line {n}",
        **more,
    )


def items(n, *, start=0, text="words"):
    for i in range(start, start + n):
        yield post(i, text=text)
        yield Account(account_id=f"x:{i % 7}", platform="x", handle=f"h{i % 7}", followers=i)
        if i % 10 == 9:
            yield Reject(f"line {i}", "is not JSON")
    yield Coverage(member="f.jsonl", status="parsed", rows_in=n + n // 10)


@pytest.fixture
def study(tmp_path):
    parts.create_folder(tmp_path / "study", purpose="a test")
    return tmp_path / "study"


def add(study, rows, **named):
    named.setdefault("key", key())
    with parts.writing(study) as writer:
        return writer.add(named["key"], rows, file="f.jsonl", member="f.jsonl", n_bytes=1)


def texts(study):
    with asking(study) as questions:
        table = questions._connection.sql("select activity_id, text from held order by activity_id").to_arrow_table()
    return dict(zip(*table.to_pydict().values(), strict=True))


def coverage(study):
    return pq.read_table(study / "coverage.parquet").to_pylist()


def test_rows_come_back_as_they_went_in(study):
    row = Activity(
        activity_id="x:9007199254740993",
        platform="x",
        verb="quote",
        actor_id="x:1",
        happened_at=1_500_000_000_000_001,
        urls=("https://example.org/é",),
        hashtags=(),
        relay="quote",
    )
    add(study, [row, Coverage(member="f.jsonl", status="parsed", rows_in=1)])
    (path,) = (study / "activity").iterdir()
    table = pq.read_table(path)
    assert table.schema.equals(ACTIVITY, check_metadata=False)
    assert table.schema.metadata[b"ascendant_format"] == b"1"
    found = table.to_pylist()[0]
    assert found["activity_id"] == "x:9007199254740993"
    assert found["happened_at"].microsecond == 1
    assert (found["urls"], found["hashtags"], found["mentions"]) == (["https://example.org/é"], [], None)
    assert (found["source_file"], found["reader"]) == ("f.jsonl", "fake 1")


def test_reading_the_same_file_twice_adds_nothing(study):
    assert not add(study, items(30)).was_known
    before = sorted(path.name for path in (study / "activity").iterdir())
    assert add(study, items(30)).was_known
    assert sorted(path.name for path in (study / "activity").iterdir()) == before
    assert len(texts(study)) == 30


def test_a_new_version_of_the_reader_replaces_the_old_rows_in_one_commit(study, monkeypatch):
    monkeypatch.setattr(parts, "ROWS_PER_PART", 10)
    add(study, items(30, text="old"))

    def renewed(*, stop):
        yield from (post(i, text="new") for i in range(25))
        if stop:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(study, renewed(stop=True), key=key(version=2))
    assert set(texts(study).values()) == {"old"}, "a replacement must not be seen before it is whole"
    add(study, renewed(stop=False), key=key(version=2))
    assert texts(study) == {f"x:{i}": "new" for i in range(25)}
    assert [row["rows_out"] for row in coverage(study)] == [25]


def test_another_mapping_of_the_same_bytes_replaces_the_first(study):
    add(study, items(5, text="one"), key=key(mapping={"columns": ["a=b"]}))
    add(study, items(5, text="two"), key=key(mapping={"columns": ["a=c"]}))
    assert set(texts(study).values()) == {"two"}


def test_an_interrupted_import_goes_on_after_its_last_part(study, monkeypatch):
    monkeypatch.setattr(parts, "ROWS_PER_PART", 10)

    def stopped():
        yield from (item for _, item in zip(range(60), items(100), strict=False))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(study, stopped())
    committed = texts(study)
    assert 20 <= len(committed) < 30
    assert not coverage(study)[0]["is_complete"]
    resumed = add(study, items(100))
    assert resumed.resumed_at > 0
    assert len(texts(study)) == 100
    (row,) = coverage(study)
    assert (row["rows_in"], row["rows_out"], row["rejected"], row["is_complete"]) == (110, 100, 10, True)
    assert len((study / "rejects.jsonl").read_text().splitlines()) == 10


def test_the_latest_collected_content_of_an_id_wins_and_coverage_counts_the_others(study):
    late, early = 2 * 10**15, 10**15
    add(study, [post(1, text="late", collected_at=late), post(1, text="early", collected_at=early), post(2)])
    add(study, [post(1, text="earlier still", collected_at=1), post(2, text="again")], key=key("b"))
    assert texts(study) == {"x:1": "late", "x:2": "again"}
    assert [row["superseded"] for row in coverage(study)] == [1, 0]


def test_an_account_keeps_the_latest_known_value_of_each_column(study):
    rows = [
        Account(account_id="x:1", platform="x", handle="ann", followers=10, collected_at=5),
        Account(account_id="x:2", platform="x", handle="Bob"),
        Account(account_id="x:@bob", platform="x", name="Bob B."),
    ]
    add(study, rows)
    add(study, [Account(account_id="x:1", platform="x", name="Ann", collected_at=9)], key=key("b"))
    with asking(study) as questions:
        found = questions._connection.sql("select * from account").to_arrow_table().to_pylist()
    assert [(a["account_id"], a["handle"], a["name"], a["followers"]) for a in found] == [
        ("x:1", "ann", "Ann", 10),
        ("x:2", "Bob", "Bob B.", None),
    ]


def test_a_handle_is_put_back_to_its_id_only_when_it_is_the_handle_of_one_account(study):
    rows = [
        Account(account_id="x:1", platform="x", handle="Ann"),
        Account(account_id="x:2", platform="x", handle="twice"),
        Account(account_id="x:3", platform="x", handle="twice"),
        post(10, object_author_id="x:@ann"),
        post(11, object_author_id="x:@twice"),
        post(12, object_author_id="x:@nobody"),
    ]
    add(study, rows)
    with asking(study) as questions:
        sql = "select object_author_id from held order by activity_id"
        found = questions._connection.sql(sql).to_arrow_table()["object_author_id"].to_pylist()
    assert found == ["x:1", "x:@twice", "x:@nobody"]


def test_a_damaged_file_keeps_what_came_before_the_damage(study):
    def damaged():
        yield from (post(i) for i in range(5))
        raise BrokenFile(file="f.jsonl", place="byte 99", reason="it stops there")

    with pytest.raises(BrokenFile):
        add(study, damaged())
    assert len(texts(study)) == 5
    (row,) = coverage(study)
    assert row["status"] == "unreadable"
    assert row["note"] == "it stops there"


def test_a_reader_may_give_arrow_batches(study):
    batch = activity_batch([post(1), post(2)], source_file="inner.json", reader="fake 1")
    add(study, [batch, Coverage(member="inner.json", status="parsed", rows_in=2)])
    assert len(texts(study)) == 2
    assert [(row["member"], row["rows_in"], row["rows_out"]) for row in coverage(study)] == [("inner.json", 2, 2)]


def test_a_second_writer_is_told_who_holds_the_study(study):
    with parts.writing(study):
        code = "import sys; from pathlib import Path; from ascendant.store import parts\n"
        code += "with parts.writing(Path(sys.argv[1])): pass"
        second = subprocess.run([sys.executable, "-c", code, str(study)], capture_output=True, text=True, check=False)
        assert "StudyBusy" in second.stderr
        assert f"process {os.getpid()}" in second.stderr
        with asking(study):
            pass  # reading goes on meanwhile
    with parts.writing(study):
        pass


def test_two_writers_in_one_program_are_refused_too(study):
    with parts.writing(study), pytest.raises(StudyBusy), parts.writing(study):
        pass


@pytest.mark.parametrize("place", ["part", "commit"])
def test_a_full_disk_is_told_and_loses_nothing_that_was_committed(study, monkeypatch, place):
    monkeypatch.setattr(parts, "ROWS_PER_PART", 10)
    real, calls = files._sync, []

    def full(path):
        calls.append(path)
        if len(calls) > 5:
            raise OSError(28, "No space left on device")
        real(path)

    if place == "part":
        monkeypatch.setattr(files, "_sync", full)
        with pytest.raises(DiskFull):
            add(study, items(100))
        monkeypatch.setattr(files, "_sync", real)
    else:
        with parts.writing(study) as writer:
            writer._manifest._db.execute("pragma max_page_count = 22")
            with pytest.raises(DiskFull):
                writer.add(key(), items(5000), file="f.jsonl", member="f.jsonl", n_bytes=1)
    committed = texts(study)
    assert committed.keys() <= {f"x:{i}" for i in range(5000)}
    n = 100 if place == "part" else 5000
    add(study, items(n))
    assert len(texts(study)) == n


def test_rows_survive_kills_at_random_moments_without_doubles(study):
    """A few of the 200 kills of benchmarks/kills.py: committed rows stay, and the resumed import ends whole."""
    code = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from ascendant.activity import Activity, Coverage
        from ascendant.store import parts
        from ascendant.store.manifest import SourceKey
        parts.ROWS_PER_PART = 200
        def rows():
            for i in range(20_000):
                yield Activity(activity_id=f"x:{i}", platform="x", verb="post", actor_id="x:1", text="t" * 50)
            yield Coverage(member="f", status="parsed", rows_in=20_000)
        with parts.writing(Path(sys.argv[1])) as writer:
            key = SourceKey(sha256="a", reader="fake", reader_version=1, mapping={})
            writer.add(key, rows(), file="f", member="f", n_bytes=1)
    """)
    seen = 0
    for delay in (0.35, 0.5, 0.42):
        with subprocess.Popen([sys.executable, "-c", code, str(study)]) as process:
            try:
                process.wait(timeout=delay)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        held = texts(study)
        assert len(held) >= seen, "a committed row was lost"
        seen = len(held)
    subprocess.run([sys.executable, "-c", code, str(study)], check=True)
    with parts.reading(study) as manifest:
        assert manifest.n_rows("activity") == 20_000
        assert {path.name for path in (study / "activity").iterdir()} == set(manifest.parts("activity"))
    assert len(texts(study)) == 20_000


def test_a_folder_with_other_files_is_not_taken_for_a_study(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(StudyExists):
        parts.create_folder(tmp_path)
    with pytest.raises(NotAStudy):
        load_settings(tmp_path)


def test_a_study_of_a_newer_version_is_refused(study):
    toml = (study / "study.toml").read_text().replace("format = 1", "format = 99")
    (study / "study.toml").write_text(toml)
    with pytest.raises(NewerFormat):
        parts.create_folder(study)


def test_rejects_are_written_for_any_tool(study):
    add(study, items(30))
    lines = [json.loads(line) for line in (study / "rejects.jsonl").read_text().splitlines()]
    assert [line["pointer"] for line in lines] == ["line 9", "line 19", "line 29"]
    assert {line["reason"] for line in lines} == {"is not JSON"}
    assert isinstance(study, Path)


def test_a_study_whose_making_was_stopped_is_made_in_the_end(tmp_path):
    parts.create_folder(tmp_path / "study")
    (tmp_path / "study" / "study.toml").unlink()  # it comes last: a kill before it leaves the rest
    (tmp_path / "study" / ".tmp-1-study.toml").touch()
    assert parts.create_folder(tmp_path / "study").time_zone == "UTC"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").touch()
    with pytest.raises(StudyExists):
        parts.create_folder(tmp_path / "other")

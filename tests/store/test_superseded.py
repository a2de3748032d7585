"""Of one id one row stays, whichever files hold it: which one, and where the others are counted."""

import errno
import os
import shutil
from itertools import permutations
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.activity import Activity, Metrics, activity_batch
from ascendant.store import duckdb, parts
from ascendant.store.duckdb import asking, asking_tables, coverage_now
from ascendant.store.manifest import SourceKey

POOR = Activity(activity_id="x:1", platform="x", verb="post", actor_id="x:7", text="a post that was cut sho…")
RICH = {
    "more columns": {"lang": "en", "urls": ("https://example.org/",)},
    "metrics": {"metrics": Metrics(likes=3)},
    "a longer text": {"text": "a post that was cut short inside the posts that pass it on"},
    "an id where the other has a handle": {"object_author_id": "x:9"},
}


def like(row, **facts):
    return Activity(**{name: facts.get(name, getattr(row, name)) for name in row.__struct_fields__})


@pytest.fixture
def study(tmp_path):
    parts.create_folder(tmp_path / "study")
    return tmp_path / "study"


def add(study, rows, name):
    key = SourceKey(sha256=name, reader="fake", reader_version=1, mapping={})
    with parts.writing(study) as writer:
        writer.add(key, rows, file=name, member=name, n_bytes=1)


def held(study):
    with asking(study) as questions:
        rows = questions._connection.sql("select * from held order by activity_id").to_arrow_table().to_pylist()
    return {row["activity_id"]: row for row in rows}


def counted(study):
    return {row["file"]: (row["rows_out"], row["superseded"]) for row in coverage_now(study).to_pylist()}


@pytest.mark.parametrize("why", RICH)
@pytest.mark.parametrize("poor_comes", ["first", "last"])
def test_of_rows_collected_together_the_richer_one_stays(study, why, poor_comes):
    poor = like(POOR, object_author_id="x:@nine") if "handle" in why else POOR
    rich = like(poor, **RICH[why])
    for number, row in enumerate([poor, rich] if poor_comes == "first" else [rich, poor]):
        add(study, [row], f"{number}.jsonl")
    (row,) = held(study).values()
    for name, value in RICH[why].items():
        told = row[name]["likes"] if name == "metrics" else row[name]
        assert told == (3 if name == "metrics" else list(value) if isinstance(value, tuple) else value)


def test_what_was_collected_later_stays_even_when_it_is_poorer(study):
    add(study, [like(POOR, collected_at=10, lang="en", text="a longer text than the other")], "early.jsonl")
    add(study, [like(POOR, collected_at=20)], "late.jsonl")
    add(study, [like(POOR, lang="fr", hashtags=("a",), text="known to nobody when it was collected")], "never.jsonl")
    assert held(study)["x:1"]["text"] == POOR.text


def test_of_equal_rows_the_one_read_last_stays(study):
    for name in ("a.jsonl", "b.jsonl", "c.jsonl"):
        add(study, [POOR], name)
    assert held(study)["x:1"]["source_file"] == "c.jsonl"


def test_in_memory_the_same_row_stays_in_whatever_order_they_come():
    rich = like(POOR, lang="en", text="short")
    longer = like(POOR, lang="fr", text="a little longer")
    for rows in permutations([POOR, rich, longer]):
        table = pa.Table.from_batches([activity_batch(list(rows), source_file="f", reader="fake 1")])
        with asking_tables(table) as questions:
            (row,) = questions._connection.sql("select text from held").fetchall()
        assert row == (longer.text,)


def test_coverage_counts_the_rows_that_another_file_replaced(study):
    late = [like(POOR, activity_id=f"x:{n}", collected_at=20) for n in range(10)]
    add(study, [like(row, collected_at=10) for row in late[:6]] + late[9:], "old.jsonl")
    add(study, [*late[:8], like(late[0], collected_at=5)], "new.jsonl")
    assert len(held(study)) == 9
    assert counted(study) == {"old.jsonl": (1, 6), "new.jsonl": (8, 1)}
    assert sum(kept for kept, _ in counted(study).values()) == len(held(study))


def test_two_files_of_one_name_are_told_apart_in_coverage(study):
    for sha256, collected_at in (("one", 10), ("two", 20)):
        key = SourceKey(sha256=sha256, reader="fake", reader_version=1, mapping={})
        with parts.writing(study) as writer:
            row = like(POOR, collected_at=collected_at)
            writer.add(key, [row], file="posts.jsonl", member="posts.jsonl", n_bytes=1)
    rows = coverage_now(study).to_pylist()
    assert [(row["sha256"], row["rows_out"], row["superseded"]) for row in rows] == [("one", 0, 1), ("two", 1, 0)]


def test_coverage_at_rest_and_coverage_now_have_the_same_columns(study):
    add(study, [POOR], "a.jsonl")
    assert coverage_now(study).schema.equals(parts.COVERAGE)


def test_a_study_that_was_moved_or_is_named_otherwise_leaves_out_the_same_rows(study, monkeypatch):
    add(study, [like(POOR, collected_at=1)], "a.jsonl")
    add(study, [like(POOR, collected_at=2)], "b.jsonl")
    before = held(study)
    monkeypatch.chdir(study.parent)
    assert held(study.relative_to(study.parent)) == before
    moved = study.with_name("moved")
    shutil.move(study, moved)
    assert held(moved) == before
    monkeypatch.chdir(moved)
    assert held(type(study)()) == before


def test_a_damaged_list_of_superseded_rows_is_made_anew(study):
    for number in (1, 2):
        add(study, [like(POOR, collected_at=number)], f"{number}.jsonl")
    before = held(study)
    (kept,) = study.glob(".superseded-*.parquet")
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    assert held(study) == before
    assert kept.read_bytes() == whole


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "no"), OSError(errno.EROFS, "Read-only file system")])
def test_a_study_that_may_only_be_read_still_answers(study, monkeypatch, error):
    def refuses(path, table):
        raise error

    for number in (1, 2):
        add(study, [like(POOR, collected_at=number)], f"{number}.jsonl")
    monkeypatch.setattr(duckdb, "write_parquet", refuses)
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert len(held(study)) == 1
    assert not list(study.glob(".superseded-*"))
    with asking(study) as questions:
        (spill,) = questions._connection.execute("select current_setting('temp_directory')").fetchone()
    assert not Path(spill).is_relative_to(study)


def test_an_input_error_is_no_sign_of_a_study_that_may_only_be_read(study, monkeypatch):
    def fails(path, table):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    add(study, [POOR], "a.jsonl")
    monkeypatch.setattr(duckdb, "write_parquet", fails)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        held(study)


ROWS = st.lists(
    st.builds(
        Activity,
        activity_id=st.just("x:1"),
        platform=st.just("x"),
        verb=st.just("post"),
        actor_id=st.sampled_from([None, "x:7", "x:@a"]),
        object_author_id=st.sampled_from([None, "x:7", "x:@a"]),
        text=st.sampled_from([None, "a", "bb", "é…", "👍🏽x"]),
        lang=st.sampled_from([None, "fr"]),
        urls=st.sampled_from([None, ()]),
        collected_at=st.sampled_from([None, 0, 1, 2]),
        metrics=st.none() | st.builds(Metrics, likes=st.sampled_from([None, 1]), views=st.sampled_from([None, 2])),
        source_pointer=st.uuids().map(str),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_in_one_part_and_in_several_the_same_row_stays(rows):
    buffer = parts._Buffer("f", "fake 1")
    for row in rows:
        buffer.add_activity(row)
    (kept,) = buffer._activities.values()
    table = pa.Table.from_batches([activity_batch(rows, source_file="f", reader="fake 1")])
    with asking_tables(table) as questions:
        (pointer,) = questions._connection.execute("select source_pointer from held").fetchone()
    assert pointer == kept.source_pointer

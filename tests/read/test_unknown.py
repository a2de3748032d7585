"""A file that no reader knows is described without a guess, with the names of its columns and what to try."""

import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.errors import AscendantError, BrokenFile, EmptyFile
from ascendant.read.export import Export
from ascendant.read.magic import GIVE_POSTS, NAME_COLUMNS
from ascendant.read.unknown import look, unknown_format


def looked(path, content, name="file"):
    (path / name).write_bytes(content)
    return look(Export.at(path / name).members[0])


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (b"who,whom\na,b\n", "who, whom"),
        ("qui;\u00e0 qui\na;b\n".encode("cp1252"), "qui, \u00e0 qui"),
        ("who\twhom\na\tb\n".encode("utf-16"), "who, whom"),
        (b'"who","a, b"\n1,2\n', "who, a, b"),
        (b"12 13 1341100972 MT\n14 13 1341100973 RT\n", "12, 13, 1341100972, MT"),
        (b'{"who": 1, "by": {"id": 2}}\n', "who, by, by.id"),
        (gzip.compress(b"who,whom\na,b\n", mtime=0), "who, whom"),
        ((",".join(f"c{n}" for n in range(20)) + "\n").encode(), ", ".join(f"c{n}" for n in range(12)) + ", ..."),
    ],
)
def test_a_table_is_seen_with_its_columns_and_kept_without_them(tmp_path, content, names):
    seen = looked(tmp_path, content)
    assert str(seen.words).endswith(f"with these columns: {names}")
    assert seen.remedy == NAME_COLUMNS
    assert "who" not in seen.kind, "what stands in coverage is passed on with reports"


def test_a_parquet_table_is_seen_with_its_columns(tmp_path):
    pq.write_table(pa.table({"who": ["a"], "whom": ["b"]}), tmp_path / "file")
    assert str(looked(tmp_path, (tmp_path / "file").read_bytes()).words).endswith(": who, whom")
    with pytest.raises(BrokenFile):
        looked(tmp_path, (tmp_path / "file").read_bytes()[:-9])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"one word", "plain text"),
        (b"Dear all,\nplease find the posts, as agreed, in the other file.\nBest\n", "plain text"),
        (b"\0\1\2\3" * 1000, "binary data"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "a picture"),
        (b"\0\0\0\x18ftypmp42" + bytes(99), "a video or a sound"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"Rar!\x1a\x07\x00" + bytes(99), "an archive"),
        (b"<?xml version='1.0'?><a/>", "a web page or XML"),
        (b'{\n "a": 1\n}', "JSON of an unknown shape"),
        (b'[{"a": 1}]', "a JSON array, where one object on each line is expected"),
    ],
)
def test_what_is_no_table_is_named(tmp_path, content, kind):
    assert looked(tmp_path, content).kind == kind


def test_an_archive_inside_an_archive_is_told_from_a_workbook(tmp_path):
    packed = b"PK\x03\x04" + bytes(100)
    seen = [looked(tmp_path, gzip.compress(packed, mtime=0), name).kind for name in ("a.zip", "a.xlsx")]
    assert seen == ["an archive", "an Excel workbook or another office document"]


def test_nothing_is_told_from_damage(tmp_path):
    with pytest.raises(EmptyFile):
        looked(tmp_path, gzip.compress(b""))
    with pytest.raises(BrokenFile):
        looked(tmp_path, gzip.compress(b"who,whom\n")[:10])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_described_or_told_as_damage(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    try:
        error = unknown_format(Export.at(tmp_path / "file").members[0])
    except AscendantError as damage:
        error = damage
    assert str(tmp_path / "file") in str(error)
    assert error.advice


def test_the_remedies_are_whole_sentences():
    assert all(words.strip()[-1:] in (".", "e") for words in (GIVE_POSTS, NAME_COLUMNS))

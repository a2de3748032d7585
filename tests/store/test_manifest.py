"""What the manifest answers of lines that were rejected."""

from __future__ import annotations

import pytest

from ascendant.activity import Activity, Coverage, Reject
from ascendant.store import parts
from ascendant.store.manifest import SourceKey


@pytest.fixture
def study(tmp_path):
    parts.create_folder(tmp_path / "study")
    return tmp_path / "study"


def add(study, sha256, rows):
    key = SourceKey(sha256=sha256, reader="fake", reader_version=1, mapping={})
    with parts.writing(study) as writer:
        writer.add(key, rows, file=f"{sha256}.jsonl", member=f"{sha256}.jsonl", n_bytes=1)


def test_rejects_are_counted_by_file_and_reason_with_the_first_of_each(study):
    post = Activity(activity_id="x:1", platform="x", verb="post", actor_id="x:1")
    covered = Coverage(member="a.jsonl", status="parsed")
    first = [
        Reject("line 1", "no id"),
        post,
        Reject("line 3", "no time", "99"),
        Reject("line 4", "no id", "x"),
        covered,
    ]
    add(study, "a", first)
    add(study, "b", [Reject("line 9", "no id")])
    with parts.reading(study) as manifest:
        found = [(one.file, one.reason, one.pointer, one.detail, one.n) for one in manifest.rejected_lines()]
        assert found == [
            ("a.jsonl", "no id", "line 1", "", 2),
            ("a.jsonl", "no time", "line 3", "99", 1),
            ("b.jsonl", "no id", "line 9", "", 1),
        ]
        assert [one.sha256 for one in manifest.rejected_lines({"b"})] == ["b"]
        assert sum(one.n for one in manifest.rejected_lines()) == manifest.n_rejects()

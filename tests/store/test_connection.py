"""The manifest at rest is one file, can be asked where nothing can be written, and is never made anew over rows."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys

import pytest

from ascendant.errors import BrokenStudy, FolderRefused
from ascendant.store import parts
from ascendant.store.manifest import Manifest


@pytest.fixture
def study(tmp_path):
    parts.create_folder(tmp_path / "study")
    return tmp_path / "study"


def files_of_sqlite(study):
    return sorted(path.name for path in study.glob("manifest.sqlite*"))


def commit(study, what="a test"):
    with contextlib.closing(Manifest(study, writable=True)) as manifest, manifest.commit(what):
        pass


def test_writers_and_readers_leave_one_file(study):
    assert files_of_sqlite(study) == ["manifest.sqlite"]
    commit(study)
    assert files_of_sqlite(study) == ["manifest.sqlite"]
    with parts.reading(study) as manifest:
        assert manifest.version() == 1
    assert files_of_sqlite(study) == ["manifest.sqlite"]


def test_who_leaves_last_takes_the_log_away(study):
    with parts.reading(study) as manifest:
        commit(study)
        assert len(files_of_sqlite(study)) == 3
        assert manifest.version() == 1
    assert files_of_sqlite(study) == ["manifest.sqlite"]


def test_what_was_committed_before_a_kill_is_found_by_a_reader_who_then_tidies_up(study):
    code = (
        "import os, sys; from pathlib import Path; from ascendant.store.manifest import Manifest\n"
        "manifest = Manifest(Path(sys.argv[1]), writable=True)\n"
        "with manifest.commit('x'): pass\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(study)], check=False)
    assert len(files_of_sqlite(study)) == 3
    with parts.reading(study) as manifest:
        assert manifest.version() == 1
    assert files_of_sqlite(study) == ["manifest.sqlite"]


def test_a_reader_changes_nothing(study):
    with parts.reading(study) as manifest, pytest.raises(sqlite3.OperationalError, match="readonly"):
        manifest._db.execute("insert into version (at, what) values ('now', 'x')")


@contextlib.contextmanager
def without_rights():
    """Root may write everywhere: it steps back for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextlib.contextmanager
def unwritable(study):
    """A study in which nobody may write, and whose folders anybody may pass."""
    above = [folder for folder in study.parents if folder.stat().st_mode & 0o055 != 0o055]
    modes = {path: path.stat().st_mode for path in [study, *study.rglob("*"), *above]}
    for path, mode in modes.items():
        path.chmod(mode | 0o055 if path in above else 0o555 if path.is_dir() else 0o444)
    try:
        with without_rights():
            yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="rights are those of Unix")
def test_a_study_that_cannot_be_written_can_still_be_asked(study):
    commit(study)
    with unwritable(study):
        with parts.reading(study) as manifest:
            assert manifest.version() == 1
        with pytest.raises(FolderRefused), parts.writing(study):
            pass
    assert files_of_sqlite(study) == ["manifest.sqlite"]
    commit(study)
    with parts.reading(study) as manifest:
        assert manifest.version() == 2


@pytest.mark.parametrize("writable", [True, False])
@pytest.mark.parametrize("damage", [None, b"", b"hello " * 1000, "another database"])
def test_a_lost_manifest_is_not_made_anew(study, damage, writable):
    path = study / "manifest.sqlite"
    path.unlink()
    if isinstance(damage, bytes):
        path.write_bytes(damage)
    elif damage is not None:
        with contextlib.closing(sqlite3.connect(path)) as other:
            other.execute("create table other (a)")
    with pytest.raises(BrokenStudy, match=r"manifest\.sqlite"):
        Manifest(study, writable=writable)
    assert path.exists() == (damage is not None), "an empty one would pass for a study without rows"

"""A connection to manifest.sqlite: asked also where nothing can be written, and never made anew over rows.

Who leaves last takes the write-ahead log away, so that a study at rest has no other file of SQLite.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ascendant.errors import BrokenStudy, FolderRefused, mark
from ascendant.store.settings import FILE as SETTINGS_FILE

FILE = "manifest.sqlite"
_WAIT_SECONDS = 30
LAST_VERSION = "select coalesce(max(version), 0) from version"
_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR)  # the last: another table's file
_SCHEMA = """
create table if not exists version (version integer primary key autoincrement, at text not null, what text not null);
create table if not exists source (
    source_id integer primary key, sha256 text not null, file text not null, bytes integer not null,
    reader text not null, reader_version integer not null, mapping text not null,
    status text not null check (status in ('reading', 'read', 'replaced')),
    replaces integer references source, items_done integer not null default 0, started_at text not null);
create unique index if not exists one_source on source (sha256, reader, reader_version, mapping)
    where status != 'replaced';
create table if not exists member (
    source_id integer not null references source, member text not null, status text not null,
    rows_in integer not null default 0, rows_out integer not null default 0, accounts_out integer not null default 0,
    rejected integer not null default 0, superseded integer not null default 0, objected integer not null default 0,
    expected integer, window_from integer, window_to integer, note text, primary key (source_id, member));
create table if not exists part (
    name text primary key, kind text not null check (kind in ('activity', 'accounts')),
    source_id integer not null references source, rows integer not null, bytes integer not null,
    added integer references version, removed integer references version);
create table if not exists reject (
    source_id integer not null references source, member text not null, pointer text not null,
    reason text not null, detail text not null);
create table if not exists objection (objection_id integer primary key, on_day text not null);
create table if not exists objection_mark (mark blob primary key) without rowid;
create table if not exists chore (name text primary key) without rowid;
"""


def connected(folder: Path, *, writable: bool) -> sqlite3.Connection:
    """The manifest of a study; a new one where there is no study yet.

    Raises `BrokenStudy` where the study has lost its manifest, since a new one would give up its rows, and
    `FolderRefused` where the log of a program that was killed stands in the way.
    """
    path = folder / FILE
    is_study = (folder / SETTINGS_FILE).exists()
    if not _holds_something(path) and (is_study or not writable):
        raise BrokenStudy(folder=str(folder), file=FILE, reason=mark("the file is missing or empty"))
    try:
        return _writing(path, is_study=is_study) if writable else _reading(path)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in _DAMAGED:
            raise BrokenStudy(folder=str(folder), file=FILE, reason=mark("the file is not what it was")) from None
        if error.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN:
            left = mark("a program that was killed left its log there, which has to be written to be read")
            reason = mark("you are not allowed to") if writable else left
            raise FolderRefused(folder=str(folder), reason=reason) from None
        raise


def _holds_something(path: Path) -> bool:
    """Whether there is a manifest, be it in the write-ahead log of a program that was killed."""
    log = path.with_name(path.name + "-wal")
    return path.exists() and (path.stat().st_size > 0 or (log.exists() and log.stat().st_size > 0))


def _writing(path: Path, *, is_study: bool) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, timeout=_WAIT_SECONDS)
    try:
        if is_study:
            db.execute(LAST_VERSION)  # another table's file would be taken for a study without parts
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        db.execute("pragma secure_delete = on")
        db.executescript(_SCHEMA)
        if not has_objections(db):
            db.execute("alter table member add column objected integer not null default 0")
    except BaseException:
        db.close()
        raise
    return db


def has_objections(db: sqlite3.Connection) -> bool:
    """Whether a manifest was made, or since written, by a version that knows objections."""
    return any(name == "objected" for _, name, *_ in db.execute("pragma table_info(member)"))


def _reading(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, and yet may take the write-ahead log away when it leaves last."""
    address = path.resolve().as_uri()
    try:
        return _asked(f"{address}?mode=rw")
    except sqlite3.OperationalError:
        # In a folder that cannot be written there is no place for the log's index. Without a log it is not needed.
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size > 0:
            raise
        return _asked(f"{address}?immutable=1")


def _asked(address: str) -> sqlite3.Connection:
    db = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_WAIT_SECONDS)
    try:
        db.execute("pragma query_only = on")
        db.execute(LAST_VERSION)
    except BaseException:
        db.close()
        raise
    return db

"""manifest.sqlite: which parts belong to the study, from which source, and what was rejected.

A commit is one SQLite transaction; a reader pins the parts that it saw. The write-ahead log lets readers go on while
somebody writes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ascendant.activity import Reject
from ascendant.errors import mark
from ascendant.store.connection import LAST_VERSION, connected, has_objections

_OBJECTED = mark("rows of persons who objected are left out")


@dataclass(frozen=True)
class Source:
    """One file (or one archive) as one reader reads it."""

    source_id: int
    file: str
    status: str
    items_done: int
    replaces: int | None


@dataclass(frozen=True, kw_only=True)
class SourceKey:
    """What makes two readings the same reading."""

    sha256: str
    reader: str
    reader_version: int
    mapping: dict[str, object]

    @property
    def columns(self) -> tuple[str, str, int, str]:
        """The values of the unique index."""
        mapping = json.dumps(self.mapping, sort_keys=True, ensure_ascii=False)
        return self.sha256, self.reader, self.reader_version, mapping


@dataclass(kw_only=True)
class MemberCount:
    """What one flush adds to a member's row."""

    rows_out: int = 0
    accounts_out: int = 0
    rejected: int = 0
    superseded: int = 0
    objected: int = 0
    window_from: int | None = None
    window_to: int | None = None


@dataclass(frozen=True)
class RejectedLines:
    """Lines of one member that are rejected for one reason; `pointer` and `detail` are those of the first."""

    sha256: str
    file: str
    member: str
    reason: str
    pointer: str
    detail: str
    n: int


class Manifest:
    """One open connection. Writers hold the study's lock; `commit` groups what belongs together.

    Raises `BrokenStudy` where the study has lost its manifest, and `FolderRefused`.
    """

    def __init__(self, folder: Path, *, writable: bool) -> None:
        self._db = connected(folder, writable=writable)

    @property
    def database(self) -> sqlite3.Connection:
        """The connection, for the other tables of the manifest (`store/objecting.py`)."""
        return self._db

    def close(self) -> None:
        """Close the connection; the last one takes the write-ahead log away."""
        self._db.close()

    @contextmanager
    def commit(self, what: str) -> Iterator[int]:
        """One transaction and its version number; rolled back when the block raises."""
        self._db.execute("begin immediate")
        try:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            version = self._db.execute("insert into version (at, what) values (?, ?)", (now, what)).lastrowid
            assert version is not None
            yield version
            self._db.execute("commit")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("rollback")
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see one version."""
        self._db.execute("begin")
        try:
            yield
        finally:
            self._db.execute("rollback")

    # -- what a reader of the study asks

    def version(self) -> int:
        """The number of the last commit."""
        return int(self._db.execute(LAST_VERSION).fetchone()[0])

    def parts(self, kind: str) -> list[str]:
        """Names of the parts of the study, oldest first."""
        query = "select name from part where kind = ? and added is not null and removed is null order by added, name"
        return [name for (name,) in self._db.execute(query, (kind,))]

    def all_parts(self) -> set[str]:
        """Names of all parts that the manifest knows and has not removed, pending ones included."""
        return {name for (name,) in self._db.execute("select name from part where removed is null")}

    def n_rows(self, kind: str) -> int:
        """Rows over all parts, superseded ones included."""
        query = "select coalesce(sum(rows), 0) from part where kind = ? and added is not null and removed is null"
        return int(self._db.execute(query, (kind,)).fetchone()[0])

    def n_rejects(self) -> int:
        """Rejects of all sources that count."""
        query = "select count(*) from reject join source using (source_id) where status != 'replaced'"
        return int(self._db.execute(query).fetchone()[0])

    def rejected_lines(self, sha256s: Collection[str] | None = None) -> list[RejectedLines]:
        """Rejects of files with these hashes (of all, by default), by file, member and reason, in reading order."""
        query = (
            "select sha256, file, member, reason, pointer, detail, n from (select *,"
            " reject.rowid as place, min(reject.rowid) over same as first, count(*) over same as n"
            " from reject join source using (source_id) where status != 'replaced'"
            " window same as (partition by source_id, member, reason)) where place = first order by first"
        )
        found = [RejectedLines(*row) for row in self._db.execute(query)]
        return [lines for lines in found if sha256s is None or lines.sha256 in sha256s]

    def rejects(self) -> Iterator[dict[str, Any]]:
        """Rejects with their files, in the order of reading."""
        query = (
            "select file, member, pointer, reason, detail from reject join source using (source_id)"
            " where status != 'replaced' order by reject.rowid"
        )
        names = ("file", "member", "pointer", "reason", "detail")
        return (dict(zip(names, row, strict=True)) for row in self._db.execute(query))

    def coverage(self) -> list[dict[str, Any]]:
        """One row per member of each source that counts."""
        names = (
            "file member status reader rows_in rows_out accounts_out rejected superseded objected expected window_from"
            " window_to note is_complete sha256"
        ).split()
        objected = "objected" if has_objections(self._db) else "0"
        query = (
            "select file, member, member.status, reader || ' ' || reader_version, rows_in, rows_out, accounts_out,"
            f" rejected, superseded, {objected}, expected, window_from, window_to, note, source.status = 'read', sha256"
            " from member join source using (source_id) where source.status != 'replaced'"
            " order by source_id, member"
        )
        rows = [dict(zip(names, row, strict=True)) for row in self._db.execute(query)]
        for row in rows:
            if row["objected"]:
                row["note"] = "; ".join(filter(None, (row["note"], _OBJECTED)))
        return rows

    def members(self) -> list[tuple[int, str]]:
        """Source and member of each row of `coverage`, in its order."""
        query = (
            "select source_id, member from member join source using (source_id) where source.status != 'replaced'"
            " order by source_id, member"
        )
        return list(self._db.execute(query))

    def part_sources(self) -> dict[str, int]:
        """The source of each part of the study."""
        return dict(self._db.execute("select name, source_id from part where added is not null and removed is null"))

    def unfinished(self) -> list[str]:
        """Files whose reading was interrupted."""
        return [file for (file,) in self._db.execute("select file from source where status = 'reading'")]

    # -- what the writer does

    def find(self, key: SourceKey) -> Source | None:
        """The source with this key."""
        query = (
            "select source_id, file, status, items_done, replaces from source where sha256 = ? and reader = ?"
            " and reader_version = ? and mapping = ? and status != 'replaced'"
        )
        row = self._db.execute(query, key.columns).fetchone()
        return None if row is None else Source(*row)

    def start(self, key: SourceKey, *, file: str, n_bytes: int) -> Source:
        """A new source; it replaces an older reading of the same bytes when it is finished."""
        with self.commit(f"start {key.reader}"):
            older = self._db.execute(
                "select source_id, status from source where sha256 = ? and status != 'replaced' order by source_id",
                (key.sha256,),
            ).fetchall()
            for source_id, status in older:  # an unfinished reading in another way is dropped at once
                if status == "reading":
                    self._drop(source_id)
            finished = [source_id for source_id, status in older if status == "read"]
            now = datetime.now(UTC).isoformat(timespec="seconds")
            columns = (*key.columns, file, n_bytes, finished[-1] if finished else None, now)
            source_id = self._db.execute(
                "insert into source (sha256, reader, reader_version, mapping, file, bytes, status, replaces,"
                " started_at) values (?, ?, ?, ?, ?, ?, 'reading', ?, ?)",
                columns,
            ).lastrowid
        assert source_id is not None
        return Source(source_id, file, "reading", 0, finished[-1] if finished else None)

    def add(
        self,
        source: Source,
        version: int,
        *,
        parts: list[tuple[str, str, int, int]],
        rejects: list[tuple[str, Reject]],
        counts: dict[str, MemberCount],
        items_done: int,
    ) -> None:
        """Parts (name, kind, rows, bytes), rejects and counts of one flush, inside a `commit`."""
        added = None if source.replaces is not None else version
        self._db.executemany(
            "insert into part (name, kind, source_id, rows, bytes, added) values (?, ?, ?, ?, ?, ?)",
            [(name, kind, source.source_id, rows, n_bytes, added) for name, kind, rows, n_bytes in parts],
        )
        self._db.executemany(
            "insert into reject values (?, ?, ?, ?, ?)",
            [(source.source_id, member, r.pointer, r.reason, r.detail) for member, r in rejects],
        )
        for member, n in counts.items():
            self._db.execute(
                "insert into member (source_id, member, status, rows_out, accounts_out, rejected, superseded, objected,"
                " window_from, window_to) values (?, ?, 'parsed', ?, ?, ?, ?, ?, ?, ?) on conflict do update set"
                " rows_out = rows_out + excluded.rows_out, accounts_out = accounts_out + excluded.accounts_out,"
                " rejected = rejected + excluded.rejected, superseded = superseded + excluded.superseded,"
                " objected = objected + excluded.objected,"
                " window_from = coalesce(min(window_from, excluded.window_from), window_from, excluded.window_from),"
                " window_to = coalesce(max(window_to, excluded.window_to), window_to, excluded.window_to)",
                (
                    *(source.source_id, member, n.rows_out, n.accounts_out, n.rejected, n.superseded, n.objected),
                    *(n.window_from, n.window_to),
                ),
            )
        self._db.execute("update source set items_done = ? where source_id = ?", (items_done, source.source_id))

    def cover(self, source: Source, rows: list[Any]) -> None:
        """What the reader said of each member (`activity.Coverage`), inside a `commit`."""
        for row in rows:
            self._db.execute(
                "insert into member (source_id, member, status, rows_in, expected, note)"
                " values (?, ?, ?, ?, ?, ?) on conflict do update"
                " set status = excluded.status, rows_in = excluded.rows_in, expected = excluded.expected,"
                " note = excluded.note",
                (source.source_id, row.member, row.status, row.rows_in, row.expected, row.note),
            )

    def finish(self, source: Source, version: int) -> None:
        """The source is read; the reading that it replaces goes out in the same commit."""
        self._db.execute("update part set added = ? where source_id = ? and added is null", (version, source.source_id))
        self._db.execute("update source set status = 'read' where source_id = ?", (source.source_id,))
        if source.replaces is not None:
            self._db.execute(
                "update part set removed = ? where source_id = ? and removed is null",
                (version, source.replaces),
            )
            self._db.execute("update source set status = 'replaced' where source_id = ?", (source.replaces,))

    def _drop(self, source_id: int) -> None:
        for table in ("part", "reject", "member", "source"):
            self._db.execute(f"delete from {table} where source_id = ?", (source_id,))

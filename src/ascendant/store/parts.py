"""Rows -> immutable Parquet parts that a commit makes part of the study.

A part is written beside its place, flushed to the disk, renamed, and only then named in the manifest: whatever stops
the program, the study holds whole parts. A part that the manifest does not name is swept by the next writer.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ascendant.activity import (
    ACCOUNT,
    ACTIVITY,
    Account,
    Activity,
    Coverage,
    Metrics,
    Reject,
    account_batch,
    activity_batch,
)
from ascendant.errors import BrokenFile, StudyExists
from ascendant.store.files import replacing, told_when_full, write_parquet
from ascendant.store.forgetting import Erased, Person, complete, forget
from ascendant.store.lock import writing_alone
from ascendant.store.manifest import Manifest, MemberCount, Source, SourceKey
from ascendant.store.objecting import APPLY, keep, objections_of
from ascendant.store.objections import LeftOut, Objections
from ascendant.store.settings import FILE as SETTINGS_FILE
from ascendant.store.settings import Settings, load_settings, new_settings

# Measured with benchmarks/reading.py: 50,000 rows take 130 MB more and a fifth more time (they leave the cache), and
# 10,000 save only 30 MB for twice the files.
ROWS_PER_PART = 20_000
KINDS = {"activity": ACTIVITY, "accounts": ACCOUNT}
_MADE = frozenset(
    {*KINDS, "results", "report", "runs", ".lock", *(f"manifest.sqlite{end}" for end in ("", "-wal", "-shm"))}
)

COVERAGE = pa.schema(
    [
        ("file", pa.string()),
        ("member", pa.string()),
        ("status", pa.string()),
        ("reader", pa.string()),
        ("rows_in", pa.int64()),
        ("rows_out", pa.int64()),
        ("accounts_out", pa.int64()),
        ("rejected", pa.int64()),
        ("superseded", pa.int64()),
        ("objected", pa.int64()),
        ("expected", pa.int64()),
        ("window_from", pa.timestamp("us", tz="UTC")),
        ("window_to", pa.timestamp("us", tz="UTC")),
        ("note", pa.string()),
        ("is_complete", pa.bool_()),
        ("sha256", pa.string()),
    ]
)


def create_folder(
    folder: Path, *, purpose: str = "", owner: str = "", time_zone: str = "UTC", is_own: bool = False
) -> Settings:
    """Make a study folder, or open the one that is there; a new one of own archives (`is_own`) never expires.

    Raises `StudyExists` when the folder holds other files, `NewerFormat` when a newer version made it.
    """
    if (folder / SETTINGS_FILE).exists():
        return load_settings(folder)
    if folder.exists() and (not folder.is_dir() or not all(map(_is_of_a_study, folder.iterdir()))):
        raise StudyExists(folder=str(folder))
    with told_when_full(folder):
        for name in (*KINDS, "results", "report", "runs"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        Manifest(folder, writable=True).close()
        settings = new_settings(purpose=purpose, owner=owner, time_zone=time_zone, is_own=is_own)
        settings.save(folder)  # last: a folder without it is not a study
    return settings


def _is_of_a_study(path: Path) -> bool:
    """What the making of a study leaves when it is stopped."""
    return path.name in _MADE or path.name.startswith(".tmp-")


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of one file."""

    file: str
    reader: str
    was_known: bool  # read before, in the same way: nothing was added
    resumed_at: int  # items that an interrupted reading had already committed


class Writer:
    """Adds sources to a study, part by part. Made by `writing`."""

    def __init__(self, folder: Path, manifest: Manifest, objections: Objections | None = None) -> None:
        self._folder, self._manifest, self._objections = folder, manifest, objections

    def add(self, key: SourceKey, items: Iterable[object], *, file: str, member: str, n_bytes: int) -> Imported:
        """Store what a reader yields, in parts; an interrupted reading goes on after its last committed part.

        `items` must be the same on every call for one key. `member` names rows that name no file of their own.
        When `items` raises `BrokenFile`, what came before is kept and the damage is told in coverage.
        """
        source = self._manifest.find(key)
        if source is not None and source.status == "read":
            return Imported(file=file, reader=key.reader, was_known=True, resumed_at=0)
        rows = iter(items)
        first = next(rows, None)  # a mapping that does not fit raises here, before anything is written
        if source is None:
            called = file if self._objections is None else self._objections.member(file)
            source = self._manifest.start(key, file=called, n_bytes=n_bytes)
        buffer = _Buffer(member, f"{key.reader} {key.reader_version}")
        n_items = source.items_done
        covered: list[Coverage] = []
        try:
            for item in islice(chain([] if first is None else [first], rows), source.items_done, None):
                n_items += 1
                if type(item) is Activity:
                    buffer.add_activity(item)
                elif type(item) is Account:
                    buffer.accounts[item.account_id] = item
                elif isinstance(item, Reject):
                    buffer.rejects.append(item)
                elif isinstance(item, Coverage):
                    covered.append(item)
                elif isinstance(item, pa.RecordBatch):
                    buffer.add_batch(item)
                else:
                    raise TypeError(f"reader {key.reader} yielded {type(item).__name__}")
                # coverage is committed with the end of the source, so no part may be cut after it
                if buffer.is_full and not covered:
                    self._flush(source, buffer, n_items)
        except BrokenFile as error:
            if not any(row.status == "unreadable" for row in covered):  # the reader may have told it itself
                covered.append(Coverage(member=member, status="unreadable", note=str(error.reason)))
            self._flush(source, buffer, n_items, covered, finished=True)
            raise
        self._flush(source, buffer, n_items, covered, finished=True)
        return Imported(file=file, reader=key.reader, was_known=False, resumed_at=source.items_done)

    def _flush(
        self,
        source: Source,
        buffer: _Buffer,
        items_done: int,
        covered: Iterable[Coverage] = (),
        *,
        finished: bool = False,
    ) -> None:
        with told_when_full(self._folder):
            tables = {kind: pa.Table.from_batches(rows, schema=KINDS[kind]) for kind, rows in buffer.batches().items()}
            rejects = [(reject.member or buffer.member, reject) for reject in buffer.rejects]
            told, left_out = list(covered), LeftOut()
            called: Callable[[str], str] = str
            if self._objections is not None:
                called = self._objections.member
                tables, left_out = self._objections.leave_out(tables)
                rejects = [(called(member), self._objections.reject(reject)) for member, reject in rejects]
                told = self._objections.covered(told)
            parts = []
            for kind, table in tables.items():
                if table.num_rows == 0:
                    continue
                name = f"{source.source_id:06d}-{items_done:012d}-{secrets.token_hex(4)}.parquet"
                path = self._folder / kind / name
                with replacing(path) as temporary:
                    pq.write_table(table, temporary, compression="zstd", compression_level=1)
                parts.append((name, kind, table.num_rows, path.stat().st_size))
            with self._manifest.commit("finish" if finished else "part") as version:
                counts = buffer.counts(tables, rejects, left_out, called)
                self._manifest.add(source, version, parts=parts, rejects=rejects, counts=counts, items_done=items_done)
                if finished:
                    self._manifest.cover(source, told)
                    self._manifest.finish(source, version)
                if self._objections is not None and self._objections.marks.learnt:
                    keep(self._manifest, self._objections, APPLY)  # earlier parts may hold what is known only now
        buffer.clear()

    def forget(self, person: Person) -> Erased:
        """Forget somebody; see `store/forgetting.py`."""
        return forget(self._folder, self._manifest, person)

    def sweep(self) -> None:
        """Remove files that belong to no version: leftovers of a kill, and parts that were replaced."""
        known = self._manifest.all_parts()
        for kind in KINDS:
            for path in (self._folder / kind).iterdir():
                if path.name not in known:
                    path.unlink()

    def publish(self) -> None:
        """Write coverage.parquet and rejects.jsonl anew, so that any tool can open them."""
        with told_when_full(self._folder):
            write_parquet(self._folder / "coverage.parquet", coverage_table(self._manifest))
            lines = (json.dumps(reject, ensure_ascii=False) + "\n" for reject in self._manifest.rejects())
            with (
                replacing(self._folder / "rejects.jsonl") as temporary,
                temporary.open("w", encoding="utf-8") as out,
            ):
                out.writelines(lines)


def coverage_table(manifest: Manifest) -> pa.Table:
    """One row per member of each source: columns of `COVERAGE`."""
    rows = manifest.coverage()
    columns = {}
    for field in COVERAGE:
        values = [row[field.name] for row in rows]
        if pa.types.is_timestamp(field.type):
            columns[field.name] = pa.array(values, pa.int64()).cast(field.type)
        elif pa.types.is_boolean(field.type):
            columns[field.name] = pa.array([bool(value) for value in values], field.type)
        else:
            columns[field.name] = pa.array(values, field.type)
    return pa.table(columns, schema=COVERAGE)


@contextmanager
def writing(folder: Path) -> Iterator[Writer]:
    """Hold the study and give its writer. Raises `StudyBusy` when another program holds it.

    On leaving, also by an exception or Ctrl-C, coverage and rejects say what the study holds by then.
    """
    with told_when_full(folder), writing_alone(folder):
        manifest = Manifest(folder, writable=True)
        try:
            complete(folder, manifest)
            writer = Writer(folder, manifest, objections_of(folder, manifest))
            writer.sweep()
            try:
                yield writer
            finally:
                complete(folder, manifest)
                with contextlib.suppress(OSError):  # a full disk has already been told
                    writer.publish()
        finally:
            manifest.close()


@contextmanager
def reading(folder: Path) -> Iterator[Manifest]:
    """The manifest of a study, read only."""
    manifest = Manifest(folder, writable=False)
    try:
        yield manifest
    finally:
        manifest.close()


def _worth(row: Activity) -> tuple[int, int, int]:
    """Of rows of one id the one worth most stays; of equals the later read. The SQL of it is in `store/duckdb.py`.

    When it was collected; how many facts it knows, up to a constant (how it came to us is no fact, a handle is less
    than an id); how long its text is.
    """
    n_known = -msgspec.structs.astuple(row).count(None)
    for reading in (row.source_file, row.source_pointer, row.reader, row.missing, row.collected_at):
        n_known += reading is None
    if row.metrics is not None:
        n_known -= msgspec.structs.astuple(row.metrics).count(None) - len(Metrics.__struct_fields__)
    for who in (row.actor_id, row.object_author_id):
        n_known += who is not None and ":@" not in who
    return -1 if row.collected_at is None else row.collected_at, n_known, len(row.text or "")


class _Buffer:
    """Rows of the part in the making. Of rows of one id the latest collected stays, of equals that which knows more."""

    def __init__(self, member: str, reader: str) -> None:
        self.member, self._reader = member, reader
        self.accounts: dict[str, Account] = {}
        self.rejects: list[Reject] = []
        self._activities: dict[str, Activity] = {}
        self._batches: dict[str, list[pa.RecordBatch]] = {"activity": [], "accounts": []}
        self._n_batch_rows = 0
        self._superseded: dict[str, int] = {}

    @property
    def is_full(self) -> bool:
        rows = len(self._activities) + self._n_batch_rows
        return rows >= ROWS_PER_PART or len(self.accounts) >= ROWS_PER_PART or len(self.rejects) >= ROWS_PER_PART

    def add_activity(self, row: Activity) -> None:
        earlier = self._activities.get(row.activity_id)
        if earlier is not None:
            if _worth(row) < _worth(earlier):
                row, earlier = earlier, row
            member = earlier.source_file or self.member
            self._superseded[member] = self._superseded.get(member, 0) + 1
        self._activities[row.activity_id] = row

    def add_batch(self, batch: pa.RecordBatch) -> None:
        kind = "activity" if "activity_id" in batch.schema.names else "accounts"
        self._batches[kind].append(batch)
        self._n_batch_rows += batch.num_rows

    def batches(self) -> dict[str, list[pa.RecordBatch]]:
        built = {kind: list(batches) for kind, batches in self._batches.items()}
        given = {"source_file": self.member, "reader": self._reader}
        if self._activities:
            built["activity"].append(activity_batch(list(self._activities.values()), **given))
        if self.accounts:
            built["accounts"].append(account_batch(list(self.accounts.values()), **given))
        return {kind: batches for kind, batches in built.items() if batches}

    def counts(
        self,
        tables: dict[str, pa.Table],
        rejects: list[tuple[str, Reject]],
        left_out: LeftOut,
        called: Callable[[str], str],
    ) -> dict[str, MemberCount]:
        """What a flush of these tables and rejects adds to each member; `called` is a member's name in them."""
        counts: dict[str, MemberCount] = {}
        for row in self._by_member(tables.get("activity")):
            count = counts.setdefault(row["member"], MemberCount())
            count.rows_out += row["member_count"]
            count.window_from, count.window_to = row["time_min"], row["time_max"]
        for row in self._by_member(tables.get("accounts")):
            counts.setdefault(row["member"], MemberCount()).accounts_out += row["member_count"]
        for member, n_superseded in self._superseded.items():
            counts.setdefault(called(member), MemberCount()).superseded += n_superseded
        for member, _ in rejects:
            counts.setdefault(member, MemberCount()).rejected += 1
        for gone in left_out.rows.values():
            for member, n in gone.items():
                counts.setdefault(member, MemberCount()).objected += n
        return counts

    def _by_member(self, table: pa.Table | None) -> list[dict[str, Any]]:
        """Members of a table, their rows, the earliest and the latest time (of accounts: of their collection)."""
        if table is None:
            return []
        times = table["happened_at"].cast(pa.int64()) if "happened_at" in table.column_names else table["collected_at"]
        found = pa.table({"member": table["source_file"].fill_null(self.member), "time": times})
        grouped = found.group_by("member").aggregate([("member", "count"), ("time", "min"), ("time", "max")])
        rows: list[dict[str, Any]] = grouped.sort_by("member").to_pylist()
        return rows

    def clear(self) -> None:
        self.__init__(self.member, self._reader)  # type: ignore[misc]

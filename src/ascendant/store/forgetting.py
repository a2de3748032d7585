"""Parts, manifest and files of a study -> the same without those who objected.

Each step can be stopped. First the list of objections is kept, with the chore `apply`; then all parts are written anew
that hold something, and one commit puts them in the place of the old ones (chore `clean`); then the old files go. Who
writes next does what is left.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ascendant.store.files import replacing
from ascendant.store.leftovers import clean
from ascendant.store.manifest import Manifest
from ascendant.store.objecting import APPLY, CLEAN, add_objection, chores, done, keep, new_objections
from ascendant.store.objections import Objections
from ascendant.store.told import change_words, count_words

_LEARNT_FROM = {
    "accounts": ("account_id", "platform", "handle", "name", "url"),
    "activity": ("activity_id", "actor_id", "object_id", "object_author_id"),
}
_FEWER_ACTS = (
    "update member set rows_out = max(0, rows_out - ?), objected = objected + ?, window_from = ?, window_to = ?"
    " where source_id = ? and member = ?"
)
_FEWER_ACCOUNTS = (
    "update member set accounts_out = max(0, accounts_out - ?), objected = objected + ?"
    " where source_id = ? and member = ?"
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whom to forget: an account, and whether it is whoever bears its handle, since no id of it is known."""

    account_id: str
    is_open: bool = False

    def tell(self, objections: Objections) -> None:
        """Put what is known of the person itself on the list."""
        objections.marks.add_account(self.account_id)
        platform, _, handle = self.account_id.partition(":@")
        if self.is_open and handle:
            objections.marks.open(platform, handle)


@dataclass(kw_only=True)
class Erased:
    """What goes, or went: rows of acts and of accounts, rows of others that name the person, and rejects."""

    n_acts: int = 0
    n_accounts: int = 0
    n_naming: int = 0
    n_rejects: int = 0
    n_files: int = 0  # names of files and members
    parts: list[_Part] = field(default_factory=list)
    windows: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether the study holds nothing of it."""
        return self.n_acts + self.n_accounts + self.n_naming + self.n_rejects + self.n_files == 0


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A part that changes; `table` is None until it is written or where nothing is left."""

    name: str
    kind: str
    source_id: int
    added: int | None
    gone: Counter[str]
    written: tuple[str, int, int] | None = None  # name, rows, bytes


def would_erase(folder: Path, manifest: Manifest, person: Person) -> Erased:
    """What forgetting somebody would take away; nothing is changed. Reads all parts."""
    objections = new_objections(folder, manifest)
    person.tell(objections)
    _learn(folder, manifest, objections)
    found = _erased(folder, manifest, objections, writes=False)
    found.n_rejects, found.n_files = count_words(manifest, objections)
    return found


def forget(folder: Path, manifest: Manifest, person: Person) -> Erased:
    """Forget somebody, and keep the objection. Needs the study's lock; may be called again, whatever stopped it.

    Raises `StudyRead` when another program that reads keeps old bytes from being overwritten.
    """
    objections = new_objections(folder, manifest)
    person.tell(objections)
    _learn(folder, manifest, objections)
    is_new = bool(objections.marks.learnt)
    with manifest.commit("forget"):
        if is_new:
            add_objection(manifest)
        keep(manifest, objections, APPLY, CLEAN)
    return complete(folder, manifest)


def complete(folder: Path, manifest: Manifest) -> Erased:
    """Do what an objection, or a forgetting that was stopped, has left to do."""
    left, erased = chores(manifest), Erased()
    if not left:
        return erased
    objections = new_objections(folder, manifest)
    if APPLY in left:
        n_known = -1
        while n_known < (n_known := len(objections.marks)):  # what a part teaches may stand in an earlier one
            for part in erased.parts:
                _drop(folder, part)
            erased = _erased(folder, manifest, objections, writes=True)
        with manifest.commit("leave out"):
            erased.n_rejects, erased.n_files = count_words(manifest, objections)
            change_words(manifest, objections)
            _swap(manifest, erased)
            keep(manifest, objections, *([] if erased.is_nothing else [CLEAN]))
            done(manifest, APPLY)
    if CLEAN in chores(manifest):
        clean(folder, manifest, objections)
        done(manifest, CLEAN)
    return erased


def _learn(folder: Path, manifest: Manifest, objections: Objections) -> None:
    """All that the study knows of those on the list, until nothing new is found."""
    parts = list(_held(manifest))
    n_before = -1
    while n_before < (n_before := len(objections.marks)):
        for name, kind, *_ in parts:
            if kind == "accounts":
                objections.learn({kind: _columns(folder, kind, name)})
    for name, kind, *_ in parts:
        if kind == "activity":
            objections.learn({kind: _columns(folder, kind, name)})


def _columns(folder: Path, kind: str, name: str) -> pa.Table:
    return pq.read_table(folder / kind / name, columns=list(_LEARNT_FROM[kind]))


def _held(manifest: Manifest) -> Iterator[tuple[str, str, int, int | None]]:
    """Parts that are not removed, those of a replacement that is not finished included."""
    query = "select name, kind, source_id, added from part where removed is null order by kind, name"
    yield from manifest.database.execute(query).fetchall()


def _erased(folder: Path, manifest: Manifest, objections: Objections, *, writes: bool) -> Erased:
    found = Erased()
    for name, kind, source_id, added in _held(manifest):
        table = pq.read_table(folder / kind / name)
        tables, left_out = objections.leave_out({kind: table})
        ruled, gone = tables[kind], left_out.rows[kind]
        if kind == "activity":
            _widen(found, source_id, ruled)
        if ruled is table:
            continue
        if kind == "activity":
            found.n_acts += gone.total()
        else:
            found.n_accounts += gone.total()
        found.n_naming += left_out.n_changed
        written = _written(folder, kind, name, ruled) if writes and ruled.num_rows else None
        facts: dict[str, Any] = {"name": name, "kind": kind, "source_id": source_id, "added": added}
        found.parts.append(_Part(**facts, gone=gone, written=written))
    return found


def _widen(found: Erased, source_id: int, table: pa.Table) -> None:
    """The earliest and the latest time of each member, over the parts of a source."""
    times = pa.table({"member": table["source_file"], "time": table["happened_at"].cast(pa.int64())})
    grouped = times.group_by("member").aggregate([("time", "min"), ("time", "max")])
    for row in grouped.to_pylist():
        if row["time_min"] is not None:
            key = (source_id, row["member"])
            since, until = found.windows.get(key, (row["time_min"], row["time_max"]))
            found.windows[key] = (min(since, row["time_min"]), max(until, row["time_max"]))


def _written(folder: Path, kind: str, name: str, table: pa.Table) -> tuple[str, int, int]:
    """A part beside the old one; of two rows with one id the part's name decides which stays, so its order is kept."""
    new = f"{name.rpartition('-')[0]}-{secrets.token_hex(4)}.parquet"
    with replacing(folder / kind / new) as temporary:
        pq.write_table(table, temporary, compression="zstd", compression_level=1)
    return new, table.num_rows, (folder / kind / new).stat().st_size


def _drop(folder: Path, part: _Part) -> None:
    if part.written is not None:
        (folder / part.kind / part.written[0]).unlink(missing_ok=True)


def _swap(manifest: Manifest, erased: Erased) -> None:
    db = manifest.database
    version = manifest.version()
    for part in erased.parts:
        db.execute("update part set removed = ? where name = ?", (version, part.name))
        if part.written is not None:
            name, n_rows, n_bytes = part.written
            added = None if part.added is None else version
            columns = (name, part.kind, part.source_id, n_rows, n_bytes, added)
            db.execute(
                "insert into part (name, kind, source_id, rows, bytes, added) values (?, ?, ?, ?, ?, ?)", columns
            )
        for member, n in part.gone.items():
            place = (part.source_id, member)
            if part.kind == "activity":
                window = erased.windows.get(place, (None, None))
                db.execute(_FEWER_ACTS, (n, n, *window, *place))
            else:
                db.execute(_FEWER_ACCOUNTS, (n, n, *place))

"""Words in the manifest: names of files and members, rejects, notes. Which of them name somebody, and their change."""

from __future__ import annotations

import contextlib
import sqlite3

from ascendant.activity import Reject
from ascendant.store.manifest import Manifest
from ascendant.store.objections import Objections

_ADDED_UP = (
    "update member set rows_in = member.rows_in + other.rows_in, rows_out = member.rows_out + other.rows_out,"
    " accounts_out = member.accounts_out + other.accounts_out, rejected = member.rejected + other.rejected,"
    " superseded = member.superseded + other.superseded, objected = member.objected + other.objected"
    " from (select * from member where source_id = ? and member = ?) as other"
    " where member.source_id = ? and member.member = ?"
)


def count_words(manifest: Manifest, objections: Objections) -> tuple[int, int]:
    """How many rejects and how many names of files name somebody on the list."""
    db = manifest.database
    n_rejects = n_files = 0
    for row in db.execute("select pointer, reason, detail, member from reject"):
        reject = Reject(*row)
        n_rejects += objections.reject(reject) != reject
    for (name,) in db.execute("select file from source union select member from member"):
        n_files += objections.member(name) != name
    return n_rejects, n_files


def change_words(manifest: Manifest, objections: Objections) -> None:
    """Names and words in the manifest. Two members that bear one name now become one."""
    db = manifest.database
    for rowid, *values in db.execute("select rowid, member, pointer, detail from reject").fetchall():
        if (changed := [objections.member(value) for value in values]) != values:
            db.execute("update reject set member = ?, pointer = ?, detail = ? where rowid = ?", (*changed, rowid))
    for source_id, *values in db.execute("select source_id, file, mapping from source").fetchall():
        if (changed := [objections.member(value) for value in values]) == values:
            continue
        with contextlib.suppress(sqlite3.IntegrityError):
            db.execute("update source set file = ?, mapping = ? where source_id = ?", (*changed, source_id))
            continue
        # Two mappings of one file that differed in a name alone: the later one is not to be found again.
        changed[1] += " " * source_id
        db.execute("update source set file = ?, mapping = ? where source_id = ?", (*changed, source_id))
    for source_id, member, note in db.execute("select source_id, member, note from member").fetchall():
        key = (source_id, member)
        if note is not None and (hidden := objections.wording.hide(note)) != note:
            db.execute("update member set note = ? where source_id = ? and member = ?", (hidden, *key))
        if (name := objections.member(member)) == member:
            continue
        other = db.execute("select 1 from member where source_id = ? and member = ?", (source_id, name)).fetchone()
        if other is None:
            db.execute("update member set member = ? where source_id = ? and member = ?", (name, *key))
            continue
        db.execute(_ADDED_UP, (*key, source_id, name))
        db.execute("delete from member where source_id = ? and member = ?", key)

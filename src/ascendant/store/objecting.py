"""The list of objections in the manifest, and what is left to do of a forgetting that was stopped.

Only marks are kept (`store/marks.py`), made with the study's key of pseudonyms, and the day of each objection.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from ascendant.errors import BrokenStudy, mark
from ascendant.store.connection import has_objections
from ascendant.store.manifest import Manifest
from ascendant.store.marks import Marks
from ascendant.store.objections import Objections
from ascendant.store.settings import KEY_FILE, pseudonym_key

APPLY: Final = "apply"  # marks are kept that the rows may still hold
CLEAN: Final = "clean"  # the rows are as they should be; older files may not be
_PROOF: Final = ("key", "of the objections")


def n_objections(manifest: Manifest) -> int:
    """How many objections a study holds."""
    if not has_objections(manifest.database):
        return 0
    return int(manifest.database.execute("select count(*) from objection").fetchone()[0])


def objections_of(folder: Path, manifest: Manifest) -> Objections | None:
    """The rule with what is on the list; None when nothing is, so that nothing has to be looked at.

    Raises `BrokenStudy` when the key is not the one that the list was made with: nobody on it would be known again.
    """
    return None if n_objections(manifest) == 0 else new_objections(folder, manifest)


def new_objections(folder: Path, manifest: Manifest) -> Objections:
    """The rule with what is on the list, be it nothing."""
    held = set()
    if has_objections(manifest.database):
        held = {found for (found,) in manifest.database.execute("select mark from objection_mark")}
    marks = Marks(pseudonym_key(folder), held)
    if held and not marks.has(*_PROOF):
        reason = mark("it is not the key with which the objections were kept")
        raise BrokenStudy(folder=str(folder), file=KEY_FILE, reason=reason)
    return Objections(marks)


def keep(manifest: Manifest, objections: Objections, *chores: str) -> None:
    """Keep what was learnt, and what is to be done about it; inside a `commit`."""
    db, marks = manifest.database, objections.marks
    kept = [*marks.learnt, marks.of(*_PROOF)]
    db.executemany("insert or ignore into objection_mark values (?)", [(one,) for one in kept])
    db.executemany("insert or ignore into chore values (?)", [(name,) for name in chores])
    marks.learnt.clear()


def add_objection(manifest: Manifest) -> None:
    """One more person on the list; inside a `commit`."""
    today = date.today().isoformat()  # noqa: DTZ011  a day of the user's own calendar
    manifest.database.execute("insert into objection (on_day) values (?)", (today,))


def chores(manifest: Manifest) -> set[str]:
    """What a forgetting that was stopped has left to do."""
    if not has_objections(manifest.database):
        return set()
    return {name for (name,) in manifest.database.execute("select name from chore")}


def done(manifest: Manifest, chore: str) -> None:
    """A chore less; inside a `commit` or alone."""
    manifest.database.execute("delete from chore where name = ?", (chore,))

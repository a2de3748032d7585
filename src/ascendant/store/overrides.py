"""Kinds that the user gives to accounts, against what is computed: `kinds.toml` in the study's folder.

Each has its reason and its day. Who is forgotten is in no row of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import tomli_w

from ascendant.errors import BrokenSettings, mark
from ascendant.store.files import told_when_full, write_text
from ascendant.store.lock import writing_alone
from ascendant.store.objections import Objections

FILE: Final = "kinds.toml"
_HEAD: Final = "# Kinds that you gave to accounts: `ascendant kind` writes this file.\n"


@dataclass(frozen=True, kw_only=True)
class Override:
    """The kind that the user gives to an account, why, and since when."""

    account: str
    kind: str
    reason: str
    made_on: date


def load_overrides(folder: Path) -> tuple[Override, ...]:
    """Those of a study, by account; none where nobody gave any. Raises `BrokenSettings`."""
    path = folder / FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [Override(**row) for row in found.get("override", ())]
        if not all(isinstance(one, str) for row in rows for one in (row.account, row.kind, row.reason)):
            raise TypeError
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, AttributeError):
        raise BrokenSettings(file=str(path), reason=mark("it is not a list of kinds as ascendant writes it")) from None
    return tuple(sorted(rows, key=lambda row: row.account))


def save_override(folder: Path, override: Override) -> None:
    """Add an override, in the place of an earlier one of the same account. Raises `StudyBusy`, `DiskFull`."""
    with told_when_full(folder), writing_alone(folder):
        others = [row for row in load_overrides(folder) if row.account != override.account]
        _write(folder, [*others, override])


def remove_override(folder: Path, account_id: str) -> bool:
    """Take the override of an account away; whether there was one. Raises `StudyBusy`, `DiskFull`."""
    with told_when_full(folder), writing_alone(folder):
        held = load_overrides(folder)
        left = [row for row in held if row.account != account_id]
        if len(left) < len(held):
            _write(folder, left)
    return len(left) < len(held)


def forget_in_overrides(folder: Path, objections: Objections) -> None:
    """Take away the overrides of those who objected, and hide their names in the reasons of others."""
    path = folder / FILE
    if not path.exists():
        return
    try:
        held = load_overrides(folder)
    except BrokenSettings:  # changed by hand: whom it names cannot be told
        path.unlink()
        return
    left = [row for row in held if not objections.marks.has_account(row.account)]
    hidden = [replace(row, reason=objections.in_json(row.reason)) for row in left]
    if tuple(hidden) != held:
        _write(folder, hidden)


def _write(folder: Path, rows: Sequence[Override]) -> None:
    path = folder / FILE
    if not rows:
        path.unlink(missing_ok=True)
        return
    ordered = sorted(rows, key=lambda row: row.account)
    write_text(path, _HEAD + tomli_w.dumps({"override": [asdict(row) for row in ordered]}))

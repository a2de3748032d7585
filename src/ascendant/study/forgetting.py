"""A person, or a whole study, out of a study's folder: who is meant, what would go, and its going."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import AmbiguousAccount, NotAStudy, UnknownAccount
from ascendant.report.answers import find_account
from ascendant.report.language import Language
from ascendant.report.naming import Names
from ascendant.store import forgetting
from ascendant.store.duckdb import asking
from ascendant.store.files import told_when_full
from ascendant.store.forgetting import Erased, Person
from ascendant.store.leftovers import delete_all, made_in, others_in, pages
from ascendant.store.lock import FILE as LOCK
from ascendant.store.lock import writing_alone
from ascendant.store.parts import reading, writing
from ascendant.store.settings import FILE as SETTINGS
from ascendant.store.settings import pseudonym_key

_BY_HANDLE = re.compile(r"(\w+):@(.+)")
_IDENTIFIER = re.compile(r"\w+:[^\s/]\S*(?: \S+)*")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who is meant by what was asked for, and how they may be shown.

    `namesakes` are other accounts of that name or handle: they are not taken along.
    """

    person: Person
    shown: str
    is_held: bool
    is_owner: bool
    namesakes: tuple[str, ...]


def who_is_asked(folder: Path, asked: str, language: Language) -> Asked:
    """The account behind an id, a handle, a name or a pseudonym; an id that the study does not hold may be asked too.

    Raises `UnknownAccount`, `AmbiguousAccount`.
    """
    with asking(folder) as questions:
        accounts, seen = questions.ask("known_accounts"), questions.ask("everybody")
    others = seen.join(accounts.select(["account_id"]), "account_id", join_type="left anti")
    everybody = pa.concat_tables([accounts, others], promote_options="default").sort_by("account_id")
    names = Names(everybody, pseudonym_key(folder), language=language)
    account_id = _account(everybody, names, asked.strip())
    rows = everybody.filter(pc.equal(everybody["account_id"], account_id)).to_pylist()
    bears = set(_who_bears(everybody, account_id))
    is_open = ":@" in account_id and not bears
    known = rows[0] if rows else {}
    return Asked(
        person=Person(account_id=account_id, is_open=is_open),
        shown=names.shown(account_id),
        is_held=bool(rows),
        is_owner=bool(known.get("is_me")),
        namesakes=tuple(names.shown(one) for one in _namesakes(everybody, known)),
    )


def _account(everybody: pa.Table, names: Names, asked: str) -> str:
    try:
        found = asked if _BY_HANDLE.fullmatch(asked) else find_account(everybody, names, asked)
    except UnknownAccount:
        if not _IDENTIFIER.fullmatch(asked):
            raise
        return asked
    bears = _who_bears(everybody, found)
    if len(bears) > 1:
        raise AmbiguousAccount(account=asked, n=len(bears), found=", ".join(sorted(bears)[:5]))
    if bears:
        return bears[0]
    return found.lower() if _BY_HANDLE.fullmatch(found) else found


def _who_bears(everybody: pa.Table, account_id: str) -> list[str]:
    """Accounts with an id of their own that bear the handle of an account without; none for an account with an id."""
    if (by_handle := _BY_HANDLE.fullmatch(account_id)) is None:
        return []
    platform, handle = by_handle[1], by_handle[2].lower()
    is_here = pc.and_(pc.equal(everybody["platform"], platform), pc.equal(pc.utf8_lower(everybody["handle"]), handle))
    has_id = pc.invert(pc.match_substring(everybody["account_id"], ":@"))
    found: list[str] = everybody["account_id"].filter(pc.fill_null(pc.and_(is_here, has_id), False)).to_pylist()
    return found


def _namesakes(everybody: pa.Table, known: dict[str, str | None]) -> list[str]:
    """Other accounts of the same name or handle, those aside that are nothing but this name on this platform."""
    found: set[str] = set()
    for column in ("name", "handle"):
        if written := (known.get(column) or "").strip().lower():
            same = pc.fill_null(pc.equal(pc.utf8_lower(everybody[column]), written), False)
            found |= set(everybody["account_id"].filter(same).to_pylist())
    taken = (f"{known.get('platform')}:name:", f"{known.get('platform')}:@")
    return sorted(one for one in found if one != known.get("account_id") and not one.startswith(taken))


def would_go(folder: Path, person: Person) -> Erased:
    """What forgetting would take away; nothing is changed."""
    with reading(folder) as manifest:
        return forgetting.would_erase(folder, manifest, person)


def forget(folder: Path, person: Person) -> Erased:
    """Forget a person and keep the objection. Results and pages go: they are made anew when they are asked for.

    Raises `StudyBusy`, `StudyRead`, `DiskFull`, `BrokenStudy`.
    """
    with told_when_full(folder), writing(folder) as writer:
        return writer.forget(person)


def n_pages(folder: Path) -> int:
    """Pages, tables and pictures in `report/`."""
    return len(pages(folder))


def not_ours(folder: Path) -> list[Path]:
    """What lies in the folder and ascendant did not make: it is never touched."""
    return others_in(folder)


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A study's folder, before it goes: how many files ascendant made in it, how large, and what else lies there."""

    n_files: int
    n_bytes: int
    others: list[Path]


def look_at(folder: Path) -> Folder:
    """What `purge` would delete. Raises `NotAStudy`."""
    if not (folder / SETTINGS).is_file():
        raise NotAStudy(folder=str(folder))
    sizes = [one.stat().st_size for path in made_in(folder) for one in ([path], path.rglob("*"))[path.is_dir()]]
    return Folder(n_files=len(sizes), n_bytes=sum(sizes), others=others_in(folder))


def purge(folder: Path) -> list[Path]:
    """Delete all that ascendant made in a study; returns what else lies there and stays.

    A purge that was stopped is gone on with by the next one. Raises `NotAStudy`, `StudyBusy`, `FolderRefused`.
    """
    look_at(folder)
    with told_when_full(folder):
        with writing_alone(folder):
            others = delete_all(folder)
        with contextlib.suppress(OSError):
            (folder / LOCK).unlink(missing_ok=True)
            if folder.resolve() != Path.cwd():
                folder.rmdir()
    return others

"""Whose archives are to be read: on each platform those of one person, and of the same as in the study before.

Archives of several people give figures of nobody: they are refused before a row is written, unless `--owner` says whose
are meant. Parts of one archive that were given one by one are put together, since only one of them says whose it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from ascendant.errors import AnotherOwner, Caveat, ExportError, StudyOfAnother, UnknownOwner, mark
from ascendant.read.archive import Archive, stem_of_parts
from ascendant.read.export import Export, Member
from ascendant.read.options import ReadOptions
from ascendant.read.owners import ArchiveOwner, ArchiveReader, Owned, is_same, is_surely_another
from ascendant.store.owners import kept_owners
from ascendant.study.jobs import Job, export_at, jobs_in

NOBODY: Final = mark(
    "no file in {file} says whose archive it is; if it is a part of one, give all its parts in one command"
)
JOINED: Final = mark("{file} names no owner: it is read as a part of {other}")
NO_ARCHIVES: Final = mark("there is no archive of a person among the files.")
THEY_ARE: Final = mark("they are of: {owners}")


@dataclass(frozen=True)
class Settled:
    """The jobs that are to be done, whose archives they read, whose are left out, and what else is to be told."""

    jobs: list[Job]
    owners: list[ArchiveOwner] = field(default_factory=list)
    left_out: list[ArchiveOwner] = field(default_factory=list)
    notes: list[Caveat] = field(default_factory=list)


@dataclass
class _Piece:
    """A job, or the part of one that is one person's, and whose it is; no owner where it is no archive."""

    job: Job
    owner: ArchiveOwner | None = None


def owners_in(files: Sequence[Path], options: ReadOptions = ReadOptions()) -> list[ArchiveOwner]:
    """Whose archives lie at some paths, one row each, in the order of the paths; files that are no archives have none.

    Only the small files that name an owner are read. What cannot be opened, and an archive whose own files name several
    people, is left out: who reads it is told.
    """
    found: list[ArchiveOwner] = []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="ascendant-")))
        for path in files:
            try:
                jobs = jobs_in(export_at(path, folder, stack), options, None, [])
            except ExportError:
                continue
            found += [piece.owner for job in jobs for piece in _pieces(job) if piece.owner is not None]
    return found


def settled(jobs: Sequence[Job], folder: Path, wanted: str | None = None) -> Settled:
    """The jobs that may be done in the study at `folder`, those of `wanted` alone where that is a name, handle or id.

    A name restricts the platforms on which somebody is called so; of the others all archives must still be of one
    person. Raises `AnotherOwner`, `StudyOfAnother`, `UnknownOwner`.
    """
    pieces = [piece for job in jobs for piece in _pieces(job)]
    left_out: list[ArchiveOwner] = []
    if wanted is not None:
        pieces, left_out = _of(wanted, pieces)
    kept = [_kept(row) for row in kept_owners(folder)]
    for platform in dict.fromkeys(piece.owner.platform for piece in pieces if piece.owner is not None):
        here = [one.owner for one in pieces if one.owner is not None and one.owner.platform == platform]
        _check([one for one in here if one.is_known], [one for one in kept if one.platform == platform], wanted)
    notes: list[Caveat] = []
    joined = _joined(pieces, notes)
    told = [piece.owner for piece in joined if piece.owner is not None]
    notes += [Caveat(NOBODY, {"file": owner.file}) for owner in told if not owner.is_known]
    return Settled([piece.job for piece in joined], [owner for owner in told if owner.is_known], left_out, notes)


def _pieces(job: Job) -> list[_Piece]:
    """A job whole where it holds archives of one person at most; else cut into the archives that lie in it."""
    if not isinstance(job.reader, ArchiveReader):
        return [_Piece(job)]
    try:
        owned = job.reader.owners(job.export)
    except ExportError:  # its reader tells it
        return [_Piece(job)]
    told = [_owner(job, one, several=len(owned) > 1) for one in owned]
    known = [one for one in told if one.is_known]
    if all(is_same(known[0], other) is not False for other in known[1:]):
        nobody = ArchiveOwner(file=job.export.label, platform=job.reader.platform)
        return [_Piece(job, replace(known[0], file=job.export.label) if known else nobody)]
    return [
        _Piece(replace(job, export=_only(job.export, one.archive)), owner)
        for one, owner in zip(owned, told, strict=True)
    ]


def _owner(job: Job, owned: Owned, *, several: bool) -> ArchiveOwner:
    assert isinstance(job.reader, ArchiveReader)
    root = owned.archive.root
    file = f"{job.export.label}/{root}" if several and root else job.export.label
    return ArchiveOwner.of(file, job.reader.platform, owned.account, owned.names)


def _only(export: Export, archive: Archive) -> Export:
    """The part of an export that is one archive, with its pictures."""
    names = {member.name for member in archive.members}
    members = tuple(
        member
        for member in export.members
        if member.name in names or (archive.root and member.name.startswith(f"{archive.root}/"))
    )
    return replace(export, members=members, called=f"{export.label}/{archive.root}" if archive.root else export.label)


def _of(wanted: str, pieces: list[_Piece]) -> tuple[list[_Piece], list[ArchiveOwner]]:
    """The pieces that are read for somebody, and the owners of those that are left out."""
    told = [piece.owner for piece in pieces if piece.owner is not None]
    if not told:
        raise UnknownOwner(wanted=wanted, reason=NO_ARCHIVES)
    theirs = [owner for owner in told if owner.is_called(wanted)]
    if not theirs:
        raise UnknownOwner(wanted=wanted, reason=Caveat(THEY_ARE, {"owners": _listed(told)}))
    platforms = {owner.platform for owner in theirs}
    kept, left_out = [], []
    for piece in pieces:
        if piece.owner is None or piece.owner.platform not in platforms or _is_theirs(piece, theirs, pieces):
            kept.append(piece)
        else:
            left_out.append(piece.owner)
    return kept, left_out


def _is_theirs(piece: _Piece, theirs: list[ArchiveOwner], pieces: list[_Piece]) -> bool:
    """Whether it is somebody's archive, be it under a name of before, or a part of it."""
    owner = piece.owner
    if owner is None or owner in theirs:
        return True
    if any(is_same(owner, one) for one in theirs if one.platform == owner.platform):
        return True
    return any(other.owner in theirs and _are_parts(piece, other) for other in pieces)


def _kept(row: dict[str, Any]) -> ArchiveOwner:
    known = {name: row[name] for name in ("account_id", "handle", "name", "created_at")}
    if row["resolved"] == "derived":
        known = {}
    return ArchiveOwner(file="", platform=str(row["platform"]), **known)


def _check(given: list[ArchiveOwner], kept: list[ArchiveOwner], wanted: str | None) -> None:
    """Owners on one platform must be one person, and the one of the study."""
    for number, owner in enumerate(given):
        if any(_are_two(owner, other, wanted) for other in given[:number]):
            raise AnotherOwner(owners=_listed(given), first=_called(given[0], given))
    known = [other for other in kept if other.is_known]
    for owner in given:
        if known and all(_are_two(owner, other, wanted) for other in known):
            raise StudyOfAnother(owners=_listed(given), kept=known[0].words, first=_called(known[0], [*given, *known]))


def _are_two(one: ArchiveOwner, other: ArchiveOwner, wanted: str | None) -> bool:
    """Whether two archives are of two people; whoever gives a name that fits both says that they are one."""
    if wanted is not None and one.is_called(wanted) and other.is_called(wanted):
        return is_surely_another(one, other)
    return is_same(one, other) is False


def _called(owner: ArchiveOwner, among: list[ArchiveOwner]) -> str:
    """What tells an owner from the others: the name, or where they share it the handle or the id."""
    for word in (owner.words, owner.handle, owner.account_id):
        if word and not any(is_same(owner, one) is False and one.is_called(word) for one in among):
            return word
    return owner.words


def _joined(pieces: list[_Piece], notes: list[Caveat]) -> list[_Piece]:
    """Parts of one archive as one; what names no owner goes to the archive that does, if there is but one person.

    The checks have been made: all that is known on a platform is one person's.
    """
    groups: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.owner is None or not one.owner.is_known):
        home = next((group for group in groups if _are_parts(group[0], piece)), None)
        if home is None and piece.owner is not None and not piece.owner.is_known:
            home = next((group for group in groups if _takes(group[0], piece)), None)
            if home is not None:
                notes.append(Caveat(JOINED, {"file": piece.owner.file, "other": home[0].job.export.label}))
        if home is None:
            groups.append([piece])
        else:
            home.append(piece)
    order = {id(piece): number for number, piece in enumerate(pieces)}
    return [_one(group) for group in sorted(groups, key=lambda group: min(order[id(one)] for one in group))]


def _are_parts(one: _Piece, other: _Piece) -> bool:
    """Whether the names of two paths differ in the number of a part only."""
    if one.owner is None or other.owner is None or one.owner.platform != other.owner.platform:
        return False
    names = {one.job.paths[0].name, other.job.paths[0].name}
    return one.job.paths != other.job.paths and len(set(map(stem_of_parts, names))) == 1 and len(names) > 1


def _takes(home: _Piece, piece: _Piece) -> bool:
    if home.owner is None or piece.owner is None or home.job.paths == piece.job.paths:
        return False
    return home.owner.is_known and home.owner.platform == piece.owner.platform


def _one(group: list[_Piece]) -> _Piece:
    """Several exports as one, as if they lay in one folder."""
    if len(group) == 1:
        return group[0]
    first = group[0]
    exports = [piece.job.export for piece in group]
    names = [export.path.name for export in exports]
    if len(set(names)) < len(names):
        names = [str(export.path).lstrip("/") for export in exports]
    members = [
        replace(member, name=name if _is_file(export, member) else f"{name}/{member.name}")
        for name, export in zip(names, exports, strict=True)
        for member in export.members
    ]
    label = ", ".join(export.label for export in exports)
    members.sort(key=lambda member: member.name)
    job = replace(
        first.job,
        export=replace(exports[0], members=tuple(members), called=label, problems=()),
        paths=tuple(path for piece in group for path in piece.job.paths),
    )
    assert first.owner is not None
    return _Piece(job, replace(first.owner, file=label))


def _is_file(export: Export, member: Member) -> bool:
    return member.inside is None and member.container == export.path


def _listed(owners: Sequence[ArchiveOwner]) -> str:
    return ", ".join(f"{owner.file} ({owner.words})" if owner.is_known else owner.file for owner in owners)

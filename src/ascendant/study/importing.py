"""Paths -> rows in the store: each file is recognised, read by its reader, and committed part by part."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from ascendant.activity import Coverage
from ascendant.errors import AscendantError, BrokenFile, Caveat, EmptyFile, ExportError, UsageError, mark
from ascendant.read.export import INSIDE, Export
from ascendant.read.options import ReadOptions
from ascendant.read.owners import ArchiveOwner
from ascendant.read.readers import Item
from ascendant.read.tabular import check_options
from ascendant.read.unknown import look, unknown_format
from ascendant.store.manifest import SourceKey
from ascendant.store.parts import Imported, Writer, reading, writing
from ascendant.study.jobs import SPOOL, Job, export_at, jobs_in
from ascendant.study.owners import settled

NOT_OPENED: Final = mark("it could not be opened")

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is (bytes or items)."""


@dataclass(frozen=True)
class Import:
    """What one call of `import_files` did: a row a file, and what went wrong without stopping it.

    `names` are the files that were opened, by the hash that coverage knows them by, and `known` the hashes of those
    that had been read before: of these, coverage holds the name of then. `owners` are those of the archives that were
    read, `left_out` those of archives that were not, since `owner` was somebody else; `notes` what else is to be told.
    """

    files: list[Imported] = field(default_factory=list)
    problems: list[AscendantError] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    owners: list[ArchiveOwner] = field(default_factory=list)
    left_out: list[ArchiveOwner] = field(default_factory=list)
    notes: list[Caveat] = field(default_factory=list)

    def called(self, sha256: str, member: str, *, status: str = "parsed") -> str:
        """What a member is called on the screen: as it was given now; one that is absent, by its path."""
        name = self.names[sha256]
        if status == "absent" and not name.endswith(INSIDE):
            zipped, inside, _ = name.partition(INSIDE)
            return f"{zipped}{inside}{member}" if inside else member
        return f"{name}{member}".removeprefix(INSIDE) if name.endswith(INSIDE) else name


def no_progress(what: str, done: int, total: int) -> None:
    """The progress of somebody who does not look."""


def import_files(
    folder: Path,
    paths: Sequence[Path],
    options: ReadOptions = ReadOptions(),
    *,
    fallback: ReadOptions | None = None,
    owner: str | None = None,
    progress: Progress = no_progress,
) -> Import:
    """Read paths (files, folders, zips, pipes, `-`) into the study at `folder`.

    `fallback` are choices kept in study.toml: they serve files that no reader recognises by itself. All paths are
    looked at before the first row is written. What is wrong with one file does not stop the others: it is a problem
    of the result. Of people's own archives those of one person are read, of `owner` where that is given.

    Raises `UsageError` for choices that cannot be, the first problem (which holds the `others`) when nothing could be
    read, `AnotherOwner` and its like for archives of several people, `StudyBusy`, `DiskFull`, `FolderRefused`,
    `BrokenStudy`.
    """
    check_options(options)
    with contextlib.ExitStack() as stack:
        writer = stack.enter_context(writing(folder))
        for left in folder.glob(f"{SPOOL}*"):  # by a kill: nobody else writes here now
            shutil.rmtree(left, ignore_errors=True)
        done = Import()
        jobs: list[Job] = []
        unopened: list[tuple[Path, Coverage]] = []
        for path in paths:
            try:
                export = export_at(path, folder, stack)
                done.problems.extend(export.problems)
                unopened += [(export.path, _unopened(problem, export)) for problem in export.problems]
                jobs += jobs_in(export, options, fallback, done.problems)
            except ExportError as error:
                done.problems.append(error)
        n_before = _n_rows(folder)
        if not any(job.reader for job in jobs):
            problems = [*done.problems, *filter(None, map(_unknown, jobs))]
            raise _together(problems or [EmptyFile(file=str(path)) for path in paths])
        try:
            chosen = settled(jobs, folder, owner)
        except AscendantError as error:
            error.others = tuple(done.problems)
            raise
        jobs, done = chosen.jobs, replace(done, owners=chosen.owners, left_out=chosen.left_out, notes=chosen.notes)
        total = sum(job.export.size for job in jobs)
        before = 0
        for job in jobs:
            name, start = job.export.members[0].name, before

            def advanced(n_bytes: int, *, name: str = name, start: int = start) -> None:
                progress(name, start + n_bytes, total)

            try:
                sha256 = job.export.sha256()
                done.names[sha256] = job.name
                beside = [row for path, row in unopened if _is_of(path, job)]
                unopened = [one for one in unopened if one[1] not in beside]
                done.files.append(_import_one(writer, job, sha256, advanced, beside))
                if done.files[-1].was_known:
                    done.known.add(sha256)
                if job.reader is None and (problem := _unknown(job)) is not None:
                    done.problems.append(problem)
            except (ExportError, UsageError) as error:
                done.problems.append(error)
            before += job.export.size
            progress(name, before, total)
        if done.problems and _n_rows(folder) == n_before and all(file.reader == "none" for file in done.files):
            raise _together(done.problems)
        return done


def _import_one(
    writer: Writer, job: Job, sha256: str, advanced: Callable[[int], None], beside: list[Coverage]
) -> Imported:
    export, reader, member = job.export, job.reader, job.export.members[0].name
    if reader is None:
        key = SourceKey(sha256=sha256, reader="none", reader_version=0, mapping={})
        return writer.add(key, [_unread(job), *beside], file=job.file, member=member, n_bytes=export.size)
    key = SourceKey(sha256=sha256, reader=reader.name, reader_version=reader.version, mapping=job.options.mapping)
    items = _followed(reader.read(_watched(export, advanced), job.options), beside)
    return writer.add(key, items, file=job.file, member=member, n_bytes=export.size)


def _followed(items: Iterator[Item], beside: list[Coverage]) -> Iterator[Item]:
    """What a reader yields, then what is told of files beside it. Raises its `BrokenFile` at the end."""
    damage = None
    try:
        yield from items
    except BrokenFile as error:
        damage = error
    yield from beside
    if damage is not None:
        raise damage


def _unopened(problem: ExportError, export: Export) -> Coverage:
    """What coverage says of a zip in an export that could not be opened."""
    called = str(problem.facts.get("file", export.path.name)).removeprefix(export.label).lstrip(f"/{INSIDE}")
    reason = problem.facts.get("reason")
    return Coverage(member=called, status="unreadable", note=str(reason) if reason else NOT_OPENED)


def _is_of(path: Path, job: Job) -> bool:
    """Whether a job is of what lies at a path, or of a piece of it."""
    return any(path == one or path in one.parents for one in job.paths)


def _unread(job: Job) -> Coverage:
    """What coverage says of a member that no reader knows; nothing of its contents, since reports are passed on."""
    member = job.export.members[0]
    try:
        return Coverage(member=member.name, status="unknown", note=look(member).kind)
    except EmptyFile:
        return Coverage(member=member.name, status="empty")
    except BrokenFile as error:
        return Coverage(member=member.name, status="unreadable", note=str(error.reason))


def _unknown(job: Job) -> AscendantError | None:
    """What is told of a member that no reader knows; nothing of an empty one in a folder or zip."""
    member = job.export.members[0]
    try:
        return unknown_format(member)
    except EmptyFile as error:
        return error if member.inside is None and member.container == job.export.path else None
    except ExportError as error:
        return error


def _together(problems: Sequence[AscendantError]) -> AscendantError:
    """The first of several problems, which speaks for all."""
    first = problems[0]
    first.others = tuple(problems[1:])
    return first


def _n_rows(folder: Path) -> int:
    with reading(folder) as manifest:
        return manifest.n_rows("activity") + manifest.n_rows("accounts")


def _watched(export: Export, advanced: Callable[[int], None]) -> Export:
    """The same export; its members tell how many bytes were taken from them."""
    n_before = 0
    members = []
    for member in export.members:
        members.append(replace(member, watcher=_Sum(advanced, n_before)))
        n_before += member.size
    return replace(export, members=tuple(members))


class _Sum:
    """Adds up block sizes for somebody who wants totals."""

    def __init__(self, advanced: Callable[[int], None], start: int) -> None:
        self._advanced, self._total = advanced, start

    def __call__(self, n_bytes: int) -> None:
        self._total += n_bytes
        self._advanced(self._total)

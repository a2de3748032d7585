"""Paths -> rows in the store: each file is recognised, read by its reader, and committed part by part."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Final

from ascendant.activity import Coverage
from ascendant.errors import STANDARD_INPUT, AscendantError, BrokenFile, EmptyFile, ExportError, UsageError
from ascendant.read.export import INSIDE, Export, refused
from ascendant.read.options import ReadOptions
from ascendant.read.readers import Reader, reader_for
from ascendant.read.tabular import check_options
from ascendant.read.unknown import look, unknown_format
from ascendant.store.files import told_when_full
from ascendant.store.manifest import SourceKey
from ascendant.store.parts import Imported, Writer, reading, writing

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is (bytes or items)."""

_SPOOL: Final = ".incoming-"


@dataclass(frozen=True)
class Import:
    """What one call of `import_files` did: a row a file, and what went wrong without stopping it.

    `names` are the files that were opened, by the hash that coverage knows them by, and `known` the hashes of those
    that had been read before: of these, coverage holds the name of then.
    """

    files: list[Imported] = field(default_factory=list)
    problems: list[AscendantError] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def called(self, sha256: str, member: str) -> str:
        """What a member that was opened is called on the screen: as it was given now."""
        name = self.names[sha256]
        return f"{name}{member}" if name.endswith(INSIDE) else name


@dataclass(frozen=True)
class _Job:
    """An export that one reader takes whole; without a reader where none knows it."""

    export: Export
    reader: Reader | None
    options: ReadOptions

    @property
    def file(self) -> str:
        """What coverage calls it: the zip, or the file as it lies in its folder."""
        first = self.export.members[0]
        if len(self.export.members) > 1:
            return self.export.path.name
        return first.name if first.inside is None else first.container.name

    @property
    def name(self) -> str:
        """What it is called on the screen; of several members, what their names are set behind."""
        if len(self.export.members) > 1:
            return f"{self.file}{INSIDE}"
        inside = self.export.members[0].inside
        return self.file if inside is None else f"{self.file}{INSIDE}{inside}"


def no_progress(what: str, done: int, total: int) -> None:
    """The progress of somebody who does not look."""


def import_files(
    folder: Path,
    paths: Sequence[Path],
    options: ReadOptions = ReadOptions(),
    *,
    fallback: ReadOptions | None = None,
    progress: Progress = no_progress,
) -> Import:
    """Read paths (files, folders, zips, pipes, `-`) into the study at `folder`.

    `fallback` are choices kept in study.toml: they serve files that no reader recognises by itself. All paths are
    looked at before the first row is written. What is wrong with one file does not stop the others: it is a problem
    of the result.

    Raises `UsageError` for choices that cannot be, the first problem (which holds the `others`) when nothing could be
    read, `StudyBusy`, `DiskFull`, `FolderRefused`, `BrokenStudy`.
    """
    check_options(options)
    with contextlib.ExitStack() as stack:
        writer = stack.enter_context(writing(folder))
        for left in folder.glob(f"{_SPOOL}*"):  # by a kill: nobody else writes here now
            shutil.rmtree(left, ignore_errors=True)
        done = Import()
        jobs: list[_Job] = []
        for path in paths:
            try:
                export = _export(path, folder, stack)
                done.problems.extend(export.problems)
                jobs += _jobs(export, options, fallback, done.problems)
            except ExportError as error:
                done.problems.append(error)
        n_before = _n_rows(folder)
        if not any(job.reader for job in jobs):
            problems = [*done.problems, *filter(None, map(_unknown, jobs))]
            raise _together(problems or [EmptyFile(file=str(path)) for path in paths])
        total = sum(job.export.size for job in jobs)
        before = 0
        for job in jobs:
            name, start = job.export.members[0].name, before

            def advanced(n_bytes: int, *, name: str = name, start: int = start) -> None:
                progress(name, start + n_bytes, total)

            try:
                sha256 = job.export.sha256()
                done.names[sha256] = job.name
                done.files.append(_import_one(writer, job, sha256, advanced))
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


def _export(path: Path, folder: Path, stack: contextlib.ExitStack) -> Export:
    """What lies at a path; what comes through a pipe is put on the study's disk first."""
    if str(path) == "-":
        spooled = stack.enter_context(_spooled(folder, sys.stdin.buffer, STANDARD_INPUT, STANDARD_INPUT))
        return Export.at(spooled, called=STANDARD_INPUT)
    try:
        stream = stack.enter_context(path.open("rb")) if path.is_fifo() else None
    except OSError as error:
        raise refused(str(path), error) from None
    if stream is None:
        return Export.at(path)
    spooled = stack.enter_context(_spooled(folder, stream, path.name, str(path)))
    return Export.at(spooled, called=str(path))


def _jobs(
    export: Export, options: ReadOptions, fallback: ReadOptions | None, problems: list[AscendantError]
) -> list[_Job]:
    """The export whole where a reader takes it so, its members otherwise; a member that cannot be told is a problem."""
    if (reader := reader_for(export, options)) is not None:
        return [_Job(export, reader, options)]
    found = []
    for one in export.each() if len(export.members) > 1 else [export]:
        try:
            chosen, reader = options, reader_for(one, options) if len(export.members) > 1 else None
            if reader is None and fallback is not None:
                chosen, reader = fallback, reader_for(one, fallback)
            found.append(_Job(one, reader, chosen))
        except ExportError as error:
            problems.append(error)
    return found


def _import_one(writer: Writer, job: _Job, sha256: str, advanced: Callable[[int], None]) -> Imported:
    export, reader, member = job.export, job.reader, job.export.members[0].name
    if reader is None:
        key = SourceKey(sha256=sha256, reader="none", reader_version=0, mapping={})
        return writer.add(key, [_unread(job)], file=job.file, member=member, n_bytes=export.size)
    key = SourceKey(sha256=sha256, reader=reader.name, reader_version=reader.version, mapping=job.options.mapping)
    items = reader.read(_watched(export, advanced), job.options)
    return writer.add(key, items, file=job.file, member=member, n_bytes=export.size)


def _unread(job: _Job) -> Coverage:
    """What coverage says of a member that no reader knows; nothing of its contents, since reports are passed on."""
    member = job.export.members[0]
    try:
        return Coverage(member=member.name, status="unknown", note=look(member).kind)
    except EmptyFile:
        return Coverage(member=member.name, status="empty")
    except BrokenFile as error:
        return Coverage(member=member.name, status="unreadable", note=str(error.reason))


def _unknown(job: _Job) -> AscendantError | None:
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


@contextmanager
def _spooled(folder: Path, stream: BinaryIO, name: str, label: str) -> Iterator[Path]:
    """A stream as a file of the study's disk, gone afterwards: its hash is known only at its end."""
    with told_when_full(folder), tempfile.TemporaryDirectory(prefix=_SPOOL, dir=folder) as place:
        path = Path(place) / name
        with path.open("wb") as out:
            while block := stream.read(1 << 20):
                out.write(block)
        if path.stat().st_size == 0:
            raise EmptyFile(file=label)
        yield path

"""Paths -> rows in the store: each file is recognised, read by its reader, and committed part by part."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from ascendant.activity import Coverage
from ascendant.errors import AscendantError, BrokenFile, EmptyFile, UnknownFormat
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.readers import Reader, reader_for
from ascendant.store.files import told_when_full
from ascendant.store.manifest import SourceKey
from ascendant.store.parts import Imported, Writer, writing

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is (bytes or items)."""

STANDARD_INPUT = Path("-")


@dataclass(frozen=True)
class Import:
    """What one call of `import_files` did: a row a file, and what went wrong without stopping it."""

    files: list[Imported] = field(default_factory=list)
    problems: list[AscendantError] = field(default_factory=list)


def no_progress(what: str, done: int, total: int) -> None:
    """The progress of somebody who does not look."""


def import_files(
    folder: Path,
    paths: Sequence[Path],
    options: ReadOptions = ReadOptions(),  # noqa: B008  a frozen value
    *,
    fallback: ReadOptions | None = None,
    progress: Progress = no_progress,
) -> Import:
    """Read paths (files, folders, zips, `-`) into the study at `folder`.

    `fallback` are choices kept in study.toml: they serve files that no reader recognises by itself. All paths are
    looked at before the first row is written. A damaged file does not stop the others: it is a problem of the result.

    Raises `ExportError` when a path cannot be read at all, and when nothing could be read; `StudyBusy`, `DiskFull`.
    """
    with contextlib.ExitStack() as stack:
        exports = [
            Export.at(stack.enter_context(_spooled(folder, sys.stdin.buffer)) if path == STANDARD_INPUT else path)
            for path in paths
        ]
        jobs = [job for export in exports for job in _jobs(export, options, fallback)]
        if jobs and all(reader is None for _, reader, _ in jobs):
            export = jobs[0][0]
            raise UnknownFormat(file=str(export.path), seen=_seen(export))
        writer = stack.enter_context(writing(folder))
        done = Import()
        total = sum(export.size for export, _, _ in jobs)
        before = 0
        for export, reader, chosen in jobs:
            start = before

            def advanced(n_bytes: int, *, file: str = export.members[0].name, start: int = start) -> None:
                progress(file, start + n_bytes, total)

            try:
                done.files.append(_import_one(writer, export, reader, chosen, advanced))
            except (BrokenFile, EmptyFile) as error:
                done.problems.append(error)
            before += export.size
            progress(export.members[0].name, before, total)
        return done


def _jobs(
    export: Export, options: ReadOptions, fallback: ReadOptions | None
) -> list[tuple[Export, Reader | None, ReadOptions]]:
    """The exports that one reader takes whole; None where no reader knows a member."""
    found: list[tuple[Export, Reader | None, ReadOptions]] = []
    reader = reader_for(export, options)
    if reader is not None:
        return [(export, reader, options)]
    for one in export.each() if len(export.members) > 1 else [export]:
        chosen, reader = options, reader_for(one, options) if len(export.members) > 1 else None
        if reader is None and fallback is not None:
            chosen, reader = fallback, reader_for(one, fallback)
        found.append((one, reader, chosen))
    return found


def _import_one(
    writer: Writer, export: Export, reader: Reader | None, options: ReadOptions, advanced: Callable[[int], None]
) -> Imported:
    member = export.members[0].name
    file = member if len(export.members) == 1 else export.path.name
    sha256 = export.sha256()
    if reader is None:
        key = SourceKey(sha256=sha256, reader="none", reader_version=0, mapping={})
        unknown = Coverage(member=member, status="unknown", note=_seen(export, with_names=False))
        return writer.add(key, [unknown], file=file, member=member, n_bytes=export.size)
    key = SourceKey(sha256=sha256, reader=reader.name, reader_version=reader.version, mapping=options.mapping)
    items = reader.read(_watched(export, advanced), options)
    return writer.add(key, items, file=file, member=member, n_bytes=export.size)


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
def _spooled(folder: Path, stream: BinaryIO) -> Iterator[Path]:
    """Standard input as a file of the study's disk, gone afterwards: its hash is known only at its end."""
    with told_when_full(folder), tempfile.TemporaryDirectory(prefix=".incoming-", dir=folder) as place:
        path = Path(place) / "standard input"
        with path.open("wb") as out:
            while block := stream.read(1 << 20):
                out.write(block)
        if path.stat().st_size == 0:
            raise EmptyFile(file="standard input")
        yield path


def _seen(export: Export, *, with_names: bool = True) -> str:
    """What a file looks like, in a few words. `with_names` shows its first line, for the screen of its owner only."""
    head = export.members[0].head(4096)
    if not head:
        return "nothing readable in it"
    if b"\x00" in head:
        return "binary data"
    first = head.decode("utf-8", "replace").lstrip("\ufeff").splitlines()[0].strip()
    if first[:1] in "{[":
        return "JSON of an unknown shape"
    for separator in ("\t", ";", ","):
        if first.count(separator) >= 1:
            if not with_names:
                return "a table"
            names = [name.strip(' "')[:30] for name in first.split(separator)]
            return "a table whose first line is: " + ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return "plain text"

"""Paths -> jobs: what lies at each path, cut into pieces that one reader takes whole. Nothing is written here."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import commonpath
from typing import BinaryIO, Final

from ascendant.errors import STANDARD_INPUT, AmbiguousFormat, AscendantError, EmptyFile, ExportError
from ascendant.read.elsewhere import without_others
from ascendant.read.export import INSIDE, Export, Member, refused
from ascendant.read.options import ReadOptions
from ascendant.read.readers import Reader, reader_for
from ascendant.store.files import told_when_full

SPOOL: Final = ".incoming-"


@dataclass(frozen=True)
class Job:
    """An export that one reader takes whole; without a reader where none knows it.

    `paths` are those that were given for it: several where parts of one archive were given one by one.
    """

    export: Export
    reader: Reader | None
    options: ReadOptions
    paths: tuple[Path, ...] = ()

    @property
    def is_joined(self) -> bool:
        """Whether it was given in several paths."""
        return len(self.paths) > 1

    @property
    def file(self) -> str:
        """What coverage calls it: the zip, or the file as it lies in its folder."""
        if self.is_joined:
            return " + ".join(path.name for path in self.paths)
        first = self.export.members[0]
        if len(self.export.members) > 1:
            return self.export.path.name
        return first.name if first.inside is None else first.container.name

    @property
    def name(self) -> str:
        """What it is called on the screen; of several members, what their names are set behind."""
        if self.is_joined:  # the names of its members begin with that of their path
            return INSIDE
        if len(self.export.members) > 1:
            return f"{self.file}{INSIDE}"
        inside = self.export.members[0].inside
        return self.file if inside is None else f"{self.file}{INSIDE}{inside}"


def export_at(path: Path, folder: Path, stack: contextlib.ExitStack) -> Export:
    """What lies at a path; what comes through a pipe is put on the disk of `folder` first, until the stack closes."""
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


def jobs_in(
    given: Export, options: ReadOptions, fallback: ReadOptions | None, problems: list[AscendantError]
) -> list[Job]:
    """The export whole where a reader takes it so, its members otherwise; a member that cannot be told is a problem.

    Archives of several platforms in one folder or zip are taken one by one; those of platforms that no reader is for
    are told once each.
    """
    try:
        reader = reader_for(given, options)
    except AmbiguousFormat:
        pieces = _by_first_folder(given)
        if len(pieces) == 1:
            raise
        return [job for piece in pieces for job in _jobs_of_piece(piece, options, fallback, problems)]
    if reader is not None:
        return [Job(given, reader, options, (given.path,))]
    export = given
    if options.format is None and not options.columns and not options.preset:
        export, others = without_others(given)
        problems.extend(others)
    found = []
    for one in export.each():
        try:
            chosen, reader = options, reader_for(one, options) if len(given.members) > 1 else None
            if reader is None and fallback is not None:
                chosen, reader = fallback, reader_for(one, fallback)
            found.append(Job(one, reader, chosen, (given.path,)))
        except ExportError as error:
            problems.append(error)
    return found


def _jobs_of_piece(
    piece: Export, options: ReadOptions, fallback: ReadOptions | None, problems: list[AscendantError]
) -> list[Job]:
    try:
        return jobs_in(piece, options, fallback, problems)
    except ExportError as error:
        problems.append(error)
        return []


def _by_first_folder(export: Export) -> list[Export]:
    """One export for each folder, zip and file in the outermost folder that holds several."""
    wrapped = len(commonpath(f"{member.name}/" for member in export.members))
    wrapped += 1 if wrapped else 0
    pieces: dict[str, list[int]] = {}
    for number, member in enumerate(export.members):
        end = member.name.find("/", wrapped)
        pieces.setdefault(member.name[: end if end >= 0 else None], []).append(number)
    return [
        replace(
            export,
            path=export.path / name,
            members=tuple(_within(name, export.members[number]) for number in numbers),
            called=f"{export.label}/{name}",
            problems=(),
        )
        for name, numbers in pieces.items()
    ]


def _within(name: str, member: Member) -> Member:
    """A member by its path in the folder or zip `name`, as if that had been given."""
    return member if member.name == name else replace(member, name=member.name.removeprefix(f"{name}/"))


@contextmanager
def _spooled(folder: Path, stream: BinaryIO, name: str, label: str) -> Iterator[Path]:
    """A stream as a file of the study's disk, gone afterwards: its hash is known only at its end."""
    with told_when_full(folder), tempfile.TemporaryDirectory(prefix=SPOOL, dir=folder) as place:
        path = Path(place) / name
        with path.open("wb") as out:
            while block := stream.read(1 << 20):
                out.write(block)
        if path.stat().st_size == 0:
            raise EmptyFile(file=label)
        yield path

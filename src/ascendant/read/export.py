"""A file, folder, zip or standard input, seen as members with sizes and a safe `open`.

Compressed members (`.gz`, `.zst`) are opened as what they hold. Nothing is ever written to an export.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, cast

from ascendant.errors import (
    BrokenFile,
    EmptyFile,
    ExportError,
    FileMissing,
    FileRefused,
    NotAFile,
    mark,
)
from ascendant.read.streams import Counting, Damage, Guarded, Zstandard, place_of, words_for
from ascendant.read.unpacking import Packed, Stretch
from ascendant.read.zips import begins_as_zip, contents, inner

HEAD_BYTES = 1 << 16
INSIDE: Final = " › "  # between a zip and the member in it
_IGNORED = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_OFFICE_CONTENTS: Final = "[Content_Types].xml"
_DEEPEST_ZIP: Final = 3  # parts of a path: deeper ones were sent in messages, and are nobody's export
_WORKBOOKS: Final = (".xlsx", ".docx", ".ods")  # zips by make, files by use
_TEXTS: Final = frozenset(".js .json .jsonl .ndjson .csv .tsv .html .htm".split())
# No reader opens them; an archive may hold 50 GB of them.
MEDIA: Final = frozenset(
    ".jpg .jpeg .png .gif .webp .heic .bmp .svg .tif .tiff .mp4 .m4v .mov .avi .webm .mkv .3gp .m3u8 .ts .mp3 .m4a .aac"
    " .ogg .opus .wav .vtt .srt .ico .pdf".split()
)


@dataclass(frozen=True)
class Member:
    """One file inside an export. `name` is its path there, `size` its bytes as stored (compressed or not)."""

    name: str
    size: int
    container: Path
    inside: str | None = None  # path inside the zip `container`; None where `container` is the file itself
    packed: Packed | None = None  # how it lies there
    watcher: Callable[[int], None] | None = None  # told each count of stored bytes that was taken from it
    called: str | None = None  # what the user calls it, where that is not its path

    @property
    def label(self) -> str:
        """What it is called in messages: its path as it was given, and its path inside a zip."""
        if self.called is not None:
            return self.called
        return str(self.container) if self.inside is None else f"{self.container}{INSIDE}{self.inside}"

    @property
    def suffix(self) -> str:
        """The last suffix of what it holds, lower case: `.csv` for `posts.CSV.gz`."""
        name = self.name.rpartition("/")[2].lower()
        while name.endswith((".gz", ".zst")):
            name = name.rpartition(".")[0]
        start, dot, last = name.rpartition(".")
        return f".{last}" if start and dot and last else ""

    def raw(self) -> BinaryIO:
        """The bytes as stored. Raises `FileMissing`, `FileRefused` or `BrokenFile` where there are none to be had."""
        try:
            if self.packed is None:
                return self.container.open("rb")
            return self.packed.open()
        except Damage as error:
            raise BrokenFile(file=self.label, place=place_of(0), reason=words_for(error)) from None
        except OSError as error:
            raise refused(self.label, error) from None

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes that it holds, decompressed as they are read.

        Raises `BrokenFile` from the reading loop when the compressed stream breaks off.
        """
        with self.raw() as stored:
            counted = stored
            if self.watcher is not None:
                counted = cast(BinaryIO, io.BufferedReader(Counting(stored, self.watcher), 1 << 20))
            with self.raw() as first:
                magic = Guarded(first.read, self.label).read(4)
            if magic[:2] == b"\x1f\x8b":
                # `read` would throw away what was unpacked before the damage; `read1` gives it first.
                guarded = Guarded(gzip.GzipFile(fileobj=counted).read1, self.label)
            elif magic == b"\x28\xb5\x2f\xfd":
                guarded = Guarded(Zstandard(counted).read, self.label)
            else:
                guarded = Guarded(counted.read, self.label)
            yield cast(BinaryIO, guarded)

    def head(self, n_bytes: int = HEAD_BYTES) -> bytes:
        """The first bytes of what it holds; shorter when it is short or damaged.

        Raises `FileMissing` or `FileRefused` where it cannot be opened.
        """
        blocks: list[bytes] = []
        with suppress(BrokenFile), replace(self, watcher=None).open() as stream:  # a look is no progress
            while n_bytes > 0 and (block := stream.read(n_bytes)):
                blocks.append(block)
                n_bytes -= len(block)
        return b"".join(blocks)


@dataclass(frozen=True)
class Export:
    """What somebody was given: a path and the members in it, in the order of their names."""

    path: Path
    members: tuple[Member, ...]
    called: str | None = None  # what the user calls it, where that is not its path
    problems: tuple[ExportError, ...] = ()  # archives of a folder that cannot be opened

    @classmethod
    def at(cls, path: Path, *, called: str | None = None) -> Export:
        """The export at a path.

        Raises `FileMissing`, `FileRefused`, `NotAFile`, `EmptyFile`, `ProtectedFile`, `UnknownPacking`, `UnsafeFile`,
        `BrokenFile`.
        """
        label = called or str(path)
        try:
            found = path.stat()
        except (OSError, ValueError) as error:  # a path that holds NUL
            raise refused(label, error) from None
        members: list[Member] = []
        problems: list[ExportError] = []
        if stat.S_ISDIR(found.st_mode):
            for member in _under(path):
                try:
                    members += _unzipped(member, f"{member.name}/", problems)
                except ExportError as error:
                    problems.append(error)
        elif stat.S_ISREG(found.st_mode):
            if found.st_size == 0:
                raise EmptyFile(file=label)
            members = _unzipped(Member(path.name, found.st_size, path, called=called), "", problems)
        else:
            raise NotAFile(file=label)
        kept = tuple(member for member in members if not _is_ignored(member.name))
        if not kept:
            raise problems[0] if problems else EmptyFile(file=label)
        return cls(path, kept, called, tuple(problems))

    @property
    def label(self) -> str:
        """What it is called in messages: its path as it was given."""
        return self.called or str(self.path)

    @property
    def size(self) -> int:
        """Bytes as stored, over all members."""
        return sum(member.size for member in self.members)

    def each(self) -> list[Export]:
        """One export per member."""
        return [replace(self, members=(member,)) for member in self.members]

    def sha256(self) -> str:
        """Hash of the stored bytes of its members, and of their names where there are several.

        Of a member whose zip is damaged, the bytes that can still be unpacked; of pictures and films the size alone.
        """
        total = hashlib.sha256()
        for member in self.members:
            name = member.name.encode("utf-8", "surrogatepass")
            one = total if len(self.members) == 1 else hashlib.sha256(name)
            if member.suffix in MEDIA and one is not total:
                total.update(one.digest() + str(member.size).encode())
                continue
            with suppress(BrokenFile), member.raw() as stored:
                guarded = Guarded(stored.read, member.label)
                while block := guarded.read(1 << 20):
                    one.update(block)
            if one is not total:
                total.update(one.digest())
        return total.hexdigest()


def refused(label: str, error: OSError | ValueError) -> ExportError:
    """What the system says of a file that it does not open."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return FileMissing(file=label)
    if isinstance(error, PermissionError):
        return FileRefused(file=label, reason=mark("you are not allowed to read it"))
    return FileRefused(file=label, reason=error.strerror or str(error))


def _under(folder: Path) -> list[Member]:
    """The files of a folder and of those in it, in the order of their names.

    A folder that may not be listed stands for its files: who opens it is told.
    """
    found: list[Path] = []
    for place, _, names in os.walk(folder, onerror=lambda error: found.append(Path(error.filename))):
        found.extend(Path(place, name) for name in names)
    members = []
    for path in sorted(found):
        size, is_kept = 0, True  # what cannot be looked at is told when it is opened
        with suppress(OSError):
            about = path.stat()
            size, is_kept = about.st_size, not _is_special(about.st_mode)
        if is_kept:
            members.append(Member(str(PurePosixPath(path.relative_to(folder))), size, path))
    return members


def _is_special(mode: int) -> bool:
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _unzipped(member: Member, within: str, problems: list[ExportError]) -> list[Member]:
    """The members of a zip, whose names begin with `within`; any other file stays itself.

    A zip that holds zips and no data of its own is opened one level further: so are archives that somebody put
    together. What is wrong with one of them is added to `problems`.
    """
    if member.suffix in _WORKBOOKS or not _is_zip(member):
        return [member]
    try:
        found = contents(Stretch(member.container, 0, member.size), member.label)
    except OSError as error:
        raise refused(member.label, error) from None
    if any(one.name == _OFFICE_CONTENTS for one in found):  # a workbook under any name
        return [member]
    called = None if member.called is None else f"{member.called}{INSIDE}"
    listed = [
        Member(within + one.name, one.size, member.container, one.name, one, called=called and called + one.name)
        for one in found
    ]
    is_bundle = not any(one.suffix in _TEXTS for one in listed if not _is_ignored(one.name))
    members = []
    for one, packed in zip(listed, found, strict=True):
        if not is_bundle or one.suffix != ".zip" or _is_ignored(one.name):
            members.append(one)
            continue
        try:
            inside = contents(inner(packed, one.label), one.label)
        except ExportError as error:
            problems.append(error)
            continue
        members += [
            replace(
                one,
                name=f"{one.name}/{deeper.name}",
                size=deeper.size,
                inside=f"{packed.name}/{deeper.name}",
                packed=deeper,
                called=called and f"{called}{packed.name}/{deeper.name}",
            )
            for deeper in inside
        ]
    return members


def _is_zip(member: Member) -> bool:
    if member.suffix in MEDIA or len(member.name.split("/")) > _DEEPEST_ZIP:
        return False
    try:
        with member.raw() as stored:
            if begins_as_zip(stored.read(4)):
                return True
        return member.suffix == ".zip" and zipfile.is_zipfile(member.container)  # something may stand before it
    except (ExportError, OSError):  # told when it is opened for good
        return False


def _is_ignored(name: str) -> bool:
    return any(part in _IGNORED or part.startswith("._") for part in name.split("/"))

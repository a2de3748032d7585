"""A file, folder, zip or standard input, seen as members with sizes and a safe `open`.

Compressed members (`.gz`, `.zst`) are opened as what they hold. Nothing is ever written to an export.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

import zstandard

from ascendant.errors import BrokenFile, EmptyFile, FileMissing, ProtectedFile

HEAD_BYTES = 1 << 16
_IGNORED = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_OFFICE_CONTENTS = "[Content_Types].xml"
_DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError, zipfile.BadZipFile)


@dataclass(frozen=True)
class Member:
    """One file inside an export. `name` is its path there, `size` its bytes as stored (compressed or not)."""

    name: str
    size: int
    container: Path
    inside: str | None = None  # path inside the zip `container`; None where `container` is the file itself
    watcher: Callable[[int], None] | None = None  # told each count of stored bytes that was taken from it

    @property
    def suffix(self) -> str:
        """The last suffix of what it holds, lower case: `.csv` for `posts.CSV.gz`."""
        suffixes = [suffix.lower() for suffix in PurePosixPath(self.name).suffixes]
        while suffixes and suffixes[-1] in (".gz", ".zst"):
            suffixes.pop()
        return suffixes[-1] if suffixes else ""

    def raw(self) -> BinaryIO:
        """The bytes as stored."""
        if self.inside is None:
            return self.container.open("rb")
        return cast(BinaryIO, _ZipMember(self.container, self.inside))

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes that it holds, decompressed as they are read.

        Raises `BrokenFile` from the reading loop when the compressed stream breaks off.
        """
        with self.raw() as stored:
            counted = stored
            if self.watcher is not None:
                counted = cast(BinaryIO, io.BufferedReader(_Counting(stored, self.watcher), 1 << 20))
            try:
                magic = _peek(self, 4)
            except _DAMAGE as error:
                raise BrokenFile(file=self.name, place="byte 0", reason=str(error)) from None
            if magic[:2] == b"\x1f\x8b":
                # `read` would throw away what was unpacked before the damage; `read1` gives it first.
                guarded = _Guarded(gzip.GzipFile(fileobj=counted).read1, self.name)
            elif magic == b"\x28\xb5\x2f\xfd":
                guarded = _Guarded(_Zstandard(counted).read, self.name)
            else:
                guarded = _Guarded(counted.read, self.name)
            yield cast(BinaryIO, guarded)

    def head(self, n_bytes: int = HEAD_BYTES) -> bytes:
        """The first bytes of what it holds; shorter when it is short or damaged, never an error."""
        with replace(self, watcher=None).open() as stream:  # a look is no progress
            blocks: list[bytes] = []
            with suppress(BrokenFile):
                while n_bytes > 0 and (block := stream.read(n_bytes)):
                    blocks.append(block)
                    n_bytes -= len(block)
            return b"".join(blocks)


@dataclass(frozen=True)
class Export:
    """What somebody was given: a path and the members in it, in the order of their names."""

    path: Path
    members: tuple[Member, ...]

    @classmethod
    def at(cls, path: Path) -> Export:
        """The export at a path. Raises `FileMissing`, `EmptyFile`, `ProtectedFile` or `BrokenFile`."""
        if not path.exists():
            raise FileMissing(file=str(path))
        if path.is_dir():
            found = [found for found in sorted(path.rglob("*")) if found.is_file()]
            members = [Member(str(PurePosixPath(f.relative_to(path))), f.stat().st_size, f) for f in found]
            members = [inner for member in members for inner in _unzipped(member, f"{member.name}/")]
        elif path.is_file():
            if path.stat().st_size == 0:
                raise EmptyFile(file=str(path))
            members = _unzipped(Member(path.name, path.stat().st_size, path), "")
        else:
            members = []  # a pipe or a device: the door spools it first
        kept = tuple(member for member in members if not _is_ignored(member.name))
        if not kept:
            raise EmptyFile(file=str(path))
        return cls(path, kept)

    @property
    def size(self) -> int:
        """Bytes as stored, over all members."""
        return sum(member.size for member in self.members)

    def each(self) -> list[Export]:
        """One export per member."""
        return [replace(self, members=(member,)) for member in self.members]

    def sha256(self) -> str:
        """Hash of the stored bytes of its members, and of their names where there are several."""
        total = hashlib.sha256()
        for member in self.members:
            one = total if len(self.members) == 1 else hashlib.sha256(member.name.encode())
            with member.raw() as stored:
                while block := stored.read(1 << 20):
                    one.update(block)
            if one is not total:
                total.update(one.digest())
        return total.hexdigest()


def _unzipped(member: Member, within: str) -> list[Member]:
    """The members of a zip, whose names begin with `within`; any other file stays itself."""
    if not zipfile.is_zipfile(member.container) or member.suffix in (".xlsx", ".docx", ".ods"):
        return [member]
    try:
        with zipfile.ZipFile(member.container) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
        if any(info.filename == _OFFICE_CONTENTS for info in infos):  # a workbook under any name
            return [member]
    except zipfile.BadZipFile as error:
        raise BrokenFile(file=str(member.container), place="its list of contents", reason=str(error)) from None
    if any(info.flag_bits & 1 for info in infos):
        raise ProtectedFile(file=str(member.container))
    infos.sort(key=lambda info: info.filename)
    return [Member(within + info.filename, info.file_size, member.container, info.filename) for info in infos]


def _is_ignored(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part in _IGNORED or part.startswith("._") for part in parts)


def _peek(member: Member, n_bytes: int) -> bytes:
    with member.raw() as stored:
        return stored.read(n_bytes)


class _ZipMember(io.RawIOBase):
    """A zip member that closes its archive with itself."""

    def __init__(self, container: Path, inside: str) -> None:
        self._archive = zipfile.ZipFile(container)
        self._stream = self._archive.open(inside)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._archive.close()
        super().close()


class _Counting(io.RawIOBase):
    """Passes bytes on and tells how many."""

    def __init__(self, stream: BinaryIO, advanced: Callable[[int], None]) -> None:
        self._stream, self._advanced = stream, advanced

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        self._advanced(len(block))
        return len(block)


class _Zstandard(io.RawIOBase):
    """Zstandard frames, decompressed; the library's own stream takes a file that breaks off for one that ends."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._ready, self._place = stream, b"", 0
        self._frame: zstandard.ZstdDecompressionObj | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while self._place == len(self._ready):
            # Small steps: 8 KiB can hold 256 MiB of one repeated byte.
            stored = self._stream.read(1 << 13)
            if not stored:
                if self._frame is not None:
                    raise EOFError("the compressed data ends inside a frame")
                return b""
            self._ready, self._place = self._unpacked(stored), 0
        end = len(self._ready) if size < 0 else self._place + size
        block, self._place = self._ready[self._place : end], min(end, len(self._ready))
        return block

    def _unpacked(self, stored: bytes) -> bytes:
        blocks = []
        while stored:
            if self._frame is None:
                self._frame = zstandard.ZstdDecompressor(max_window_size=1 << 31).decompressobj()
            blocks.append(self._frame.decompress(stored))
            stored = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame = None
        return b"".join(blocks)


class _Guarded(io.RawIOBase):
    """Turns the damage of a compressed stream into words, with how far the reading came."""

    def __init__(self, read: Callable[[int], bytes], name: str) -> None:
        self._read, self._name, self._n_read = read, name, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            block = self._read(size)
        except _DAMAGE as error:
            raise BrokenFile(file=self._name, place=f"byte {self._n_read:,}", reason=str(error)) from None
        self._n_read += len(block)
        return block

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        block = self.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

"""Members of a zip -> streams, each as long as was declared and with the checksum that was declared, or an error.

What a list of contents says is believed only as a limit. Nothing is unpacked to a file that has a name.
"""

from __future__ import annotations

import bz2
import io
import os
import struct
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, Protocol, cast

from ascendant.errors import mark
from ascendant.read.streams import DAMAGED, TOO_SHORT, WRONG_SUM, Damage

TOO_MUCH: Final = mark("it holds more than its list of contents says")
STORED, DEFLATED, BZIP2 = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2
LOCAL: Final = struct.Struct("<4s5H3L2H")  # what stands before each member
_STEP_BYTES: Final = 1 << 16  # of packed data: what is left of a step is copied at each read


@dataclass(frozen=True)
class Stretch:
    """`size` bytes from `start` of a file: the whole of it, or a zip that lies unpacked inside another."""

    place: Path | Spool
    start: int
    size: int

    def open(self) -> BinaryIO:
        """The bytes, from which one may read anywhere."""
        return cast(BinaryIO, io.BufferedReader(_StretchReader(self), 1 << 16))


class Packed(NamedTuple):
    """A member of a zip, as the list of contents tells it. `start` counts from that of the zip."""

    zipped: Stretch
    name: str
    start: int
    n_packed: int
    size: int
    method: int
    checksum: int

    def open(self) -> BinaryIO:
        """Its bytes, unpacked as they are read; reading raises `Damage` where they are not what the list says."""
        return cast(BinaryIO, _Unpacked(self))

    def stretch(self) -> Stretch:
        """Where the packed bytes lie. Raises `Damage`."""
        with self.zipped.open() as stream:
            stream.seek(self.start)
            header = stream.read(LOCAL.size)
        if len(header) < LOCAL.size:
            raise Damage(TOO_SHORT)
        magic, *_, n_name, n_extra = LOCAL.unpack(header)
        start = self.start + LOCAL.size + n_name + n_extra
        if magic != b"PK\x03\x04":
            raise Damage(DAMAGED)
        if start + self.n_packed > self.zipped.size:
            raise Damage(TOO_SHORT)
        return Stretch(self.zipped.place, self.zipped.start + start, self.n_packed)


class _BeforeTheStart(ValueError, OSError):
    """As an `OSError` it tells zipfile that a short file holds no record of a long one."""


class _StretchReader(io.RawIOBase):
    """Random reads inside a stretch, and nowhere else."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretch, self._at = stretch, 0
        self._file = _unbuffered(stretch.place)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._stretch.size}[whence]
        if base + offset < 0:
            raise _BeforeTheStart("a place before the first byte")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io gives a memoryview
        wanted = max(0, min(len(buffer), self._stretch.size - self._at))
        self._file.seek(self._stretch.start + self._at)
        block = self._file.read(wanted)
        buffer[: len(block)] = block
        self._at += len(block)
        return len(block)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


class _Unpacked(io.RawIOBase):
    """A member's bytes: as many as were declared, with the checksum that was declared."""

    def __init__(self, packed: Packed) -> None:
        stretch = packed.stretch()
        self._packed, self._left, self._sum = packed, packed.size, 0
        self._unpacker = _UNPACKERS[packed.method]()
        self._stored = _StretchReader(stretch)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            return b"".join(iter(lambda: self.read(1 << 20), b""))
        if size == 0 or self._left == 0:
            return b""
        block = self._some(min(size, self._left))
        if not block:
            raise Damage(TOO_SHORT)
        self._left -= len(block)
        self._sum = zlib.crc32(block, self._sum)
        if self._left == 0:
            if self._some(1):
                raise Damage(TOO_MUCH)
            if self._sum != self._packed.checksum:
                raise Damage(WRONG_SUM)
        return block

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io gives a memoryview
        block = self.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        if not self.closed and hasattr(self, "_stored"):
            self._stored.close()
        super().close()

    def _some(self, most: int) -> bytes:
        """Up to `most` unpacked bytes; none at the end alone."""
        unpacker = self._unpacker
        while not unpacker.is_done:
            stored = self._stored.read(_STEP_BYTES) if unpacker.is_hungry else b""
            is_last = unpacker.is_hungry and not stored
            try:
                block = unpacker.step(stored, most)
            except (zlib.error, OSError, ValueError):
                raise Damage(DAMAGED) from None
            if block or is_last:
                return block
        return b""


class _Unpacker(Protocol):
    @property
    def is_done(self) -> bool: ...  # it has met the end of what was packed

    @property
    def is_hungry(self) -> bool: ...  # it has used all that it was given

    def step(self, stored: bytes, most: int) -> bytes: ...


class _Stored:
    is_done = False

    def __init__(self) -> None:
        self._held = b""

    @property
    def is_hungry(self) -> bool:
        return not self._held

    def step(self, stored: bytes, most: int) -> bytes:
        held = self._held or stored
        self._held = held[most:]
        return held[:most]


class _Deflated:
    def __init__(self) -> None:
        self._object = zlib.decompressobj(-zlib.MAX_WBITS)

    @property
    def is_done(self) -> bool:
        return self._object.eof

    @property
    def is_hungry(self) -> bool:
        return not self._object.unconsumed_tail

    def step(self, stored: bytes, most: int) -> bytes:
        return self._object.decompress(self._object.unconsumed_tail or stored, most)


class _Bzip2:
    def __init__(self) -> None:
        self._object = bz2.BZ2Decompressor()

    @property
    def is_done(self) -> bool:
        return self._object.eof

    @property
    def is_hungry(self) -> bool:
        return self._object.needs_input

    def step(self, stored: bytes, most: int) -> bytes:
        return self._object.decompress(stored, most)


_UNPACKERS: Final[dict[int, Callable[[], _Unpacker]]] = {STORED: _Stored, DEFLATED: _Deflated, BZIP2: _Bzip2}


class Spool:
    """A file without a name, which is gone with the last of its readers."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed when nobody can reach it any more
        weakref.finalize(self, self._file.close)

    def fill(self, stream: BinaryIO) -> int:
        """Lay a stream out in it; how many bytes it had."""
        while block := stream.read(1 << 20):
            self._file.write(block)
        self._file.flush()
        return self._file.tell()

    def open(self) -> BinaryIO:
        """A reader of its own, whose place is nobody else's as long as it says it before each read."""
        return os.fdopen(os.dup(self._file.fileno()), "rb", 0)


def _unbuffered(place: Path | Spool) -> BinaryIO:
    return place.open() if isinstance(place, Spool) else place.open("rb", 0)

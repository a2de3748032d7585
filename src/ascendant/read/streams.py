"""Bytes as they are stored -> bytes as they are held, with damage told in our words and progress counted."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import BinaryIO, Final

import zstandard

from ascendant.errors import BrokenFile, Caveat, mark

TOO_SHORT: Final = mark("the packed data ends too early")
NOT_PACKED: Final = mark("what follows is not packed as the rest is, and was left out")
WRONG_SUM: Final = mark("its checksum is wrong")
DAMAGED: Final = mark("the packed data is damaged")


class Damage(Exception):
    """What is wrong with packed data, in words of ours."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


_DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError, Damage)


def place_of(n_bytes: int) -> Caveat:
    """How far into a file damage stands, in words."""
    return Caveat("byte {n:,} of its contents", {"n": n_bytes})


def words_for(error: Exception) -> str:
    """What the unpackers say in their own English, in our words."""
    if isinstance(error, Damage):
        return error.reason
    said = str(error)
    if isinstance(error, EOFError):
        return TOO_SHORT
    if "Not a gzipped file" in said or "Unknown frame descriptor" in said:  # its first bytes were right
        return NOT_PACKED
    return WRONG_SUM if "CRC" in said or "checksum" in said else DAMAGED


class Counting(io.RawIOBase):
    """Passes bytes on and tells how many."""

    def __init__(self, stream: BinaryIO, advanced: Callable[[int], None]) -> None:
        self._stream, self._advanced = stream, advanced

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io gives a memoryview
        block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        self._advanced(len(block))
        return len(block)


class Zstandard(io.RawIOBase):
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


class Guarded(io.RawIOBase):
    """Turns the damage of a compressed stream into words, with how far the reading came."""

    def __init__(self, read: Callable[[int], bytes], label: str) -> None:
        self._read, self._label, self._n_read = read, label, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            block = self._read(size)
        except _DAMAGE as error:
            raise BrokenFile(file=self._label, place=place_of(self._n_read), reason=words_for(error)) from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise BrokenFile(file=self._label, place=place_of(self._n_read), reason=reason) from None
        self._n_read += len(block)
        return block

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # io gives a memoryview
        block = self.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

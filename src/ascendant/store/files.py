"""Bytes that are on the disk whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ascendant.errors import DiskFull, FolderRefused, mark

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {
    errno.EACCES: mark("you are not allowed to"),
    errno.EPERM: mark("you are not allowed to"),
    errno.EROFS: mark("its disk can only be read"),
    errno.ENOTDIR: mark("a file stands where a folder should be"),
    errno.EEXIST: mark("a file stands where a folder should be"),
}


@contextmanager
def told_when_full(folder: Path) -> Iterator[None]:
    """Turn the system's and SQLite's ways of saying "no space" into `DiskFull`, and of "no right" into
    `FolderRefused`.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or "No space left" in str(error) or "File too large" in str(error):
            raise DiskFull(folder=str(folder)) from None
        if error.errno in _REFUSED:
            raise FolderRefused(folder=str(folder), reason=_REFUSED[error.errno]) from None
        raise
    except sqlite3.OperationalError as error:
        # SQLite calls it an I/O error where the index of its log finds no room.
        if "full" in str(error) or ("I/O" in str(error) and _is_full(folder)):
            raise DiskFull(folder=str(folder)) from None
        if "readonly" in str(error) or "unable to open" in str(error):
            raise FolderRefused(folder=str(folder), reason=_REFUSED[errno.EACCES]) from None
        raise


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`: on leaving it is flushed to the disk and takes the place of `path`.

    When the block raises, `path` stays as it was and the temporary file is gone.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".tmp-{os.getpid()}-{path.name}")
    try:
        yield temporary
        _sync(temporary)
        temporary.replace(path)
        _sync(path.parent)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write a Parquet file whole or not at all."""
    with replacing(path) as temporary:
        pq.write_table(table, temporary, compression="zstd", compression_level=1)


def _is_full(folder: Path) -> bool:
    """Whether as much as that index takes cannot be written."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(1 << 15))
            probe.flush()
    except OSError as error:
        return error.errno in _FULL
    return False


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # Windows cannot open a folder to flush it
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""One writer a study; a second is told who holds it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ascendant.errors import Caveat, StudyBusy

FILE = ".lock"
HOLDER_FILE = ".lock-holder.json"


@contextmanager
def writing_alone(folder: Path) -> Iterator[None]:
    """Hold the study for writing. Raises `StudyBusy` at once when another program holds it.

    The lock belongs to the system: it is free again when its holder dies, however it dies.
    """
    lock = FileLock(folder / FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StudyBusy(folder=str(folder), holder=_holder(folder)) from None
    try:
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        (folder / HOLDER_FILE).write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / HOLDER_FILE).unlink()
        lock.release()


def _holder(folder: Path) -> Caveat:
    try:
        holder = json.loads((folder / HOLDER_FILE).read_text(encoding="utf-8"))
        facts = {"pid": str(holder["pid"]), "host": holder["host"], "since": datetime.fromisoformat(holder["since"])}
        return Caveat("process {pid} on {host}, since {since}", facts)
    except (OSError, ValueError, KeyError, TypeError):  # it has not said so yet
        return Caveat("which one is not known")

"""Loops over arrays, compiled by numba: arrays in, arrays out.

Compiled code is kept in the first writable of this folder's `__pycache__`, the user's cache folder and a private
folder among the temporary files; where none is, it is compiled anew in each run. A place that the user chose
(NUMBA_CACHE_DIR) stays chosen.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numba


def cache_folders() -> list[Path]:
    """Where compiled code may be kept, best first."""
    if sys.platform == "win32":
        user = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        user = Path.home() / "Library" / "Caches"
    else:
        user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    owner = os.getuid() if hasattr(os, "getuid") else "mine"
    return [
        Path(__file__).parent / "__pycache__",
        user / "ascendant" / "kernels",
        Path(tempfile.gettempdir()) / f"ascendant-kernels-{owner}",
    ]


def first_usable(folders: Sequence[Path]) -> Path | None:
    """The first folder that can be written; None when there is none.

    Kept code is run later, so that a folder among the temporary files has to be this user's alone.
    """
    return next((folder for folder in folders if _is_usable(folder)), None)


def _is_usable(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        return folder.parent != Path(tempfile.gettempdir()) or _is_private(folder.lstat())
    except OSError:
        return False


def _is_private(status: os.stat_result) -> bool:
    if not hasattr(os, "getuid"):  # Windows: each user has temporary files of their own
        return True
    others = stat.S_IWGRP | stat.S_IWOTH
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & others


def _choose() -> bool:
    config: Any = numba.config  # numba's own annotations do not name its settings
    if config.CACHE_DIR:
        return True
    try:
        folder = first_usable(cache_folders())
    except (OSError, RuntimeError):  # neither a home nor any temporary folder
        return False
    if folder is None:
        return False
    if folder.parent != Path(__file__).parent:  # that one is numba's own first choice
        config.CACHE_DIR = str(folder)
    return True


CACHED = _choose()

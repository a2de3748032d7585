"""How many threads a computation takes. No result depends on it."""

from __future__ import annotations

import os

_MOST = 8


def n_threads(asked: int) -> int:
    """As many as asked for; with 0 as many as this process may use, eight at most."""
    if asked:
        return asked
    able = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(able, _MOST))

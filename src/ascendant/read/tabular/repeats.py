"""How many rows with the same facts came earlier in a file: 8 bytes of memory a row.

A table without ids may hold a row twice because the same thing happened twice. The k-th of such rows gets its own id,
and the k-th again at the next export. Keys are kept as sorted runs that are merged when they reach the same size, so
that a row is moved O(log n) times. Two rows whose 64-bit keys collide by chance only get another number.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Counts = NDArray[np.int64]


class Repeats:
    """Counts earlier occurrences of keys, batch by batch.

    >>> seen = Repeats()
    >>> seen.earlier(np.array([5, 7, 5], np.uint64)).tolist(), seen.earlier(np.array([5, 8], np.uint64)).tolist()
    ([0, 0, 1], [2, 0])
    """

    def __init__(self) -> None:
        self._runs: list[Keys] = []  # sorted, from the longest to the shortest

    def earlier(self, keys: Keys) -> Counts:
        """For each key, how often it came before, in this batch or in those before."""
        order = np.argsort(keys, kind="stable")
        run = keys[order]
        starts = np.flatnonzero(np.concatenate([[True], run[1:] != run[:-1]]))[: len(run)]
        lengths = np.diff(np.append(starts, len(run)))
        within = np.arange(len(run)) - np.repeat(starts, lengths)
        for old in self._runs:
            within += np.searchsorted(old, run, "right") - np.searchsorted(old, run, "left")
        counts = np.empty(len(run), np.int64)
        counts[order] = within
        self._keep(run)
        return counts

    def _keep(self, run: Keys) -> None:
        while self._runs and len(self._runs[-1]) <= len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")
        if len(run):
            self._runs.append(run)

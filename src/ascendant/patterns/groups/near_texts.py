"""Texts of posts, batch by batch -> a number for each, the same for texts that say nearly the same words.

Compared are words and pairs of neighbouring words, without case, accents, punctuation, pictures, links and names after
@. Texts with the same words are one from the start; among distinct ones MinHash finds which may be near, and near are
those that have three parts in four in common. A short text is no evidence: many people say "Happy birthday to you" by
themselves.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from rensa import RMinHash

from ascendant.kernels.near import first_seen, leaders, may_be_near, note_parts
from ascendant.kernels.texts import text_parts
from ascendant.patterns.groups.letters import letters
from ascendant.patterns.groups.strings import bytes_of

Hashes = NDArray[np.uint64]
Whole = NDArray[np.int64]
Parts = NDArray[np.uint32]

# Of the parts of both. Joined to whatever is near, and never far from the first, .97 of the pairs with .8 in common are
# together and .996 of those together have .6; with the first alone as the measure, .91 and .998 (copies of copies).
NEAR: Final = 0.75  # one word of 13 changed leaves .79, one of 10 .73
LEAST: Final = 0.6
# Of the invented world's sentences of one style and topic, those of 20 to 24 letters meet another's by chance in 53 of
# 100 cases, of 25 to 29 in 20, of 40 to 44 in 8: what meets by chance still is left to the count of chance.
LEAST_LETTERS: Final = 25  # an ideograph counts as three
LEAST_WORDS: Final = 5
_MOST_WORDS: Final = 256  # of longer texts the beginning is compared, and the whole where it is the same
# 12 bands of 5: texts that have .75 in common meet with .96, .80 with .99, .10 with 1e-4.
_BANDS: Final = 12
_ROWS: Final = 5
_SEED: Final = 42
_BATCH: Final = 1 << 14  # texts of which the numbers are Python's for a moment
_FIELD: Final = 1 << 22  # words of 64 bits: 32 MiB


class NearTexts:
    """Texts of a study as they come, held as numbers only. Give all of them in one order, then ask for `objects`."""

    def __init__(self) -> None:
        self._table = np.zeros(1 << 16, np.uint64)
        self._n_seen = 0
        self._distinct: list[Hashes] = []
        self._sizes: list[Whole] = []
        self._parts: list[Parts] = []

    def add(self, texts: pa.Array) -> Hashes:
        """The number of each text's words; 0 where they are too few to tell anything."""
        if texts.null_count == len(texts):
            return np.zeros(len(texts), np.uint64)
        found, first, parts = text_parts(*bytes_of(texts), letters(), _MOST_WORDS, LEAST_WORDS, LEAST_LETTERS)
        while 2 * (self._n_seen + found.size) > self._table.size:
            kept = self._table[self._table != 0]
            self._table = np.zeros(4 * self._table.size, np.uint64)
            first_seen(kept, self._table)
        is_new = first_seen(found, self._table)
        self._n_seen += int(is_new.sum())
        sizes = np.diff(first)
        self._distinct.append(found[is_new])
        self._sizes.append(sizes[is_new].astype(np.int64))
        self._parts.append(parts[np.repeat(is_new, sizes)])
        return found

    def leaders(self) -> tuple[Hashes, Hashes]:
        """Texts that nearly repeat an earlier one, ascending, and the numbers of these. Forgets all texts."""
        self._table = np.zeros(0, np.uint64)
        distinct, first, parts = self._candidates()
        if distinct.size == 0:
            return distinct, distinct
        bucket, n_buckets = _buckets(first, parts)
        leader = leaders(first, parts, bucket, n_buckets, NEAR, LEAST)
        moved = np.flatnonzero(leader != np.arange(leader.size))
        moved = moved[np.argsort(distinct[moved])]
        return distinct[moved], distinct[leader[moved]]

    def _candidates(self) -> tuple[Hashes, Whole, Parts]:
        """Texts that may be near another: by far the fewest, since most posts have words of their own."""
        if not self._n_seen:
            self._parts = []
            return np.zeros(0, np.uint64), np.zeros(1, np.int64), np.zeros(0, np.uint32)
        once, twice = np.zeros(_FIELD, np.uint64), np.zeros(_FIELD, np.uint64)
        for parts in self._parts:
            note_parts(parts, once, twice)
        del once
        sizes, distinct = [np.zeros(1, np.int64)], [np.zeros(0, np.uint64)]
        for place, (found, size) in enumerate(zip(self._distinct, self._sizes, strict=True)):
            first, parts = np.append(0, np.cumsum(size)), self._parts[place]
            kept = may_be_near(first, parts, twice, NEAR)
            self._parts[place] = parts[np.repeat(kept, size)]
            sizes.append(size[kept])
            distinct.append(found[kept])
        first = np.cumsum(np.concatenate(sizes))
        parts = np.empty(first[-1], np.uint32)
        filled = 0
        self._parts.reverse()
        while self._parts:  # each is given up when it has been copied: they are most of the memory
            one = self._parts.pop()
            parts[filled : filled + one.size] = one
            filled += one.size
        self._distinct, self._sizes = [], []
        return np.concatenate(distinct), first, parts


def _buckets(first: Whole, parts: Parts) -> tuple[NDArray[np.int32], int]:
    """Who meets whom in each band: bucket[N, bands], -1 where nobody does; how many buckets there are."""
    n = first.size - 1
    bucket = np.empty((n, _BANDS), np.int32)
    for start in range(0, n, _BATCH):
        end = min(n, start + _BATCH)
        place = first[start : end + 1]
        signature = RMinHash.digest_matrix_from_flat_token_hashes(
            parts[place[0] : place[-1]].astype(np.uint64),
            (place - place[0]).astype(np.uint64),
            num_perm=_BANDS * _ROWS,
            seed=_SEED,
        )
        rows = np.array(signature.to_rows(), np.uint64).reshape(end - start, _BANDS, _ROWS)
        key = np.zeros((end - start, _BANDS), np.uint64)
        for row in range(_ROWS):
            key = (key ^ rows[:, :, row]) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        bucket[start:end] = (key >> np.uint64(32)).astype(np.uint32).view(np.int32)
    n_buckets = 0
    for band in range(_BANDS):
        order = np.argsort(bucket[:, band])
        value = bucket[order, band]
        begins = np.append(True, value[1:] != value[:-1])
        run = np.cumsum(begins) - 1
        is_met = np.bincount(run)[run] > 1
        number = np.cumsum(begins & is_met) - 1 + n_buckets
        bucket[order, band] = np.where(is_met, number, -1)
        n_buckets += int((begins & is_met).sum())
    return bucket, n_buckets

"""Distinct texts, the earliest first -> for each the first of those that say nearly the same.

first[N + 1], parts   numbers of the words and pairs of words of each text, ascending and each once
bucket[N, B]          texts with one number here have met in that band of their MinHash; -1: nobody was met
A text is compared with earlier ones that it meets, at most HELD in a bucket: the cost is bounded however alike texts
are. It joins the text that it has most in common with, if that is `near` of what both have, and if it has `least` in
common with that one's leader too, the first of its kind; else it is a leader itself. So copies of copies are found,
and no chain arises in which each is near the next and the ends have little in common.
Twin: tests/reference/near_texts.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Whole = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Parts = NDArray[np.uint32]
Numbers = NDArray[np.int32]

HELD = 8
_BITS = np.uint64(63)


@njit(cache=CACHED, nogil=True)
def first_seen(hashes: Hashes, table: Hashes) -> NDArray[np.bool_]:
    """Which numbers are not in the table yet; they are put there. 0 is no number. The table has a power of 2 of places,
    more than are ever filled."""
    found = np.zeros(hashes.size, np.bool_)
    mask = np.uint64(table.size - 1)
    for i in range(hashes.size):
        h = hashes[i]
        if h == 0:
            continue
        k = h & mask
        while table[k] != 0 and table[k] != h:
            k = (k + np.uint64(1)) & mask
        if table[k] == 0:
            table[k] = h
            found[i] = True
    return found


@njit(cache=CACHED, nogil=True)
def note_parts(parts: Parts, once: Hashes, twice: Hashes) -> None:
    """Marks parts in two fields of bits: seen, and seen more than once. Two parts may share a bit."""
    mask = np.uint64(once.size * 64 - 1)
    for k in range(parts.size):
        place = (np.uint64(parts[k]) * np.uint64(0x9E3779B1)) & mask
        word, bit = place >> np.uint64(6), np.uint64(1) << (place & _BITS)
        if once[word] & bit:
            twice[word] |= bit
        else:
            once[word] |= bit


@njit(cache=CACHED, nogil=True)
def may_be_near(first: Whole, parts: Parts, twice: Hashes, least: float) -> NDArray[np.bool_]:
    """Texts of which enough parts stand in another text too: all others can be near nobody."""
    mask = np.uint64(twice.size * 64 - 1)
    found = np.zeros(first.size - 1, np.bool_)
    for i in range(found.size):
        shared = 0
        for k in range(first[i], first[i + 1]):
            place = (np.uint64(parts[k]) * np.uint64(0x9E3779B1)) & mask
            shared += 1 if twice[place >> np.uint64(6)] & (np.uint64(1) << (place & _BITS)) else 0
        found[i] = shared >= least * (first[i + 1] - first[i])
    return found


@njit(cache=CACHED, nogil=True)
def in_common(first: Whole, parts: Parts, i: int, j: int) -> float:
    """Jaccard index of the parts of two texts: what both have, by what either has."""
    a, a1, b, b1 = first[i], first[i + 1], first[j], first[j + 1]
    if a == a1 or b == b1:
        return 0.0
    total, both = a1 - a + b1 - b, 0
    while a < a1 and b < b1:
        if parts[a] == parts[b]:
            both += 1
            a += 1
            b += 1
        elif parts[a] < parts[b]:
            a += 1
        else:
            b += 1
    return float(both / (total - both))


@njit(cache=CACHED, nogil=True)
def leaders(first: Whole, parts: Parts, bucket: Numbers, n_buckets: int, near: float, least: float) -> Numbers:
    """For each text the text that it stands for: itself, or the leader of the one that it is nearest to."""
    n, n_bands = bucket.shape
    found = np.arange(n).astype(np.int32)
    held, n_held = np.empty((n_buckets, HELD), np.int32), np.zeros(n_buckets, np.int8)
    asked_by = np.full(n, -1, np.int32)
    for i in range(n):
        nearest, most = -1, near
        size = first[i + 1] - first[i]
        for band in range(n_bands):
            one = bucket[i, band]
            if one < 0:
                continue
            for place in range(n_held[one]):
                j = held[one, place]
                if asked_by[j] == i:
                    continue
                asked_by[j] = i
                other = first[j + 1] - first[j]
                if min(size, other) < most * max(size, other):
                    continue
                alike = in_common(first, parts, i, j)
                if alike < most or (alike == most and nearest >= 0 and j > nearest):
                    continue
                if found[j] != j and in_common(first, parts, i, found[j]) < least:
                    continue
                nearest, most = j, alike
            if n_held[one] < HELD:
                held[one, n_held[one]] = i
                n_held[one] += 1
        if nearest >= 0:
            found[i] = found[nearest]
    return found

"""Texts as bytes -> numbers: of each string, of the words of a post, and of what two posts have in common.

data, first[N + 1]   strings in UTF-8, one after the other, and where each begins
letter[K, 2]         what each code point below K is worth: 0 a sign between words, 1 nothing at all (an accent, an
                     invisible mark), else a letter; bit 31 marks letters that are a word by themselves (ideographs).
                     A second letter where one code point stands for two ("ß"), else 0
parts[...]           numbers of the words of a text and of its pairs of neighbours, ascending and each once
Links (http..., www...) and names after @ are no words. Twin: tests/reference/near_texts.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Bytes = NDArray[np.uint8]
Whole = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Parts = NDArray[np.uint32]

SIGN, NOTHING, ALONE = 0, 1, 1 << 31
_PRIME, _START = np.uint64(0x100000001B3), np.uint64(0xCBF29CE484222325)
_MIX_1, _MIX_2, _PAIR = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53), np.uint64(0x9E3779B97F4A7C15)
_S33 = np.uint64(33)
_IDEOGRAPH_WEIGHT = 3  # an ideograph tells about as much as three letters


@njit(cache=CACHED, nogil=True, inline="always")
def _mixed(h: np.uint64) -> np.uint64:
    h ^= h >> _S33
    h *= _MIX_1
    h ^= h >> _S33
    h *= _MIX_2
    h ^= h >> _S33
    return h


@njit(cache=CACHED, nogil=True)
def string_hashes(data: Bytes, first: Whole) -> Hashes:
    """A number of 64 bits for each string: FNV-1a, its bits mixed."""
    found = np.empty(first.size - 1, np.uint64)
    for i in range(found.size):
        h = _START
        for k in range(first[i], first[i + 1]):
            h = (h ^ np.uint64(data[k])) * _PRIME
        found[i] = _mixed(h)
    return found


@njit(cache=CACHED, nogil=True)
def _is(data: Bytes, k: int, end: int, word: Bytes) -> bool:
    if k + word.size > end:
        return False
    same = 0
    for q in range(word.size):
        same += (data[k + q] | np.uint8(32)) == word[q]
    return same == word.size


_HTTP, _HTTPS, _WWW = (np.frombuffer(word, np.uint8) for word in (b"http:", b"https:", b"www."))
# `:` and `.` have the bit of lower case set, so that the comparison above lets them be.


@njit(cache=CACHED, nogil=True)
def _words(
    data: Bytes, start: int, end: int, letter: NDArray[np.uint32], words: Hashes, max_words: int
) -> tuple[np.uint64, int, int]:
    """Fills `words` with the first words' numbers; number of the whole text, how many words, how many letters."""
    n_words, n_letters, k = 0, 0, start
    text, h = _START, _START
    in_word = False
    while k <= end:
        c = np.int64(-1)
        if k < end:
            byte = data[k]
            if not in_word and (_is(data, k, end, _HTTPS) or _is(data, k, end, _HTTP) or _is(data, k, end, _WWW)):
                while k < end and data[k] > 32:
                    k += 1
                continue
            if not in_word and byte == 64:  # @name
                k += 1
                while k < end and (48 <= data[k] <= 57 or 65 <= data[k] <= 90 or 97 <= data[k] <= 122 or data[k] == 95):
                    k += 1
                continue
            if byte < 0x80:
                c, k = np.int64(byte), k + 1
            elif byte < 0xE0:
                c, k = (np.int64(byte & 31) << 6) | np.int64(data[k + 1] & 63), k + 2
            elif byte < 0xF0:
                c = (np.int64(byte & 15) << 12) | (np.int64(data[k + 1] & 63) << 6) | np.int64(data[k + 2] & 63)
                k += 3
            else:
                c = (np.int64(byte & 7) << 18) | (np.int64(data[k + 1] & 63) << 12)
                c |= (np.int64(data[k + 2] & 63) << 6) | np.int64(data[k + 3] & 63)
                k += 4
        else:
            k += 1
        value, second = np.uint32(SIGN), np.uint32(0)
        if 0 <= c < letter.shape[0]:
            value, second = letter[c, 0], letter[c, 1]
        elif 0x20000 <= c < 0x40000:
            value = np.uint32(c) | np.uint32(ALONE)
        elif c >= 0xE0000:
            value = np.uint32(NOTHING)
        if value == NOTHING:
            continue
        alone = value >= np.uint32(ALONE)
        if in_word and (value == SIGN or alone):
            h = _mixed(h)
            text = (text ^ h) * _PRIME + _PAIR
            if n_words < max_words:
                words[n_words] = h
            n_words += 1
            in_word = False
        if value == SIGN:
            continue
        if not in_word:
            h, in_word = _START, True
        h = (h ^ np.uint64(value)) * _PRIME
        n_letters += _IDEOGRAPH_WEIGHT if alone else 1
        if second:
            h = (h ^ np.uint64(second)) * _PRIME
        if alone:
            h = _mixed(h)
            text = (text ^ h) * _PRIME + _PAIR
            if n_words < max_words:
                words[n_words] = h
            n_words += 1
            in_word = False
    return _mixed(text), n_words, n_letters


@njit(cache=CACHED, nogil=True)
def text_parts(
    data: Bytes,
    first: Whole,
    letter: NDArray[np.uint32],
    max_words: int,
    least_words: int,
    least_letters: int,
) -> tuple[Hashes, Whole, Parts]:
    """Of each text its number (0 where it is too short to tell anything), and its parts: parts_first[N + 1], parts."""
    n = first.size - 1
    found, parts_first = np.zeros(n, np.uint64), np.zeros(n + 1, np.int64)
    room = 0
    for i in range(n):
        room += 2 * min(max_words, (first[i + 1] - first[i] + 2) // 2 + 1)  # a word and a sign take two bytes
    parts = np.empty(room, np.uint32)
    words, own = np.empty(max_words, np.uint64), np.empty(2 * max_words, np.uint32)
    filled = 0
    for i in range(n):
        text, n_words, n_letters = _words(data, first[i], first[i + 1], letter, words, max_words)
        if n_words >= least_words and n_letters >= least_letters:
            found[i] = text or np.uint64(1)
            n_held = min(n_words, max_words)
            for k in range(n_held):
                own[k] = np.uint32(words[k] >> np.uint64(32))
            for k in range(n_held - 1):
                own[n_held + k] = np.uint32(_mixed(words[k] * _PAIR + words[k + 1]) >> np.uint64(32))
            sorted_parts = np.sort(own[: 2 * n_held - 1])
            for k in range(sorted_parts.size):
                if k == 0 or sorted_parts[k] != sorted_parts[k - 1]:
                    parts[filled] = sorted_parts[k]
                    filled += 1
        parts_first[i + 1] = filled
    return found, parts_first, parts[:filled]

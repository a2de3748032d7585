"""Texts -> the pieces of words that they hold, as 32-bit marks; and the weight of those that a model knows.

A piece is 2 to 5 letters inside one word (with the space before or after it), or a whole word. Pieces are kept as
hashes only, and training keeps those alone that at least `FEWEST_PROFILES` profiles have: a name that few people bear
is in no model, in any form. The same arithmetic serves training and use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

FEWEST_PROFILES: Final = 20  # profiles that a piece must come from to be learnt
PLACES: Final = ("name", "bio")
MOST_LETTERS: Final = 400  # of a text; bios are shorter, and longer ones must not cost more

Whole = NDArray[np.int64]
Marks = NDArray[np.uint32]

_LENGTHS: Final = range(2, 6)
_WORD, _FIRST = 6, 7  # kinds of pieces beside the lengths: a whole word; the first one of a name
_BASE: Final = 0x9E3779B97F4A7C15  # odd, so that its powers can be undone modulo 2**64
_MIX: Final = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_LINK: Final = re.compile(r"https?://\S+|www\.\S+")
_NUMBER: Final = re.compile(r"\d")
_SPACES: Final = re.compile(r"\s+")
_AT_ONCE: Final = 4_000  # texts; bounds memory to about 100 MB
_END, _SPACE = 0, 32


def fold(text: str) -> str:
    """Case, accents, links, digits and runs of spaces made alike.

    >>> fold("Élue  du 93 : https://example.org")
    ' elue du 00 : ~ '
    """
    text = _LINK.sub("~", text[: 4 * MOST_LETTERS].replace("\0", " "))
    apart = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " " + _SPACES.sub(" ", _NUMBER.sub("0", text))[:MOST_LETTERS].strip() + " "


def pieces(texts: Sequence[str], place: str) -> Iterator[tuple[Whole, Marks]]:
    """For each run of texts: places of texts, and the mark of a piece that the text has, as often as it has it."""
    for start in range(0, len(texts), _AT_ONCE):
        part = [fold(text) for text in texts[start : start + _AT_ONCE]]
        rows, marks = _pieces(part, PLACES.index(place))
        yield rows + start, marks


def once(row: Whole, mark: NDArray[np.int64] | Marks) -> tuple[Whole, Whole]:
    """Each pair once, ascending. (`np.unique` hashes, which takes eight times as long here.)"""
    pairs = np.sort(row.astype(np.uint64) << np.uint64(32) | mark.astype(np.uint64))
    pairs = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])] if pairs.size else pairs
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _pieces(folded: list[str], place: int) -> tuple[Whole, Marks]:
    code = np.frombuffer("\0".join([*folded, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    row = np.cumsum(np.concatenate([[0], code[:-1] == _END]))
    is_space, is_end = code == _SPACE, code == _END
    powers = np.full(code.size + 1, _BASE, np.uint64)
    powers[0] = 1
    powers = np.multiply.accumulate(powers)
    undone = np.full(code.size + 1, pow(_BASE, -1, 2**64), np.uint64)
    undone[0] = 1
    undone = np.multiply.accumulate(undone)
    before = np.concatenate([np.zeros(1, np.uint64), np.cumsum((code.astype(np.uint64) + 1) * powers[:-1])])
    # A gap is counted so that a piece with a space inside, or one that runs into the next text, is left out.
    gaps = np.concatenate([[0], np.cumsum(is_space | is_end)])
    ends = np.concatenate([[0], np.cumsum(is_end)])
    all_rows, all_marks = [], []

    def add(start: Whole, stop: Whole, kind: int) -> None:
        total = (before[stop] - before[start]) * undone[start]
        all_rows.append(row[start])
        all_marks.append(_mixed(total, place * 16 + kind))

    for length in _LENGTHS:
        start = np.arange(max(0, code.size - length + 1))
        stop = start + length
        inside = gaps[np.maximum(stop - 1, start + 1)] - gaps[start + 1]
        letters = length - (gaps[stop] - gaps[start])
        fits = (inside == 0) & (ends[stop] == ends[start]) & (letters > 0)
        add(start[fits], stop[fits], length)
    begins = np.flatnonzero(~is_space & ~is_end & np.concatenate([[True], is_space[:-1]]))
    breaks = np.flatnonzero(is_space | is_end)
    stops = breaks[np.searchsorted(breaks, begins)]
    add(begins, stops, _WORD)
    if PLACES[place] == "name" and begins.size:
        first = np.concatenate([[True], row[begins][1:] != row[begins][:-1]])
        add(begins[first], stops[first], _FIRST)
    return np.concatenate(all_rows), np.concatenate(all_marks)


def _mixed(total: NDArray[np.uint64], salt: int) -> Marks:
    mixed = total + np.uint64(salt * 0x632BE59BD9B4E019 % 2**64)
    for shift, factor in zip((30, 27), _MIX, strict=True):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(32)).astype(np.uint32)

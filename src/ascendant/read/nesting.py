"""How deep JSON is nested, from its bytes alone, block by block.

ijson keeps the whole path of every level: a file of 200 KB that opens 100,000 brackets takes 25 GB. Whoever walks a
file with it looks at the depth first. Measured on posts of X: 200 MB per second and more.
"""

from __future__ import annotations

from typing import BinaryIO, Final

import numpy as np

MOST_LEVELS: Final = 500  # posts have a dozen; each level of the path costs the length of all before it

_QUOTE, _BACKSLASH, _OPENS, _CLOSES = 1, 2, 3, 4
_KIND: Final = np.zeros(256, np.uint8)
_KIND[ord('"')], _KIND[ord("\\")] = _QUOTE, _BACKSLASH
_KIND[[ord("["), ord("{")]] = _OPENS
_KIND[[ord("]"), ord("}")]] = _CLOSES


class TooDeep(Exception):
    """There are more brackets to be closed than any record has."""


class ShallowStream:
    """A stream of JSON for a parser that keeps the path of every level, without its byte-order mark."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._nesting, self._is_first = stream, Nesting(), True

    def read(self, size: int = -1) -> bytes:
        """The next block. Raises `TooDeep` where it opens more brackets than any record has."""
        block = self._stream.read(size)
        if self._is_first and size != 0:
            block, self._is_first = block.removeprefix(b"\xef\xbb\xbf"), False
        if self._nesting.deepest(block) > MOST_LEVELS:
            raise TooDeep
        return block


class Nesting:
    r"""The depth at the end of what was seen. Brackets inside strings do not count.

    >>> nesting = Nesting()
    >>> nesting.deepest(b'{"a": ["[[[", "\\"['), nesting.deepest(b'[", [[]'), nesting.depth
    (2, 4, 3)
    """

    def __init__(self) -> None:
        self.depth = 0
        self._is_inside, self._is_escaped = False, False  # a string; by the last byte

    def deepest(self, block: bytes) -> int:
        """The greatest depth inside the next block, or before it."""
        signs = np.frombuffer(block, np.uint8)
        places = np.flatnonzero(_KIND[signs])
        kinds = _KIND[signs[places]]
        quotes = self._quotes(places, kinds, len(block))
        brackets = places[kinds >= _OPENS]
        is_outside = (np.searchsorted(quotes, brackets) + self._is_inside) % 2 == 0
        steps = np.where(kinds[kinds >= _OPENS] == _OPENS, 1, -1)[is_outside]
        self._is_inside ^= bool(len(quotes) % 2)
        before = self.depth
        if not len(steps):
            return before
        path = before + np.cumsum(steps)
        self.depth = int(path[-1])
        return max(before, int(path.max()))

    def _quotes(self, places: np.ndarray, kinds: np.ndarray, n_bytes: int) -> np.ndarray:
        """Where strings begin and end: quotes that an odd number of backslashes does not escape."""
        is_escaped = np.zeros(n_bytes + 1, bool)
        slashes = places[kinds == _BACKSLASH]
        started = self._is_escaped  # by the last byte of the block before
        if started and len(slashes) and slashes[0] == 0:
            slashes, started = slashes[1:], False  # it is escaped, and escapes nothing
        if len(slashes):
            first = np.flatnonzero(np.diff(slashes, prepend=-2) != 1)  # of each run of backslashes
            length = np.diff(first, append=len(slashes))
            is_escaped[(slashes[first] + length)[length % 2 == 1]] = True
        is_escaped[0] |= started
        self._is_escaped = bool(is_escaped[n_bytes])
        quotes: np.ndarray = places[kinds == _QUOTE]
        kept: np.ndarray = quotes[~is_escaped[quotes]]
        return kept

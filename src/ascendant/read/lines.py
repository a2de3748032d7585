"""Bytes -> numbered lines, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

BLOCK_BYTES = 1 << 20
LONGEST_LINE_BYTES = 32 << 20  # a page of 500 posts with everything included stays under 5 MB


class LongLine(Exception):
    """Stands in the stream for a line that is longer than the limit."""

    def __init__(self, n_bytes: int) -> None:
        self.n_bytes = n_bytes


def numbered_lines(stream: BinaryIO, longest: int = LONGEST_LINE_BYTES) -> Iterator[tuple[int, bytes | LongLine]]:
    r"""Lines with their numbers from 1, without line ends or byte-order mark; blank lines are counted and left out.

    >>> import io
    >>> list(numbered_lines(io.BytesIO(b'\xef\xbb\xbf{"a":1}\r\n\n{"b":2}')))
    [(1, b'{"a":1}'), (3, b'{"b":2}')]
    """
    number, rest, skipped = 0, b"", 0
    while block := stream.read(BLOCK_BYTES):
        first, *others = block.split(b"\n")
        if not others:  # no line end in this block
            if skipped:
                skipped += len(first)
            else:
                rest += first
                if len(rest) > longest:
                    rest, skipped = b"", len(rest)
            continue
        others.insert(0, rest + first)
        rest = others.pop()
        for line in others:
            number += 1
            if skipped:
                yield number, LongLine(skipped + len(line))
                skipped = 0
                continue
            if number == 1 and line.startswith(b"\xef\xbb\xbf"):
                line = line[3:]  # noqa: PLW2901  the mark is not part of the line
            if line and (line := line.strip()):
                yield number, line
    if skipped:
        yield number + 1, LongLine(skipped + len(rest))
    elif rest:
        rest = rest[3:] if number == 0 and rest.startswith(b"\xef\xbb\xbf") else rest
        if rest := rest.strip():
            yield number + 1, rest

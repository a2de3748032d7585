"""A page in HTML -> its tags and words, in one pass whose time grows with the page and nothing else.

The standard library's parser would do for honest pages, but takes 11 s for 256 KB of `</` and four times as long for
twice as many (measured, Python 3.11): a damaged or hostile page of some MB would never end. What Facebook writes needs
no more than this: tags, attributes in quotes, entities, and styles and comments that are skipped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

_LONGEST_TAG: Final = 1 << 14
_LONGEST_WORDS: Final = 1 << 20
_NAME: Final = re.compile(r"/?([a-zA-Z][\w:-]{0,40})")
_ATTRIBUTE: Final = re.compile(r"""([\w:-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_RAW: Final = frozenset({"script", "style"})  # what stands in them is no HTML


class Tag(NamedTuple):
    """A tag. `is_end` of `</div>`."""

    name: str
    attributes: str = ""
    is_end: bool = False

    def attribute(self, name: str) -> str:
        """An attribute's value; empty where it has none.

        >>> Tag("a", ' class="x" href="https://a.example/?b&amp;c"').attribute("href")
        'https://a.example/?b&c'
        """
        for found in _ATTRIBUTE.finditer(self.attributes):
            if found[1].lower() == name:
                return html.unescape(found[2] or found[3] or found[4] or "")
        return ""


def tokens(blocks: Iterable[str]) -> Iterator[Tag | str]:
    """Tags, and the words between them, of a page that comes in blocks.

    >>> found = tokens(['<p>Caf', '&eacute; <b', 'r>a < b</p><!-- <i> --><style><x></style>'])
    >>> [token if isinstance(token, str) else (token.name, token.is_end) for token in found]
    [('p', False), 'Café ', ('br', False), 'a ', '< b', ('p', True), ('style', False), ('style', True)]
    """
    scanner = _Scanner()
    rest = ""
    for block in blocks:
        *pieces, rest = (rest + block).split("<")
        for piece in pieces:
            yield from scanner.read(piece)
        if len(rest) > _LONGEST_WORDS:
            yield from scanner.read(rest)
            scanner.is_inside, rest = False, ""
    # A page that breaks off inside a tag has no words there.
    if not scanner.is_inside or ">" in rest or rest[:1].isspace():
        yield from scanner.read(rest)


class _Scanner:
    """Reads what stands between two `<`: the end of a tag, and words after it."""

    def __init__(self) -> None:
        self.is_inside = False  # a tag, since a `<` came before
        self._until: str | None = None  # what ends a comment, or a script

    def read(self, piece: str) -> Iterator[Tag | str]:
        """What stands in the next piece."""
        is_inside, self.is_inside = self.is_inside, True
        if self._until is not None:
            if not self._ends(piece, is_inside=is_inside):
                return
        elif not is_inside:
            if piece:
                yield html.unescape(piece)
            return
        elif piece.startswith("!--"):
            self._until = "-->"
            self._ends(piece, is_inside=True)
            return
        end = piece.find(">", 0, _LONGEST_TAG)
        name = _NAME.match(piece)
        if end < 0 or (name is None and piece[:1] not in ("!", "?")):
            yield html.unescape(f"<{piece}")
            return
        if name is not None:
            tag = Tag(name[1].lower(), piece[name.end() : end], piece.startswith("/"))
            yield tag
            if tag.name in _RAW and not tag.is_end:
                self._until = f"/{tag.name}"
                return
        if end + 1 < len(piece):
            yield html.unescape(piece[end + 1 :])

    def _ends(self, piece: str, *, is_inside: bool) -> bool:
        """Whether a piece ends what is skipped, and is itself a tag to be read."""
        until = self._until or ""
        if until == "-->":
            if until in piece:
                self._until = None
            return False
        if is_inside and piece[: len(until)].lower() == until:
            self._until = None
            return True
        return False

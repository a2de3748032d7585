"""An export in HTML -> its records, as far as pages tell them.

Facebook writes each record as a section with a title, a body, a table of labels and values, and a foot with the date;
before 2021, as a box with a title, a body and a date. The class names by which these are told apart mean nothing and
will change: where none is known, a page gives no record, and is told as one that is not understood. A page has no ids,
dates in an unnamed zone, and reactions as pictures: it is read so that nobody is turned away, and JSON is asked for.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ascendant.read.export import Member
from ascendant.read.facebook_archive.markup import Tag, tokens
from ascendant.read.facebook_archive.records import LabelValue

_BLOCK: Final = 1 << 18
_SECTION: Final = "_a6-g"  # of 2021 and later
_BOX: Final = "uiBoxWhite"  # of 2018 to 2020
_TITLES: Final = frozenset({"_a6-h", "_2lel"})
_DATES: Final = frozenset({"_a72d", "_2lem"})
_LABEL: Final = "_a6_q"
_INLINE_LABEL: Final = "_a6_m"
_VALUE: Final = "_a6_r"
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
_MOST_OPEN: Final = 2000  # elements inside one another
_LONGEST: Final = 1 << 16  # signs of a title or a value: Facebook's own limit for a post is 63,206


@dataclass(slots=True)
class Block:
    """A record of a page: what its table says (`labels`), and what stands around it."""

    labels: list[LabelValue] = field(default_factory=list)
    title: str = ""
    words: list[str] = field(default_factory=list)
    date: str = ""
    links: list[str] = field(default_factory=list)
    foot_links: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    @property
    def text(self) -> str | None:
        """The words of its body."""
        return " ".join(word for word in self.words if word) or None


def is_page(head: bytes) -> bool:
    """Whether the first bytes are those of a page of such an export.

    >>> is_page(b'<html><body><section class="_a6-g">'), is_page(b"<html><body>")
    (True, False)
    """
    return b"<" in head[:200] and any(sign.encode() in head for sign in (_SECTION, _BOX, _LABEL, "_3-95", "_a706"))


def blocks(member: Member) -> Iterator[Block]:
    """The records of a page. Raises `BrokenFile` from the loop."""
    page = _Page()
    for token in tokens(_text(member)):
        if isinstance(token, str):
            page.words(token)
        elif token.is_end:
            page.close(token.name)
        else:
            page.open(token)
        if page.done:
            yield from page.done
            page.done.clear()
    page.end()
    yield from page.done


def _text(member: Member) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with member.open() as stream:
        while block := stream.read(_BLOCK):
            yield decoder.decode(block).replace("\0", "")


class _Page:
    """Elements as they open and close, and the blocks that they make; `done` are those that are complete."""

    def __init__(self) -> None:
        self.done: list[Block] = []
        self._open: list[tuple[str, str]] = []  # tags that are open, and what each is
        self._blocks: list[Block] = [Block()]  # blocks that are open; the first is the page itself
        self._labelled = 0  # how deep the element is whose words follow a label inside it; 0 when there is none

    def open(self, tag: Tag) -> None:
        """An element opens."""
        if tag.name == "img":
            self._blocks[-1].pictures.append(tag.attribute("src"))
        elif tag.name == "a" and (href := tag.attribute("href")).startswith("http"):
            self._link(href)
        if tag.name in _VOID or len(self._open) >= _MOST_OPEN:
            return
        role = self._role(tag.name, frozenset(tag.attribute("class").split()))
        if role == "inline":
            self._labelled = len(self._open)
        if role == "inline" or (role == "label" and tag.name == "td"):
            self._blocks[-1].labels.append(LabelValue(label=""))
            role = "label"
        self._open.append((tag.name, role))
        if role == "block":
            self._blocks.append(Block())

    def close(self, tag: str) -> None:
        """An element closes, and what was left open inside it."""
        if tag in _VOID or all(name != tag for name, _ in self._open):
            return
        while self._open:
            name, role = self._open.pop()
            if len(self._open) < self._labelled:
                self._labelled = 0
            if role == "block":
                self._complete()
            if name == tag:
                return

    def words(self, text: str) -> None:
        """Words, by where they stand."""
        words = " ".join(text.split())
        here = self._open[-1][1] if self._open and words else ""
        block = self._blocks[-1]
        if here == "title":
            block.title = _longer(block.title, words)
        elif here == "date":
            block.date = _longer(block.date, words)
        elif here in ("label", "inside", "value"):
            self._cell(here, words)
        elif here == "body" and self._labelled and self._labelled == len(self._open):
            self._cell("value", words)
        elif here in ("body", "block"):
            block.words.append(words)

    def end(self) -> None:
        """The page ends, wherever it broke off."""
        while len(self._blocks) > 1:
            self._complete()
        if self._blocks[0].labels:
            self.done.append(self._blocks[0])

    def _role(self, tag: str, classes: frozenset[str]) -> str:
        """What an element is: by its class, else what the element around it is."""
        if _SECTION in classes or _BOX in classes:
            return "block"
        around = self._open[-1][1] if self._open else ""
        if around in ("script", "title", "date", "value", "inside"):
            return around
        if tag in ("script", "style", "head"):
            return "script"
        if tag == "td" and (_LABEL in classes or _VALUE in classes):
            return "label" if _LABEL in classes else "value"
        if around == "label":
            return "inside" if tag in ("div", "ul", "li", "a") else "label"
        if len(self._blocks) == 1:
            return ""
        if _INLINE_LABEL in classes:
            return "inline"
        if tag == "h2" or classes & _TITLES:
            return "title"
        return "date" if classes & _DATES else "body"

    def _link(self, href: str) -> None:
        block, here = self._blocks[-1], self._open[-1][1] if self._open else ""
        if "/dyi/" in href or here == "date" or any(tag == "footer" for tag, _ in self._open):
            block.foot_links.append(href)
        elif here in ("label", "inside", "value") and block.labels:
            block.labels[-1].href = href
        else:
            block.links.append(href)

    def _cell(self, here: str, words: str) -> None:
        cells = self._blocks[-1].labels
        if not cells:
            return
        if here == "label":
            cells[-1].label = _longer(cells[-1].label, words)
        else:
            cells[-1].value = _longer(str(cells[-1].value or ""), words)

    def _complete(self) -> None:
        """A block is complete: a record, or one thing of a list in the cell that it stands in."""
        block = self._blocks.pop()
        cells = self._blocks[-1].labels
        if not cells:
            self.done.append(block)
            return
        one = LabelValue(parts=block.labels) if block.labels else LabelValue(value=block.text or block.title or None)
        if cells[-1].vec is None:
            cells[-1].vec = []
        cells[-1].vec.append(one)


def _longer(text: str | None, words: str) -> str:
    return text or "" if text and len(text) > _LONGEST else f"{text} {words}" if text else words

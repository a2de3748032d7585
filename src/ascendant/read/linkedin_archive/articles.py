"""The pages of articles that the owner wrote -> posts, by their titles. They hold no date; their words stay unread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from typing import Final

from ascendant.activity import Activity
from ascendant.errors import mark
from ascendant.read.export import Member
from ascendant.read.linkedin_archive.story import Telling, plain_words
from ascendant.read.linkedin_archive.table import ArchiveTable, Row
from ascendant.read.tabular.sniff import Layout

NO_TITLE: Final = mark("the page has no title")

_LONGEST_HEAD: Final = 1 << 17  # before the title stand styles only
_TITLE: Final = re.compile(r"(?is)<title\b[^<>]*>(.{0,2000}?)</title>")
_HEADING: Final = re.compile(r"(?is)<h1\b[^<>]*>(.{0,5000}?)</h1>")
_LINK: Final = re.compile(r"""(?is)<a\b[^<>]*?\shref=["']?(https?://[^"'\s<>]+)""")
_TAG: Final = re.compile(r"<[^<>]*>")


def article(telling: Telling, member: Member) -> Iterator[Activity]:
    """The post that a page stands for; none where it has no title."""
    title, link = title_of(member.head(_LONGEST_HEAD))
    if title is None:
        telling.note(NO_TITLE)
        return
    page = Row(ArchiveTable(member, Layout("utf-8", ",", "strict", [], 0), None, ()), [], member.name, "page")
    yield telling.act(
        page,
        "post",
        link or title,
        written=None if link else PurePosixPath(member.name).name,
        text=title,
        urls=(link,) if link else None,
    )


def title_of(page: bytes) -> tuple[str | None, str | None]:
    """The title of a page, and the address to which its heading leads.

    >>> title_of(b'<title>T</title><h1><a href="https://www.linkedin.com/pulse/t-ada">T &amp; U</a></h1>')
    ('T & U', 'https://www.linkedin.com/pulse/t-ada')
    """
    text = page.decode("utf-8-sig", "replace").replace("\0", "")
    title, heading = (found[1] if (found := one.search(text)) else "" for one in (_TITLE, _HEADING))
    link = _LINK.search(heading)
    words = [plain_words(unescape(_TAG.sub(" ", one))) for one in (heading, title)]
    return words[0] or words[1], unescape(link[1]) if link else None

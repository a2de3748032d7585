"""Reposts that name an author and no post -> the post, where it was collected: by its words.

An archive of X gives the first 140 signs of what was passed on, and whose it was. Where exactly one collected post of
that author begins so, it is the one; its time then gives the delay.
"""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa

from ascendant.patterns.mirror.owner import Owner, Questions

FEWEST_LETTERS: Final = 20  # of a text that breaks off: with fewer, another post may begin so
FOUND: Final = pa.schema(
    [
        ("act_id", pa.string()),
        ("object_id", pa.string()),  # the post
        ("has_clock", pa.bool_()),  # the repost has a time of day
        ("is_to_the_second", pa.bool_()),
    ]
)
_CUT: Final = re.compile(r"\s*(?:…|\.\.\.)\s*$")
_LINK: Final = re.compile(r"\s*https?://\S*")


def found_posts(questions: Questions, owner: Owner) -> pa.Table:
    """Repost and post, a row for each that is found. Nothing is looked for where no posts were collected."""
    if not owner.collected:
        return FOUND.empty_table()
    items: dict[str, list[dict[str, object]]] = {}
    for row in questions.ask("mirror_reposts", me=owner.me).to_pylist():
        if is_of(row["words"], row["item_words"]):
            items.setdefault(row["act_id"], []).append(row)
    only = [found[0] for found in items.values() if len(found) == 1]
    return pa.Table.from_pylist([{name: row[name] for name in FOUND.names} for row in only], schema=FOUND)


def is_of(words: str, item_words: str) -> bool:
    """Whether a text, which may break off, is that of an item. Links are left out: they are written in several ways.

    >>> is_of("The tram comes back on Monday, they s…", "The tram comes back on Monday, they say https://t.co/a")
    True
    >>> is_of("Hello…", "Hello world"), is_of("Hello https://t.co/a", "Hello"), is_of("Hello", "Hello world")
    (False, True, False)
    """
    start = _CUT.sub("", words)
    is_cut = start != words
    start, whole = (" ".join(_LINK.sub(" ", one).split()) for one in (start, item_words))
    if is_cut:
        return len(start) >= FEWEST_LETTERS and whole.startswith(start)
    return bool(start) and start == whole

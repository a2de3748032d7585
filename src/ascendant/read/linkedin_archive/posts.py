"""What the owner wrote, passed on, answered, liked, voted and kept -> acts.

LinkedIn names the post by its number and almost never its author: an unknown author stays unknown. What it calls a
share is a post of one's own, with or without a link; a post that was passed on without a word may stand among the
instant reposts, or among the shares with nothing but its own number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ascendant.activity import Activity
from ascendant.errors import mark
from ascendant.read.linkedin_archive.dates import Moment
from ascendant.read.linkedin_archive.links import FROM_ADDRESS, Target, is_own, target_of
from ascendant.read.linkedin_archive.story import NO_TARGET, NOTHING, Tell, Telling
from ascendant.read.linkedin_archive.table import Row
from ascendant.read.linkedin_ids import time_of
from ascendant.read.links import distinct, links_in
from ascendant.read.tabular.cells import Unreadable
from ascendant.read.x_posts.entities import tags_in

BARE: Final = mark("posts without words, link or picture: they may pass on another post, which LinkedIn does not name")

_AUDIENCES: Final = {"PUBLIC": "public", "CONNECTIONS": "connections"}


def shares(telling: Telling) -> Tell:
    """Posts of the owner."""

    def tell(row: Row) -> Iterator[Activity]:
        number = target_of(row.value("sharelink")).post
        text = unwrapped(row.words("sharecommentary"))
        link, picture = row.value("sharedurl"), row.value("mediaurl")
        link = link if link and ("://" in link or link.startswith("urn:li:")) else None
        moment, written = _when(row, "date", number), row.words("date")
        if number is None and text is None and link is None and written is None:
            raise Unreadable(NOTHING)
        shared = target_of(link)
        if number is not None:
            telling.own_posts.add(number)
        root: _Object | None = None
        verb = "post"
        relay = ("with_comment" if text else "link") if link else None
        if shared.post is not None and shared.post != number:
            root = _object(telling, row, shared)
            verb, relay = ("quote", "quote") if text else ("repost", "pure")
        missing = []
        if text is None and link is None and picture is None:
            missing.append("text")
            telling.note(BARE)
        yield telling.act(
            row,
            verb,
            text,
            link,
            moment=moment,
            written=written,
            key=f"linkedin:{number}" if number is not None else None,
            missing=[*missing, *(root.missing if root else ())],
            confidence=root.confidence if root else 1.0,
            relay=relay,
            text=text,
            urls=distinct([link if root is None else None, *links_in(text)]),
            hashtags=tags_in(text) if text else None,
            audience=_AUDIENCES.get(row.value("visibility") or ""),
            **(root.columns if root else {}),
        )

    return tell


def instant_reposts(telling: Telling) -> Tell:
    """Posts that the owner passed on without a word."""

    def tell(row: Row) -> Iterator[Activity]:
        link = row.value("link")
        root = _object(telling, row, target_of(link), link)
        yield telling.act(
            row,
            "repost",
            root.fact,
            moment=row.moment("date"),
            written=row.words("date"),
            missing=root.missing,
            confidence=root.confidence,
            relay="pure",
            **root.columns,
        )

    return tell


def comments(telling: Telling) -> Tell:
    """What the owner answered to posts and to comments."""

    def tell(row: Row) -> Iterator[Activity]:
        link, text = row.value("link"), row.words("message")
        if link is None and text is None:
            raise Unreadable(NOTHING)
        target, moment = target_of(link), row.moment("date")
        number = next((one for one in (target.reply, target.comment) if is_own(one, moment.at)), None)
        if number is not None:  # what the comment answers stands around it
            target = target._replace(reply=None, comment=target.comment if number == target.reply else None)
        root = _object(telling, row, target, link) if link is not None else _Object(None, ["object_id"])
        columns = {**root.columns, "urls": distinct([*root.urls, *links_in(text)])}
        if target.post is not None:
            columns["thread_id"] = f"linkedin:{target.post}"
        yield telling.act(
            row,
            "reply",
            root.fact,
            # A comment that was changed keeps its time; without one its words tell it from others.
            None if moment.is_exact else text,
            moment=moment,
            written=row.words("date"),
            key=f"linkedin:{number}" if number is not None else None,
            missing=[*root.missing, *([] if text else ["text"])],
            confidence=root.confidence,
            text=text,
            hashtags=tags_in(text) if text else None,
            **columns,
        )

    return tell


def reactions(telling: Telling) -> Tell:
    """Likes and their kin; the kind of a reaction tells two of them apart."""
    return _on_post(telling, "react", "date", "link", of_kind="type")


def votes(telling: Telling) -> Tell:
    """Votes in polls; the text is the answer that was chosen."""
    return _on_post(telling, "vote", "date", "link", with_words="optiontext")


def saved_items(telling: Telling) -> Tell:
    """Posts and pages that the owner kept for later."""
    return _on_post(telling, "save", "createdtime", "saveditem")


def saved_articles(telling: Telling) -> Tell:
    """Articles that the owner kept for later."""
    return _on_post(telling, "save", "savedat", "link", with_words="name")


def _on_post(
    telling: Telling, verb: str, when: str, where: str, *, of_kind: str | None = None, with_words: str | None = None
) -> Tell:
    def tell(row: Row) -> Iterator[Activity]:
        link = row.value(where)
        root = _object(telling, row, target_of(link), link)
        text = row.words(with_words) if with_words is not None else None
        yield telling.act(
            row,
            verb,
            root.fact,
            row.value(of_kind) if of_kind is not None else text,
            moment=row.moment(when),
            written=row.words(when),
            missing=root.missing,
            confidence=root.confidence,
            text=text,
            **root.columns,
        )

    return tell


class _Object:
    """The post or comment that an act is about, as columns of the act. `fact` is what tells it from others."""

    __slots__ = ("columns", "confidence", "fact", "missing", "urls")

    def __init__(self, fact: str | None, missing: list[str]) -> None:
        self.fact, self.missing, self.confidence = fact, missing, 1.0
        self.columns: dict[str, Any] = {}
        self.urls: tuple[str, ...] = ()


def _object(telling: Telling, row: Row, target: Target, link: str | None = None) -> _Object:
    """Raises `Unreadable` where the row names no post, not even by an address of another kind."""
    number = target.number
    if number is None:
        if link is None:
            raise Unreadable(NO_TARGET)
        found = _Object(link, ["object_id"])
        found.columns, found.urls = {"object_kind": "url", "urls": (link,)}, (link,)
        return found
    author = target.author if target.kind == "post" else None  # of the post, not of the comment on it
    if target.kind == "post" and number in telling.own_posts:
        author = telling.owner.key  # None where no file names the owner
    telling.author(row, target.author)
    found = _Object(number, ["object_author_id"] if author is None else [])
    if author is not None and author != telling.owner.key:
        found.confidence = FROM_ADDRESS
    found.columns = {"object_id": f"linkedin:{number}", "object_author_id": author, "object_kind": target.kind}
    if target.kind == "comment" and target.post is not None:
        found.columns["thread_id"] = f"linkedin:{target.post}"
    return found


def _when(row: Row, column: str, number: str | None) -> Moment:
    """When a post of the owner's was made; its number tells where the row does not."""
    moment = row.moment(column)
    made = time_of(number) if moment.at is None and number is not None else None
    return Moment(made[0], made[2], made[1]) if made is not None else moment


def unwrapped(text: str | None) -> str | None:
    """Words of several lines, each of which LinkedIn puts between quotation marks.

    >>> unwrapped('One "word"."\\n""\\n"Two'), unwrapped('He said "no"\\nand left')
    ('One "word".\\n\\nTwo', 'He said "no"\\nand left')
    """
    if text is None or '"\n"' not in text.replace("\r\n", "\n"):
        return text
    lines = text.replace("\r\n", "\n").split("\n")
    if not all(line.endswith('"') for line in lines[:-1]) or not all(line.startswith('"') for line in lines[1:]):
        return text
    # A line of one mark stands for an empty one: the mark ends it and begins it.
    inner = [line[1:-1] for line in lines[1:-1]]
    return "\n".join([lines[0][:-1], *inner, lines[-1][1:]]).strip() or None

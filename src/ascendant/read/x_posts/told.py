"""What a row of a table tells of a post, in one form for all tables -> the activity row."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from ascendant.activity import Account, Activity, Metrics
from ascendant.read.x_posts.cells import Cells
from ascendant.read.x_posts.entities import account_id, language, names_post, tags_in, unique, words
from ascendant.read.x_posts.post_row import post_row

Pair: TypeAlias = tuple[Activity, Account | None]


class Other(NamedTuple):
    """A post that is passed on or answered: its key and its author, each null when unknown."""

    key: str | None
    author: str | None


class Told(NamedTuple):
    """What a row tells of a post."""

    key: str
    actor: str | None
    moment: tuple[int | None, str | None, str | None]
    text: str | None
    root: Other | None = None
    answered: Other | None = None
    quoted: Other | None = None
    lang: str | None = None
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] | None = None  # null where the table does not list them
    mentions: tuple[str | None, ...] = ()
    thread: str | None = None
    metrics: Metrics | None = None
    collected_at: int | None = None


def activity(told: Told, pointer: str) -> Activity:
    """The activity row; relations are chosen as in `api_v1`."""
    verb, other = _relation(told)
    text = words(told.text)
    own = [told.key]
    if verb in ("repost", "quote") and other is not None and other.key is not None:
        own.append(other.key)
    tags = told.tags if told.tags is not None else tags_in(text or "") or ()
    links = [link for link in told.links if not any(names_post(link, key) for key in own)]
    return post_row(
        told.key,
        told.actor,
        told.moment,
        (verb, other.key if other is not None else None, other.author if other is not None else None),
        (
            text,
            language(told.lang),
            unique(links),
            unique(tag.removeprefix("#").lower() for tag in tags if tag),
            unique(one for one in told.mentions if one),
        ),
        thread=told.thread,
        metrics=None if verb == "repost" else told.metrics,
        collected_at=told.collected_at,
        pointer=pointer,
        has_original=False,
    )


def _relation(told: Told) -> tuple[str, Other | None]:
    if told.root is not None:
        return "repost", told.root
    if told.answered is not None and (told.quoted is None or told.answered.author != told.actor):
        return "reply", told.answered
    if told.quoted is not None:
        return "quote", told.quoted
    return "post", None


def metrics(row: Cells, prefix: str = "") -> Metrics | None:
    """What X counted, in columns of its own names; null when there is none.

    >>> metrics(Cells({"m.like_count": "3"}), "m.")
    Metrics(likes=3, reposts=None, replies=None, quotes=None, views=None)
    """
    likes, reposts = row.count(f"{prefix}like_count"), row.count(f"{prefix}retweet_count")
    replies, quotes = row.count(f"{prefix}reply_count"), row.count(f"{prefix}quote_count")
    views = row.count(f"{prefix}impression_count")
    if likes is reposts is replies is quotes is views is None:
        return None
    return Metrics(likes=likes, reposts=reposts, replies=replies, quotes=quotes, views=views)


def by_handle(handle: str | None, author_handle: str | None, author: str | None) -> str | None:
    """The account of a handle: the author's own id where the author is meant, since tables name others by handle."""
    if handle and author_handle and handle.lower() == author_handle.lower():
        return author
    return account_id(None, handle)

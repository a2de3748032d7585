"""A row of 4CAT, from API v2 or from Zeeschuimer -> a post and its author.

Others are named by handle, and reposts name no original.
"""

from __future__ import annotations

import re
from typing import Final

from ascendant.activity import Account
from ascendant.read.x_posts.cells import Cells
from ascendant.read.x_posts.entities import account_id, author_in_link, post_key, reposted_handle
from ascendant.read.x_posts.refusals import UNAVAILABLE, Refused
from ascendant.read.x_posts.times import from_epoch, spelled, when
from ascendant.read.x_posts.told import Other, Pair, Told, activity, by_handle, metrics

_BETWEEN_LINKS: Final = re.compile(r",(?=https?://)")
_FROM_STATUS: Final = re.compile(r"/status(?:es)?/(\d+)")


def read(row: Cells, pointer: str) -> Pair:
    """A post as 4CAT writes it: it tells that a post is a repost, quote or reply, and of whom, not of which post."""
    handle = row.text("author")
    if handle == row.text("author_id") == "UNKNOWN":
        raise Refused(UNAVAILABLE)
    key = post_key(row.key("id"))
    actor = account_id(row.key("author_id"), handle)
    seconds, written = row.number("unix_timestamp"), row.text("timestamp")
    moment: tuple[int | None, str | None, str | None]
    if seconds is not None:
        moment = (from_epoch(seconds), "epoch", "s")
    else:
        moment = spelled(written) if written else when(None, key)
    text = row.text("body")
    links = tuple(link for link in _BETWEEN_LINKS.split(row.text("urls") or "") if link)

    def other(flag: str, column: str) -> Other | None:
        if not row.flag(flag):
            return None
        named = row.text(column)
        if named is None and flag == "is_retweet":
            named = reposted_handle(text)
        return Other(_linked(links, named) if flag == "is_quote_tweet" else None, by_handle(named, handle, actor))

    told = Told(
        key=key,
        actor=actor,
        moment=moment,
        text=text,
        root=other("is_retweet", "retweeted_user"),
        answered=other("is_reply", "replied_user"),
        quoted=other("is_quote_tweet", "quoted_user"),
        lang=row.text("language_guess"),
        links=links,
        tags=tuple(row.parts("hashtags", ",")),
        mentions=tuple(by_handle(name.strip(), handle, actor) for name in row.parts("mentions", ",")),
        thread=row.key("thread_id"),
        metrics=metrics(row),
    )
    account = None
    if actor is not None and handle is not None:
        account = Account(
            account_id=actor,
            platform="x",
            handle=handle,
            name=row.text("author_fullname"),
            followers=row.count("author_followers"),
            resolved="exact",
        )
    return activity(told, pointer), account


def _linked(links: tuple[str, ...], handle: str | None) -> str | None:
    """Which post of that account a link leads to: the quoted one."""
    for link in links:
        found = _FROM_STATUS.search(link)
        if found and handle and (author_in_link(link, found[1]) or "").lower() == handle.lower():
            return found[1]
    return None

"""Rows of the known tables of posts of X -> an activity row and its author's account.

- `twarc_csv`: API v2 flattened by twarc-csv (84 columns; lists are JSON in cells, line ends are written `\\n`)
- `minet`: minet, twitwi and gazouilloire (lists joined by `|`); also their JSON form
- `four_cat`: 4CAT, from API v2 and from Zeeschuimer (others are named by handle, and reposts name no original)
- `release`: X's releases on information operations (31 columns; hashed ids, Python lists, times to the minute in UTC)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

import msgspec

from ascendant.activity import Account, Activity
from ascendant.read.x_posts.cells import Cells, Other, Told, activity, by_handle, metrics
from ascendant.read.x_posts.entities import (
    account_id,
    author_in_link,
    kind,
    post_key,
    reposted_handle,
    words,
)
from ascendant.read.x_posts.refusals import UNAVAILABLE, WRONG_TYPE, Refused
from ascendant.read.x_posts.times import from_epoch, since, spelled, when

Pair: TypeAlias = tuple[Activity, Account | None]
Shape: TypeAlias = Callable[[Cells, str], Pair]

_BETWEEN_LINKS: Final = re.compile(r",(?=https?://)")
_FROM_STATUS: Final = re.compile(r"/status(?:es)?/(\d+)")


def twarc_csv(row: Cells, pointer: str) -> Pair:
    """A post of API v2. Where twarc merged a repost with its original, words and lists are the original's."""
    key = post_key(row.key("id"))
    handle = row.text("author.username")
    actor = account_id(row.key("author_id") or row.key("author.id"), handle)
    collected_at = since(row.text("__twarc.retrieved_at"))
    told = Told(
        key=key,
        actor=actor,
        moment=when(row.text("created_at"), key),
        text=_lines(row.text("text")),
        root=_twarc_other(row, "retweeted", "retweeted"),
        answered=_twarc_other(row, "replied_to", "in_reply_to"),
        quoted=_twarc_other(row, "quoted", "quoted"),
        lang=row.text("lang"),
        links=tuple(link for link in _json_list(row, "entities.urls", "expanded_url") if "://" in link),
        tags=tuple(_json_list(row, "entities.hashtags", "tag")),
        mentions=tuple(account_id(None, one.lstrip("@")) for one in _json_list(row, "entities.mentions", "username")),
        thread=row.key("conversation_id"),
        metrics=metrics(
            row.count("public_metrics.like_count"),
            row.count("public_metrics.retweet_count"),
            row.count("public_metrics.reply_count"),
            row.count("public_metrics.quote_count"),
            row.count("public_metrics.impression_count"),
        ),
        collected_at=collected_at,
    )
    verified_type = row.text("author.verified_type")
    account = None
    if actor is not None and handle is not None:
        account = Account(
            account_id=actor,
            platform="x",
            handle=handle,
            name=row.text("author.name"),
            bio=words(_lines(row.text("author.description"))),
            url=row.text("author.url"),
            followers=row.count("author.public_metrics.followers_count"),
            following=row.count("author.public_metrics.following_count"),
            created_at=since(row.text("author.created_at")),
            verified=True if verified_type not in (None, "none") else row.flag("author.verified"),
            declared_kind=kind(verified_type),
            resolved="exact",
            collected_at=collected_at,
        )
    return activity(told, pointer), account


def minet(row: Cells, pointer: str) -> Pair:
    """A post as minet writes it. `local_time` depends on the collector's zone and is not read."""
    key = post_key(row.key("id"))
    handle = row.text("user_screen_name")
    actor = account_id(row.key("user_id"), handle)
    seconds = row.number("timestamp_utc")
    moment = when(None, key) if seconds is None else (from_epoch(seconds), "epoch", "s")
    collected_at = since(row.text("collection_time"))
    mentioned = row.parts("mentioned_ids")
    told = Told(
        key=key,
        actor=actor,
        moment=moment,
        text=row.text("text"),
        root=_other(row, "retweeted_id", "retweeted_user_id", "retweeted_user"),
        answered=_other(row, "to_tweetid", "to_userid", "to_username"),
        quoted=_other(row, "quoted_id", "quoted_user_id", "quoted_user"),
        lang=row.text("lang"),
        links=tuple(row.parts("links")),
        tags=tuple(row.parts("hashtags")),
        mentions=tuple(map(account_id, mentioned))
        or tuple(account_id(None, name) for name in row.parts("mentioned_names")),
        metrics=metrics(
            row.count("like_count"),
            row.count("retweet_count"),
            row.count("reply_count"),
            row.count("quote_count"),
            row.count("impression_count"),
        ),
        collected_at=collected_at,
    )
    verified_type = row.text("user_verified_type")
    account = None
    if actor is not None and handle is not None:
        opened = row.number("user_timestamp_utc")
        account = Account(
            account_id=actor,
            platform="x",
            handle=handle,
            name=row.text("user_name"),
            bio=words(row.text("user_description")),
            url=row.text("user_url"),
            followers=row.count("user_followers"),
            following=row.count("user_friends"),
            created_at=from_epoch(opened) if opened else None,
            verified=bool(kind(verified_type)) or row.flag("user_is_blue_verified") or row.flag("user_verified"),
            declared_kind=kind(verified_type),
            resolved="exact",
            collected_at=collected_at,
        )
    return activity(told, pointer), account


def four_cat(row: Cells, pointer: str) -> Pair:
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
        metrics=metrics(
            row.count("like_count"),
            row.count("retweet_count"),
            row.count("reply_count"),
            row.count("quote_count"),
            row.count("impression_count"),
        ),
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


def release(row: Cells, pointer: str) -> Pair:
    """A post of an information operation. Accounts with few followers are hashes, here and where others name them."""
    key = post_key(row.key("tweetid"))
    user = row.key("userid")
    actor = account_id(user)
    text = row.text("tweet_text")
    named = reposted_handle(text)
    root = None
    if row.flag("is_retweet"):
        root = Other(row.key("retweet_tweetid"), account_id(row.key("retweet_userid"), named))
    quoted = row.key("quoted_tweet_tweetid")
    told = Told(
        key=key,
        actor=actor,
        moment=when(row.text("tweet_time"), key),
        text=text,
        root=root,
        answered=_answered(row.key("in_reply_to_tweetid"), account_id(row.key("in_reply_to_userid"))),
        quoted=Other(quoted, _quoted_in(row.bracketed("urls"), quoted)) if quoted is not None else None,
        lang=row.text("tweet_language"),
        links=tuple(row.bracketed("urls")),
        tags=tuple(row.bracketed("hashtags")),
        mentions=tuple(map(account_id, row.bracketed("user_mentions"))),
        metrics=metrics(
            row.count("like_count"),
            row.count("retweet_count"),
            row.count("reply_count"),
            row.count("quote_count"),
            None,
        ),
    )
    account = None
    if actor is not None:
        handle, name = row.text("user_screen_name"), row.text("user_display_name")
        account = Account(
            account_id=actor,
            platform="x",
            handle=handle if handle != user else None,
            name=name if name != user else None,
            bio=words(row.text("user_profile_description")),
            url=row.text("user_profile_url"),
            followers=row.count("follower_count"),
            following=row.count("following_count"),
            created_at=since(row.text("account_creation_date")),
            resolved="exact",
        )
    return activity(told, pointer), account


SHAPES: Final[dict[str, tuple[frozenset[str], Shape]]] = {
    "twarc-csv": (frozenset({"id", "author_id", "created_at", "text", "conversation_id"}), twarc_csv),
    "minet": (frozenset({"id", "timestamp_utc", "user_screen_name", "text"}), minet),
    "4cat": (frozenset({"id", "thread_id", "timestamp", "body", "author", "is_retweet"}), four_cat),
    "release": (frozenset({"tweetid", "userid", "tweet_time", "tweet_text"}), release),
}


def shape_of(header: list[str]) -> str | None:
    """The table that a header belongs to.

    >>> shape_of(["tweetid", "userid", "tweet_time", "tweet_text"]), shape_of(["id", "text"])
    ('release', None)
    """
    names = {name.strip() for name in header}
    return next((shape for shape, (needed, _) in SHAPES.items() if needed <= names), None)


def _other(row: Cells, key: str, author_id: str, handle: str) -> Other | None:
    found = row.key(key)
    return Other(found, account_id(row.key(author_id), row.text(handle))) if found is not None else None


def _twarc_other(row: Cells, reference: str, who: str) -> Other | None:
    found = row.key(f"referenced_tweets.{reference}.id")
    if found is None:
        return None
    handle = row.text(f"{who}_username")
    if handle is None and reference == "retweeted":
        handle = reposted_handle(row.text("text"))
    return Other(found, account_id(row.key(f"{who}_user_id"), handle))


def _answered(key: str | None, author: str | None) -> Other | None:
    return Other(key, author) if key is not None else None


def _linked(links: tuple[str, ...], handle: str | None) -> str | None:
    """Which post of that account a link leads to: the quoted one."""
    for link in links:
        found = _FROM_STATUS.search(link)
        if found and handle and (author_in_link(link, found[1]) or "").lower() == handle.lower():
            return found[1]
    return None


def _quoted_in(links: list[str], key: str | None) -> str | None:
    handles = (author_in_link(link, key) for link in links) if key is not None else ()
    return account_id(None, next((handle for handle in handles if handle), None))


def _lines(text: str | None) -> str | None:
    """twarc-csv writes line ends as two signs."""
    return text.replace("\\n", "\n") if text else text


def _json_list(row: Cells, column: str, field: str) -> list[str]:
    """A list in JSON: of words, or in older versions of objects with the word in `field`."""
    written = row.text(column)
    if written is None:
        return []
    try:
        items = msgspec.json.decode(written, type=list[str | dict[str, object]])
    except (msgspec.DecodeError, UnicodeError):
        raise Refused(WRONG_TYPE, column) from None
    found = (item if isinstance(item, str) else item.get(field) for item in items)
    return [item for item in found if isinstance(item, str) and item]

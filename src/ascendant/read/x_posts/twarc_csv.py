"""A row of twarc-csv (API v2 flattened to 84 columns; lists are JSON, line ends two signs) -> a post and its author."""

from __future__ import annotations

import msgspec

from ascendant.activity import Account
from ascendant.read.x_posts.cells import Cells
from ascendant.read.x_posts.entities import account_id, kind, post_key, reposted_handle, words
from ascendant.read.x_posts.refusals import WRONG_TYPE, Refused
from ascendant.read.x_posts.times import since, when
from ascendant.read.x_posts.told import Other, Pair, Told, activity, metrics


def read(row: Cells, pointer: str) -> Pair:
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
        root=_other(row, "retweeted", "retweeted"),
        answered=_other(row, "replied_to", "in_reply_to"),
        quoted=_other(row, "quoted", "quoted"),
        lang=row.text("lang"),
        links=tuple(link for link in _json_list(row, "entities.urls", "expanded_url") if "://" in link),
        tags=tuple(_json_list(row, "entities.hashtags", "tag")),
        mentions=tuple(account_id(None, one.lstrip("@")) for one in _json_list(row, "entities.mentions", "username")),
        thread=row.key("conversation_id"),
        metrics=metrics(row, "public_metrics."),
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


def _other(row: Cells, reference: str, who: str) -> Other | None:
    found = row.key(f"referenced_tweets.{reference}.id")
    if found is None:
        return None
    handle = row.text(f"{who}_username")
    if handle is None and reference == "retweeted":
        handle = reposted_handle(row.text("text"))
    return Other(found, account_id(row.key(f"{who}_user_id"), handle))


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

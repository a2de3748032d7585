"""A row of minet, twitwi or gazouilloire (lists joined by `|`), from a table or from JSON -> a post and its author."""

from __future__ import annotations

from ascendant.activity import Account
from ascendant.read.x_posts.cells import Cells
from ascendant.read.x_posts.entities import account_id, kind, post_key, words
from ascendant.read.x_posts.times import from_epoch, since, when
from ascendant.read.x_posts.told import Other, Pair, Told, activity, metrics


def read(row: Cells, pointer: str) -> Pair:
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
        metrics=metrics(row),
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


def _other(row: Cells, key: str, author_id: str, handle: str) -> Other | None:
    found = row.key(key)
    return Other(found, account_id(row.key(author_id), row.text(handle))) if found is not None else None

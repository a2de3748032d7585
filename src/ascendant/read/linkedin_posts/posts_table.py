"""A row of a plain table of posts -> a post, a comment or a share, and its author's account.

    post_id, author_id, author_name, author_type, author_followers, author_headline, created_at, text, url,
    reshared_post_id, reshared_author_id, parent_post_id, parent_author_id, likes, comments, reposts, hashtags, mentions

`post_id` is the number or the urn; `parent_*` make it a comment on that post, `reshared_*` a share: a repost where it
has no words of its own, else a quote. Lists are joined by `|`. Only `post_id` and `author_id` are needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ascendant.activity import Account, Activity
from ascendant.read.known_tables import NO_ID, Columns, News, Row, counted
from ascendant.read.linkedin_ids import account_key, is_organisation, post_key, time_of
from ascendant.read.links import distinct, links_in
from ascendant.read.tabular.cells import Unreadable, tags
from ascendant.read.x_posts.entities import tags_in

NEEDED: Final = frozenset({"post_id", "author_id", "reshared_post_id", "parent_post_id"})

_COUNTS: Final = {"likes": ("likes",), "replies": ("comments",), "reposts": ("reposts",), "views": ("views",)}
_PEOPLE: Final = frozenset({"person", "member", "profile", "user", "people"})


class PostsTable:
    """Reads the rows of one file."""

    def __init__(self, columns: Columns) -> None:
        self.notes: list[str] = []
        self._news = News()

    def read(self, row: Row, pointer: str) -> Iterator[Activity | Account]:
        """The act, and its author where the row says something new of it."""
        key = post_key(row.text("post_id"))
        if key is None:
            raise Unreadable(NO_ID)
        actor = account_key(row.text("author_id"))
        time = row.time("created_at") or time_of(key)
        text = row.text("text")
        parent, reshared = post_key(row.text("parent_post_id")), post_key(row.text("reshared_post_id"))
        verb, other, other_author, relay = "post", None, None, None
        if parent is not None:
            verb, other, other_author = "reply", parent, account_key(row.text("parent_author_id"))
        elif reshared is not None:
            verb, relay = ("quote", "quote") if text else ("repost", "pure")
            other, other_author = reshared, account_key(row.text("reshared_author_id"))
        metrics, missing = counted(row, _COUNTS, self.notes)
        missing += ["actor_id"] if actor is None else []
        missing += ["happened_at"] if time is None else []
        missing += ["object_author_id"] if other is not None and other_author is None else []
        links = [link for link in (row.text("url"), *links_in(text)) if link and not _leads_to(link, key, other)]
        listed, named = row.text("hashtags"), row.text("mentions")
        yield Activity(
            activity_id=f"linkedin:{key}",
            platform="linkedin",
            verb=verb,
            relay=relay,
            actor_id=actor,
            object_id=f"linkedin:{other}" if other is not None else None,
            object_author_id=other_author,
            object_kind="post" if other is not None else None,
            happened_at=time[0] if time else None,
            time_precision=time[1] if time else None,
            time_basis=time[2] if time else None,
            text=text,
            urls=distinct(links),
            hashtags=tuple(dict.fromkeys(tags(listed) or ())) or None if listed else tags_in(text or ""),
            mentions=_accounts(named),
            metrics=metrics,
            missing=tuple(missing) or None,
            source_pointer=pointer,
        )
        if actor is not None and self._news.about(account := _account(row, actor)):
            yield account


def _account(row: Row, actor: str) -> Account:
    kind = (row.text("author_type") or "").strip().lower()
    followers = row.count("author_followers")
    if not kind and is_organisation(actor):
        kind = "company"
    return Account(
        account_id=actor,
        platform="linkedin",
        name=row.text("author_name"),
        bio=row.text("author_headline"),
        followers=followers if followers is not None and followers >= 0 else None,
        declared_kind=kind if kind and kind not in _PEOPLE else None,
        resolved="exact",
    )


def _accounts(named: str | None) -> tuple[str, ...] | None:
    found = [account_key(one) for one in (named or "").split("|")]
    return tuple(dict.fromkeys(one for one in found if one is not None)) or None


def _leads_to(link: str, *keys: str | None) -> bool:
    """Whether a link is the address of one of these posts."""
    if "linkedin.com" not in link:
        return False
    try:
        return post_key(link) in [key for key in keys if key is not None]
    except Unreadable:
        return False

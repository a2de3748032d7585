"""A row of the table that 4CAT makes of LinkedIn's pages -> a post, and its author's account.

The table does not name what a share passes on: shares cannot be told from posts, and the coverage says so. Its
`timestamp` is the time of collection less "18h", and is not used. Accounts that a text mentions are written without
telling people from organisations: they are taken for people.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ascendant.activity import Account, Activity, Ad, content_id
from ascendant.errors import mark
from ascendant.read.known_tables import NO_ID, Columns, News, Row, counted, instant
from ascendant.read.linkedin_ids import account_at, followers_in, is_organisation, post_key, time_of
from ascendant.read.links import distinct, links_in
from ascendant.read.tabular.cells import Unreadable, tags
from ascendant.read.x_posts.entities import tags_in

NEEDED: Final = frozenset({"id", "body", "timestamp_ago", "is_promoted", "author", "author_is_company"})

NO_SHARES: Final = mark("4CAT's table of LinkedIn does not name what a share passes on: shares stand as posts")
PROMOTED_CONFIDENCE: Final = 0.9  # what shows no digit in "18h" may also be "just now"

_COUNTS: Final = {"likes": ("reactions",), "replies": ("comments",), "reposts": ("shares",)}


class FourCat:
    """Reads the rows of one file."""

    def __init__(self, columns: Columns) -> None:
        self.notes = [NO_SHARES]
        self._news = News()

    def read(self, row: Row, pointer: str) -> Iterator[Activity | Account]:
        """The post; that it was shown as an advertisement; its author."""
        key = post_key(row.text("id"))
        if key is None:
            raise Unreadable(NO_ID)
        actor = account_at(row.text("author")) or account_at(row.text("author_url"))
        time, collected_at = time_of(key), _collected(row)
        text = row.text("body")
        metrics, missing = counted(row, _COUNTS, self.notes)
        missing += ["actor_id"] if actor is None else []
        missing += ["happened_at"] if time is None else []
        listed = row.text("hashtags")
        mentions = [account_at(f"in/{name.strip()}") for name in (row.text("author_mentions") or "").split(",")]
        post = Activity(
            activity_id=f"linkedin:{key}",
            platform="linkedin",
            verb="post",
            actor_id=actor,
            happened_at=time[0] if time else None,
            time_precision=time[1] if time else None,
            time_basis=time[2] if time else None,
            text=text,
            urls=distinct([row.text("link_url"), *links_in(text)]),
            hashtags=tuple(dict.fromkeys(tags(listed) or ())) or None if listed else tags_in(text or ""),
            mentions=tuple(dict.fromkeys(one for one in mentions if one is not None)) or None,
            metrics=metrics,
            collected_at=collected_at,
            missing=tuple(missing) or None,
            source_pointer=pointer,
        )
        yield post
        if (row.text("is_promoted") or "").strip().lower() == "yes" and row.text("timestamp_ago") is not None:
            yield shown_as_ad(post)
        if actor is not None and self._news.about(account := _account(row, actor, collected_at)):
            yield account


def shown_as_ad(post: Activity) -> Activity:
    """That a promoted post was shown to whoever collected it: it is no act of its author."""
    return Activity(
        activity_id=content_id("linkedin", "ad_view", post.activity_id, post.collected_at),
        platform="linkedin",
        verb="ad_view",
        direction="to_me",
        actor_id=post.actor_id,
        object_id=post.activity_id,
        object_author_id=post.actor_id,
        object_kind="ad",
        happened_at=post.collected_at,
        time_basis="epoch" if post.collected_at is not None else None,
        time_precision="s" if post.collected_at is not None else None,
        ad=Ad(advertiser=post.actor_id),
        confidence=PROMOTED_CONFIDENCE,
        collected_at=post.collected_at,
        source_pointer=post.source_pointer,
    )


def _account(row: Row, actor: str, collected_at: int | None) -> Account:
    is_company = (row.text("author_is_company") or "").strip().lower() == "yes" or is_organisation(actor)
    about = row.text("author_description")
    followers = followers_in(about) if is_company else None
    return Account(
        account_id=actor,
        platform="linkedin",
        handle=actor.partition("@")[2] or None,
        name=row.text("author_name"),
        bio=about if followers is None else None,
        followers=followers,
        url=row.text("author_url"),
        declared_kind="company" if is_company else None,
        resolved="exact",
        collected_at=collected_at,
    )


def _collected(row: Row) -> int | None:
    seconds = row.count("unix_timestamp_collected")
    if seconds is not None and 0 < seconds < 4_102_444_800:
        return seconds * 1_000_000
    written = row.text("timestamp_collected")
    try:
        return instant(written)[0] if written else None
    except Unreadable:
        return None

"""A row of the Meta Content Library -> a post or a share, and the accounts that it names.

`statistics.reaction_count` (all reactions) is what we call likes; where it is not there, `statistics.like_count`. A
share names the shared post by its id alone: whose it is, is known where the study holds that post. Views were
counted on `statistics.views_date_last_refreshed`, which is the day of the whole row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ascendant.activity import Account, Activity, Ad
from ascendant.errors import mark
from ascendant.read.known_tables import NO_ID, Columns, News, Row, counted
from ascendant.read.links import distinct, links_in
from ascendant.read.tabular.cells import Unreadable, tags
from ascendant.read.x_posts.entities import tags_in

NEEDED: Final = frozenset({"id", "creation_time", "post_owner.id"})

NO_SHARES: Final = mark("the file has no column shared_post_id: shares cannot be told from posts")
NO_TEXTS: Final = mark("the file has no column text: words, hashtags and most links are unknown")
HIDDEN_AUTHORS: Final = mark("some authors inside groups are not named: the group stands for them")

_PLATFORMS: Final = ("facebook", "instagram", "threads")
_COUNTS: Final = {
    "likes": ("statistics.reaction_count", "statistics.like_count"),
    "reposts": ("statistics.share_count",),
    "replies": ("statistics.comment_count",),
    "views": ("statistics.views",),
}
_NO_LANGUAGE: Final = frozenset({"und", "unknown", "zxx", "xx"})


class ContentLibrary:
    """Reads the rows of one file."""

    def __init__(self, columns: Columns) -> None:
        self.notes = [note for name, note in (("shared_post_id", NO_SHARES), ("text", NO_TEXTS)) if name not in columns]
        self._news = News()

    def read(self, row: Row, pointer: str) -> Iterator[Activity | Account]:
        """The post, then each account of which the row says something new."""
        key = row.key("id")
        if key is None:
            raise Unreadable(NO_ID)
        platform = _platform(row)
        owner, surface = _account(row, "post_owner", platform), _account(row, "surface", platform)
        if owner is None and surface is not None and surface.declared_kind == "group":
            owner = surface
            if HIDDEN_AUTHORS not in self.notes:
                self.notes.append(HIDDEN_AUTHORS)
        yield self._post(row, key, platform, owner, surface, pointer)
        for account in (owner, surface):
            if account is not None and self._news.about(account):
                yield account

    def _post(
        self, row: Row, key: str, platform: str, owner: Account | None, surface: Account | None, pointer: str
    ) -> Activity:
        text = row.text("text")
        shared = row.key("shared_post_id")
        shared = None if shared == key else shared
        time, collected = row.time("creation_time"), row.time("statistics.views_date_last_refreshed")
        metrics, missing = counted(row, _COUNTS, self.notes)
        missing += ["actor_id"] if owner is None else []
        missing += ["happened_at"] if time is None else []
        missing += ["object_author_id"] if shared else []
        lang = row.text("lang")
        listed = row.text("hashtags")
        is_elsewhere = surface is not None and (
            surface.declared_kind == "group" or owner is None or surface.account_id != owner.account_id
        )
        return Activity(
            activity_id=f"{platform}:{key}",
            platform=platform,
            verb="repost" if shared else "post",
            relay=("with_comment" if text else "pure") if shared else None,
            actor_id=owner.account_id if owner is not None else None,
            object_id=f"{platform}:{shared}" if shared else None,
            object_kind="post" if shared else None,
            context_id=surface.account_id if surface is not None and is_elsewhere else None,
            happened_at=time[0] if time else None,
            time_precision=time[1] if time else None,
            time_basis=time[2] if time else None,
            text=text,
            lang=lang if lang and lang.lower() not in _NO_LANGUAGE else None,
            urls=distinct([row.text("link_attachment.link"), *links_in(text)]),
            hashtags=tuple(dict.fromkeys(tags(listed) or ())) or None if listed else tags_in(text or ""),
            ad=Ad() if (row.text("is_branded_content") or "").strip().lower() in ("true", "1", "yes") else None,
            metrics=metrics,
            collected_at=collected[0] if collected else None,
            missing=tuple(missing) or None,
            source_pointer=pointer,
        )


def _platform(row: Row) -> str:
    kind = (row.text("post_owner.type") or row.text("surface.type") or "").lower()
    return next((name for name in _PLATFORMS if kind.startswith(name)), "facebook")


def _account(row: Row, prefix: str, platform: str) -> Account | None:
    key = row.key(f"{prefix}.id")
    if key is None:
        return None
    kind = (row.text(f"{prefix}.type") or "").lower().removeprefix(f"{platform}_")
    handle = row.text(f"{prefix}.username")
    return Account(
        account_id=f"{platform}:{key}",
        platform=platform,
        handle=handle.strip().removeprefix("@") or None if handle else None,
        name=row.text(f"{prefix}.name"),
        declared_kind=kind or None,
        resolved="exact",
    )

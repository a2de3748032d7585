"""A row of a CrowdTangle export (of pages, of groups, of Instagram) -> a post or a share, and the accounts it names.

Reactions of all kinds together are what we call likes, as in the Content Library. A share is known by its link, which
leads to a post of somebody else. Times are those of the dashboard, in a zone that is written as an abbreviation:
one that stands for several zones is taken as UTC, and the coverage says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ascendant.activity import Account, Activity, Ad, Metrics, content_id
from ascendant.errors import mark
from ascendant.read.facebook_posts.addresses import Address, address, post_id
from ascendant.read.known_tables import NO_ID, Columns, News, Row, counted, instant
from ascendant.read.links import distinct, links_in, unwrapped
from ascendant.read.tabular.cells import Unreadable
from ascendant.read.tabular.instants import Instant
from ascendant.read.x_posts.entities import tags_in

NEEDED_PAGES: Final = frozenset({"page name", "post created", "url", "total interactions"})
NEEDED_GROUPS: Final = frozenset({"group name", "post created", "url", "total interactions"})
NEEDED_INSTAGRAM: Final = frozenset({"account", "user name", "post created", "url", "description"})

GROUPS_STAND: Final = mark("authors inside groups are not named: each group stands for its members")
UNKNOWN_ZONES: Final = mark("some times name a zone that stands for several: they were taken as UTC")
NO_TIME: Final = mark("no time")
NO_ZONE: Final = mark("some times name no zone: they were taken as UTC")

_REACTIONS: Final = ("likes", "love", "wow", "haha", "sad", "angry", "care", "thankful")
_COUNTS: Final = {
    "reposts": ("shares",),
    "replies": ("comments",),
    "views": ("post views", "views", "total views"),
}
_WRITTEN: Final = re.compile(r"(\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?)\s*(.*)")
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?")

# Hours from UTC. What stands for several zones in use (IST, AST ...) is left out; CST and BST are read as American and
# British, since their other meanings (China, Bangladesh) print no abbreviation of their own in Java, which wrote these.
_ZONE_HOURS: Final = {
    zone: hours
    for hours, zones in (
        (-10, "HST"),
        (-9, "AKST"),
        (-8, "PST AKDT"),
        (-7, "PDT MST"),
        (-6, "MDT CST"),
        (-5, "CDT EST"),
        (-4, "EDT"),
        (-3, "ADT BRT ART"),
        (0, "UTC UT Z GMT WET"),
        (1, "BST WEST CET WAT"),
        (2, "CEST EET SAST CAT"),
        (3, "EEST MSK EAT"),
        (8, "SGT HKT PHT AWST"),
        (9, "JST KST"),
        (10, "AEST"),
        (11, "AEDT"),
        (12, "NZST"),
        (13, "NZDT"),
    )
    for zone in zones.split()
}


class CrowdTangle:
    """Reads the rows of one file."""

    def __init__(self, columns: Columns) -> None:
        self.notes: list[str] = []
        self._news = News()
        self._is_instagram = "account" in columns and "page name" not in columns and "group name" not in columns
        self._platform = "instagram" if self._is_instagram else "facebook"
        self._name, self._kind = (
            "account" if self._is_instagram else "page name",
            None if self._is_instagram else "page",
        )
        if "group name" in columns and "page name" not in columns:
            self._name, self._kind = "group name", "group"
            self.notes.append(GROUPS_STAND)

    def read(self, row: Row, pointer: str) -> Iterator[Activity | Account]:
        """The post, its author, and who paid for it."""
        time = self._time(row)
        author, sponsor = self._author(row, time), self._sponsor(row)
        yield self._post(row, time, author, sponsor, pointer)
        for account in (author, sponsor):
            if account is not None and self._news.about(account):
                yield account

    def _post(self, row: Row, time: Instant, author: Account | None, sponsor: Account | None, pointer: str) -> Activity:
        text = row.text("description" if self._is_instagram else "message")
        own = address(row.text("url"))
        owner = author.account_id.partition(":")[2].lstrip("@") if author is not None else None
        link, final = row.text("link"), row.text("final link")
        shared = None if self._is_instagram else self._shared(row, own)
        metrics, missing = self._metrics(row)
        missing += ["actor_id"] if author is None else []
        missing += ["object_author_id"] if shared is not None and shared.owner is None else []
        links = distinct([final or link, *(one for one in links_in(text) if one != link)]) or ()
        names = self._names(row, own)
        return Activity(
            activity_id=self._activity_id(row, own, owner, time),
            platform=self._platform,
            verb="repost" if shared is not None else "post",
            relay=("with_comment" if text else "pure") if shared is not None else None,
            actor_id=author.account_id if author is not None else None,
            object_id=post_id("facebook", shared.key, shared.owner) if shared is not None else None,
            object_author_id=_account_id(shared.owner) if shared is not None else None,
            object_kind="post" if shared is not None else None,
            context_id=author.account_id if author is not None and self._kind == "group" else None,
            happened_at=time[0],
            time_precision=time[1],
            time_basis=time[2],
            text=text,
            urls=tuple(one for one in links if not _is_of(address(one), own, shared, names)) or None,
            hashtags=tags_in(text or ""),
            ad=Ad(advertiser=sponsor.name) if sponsor is not None else None,
            metrics=metrics,
            missing=tuple(missing) or None,
            source_pointer=pointer,
        )

    def _activity_id(self, row: Row, own: Address | None, owner: str | None, time: Instant) -> str:
        if own is not None:
            return post_id(self._platform, own.key, owner or own.owner)
        link = row.text("url")
        if link is None and owner is None:
            raise Unreadable(NO_ID)
        return content_id(self._platform, "post", link or (owner, time[0]))

    def _shared(self, row: Row, own: Address | None) -> Address | None:
        """The post of somebody else that the link leads to."""
        names = self._names(row, own)
        for link in (row.text("final link"), row.text("link")):
            found = address(unwrapped(link)) if link else None
            if found is not None and found.owner and not _is_of(found, own, None, names):
                return found
        return None

    def _names(self, row: Row, own: Address | None) -> set[str]:
        """How addresses may name the owner of the post itself."""
        names = {(row.text(name) or "").strip().lower() for name in ("user name", "facebook id")}
        return names | ({own.owner.lower()} if own is not None and own.owner else set())

    def _metrics(self, row: Row) -> tuple[Metrics | None, list[str]]:
        metrics, missing = counted(row, _COUNTS, self.notes)
        found = {name: getattr(metrics, name) for name in _COUNTS} if metrics is not None else {}
        # For anything but a video, CrowdTangle writes 0 views where it counts none.
        if found.get("views") == 0 and "video" not in (row.text("type") or "").lower():
            found["views"] = None
        written = [name for name in _REACTIONS if row.text(name) is not None]
        reactions = [row.count(name) for name in written]
        if written and all(n is not None and n >= 0 for n in reactions):
            found["likes"] = sum(n for n in reactions if n is not None)
        elif written:
            missing.append("likes")
        return (Metrics(**found) if any(n is not None for n in found.values()) else None), missing

    def _author(self, row: Row, time: Instant) -> Account | None:
        key, handle = row.key("facebook id"), row.text("user name")
        handle = handle.strip().removeprefix("@") or None if handle else None
        if key is None and handle is None:
            return None
        created = row.text("page created")
        category = row.text("page category")
        return Account(
            account_id=f"{self._platform}:{key}" if key else f"{self._platform}:@{str(handle).lower()}",
            platform=self._platform,
            handle=handle,
            name=row.text(self._name),
            bio=row.text("page description"),
            followers=_first(row, "followers at posting", "size at posting"),
            created_at=_opened(created) if created else None,
            declared_kind=(self._kind if self._kind == "group" else category.lower() if category else self._kind),
            resolved="exact",
            collected_at=time[0],  # followers are those at posting
        )

    def _sponsor(self, row: Row) -> Account | None:
        key, name, category = row.key("sponsor id"), row.text("sponsor name"), row.text("sponsor category")
        if key is None and name is None:
            return None
        return Account(
            account_id=f"{self._platform}:{key}" if key else f"{self._platform}:name:{name}",
            platform=self._platform,
            name=name,
            declared_kind=category.lower() if category else None,
            resolved="exact" if key else "name_only",
        )

    def _time(self, row: Row) -> Instant:
        written = row.text("post created")
        if written is None:
            day, clock = row.text("post created date"), row.text("post created time")
            if day is None:
                raise Unreadable(NO_TIME)
            written = f"{day} {clock}" if clock else day
        found = _WRITTEN.fullmatch(written.strip())
        if found is None:
            time = instant(written)
            self._note(NO_ZONE if time[2] == "assumed_utc" else None)
            return time
        offset = _offset(found[2])
        if offset is None:
            self._note(UNKNOWN_ZONES if found[2] else NO_ZONE)
            return instant(found[1])
        return instant(found[1] + offset)

    def _note(self, note: str | None) -> None:
        if note is not None and note not in self.notes:
            self.notes.append(note)


def _is_of(found: Address | None, own: Address | None, shared: Address | None, names: set[str]) -> bool:
    """Whether an address is that of the post itself, of its pictures, or of the post that it passes on."""
    if found is None:
        return False
    is_own = (own is not None and found.key == own.key) or (found.owner is not None and found.owner.lower() in names)
    return is_own or (shared is not None and found.key == shared.key)


def _offset(zone: str) -> str | None:
    """`EDT` -> `-04:00`; None where it stands for several zones or for none."""
    if (hours := _ZONE_HOURS.get(zone.upper())) is not None:
        return f"{'-' if hours < 0 else '+'}{abs(hours):02}:00"
    found = _OFFSET.fullmatch(zone.upper())
    return f"{found[1]}{int(found[2]):02}:{found[3] or '00'}" if found else None


def _account_id(owner: str | None) -> str | None:
    if not owner:
        return None
    return f"facebook:{owner}" if owner.isdecimal() else f"facebook:@{owner.lower()}"


def _opened(written: str) -> int | None:
    try:
        return instant(written)[0]
    except Unreadable:
        return None


def _first(row: Row, *names: str) -> int | None:
    found = next((n for name in names if (n := row.count(name)) is not None), None)
    return found if found is not None and found >= 0 else None

"""Likes, follows, lists, searches, votes, opened links, connected applications -> rows.

None of these files tells when somebody followed, blocked or liked: an unknown time stays unknown. Likes stand in the
order in which they were given, the newest first: that is told as `time_order`. The id of a liked post gives the time of
the post, which is not that of the like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from ascendant.activity import Activity, Ad, content_id
from ascendant.read.x_archive.records import (
    ApplicationLine,
    LikeLine,
    LinkClickLine,
    ListLine,
    NamedLine,
    NoteRatingLine,
    SearchLine,
)
from ascendant.read.x_archive.story import UNKNOWN, UNKNOWN_RECORD, Item, Moment, Owner, Place, digits, moment, texts
from ascendant.read.x_posts.entities import tags_in, words
from ascendant.read.x_posts.refusals import NO_ID, Refused
from ascendant.read.x_posts.times import from_epoch

_LIST: Final = re.compile(
    r"(?i)https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?:i/lists/(\d+)|(\w{1,50})/lists/([^/?#]+))"
)

Tell = Callable[[object, Place], Iterator[Item]]


def likes(owner: Owner) -> Callable[[LikeLine, Place], Iterator[Item]]:
    """Posts that the owner liked; nobody tells who wrote them."""

    def tell(line: LikeLine, place: Place) -> Iterator[Item]:
        like = line.like or line
        key = digits(like.tweet_id)
        if key is None:
            raise Refused(NO_ID)
        text = words(like.full_text) or None
        yield Activity(
            activity_id=content_id("x", "react", owner.key, key),
            platform="x",
            verb="react",
            direction="by_me",
            actor_id=owner.key,
            object_id=f"x:{key}",
            object_kind="post",
            time_basis="order_only",
            time_precision="none",
            time_order=place.order,
            text=text,
            hashtags=tags_in(text) if text and "#" in text else None,
            text_repaired=place.is_repaired,
            collected_at=owner.collected_at,
            # X leaves out the words of a post that is gone.
            missing=("object_author_id", "happened_at") if text else ("object_author_id", "happened_at", "text"),
            source_file=place.file,
            source_pointer=place.pointer,
        )

    return tell


def named(owner: Owner, verb: str) -> Callable[[NamedLine, Place], Iterator[Item]]:
    """Accounts that follow the owner (`verb` is `followed`), or that the owner follows, blocks or mutes."""

    def tell(line: NamedLine, place: Place) -> Iterator[Item]:
        one = line.follower or line.following or line.blocking or line.muting or line
        key = digits(one.account_id)
        if key is None:
            raise Refused(NO_ID)
        is_me = verb != "followed"
        actor, other = (owner.key, f"x:{key}") if is_me else (f"x:{key}", owner.key)
        kept = verb if is_me else "follow"
        yield Activity(
            activity_id=content_id("x", kept, actor, other),
            platform="x",
            verb=kept,
            direction="by_me" if is_me else "to_me",
            actor_id=actor,
            object_id=other,
            object_author_id=other,
            object_kind="account",
            collected_at=owner.collected_at,
            missing=("happened_at",),
            source_file=place.file,
            source_pointer=place.pointer,
        )

    return tell


def lists(owner: Owner, role: str) -> Callable[[ListLine, Place], Iterator[Item]]:
    """Lists that the owner keeps (`created`), follows (`subscribed`), or was put on by somebody (`member`)."""
    verb, direction = {"created": ("save", "by_me"), "subscribed": ("follow", "by_me"), "member": ("join", "to_me")}[
        role
    ]

    def tell(line: ListLine, place: Place) -> Iterator[Item]:
        info = line.user_list_info
        if info is None:
            raise Refused(UNKNOWN_RECORD)
        urls = [*([info.url] if info.url else []), *texts(info.urls)]
        for number, url in enumerate(urls):
            found = _LIST.match(url)
            if found is None:
                raise Refused(UNKNOWN_RECORD)
            keeper = owner.account(None, found[2]) if found[2] else None
            name = f"x:list/{found[1]}" if found[1] else f"x:list/{found[2].lower()}/{found[3]}"
            yield Activity(
                activity_id=content_id("x", verb, role, owner.key, name),
                platform="x",
                verb=verb,
                direction=direction,
                actor_id=keeper if role == "member" else owner.key,
                object_id=owner.key if role == "member" else name,
                object_author_id=owner.key if role == "member" else keeper,
                object_kind="account" if role == "member" else "list",
                context_id=name,
                urls=(url,),
                collected_at=owner.collected_at,
                missing=("happened_at",),
                source_file=place.file,
                source_pointer=place.pointer if len(urls) == 1 else f"{place.pointer}/{number}",
            )

    return tell


def searches(owner: Owner) -> Callable[[SearchLine, Place], Iterator[Item]]:
    """Searches that the owner kept."""

    def tell(line: SearchLine, place: Place) -> Iterator[Item]:
        search = line.saved_search
        if search is None or not search.query:
            raise Refused(UNKNOWN_RECORD)
        yield Activity(
            activity_id=content_id("x", "save", owner.key, search.query),
            platform="x",
            verb="save",
            direction="by_me",
            actor_id=owner.key,
            object_kind="query",
            text=search.query,
            text_repaired=place.is_repaired,
            collected_at=owner.collected_at,
            missing=("happened_at",),
            source_file=place.file,
            source_pointer=place.pointer,
        )

    return tell


def note_ratings(owner: Owner) -> Callable[[NoteRatingLine, Place], Iterator[Item]]:
    """Votes on community notes."""

    def tell(line: NoteRatingLine, place: Place) -> Iterator[Item]:
        rating = line.community_note_rating or line.birdwatch_note_rating or line.birdwatch_rating
        key = digits(rating.note_id) if rating is not None else None
        if rating is None or key is None:
            raise Refused(NO_ID)
        happened_at, basis, precision = _instant(rating.created_at)
        yield Activity(
            activity_id=content_id("x", "vote", owner.key, key),
            platform="x",
            verb="vote",
            direction="by_me",
            actor_id=owner.key,
            object_id=f"x:note/{key}",
            object_kind="comment",
            happened_at=happened_at,
            time_basis=basis,
            time_precision=precision,
            collected_at=owner.collected_at,
            source_file=place.file,
            source_pointer=place.pointer,
        )

    return tell


def link_clicks(owner: Owner) -> Callable[[LinkClickLine, Place], Iterator[Item]]:
    """Links that the owner opened: those of about 30 days, on a telephone."""

    def tell(line: LinkClickLine, place: Place) -> Iterator[Item]:
        inner = line.user_interactions_data.link_click if line.user_interactions_data is not None else None
        click = inner or line.link_click or line
        key = digits(click.tweet_id)
        if key is None and not click.final_url:
            raise Refused(UNKNOWN_RECORD)
        happened_at, basis, precision = moment(click.time_stamp_of_interaction)
        yield Activity(
            activity_id=content_id("x", "click", owner.key, key, click.final_url, happened_at),
            platform="x",
            verb="click",
            direction="by_me",
            actor_id=owner.key,
            object_id=f"x:{key}" if key is not None else None,
            object_kind="url",
            happened_at=happened_at,
            time_basis=basis,
            time_precision=precision,
            urls=(click.final_url,) if click.final_url else None,
            collected_at=owner.collected_at,
            missing=None if happened_at is not None else ("happened_at",),
            source_file=place.file,
            source_pointer=place.pointer,
        )

    return tell


def applications(owner: Owner) -> Callable[[ApplicationLine, Place], Iterator[Item]]:
    """Applications that may read, or act, for the owner."""

    def tell(line: ApplicationLine, place: Place) -> Iterator[Item]:
        one = line.connected_application
        if one is None or not (one.name or one.id):
            raise Refused(UNKNOWN_RECORD)
        happened_at, basis, precision = moment(one.approved_at)
        maker = one.organization.name if one.organization is not None else None
        url = one.organization.url if one.organization is not None else None
        yield Activity(
            activity_id=content_id("x", "tracked", "application", owner.key, one.id or one.name),
            platform="x",
            verb="tracked",
            direction="about_me",
            object_id=owner.key,
            object_kind="account",
            happened_at=happened_at,
            time_basis=basis,
            time_precision=precision,
            text=one.name or None,
            urls=(url,) if url else None,
            ad=Ad(advertiser=maker or one.name),
            text_repaired=place.is_repaired,
            collected_at=owner.collected_at,
            missing=("actor_id",),
            source_file=place.file,
            source_pointer=place.pointer,
        )

    return tell


def _instant(written: int | str | None) -> Moment:
    """A time in words, or in milliseconds since 1970."""
    number = digits(written)
    if number is None:
        return moment(written if isinstance(written, str) else None)
    try:
        return from_epoch(int(number), per_second=1000), "epoch", "ms"
    except Refused:
        return UNKNOWN

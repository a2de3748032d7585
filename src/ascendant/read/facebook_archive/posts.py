"""What the owner says -> acts: posts, in groups and elsewhere, pictures, and links that were passed on.

A post with a link and no words of its own passes on what others made: `relay` says so. Where the link leads to
something on Facebook, it is a repost of that; where Facebook left the address out (a reel, a post that is gone), a
repost of nobody knows what. An album that was filled in one go is one act.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ascendant.activity import Activity
from ascendant.errors import mark
from ascendant.read.facebook_archive.links import Link, link_of, plain_url
from ascendant.read.facebook_archive.people import group_named
from ascendant.read.facebook_archive.records import AttachedDatum, Media, Record
from ascendant.read.facebook_archive.story import BY_SENTENCE, UNSAID, Place, Telling, moment
from ascendant.read.x_posts.entities import tags_in

TOLD: Final = "told"  # when posts and comments of the newest layout were made: other files have them again
_HOUR: Final = 3_600_000_000
MEDIA: Final = "media"  # pictures that posts showed, kept where albums have them again
_UPLOAD: Final = "upload"  # the last time of an album's pictures

UPLOADS: Final = mark("pictures that a post shows, or that came within an hour of each other, are one act")
TOLD_ONCE: Final = mark("what another file tells too is told once")
BY_NAMES: Final = mark("for whom these are stands in sentences only: names of friends and pages were looked up in them")


def posts(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """A post on the owner's own page."""
    if not _is_told(telling, record, place):
        yield _post(telling, record, place, None)


def group_posts(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """A post in a group; older files have the comments there too."""
    from_comments = next((datum.comment for datum in record.data or () if datum.comment is not None), None)
    if from_comments is not None:
        yield from comments(telling, record, place)
        return
    if _is_told(telling, record, place):
        return
    title = place.words(record.title) if record.title else None
    yield _post(telling, record, place, telling.people.group_in(title), is_in_group=True)


def comments(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Comments of the owner. For whom they are stands in a sentence only."""
    if _is_told(telling, record, place):
        return
    title = place.words(record.title) if record.title else None
    found = [datum.comment for datum in record.data or () if datum.comment is not None]
    telling.note(BY_NAMES)
    attached = list(_attached(record))
    urls = tuple(
        plain_url(url) for url in (one.external_context.url for one in attached if one.external_context) if url
    )
    for number, comment in enumerate(found or [None]):
        text = place.words(comment.comment) if comment is not None and comment.comment else None
        group = group_named(place.words(comment.group)) if comment is not None and comment.group else None
        group = group or telling.people.group_in(title)
        author = telling.people.in_sentence(title, file=place.file)
        missing = () if author is not None else ("object_author_id",)
        yield telling.row(
            place if len(found) < 2 else place.part(number),
            "reply",
            "by_me",
            ("comment", text),
            place.when(comment.timestamp if comment is not None else None, record.timestamp),
            actor_id=telling.me,
            object_author_id=author,
            object_kind="post",
            text=text,
            hashtags=hashtags(text),
            urls=urls or None,
            context_id=group,
            audience="group" if group is not None else None,
            confidence=BY_SENTENCE if author is not None else UNSAID,
            text_repaired=_is_mended(text, comment.comment if comment is not None else None) or place.is_repaired,
            missing=missing if text or attached else ("text", *missing),
        )


def photos(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Pictures and films that no post showed: those that came within an hour of each other are one act."""
    shown: set[str] = telling.state.get(MEDIA, set())
    telling.note(UPLOADS)
    if record.uri is not None and record.uri in shown:
        return
    when = place.when(record.creation_timestamp, record.timestamp)
    earlier: tuple[str, int] = telling.state.get(_UPLOAD, ("", 0))
    if when[0] is not None:
        telling.state[_UPLOAD] = (place.file, when[0])
        if earlier[0] == place.file and abs(when[0] - earlier[1]) < _HOUR:
            return
    text = place.words(record.description) if record.description else None
    yield telling.row(
        place,
        "post",
        "by_me",
        ("picture", record.uri),
        when,
        actor_id=telling.me,
        text=text,
        hashtags=hashtags(text),
        text_repaired=_is_mended(text, record.description) or place.is_repaired,
    )


def own_events(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """An event that the owner made."""
    name = place.words(record.name) if record.name else None
    about = place.words(record.description) if record.description else None
    text = "\n".join(part for part in (name, about) if part) or None
    yield telling.row(
        place,
        "post",
        "by_me",
        ("event", name, moment(record.start_timestamp)[0]),
        place.when(record.create_timestamp),
        actor_id=telling.me,
        object_kind="event",
        text=text,
        text_repaired=_is_mended(name, record.name) or _is_mended(about, record.description) or place.is_repaired,
    )


class _With(msgspec.Struct, frozen=True, gc=False):
    """What a post shows beside its words: `text` is what stands there instead of them."""

    is_share: bool = False
    url: str | None = None
    text: str | None = None
    event: str | None = None
    media: tuple[Media, ...] = ()


_ALONE: Final = _With()


def _post(telling: Telling, record: Record, place: Place, group: str | None, *, is_in_group: bool = False) -> Activity:
    shown = _shown(record)
    if shown.media and MEDIA in telling.state:
        telling.state[MEDIA].update(one.uri for one in shown.media if one.uri)
    raw = _words(record) or shown.text
    text = place.words(raw) if raw and not raw.isspace() else None
    title = place.words(record.title) if record.title else None
    link = link_of(shown.url)
    is_own = bool(shown.media) or (text is not None and not _is_only(text, shown.url))
    # Facebook leaves out the address of what cannot be seen any more.
    is_repost = shown.is_share and (not shown.url or (link is not None and link.object_id is not None))
    group = group or telling.people.group_in(title) or (link.group_id if link is not None and is_in_group else None)
    named = (
        [telling.people.account(place.words(name), file=place.file) for name in _tags(record)] if record.tags else []
    )
    missing: tuple[str, ...] = ()
    relay: str | None
    if is_repost:
        verb, relay = ("quote", "quote") if is_own else ("repost", "pure")
        missing = () if link is not None else ("object_id",)
        missing += () if link is not None and link.author_id is not None else ("object_author_id",)
    else:
        verb = "post"
        relay = None if not shown.is_share else "with_comment" if is_own else "link"
        named.append(telling.people.in_sentence(title, file=place.file) if not shown.is_share else None)
        if text is None and not shown.is_share and not shown.media and shown.event is None:
            missing = ("text",)
    kind = "event" if shown.event is not None else "url" if shown.is_share else None
    return telling.row(
        place,
        verb,
        "by_me",
        ("post", text, shown.url, shown.media[0].uri if shown.media else None),
        place.when(record.timestamp),
        actor_id=telling.me,
        object_id=link.object_id if is_repost and link is not None else None,
        object_author_id=link.author_id if is_repost and link is not None else None,
        object_kind=(kind_of(link) or "post") if is_repost else kind,
        text=text,
        hashtags=hashtags(text),
        urls=(plain_url(shown.url),) if shown.url else None,
        mentions=tuple(dict.fromkeys(one for one in named if one is not None)) or None,
        relay=relay,
        context_id=group,
        audience="group" if group is not None or is_in_group else None,
        text_repaired=_is_mended(text, raw) or place.is_repaired,
        missing=missing,
    )


def _shown(record: Record) -> _With:
    if not record.attachments:
        return _ALONE
    is_share = False
    url = text = event = None
    media: list[Media] = []
    for one in _attached(record):
        if one.external_context is not None:
            is_share = True
            url = url or one.external_context.url or None
        elif one.media is not None:
            media.append(one.media)
            text = text or one.media.description
        elif one.event is not None:
            event = event or one.event.name
        elif one.life_event is not None:
            text = text or one.life_event.title
        else:
            text = text or one.text
    return _With(is_share, url, text, event, tuple(media))


def _is_told(telling: Telling, record: Record, place: Place) -> bool:
    """Whether a file of the newest layout told what the owner said at that second."""
    told = telling.state.get(TOLD)
    if not told or place.when(record.timestamp)[0] not in told:
        return False
    telling.note(TOLD_ONCE)
    return True


def _attached(record: Record) -> Iterator[AttachedDatum]:
    for attachment in record.attachments or ():
        yield from attachment.data or ()


def _words(record: Record) -> str | None:
    for datum in record.data or ():
        if datum.post:
            return datum.post
    return None


def _tags(record: Record) -> Iterator[str]:
    for tag in record.tags or ():
        name = tag if isinstance(tag, str) else tag.name
        if name:
            yield name


def kind_of(link: Link | None) -> str | None:
    """What an address leads to, as the activity table calls it."""
    if link is None or link.kind is None:
        return None
    return {"group": "group", "account": "page"}.get(link.kind, link.kind)


def _is_only(text: str, url: str | None) -> bool:
    """Whether words are no more than the link that they come with."""
    return bool(url) and text.strip().rstrip("/") in (url or "").rstrip("/")


def hashtags(text: str | None) -> tuple[str, ...] | None:
    """Hashtags in a text."""
    place = text.find("#") if text else -1
    return tags_in(text[max(0, place - 1) :]) if text and place >= 0 else None


def _is_mended(text: str | None, raw: str | None) -> bool:
    return text is not None and text != raw

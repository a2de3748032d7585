"""Posts of the newest layout -> acts: on others’ pages, in groups, and links made to show something elsewhere.

Other files have some of them again: what is told here is not told twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from ascendant.activity import Activity
from ascendant.read.facebook_archive.label_values import Said, entries
from ascendant.read.facebook_archive.links import link_of, plain_url
from ascendant.read.facebook_archive.people import group_named
from ascendant.read.facebook_archive.posts import TOLD, hashtags, kind_of, posts
from ascendant.read.facebook_archive.records import Record
from ascendant.read.facebook_archive.story import GUESSED, Place, Telling


def of_either_layout(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """A post on the owner's own page, in any layout."""
    return (posts if record.label_values is None else elsewhere)(telling, record, place)


def elsewhere(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """A post on somebody else's page, in the newest layout: its words, and for whom they are."""
    found = place.said(record)
    whom = telling.people.account(found.get("target", "name"), file=place.file)
    yield _written(telling, record, place, found, found.get("text") or found.words(), whom=whom)


def contributions(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """A post or comment in a group, in the newest layout."""
    found = place.said(record)
    inner = [one.words("text") for _, one in entries(record.label_values or [], place.words)]
    text = found.words("text") or "\n".join(dict.fromkeys(one for one in inner if one)) or None
    group = group_named(found.get("group") or (place.words(record.title) if record.title else None))
    yield _written(telling, record, place, found, text, group=group)


def share_links(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """A link that the owner had made, to show something of Facebook elsewhere; whether it was sent is not told."""
    found = place.said(record)
    link = link_of(found.url)
    when = place.when(record.timestamp, *found.times[:1])
    yield telling.row(
        place,
        "repost",
        "by_me",
        ("share link", record.fbid or found.url),
        when,
        actor_id=telling.me,
        object_id=link.object_id if link is not None else None,
        object_author_id=link.author_id if link is not None else None,
        object_kind=kind_of(link),
        context_id=link.group_id if link is not None else None,
        urls=(plain_url(found.url),) if found.url else None,
        relay="link",
        confidence=GUESSED,
        missing=() if link is not None and link.author_id is not None else ("object_author_id",),
    )


def _written(
    telling: Telling,
    record: Record,
    place: Place,
    found: Said,
    text: str | None,
    *,
    whom: str | None = None,
    group: str | None = None,
) -> Activity:
    """A post of the newest layout, or a comment where its address is one."""
    link = link_of(found.url)
    is_comment = link is not None and link.kind == "comment"
    when = place.when(record.timestamp, *found.times)
    if when[0] is not None:
        telling.state.setdefault(TOLD, set()).add(when[0])
    return telling.row(
        place,
        "reply" if is_comment else "post",
        "by_me",
        ("post", record.fbid or text),
        when,
        actor_id=telling.me,
        object_id=link.thread_id if link is not None else None,
        object_kind="post" if is_comment else None,
        thread_id=link.thread_id if link is not None else None,
        text=text,
        hashtags=hashtags(text),
        urls=(plain_url(found.url),) if found.url else None,
        mentions=(whom,) if whom is not None else None,
        context_id=group or (link.group_id if link is not None else None),
        audience="group" if group is not None else None,
        text_repaired=found.is_mended or place.is_repaired,
        missing=(("object_author_id",) if is_comment else ()) + (() if text else ("text",)),
    )

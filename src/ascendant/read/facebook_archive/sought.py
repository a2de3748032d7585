"""What the owner opens, looks for, keeps and votes on -> rows."""

from __future__ import annotations

from collections.abc import Iterator

from ascendant.activity import Activity
from ascendant.read.facebook_archive.links import NOWHERE, link_of, plain_url
from ascendant.read.facebook_archive.records import Record
from ascendant.read.facebook_archive.story import Place, Telling


def clicks(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Links that were opened inside Facebook's own application."""
    found = place.said(record)
    yield telling.row(
        place,
        "click",
        "by_me",
        ("link", found.url or record.fbid),
        place.when(record.timestamp, *found.times),
        actor_id=telling.me,
        object_kind="url",
        text=found.words("title", "text"),
        urls=(plain_url(found.url),) if found.url else None,
        text_repaired=found.is_mended or place.is_repaired,
        missing=() if found.url else ("urls",),
    )


def searches(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """What was looked for; of searches that a person was chosen from, only the name stands among attachments."""
    raw = next((datum.text for datum in record.data or () if datum.text), None)
    attached = (one for attachment in record.attachments or () for one in attachment.data or ())
    raw = raw or next((one.text or one.name for one in attached if one.text or one.name), None)
    found = place.said(record)
    text = place.words(raw).strip().strip('"') if raw else found.words("query", "text", "title")
    yield telling.row(
        place,
        "search",
        "by_me",
        ("search", text),
        place.when(record.timestamp, *found.times),
        actor_id=telling.me,
        object_kind="query",
        text=text or None,
        text_repaired=found.is_mended or (raw is not None and place.words(raw) != raw) or place.is_repaired,
        missing=() if text else ("text",),
    )


def saves(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Posts and links that were put by."""
    found = place.said(record)
    attached = [one.external_context for attachment in record.attachments or () for one in attachment.data or ()]
    outside = next((one for one in attached if one is not None), None)
    url = (outside.url if outside is not None else None) or found.url
    raw = outside.name if outside is not None else None
    text = place.words(raw) if raw else found.words("title", "name", "text")
    link = link_of(url) or NOWHERE
    yield telling.row(
        place,
        "save",
        "by_me",
        ("save", url or text or record.fbid),
        place.when(record.timestamp, *found.times),
        actor_id=telling.me,
        object_id=link.object_id,
        object_author_id=link.author_id,
        object_kind=link.kind or ("url" if url else None),
        context_id=link.group_id,
        text=text,
        urls=(plain_url(url),) if url else None,
        text_repaired=found.is_mended or (raw is not None and text != raw) or place.is_repaired,
        missing=() if link.author_id is not None else ("object_author_id",),
    )


def polls(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Votes: the question, and what was chosen."""
    asked = [
        one.poll for attachment in record.attachments or () for one in attachment.data or () if one.poll is not None
    ]
    title = place.words(record.title) if record.title else None
    if record.label_values is not None:
        found = place.said(record)
        question, chosen = found.get("poll", "title"), found.words("choice", "text")
        maker = telling.people.account(found.get("maker", "name"), file=place.file)
        when = place.when(record.timestamp, *found.times)
    else:
        poll = asked[0] if asked else None
        question = place.words(poll.question) if poll is not None and poll.question else None
        options = poll.options or [] if poll is not None else []
        chosen = "; ".join(place.words(one.option) for one in options if one.voted and one.option) or None
        maker = telling.people.in_sentence(title, file=place.file)
        when = place.when(record.timestamp)
    yield telling.row(
        place,
        "vote",
        "by_me",
        ("vote", question, chosen),
        when,
        actor_id=telling.me,
        object_id=telling.key("poll", question) if question else None,
        object_author_id=maker,
        object_kind="query",
        text=": ".join(part for part in (question, chosen) if part) or None,
        missing=() if maker is not None else ("object_author_id",),
    )

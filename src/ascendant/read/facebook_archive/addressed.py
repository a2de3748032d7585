"""What others, and Facebook itself, address to the owner -> rows to them.

Notifications are the only trace of who reacted to the owner and answered them. What one is about is told by its link
where that names a type, else by a sentence; who it is from by a sentence alone: a friend or page that stands first in
it. The words are not kept, being of others. What is not known to be somebody's act is Facebook's own push: it is
`recommended`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ascendant.activity import Activity
from ascendant.errors import mark
from ascendant.read.facebook_archive.label_values import entries
from ascendant.read.facebook_archive.links import NOWHERE, link_of, plain_url
from ascendant.read.facebook_archive.people import group_named
from ascendant.read.facebook_archive.records import Record
from ascendant.read.facebook_archive.story import BY_SENTENCE, GUESSED, UNKNOWN, Place, Telling
from ascendant.read.facebook_archive.wording import notified

BY_SENTENCES: Final = mark(
    "sentences tell who did what: one that is not understood is counted as a recommendation by Facebook"
)
_TO_A_PERSON: Final = frozenset({"follow", "accept"})  # links of these lead to who did it


def notifications(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Something that somebody did to the owner or their posts, or that Facebook wanted to be seen."""
    telling.note(BY_SENTENCES)
    text = place.words(record.text) if record.text else ""
    verb = notified(text, record.href or "")
    link = link_of(record.href) or NOWHERE
    actor = None
    if verb in _TO_A_PERSON and link.kind == "account" and link.author_id != telling.me:
        actor = telling.people.account(None, record.href, file=place.file)
    elif verb is not None:
        actor = telling.people.at_start(text, file=place.file)
    is_mine = verb in ("react", "reply", "repost")
    yield telling.row(
        place,
        verb or "recommended",
        "to_me",
        ("notification", record.href, text),
        place.when(record.timestamp),
        actor_id=actor,
        object_id=link.object_id if link.kind in ("post", "comment") else telling.me,
        object_author_id=telling.me if is_mine or link.kind not in ("post", "comment") else None,
        object_kind=link.kind if link.kind in ("post", "comment") else "account",
        thread_id=link.thread_id,
        context_id=link.group_id,
        urls=(plain_url(record.href),) if record.href else None,
        confidence=BY_SENTENCE if verb is not None else GUESSED,
        missing=() if actor is not None else ("actor_id",),
    )


def wall(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """What others wrote on the owner's page; who they are stands in a sentence."""
    title = place.words(record.title) if record.title else None
    raw = next((datum.post for datum in record.data or () if datum.post), None)
    text = place.words(raw) if raw else None
    who = telling.people.in_sentence(title, file=place.file)
    yield telling.row(
        place,
        "mention",
        "to_me",
        ("wall", text, title if text is None else None),
        place.when(record.timestamp),
        actor_id=who,
        object_id=telling.me,
        object_author_id=telling.me,
        object_kind="account",
        text=text,
        mentions=(telling.me,),
        confidence=BY_SENTENCE if who is not None else 1.0,
        text_repaired=(text is not None and text != raw) or place.is_repaired,
        missing=() if who is not None else ("actor_id",),
    )


def tagged(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Pictures and posts in which others tagged the owner, or their page."""
    for number, (_, one) in enumerate(entries(record.label_values or [], place.words)):
        link = link_of(one.url) or NOWHERE
        who = telling.people.account(one.words("maker", "name"), file=place.file)
        yield telling.row(
            place.part(number),
            "mention",
            "to_me",
            ("tag", one.url or record.fbid or one.words("maker", "name")),
            place.when(record.timestamp, *one.times),
            actor_id=who,
            object_id=link.object_id,
            object_author_id=link.author_id,
            object_kind="post",
            mentions=(telling.me,),
            urls=(plain_url(one.url),) if one.url else None,
            missing=() if who is not None else ("actor_id",),
        )


def suggested_people(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Accounts that Facebook puts forward."""
    for number, (_, one) in enumerate(entries(record.label_values or [], place.words)):
        whom = telling.people.account(one.words("name"), one.url, file=place.file)
        if whom is not None:
            yield telling.row(
                place.part(number),
                "recommended",
                "to_me",
                (whom,),
                place.when(*one.times, record.timestamp),
                object_id=whom,
                object_author_id=whom,
                object_kind="account",
            )


def suggested_groups(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Groups and pages that Facebook puts forward; which of the two a name is, is not told."""
    for number, (_, one) in enumerate(entries(record.label_values or [], place.words)):
        what = group_named(one.words("group", "name"))
        if what is not None:
            yield telling.row(
                place.part(number),
                "recommended",
                "to_me",
                (what,),
                UNKNOWN,
                object_id=what,
                object_kind="group",
                context_id=what,
            )

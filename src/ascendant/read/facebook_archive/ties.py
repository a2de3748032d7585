"""Whom the owner follows, knows, invites, mutes; which groups and events they belong to -> rows.

Names only: pages that the owner liked have addresses, nobody else has an id. Joining a group and leaving it stand in
one list, told apart by a sentence in the account's language: where that is not known, the verb is said to be missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ascendant.activity import Account, Activity
from ascendant.errors import mark
from ascendant.read.facebook_archive.label_values import entries, values
from ascendant.read.facebook_archive.links import account_in
from ascendant.read.facebook_archive.people import clean, group_named
from ascendant.read.facebook_archive.records import EntryData, Record
from ascendant.read.facebook_archive.story import GUESSED, UNKNOWN, Moment, Place, Tell, Telling, moment
from ascendant.read.facebook_archive.wording import membership, steering

JOINED_OR_LEFT: Final = mark("joining and leaving are told apart by a sentence only")
SETTINGS: Final = mark("what was chosen for the feed is told by a title only")
DECLINED: Final = mark("invitations that were declined are no acts, and were left out")
_FOLLOWED: Final = "followed"  # accounts that a list with times told


def follows(verb: str, kind: str | None = None) -> Tell:
    """Accounts that the owner follows, unfollows, mutes or befriends (`accept`), one a record or several in a list."""

    def tell(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
        for part, name, url, when in _each(record, place):
            whom = telling.people.account(name, url, file=place.file, kind=kind)
            if verb == "follow" and whom is not None:
                telling.state.setdefault(_FOLLOWED, set()).add(whom)
            # Older exports give no address: with a time, the name makes an id that is the same in all of them.
            yield _tie(telling, part, verb, whom, when, told=clean(name) if name and when[0] is not None else None)

    return tell


def by_others(verb: str) -> Tell:
    """Accounts that follow the owner, or that sent an invitation."""

    def tell(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
        for part, name, url, when in _each(record, place):
            who = telling.people.account(name, url, file=place.file)
            yield telling.row(
                part,
                verb,
                "to_me",
                (who or part.pointer,),
                when,
                actor_id=who,
                object_id=telling.me,
                object_author_id=telling.me,
                object_kind="account",
                missing=() if who is not None else ("actor_id",),
            )

    return tell


def rejected(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Invitations that the owner refused; the time is that of the refusal, and when they came is not told."""
    timeless = msgspec.structs.replace(place, moment=UNKNOWN)
    yield from by_others("invite")(telling, record, timeless)


def recently_followed(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """The last accounts that were followed, without times: those that no other list told."""
    followed: set[str] = telling.state.setdefault(_FOLLOWED, set())
    for number, (_, one) in enumerate(entries(record.label_values or [], place.words)):
        whom = telling.people.account(one.words("name"), one.url, file=place.file)
        if whom is not None and whom not in followed:
            followed.add(whom)
            yield _tie(telling, place.part(number), "follow", whom, UNKNOWN)


def own_pages(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Pages of the owner: accounts, not acts."""
    name = clean(place.words(record.name)) if record.name else None
    key = account_in(record.url)
    if key is None:
        telling.people.account(name, file=place.file, kind="page")
    else:
        handle = key.removeprefix("facebook:@") if key.startswith("facebook:@") else None
        telling.people.tell(
            Account(
                account_id=key,
                platform="facebook",
                handle=handle,
                name=name,
                url=record.url,
                declared_kind="page",
                resolved="exact",
                collected_at=telling.owner.collected_at,
                source_file=place.file,
            )
        )
    return iter(())


def own_groups(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Groups of the owner: where they lead, they belong."""
    group = group_named(place.words(record.name)) if record.name else None
    yield _belonging(telling, place, "join", group, "group", place.when(record.timestamp), "lead")


def groups(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Groups that were joined or left."""
    title = place.words(record.title) if record.title else ""
    names = [place.words(datum.name) for datum in record.data or () if datum.name]
    if not names and record.name:
        names = [place.words(record.name)]
    # The group's own name must not be taken for a word of the sentence.
    sentence = title
    for name in (*names, *telling.owner.names):
        sentence = sentence.replace(name, " ")
    verb = membership(sentence)
    telling.note(JOINED_OR_LEFT)
    known = [group_named(name) for name in names] or [telling.people.group_in(title)]
    for number, group in enumerate(known):
        part = place if len(known) < 2 else place.part(number)
        row = _belonging(telling, part, verb or "join", group, "group", place.when(record.timestamp))
        yield row if verb is not None else _unsure(row)


def group_invites(direction: str) -> Tell:
    """Invitations into groups: which, and by or for whom, where that is told."""

    def tell(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
        for number, (_, one) in enumerate(entries(record.label_values or [], place.words)):
            who = telling.people.account(one.get("name", "maker", "target"), file=place.file)
            group = group_named(one.get("group") or (one.plain[0] if one.plain else None))
            yield telling.row(
                place.part(number),
                "invite",
                direction,
                (who, group or place.pointer),
                place.when(record.timestamp, *one.times),
                actor_id=telling.me if direction == "by_me" else who,
                object_id=who if direction == "by_me" else telling.me,
                object_author_id=who if direction == "by_me" else telling.me,
                object_kind="group",
                context_id=group,
                missing=() if who is not None else ("object_author_id",) if direction == "by_me" else ("actor_id",),
            )

    return tell


def steered(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Accounts and topics that the owner wants to see more or less of, in lists under titles."""
    title = place.words(record.name) if record.name else ""
    verb = steering(title)
    telling.note(SETTINGS)
    found = record.entries or [entry for child in record.children or () for entry in child.entries or ()]
    for number, entry in enumerate(found):
        data = entry.data or EntryData()
        raw = data.name or (data.value if isinstance(data.value, str) else None)
        name = place.words(raw) if raw else None
        part, when = place.part(number), place.when(entry.timestamp)
        if data.uri or telling.people.knows(name):
            row = _tie(telling, part, verb or "mute", telling.people.account(name, data.uri, file=place.file), when)
        else:
            row = _of_topic(telling, part, verb or "mute", clean(name), when)
        yield row if verb is not None else _unsure(row)


def event_responses(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Events that the owner goes to, or may go to, which is a guess; an event's time is not that of the answer."""
    if "declined" in place.pointer:
        telling.note(DECLINED)
        return
    event = _event(record, place)
    row = _belonging(telling, place, "join", event, "event", UNKNOWN)
    yield row if "joined" in place.pointer else msgspec.structs.replace(row, confidence=GUESSED)


def event_invitations(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Events that the owner was invited to; by whom is not told."""
    event = _event(record, place)
    yield telling.row(
        place,
        "invite",
        "to_me",
        (event or place.pointer,),
        UNKNOWN,
        object_id=telling.me,
        object_author_id=telling.me,
        object_kind="event",
        context_id=event,
        missing=("actor_id",),
    )


def muted(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Accounts whose posts the owner does not want to see, in the newest layout: names, or addresses."""
    found = place.said(record)
    names = [] if found.url else [value for _, value in values(record.label_values or [], place.words)]
    when = place.when(record.timestamp, *found.times)
    if found.url:
        yield _tie(
            telling, place, "mute", telling.people.account(found.words("name"), found.url, file=place.file), when
        )
    for number, name in enumerate(names):
        yield _tie(telling, place.part(number), "mute", telling.people.account(name, file=place.file), when)


def _each(record: Record, place: Place) -> Iterator[tuple[Place, str | None, str | None, Moment]]:
    """Name, address and time of what a record names: itself, the things of its `data`, or the values of a list."""
    when = place.when(record.timestamp)
    url = record.url or record.href
    if record.label_values is not None:
        for number, (_, one) in enumerate(entries(record.label_values, place.words)):
            yield place.part(number), one.words("name", "title"), one.url, place.when(record.timestamp, *one.times)
        return
    names: list[str | None] = [datum.name for datum in record.data or () if datum.name]
    names = names or [record.name or record.title]
    for number, name in enumerate(names):
        part = place if len(names) == 1 else place.part(number)
        yield part, place.words(name) if name else None, url, when


def _tie(
    telling: Telling, place: Place, verb: str, whom: str | None, when: Moment, told: str | None = None
) -> Activity:
    """An act towards an account. `told` is what makes its id, where that is not the account's."""
    return telling.row(
        place,
        verb,
        "by_me",
        (told or whom or place.pointer,),
        when,
        actor_id=telling.me,
        object_id=whom,
        object_author_id=whom,
        object_kind="account",
        missing=() if whom is not None else ("object_author_id",),
    )


def _of_topic(telling: Telling, place: Place, verb: str, name: str | None, when: Moment) -> Activity:
    """What has no address and is nobody that is known: a topic, or somebody who cannot be told from one."""
    return telling.row(
        place,
        verb,
        "by_me",
        ("topic", name or place.pointer),
        when,
        actor_id=telling.me,
        object_id=f"facebook:topic:{name}" if name is not None else None,
        object_kind="topic",
        text=name,
        missing=() if name is not None else ("object_id",),
    )


def _belonging(
    telling: Telling, place: Place, verb: str, what: str | None, kind: str, when: Moment, role: str = "belong"
) -> Activity:
    return telling.row(
        place,
        verb,
        "by_me",
        (role, what or place.pointer),
        when,
        actor_id=telling.me,
        object_id=what,
        object_kind=kind,
        context_id=what,
        missing=() if what is not None else ("object_id",),
    )


def _event(record: Record, place: Place) -> str | None:
    """An event by its name and its start: many are held every year."""
    name = clean(place.words(record.name)) if record.name else None
    start = moment(record.start_timestamp)[0]
    if name is None:
        return None
    return f"facebook:event:{name}" if start is None else f"facebook:event:{name}/{start // 1_000_000}"


def _unsure(row: Activity) -> Activity:
    """The row, told to be a guess."""
    return msgspec.structs.replace(row, confidence=GUESSED, missing=("verb", *(row.missing or ())))

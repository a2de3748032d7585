"""Whom the owner is connected with, follows, invited or endorsed, and who did so to the owner -> acts and accounts.

Connections, invitations and endorsements give the address of a profile; follows and recommendations a name alone. Jobs
and companies in these files are today's, not those of the day. The messages that go with invitations are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from ascendant.activity import Activity
from ascendant.errors import mark
from ascendant.read.linkedin_archive.links import profile_at
from ascendant.read.linkedin_archive.story import NOTHING, Tell, Telling, name_key, plain_words
from ascendant.read.linkedin_archive.table import Row
from ascendant.read.tabular.cells import Unreadable

NO_DIRECTION: Final = mark("the row does not tell who invited whom")
DECLINED: Final = mark("events that were declined are counted, and are no act")

_ENDED: Final = ("unfollow", "inactive", "removed", "deleted")
_DECLINED: Final = frozenset({"relinquished", "declined", "rejected", "not_attending", "withdrawn", "cancelled"})
_ATTENDED: Final = frozenset({"attending", "approved", "accepted", "attended", "going", "confirmed"})


def connections(telling: Telling) -> Tell:
    """People with whom the owner is connected: each follows the other from that day on."""

    def tell(row: Row) -> Iterator[Activity]:
        first, last = row.words("firstname"), row.words("lastname")
        url, day = row.value("url"), row.words("connectedon")
        work = [one for one in (row.value("position"), row.value("company")) if one]
        if not (first or last or url or day or work):
            raise Unreadable(NOTHING)
        name = " ".join(one for one in (first, last) if one)
        key = telling.somebody(row, name, url, about=", ".join(work) or None)
        if key is not None:
            yield telling.act(
                row, "accept", key, moment=row.moment("connectedon"), written=day, **_between(telling, key, "by_me")
            )

    return tell


def member_follows(telling: Telling) -> Tell:
    """People whom the owner follows, or did."""
    return _follows(telling, "fullname", "date", "status")


def company_follows(telling: Telling) -> Tell:
    """Organisations that the owner follows."""
    return _follows(telling, "organization", "followedon", "status", kind="company")


def _follows(telling: Telling, who: str, when: str, state: str, *, kind: str | None = None) -> Tell:
    def tell(row: Row) -> Iterator[Activity]:
        name, written = row.words(who), row.words(when)
        if name is None and written is None:
            raise Unreadable(NOTHING)
        key = telling.somebody(row, name, kind=kind)
        if key is not None:
            verb = "unfollow" if _has_ended(row.value(state)) else "follow"
            yield telling.act(
                row, verb, key, moment=row.moment(when), written=written, **_between(telling, key, "by_me")
            )

    return tell


def hashtag_follows(telling: Telling) -> Tell:
    """Topics that the owner follows."""

    def tell(row: Row) -> Iterator[Activity]:
        tag = (row.words("hashtag") or "").lstrip("#＃").strip().lower()
        if not tag:
            raise Unreadable(NOTHING)
        has_ended = _has_ended(row.value("state") or row.value("status"))
        columns = ("lastmodifiedtime", "createdtime", "date") if has_ended else ("createdtime", "date")
        when = next((one for one in columns if row.words(one)), "date")
        yield telling.act(
            row,
            "unfollow" if has_ended else "follow",
            tag,
            moment=row.moment(when),
            written=row.words(when),
            object_id=f"linkedin:hashtag/{tag}",
            object_kind="topic",
            hashtags=(tag,),
        )

    return tell


def invitations(telling: Telling) -> Tell:
    """Who asked whom to connect."""

    def tell(row: Row) -> Iterator[Activity]:
        direction = "by_me" if is_outgoing(row, telling) else "to_me"
        name, url = ("to", "inviteeprofileurl") if direction == "by_me" else ("from", "inviterprofileurl")
        key = telling.somebody(row, row.words(name), row.value(url))
        if key is None:
            return
        yield telling.act(
            row,
            "invite",
            key,
            moment=row.moment("sentat"),
            written=row.words("sentat"),
            audience="private",
            **_between(telling, key, direction),
        )

    return tell


def is_outgoing(row: Row, telling: Telling | None = None) -> bool:
    """Whether the owner invited. Raises `Unreadable` where that cannot be known."""
    direction = (row.value("direction") or "").lower()
    if direction in ("outgoing", "incoming"):
        return direction == "outgoing"
    me = telling.owner if telling is not None else None
    for name, url, answer in (("from", "inviterprofileurl", True), ("to", "inviteeprofileurl", False)):
        named = plain_words(row.words(name))
        keys = (profile_at(row.value(url)), name_key(named) if named else None)
        if me is not None and me.key is not None and me.key in keys:
            return answer
    raise Unreadable(NO_DIRECTION)


def endorsements_given(telling: Telling) -> Tell:
    """Skills that the owner confirmed of others."""
    return _endorsements(telling, "endorsee", "by_me")


def endorsements_received(telling: Telling) -> Tell:
    """Skills that others confirmed of the owner."""
    return _endorsements(telling, "endorser", "to_me")


def _endorsements(telling: Telling, role: str, direction: str) -> Tell:
    def tell(row: Row) -> Iterator[Activity]:
        skill, day = row.words("skillname"), row.words("endorsementdate")
        names = (row.words(f"{role}firstname"), row.words(f"{role}lastname"))
        if skill is None and not any(names):
            raise Unreadable(NOTHING)
        key = telling.somebody(row, " ".join(one for one in names if one), row.value(f"{role}publicurl"))
        if key is None:
            return
        yield telling.act(
            row,
            "react",
            key,
            skill,
            moment=row.moment("endorsementdate"),
            written=day,
            text=skill,
            audience="public" if (row.value("endorsementstatus") or "").upper() == "ACCEPTED" else None,
            **_between(telling, key, direction),
        )

    return tell


def recommendations_given(telling: Telling) -> Tell:
    """What the owner wrote in praise of others."""
    return _recommendations(telling, "by_me")


def recommendations_received(telling: Telling) -> Tell:
    """That others wrote in praise of the owner: their words are left out."""
    return _recommendations(telling, "to_me")


def _recommendations(telling: Telling, direction: str) -> Tell:
    def tell(row: Row) -> Iterator[Activity]:
        names = (row.words("firstname"), row.words("lastname"))
        when = "creationdate" if row.words("creationdate") else "createddate"
        text = row.words("text") or row.words("body")
        if not any(names) and text is None:
            raise Unreadable(NOTHING)
        work = [one for one in (row.value("jobtitle") or row.value("title"), row.value("company")) if one]
        key = telling.somebody(row, " ".join(one for one in names if one), about=", ".join(work) or None)
        if key is None:
            return
        yield telling.act(
            row,
            "mention",
            key,
            moment=row.moment(when),
            written=row.words(when),
            text=text if direction == "by_me" else None,
            audience="public" if (row.value("status") or "").upper() == "VISIBLE" else "private",
            **_between(telling, key, direction),
        )

    return tell


def events(telling: Telling) -> Tell:
    """Events that the owner joined, or kept in view. The file tells when they took place, not when that was said."""

    def tell(row: Row) -> Iterator[Activity]:
        name, url, status = row.words("eventname"), row.value("externalurl"), (row.value("status") or "").lower()
        if name is None and url is None:
            raise Unreadable(NOTHING)
        if status in _DECLINED:
            telling.note(DECLINED)
            return
        yield telling.act(
            row,
            "join" if status in _ATTENDED else "save",
            name,
            url,
            written=row.words("eventtime"),
            missing=("object_id",),
            object_kind="event",
            text=name,
            urls=(url,) if url else None,
        )

    return tell


def _between(telling: Telling, other: str, direction: str) -> dict[str, Any]:
    """The columns of an act between the owner and another account."""
    about = other if direction == "by_me" else telling.owner.key
    columns = {"direction": direction, "object_id": about, "object_author_id": about, "object_kind": "account"}
    return columns if direction == "by_me" else {**columns, "actor_id": other}


def _has_ended(state: str | None) -> bool:
    return (state or "").lower().startswith(_ENDED)

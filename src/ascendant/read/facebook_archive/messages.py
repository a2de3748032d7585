"""Headers of private messages -> how many the owner exchanged with whom; only when it was asked for.

The words are skipped while decoding. A row stands for all messages of one sender in one file of a conversation, at the
time of the last: it says that two people talk, and is no act of influence.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ascendant.activity import Activity
from ascendant.read.facebook_archive.people import clean
from ascendant.read.facebook_archive.records import Message
from ascendant.read.facebook_archive.story import UNKNOWN, Moment, Place, Telling, moment


class Conversation:
    """One file of a conversation: who wrote how many messages, and when the last. `name` is its folder and file."""

    def __init__(self, telling: Telling, name: str, *, is_group: bool) -> None:
        self._telling, self._name, self._is_group = telling, name, is_group
        self._n_sent: dict[str | None, int] = {}
        self._last: dict[str | None, Moment] = {}
        self._pointer: dict[str | None, str] = {}

    def count(self, message: Message, place: Place) -> None:
        """Count a message."""
        name = clean(place.words(message.sender_name)) if message.sender_name else None
        who = self._telling.me if name in self._telling.owner.names and name is not None else None
        who = who or self._telling.people.account(name, file=place.file)
        self._n_sent[who] = self._n_sent.get(who, 0) + 1
        self._pointer.setdefault(who, place.pointer)
        sent = _sent(message)
        if (sent[0] or 0) > (self._last.get(who, UNKNOWN)[0] or 0):
            self._last[who] = sent

    def rows(self, place: Place) -> Iterator[Activity]:
        """One row a sender; of two, each writes to the other."""
        me = self._telling.me
        others = [who for who in self._n_sent if who != me]
        for who, n_sent in self._n_sent.items():
            whom = None if self._is_group or len(others) > 1 else me if who != me else others[0] if others else None
            yield self._telling.row(
                msgspec.structs.replace(place, pointer=self._pointer[who]),
                "mention",
                "by_me" if who == me else "to_me",
                ("message", self._name, who),
                self._last.get(who, UNKNOWN),
                actor_id=who,
                object_id=whom,
                object_kind="account",
                count=n_sent,
                context_id=f"facebook:conversation:{self._name.rpartition('/')[0]}",
                audience="private",
                missing=() if who is not None else ("actor_id",),
            )


def _sent(message: Message) -> Moment:
    if message.timestamp_ms is None:
        return UNKNOWN
    found = moment(message.timestamp_ms / 1000)
    if found[0] is None:
        return UNKNOWN
    return int(message.timestamp_ms) * 1000, "epoch", "ms"

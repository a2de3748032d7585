"""Who wrote how many private messages to the owner, and the owner to whom; only when it was asked for.

A row stands for all messages of one sender in one conversation, at the time of the last. LinkedIn has no file of
headers alone: the column of words is passed over. That two people talk is no act of influence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ascendant.activity import Activity, content_id
from ascendant.errors import mark
from ascendant.read.linkedin_archive.dates import UNKNOWN, Moment
from ascendant.read.linkedin_archive.links import profile_at
from ascendant.read.linkedin_archive.story import Telling, name_key, plain_words
from ascendant.read.linkedin_archive.table import Row
from ascendant.read.tabular.cells import Unreadable

DRAFTS: Final = mark("messages that were not sent are counted, and left out")
NO_CONVERSATION: Final = mark("the message belongs to no conversation")

_YES: Final = frozenset({"yes", "true", "1"})


@dataclass
class _Sent:
    """The messages of one sender in one conversation."""

    first: Row
    n: int = 0
    last: Moment = UNKNOWN
    recipients: set[str] = field(default_factory=set)


class Messages:
    """Counts; what it counted is told after the last row."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._sent: dict[tuple[str, str], _Sent] = {}

    def __call__(self, row: Row) -> Iterator[Activity]:
        """Counts a message. Raises `Unreadable`."""
        conversation = row.value("conversationid")
        if conversation is None:
            raise Unreadable(NO_CONVERSATION)
        if any((row.value(f"is{what}draft") or "").lower() in _YES for what in ("message", "conversation")):
            self._telling.note(DRAFTS)
            return
        sender = self._somebody(row, row.value("from"), row.value("senderprofileurl"))
        if sender is not None:
            sent = self._sent.setdefault((conversation, sender), _Sent(Row(row.table, [], row.file, row.pointer)))
            sent.n += 1
            moment = row.moment("date")
            if sent.last.at is None or (moment.at or 0) > sent.last.at:
                sent.last = moment
            urls = [url.strip() for url in (row.value("recipientprofileurls") or "").split(",")]
            if len(sent.recipients) < 2:  # more are a group
                sent.recipients.update(key for url in urls if (key := profile_at(url)) is not None)
        yield from ()

    def told(self) -> Iterator[Activity]:
        """One row a sender and conversation, in the order of their first messages."""
        me, name = self._telling.owner
        for (conversation, sender), sent in self._sent.items():
            is_me = me is not None and sender == me
            # Where no file names the owner, nobody knows which of the two it is.
            direction = "by_me" if is_me else "to_me" if me is not None else "third"
            actor: dict[str, Any] = {} if is_me else {"actor_id": sender}
            other = next(iter(sent.recipients)) if len(sent.recipients) == 1 else None
            yield self._telling.act(
                sent.first,
                "mention",
                # Without the time, which is another in each archive.
                key=content_id("linkedin", "message", name, conversation, "me" if is_me else sender),
                moment=sent.last,
                direction=direction,
                **actor,
                missing=() if other is not None else ("object_id",),
                object_id=other,
                object_kind="account",
                count=sent.n,
                context_id=f"linkedin:conversation/{conversation}",
                audience="private",
            )

    def _somebody(self, row: Row, name: str | None, url: str | None) -> str | None:
        """The owner also where only the owner's name stands."""
        named = plain_words(name)
        if profile_at(url) is None and named is not None and name_key(named) == self._telling.owner.name:
            return self._telling.owner.key
        return self._telling.somebody(row, name, url)

"""Headers of private messages -> how many the owner exchanged with whom; only when it was asked for.

The files that hold the words are never opened. A row stands for all messages of one sender in one conversation, at the
time of the last: it says that two people talk, and is no act of influence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ascendant.activity import Activity, content_id
from ascendant.read.x_archive.records import ConversationLine
from ascendant.read.x_archive.story import UNKNOWN, UNKNOWN_RECORD, Item, Moment, Owner, Place, moment
from ascendant.read.x_posts.refusals import Refused


def conversations(owner: Owner) -> Callable[[ConversationLine, Place], Iterator[Item]]:
    """One row a sender; in a conversation of several the other side is the group."""

    def tell(line: ConversationLine, place: Place) -> Iterator[Item]:
        talk = line.dm_conversation
        if talk is None or not talk.conversation_id:
            raise Refused(UNKNOWN_RECORD)
        n_sent: dict[str, int] = {}
        others: dict[str, set[str]] = {}
        last: dict[str, Moment] = {}
        for event in talk.messages or ():
            message = event.message_create
            sender = owner.account(message.sender_id) if message is not None else None
            if message is None or sender is None:
                continue
            n_sent[sender] = n_sent.get(sender, 0) + 1
            recipient = owner.account(message.recipient_id)
            others.setdefault(sender, set()).update([recipient] if recipient is not None else [])
            sent = moment(message.created_at)
            if (sent[0] or 0) > (last.get(sender, UNKNOWN)[0] or 0):
                last[sender] = sent
        for number, sender in enumerate(sorted(n_sent)):
            happened_at, basis, precision = last.get(sender, UNKNOWN)
            recipients = others[sender]
            yield Activity(
                activity_id=content_id("x", "message", owner.key, talk.conversation_id, sender),
                platform="x",
                verb="mention",
                direction="by_me" if sender == owner.key else "to_me",
                actor_id=sender,
                object_id=next(iter(recipients)) if len(recipients) == 1 else None,
                object_kind="account",
                happened_at=happened_at,
                time_basis=basis,
                time_precision=precision,
                count=n_sent[sender],
                context_id=f"x:conversation/{talk.conversation_id}",
                audience="private",
                collected_at=owner.collected_at,
                source_file=place.file,
                source_pointer=f"{place.pointer}/{number}",
            )

    return tell

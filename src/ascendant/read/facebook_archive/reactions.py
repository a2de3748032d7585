"""Reactions of the owner -> rows. Most exports tell each reaction twice, in two layouts, and it is counted once.

The old one has the kind of reaction in English and the author inside a sentence; the new one has an address, and names
what was reacted to in the account's language. What stands in both at the same second, and is not of two kinds that are
known to differ, is one reaction, with what both tell. `actor` in the old one is the owner, never the author.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeVar

from ascendant.activity import Activity
from ascendant.errors import mark
from ascendant.read.facebook_archive.links import NOWHERE, link_of, plain_url
from ascendant.read.facebook_archive.people import group_named
from ascendant.read.facebook_archive.posts import BY_NAMES
from ascendant.read.facebook_archive.records import Record
from ascendant.read.facebook_archive.story import BY_SENTENCE, ORDER_ONLY, UNSAID, Moment, Place, Telling
from ascendant.read.facebook_archive.wording import reaction_of

_T = TypeVar("_T")

COUNTED_ONCE: Final = mark("reactions that stand in both layouts are counted once")


class _Old(NamedTuple):
    """A reaction of the old layout, until the new one has been read."""

    code: str | None
    author: str | None
    group: str | None
    when: Moment
    place: Place


class Reactions:
    """Reactions of one archive; `has_both` when it has files of both layouts, the old ones to be read first."""

    def __init__(self, name: str, *, has_both: bool) -> None:
        self._name, self._has_both = name, has_both
        self._old: dict[int | None, list[_Old]] = {}
        self._new: dict[int | None, list[str | None]] = {}  # kinds of those that no old one tells of
        self._taken: Counter[int | None] = Counter()  # reactions that both told, by second
        self._file = ""
        self._nth: Counter[int | None] = Counter()  # of the file in hand, by second

    def tell(self, telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
        """A reaction of either layout."""
        if place.file != self._file:
            self._file = place.file
            self._nth.clear()
        if record.label_values is not None:
            yield self._tell_new(telling, record, place)
            return
        old = self._read_old(telling, record, place)
        if not self._has_both:
            yield _row(
                telling, place, old.when, (self._name, self._number(old.when)), author=old.author, group=old.group
            )
            return
        unmatched = self._new.get(old.when[0], [])
        same = _match(unmatched, old.code, lambda code: code)
        if same is None:
            self._old.setdefault(old.when[0], []).append(old)
        else:
            unmatched.pop(same)
            self._taken[old.when[0]] += 1
            telling.note(COUNTED_ONCE)

    def rest(self, telling: Telling) -> Iterator[Activity]:
        """Those of the old layout that the new one did not tell."""
        for second, found in self._old.items():
            n_before = len(self._new.get(second, ())) + self._taken[second]
            for number, old in enumerate(found, start=n_before):
                yield _row(telling, old.place, old.when, (self._name, number), author=old.author, group=old.group)
        self._old = {}

    def _tell_new(self, telling: Telling, record: Record, place: Place) -> Activity:
        found = place.said(record)
        told = found.get("reaction") or next((one for one in found.plain if reaction_of(one) is not None), None)
        code = reaction_of(told)
        when = place.when(record.timestamp, *found.times)
        number = self._number(when)
        waiting = self._old.get(when[0], [])
        same = _match(waiting, code, lambda one: one.code)
        old = waiting.pop(same) if same is not None else None
        if old is not None:
            self._taken[when[0]] += 1
            telling.note(COUNTED_ONCE)
        elif self._has_both:
            self._new.setdefault(when[0], []).append(code)
        return _row(
            telling,
            place,
            when,
            (self._name, number),
            url=found.url,
            text=found.get("name", "title"),
            author=old.author if old is not None else None,
            group=group_named(found.get("group")) or (old.group if old is not None else None),
            is_mended=found.is_mended,
        )

    def _read_old(self, telling: Telling, record: Record, place: Place) -> _Old:
        code = next((one.reaction.reaction for one in record.data or () if one.reaction is not None), None)
        title = place.words(record.title) if record.title else None
        telling.note(BY_NAMES)
        people = telling.people
        return _Old(
            reaction_of(code),
            people.in_sentence(title, file=place.file),
            people.group_in(title),
            place.when(record.timestamp),
            place,
        )

    def _number(self, when: Moment) -> int:
        """Which one of its second it is, in its file."""
        number = self._nth[when[0]]
        self._nth[when[0]] += 1
        return number


def story_reactions(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Reactions to stories, which have a sentence only: no kind, and no time."""
    title = place.words(record.title) if record.title else None
    telling.note(BY_NAMES)
    when = place.when(record.timestamp)
    author = telling.people.in_sentence(title, file=place.file)
    yield telling.row(
        place,
        "react",
        "by_me",
        ("story", title),
        when if when[0] is not None else ORDER_ONLY,
        actor_id=telling.me,
        object_author_id=author,
        object_kind="post",
        confidence=BY_SENTENCE if author is not None else UNSAID,
        missing=() if author is not None else ("object_author_id",),
    )


def _match(waiting: list[_T], code: str | None, code_of: Callable[[_T], str | None]) -> int | None:
    """Which of those that wait is of the same kind, or of one that is not known; None when there is none."""
    kinds = [code_of(one) for one in waiting]
    if code in kinds:
        return kinds.index(code)
    return next((number for number, kind in enumerate(kinds) if kind is None or code is None), None)


def _row(
    telling: Telling,
    place: Place,
    when: Moment,
    facts: tuple[str, int],
    *,
    url: str | None = None,
    text: str | None = None,
    author: str | None = None,
    group: str | None = None,
    is_mended: bool = False,
) -> Activity:
    link = link_of(url) or NOWHERE
    told = link.author_id or author
    return telling.row(
        place,
        "react",
        "by_me",
        facts,
        when,
        actor_id=telling.me,
        object_id=link.object_id,
        object_author_id=told,
        object_kind=link.kind if link.kind in ("post", "comment") else "post",
        thread_id=link.thread_id,
        context_id=link.group_id or group,
        text=text,
        urls=(plain_url(url),) if url else None,
        confidence=1.0 if link.author_id is not None else BY_SENTENCE if told is not None else UNSAID,
        text_repaired=is_mended or place.is_repaired,
        missing=() if told is not None else ("object_author_id",),
    )

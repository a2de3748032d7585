"""One archive in the making: its members as typed records, with what became of each file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, TypeVar

import msgspec

from ascendant.activity import Coverage, Reject
from ascendant.errors import BrokenFile, mark
from ascendant.read.archive import Archive
from ascendant.read.export import Member
from ascendant.read.json_items import ENDS_EARLY, Found, json_items
from ascendant.read.x_archive.story import Place, Story
from ascendant.read.x_posts.refusals import Refused

COUNT_DIFFERS: Final = mark("it does not hold as many records as the archive announces")
DAMAGED: Final = mark("damaged: what came before the damage was read")
VIEWER: Final = "assets"
# X puts all ads of a while, and all headers of a conversation, into one record.
_LARGEST: Final = 64 << 20

_T = TypeVar("_T")


class Reading:
    """What is known of one archive while it is read.

    `announced` are the counts that it gives, by `plain` path; `told` is the coverage so far, by member name; `rejects`
    are those of files that are read before the first row is made.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.announced: dict[str, int] = {}
        self.told: dict[str, Coverage] = {}
        self.rejects: list[Reject] = []
        self.damage: BrokenFile | None = None
        # The pages that show an archive are programs too, and some may be called as its files are.
        data = {path: members for path, members in archive.places.items() if not path.startswith(f"{VIEWER}/")}
        self._data = replace(archive, places=data)
        self._paths = {member.name: path for path, members in archive.places.items() for member in members}

    def members(self, *names: str) -> list[Member]:
        """The files of these names and those that go on with them, in the folder `data` or, as once, without it."""
        for name in names:
            for path in (f"data/{name}", name):
                if found := self._data.family(path):
                    return found
        return []

    def early(self, kind: type[_T], *names: str) -> Iterator[_T]:
        """The records of files that are read first; what cannot be read is kept in `rejects`."""
        decoder = msgspec.json.Decoder(kind)
        for member in self.members(*names):
            for found in self.each(member, decoder):
                if isinstance(found, Reject):
                    self.rejects.append(found)
                else:
                    yield found.value

    def told_by(self, story: Story, members: list[Member]) -> Iterator[Any]:
        """What a story tells of some files."""
        order = 0
        for member in members:
            for found in self.each(member, story.decoder):
                order += 1
                if isinstance(found, Reject):
                    yield found
                    continue
                place = Place(member.name, found.pointer, order - 1, found.is_repaired)
                try:
                    yield from story.records(found.value, place)
                except Refused as refusal:
                    yield Reject(found.pointer, refusal.reason, refusal.detail, member.name)
            if note := story.note():
                self.add_note(member, note)

    def each(self, member: Member, decoder: msgspec.json.Decoder[_T]) -> Iterator[Found[_T] | Reject]:
        """The records of a file; at its end, its coverage is told."""
        n_records = n_found = 0
        status = "parsed"
        try:
            for found in json_items(member, "item", decoder, largest=_LARGEST):
                n_records += 1
                if type(found) is Reject:
                    if found.reason == ENDS_EARLY:
                        status = "unreadable"
                    yield msgspec.structs.replace(found, member=member.name)
                else:
                    n_found += 1
                    yield found
        except BrokenFile as error:
            self.damage = self.damage or error
            status = "unreadable"
            self.cover(member, status, n_records, DAMAGED)
            return
        if not n_records:
            status = "empty"
        elif not n_found:
            status = "unreadable"
        self.cover(member, status, n_records)

    def cover(self, member: Member, status: str, n_records: int, note: str | None = None) -> None:
        """Tell what became of a file, against what the archive announces."""
        expected = self.expected(member)
        if expected is not None and expected != n_records and status != "unread":
            note = f"{note}; {COUNT_DIFFERS}" if note else COUNT_DIFFERS
        self.told[member.name] = Coverage(
            member=member.name, status=status, rows_in=n_records, expected=expected, note=note
        )

    def add_note(self, member: Member, note: str) -> None:
        """Say more of a file that was told."""
        row = self.told[member.name]
        self.told[member.name] = msgspec.structs.replace(row, note=f"{row.note}; {note}" if row.note else note)

    def expected(self, member: Member) -> int | None:
        """How many records the archive announces for a file."""
        path = self._paths[member.name]
        return self.announced.get(path, self.announced.get(f"data/{path}"))

    def n_in(self, *names: str) -> int | None:
        """How many records the files of these names hold; null when there is no such file that was read whole."""
        members = self.members(*names)
        rows = [self.told[member.name] for member in members if member.name in self.told]
        if not rows or len(rows) < len(members) or any(row.status == "unreadable" for row in rows):
            return None
        return sum(row.rows_in for row in rows)

    def absent(self) -> Iterator[Coverage]:
        """Files that the archive announces and has not: they are in another part of it, or lost."""
        for path, expected in self.announced.items():
            if path not in self.archive.places and path.removeprefix("data/") not in self.archive.places:
                name = f"{self.archive.root}/{path}" if self.archive.root else path
                yield Coverage(member=name, status="absent", expected=expected)

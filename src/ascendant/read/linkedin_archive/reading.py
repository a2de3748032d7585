"""One archive in the making: its files as rows, with what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from ascendant.activity import Activity, Coverage, Reject
from ascendant.errors import BrokenFile, mark
from ascendant.read.archive import NOT_ASKED, Archive, covered, stem_and_number
from ascendant.read.export import Member
from ascendant.read.linkedin_archive.articles import article
from ascendant.read.linkedin_archive.catalogue import (
    LEFT,
    MESSAGES,
    READ,
    File,
    file_key,
    file_of,
    file_with,
    is_article,
    is_left,
)
from ascendant.read.linkedin_archive.messages import Messages
from ascendant.read.linkedin_archive.story import Item, Tell, Telling
from ascendant.read.linkedin_archive.table import NO_HEADER, ArchiveTable, Row, header_within, is_blank, opened
from ascendant.read.tabular.cells import Unreadable
from ascendant.read.tabular.table import Fault

DAMAGED: Final = mark("damaged: what came before the damage was read")
COMES_LATER: Final = mark("LinkedIn sends two archives: this file comes with the larger one, up to a day later")

_TABLES: Final = (".csv", ".tsv", ".txt")
_MOST_HEADERS: Final = 64  # of files with names of their own that are looked at


class Reading:
    """What is known of one archive while it is read.

    `told` is the coverage so far, by member name; `damage` the first broken file. Files are called by their keys
    (`shares`, `companyfollows`).
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.told: dict[str, Coverage] = {}
        self.damage: BrokenFile | None = None
        self._members: dict[str, list[Member]] = {}
        self._articles: list[Member] = []
        n_looks = 0
        for path in sorted(archive.places, key=lambda path: (stem_and_number(path), path)):
            for member in archive.places[path]:
                file = file_of(path)
                if file is None and member.suffix in _TABLES and not is_left(path) and n_looks < _MOST_HEADERS:
                    n_looks += 1
                    file = by_columns(member)
                if file is not None:
                    self._members.setdefault(file.key, []).append(member)
                elif is_article(path):
                    self._articles.append(member)

    @property
    def has_messages(self) -> bool:
        """Whether there is a file of private messages."""
        return MESSAGES.key in self._members

    def early(self, key: str) -> Iterator[Row]:
        """The rows of a file before it is its turn: what is wrong with it is told then."""
        file = _BY_KEY[key]
        for member in self._members.get(key, ()):
            table = opened(replace(member, watcher=None), file.columns)  # a look is no progress
            if table is None:
                continue
            try:
                for line, cells in table.rows():
                    if not isinstance(cells, Fault):
                        yield Row(table, cells, member.name, f"line {line}")
            except BrokenFile:
                continue

    def told_by_all(self, telling: Telling, *, with_messages: bool) -> Iterator[Item]:
        """What the files tell, in the order of the catalogue."""
        for file in READ:
            yield from self._told_by(file, file.tell(telling) if file.tell is not None else _nothing, telling)
        if with_messages:
            messages = Messages(telling)
            yield from self._told_by(MESSAGES, messages, telling)
            yield from messages.told()
        for member in self._articles:
            if not member.head(1):
                self._refuse(member)
                continue
            yield from article(telling, member)
            self._cover(member, "parsed" if not telling.notes else "unreadable", 1, telling.notes)
            telling.notes.clear()

    def coverage(self) -> Iterator[Coverage]:
        """One row for each member and each known file, `absent` for those that are not there."""
        known = []
        for file in (*READ, MESSAGES):
            members = self._members.get(file.key, [])
            known += [] if members else [file.name]
            for member in members:
                if member.name not in self.told:
                    self._leave(member)
        for path, found in self.archive.places.items():
            for member in found if is_left(path) else ():
                self._leave(member)
        here = {file_key(path) for path in self.archive.places}
        known += [name for name in LEFT if file_key(name) not in here]
        is_quick = not any(file.key in self._members for file in READ if not file.is_in_quick)
        late = {file.name for file in READ if not file.is_in_quick}
        for row in covered(self.archive, self.told, known, is_left):
            if is_quick and row.status == "absent" and row.member.rpartition("/")[2] in late:
                yield Coverage(member=row.member, status="absent", note=COMES_LATER)
            else:
                yield row

    def _told_by(self, file: File, tell: Tell, telling: Telling) -> Iterator[Item]:
        before: ArchiveTable | None = None
        for member in self._members.get(file.key, ()):
            table = opened(member, file.columns, is_escaped=file.is_escaped, before=before)
            if table is None:
                self._refuse(member)
                continue
            before, n_rows, status = table, 0, "parsed"
            try:
                for line, cells in table.rows():
                    n_rows += 1
                    pointer = f"line {line}"
                    if isinstance(cells, Fault):
                        yield Reject(pointer, cells.reason, cells.detail, member.name)
                        continue
                    try:
                        yield from tell(Row(table, cells, member.name, pointer))
                    except Unreadable as refusal:
                        yield Reject(pointer, refusal.reason, refusal.detail, member.name)
                    if telling.accounts:
                        yield from telling.accounts
                        telling.accounts.clear()
            except BrokenFile as error:
                self.damage = self.damage or error
                telling.note(DAMAGED)
                status = "unreadable"
            notes = dict.fromkeys([*table.notes, *telling.notes])
            telling.notes.clear()
            self._cover(member, status if n_rows or status != "parsed" else "empty", n_rows, notes)

    def _refuse(self, member: Member) -> None:
        """Tells why nothing can be read of a member: it is empty, damaged, or something else."""
        if is_blank(member):
            self._cover(member, "empty", 0, ())
            return
        note = NO_HEADER
        try:
            with member.open() as stream:
                stream.read(1 << 16)
        except BrokenFile as error:
            self.damage = self.damage or error
            note = DAMAGED
        self._cover(member, "unreadable", 0, (note,))

    def _leave(self, member: Member) -> None:
        blank = is_blank(member)
        self._cover(member, "empty" if blank else "unread", 0, () if blank else (NOT_ASKED,))

    def _cover(self, member: Member, status: str, n_rows: int, notes: Iterable[str]) -> None:
        self.told[member.name] = Coverage(
            member=member.name, status=status, rows_in=n_rows, note="; ".join(notes) or None
        )


def by_columns(member: Member) -> File | None:
    """The file that a table of another name is: its columns say so, and that it comes from LinkedIn."""
    head = member.head()
    file = file_with(header_within(head))
    if file is None:
        return None
    return file if b"linkedin" in head.lower() else None


_BY_KEY: Final = {file.key: file for file in READ}


def _nothing(row: Row) -> Iterable[Activity]:
    """Of files that are read for the owner's account."""
    return ()

"""One archive -> its rows: who it is of, what each of its files tells, and what became of each file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.errors import BrokenFile, mark
from ascendant.read.archive import Archive, covered, stem_and_number
from ascendant.read.export import Member
from ascendant.read.facebook_archive.files import IDENTITY, File, table
from ascendant.read.facebook_archive.ledger import Ledger
from ascendant.read.facebook_archive.members import Tally, names_in, told_by
from ascendant.read.facebook_archive.owner import owner_of
from ascendant.read.facebook_archive.people import People
from ascendant.read.facebook_archive.posts import MEDIA
from ascendant.read.facebook_archive.reactions import Reactions
from ascendant.read.facebook_archive.shapes import first_key
from ascendant.read.facebook_archive.stories import STORIES
from ascendant.read.facebook_archive.story import Item, Owner, Telling

ONLY_JSON: Final = mark("pages in HTML are read for the main lists only: ask Facebook for JSON instead")
TOO_OLD: Final = mark("a page of before 2018, which is not read: ask Facebook for a new export, as JSON")
DAMAGED: Final = mark("the file breaks off or is damaged")
NO_PROFILE: Final = mark("no file says whose archive this is: it is named after its folder")

_WITH_PICTURES: Final = frozenset({"albums", "uncategorized_photos", "videos"})


@dataclass
class Reading:
    """An archive while it is read. `told` are the acts that a newer archive of the same owner told, by their hash."""

    archive: Archive
    with_messages: bool
    entries: dict[str, list[Member]] = field(default_factory=dict)
    coverage: dict[str, Coverage] = field(default_factory=dict)
    broken: BrokenFile | None = None

    def __post_init__(self) -> None:
        known = table()
        for path, members in sorted(self.archive.places.items(), key=lambda place: _in_order(place[0])):
            entry = known.find(path)
            for member in members:
                if entry is None and member.suffix == ".json" and not known.is_left(path):
                    key = first_key(member)
                    entry = known.by_shape(key) if key is not None else None
                if entry is not None and (self.with_messages or entry.name != "messages"):
                    self.entries.setdefault(entry.name, []).append(member)
                elif path in known.oldest:
                    self.coverage[member.name] = Coverage(member=member.name, status="unread", note=TOO_OLD)

    def owner(self) -> tuple[Owner, Account]:
        """Whose archive it is."""
        return owner_of(
            self.archive, _unwatched(self.entries.get("profile", [])), _unwatched(self.entries.get("time_zone", []))
        )

    def rows(self, owner: Owner, account: Item, newer: Collection[int]) -> Iterator[Item | Coverage]:
        """All rows, then what became of each file. Raises nothing: a damaged file is remembered as `broken`."""
        telling = Telling(owner, People(owner.collected_at))
        if self.entries.keys() & _WITH_PICTURES:
            telling.state[MEDIA] = set()
        self._learn(telling)
        self.ledger = Ledger(newer)
        yield account
        for name, entry in table().entries.items():
            if members := self.entries.get(name):
                yield from self._entry(telling, entry, members)
        absent = table().absent(set(self.entries))
        if (profile := table().entries[IDENTITY]).current in absent:
            absent.remove(profile.current)
            member = f"{self.archive.root}/{profile.current}".lstrip("/")
            self.coverage[member] = Coverage(member=member, status="absent", note=NO_PROFILE)
        yield from covered(self.archive, self.coverage, absent, table().is_left)

    def _entry(self, telling: Telling, entry: File, members: list[Member]) -> Iterator[Item]:
        has_json = any(member.suffix == ".json" for member in members)
        tell = STORIES.get(entry.story)
        reactions = None
        if entry.story == "reactions":
            numbers = [stem_and_number(member.name)[1] for member in members]
            has_both = min(numbers) < 0 <= max(numbers)
            reactions = Reactions(entry.name, has_both=has_both)
            tell = reactions.tell
            # The old layout first: it has numbers.
            members = sorted(members, key=lambda member: stem_and_number(member.name)[1] < 0)
        for member in members:
            tally = Tally()
            telling.notes.clear()
            is_html = member.suffix == ".html"
            if is_html and (has_json or not entry.in_html):
                self.coverage[member.name] = Coverage(member=member.name, status="unread", note=ONLY_JSON)
                continue
            try:
                rows = told_by(telling, entry, member, tell, tally)
                yield from self._admitted(telling, entry, rows, tally)
            except BrokenFile as error:
                self.broken = self.broken or error
                telling.note(DAMAGED)
                self._cover(telling, entry, member, tally, is_damaged=True)
            else:
                self._cover(telling, entry, member, tally, is_damaged=False)
        if reactions is not None:
            yield from self._admitted(telling, entry, reactions.rest(telling), Tally())

    def _admitted(
        self, telling: Telling, entry: File, rows: Iterator[Activity | Reject], tally: Tally
    ) -> Iterator[Item]:
        """Rows that no other file told, and the accounts that are met for the first time."""
        people, admit = telling.people, self.ledger.admit
        for row in rows:
            if isinstance(row, Reject):
                tally.n_rejects += 1
                yield row
                continue
            tally.n_told += 1
            admitted = admit(row, entry.name, entry.after, is_repeated=entry.is_repeated)
            if admitted is not None:
                yield admitted
            yield from people.new()
        found = people.new()
        tally.n_told += len(found)
        yield from found

    def _cover(self, telling: Telling, entry: File, member: Member, tally: Tally, *, is_damaged: bool) -> None:
        n_met = tally.n_records + tally.n_rejects
        if is_damaged or (tally.n_rejects and not tally.n_records):
            status = "unreadable"
        elif tally.is_unknown:
            status = "unknown"
        else:
            # One record of the newest layout may be a list of nothing; an old reaction is told with the new ones.
            is_empty = n_met == 0 or (n_met == 1 and not tally.n_told and entry.story != "reactions")
            status = "empty" if is_empty else "parsed"
        self.coverage[member.name] = Coverage(
            member=member.name, status=status, rows_in=n_met, note="; ".join(telling.notes) or None
        )

    def _learn(self, telling: Telling) -> None:
        """The names of friends, pages and groups, before sentences are looked at."""

        def named(*entries: str) -> Iterator[tuple[str, str | None]]:
            for name in entries:
                for member in _unwatched(self.entries.get(name, [])):
                    yield from names_in(table().entries[name], member, telling.owner.zone)

        telling.people.learn(
            own=telling.owner.names,
            friends=[name for name, _ in named("friends", "following", "removed_friends")],
            pages=list(named("page_likes", "pages_followed", "pages_unfollowed")),
            groups=[name for name, _ in named("groups", "own_groups")],
        )


def _unwatched(members: list[Member]) -> list[Member]:
    """Members whose reading is not counted: they are read again."""
    return [replace(member, watcher=None) for member in members]


def _in_order(path: str) -> tuple[str, int, str]:
    """Numbers as numbers: part 10 after part 9."""
    stem, number = stem_and_number(path)
    return stem, number, path

"""Somebody's own archive of LinkedIn ("Get a copy of your data") -> what they did and what was done to them.

LinkedIn sends a quick archive within minutes and a complete one within a day; both may be given, together or one after
the other. It tells neither who follows the owner, nor what was shown to the owner, nor whose posts the owner liked:
what is missing is said act by act. Which file is read by what stands in `catalogue`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ascendant.activity import Coverage
from ascendant.errors import mark
from ascendant.read.archive import Archive, archives_in, plain
from ascendant.read.export import MEDIA, Export
from ascendant.read.linkedin_archive.catalogue import IDENTITY, file_of, is_known
from ascendant.read.linkedin_archive.owner import account_of, identity_in, owner_of
from ascendant.read.linkedin_archive.reading import Reading, by_columns
from ascendant.read.linkedin_archive.story import Item, Telling
from ascendant.read.linkedin_archive.table import opened
from ascendant.read.options import ReadOptions
from ascendant.read.owners import Owned

COPY: Final = mark("a copy of another file of this archive")
_MOST_LOOKS: Final = 12
_NO_TABLES: Final = (".json", ".js", ".html", *sorted(MEDIA))

FILES: Final = {
    "Shares, InstantReposts, Comments, Reactions, Votes (.csv)": "what they posted, passed on, answered, liked, voted",
    "Connections, Invitations, Member_Follows, Company Follows (.csv)": "with whom they are linked, whom they follow",
    "Ads Clicked, LAN Ads Engagement, Ad_Targeting (.csv)": "ads that they opened, and what they are targeted by",
    "Inferences_about_you (.csv)": "what LinkedIn infers of them: only what it says yes to",
    "SearchQueries, Saved_Items, Events, Logins (.csv)": "what they looked for and kept, and when they were there",
    "Profile (.csv)": "whose archive it is",
    "messages (.csv)": "who wrote to whom and when, only with `--with-messages`; no text is read",
    "Articles/*.html": "titles of their articles",
}


class LinkedInArchiveReader:
    """The reader of own archives of LinkedIn."""

    name = "linkedin_archive"
    version = 1
    platform = "linkedin"

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        """A file of one of its names with the columns that LinkedIn gives it; or columns that only LinkedIn has."""
        n_looks = 0
        # Archives of other platforms hold ten thousands of files that are no tables.
        tables = tuple(member for member in export.members if not member.name.lower().endswith(_NO_TABLES))
        if not tables:
            return False
        for archive in _archives(replace(export, members=tables)):
            for path, members in archive.places.items():
                file = file_of(path)
                if n_looks == _MOST_LOOKS:
                    return False
                if file is not None:
                    n_looks += 1
                    if opened(members[0], file.columns) is not None:
                        return True
                elif not is_known(path) and members[0].suffix in (".csv", ".tsv", ".txt"):
                    n_looks += 1
                    if by_columns(members[0]) is not None:
                        return True
        return False

    def owners(self, export: Export) -> list[Owned]:
        """Whose archives they are."""
        found = []
        for archive in _archives(export):
            identity = identity_in(Reading(archive))
            found.append(Owned(archive, account_of(identity, owner_of([identity], export.label), None)))
        return found

    def read(self, export: Export, options: ReadOptions) -> Iterator[Item | Coverage]:
        """Raises `SeveralOwners`, `AmbiguousMember`; `BrokenFile` after what could be read."""
        found = [Reading(archive) for archive in _archives(export)]
        identities = [identity_in(reading) for reading in found]
        owner = owner_of(identities, export.label)
        # Each archive holds all messages until its day: counted in the latest, they are counted once.
        with_messages = [reading for reading in found if reading.has_messages] if options.with_messages else []
        latest = max(with_messages, key=lambda reading: reading.archive.named_date() or 0, default=None)
        told: set[str] = set()
        for reading, identity in zip(found, identities, strict=True):
            telling = Telling(owner, reading.archive.named_date())
            account = account_of(identity, owner, telling.collected_at)
            if account is not None:
                yield account
            yield from reading.told_by_all(telling, with_messages=reading is latest)
            for row in reading.coverage():
                if row.member not in told:  # one archive may lie in a folder of another
                    told.add(row.member)
                    yield row
        placed = {member.name for reading in found for member in reading.archive.members}
        for member in export.members:
            if member.name not in placed:
                yield Coverage(member=member.name, status="unread", note=COPY)
        for reading in found:
            if reading.damage is not None:
                raise reading.damage


READER = LinkedInArchiveReader()


def _archives(export: Export) -> list[Archive]:
    """The archives in an export; where no file has one of LinkedIn's names, all files together."""
    found = archives_in(export, is_known, IDENTITY)
    if found:
        return found
    return [Archive(export, "", {plain(member.name): (member,) for member in export.members})]

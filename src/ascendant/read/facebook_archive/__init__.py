"""An export of Facebook ("Download your information") -> Activity rows, with the accounts that it names.

Which file is what, in the layouts of 2018 to 2026, is in `files` (a table); the words of the account's language that
must be understood are in `wording` (a table too). Old records have titles and data, new ones labels and values
(`label_values`); pages in HTML are made into records first (`pages`). What each kind of file tells is in `posts`,
`reactions`, `ties`, `shown`, `advertising` and `addressed`. Names are no ids: see `people`.

Facebook gives no ids of posts and people but in addresses, and tells for whom a comment was in a sentence only. What is
not told is not guessed: a row says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.errors import SeveralOwners
from ascendant.read.archive import Archive, archives_in, plain
from ascendant.read.export import Export
from ascendant.read.facebook_archive.files import IDENTITY, table
from ascendant.read.facebook_archive.owner import is_same
from ascendant.read.facebook_archive.pages import is_page
from ascendant.read.facebook_archive.reading import Reading
from ascendant.read.facebook_archive.shapes import holds
from ascendant.read.options import ReadOptions
from ascendant.read.owners import Owned

FILES: Final = {
    "your_facebook_activity/**.json": "exports since 2024, of persons, pages and the joint Accounts Center",
    "your_activity_across_facebook/**.json": "exports of 2023",
    "posts/, comments/, ads/, ... (.json)": "exports of 2018 to 2022, whose folders lie side by side",
    "*.html": "exports as pages: the main lists only, without ids and with dates of an unnamed zone; ask for JSON",
}
_MOST_LOOKS: Final = 16  # files that are looked into, to see whose export it is
_OF_FACEBOOK: Final = ("apps_and_websites_off_of_facebook/", "your_interactions_on_facebook/")


class FacebookArchiveReader:
    """The reader of a person's, or a page's, own export."""

    name = "facebook_archive"
    version = 2
    platform = "facebook"

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        """A path that only Facebook writes, or one that others may write too with what Facebook writes into it."""
        known = table()
        n_looks = 0
        for archive in _archives(export):
            for path, members in archive.places.items():
                if path.startswith((*known.activity_folders, *_OF_FACEBOOK)) or path in known.oldest:
                    return True
                entry = known.find(path)
                if entry is None or n_looks == _MOST_LOOKS:
                    continue
                n_looks += 1
                head = members[0].head(4096)
                if is_page(head) if members[0].suffix == ".html" else holds(head, entry):
                    return True
        return False

    def owners(self, export: Export) -> list[Owned]:
        """Whose exports they are."""
        # An export may hold a hundred thousand files: those that name the owner are looked for by their names first.
        naming = tuple(member for member in export.members if plain(member.name).rpartition("/")[2] in _naming())
        archives = _archives(replace(export, members=naming)) if naming else []
        found = []
        for archive in archives if len(archives) == 1 else _archives(export):
            owner, account = Reading(archive, with_messages=False).owner()
            found.append(Owned(archive, account, owner.names))
        return found

    def read(self, export: Export, options: ReadOptions) -> Iterator[Activity | Account | Coverage | Reject]:
        """Raises `SeveralOwners`; `BrokenFile` after everything else was read, when a file is damaged."""
        readings = [Reading(archive, with_messages=options.with_messages) for archive in _archives(export)]
        owned = [(reading, *reading.owner()) for reading in readings]
        # The newest first: of what two exports tell, it tells more.
        owned.sort(key=lambda one: -(one[1].collected_at or 0))
        for _, owner, _ in owned[1:]:
            if not is_same(owned[0][1], owner):
                names = ", ".join(one.names[0] if one.names else one.account_id for _, one, _ in owned)
                raise SeveralOwners(file=export.label, n=len(owned), owners=names)
        told: set[int] = set()
        for reading, owner, account in owned:
            yield from reading.rows(owner, account, told)
            if len(owned) > 1:
                told |= reading.ledger.told
        for reading, _, _ in owned:
            if reading.broken is not None:
                raise reading.broken


READER = FacebookArchiveReader()


@cache
def _naming() -> frozenset[str]:
    """Names of the files that tell whose export it is, and in which zone they live."""
    entries = (IDENTITY, "time_zone")
    names = {path.rpartition("/")[2] for path, entry in table().by_stem.items() if entry.name in entries}
    return frozenset(names | {name.removesuffix(".json") + ".html" for name in names})


def _archives(export: Export) -> list[Archive]:
    known = table()
    identity = {path for path, entry in known.by_stem.items() if entry.name == IDENTITY}
    identity |= {path.removesuffix(".json") + ".html" for path in identity}
    return archives_in(export, known.is_known, identity)

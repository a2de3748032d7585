"""Public libraries of advertisements -> Activity rows: who paid, how much (an interval), whom it was meant for.

Meta's report as a table or as its zip (`report`), Meta's API (`api`), Google's political advertisements (`google`).
Verb `targeted`, direction `third`: an advertiser has its advertisements shown to an audience; that is no act of the
kind that influence is measured on. `Ad.advertiser` is the name that the payer gives, null where it gives none; the
page is the actor.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Final

import msgspec

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.errors import BrokenFile, mark
from ascendant.read.ad_library import api, google, report
from ascendant.read.export import Export, Member
from ascendant.read.json_records import records
from ascendant.read.known_tables import Item, News, known_table, table_items
from ascendant.read.options import ReadOptions
from ascendant.read.tabular.cells import Unreadable
from ascendant.read.tabular.sniff import Layout, plain_name

UNKNOWN_FILE: Final = mark("not a file of an advertisement library that this reader knows")
EXPLANATIONS: Final = mark("explanations, no figures")

FILES: Final = {
    "pages": "report of the Meta Ad Library: the CSV of advertisers, or the whole zip; spend is an interval",
    "places": "report of the Meta Ad Library: its CSV of regions and places",
    "api": "API of the Meta Ad Library, in JSON; the access token in the links is left out",
    "google": "CSV of political advertisements from Google's transparency files",
}
_KINDS: Final = {"google": google.NEEDED, "pages": report.NEEDED_PAGES, "places": report.NEEDED_PLACES}
_EXPLAINING: Final = frozenset({".txt", ".md", ".pdf", ".html"})


class AdLibraryReader:
    """The reader of advertisement libraries."""

    name = "ad_library"
    version = 1

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        """One file of a known form, or a report's zip, in which every member is one or explains them."""
        is_one = False
        for member in export.members:
            explains = PurePosixPath(member.name).suffix.lower() in _EXPLAINING
            if not (explains and is_one) and _is_known(member):
                is_one = True
            elif not explains:  # an archive may hold thousands more of these
                return False
        return is_one

    def read(self, export: Export, options: ReadOptions) -> Iterator[Item]:
        """Raises `BrokenFile` after what could be read."""
        is_alone = len(export.members) == 1
        for member in export.members:
            for item in _items(member, is_alone=is_alone):
                yield item if is_alone else _placed(item, member.name)


READER = AdLibraryReader()


def _is_known(member: Member) -> bool:
    head = member.head()
    return api.is_api(head) or _table_of(head) is not None


def _table_of(head: bytes) -> tuple[str, Layout] | None:
    found = known_table(head, _KINDS)
    if found is None or found[0] == "google":
        return found
    names = {plain_name(cell): place for place, cell in enumerate(found[1].rows[0])}
    return found if report.amount_column(names) is not None else None


def _items(member: Member, *, is_alone: bool) -> Iterator[Item]:
    head = member.head()
    if (table := _table_of(head)) is not None:
        kind, layout = table
        opened = google.GoogleAds if kind == "google" else partial(report.AdReport, name=member.name)
        yield from table_items(member, layout, opened)
    elif api.is_api(head):
        yield from _api_items(member)
    elif not is_alone and PurePosixPath(member.name).suffix.lower() in _EXPLAINING:
        yield Coverage(member=member.name, status="parsed", note=EXPLANATIONS)
    else:
        yield Reject("file", UNKNOWN_FILE)
        yield Coverage(member=member.name, status="unknown", rows_in=1)


def _api_items(member: Member) -> Iterator[Item]:
    news, n_records = News(), 0
    damage: BrokenFile | None = None
    try:
        for pointer, record in records(member):
            n_records += 1
            if isinstance(record, Reject):
                # What a broken line holds is not repeated: there may be a token in it.
                yield Reject(record.pointer, record.reason)
                continue
            try:
                for fact in api.facts(record, pointer):
                    if not isinstance(fact, Account) or news.about(fact):
                        yield fact
            except Unreadable as unreadable:
                yield Reject(pointer, unreadable.reason)
    except BrokenFile as error:
        damage = error
    status = "unreadable" if damage is not None else "parsed" if n_records else "empty"
    yield Coverage(member=member.name, status=status, rows_in=n_records)
    if damage is not None:
        raise damage


def _placed(item: Item, member: str) -> Item:
    """The same item of an export with several members: it says in which it stands."""
    if isinstance(item, Activity | Account):
        return msgspec.structs.replace(item, source_file=member)
    return Reject(f"{member}, {item.pointer}", item.reason, item.detail) if isinstance(item, Reject) else item

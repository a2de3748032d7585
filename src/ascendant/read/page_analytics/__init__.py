"""LinkedIn's own statistics of a page or of a person (.xls, .xlsx) -> rows of what was measured.

Exports of a page: content (figures of each day, all posts), followers, visitors, competitors. Exports of a person:
discovery, engagement, top posts, followers, demographics. A table is known by the heads of its columns, in the
languages of `names.toml`; the name of its sheet is free. `measures` tells how figures become rows.

Whose figures they are stands in no cell. For a page it is the first part of the file's official name, if it has it:
a name, not an identity. For a person it is the author of the top posts, in whose addresses their handle stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.errors import AscendantError, UnknownFormat, mark
from ascendant.read.export import Export, Member
from ascendant.read.known_tables import Item
from ascendant.read.magic import GIVE_POSTS, SAVE_AS_CSV
from ascendant.read.options import ReadOptions
from ascendant.read.page_analytics.days import Days, days_inside
from ascendant.read.page_analytics.layout import Table, tables
from ascendant.read.page_analytics.measures import Moment
from ascendant.read.page_analytics.records import Book, Source, handle_in
from ascendant.read.workbook import LARGEST_BYTES, Cell, Sheet, is_workbook, seen_in, sheets

UNKNOWN_SHEET: Final = mark("a sheet that is none of LinkedIn's statistics")
SECOND_TIME: Final = mark("the same figures stand a second time")
UNKNOWN_COLUMNS: Final = mark("some columns are not known and were left out")

FILES: Final = {
    "page": "LinkedIn's statistics of a page (.xls): content, followers, visitors, competitors; heads in en, fr or pt",
    "creator": "LinkedIn's statistics of a person (.xlsx): discovery, engagement, top posts, followers, demographics",
}
_PAGE_FILE: Final = re.compile(
    r"(.+?)_(?:content|updates|followers|visitors|competitor_analytics)_(\d+)", re.IGNORECASE
)


class PageAnalyticsReader:
    """The reader of LinkedIn's statistics."""

    name = "page_analytics"
    version = 1

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        """One workbook, of which at least one sheet has the columns of a known table."""
        if len(export.members) != 1 or export.members[0].size > LARGEST_BYTES:
            return False
        member = export.members[0]
        if not is_workbook(member.head()):
            return False
        try:
            return any(tables(sheet) for sheet in sheets(member))
        except AscendantError:
            return False

    def read(self, export: Export, options: ReadOptions) -> Iterator[Item]:
        """Raises `UnknownFormat`, which lists sheets and columns, for a workbook from another program; `BrokenFile`
        and `ProtectedFile`."""
        for member in export.members:
            yield from _items(member)


READER = PageAnalyticsReader()


def _items(member: Member) -> Iterator[Item]:
    if not is_workbook(member.head()):
        raise UnknownFormat(file=member.name, seen=mark("no workbook"), remedy=GIVE_POSTS)
    found = sheets(member)
    laid_out = [(sheet, tables(sheet)) for sheet in found]
    if not any(listed for _, listed in laid_out):
        raise UnknownFormat(file=member.name, seen=seen_in(found), remedy=SAVE_AS_CSV)
    notes: list[str] = []
    book = Book(_days(laid_out), _source(member.name, laid_out), notes)
    n_records = 0
    met: set[str] = set()
    for sheet, listed in laid_out:
        if not listed:
            if any(text for row in sheet.rows for text in row):
                n_records += 1
                yield Reject(sheet.name, UNKNOWN_SHEET, seen_in([sheet]))
            continue
        if any(table.n_unknown for table in listed if len(listed) == 1) and UNKNOWN_COLUMNS not in notes:
            notes.append(UNKNOWN_COLUMNS)
        for number, items in book.records(sheet, listed):
            n_records += 1
            rows = [item for item in items if isinstance(item, Activity)]
            if again := next((row for row in rows if row.activity_id in met), None):
                yield Reject(
                    f"{sheet.name}!{number}", mark("the same figures stand a second time"), again.object_id or ""
                )
                continue
            met.update(row.activity_id for row in rows)
            yield from items
    yield from book.accounts()
    yield Coverage(
        member=member.name,
        status="parsed" if n_records else "empty",
        rows_in=n_records,
        note="; ".join(notes) or None,
    )


def _days(laid_out: list[tuple[Sheet, list[Table]]]) -> Days:
    """All days of a workbook together: what one sheet leaves open, another may decide."""
    written: list[Cell] = []
    customs: list[str] = []
    for sheet, listed in laid_out:
        for table in listed:
            customs += [table.custom] if table.custom else []
            places = [place for place, column in table.columns if column.what in ("date", "posted_on")]
            written += [row[place] for row in sheet.rows[table.first_row - 1 :] for place in places if place < len(row)]
        written += [day for row in sheet.rows[:3] for cell in row for day in days_inside(cell)] if listed else []
    return Days(written, customs[0] if len(set(customs)) == 1 else "detect" if customs else None)


def _source(name: str, laid_out: list[tuple[Sheet, list[Table]]]) -> Source:
    """Whose workbook it is, and when it was made, as far as that can be known."""
    stem = PurePosixPath(name).stem
    if found := _PAGE_FILE.fullmatch(stem):
        ms = int(found[2]) if len(found[2]) == 13 else 0
        made = ms * 1000 if 1_300_000_000_000 < ms < 4_102_444_800_000 else None
        page = found[1].strip("_ ").lower()
        account = Account(
            account_id=f"linkedin:name:{page}",
            platform="linkedin",
            name=found[1].replace("_", " ").strip(),
            declared_kind="company",
            is_me=True,
            resolved="name_only",
            collected_at=made,
        )
        return Source(account, made, Moment(made, "ms", "export_time") if made is not None else Moment())
    handles = {
        handle
        for sheet, listed in laid_out
        for table in listed
        if table.kind == "posts" and table.place("engagements") is not None
        for row in sheet.rows[table.first_row - 1 :]
        if (place := table.place("post_link")) is not None
        and place < len(row)
        and (handle := handle_in(row[place])) is not None
    }
    if len(handles) != 1:
        return Source(None, None, Moment())
    handle = handles.pop()
    account = Account(
        account_id=f"linkedin:@{handle}", platform="linkedin", handle=handle, is_me=True, resolved="derived"
    )
    return Source(account, None, Moment())

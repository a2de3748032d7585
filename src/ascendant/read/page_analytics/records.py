"""Rows of the tables of a workbook -> what was measured, row by row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote

import msgspec

from ascendant.activity import Account, Activity, Reject
from ascendant.errors import mark
from ascendant.read.linkedin_ids import post_key
from ascendant.read.page_analytics.days import Days
from ascendant.read.page_analytics.layout import SEGMENTS, Table, total_above
from ascendant.read.page_analytics.measures import (
    NEGATIVE,
    NOT_A_COUNT,
    Figures,
    Moment,
    Place,
    daily,
    measured,
    metric_id,
)
from ascendant.read.page_analytics.names import Column, columns_in
from ascendant.read.tabular.cells import Unreadable, whole
from ascendant.read.workbook import Cell, Sheet, text_of

NO_LINK: Final = mark("a post without an address")
NO_NAME: Final = mark("a figure without the name of what it counts")

_HANDLE: Final = re.compile(r"linkedin\.com/posts/([^/_?#]+)_")
_POST_FIGURES: Final = frozenset(
    {"impressions", "views", "offsite_views", "clicks", "likes", "reactions", "comments", "reposts", "follows"}
    | {"engagement_rate", "click_rate", "engagements"}
)


_Read: TypeAlias = Callable[[Table, Sequence[Cell], Sheet, int], list[Activity | Reject]]


class Source(NamedTuple):
    """Whose workbook it is (null when unknown), when it was made, and the moment of figures that bear no day."""

    account: Account | None
    collected_at: int | None
    moment: Moment


class Book:
    """Reads the tables of one workbook; gathers what it learns of accounts."""

    def __init__(self, days: Days, source: Source, notes: list[str]) -> None:
        self._days, self._source, self._notes = days, source, notes
        self._followers: int | None = None
        self._counted_at: int | None = None
        self._others: dict[str, Account] = {}
        self._kinds: dict[str, _Read] = {
            "daily": self._daily,
            "totals": self._totals,
            "segments": self._segments,
            "shares": self._shares,
            "competitors": self._competitors,
        }

    def records(self, sheet: Sheet, listed: list[Table]) -> Iterator[tuple[int, list[Activity | Reject]]]:
        """The items of each record, with the number of its row."""
        if listed[0].kind == "posts":
            yield from self._posts(sheet, listed)
            return
        for table in listed:
            if table.kind == "daily" and (total := total_above(sheet, table)) is not None:
                yield 1, self._total(total, sheet.name)
            read = self._kinds[table.kind]
            for number, row in enumerate(sheet.rows[table.first_row - 1 :], start=table.first_row):
                if not any(text_of(cell) for cell in row):
                    continue
                try:
                    yield number, read(table, row, sheet, number)
                except Unreadable as unreadable:
                    yield number, [Reject(f"{sheet.name}!{number}", unreadable.reason, unreadable.detail)]

    def accounts(self) -> Iterator[Account]:
        """Whose figures they are, then competitors."""
        account = self._source.account
        if account is not None:
            counted_at = self._counted_at or account.collected_at
            yield msgspec.structs.replace(account, followers=self._followers, collected_at=counted_at)
        yield from self._others.values()

    @property
    def _whose(self) -> str | None:
        return self._source.account.account_id if self._source.account is not None else None

    def _place(self, sheet: Sheet, number: int, moment: Moment | None = None, whose: str | None = None) -> Place:
        chosen = moment if moment is not None else self._source.moment
        return Place(whose or self._whose, chosen, self._source.collected_at, f"{sheet.name}!{number}")

    def _daily(self, table: Table, row: Sequence[Cell], sheet: Sheet, number: int) -> list[Activity | Reject]:
        day = self._days.micros(_cell(row, table.place("date")))
        cells = [(daily(column), _cell(row, place)) for place, column in table.columns if column.what != "date"]
        figures = Figures(cells, self._notes)
        place = self._place(sheet, number, Moment(day, "day", "explicit"))
        rows: list[Activity | Reject] = []
        for scope in figures.scopes:
            metrics, unknown = figures.of(scope)
            rows.append(measured(f"linkedin:metric/posts/{scope}", place, metrics=metrics, missing=unknown))
        return [*rows, *figures.others(place), *_fault(figures, place)]

    def _total(self, total: tuple[Cell, Cell], sheet_name: str) -> list[Activity | Reject]:
        """The followers of a person, with the day on which they were counted."""
        n, day = whole(text_of(total[1])), self._days.last_in(total[0])
        if n is None or n < 0:
            return []
        self._followers, self._counted_at = n, day
        moment = Moment(day, "day", "explicit") if day is not None else self._source.moment
        place = Place(self._whose, moment, self._source.collected_at, f"{sheet_name}!1")
        return [measured("linkedin:metric/followers", place, count=n)]

    def _totals(self, table: Table, row: Sequence[Cell], sheet: Sheet, number: int) -> list[Activity | Reject]:
        column = columns_in([row[0]])[0][0]
        if column is None:
            raise Unreadable(NO_NAME)
        window = text_of(sheet.rows[table.first_row - 2][1])
        day = self._days.last_in(window)
        n = whole(text_of(_cell(row, 1)))
        if n is None or n < 0:
            raise Unreadable(NOT_A_COUNT if n is None else NEGATIVE)
        moment = Moment(day, "day", "explicit") if day is not None else self._source.moment
        place = self._place(sheet, number, moment)
        return [measured(metric_id(Column(column.what, "window")), place, count=n, text=window)]

    def _posts(self, sheet: Sheet, listed: list[Table]) -> Iterator[tuple[int, list[Activity | Reject]]]:
        """Posts; two tables side by side tell of the same posts, and each post is told once."""
        found: dict[str, tuple[int, str, list[tuple[Column, Cell]]]] = {}
        for table in listed:
            for number, row in enumerate(sheet.rows[table.first_row - 1 :], start=table.first_row):
                if not any(text_of(_cell(row, place)) for place, _ in table.columns):
                    continue
                link = text_of(_cell(row, table.place("post_link")))
                if not link:
                    yield number, [Reject(f"{sheet.name}!{number}", NO_LINK)]
                    continue
                cells = [(c, _cell(row, place)) for place, c in table.columns if c.what in _POST_FIGURES]
                key = link if len(listed) > 1 else f"{link}\n{number}"
                known = found.setdefault(key, (number, link, []))
                met = {column for column, _ in known[2]}
                known[2].extend((column, cell) for column, cell in cells if column not in met)
        for number, link, cells in found.values():
            yield number, self._post(link, cells, sheet, number)

    def _post(self, link: str, cells: list[tuple[Column, Cell]], sheet: Sheet, number: int) -> list[Activity | Reject]:
        try:
            key = post_key(link)
        except Unreadable:
            key = None
        handle = handle_in(link)
        place = self._place(sheet, number, whose=f"linkedin:@{handle}" if handle else None)
        figures = Figures(cells, self._notes)
        metrics, unknown = figures.of("")
        post = f"linkedin:{key}" if key else None
        missing = unknown if key else (*unknown, "object_id")
        row = measured(post, place, kind="post", metrics=metrics, url=link, missing=missing)
        return [row, *(figures.others(place, post) if post else []), *_fault(figures, place)]

    def _segments(self, table: Table, row: Sequence[Cell], sheet: Sheet, number: int) -> list[Activity | Reject]:
        kind = next(column.what for _, column in table.columns if column.what in SEGMENTS)
        counted = next(column.what for _, column in table.columns if column.what in ("total_followers", "total_views"))
        name, n = text_of(_cell(row, table.place(kind))), whole(text_of(_cell(row, table.place(counted))))
        if not name or n is None or n < 0:
            raise Unreadable(NO_NAME if not name else NOT_A_COUNT)
        of = counted.removeprefix("total_")
        return [measured(f"linkedin:segment/{of}/{kind}/{name}", self._place(sheet, number), kind="segment", count=n)]

    def _shares(self, table: Table, row: Sequence[Cell], sheet: Sheet, number: int) -> list[Activity | Reject]:
        heads = ("demographic", "value", "percentage")
        kind, name, share = (text_of(_cell(row, table.place(what))) for what in heads)
        if not kind or not name or not share:
            raise Unreadable(NO_NAME)
        place = self._place(sheet, number)
        return [measured(f"linkedin:segment/audience/{kind.lower()}/{name}", place, kind="segment", text=share)]

    def _competitors(self, table: Table, row: Sequence[Cell], sheet: Sheet, number: int) -> list[Activity | Reject]:
        name = text_of(_cell(row, table.place("page")))
        if not name:
            raise Unreadable(NO_NAME)
        window = next((text for one in sheet.rows[: table.first_row - 2] if (text := text_of(one[0]))), "")
        day = self._days.last_in(window)
        moment = Moment(day, "day", "explicit") if day is not None else self._source.moment
        account = f"linkedin:name:{name.lower()}"
        cells = [(Column(c.what, "window"), _cell(row, p)) for p, c in table.columns if c.what != "page"]
        figures = Figures(cells, self._notes)
        place = self._place(sheet, number, moment, account)
        followers = figures.counts.pop(Column("total_followers", "window"), None)
        self._others[account] = Account(
            account_id=account,
            platform="linkedin",
            name=name,
            followers=followers,
            declared_kind="company",
            resolved="name_only",
            collected_at=moment.micros,
        )
        rows: list[Activity | Reject] = []
        if followers is not None:
            rows.append(measured("linkedin:metric/followers", place, count=followers))
        for scope in figures.scopes:
            metrics, unknown = figures.of(scope)
            rows.append(measured("linkedin:metric/posts/window", place, metrics=metrics, missing=unknown))
        return [*rows, *figures.others(place), *_fault(figures, place)]


def handle_in(link: Cell) -> str | None:
    """The author's handle in the address of a post.

    >>> handle_in("https://www.linkedin.com/posts/ada-ex_titre-activity-7123456789012345678-Ab1c")
    'ada-ex'
    """
    found = _HANDLE.search(link) if isinstance(link, str) else None
    return unquote(found[1]).lower() or None if found else None


def _cell(row: Sequence[Cell], place: int | None) -> Cell:
    return row[place] if place is not None and place < len(row) else ""


def _fault(figures: Figures, place: Place) -> list[Reject]:
    return [Reject(place.pointer, *figures.fault)] if figures.fault is not None else []

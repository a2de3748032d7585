"""A row of Meta's Ad Library report -> how many advertisements a page ran, and what it paid, as an interval.

A page has a row for each name that it paid under (its disclaimers). Verb `targeted`: the page had advertisements
shown to people of a country; `count` is their number, and `happened_at` the day of the report, whose window
(`last_30_days`, `lifelong` ...) stands among the criteria. The files of single regions, and of places, cut the same
sums again: their rows are `measured`, so that a sum over `targeted` counts each euro once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ascendant.activity import Account, Activity, Ad, content_id
from ascendant.errors import mark
from ascendant.read.ad_library.disclaimers import payer
from ascendant.read.intervals import interval
from ascendant.read.known_tables import Columns, News, Row, instant
from ascendant.read.tabular.cells import Unreadable

NEEDED_PAGES: Final = frozenset({"page id", "page name", "disclaimer"})
NEEDED_PLACES: Final = frozenset({"location name"})

BAD_AMOUNT: Final = mark("an amount that cannot be read")
NO_PAGE: Final = mark("neither a page nor a place is named")
NO_DATE: Final = mark("the name of the file does not tell the day and the window of the report")

_NAME: Final = re.compile(
    r"FacebookAdLibraryReport_(\d{4}-\d\d-\d\d)_([A-Z]{2})_(lifelong|yesterday|last_\d+_days)(?:_(.+?))?(?:\.\w+)*"
)
_AMOUNT: Final = re.compile(r"amount spent \(([a-z]{3})\)")
_NOBODY: Final = frozenset({"0", "-1"})


class Report(NamedTuple):
    """What the name of a file tells: the day in microseconds, the country, the window, and what it is about."""

    day: int | None
    country: str | None
    window: str | None
    part: str | None  # advertisers, locations, or the name of a region


def report_of(name: str) -> Report:
    """What a member's path tells, from its last part that is a report's name.

    >>> report_of("FacebookAdLibraryReport_2024-06-01_FR_last_30_days_advertisers.csv")[1:]
    ('FR', 'last_30_days', 'advertisers')
    """
    for step in reversed(name.split("/")):
        if found := _NAME.fullmatch(step):
            try:
                day = instant(found[1])[0]
            except Unreadable:
                day = None
            return Report(day, found[2], found[3], found[4].replace("_", " ") if found[4] else None)
    return Report(None, None, None, None)


def amount_column(columns: Columns) -> tuple[str, str] | None:
    """The column of amounts and its currency."""
    found = ((name, match[1].upper()) for name in columns if (match := _AMOUNT.fullmatch(name)))
    return next(found, None)


class AdReport:
    """Reads the rows of one file."""

    def __init__(self, columns: Columns, name: str) -> None:
        self._report = report_of(name)
        self.notes = [] if self._report.window else [NO_DATE]
        amount = amount_column(columns)
        self._amount = amount[0] if amount is not None else ""
        self._currency = amount[1] if amount is not None else None
        part = self._report.part
        is_named_region = part is not None and part not in ("advertisers", "locations")
        self._region = part if is_named_region and "page id" in columns else None
        self._is_cut_again = self._region is not None or "number of ads in library" not in columns
        self._news = News()

    def read(self, row: Row, pointer: str) -> Iterator[Activity | Account]:
        """What was spent, and the page that spent it."""
        key, name, place = row.key("page id"), row.text("page name"), row.text("location name")
        key = key if key not in _NOBODY else None
        if key is None and name is None and place is None:
            raise Unreadable(NO_PAGE)
        report = self._report
        written = row.text(self._amount)
        spend = interval(written)
        if written is not None and spend is None:
            raise Unreadable(BAD_AMOUNT)
        n_ads = row.count("number of ads in library")
        region = place or self._region
        disclaimer = row.text("disclaimer")
        missing = ["ad"] if spend is None else []
        missing += ["happened_at"] if report.day is None else []
        missing += ["actor_id"] if key is None and place is None else []
        missing += ["count"] if not self._is_cut_again and (n_ads is None or n_ads < 1) else []
        facts = (report.day, report.country, report.window, region, key or name, disclaimer, spend, n_ads)
        named = {"country": report.country, "region": region, "report_window": report.window}
        yield Activity(
            activity_id=content_id("facebook", "ad report", *facts),
            platform="facebook",
            verb="measured" if self._is_cut_again else "targeted",
            actor_id=f"facebook:{key}" if key is not None else None,
            object_kind="segment" if self._is_cut_again else "ad",
            happened_at=report.day,
            time_basis="export_time" if report.day is not None else None,
            time_precision="day" if report.day is not None else None,
            ad=Ad(
                advertiser=payer(disclaimer),
                criteria=tuple((kind, value, "platform") for kind, value in named.items() if value),
                currency=self._currency,
                spend_low=float(spend[0]) if spend is not None and spend[0] is not None else None,
                spend_high=float(spend[1]) if spend is not None and spend[1] is not None else None,
            ),
            count=n_ads if n_ads is not None and n_ads > 0 and not self._is_cut_again else 1,
            missing=tuple(missing) or None,
            source_pointer=pointer,
        )
        if key is not None:
            page = Account(
                account_id=f"facebook:{key}",
                platform="facebook",
                name=name,
                declared_kind="page",
                resolved="exact",
                collected_at=report.day,
            )
            if self._news.about(page):
                yield page

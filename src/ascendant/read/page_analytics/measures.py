"""Records of LinkedIn's statistics -> rows with the verb `measured`.

    object_kind  object_id                          holds
    metric       linkedin:metric/posts/organic      `metrics`: views are impressions, likes are reactions of all kinds
    metric       linkedin:metric/clicks/total       `count`: any other whole number; 0 is a measured zero
    metric       linkedin:metric/engagement_rate/…  `text`: a rate as it is written, a share of 1
    post         linkedin:<number of the post>      `metrics` of that post; its other figures are metrics in its thread
    segment      linkedin:segment/seniority/Senior  `count` of followers or views; or `text`, a share as written (< 1%)

`object_author_id` is whose figures they are. A negative count (a reaction that was taken back) is unknown.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ascendant.activity import Activity, Metrics, content_id
from ascendant.errors import mark
from ascendant.read.known_tables import NEGATIVE_NOTE
from ascendant.read.page_analytics.names import Column
from ascendant.read.tabular.cells import whole
from ascendant.read.workbook import Cell, text_of

NEGATIVE: Final = mark("a negative count")
NOT_A_COUNT: Final = mark("a figure that is no whole number")

RATES: Final = frozenset({"engagement_rate", "click_rate"})
_FIELDS: Final = {
    "impressions": "views",
    "reactions": "likes",
    "likes": "likes",
    "comments": "replies",
    "reposts": "reposts",
}
_DAILY_FOLLOWERS: Final = {  # on a sheet of days, LinkedIn calls the new ones total followers
    "total_followers": Column("new_followers", "total"),
    "new_followers": Column("new_followers", "total"),
    "organic_followers": Column("new_followers", "organic"),
    "sponsored_followers": Column("new_followers", "sponsored"),
    "invited_followers": Column("new_followers", "invited"),
}


class Moment(NamedTuple):
    """When something was measured: microseconds, precision, basis; all null when unknown."""

    micros: int | None = None
    precision: str | None = None
    basis: str | None = None


class Place(NamedTuple):
    """Whose figures a record holds, of when, and where it stands."""

    whose: str | None
    moment: Moment
    collected_at: int | None
    pointer: str


def daily(column: Column) -> Column:
    """What a column of a sheet of days means."""
    return _DAILY_FOLLOWERS.get(column.what, column if column.scope else Column(column.what, "total"))


def measured(
    object_id: str | None,
    place: Place,
    *,
    kind: str = "metric",
    count: int | None = None,
    metrics: Metrics | None = None,
    text: str | None = None,
    thread: str | None = None,
    url: str | None = None,
    missing: tuple[str, ...] = (),
) -> Activity:
    """One row. Its id is made of what was measured, whose and when: not of the figure, which a later file corrects."""
    moment = place.moment
    if moment.micros is None:
        missing = (*missing, "happened_at")
    return Activity(
        activity_id=content_id("linkedin", "measured", object_id or url, kind, place.whose, moment.micros, thread),
        platform="linkedin",
        verb="measured",
        direction="about_me",
        object_id=object_id,
        object_author_id=place.whose,
        object_kind=kind,
        thread_id=thread,
        happened_at=moment.micros,
        time_precision=moment.precision,
        time_basis=moment.basis,
        text=text,
        urls=(url,) if url else None,
        metrics=metrics,
        count=count if count is not None else 1,
        collected_at=place.collected_at,
        missing=missing or None,
        source_pointer=place.pointer,
    )


class Figures:
    """The figures of one record, sorted into what a row can hold. `fault` is why a figure could not be kept."""

    def __init__(self, cells: list[tuple[Column, Cell]], notes: list[str]) -> None:
        self.fields: dict[str, dict[str, int]] = {}  # scope -> field of Metrics -> number
        self.unknown: dict[str, list[str]] = {}  # scope -> fields of Metrics that are written and negative
        self.counts: dict[Column, int] = {}
        self.rates: dict[Column, str] = {}
        self.fault: tuple[str, str] | None = None
        for column, cell in cells:
            written = text_of(cell)
            if not written:
                continue
            if column.what in RATES:
                self.rates[column] = written
                continue
            n = whole(written)
            field = _FIELDS.get(column.what)
            scope = column.scope or ""
            if n is None:
                self.fault = self.fault or (NOT_A_COUNT, _named(column))
            elif field is None:
                if n >= 0:
                    self.counts[column] = n
                else:
                    self.fault = self.fault or (NEGATIVE, _named(column))
            elif n >= 0:
                self.fields.setdefault(scope, {})[field] = n
            else:
                self.unknown.setdefault(scope, []).append(field)
                if NEGATIVE_NOTE not in notes:
                    notes.append(NEGATIVE_NOTE)

    @property
    def scopes(self) -> list[str]:
        """Scopes with anything to say, in the order of the columns."""
        return list(dict.fromkeys([*self.fields, *self.unknown]))

    def of(self, scope: str) -> tuple[Metrics | None, tuple[str, ...]]:
        """The metrics of a scope, and those that are unknown."""
        found = self.fields.get(scope)
        return (Metrics(**found) if found else None), tuple(self.unknown.get(scope, ()))

    def others(self, place: Place, thread: str | None = None) -> list[Activity]:
        """A row for each figure that `Metrics` has no field for."""
        rows = [measured(metric_id(c), place, count=n, thread=thread) for c, n in self.counts.items()]
        return rows + [measured(metric_id(c), place, text=share, thread=thread) for c, share in self.rates.items()]


def metric_id(column: Column) -> str:
    """The id of what a column measures.

    >>> metric_id(Column("clicks", "organic"))
    'linkedin:metric/clicks/organic'
    """
    return f"linkedin:metric/{_named(column)}"


def _named(column: Column) -> str:
    return f"{column.what}/{column.scope}" if column.scope else column.what

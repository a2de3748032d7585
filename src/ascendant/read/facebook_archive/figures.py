"""How long, how often, and what was set: figures and choices that Facebook keeps of the owner -> rows.

A stretch of time on Facebook is a `session` whose count is its seconds; a day on which a device was used is one of one
day. Other figures and settings are words under labels, and stay words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ascendant.activity import Activity
from ascendant.read.facebook_archive.label_values import entries, values
from ascendant.read.facebook_archive.records import Record
from ascendant.read.facebook_archive.story import Place, Telling, moment

SECONDS: Final = "facebook:seconds"  # the object of a session that stands for seconds, by its count
_DAYS: Final = "facebook:day"


def time_spent(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Stretches of time on Facebook: a row stands for as many seconds as its count says."""
    for number, (_, one) in enumerate(entries(record.label_values or [], place.words)):
        times = sorted(seconds for seconds in one.times if moment(seconds)[0] is not None)
        if len(times) < 2:
            continue  # when the list was made
        yield telling.row(
            place.part(number),
            "session",
            "by_me",
            ("session", times[-1]),
            moment(times[0]),
            actor_id=telling.me,
            object_id=SECONDS,
            object_kind="metric",
            count=max(1, int(times[-1] - times[0])),
        )


def measures(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """Figures that Facebook keeps of the owner, under labels in the account's language."""
    yield from _figures(telling, record, place, "metric")


def settings(telling: Telling, record: Record, place: Place) -> Iterator[Activity]:
    """What the owner chose for ads and for the feed."""
    yield from _figures(telling, record, place, "setting")


def days_of_use(telling: Telling, place: Place, device: str, days: list[int | float]) -> Iterator[Activity]:
    """Days on which a device was used: of each the day alone is told."""
    for number, day in enumerate(days):
        happened_at = moment(day)[0]
        if happened_at is not None:
            yield telling.row(
                place.part(number),
                "session",
                "by_me",
                ("day", device),
                (happened_at, "epoch", "day"),
                actor_id=telling.me,
                object_id=f"{_DAYS}:{device}",
                object_kind="metric",
            )


def _figures(telling: Telling, record: Record, place: Place, kind: str) -> Iterator[Activity]:
    for number, (label, value) in enumerate(values(record.label_values or [], place.words)):
        yield telling.row(
            place.part(number),
            "measured",
            "about_me",
            (label, value),
            place.when(record.timestamp),
            object_id=telling.me,
            object_kind=kind,
            text=f"{label}: {value}" if label else value,
        )

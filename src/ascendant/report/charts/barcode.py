"""The synchrony barcode of a group: a row an object, a tick a member's act, by the time since the first of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.report.briefing_group_words import object_words, short_words
from ascendant.report.charts import marks
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.font import fitted
from ascendant.report.charts.theme import FAINT, HALF, LINE, MOVED, SMALL, SOFT, TEXT

_ROW: Final = 24.0  # px
_TICK: Final = 15.0
_TOP: Final = 24.0
_LONG: Final = 900.0  # seconds: beyond, the first seconds would be one stroke on a straight scale
_STEPS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 604800)
_MOST_STEPS: Final = 6


@dataclass(frozen=True)
class _Clock:
    """Seconds -> place, 0 to 1; `is_log` where the longest row lasts too long to show seconds beside it."""

    end: float
    is_log: bool

    def place(self, seconds: float) -> float:
        if self.is_log:
            return math.log1p(seconds) / math.log1p(self.end)
        return seconds / self.end

    def ticks(self, n_most: int) -> list[float]:
        if self.is_log:
            known = [float(one) for one in (0, 1, 10, 60, 600, 3600, 21600, 86400, 604800) if one <= self.end]
            return known[:: math.ceil(len(known) / n_most)]
        step = next((one for one in _STEPS if self.end / one <= n_most), _STEPS[-1])
        return [float(step * place) for place in range(int(self.end // step) + 1)]


def barcode(given: Given, group_id: int) -> Chart | NoChart:
    """From `patterns.groups.tables`: the objects that most members of a group met on, at most twelve."""
    say, language = given.language.say, given.language
    groups, objects = given.tables["groups"], given.tables["group_objects"]
    group = groups.filter(pc.equal(groups["group_id"], group_id)).to_pylist()[0]
    key = f"barcode-{group_id + 1}"
    rows = [
        _row(one, given) for one in objects.filter(pc.equal(objects["group_id"], group_id)).to_pylist()
        if one["happened_at"]
    ]  # fmt: skip
    if not rows:
        return NoChart(key, say(mark("The objects that this group met on are not listed: there is nothing to draw.")))
    title = _title(group, given)
    n_left = sum(row["n_members"] - len(row["seconds"]) for row in rows)
    notes = []
    if n_left:
        notes.append(
            language.plural(
                "Of each object the first acts are drawn; one more is not.",
                "Of each object the first acts are drawn; {n} more are not.",
                n_left,
            )
        )
    clock = _clock(rows)
    if clock.is_log:
        notes.append(say(mark("The further to the right, the more time a step stands for.")))
    return Chart(
        key=key,
        title=title,
        reading=say(
            mark(
                "Each row is one object: a link, a text, a post. Each stroke is one member's act on it, placed by the"
                " time since the first of them. On the right, how many members met on it."
            )
        ),
        source=given.source,
        n=language.plural(
            "{members} accounts; the object that brought most of them together, of {total} on which they met",
            "{members} accounts; the {n} objects that brought most of them together, of {total} on which they met",
            len(rows), total=group["n_objects"], members=group["n_members"],
        ),
        notes=tuple(notes),
        spec=_spec(given, rows, clock),
        columns=(
            Column(say(mark("Object")), is_number=False), Column(say(mark("First act")), is_number=False),
            Column(say(mark("Members"))), Column(say(mark("Others"))),
            Column(say(mark("Time after the first act")), is_number=False),
        ),
        rows=tuple(
            (
                row["what"], row["when"], language.number(row["n_members"]), language.number(row["n_others"]),
                " · ".join(language.span(one) for one in row["seconds"]),
            )
            for row in rows
        ),
        alt=say(
            mark("{title}. {n} objects in rows; the first, {what}, brought {members} members together in {span}."),
            title=title, n=len(rows), what=rows[0]["what"], members=rows[0]["n_members"],
            span=language.span(rows[0]["seconds"][-1]),
        ),
    )  # fmt: skip


def _title(group: dict[str, Any], given: Given) -> str:
    language = given.language
    return language.plural(
        "Once, members of group {number} did the same within {window} of one another",
        "{n} times, members of group {number} did the same within {window} of one another",
        group["n_objects"],
        number=group["group_id"] + 1,
        window=language.span(group["window_seconds"]),
    )


def _row(row: dict[str, Any], given: Given) -> dict[str, Any]:
    first = min(row["happened_at"])
    return {
        "what": object_words(row["trace"], given.language),
        "short": short_words(row["trace"], given.language),
        "when": given.language.date(first, time=True),
        "day": given.language.date(first),
        "n_members": row["n_members"],
        "n_others": row["n_others"],
        "seconds": sorted((at - first).total_seconds() for at in row["happened_at"]),
    }


def _clock(rows: list[dict[str, Any]]) -> _Clock:
    longest = max(row["seconds"][-1] for row in rows)
    return _Clock(max(longest, 1.0), is_log=longest > _LONG)


def _spec(given: Given, rows: list[dict[str, Any]], clock: _Clock) -> dict[str, Any]:
    is_narrow = given.width <= HALF
    wide = 96.0 if is_narrow else 190.0
    left, right = wide + 10, given.width - 34.0
    below = _TOP + len(rows) * _ROW
    names, counts, ticks, bands = [], [], [], []
    for place, row in enumerate(rows):
        y = _TOP + place * _ROW + _ROW / 2
        words = row["short"] if is_narrow else f"{row['short']}, {row['day']}"
        names.append({"y": y, "words": fitted(words, wide, SMALL)})
        counts.append({"y": y, "words": given.language.number(row["n_members"])})
        bands.append({"x": left, "x2": right, "y": y - _TICK / 2, "y2": y + _TICK / 2})
        ticks += [
            {"x": x, "x2": x, "y": y - _TICK / 2, "y2": y + _TICK / 2}
            for x in (left + clock.place(one) * (right - left) for one in row["seconds"])
        ]
    steps = [(left + clock.place(one) * (right - left), one) for one in clock.ticks(3 if is_narrow else _MOST_STEPS)]
    grid = [{"x": x, "x2": x, "y": _TOP, "y2": below} for x, _ in steps]
    heads = [{"x": x, "y": 10, "words": given.language.span(one)} for x, one in steps]
    layers = [
        alt.Chart(marks.data(bands)).mark_rect(fill=FAINT).encode(
            x=marks.at_x(), x2="x2:Q", y=marks.at_y(), y2="y2:Q"
        ),
        marks.lines(grid, color=LINE),
        marks.lines(ticks, color=MOVED, width=2),
        marks.words(names, x=0, size=SMALL),
        marks.words(heads, align="center", size=SMALL, color=SOFT),
        marks.words(counts, x=given.width, align="right", size=TEXT),
    ]  # fmt: skip
    return spec_of(alt.layer(*layers), given, height=below + 4)

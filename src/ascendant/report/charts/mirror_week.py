"""The owner's week: at which hours they pass on, beside the hours of all that they do."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ascendant.errors import mark
from ascendant.report.charts import marks
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.dates import hour_words, weekday_words
from ascendant.report.charts.theme import FAINT, HALF, RAMP, SMALL, SOFT

KEY: Final = "week"
SPAN: Final = 3  # hours in a row
_ACTS: Final = ("start", "pass_on", "answer")
_LEAST: Final = 30  # acts from which hours are told
_ROW, _HEAD, _GAP = 17, 22, 26  # px
_WARM: Final = ("#fdf3dc", "#f5d9a0", "#e69f00", "#b87900", "#8a5f00", "#5c3f00")  # from little to much

Whole = NDArray[np.int64]


def week(given: Given) -> Chart | NoChart:
    """From `week`: passing on, and all acts."""
    say, language = given.language.say, given.language
    passed, acts = grid(given, ("pass_on",)), grid(given, _ACTS)
    if not acts.sum():
        return NoChart(KEY, say(mark("Nothing that you did has a time of day in your archives.")))
    title = title_of(given, passed, acts)
    days = [weekday_words(day, language) for day in range(7)]
    return Chart(
        key=KEY,
        title=title,
        reading=say(
            mark(
                "Each row is a day, each column an hour, on the clock of {zone}: the darker, the more. One grid is what"
                " you passed on, the other all that you started, passed on and answered."
            ),
            zone=language.zone,
        ),
        source=given.source,
        n=language.plural(
            "one act with a time of day, {passed} of it passed on",
            "{n} acts with a time of day, {passed} of them passed on",
            int(acts.sum()), passed=int(passed.sum()),
        ),
        spec=_spec(given, passed, acts, days),
        columns=(
            Column(say(mark("Day")), is_number=False), *(Column(hour_words(hour, language)) for hour in range(24))
        ),
        rows=tuple(
            (f"{day} – {words}", *(language.number(value) for value in row))
            for values, words in ((passed, say(mark("passed on"))), (acts, say(mark("all acts"))))
            for day, row in zip(days, values.tolist(), strict=True)
        ),
        alt=say(mark("{title}. Two grids of seven days and 24 hours."), title=title),
    )  # fmt: skip


def title_of(given: Given, passed: Whole, acts: Whole) -> str:
    """The three hours in which most was passed on, where they stand out."""
    say, language = given.language.say, given.language
    values = passed if passed.sum() >= _LEAST else acts
    n = int(values.sum())
    if n < _LEAST:
        return say(mark("Too little has a time of day to tell your hours"))
    start, held = busiest(values)
    even = SPAN / 24
    # Three standard deviations of what even hours would give: the best of 24 windows is above two of them by chance.
    if held / n < even + 3 * (even * (1 - even) / n) ** 0.5:
        return say(mark("You are there at all hours: none stands out"))
    facts = {
        "since": hour_words(start, language), "until": hour_words(start + SPAN, language),
        "share": language.percent(held / n),
    }  # fmt: skip
    if values is passed:
        return say(mark("You pass on most between {since} and {until}: {share} of it"), **facts)
    return say(mark("You are most active between {since} and {until}: {share} of your acts"), **facts)


def busiest(values: Whole) -> tuple[int, int]:
    """The first hour of the fullest three hours in a row, over midnight too, and how many they hold."""
    a_day = values.sum(axis=0)
    held = [int(sum(a_day[(hour + step) % 24] for step in range(SPAN))) for hour in range(24)]
    return int(np.argmax(held)), max(held)


def grid(given: Given, parts: tuple[str, ...]) -> Whole:
    """Acts by weekday (Monday first) and hour."""
    values = np.zeros((7, 24), np.int64)
    for row in given.tables["week"].to_pylist():
        if row["part"] in parts:
            values[row["weekday"] - 1, row["hour"]] += row["n"]
    return values


def _spec(given: Given, passed: Whole, acts: Whole, days: list[str]) -> dict[str, Any]:
    say, is_narrow = given.language.say, given.width <= HALF
    left = 64.0
    high = _HEAD + 7 * _ROW + 18
    if is_narrow:
        places = [(left, 0.0, given.width - left), (left, high + 8.0, given.width - left)]
    else:
        wide = (given.width - left - _GAP) / 2
        places = [(left, 0.0, wide), (left + wide + _GAP, 0.0, wide)]
    drawn = []
    for (x, y, wide), values, words, ramp in (
        (places[0], passed, say(mark("what you passed on")), _WARM),
        (places[1], acts, say(mark("all that you did")), [FAINT, *RAMP[1:]]),
    ):
        drawn += _panel(given, values, x, y, wide, words, ramp)
        if is_narrow or x == left:
            names = [{"y": y + _HEAD + (row + 0.5) * _ROW, "words": day} for row, day in enumerate(days)]
            drawn.append(marks.words(names, x=0, size=SMALL, color=SOFT))
    return spec_of(
        alt.layer(*drawn).resolve_scale(fill="independent"), given, height=high * 2 + 8 if is_narrow else high
    )


def _panel(
    given: Given, values: Whole, left: float, top: float, wide: float, words: str, ramp: Any
) -> list[marks.Drawing]:
    cell, most = wide / 24, max(1, int(values.max()))
    cells = [
        {
            "x": left + hour * cell, "x2": left + (hour + 1) * cell - 1,
            "y": top + _HEAD + day * _ROW, "y2": top + _HEAD + (day + 1) * _ROW - 1, "n": n,
        }
        for day, row in enumerate(values.tolist())
        for hour, n in enumerate(row)
    ]  # fmt: skip
    hours = [
        {"x": left + hour * cell, "y": top + _HEAD + 7 * _ROW + 9, "words": hour_words(hour, given.language)}
        for hour in range(0, 24, 6)
    ]
    none = [one for one in cells if not one["n"]]
    some = [one for one in cells if one["n"]]
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    scale = alt.Scale(domain=[0, most], range=list(ramp), interpolate="lab")
    return [
        alt.Chart(marks.data(none)).mark_rect(fill="#f4f6f7").encode(**rect),
        alt.Chart(marks.data(some)).mark_rect().encode(fill=alt.Fill("n:Q", scale=scale, legend=None), **rect),
        marks.words([{"x": left, "y": top + 9, "words": words}], size=SMALL, is_bold=True),
        marks.words(hours, size=SMALL, color=SOFT),
    ]

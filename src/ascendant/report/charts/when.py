"""When others react: each hour of each day, on the clock of the study's time zone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, Literal

import altair as alt
import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import mark
from ascendant.patterns.rhythm import PEAK_HOURS
from ascendant.report.charts import marks
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.dates import day_words, hour_words, weekday_words
from ascendant.report.charts.theme import FAINT, HALF, MOVED, RAMP, SMALL, SOFT

KEY: Final = "when"
MOST_DAYS: Final = 14  # shown one by one; beyond, the days of the week, on average
_ROW: Final = 21  # px
_BARS: Final = 34  # px: the bars above
_HEAD: Final = 10
_BURST: Final = 0.25  # of all reactions on one day, and three times an ordinary day
_UNEVEN: Final = 6  # times the middle hour
_SURE: Final = 0.9

Whole = NDArray[np.int64]


def when(given: Given) -> Chart | NoChart:
    """From the columns of `patterns.rhythm.RHYTHM` and `HOURS`."""
    say, number, language = given.language.say, given.language.number, given.language
    table = given.tables["rhythm"].filter(pc.greater(given.tables["rhythm"]["n_moved"], 0))
    if table.num_rows == 0:
        return NoChart(
            KEY, say(mark("No act was moved at a known time of day, so that no hours of reaction can be shown."))
        )
    days: list[date] = table["day"].to_pylist()
    first, last = min(days), max(days)
    n_days = (last - first).days + 1
    moved = np.zeros((n_days, 24), np.int64)
    place = [(day - first).days for day in days]
    np.add.at(moved, (place, table["hour"].to_numpy()), table["n_moved"].to_numpy())
    by_weekday = n_days > MOST_DAYS
    values, labels = (
        _by_weekday(moved, first, given) if by_weekday else (moved.astype(float), _days(first, n_days, given))
    )
    found_title = title(given, moved, first)
    span = language.plural("one day", "{n} days", n_days)
    digits = 1 if by_weekday else 0
    reading = say(
        mark(
            "The darker, the more acts were moved in that hour, on the clock of {zone}; darkest: {n}. It is when others"
            " reacted, not when the items were posted. Bars above: all days together."
        ),
        zone=language.zone,
        n=number(float(values.max()), digits),
    )
    if by_weekday:
        reading += " " + say(mark("Each row is the average of all such days."))
    return Chart(
        key=KEY,
        title=found_title,
        reading=reading,
        source=given.source,
        n=language.plural("one act moved, {days}", "{n} acts moved, {days}", int(moved.sum()), days=span),
        spec=spec_of(
            _drawing(given, values, labels, moved.sum(axis=0)), given,
            height=_BARS + _ROW * len(labels) + 4, top=_HEAD, bottom=20,
        ),
        columns=(
            Column(say(mark("Day")), is_number=False), *(Column(hour_words(hour, language)) for hour in range(24))
        ),
        rows=tuple(
            (label, *(number(value, digits) for value in row))
            for label, row in zip(labels, values.tolist(), strict=True)
        ),
        alt=say(
            mark("{title}. Grid of {n} rows of days and 24 hours; busiest hour of the day: {hour}."),
            title=found_title, n=len(labels), hour=hour_words(int(np.argmax(moved.sum(axis=0))), language),
        ),
    )  # fmt: skip


def title(given: Given, moved: Whole, first: date) -> str:
    """A day that stands out, else hours that do, else that none does; `moved` has a row a day."""
    say, language = given.language.say, given.language
    a_day = moved.sum(axis=1)
    largest = int(np.argmax(a_day))
    share = float(a_day[largest] / a_day.sum())
    if len(a_day) > 3 and share >= _BURST and a_day[largest] >= 3 * np.median(a_day):
        return say(
            mark("One day, {day}, holds {share} of all reactions"),
            day=language.date(first + timedelta(days=largest)),
            share=language.percent(share),
        )
    hours = given.tables["hours"]
    chances = hours["peak_chance"].to_pylist()
    if None in chances:
        return say(mark("Too little was seen to tell at which hours reactions come"))
    n_moved = hours["n_moved"].to_numpy()
    best = int(np.argmax(chances))
    if chances[best] < _SURE:
        return say(mark("Reactions come at all hours: none stands out clearly"))
    held = int(sum(n_moved[(best + step) % 24] for step in range(PEAK_HOURS)))
    return say(
        mark("Reactions come most between {since} and {until}: {share} of them"),
        since=hour_words(best, language),
        until=hour_words(best + PEAK_HOURS, language),
        share=language.percent(held / int(n_moved.sum())),
    )


def _days(first: date, n_days: int, given: Given) -> list[str]:
    language = given.language
    days = [first + timedelta(days=place) for place in range(n_days)]
    return [f"{weekday_words(day.weekday(), language, is_short=True)} {day_words(day, language)}" for day in days]


def _by_weekday(moved: Whole, first: date, given: Given) -> tuple[NDArray[np.float64], list[str]]:
    weekday = (np.arange(len(moved)) + first.weekday()) % 7
    values = np.array([moved[weekday == day].mean(axis=0) for day in range(7)])
    return values, [weekday_words(day, given.language) for day in range(7)]


def _drawing(given: Given, values: NDArray[np.float64], labels: list[str], per_hour: Whole) -> marks.Drawing:
    left = 72.0 if given.width <= HALF else 96.0
    wide = (given.width - left) / 24
    most = float(values.max())
    cells: list[dict[str, Any]] = []
    for row, line in enumerate(values.tolist()):
        cells += [
            {
                "x": left + hour * wide,
                "x2": left + (hour + 1) * wide - 1.5,
                "y": _BARS + row * _ROW,
                "y2": _BARS + (row + 1) * _ROW - 1.5,
                "n": value,
            }
            for hour, value in enumerate(line)
        ]
    top = max(1, int(per_hour.max()))
    bars = [
        {
            "x": left + hour * wide,
            "x2": left + (hour + 1) * wide - 1.5,
            "y": _BARS - 5 - (_BARS - 8) * n / top,
            "y2": _BARS - 5,
        }
        for hour, n in enumerate(per_hour.tolist())
    ]
    names = [{"y": _BARS + row * _ROW + _ROW / 2, "words": label} for row, label in enumerate(labels)]
    below = _BARS + len(labels) * _ROW + 10
    step = 6 if given.width <= HALF else 3
    hours = [
        {"x": left + hour * wide, "y": below, "words": hour_words(hour, given.language)} for hour in range(0, 24, step)
    ]
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    # Where one hour outdoes all others, even steps would leave the rest blank.
    kind: Literal["sqrt", "linear"] = "sqrt" if most > _UNEVEN * float(np.median(values[values > 0])) else "linear"
    scale = alt.Scale(type=kind, domain=[0, most], range=[FAINT, *RAMP[1:]], interpolate="lab")
    fill = alt.Fill("n:Q", scale=scale, legend=None)
    return alt.layer(
        alt.Chart(marks.data(bars)).mark_rect(fill=MOVED, fillOpacity=0.75).encode(**rect),
        alt.Chart(marks.data(cells)).mark_rect().encode(fill=fill, **rect),
        marks.words(names, x=0, size=SMALL, color=SOFT),
        marks.words(hours, size=SMALL, color=SOFT),
    ).resolve_scale(x="independent", fill="independent")

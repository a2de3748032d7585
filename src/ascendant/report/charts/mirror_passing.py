"""How fast the owner passed on what others had published, without adding a word."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import mark
from ascendant.report.charts import marks
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.labels import Align
from ascendant.report.charts.mirror_rows import PASSED_ON, QUOTED
from ascendant.report.charts.theme import DARK_SIDES, HALF, INK, LINE, PAPER, SMALL, SOFT, TEXT, TINTS

KEY: Final = "passing"
# What `passing` counts up to, in seconds.
MARKS: Final = {"n_minute": 60.0, "n_ten_minutes": 600.0, "n_hour": 3600.0, "n_day": 86400.0}
FEWEST: Final = 5  # delays of which a curve is drawn
_HEIGHT, _STRIP, _STEPS = 170, 16, 160  # px, px, of the curve
_DOTS: Final = 400  # of the strip: beyond, evenly chosen ones
_ENDS: Final = (10.0, 30 * 86400.0)  # seconds

Floats = NDArray[np.float64]


def passing(given: Given) -> Chart | NoChart:
    """From `passing`, and the delays of `passed_on` that came without a word."""
    say, language = given.language.say, given.language
    rows = [row for row in given.tables["passing"].to_pylist() if row["platform"] is None]
    if not rows or not rows[0]["n_without_words"]:
        return NoChart(KEY, say(mark("Your archives hold nothing that you passed on without a word.")))
    whole, seconds = rows[0], delays(given.tables["passed_on"])
    n = whole["n_delays"]
    if n < FEWEST or len(seconds) < FEWEST:
        return NoChart(
            KEY,
            language.plural(
                "You passed on one thing without a word; how fast cannot be told, since your archives hold too few"
                " times at which such things appeared.",
                "You passed on {n} things without a word; how fast cannot be told, since your archives hold too few"
                " times at which they had appeared.",
                whole["n_without_words"],
            ),
        )
    half = whole["median_delay_seconds"]
    title = say(
        mark("Half of what you passed on without a word had appeared less than {half} earlier"),
        half=language.span(half),
    )
    names = {60.0: mark("a minute"), 600.0: mark("ten minutes"), 3600.0: mark("an hour"), 86400.0: mark("a day")}
    return Chart(
        key=KEY,
        title=title,
        reading=say(
            mark(
                "Each stroke at the bottom is something that you passed on; the curve is the share that you had passed"
                " on after so much time. Each step to the right is several times longer. Fast does not mean unread: an"
                " archive does not tell whether you had opened it."
            )
        ),
        source=given.source,
        n=say(
            mark("{known} known delays, of {n} things passed on without a word"),
            known=language.number(n), n=whole["n_without_words"],
        ),
        notes=(
            say(
                mark("Half of it within {half}, interval {low} to {high}"), half=language.span(half),
                low=language.span(whole["median_low"]), high=language.span(whole["median_high"]),
            ),
        ),
        spec=_spec(given, whole, seconds),
        columns=(
            Column(say(mark("Passed on within")), is_number=False), Column(say(mark("Number"))),
            Column(say(mark("Share"))),
        ),
        rows=tuple(
            (say(names[at]), language.number(whole[name]), language.percent(whole[name] / n))
            for name, at in MARKS.items()
        ),
        alt=say(
            mark("{title}. Curve over time: {minute} within a minute, {hour} within an hour."), title=title,
            minute=language.percent(whole["n_minute"] / n), hour=language.percent(whole["n_hour"] / n),
        ),
    )  # fmt: skip


def without_words(passed_on: pa.Table) -> pa.Table:
    """What was passed on with no word added: reposts and bare links."""
    is_it = pc.is_in(passed_on["kind"], pa.array(["repost", "link"]))
    return passed_on.select(["source", "delay_seconds"]).filter(is_it)  # an archive may hold half a million


def delays(passed_on: pa.Table) -> Floats:
    """Seconds, ascending, of what was passed on without a word and has a known delay."""
    known: Floats = without_words(passed_on)["delay_seconds"].drop_null().to_numpy().astype(float)
    return np.sort(known[np.isfinite(known)])


def _spec(given: Given, whole: dict[str, Any], seconds: Floats) -> dict[str, Any]:
    language, is_narrow = given.language, given.width <= HALF
    left, right, top = 36.0, given.width - 4.0, 18.0
    ends = np.log(_ENDS)

    def x(value: float) -> float:
        place = (np.log(min(max(value, _ENDS[0]), _ENDS[1])) - ends[0]) / (ends[1] - ends[0])
        return float(left + place * (right - left))

    def y(share: float) -> float:
        return top + _HEIGHT * (1 - share)

    at = np.exp(np.linspace(float(ends[0]), float(ends[1]), _STEPS))
    come = np.searchsorted(seconds, at, side="right") / len(seconds)
    curve = [{"x": x(one), "y": y(share), "zero": y(0)} for one, share in zip(at.tolist(), come.tolist(), strict=True)]
    chosen = seconds[np.linspace(0, len(seconds) - 1, min(len(seconds), _DOTS)).astype(int)]
    strip = y(0) + 6
    strokes = [{"x": x(one), "x2": x(one), "y": strip, "y2": strip + _STRIP} for one in chosen.tolist()]
    n = whole["n_delays"]
    grid, dots, said = [], [], []
    for name, value in MARKS.items():
        share = whole[name] / n
        grid.append({"x": x(value), "x2": x(value), "y": top, "y2": strip + _STRIP})
        dots.append({"x": x(value), "y": y(share)})
        # above the curve, on its left, where nothing is
        said.append({"x": x(value) - 7, "y": max(y(share) - 11, top - 9), "words": language.percent(share)})
    ticks = [10.0, *MARKS.values(), 7 * 86400.0, 30 * 86400.0]
    ticks = [tick for tick in ticks if not is_narrow or tick in (60.0, 3600.0, 86400.0, 7 * 86400.0)]
    aligns: dict[float, Align] = {ticks[-1]: "right"} if not is_narrow else {}
    times = [{"x": x(tick), "y": strip + _STRIP + 12, "words": language.span(tick)} for tick in ticks]
    shares = [{"y": y(share), "words": language.percent(share)} for share in (0, 0.25, 0.5, 0.75, 1)]
    level = [{"x": left, "x2": right, "y": y(share), "y2": y(share)} for share in (0, 0.25, 0.5, 0.75, 1)]
    area = alt.Chart(marks.data(curve))
    layers = [
        marks.lines(level, color=LINE),
        area.mark_area(fill=TINTS["influenced"]).encode(x=marks.at_x(), y=marks.at_y(), y2="zero:Q"),
        *_middle(whole, x, y),
        marks.lines(grid, color=SOFT, width=0.8, dash=(2, 3)),
        area.mark_line(color=PASSED_ON, strokeWidth=2.5).encode(x=marks.at_x(), y=marks.at_y()),
        marks.lines(strokes, color=DARK_SIDES["influenced"], width=0.9),
        alt.Chart(marks.data(dots))
        .mark_point(shape="circle", filled=True, size=46, color=INK, stroke=PAPER, strokeWidth=1.5, opacity=1)
        .encode(x=marks.at_x(), y=marks.at_y()),
        marks.words(said, align="right", is_bold=True, size=TEXT),
        *(
            marks.words([one], align=aligns.get(tick, "center"), size=SMALL, color=SOFT)
            for tick, one in zip(ticks, times, strict=True)
        ),
        marks.words(shares, x=left - 7, align="right", size=SMALL, color=SOFT),
    ]
    return spec_of(alt.layer(*layers), given, height=strip + _STRIP + 24)


def _middle(whole: dict[str, Any], x: Any, y: Any) -> list[marks.Drawing]:
    """The interval of the median, as a band under the curve's middle."""
    low, high = whole["median_low"], whole["median_high"]
    if low is None or high is None:
        return []
    band = [{"x": x(low), "x2": max(x(high), x(low) + 1), "y": y(0.5), "y2": y(0)}]
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    return [alt.Chart(marks.data(band)).mark_rect(fill=QUOTED).encode(**rect)]

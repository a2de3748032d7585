"""How fast others react: the share of reactions that have come after each time."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import mark
from ascendant.report.charts import marks
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.theme import DARK_SIDES, HALF, INK, LINE, MOVED, SMALL, SOFT, TEXT, TINTS
from ascendant.report.figure_words import interval

KEY: Final = "delay"
_UNKNOWN: Final = mark(
    "The files do not say when the items that were passed on or answered appeared, so that no time to react is known."
)
SHARES: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
_HEIGHT: Final = 190
_STEPS: Final = 160  # of the curve
_TICKS: Final = tuple(float(one) for one in (1, 10, 60, 600, 3600, 6 * 3600, 86400, 7 * 86400, 30 * 86400, 365 * 86400))
_LONGEST: Final = 3650 * 86400.0

Floats = NDArray[np.float64]


def delay(given: Given) -> Chart | NoChart:
    """From the delays of `infer.named.NAMED_BY`, and the figure `delay` of `infer.headline`."""
    say, language = given.language.say, given.language
    named_by = given.tables["named_by"]
    timed = named_by.filter(pc.and_(pc.invert(named_by["is_conversation"]), named_by["delay_seconds"].is_valid()))
    if timed.num_rows == 0:
        return NoChart(KEY, say(_UNKNOWN))
    seconds, n = np.maximum(timed["delay_seconds"].to_numpy(), 1).astype(float), timed["n"].to_numpy()
    order = np.argsort(seconds, kind="stable")
    seconds, held = seconds[order], np.cumsum(n[order])
    total = int(held[-1])
    quantiles = {share: float(seconds[np.searchsorted(held, share * total)]) for share in SHARES}
    figure = given.figures["delay"]
    span = interval(figure, language)
    found_title = say(
        mark("Half of the reactions come within {half} (interval {interval}), nine in ten within {most}"),
        half=language.span(figure.estimate), interval=span, most=language.span(quantiles[0.9]),
    )  # fmt: skip
    return Chart(
        key=KEY,
        title=found_title,
        reading=say(
            mark(
                "The curve is the share of reactions that have come after so much time; each step to the right is"
                " several times longer. The band is the interval of the middle."
            )
        ),
        source=given.source,
        n=language.plural("one known delay", "{n} known delays", total),
        spec=spec_of(_drawing(given, seconds, held, quantiles), given, height=_HEIGHT, top=14, bottom=24),
        columns=(Column(say(mark("Share of the reactions"))), Column(say(mark("come within")))),
        rows=tuple((language.percent(share), language.span(value)) for share, value in quantiles.items()),
        alt=say(
            mark("{title}. Curve over time; a quarter come within {quarter}."),
            title=found_title, quarter=language.span(quantiles[0.25]),
        ),
    )  # fmt: skip


def _drawing(given: Given, seconds: Floats, held: NDArray[np.int64], quantiles: dict[float, float]) -> marks.Drawing:
    language = given.language
    left, right = 44.0, given.width - 8.0
    low = max(tick for tick in _TICKS if tick <= max(quantiles[0.1] / 2, 1.0))
    high = min(max(quantiles[0.9] * 4, low * 60), _LONGEST)
    ends = (float(np.log(low)), float(np.log(high)))

    def x(value: float) -> float:
        return float(left + (np.log(min(max(value, low), high)) - ends[0]) / (ends[1] - ends[0]) * (right - left))

    def y(share: float) -> float:
        return _HEIGHT * (1 - share)

    # At each step of the curve, the share that has come by then.
    at = np.exp(np.linspace(*ends, _STEPS))
    come = np.concatenate([[0], held])[np.searchsorted(seconds, at, side="right")] / held[-1]
    curve = [
        {"x": x(one), "y": y(share), "zero": _HEIGHT} for one, share in zip(at.tolist(), come.tolist(), strict=True)
    ]
    lines: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for share in (0.5, 0.9):
        value = quantiles[share]
        lines += [
            {"x": left, "x2": x(value), "y": y(share), "y2": y(share)},
            {"x": x(value), "x2": x(value), "y": y(share), "y2": _HEIGHT},
        ]
        words.append({"x": x(value) - 7, "y": y(share) - 9, "words": language.span(value)})
    ticks = [tick for tick in _TICKS if low <= tick <= high * 0.97]
    if given.width <= HALF:
        ticks = ticks[::2]
    times = [{"x": x(tick), "y": _HEIGHT + 13, "words": language.span(tick)} for tick in ticks]
    grid = [{"x": x(tick), "x2": x(tick), "y": 0, "y2": _HEIGHT} for tick in ticks]
    shares = [{"y": y(share), "words": language.percent(share)} for share in (0, 0.25, 0.5, 0.75, 1)]
    figure = given.figures["delay"]
    band = [{"x": x(figure.low or 1), "x2": x(figure.high or 1), "y": y(0.5), "y2": _HEIGHT}]
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    area = alt.Chart(marks.data(curve))
    return alt.layer(
        marks.lines(grid, color=LINE),
        area.mark_area(fill=TINTS["influencer"]).encode(x=marks.at_x(), y=marks.at_y(), y2="zero:Q"),
        alt.Chart(marks.data(band)).mark_rect(fill=MOVED, fillOpacity=0.28).encode(**rect),
        marks.lines(lines, color=DARK_SIDES["influencer"], dash=(3, 3)),
        area.mark_line(color=MOVED, strokeWidth=2.5).encode(x=marks.at_x(), y=marks.at_y()),
        marks.words(words, align="right", is_bold=True, size=TEXT, color=INK),
        marks.words(times, align="center", size=SMALL, color=SOFT),
        marks.words(shares, x=left - 7, align="right", size=SMALL, color=SOFT),
    ).resolve_scale(x="independent", y="independent")

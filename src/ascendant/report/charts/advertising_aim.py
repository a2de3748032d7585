"""By how many kinds of criteria advertisements narrow their audience, month by month."""

from __future__ import annotations

import math
from datetime import date
from typing import Any, Final

import altair as alt
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.patterns.advertising.tables import ANY, UNTOLD
from ascendant.patterns.advertising.trend import FEWEST_ADS
from ascendant.patterns.advertising.ways import LIBRARY_WAYS, WAYS
from ascendant.report.advertising_aim_words import aim_sentences, aim_title
from ascendant.report.advertising_words import month_words
from ascendant.report.charts import marks
from ascendant.report.charts.called import platform_name
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.mirror_rows import UNKNOWN, hatched, legend
from ascendant.report.charts.theme import HALF, INK, LINE, PAPER, SMALL, SOFT
from ascendant.report.figures import Scale

KEY: Final = "aim"
_HEIGHT: Final = 150  # px
_MOST: Final = 36  # months, the last ones
# Kinds of criteria in four groups, their lightness in steps, so that they survive grey paper.
GROUPS: Final = (
    (mark("age and sex"), ("age", "sex"), "#0072b2"),
    (mark("place"), ("place",), "#8fd0f5"),
    (mark("interests, behaviour, what is looked at"), ("interest", "behaviour", "context"), "#e69f00"),
    (mark("lists, visits, likeness"), ("uploaded_list", "retargeting", "lookalike"), "#7a3500"),
)


def aim(given: Given) -> Chart | NoChart:
    """From `ADVERTISING` and `ADVERTISING_TRENDS`: the source of which most advertisements tell their aim."""
    say, language = given.language.say, given.language
    trend = main_trend(given.tables["advertising_trends"])
    if trend is None:
        return NoChart(KEY, say(mark("These files do not tell by what the ads were aimed.")))
    months = by_month(given.tables["advertising"], trend)[-_MOST:]
    if len(months) < 2:  # one bar is no chart
        return NoChart(KEY, " ".join([aim_title(trend, language) + ".", *aim_sentences(trend, language)]))
    groups = [one for one in GROUPS if trend["source"] != "library" or set(one[1]) & set(LIBRARY_WAYS)]
    found_title = aim_title(trend, language)
    return Chart(
        key=KEY,
        title=found_title,
        reading=say(
            mark(
                "Each bar is the number of kinds of criteria by which an average ad of that month leaves people out;"
                " its parts are the kinds. A criterion that leaves nobody out (all ages, a whole country) counts for"
                " none."
            )
        ),
        source=given.source,
        n=language.plural("one ad on {platform}", "{n} ads on {platform}", trend["n_ads"],
                          platform=platform_name(trend["platform"])),
        notes=tuple(aim_sentences(trend, language)),
        spec=_spec(given, months, groups),
        columns=(
            Column(say(mark("Month")), is_number=False), Column(say(mark("Ads"))), Column(say(mark("Kinds an ad"))),
            *(Column(say(words)) for words, _, _ in groups),
        ),
        rows=tuple(
            (
                month_words(row["month"], language), language.number(row["n"]), language.number(row["fineness"], 2),
                *(language.number(_part(row, ways), 2) for _, ways, _ in groups),
            )
            for row in months
        ),
        alt=say(mark("{title}. Bars of {n} months."), title=found_title, n=len(months)),
    )  # fmt: skip


def main_trend(trends: pa.Table) -> dict[str, Any] | None:
    """The source of which most dated advertisements tell their aim."""
    rows = [row for row in trends.to_pylist() if row["n_ads"]]
    return max(rows, key=lambda row: (row["n_ads"], row["platform"]), default=None)


def by_month(advertising: pa.Table, trend: dict[str, Any]) -> list[dict[str, Any]]:
    """Of each month how many advertisements tell their aim, and the share of these that uses each kind; in order, with
    empty months between."""
    is_here = pc.and_(
        pc.equal(advertising["platform"], trend["platform"]), pc.equal(advertising["source"], trend["source"])
    )
    held = advertising.filter(pc.and_(is_here, pc.is_valid(advertising["month"])))
    counted = held.group_by(["month", "criteria_class"]).aggregate([("n_ads", "sum")]).to_pylist()
    n = {(row["month"], row["criteria_class"]): row["n_ads_sum"] for row in counted}
    days = sorted({month for month, _ in n})
    found = []
    for month in _every(days):
        told = n.get((month, ANY), 0) - n.get((month, UNTOLD), 0)
        shares = {way: n.get((month, way), 0) / told for way in WAYS} if told else {}
        found.append({"month": month, "n": told, "shares": shares, "fineness": sum(shares.values()) if told else None})
    return found


def _every(days: list[date]) -> list[date]:
    if not days:
        return []
    first, last = (day.year * 12 + day.month - 1 for day in (days[0], days[-1]))
    return [date(month // 12, month % 12 + 1, 1) for month in range(max(first, last - 600), last + 1)]


def _part(row: dict[str, Any], ways: tuple[str, ...]) -> float | None:
    return sum(row["shares"][way] for way in ways) if row["n"] else None


def _spec(given: Given, months: list[dict[str, Any]], groups: list[Any]) -> dict[str, Any]:
    say, language = given.language.say, given.language
    drawn, top = legend(
        [*((color, say(words)) for words, _, color in groups), (UNKNOWN, say(mark("too few ads to tell")))], given.width
    )
    top += 16
    left, below = 34.0, top + _HEIGHT
    step = min((given.width - left) / max(len(months), 1), 72.0)
    is_told = [row["n"] >= FEWEST_ADS for row in months]
    most = max((row["fineness"] for row, told in zip(months, is_told, strict=True) if told), default=1.0)
    scale = Scale(0.0, float(max(1, math.ceil(most))))

    def y(value: float) -> float:
        return below - scale.place(value) * _HEIGHT

    parts, figures, layers = [], [], [drawn]
    for place, (row, told) in enumerate(zip(months, is_told, strict=True)):
        x, x2 = left + (place + 0.12) * step, left + (place + 0.88) * step
        if not told:
            if row["n"]:
                layers.append(hatched(x, x2, below - 12, below, color=UNKNOWN, step=5))
            continue
        height = 0.0
        for _, ways, color in groups:
            size = _part(row, ways) or 0.0
            if size:
                parts.append({"x": x, "x2": x2, "y": y(height + size), "y2": y(height), "color": color})
            height += size
        if step >= 26:
            figures.append({"x": (x + x2) / 2, "y": y(height) - 8, "words": language.number(height, 1)})
    grid = [{"x": left, "x2": left + step * len(months), "y": y(tick), "y2": y(tick)} for tick in scale.ticks()]
    ticks = [{"y": y(tick), "words": language.number(tick, 1)} for tick in scale.ticks()]
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    fill = alt.Fill("color:N", scale=None, legend=None)
    layers += [
        marks.lines(grid, color=LINE),
        alt.Chart(marks.data(parts)).mark_rect(stroke=PAPER, strokeWidth=1).encode(fill=fill, **rect),
        marks.words(figures, align="center", size=SMALL, is_bold=True, color=INK),
        marks.words(ticks, x=left - 7, align="right", size=SMALL, color=SOFT),
        marks.words(_below(months, left, step, below, given), size=SMALL, color=SOFT),
    ]
    return spec_of(alt.layer(*layers).resolve_scale(fill="independent"), given, height=below + 20)


def _below(months: list[dict[str, Any]], left: float, step: float, below: float, given: Given) -> list[dict[str, Any]]:
    """Names of months, as many as there is room for."""
    room = 86 if given.width > HALF else 74
    every = max(1, -int(-room // step))
    return [
        {"x": left + (place + 0.12) * step, "y": below + 11, "words": month_words(row["month"], given.language)}
        for place, row in enumerate(months)
        if place % every == 0 and left + place * step + room <= given.width + 12
    ]

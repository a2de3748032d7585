"""Who pays for advertisements, and how much: an interval for each of the first advertisers."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.report.advertising_names import shown_advertiser
from ascendant.report.advertising_words import amount, money, title
from ascendant.report.charts import marks
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.font import fitted
from ascendant.report.charts.theme import HALF, LINE, MOVED, SMALL, SOFT, TEXT
from ascendant.report.figures import Scale

KEY: Final = "payers"
ROW: Final = 25  # px
_MOST: Final = 10
_BAR: Final = 9


def payers(given: Given) -> Chart | NoChart:
    """From `patterns.advertising.tables.ADVERTISERS`: the first of those paid in the commonest currency."""
    say, language, names = given.language.say, given.language, given.names
    every = comparable(given.tables["advertisers"])
    if not every:
        return NoChart(KEY, say(mark("Who advertised is told, and not what they paid: there is nothing to compare.")))
    rows = [_row(row, given) for row in every[:_MOST]]
    found_title = title(every, names, language)
    notes = [say(mark("Spend is taken from reports where there are some, else from the ads themselves."))]
    n_others = _n_others(given.tables["advertisers"], every[0]["currency"])
    if n_others:
        notes.append(
            language.plural(
                "One more advertiser paid in another currency, or what it paid is not told.",
                "{n} more advertisers paid in other currencies, or what they paid is not told.",
                n_others,
            )
        )
    return Chart(
        key=KEY,
        title=found_title,
        reading=say(
            mark(
                "Platforms publish no exact spend: each bar runs from the least to the most that the advertiser may"
                " have paid. An arrow: no upper end is told. A dot: the sum is told."
            )
        ),
        source=given.source,
        n=language.plural(
            "one advertiser, of {total} paying in that currency", "{n} advertisers, of {total} paying in that currency",
            len(rows), total=len(every),
        ),
        notes=tuple(notes),
        spec=_spec(given, rows),
        columns=(
            Column(say(mark("Advertiser")), is_number=False), Column(say(mark("Paid"))), Column(say(mark("Ads"))),
        ),
        rows=tuple((row["name"], row["words"], language.number(row["n"])) for row in rows),
        alt=say(
            mark("{title}. Bars of {n} advertisers; the first paid {amount}."),
            title=found_title, n=len(rows), amount=rows[0]["words"],
        ),
    )  # fmt: skip


def comparable(advertisers: pa.Table) -> list[dict[str, Any]]:
    """Advertisers of which the spend is told, in the currency of most of them, the largest lower end first."""
    told = advertisers.filter(pc.is_valid(advertisers["spend_low"]))
    if not told.num_rows:
        return []
    counted = pc.value_counts(told["currency"]).to_pylist()
    currency = min(counted, key=lambda one: (-one["counts"], one["values"]))["values"]
    rows: list[dict[str, Any]] = told.filter(pc.equal(told["currency"], currency)).to_pylist()
    rows.sort(key=lambda row: (-row["spend_low"], -(row["spend_high"] or float("inf")), row["advertiser_id"]))
    return rows


def _n_others(advertisers: pa.Table, currency: str) -> int:
    same = pc.and_(pc.equal(advertisers["currency"], currency), pc.is_valid(advertisers["spend_low"]))
    return int(advertisers.num_rows - (pc.sum(pc.fill_null(same, fill_value=False)).as_py() or 0))


def _row(row: dict[str, Any], given: Given) -> dict[str, Any]:
    low, high = row["spend_low"], row["spend_high"]
    return {
        "name": shown_advertiser(row, given.names),
        "low": low,
        "high": high,
        "n": row["n_with_spend"],
        "currency": row["currency"],
        "words": amount(low, high, row["currency"], given.language),
    }


def _spec(given: Given, rows: list[dict[str, Any]]) -> dict[str, Any]:
    is_narrow = given.width <= HALF
    wide = 130 if is_narrow else 220
    left, right = wide + 12.0, given.width - (26.0 if is_narrow else 150.0)
    scale = Scale.of([end for row in rows for end in (row["low"], row["high"])])
    bars, dots, arrows, names, said = [], [], [], [], []
    for place, row in enumerate(rows):
        y = 20 + place * ROW + ROW / 2
        x = left + scale.place(row["low"]) * (right - left)
        x2 = right if row["high"] is None else left + scale.place(row["high"]) * (right - left)
        names.append({"y": y, "words": fitted(row["name"], wide, TEXT)})
        said.append({"y": y, "words": row["words"]})
        if row["high"] == row["low"]:
            dots.append({"x": x, "y": y})
        else:
            bars.append({"x": x, "x2": max(x2, x + 2), "y": y - _BAR / 2, "y2": y + _BAR / 2})
        if row["high"] is None:
            arrows.append({"x": right, "y": y})
    below = 20 + len(rows) * ROW
    grid = [{"x": left + scale.place(tick) * (right - left), "tick": tick} for tick in scale.ticks()]
    heads = [
        {"x": one["x"], "y": 8, "words": money(one["tick"], rows[0]["currency"], given.language)}
        for one in (grid[::2] if is_narrow else grid)
    ]
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    layers = [
        marks.lines([{"x": one["x"], "x2": one["x"], "y": 20, "y2": below} for one in grid], color=LINE),
        alt.Chart(marks.data(bars)).mark_rect(fill=MOVED).encode(**rect),
        alt.Chart(marks.data(dots)).mark_point(shape="circle", fill=MOVED, stroke=MOVED, size=70, opacity=1).encode(
            x=marks.at_x(), y=marks.at_y()
        ),
        alt.Chart(marks.data(arrows)).mark_point(
            shape="triangle-right", fill=MOVED, stroke=MOVED, size=110, opacity=1
        ).encode(x=marks.at_x(), y=marks.at_y()),
        marks.words(names, x=0),
        marks.words(heads, align="center", size=SMALL, color=SOFT),
    ]  # fmt: skip
    if not is_narrow:
        layers.append(marks.words(said, x=given.width - 138, size=SMALL, color=SOFT))
    return spec_of(alt.layer(*layers), given, height=below + 4)

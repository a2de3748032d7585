"""How far influence goes: the accounts that each one moves, and how much they are of one community."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import mark
from ascendant.patterns.options import PatternOptions
from ascendant.report.charts import marks
from ascendant.report.charts.called import counted, name_within, share_words
from ascendant.report.charts.chart import FEWEST_PERSONS, Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.crowd import MOST_DOTS, crowd, signs
from ascendant.report.charts.font import width_of
from ascendant.report.charts.labels import Box, Label, placed
from ascendant.report.charts.theme import DARK_SIDES, HALF, SMALL, SOFT, TEXT, TINTS

KEY: Final = "spheres"
_LEFT: Final = 46.0  # px
_SPHERES: Final = {"precise": mark("one community"), "wide": mark("anybody"), "open": mark("cannot be told")}

Floats = NDArray[np.float64]


def spheres(given: Given) -> Chart | NoChart:
    """From the columns of `patterns.spheres.SPHERES` and `patterns.standing.STANDING`."""
    say, number, language = given.language.say, given.language.number, given.language
    every = given.tables["spheres"]
    table = every.filter(pc.greater_equal(every["reach"], FEWEST_PERSONS))
    if table.num_rows == 0:
        return NoChart(KEY, say(mark("No account moves ten others or more, so that no sphere can be shown.")))
    shown = _labelled(given, table, 4 if given.width <= HALF else 8)
    counts = {name: table["sphere"].to_pylist().count(name) for name in _SPHERES}
    n = table.num_rows
    found_title = title(given, counts)
    reading = say(
        mark(
            "To the right, an account moves more others; further up, more of them belong to one community than if it"
            " spoke to anybody. Communities are found from the same ties: this shows who listens, not why."
        )
    )
    if n > MOST_DOTS:
        reading += " " + say(mark("The darker a square, the more accounts stand there."))
    cells = [(say(words), counted(given, counts[name], n), "–", "–") for name, words in _SPHERES.items()]
    cells += [
        (
            row["name"],
            "–",
            number(row["reach"]),
            share_words(given, row["precision"], row["precision_low"], row["precision_high"]),
        )
        for row in shown
    ]
    height = 220.0 if given.width <= HALF else 320.0
    return Chart(
        key=KEY,
        title=found_title,
        reading=reading,
        source=given.source,
        n=language.plural("one account that moves ten others or more", "{n} accounts that move ten others or more", n),
        spec=spec_of(_drawing(given, table, shown, counts, height), given, height=height, top=22, bottom=44),
        columns=(
            Column(say(mark("Who listens, or account")), is_number=False),
            Column(say(mark("Accounts"))),
            Column(say(mark("Reach"))),
            Column(say(mark("Precision"))),
        ),
        rows=tuple(cells),
        alt=say(
            mark("{title}. Scatter plot of {n} accounts; the one that moves most others, {who}, reaches {reach}."),
            title=found_title,
            n=n,
            who=given.names.shown(_widest(table)["account_id"]),
            reach=_widest(table)["reach"],
        ),
    )


def title(given: Given, counts: dict[str, int]) -> str:
    """How many speak to one community, how many to anybody, of how many it cannot be told."""
    say, language = given.language.say, given.language
    n = sum(counts.values())
    if 2 * counts["open"] > n:
        return say(
            mark(
                "Of most accounts that move ten others or more ({share}) it cannot be told whether one community"
                " listens, or anybody"
            ),
            share=language.percent(counts["open"] / n),
        )
    return say(
        mark(
            "Of the accounts that move ten others or more, {precise} are heard by one community above all, {wide} by"
            " anybody"
        ),
        precise=language.percent(counts["precise"] / n),
        wide=language.percent(counts["wide"] / n),
    )


def _widest(table: pa.Table) -> dict[str, Any]:
    row: dict[str, Any] = (
        table.sort_by([("reach", "descending"), ("account_id", "ascending")]).slice(0, 1).to_pylist()[0]
    )
    return row


def _labelled(given: Given, table: pa.Table, most: int) -> list[dict[str, Any]]:
    """Those that move most others, with the side of their standing."""
    rows = table.sort_by([("reach", "descending"), ("account_id", "ascending")]).slice(0, most).to_pylist()
    standing = given.tables["standing"].select(["account_id", "standing"])
    held = standing.filter(pc.is_in(standing["account_id"], pa.array([row["account_id"] for row in rows]))).to_pylist()
    sides = {row["account_id"]: row["standing"] for row in held}
    return [{**row, "name": given.names.shown(row["account_id"]), "side": sides[row["account_id"]]} for row in rows]


def _drawing(
    given: Given, table: pa.Table, shown: list[dict[str, Any]], counts: dict[str, int], height: float
) -> marks.Drawing:
    say, number = given.language.say, given.language.number
    right = given.width - 8.0
    most = next(end for end in _REACHES if end > pc.max(table["reach"]).as_py())
    ends = np.log([FEWEST_PERSONS, most])

    def x(reach: Floats) -> Floats:
        found: Floats = _LEFT + (np.log(reach) - ends[0]) / (ends[1] - ends[0]) * (right - _LEFT)
        return found

    def y(precision: float) -> float:
        return height * (1 - precision)

    limit = y(PatternOptions.precise_from)
    grounds = [
        {"key": "precise", "x": _LEFT, "x2": right, "y": 0, "y2": limit},
        {"key": "wide", "x": _LEFT, "x2": right, "y": limit, "y2": height},
    ]
    names, taken = [], []
    for name, middle in (("precise", limit - 14), ("wide", limit + 14)):
        words = f"{say(_SPHERES[name])} · {number(counts[name])}"
        start = right - 10 - width_of(words, TEXT, is_bold=True)
        names.append(Label(start, middle, "left", words, (start, middle)))
        taken.append(Box(start - 8, middle - TEXT, right, middle + TEXT))
    points = [(float(x(np.array(row["reach"]))), y(row["precision"]), row) for row in shown]
    taken += [Box(a - 2, y(row["precision_high"]), a + 2, y(row["precision_low"])) for a, _, row in points]
    labels = placed(
        [(a, b, name_within(given, row["account_id"], (right - _LEFT) * 0.45, is_bold=True)) for a, b, row in points],
        Box(_LEFT, 0, right, height),
        TEXT,
        taken=taken,
        is_bold=True,
    )
    fill = alt.Fill(
        "key:N",
        scale=alt.Scale(domain=["precise", "wide"], range=[TINTS["influencer"], TINTS["slight"]]),
        legend=None,
    )
    reach = table["reach"].to_numpy().astype(float)
    precision = table["precision"].to_numpy()
    return alt.layer(
        alt.Chart(marks.data(grounds))
        .mark_rect()
        .encode(x=marks.at_x(), x2="x2:Q", y=marks.at_y(), y2="y2:Q", fill=fill),
        crowd(x(reach), height * (1 - precision), frame=(_LEFT, 0, right, height)),
        marks.lines([{"x": _LEFT, "x2": right, "y": limit, "y2": limit}], color=SOFT, dash=(4, 3)),
        _leaders(shown, most, right, height),
        marks.words(
            [{"x": 0, "y": -12, "words": say(mark("Precision: beyond what chance would give, of one community"))}],
            size=SMALL,
            color=SOFT,
        ),
        marks.words(
            [{"x": right, "y": height + 36, "words": say(mark("Reach: accounts that it moves"))}],
            align="right",
            size=SMALL,
            color=SOFT,
        ),
        *(marks.label(one, color=DARK_SIDES["influencer"]) for one in names),
        *(marks.label(one) for one in labels),
    ).resolve_scale(x="independent", y="independent", fill="independent", size="independent")


def _leaders(shown: list[dict[str, Any]], most: float, right: float, height: float) -> marks.Drawing:
    """The widest spheres, each with the interval of its precision; these also carry the axes."""
    x = alt.Scale(type="log", domain=[FEWEST_PERSONS, most], range=[_LEFT, right], nice=False)
    y = alt.Scale(domain=[0, 1], range=[height, 0], nice=False)
    ticks = [end for end in (FEWEST_PERSONS, *_REACHES) if end <= most]
    across = alt.X("reach:Q", scale=x, axis=alt.Axis(values=ticks, labelExpr=marks.NUMBER, grid=False, title=None))
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".0%", grid=False, title=None, offset=-_LEFT)
    data = marks.data(shown)
    color = alt.Color("side:N", scale=alt.Scale(domain=list(DARK_SIDES), range=list(DARK_SIDES.values())), legend=None)
    line = alt.Chart(data).mark_rule(strokeWidth=1.6, opacity=0.8)
    return alt.layer(
        line.encode(x=across, y=alt.Y("precision_low:Q", scale=y, axis=axis), y2="precision_high:Q", color=color),
        signs(shown, across, alt.Y("precision:Q", scale=y, axis=axis)),
    )


_REACHES: Final = tuple(float(f"{step}e{power}") for power in range(1, 10) for step in (3, 10))

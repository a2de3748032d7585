"""Who moves most: a dot and an interval for each of the first accounts, tier by tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.report.charts import marks
from ascendant.report.charts.called import name_within
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.crowd import signs
from ascendant.report.charts.labels import Align
from ascendant.report.charts.theme import DARK_SIDES, HALF, LINE, SIDES, SMALL, SOFT
from ascendant.report.figures import Scale

KEY: Final = "tiers"
ROW, TIER, HEAD = 23, 24, 34  # px
SIDE_WORDS: Final = {"influencer": mark("influences"), "influenced": mark("is influenced"), "both": mark("both")}


@dataclass(frozen=True)
class _Places:
    """Where the columns stand, in px; None for those that a narrow drawing leaves to the table."""

    most: int
    name_width: float
    plot: tuple[float, float]
    number: float
    interval: float | None
    side: float | None


_WIDE: Final = _Places(20, 226, (244, 536), 594, 602, 690)
_NARROW: Final = _Places(8, 138, (150, 312), HALF, None, None)


def tiers(given: Given) -> Chart | NoChart:
    """From the columns of `patterns.tiers.TIERS` and `patterns.standing.STANDING`."""
    say, number = given.language.say, given.language.number
    table = given.tables["tiers"]
    if table.num_rows == 0:
        return NoChart(KEY, say(mark("No account moved an act of somebody else's, so that nobody can be ranked.")))
    places = _NARROW if given.width <= HALF else _WIDE
    rows = _rows(given, table.slice(0, places.most).to_pylist())
    scale = Scale.of([row[end] for row in rows for end in ("low", "high", "n")], is_wide=True)
    reading = say(
        mark(
            "The mark is the number of others' acts that name the account, the line its interval. Accounts of one tier"
            " cannot be told apart: their order means nothing."
        )
    )
    if scale.is_log:
        reading += " " + say(mark("From one tick to the next the number grows by the same factor."))
    found_title = title(given)
    return Chart(
        key=KEY,
        title=found_title,
        reading=reading,
        source=given.source,
        n=given.language.plural(
            "one account, of {total} that moved others",
            "{n} accounts, of {total} that moved others",
            len(rows),
            total=_n_moving(given),
        ),
        spec=spec_of(
            _drawing(given, rows, scale, places), given, height=rows[-1]["y"] + ROW / 2 + 4, top=HEAD, bottom=2
        ),
        columns=(
            Column(say(mark("Tier"))),
            Column(say(mark("Account")), is_number=False),
            Column(say(mark("Acts moved"))),
            Column(say(mark("Interval"))),
            Column(say(mark("Reach"))),
            Column(say(mark("Side")), is_number=False),
        ),
        rows=tuple(
            (number(row["tier"]), row["name"], row["shown"], row["interval"], number(row["reach"]), row["side_words"])
            for row in rows
        ),
        alt=say(
            mark(
                "{title}. Chart of {n} accounts with intervals; the first is {who} with {count} acts moved, {interval}."
            ),
            title=found_title,
            n=len(rows),
            who=rows[0]["name"],
            count=rows[0]["n"],
            interval=rows[0]["interval"],
        ),
    )


def title(given: Given) -> str:
    """Who leads, as a sentence."""
    table, say = given.tables["tiers"], given.language.say
    first = table.filter(pc.equal(table["tier"], table["tier"][0]))["account_id"].to_pylist()
    if len(first) == 1:
        return say(mark("{who} moves more acts than anybody else"), who=given.names.shown(first[0]))
    return say(mark("{n} accounts lead, and cannot be told apart"), n=len(first))


def _n_moving(given: Given) -> int:
    return int(pc.sum(pc.greater(given.tables["standing"]["n_moved_by_it"], 0)).as_py() or 0)


def _rows(given: Given, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is drawn of each account, and where: the first row of a tier leaves room for its name."""
    say, language = given.language.say, given.language
    standing = given.tables["standing"].select(["account_id", "standing"])
    wanted = pa.array([row["account_id"] for row in shown], pa.string())
    held = standing.filter(pc.is_in(standing["account_id"], wanted)).to_pylist()
    sides = {row["account_id"]: row["standing"] for row in held}
    rows: list[dict[str, Any]] = []
    y = 0.0
    for row in shown:
        is_first = not rows or rows[-1]["tier"] != row["tier"]
        y += TIER if is_first else 0
        side = sides[row["account_id"]]
        rows.append(
            {
                "y": y + ROW / 2,
                "account_id": row["account_id"],
                "tier": row["tier"],
                "is_first": is_first,
                "name": given.names.shown(row["account_id"]),
                "n": row["n_moved_by_it"],
                "shown": language.number(row["n_moved_by_it"]),
                "low": row["low"],
                "high": row["high"],
                "interval": language.interval(row["low"], row["high"]),
                "reach": row["reach"],
                "side": side,
                "side_words": say(SIDE_WORDS[side]),
            }
        )
        y += ROW
    return rows


def _drawing(given: Given, rows: list[dict[str, Any]], scale: Scale, places: _Places) -> marks.Drawing:
    say = given.language.say
    x = alt.Scale(
        type="log" if scale.is_log else "linear", domain=[scale.low, scale.high], range=list(places.plot), nice=False
    )
    axis = alt.Axis(values=scale.ticks(), labelExpr=marks.NUMBER, orient="top", title=None)
    sides = alt.Scale(domain=list(SIDES), range=list(SIDES.values()))
    data = marks.data(rows)
    line = (
        alt.Chart(data)
        .mark_rule(strokeWidth=3, opacity=0.55)
        .encode(
            x=alt.X("low:Q", scale=x, axis=axis), x2="high:Q", y=marks.at_y(),
            color=alt.Color("side:N", scale=sides, legend=None),
        )
    )  # fmt: skip
    dot = signs(rows, alt.X("n:Q", scale=x), marks.at_y())
    names = [{**row, "words": name_within(given, row["account_id"], places.name_width)} for row in rows]
    first = [row for row in rows if row["is_first"]]
    headings = [{"y": row["y"] - ROW / 2 - 8, "words": say(mark("Tier {n}"), n=row["tier"])} for row in first]
    between = [{"y": row["y"] - ROW / 2 - TIER + 2, "x": 0, "x2": given.width} for row in first[1:]]
    layers = [
        marks.lines([{**one, "y2": one["y"]} for one in between], color=LINE),
        alt.layer(line, dot),
        marks.words(headings, x=0, size=SMALL, color=SOFT),
        marks.words(names, x=0),
        marks.words(rows, field="shown", x=places.number, align="right", is_bold=True),
    ]
    heads: list[tuple[float, Align, str]] = [(places.number, "right", say(mark("Acts moved")))]
    if places.interval is not None:
        layers.append(marks.words(rows, field="interval", x=places.interval, size=SMALL, color=SOFT))
        heads.append((places.interval, "left", say(mark("interval"))))
    if places.side is not None:
        for side, color in DARK_SIDES.items():
            here = [row for row in rows if row["side"] == side]
            layers.append(marks.words(here, field="side_words", x=places.side, size=SMALL, color=color))
    layers.append(marks.heading(heads, -26))
    return alt.layer(*layers).resolve_scale(x="independent", color="independent")

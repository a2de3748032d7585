"""On which side accounts are: influenced share against influence rate, cut at one in three."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import special

from ascendant.errors import mark
from ascendant.patterns.options import PatternOptions
from ascendant.report.charts.called import counted, share_words
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.crowd import MOST_DOTS
from ascendant.report.charts.plane import REGIONS, THIRD, Plot, drawing, rate_end
from ascendant.report.charts.theme import HALF, SIDES

KEY: Final = "quadrant"
# From how many acts an account is placed, if so many accounts have them.
_LEAST_ACTS: Final = ((30, 40), (10, 20), (1, 1))


def quadrant(given: Given) -> Chart | NoChart:
    """From the columns of `patterns.standing.STANDING`."""
    say, number, language = given.language.say, given.language.number, given.language
    active = given.tables["standing"].filter(pc.greater(given.tables["standing"]["n_acts"], 0))
    if active.num_rows == 0:
        return NoChart(KEY, say(mark("No account has an act, so that none can be placed.")))
    least = next(acts for acts, enough in _LEAST_ACTS if _n_from(active, acts) >= min(enough, active.num_rows))
    table = active.filter(pc.greater_equal(active["n_acts"], least))
    is_narrow = given.width <= HALF
    shown = _labelled(given, table, 4 if is_narrow else 8)
    plot = Plot(
        46,
        given.width - 6,
        250 if is_narrow else 400,
        rate_end([pc.max(table["influence_rate"]).as_py(), *(row["rate_high"] for row in shown)]),
    )
    counts = {one.side: table["standing"].to_pylist().count(one.side) for one in REGIONS}
    n = table.num_rows
    found_title = title(given, table)
    reading = say(
        mark(
            "To the right, more of an account's acts were moved by others; further up, it moves more acts of others for"
            " each act of its own. The lines stand at one in three, from where a side counts;"
            " below both, the larger of the two decides (dotted)."
        )
    )
    if n > MOST_DOTS:
        reading += " " + say(mark("The darker a square, the more accounts stand there."))
    rests = (
        language.plural("one account", "{n} accounts", n)
        if least == 1
        else language.plural(
            "one account with {least} acts or more", "{n} accounts with {least} acts or more", n, least=least
        )
    )
    notes = []
    if (left_out := active.num_rows - n) > 0:
        notes.append(
            language.plural(
                "One account has fewer acts, too few to be placed.",
                "{n} accounts have fewer acts, too few to be placed.",
                left_out,
            )
        )
    digits = [2 if row["influence_rate"] < 1 else 1 if row["influence_rate"] < 10 else 0 for row in shown]
    cells = [(say(one.words), counted(given, counts[one.side], n), "–", "–", "–") for one in REGIONS]
    cells += [
        (
            row["name"],
            "–",
            number(row["n_acts"]),
            share_words(given, row["influenced_share"], row["share_low"], row["share_high"]),
            f"{number(row['influence_rate'], digit)} ({language.interval(row['rate_low'], row['rate_high'], digit)})",
        )
        for row, digit in zip(shown, digits, strict=True)
    ]
    return Chart(
        key=KEY,
        title=found_title,
        reading=reading,
        source=given.source,
        n=rests,
        spec=spec_of(drawing(given, table, shown, counts, plot), given, height=plot.height, top=22, bottom=44),
        columns=(
            Column(say(mark("Part of the plot, or account")), is_number=False),
            Column(say(mark("Accounts"))),
            Column(say(mark("Acts"))),
            Column(say(mark("Influenced share"))),
            Column(say(mark("Influence rate"))),
        ),
        rows=tuple(cells),
        alt=say(
            mark("{title}. Scatter plot: {parts}."),
            title=found_title,
            parts="; ".join(f"{say(one.words)}{_COLON[language.code]}{number(counts[one.side])}" for one in REGIONS),
        ),
        notes=tuple(notes),
    )


def title(given: Given, table: pa.Table) -> str:
    """Which side is the largest among the accounts placed, as far as that is sure."""
    say, language = given.language.say, given.language
    if table.num_rows == 1:
        return say(_ALONE[table["standing"][0].as_py()], who=given.names.shown(table["account_id"][0].as_py()))
    tail = float(special.ndtri(0.5 + PatternOptions.interval / 2))
    found = []
    for side in SIDES:
        chance = np.sort(table[f"p_{side}"].to_numpy())
        half = tail * float(np.sqrt((chance * (1 - chance)).sum())) / chance.size
        found.append((float(chance.mean()), half, side))
    (first, first_half, side), (second, second_half, _), _ = sorted(found, reverse=True)
    if first - first_half <= second + second_half:
        return say(mark("No side is clearly the largest among the accounts that can be placed"))
    facts = {
        "share": language.percent(first),
        "interval": language.share_interval(max(0.0, first - first_half), min(1.0, first + first_half)),
    }
    return say(_LARGEST[side], **facts)


def _n_from(table: pa.Table, acts: int) -> int:
    return int(pc.sum(pc.greater_equal(table["n_acts"], acts)).as_py() or 0)


def _labelled(given: Given, table: pa.Table, most: int) -> list[dict[str, Any]]:
    """Those that clearly influence, the ones that moved most first; they are drawn with their intervals."""
    order = [("n_moved_by_it", "descending"), ("account_id", "ascending")]
    rows = table.filter(pc.greater_equal(table["rate_low"], THIRD)).sort_by(order).slice(0, most).to_pylist()
    return [{**row, "name": given.names.shown(row["account_id"])} for row in rows]


_COLON: Final = {"en": ": ", "fr": "\u202f: "}
_ALONE: Final = {
    "influencer": mark("{who}, the only account that can be placed, influences others"),
    "influenced": mark("{who}, the only account that can be placed, is influenced"),
    "both": mark("{who}, the only account that can be placed, influences and is influenced"),
}
_LARGEST: Final = {
    "influencer": mark(
        "Of the accounts that can be placed, {share} influence and are little influenced (interval {interval})"
    ),
    "influenced": mark(
        "Of the accounts that can be placed, {share} are influenced and move few others (interval {interval})"
    ),
    "both": mark(
        "Of the accounts that can be placed, {share} influence and are influenced at once (interval {interval})"
    ),
}

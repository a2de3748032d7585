"""By which means advertisers reach the owner."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.mirror_rows import MOVES, STARTED, Row, bars

KEY: Final = "means"
MEANS: Final = {
    "by_list": mark("you are on a list of contacts that they uploaded"),
    "by_visit": mark("you used their site, app or shop"),
    "by_lookalike": mark("you resemble their customers or followers"),
    "by_criteria": mark("you fit what the network thinks of you"),
}
_NOT_TOLD: Final = mark("your archives do not say why")


def means(given: Given) -> Chart | NoChart:
    """From `advertisers`: how many reached the owner by each means; one may have used several."""
    say, language = given.language.say, given.language
    rows = counted(given)
    named = _named(given)
    n = named.num_rows
    if not n:
        return NoChart(KEY, say(mark("Your archives name no advertiser.")))
    title = title_of(given)
    return Chart(
        key=KEY,
        title=title,
        reading=say(
            mark(
                "Each bar is a number of advertisers. One that used several means stands in several bars. An upload"
                " means: your e-mail address or telephone number was in a file that they gave to the network."
            )
        ),
        source=given.source,
        n=language.plural("one advertiser", "{n} advertisers", n),
        notes=_notes(given, named),
        spec=_spec(given, rows),
        columns=(
            Column(say(mark("They reach you because")), is_number=False), Column(say(mark("Advertisers"))),
            Column(say(mark("Share"))), Column(say(mark("Ads that they showed you"))),
        ),
        rows=tuple(
            (row["words"], language.number(row["n"]), language.percent(row["n"] / n), language.number(row["n_shown"]))
            for row in rows
        ),
        alt=say(mark("{title}. Bars of the means."), title=title),
    )  # fmt: skip


def _named(given: Given) -> pa.Table:
    """A row without a name stands for ads of nobody knows whom: it is no advertiser."""
    table = given.tables["advertisers"]
    return table.filter(pc.is_valid(table["advertiser"]))


def _notes(given: Given, named: pa.Table) -> tuple[str, ...]:
    """What is counted twice, and what is not counted."""
    language, found = given.language, []
    if len(pc.unique(named["platform"])) > 1:
        found.append(language.say(mark("An advertiser on two networks counts on each: names alone do not link them.")))
    table = given.tables["advertisers"]
    nameless = int(pc.sum(table.filter(pc.is_null(table["advertiser"]))["n_shown"]).as_py() or 0)
    if nameless:
        found.append(language.plural("One more ad names no advertiser.", "{n} more ads name no advertiser.", nameless))
    return tuple(found)


def title_of(given: Given) -> str:
    """How many hold the owner's contact data, else how many there are."""
    table, language = _named(given), given.language
    uploaded = int(pc.sum(table["by_list"]).as_py() or 0)
    if uploaded:
        return language.plural(
            "One advertiser uploaded a list of contacts with you on it",
            "{n} advertisers uploaded a list of contacts with you on it",
            uploaded,
        )
    return language.plural(
        "One advertiser reached you, as far as your archives show",
        "{n} advertisers reached you, as far as your archives show",
        table.num_rows,
    )


def counted(given: Given) -> list[dict[str, Any]]:
    """Each means with its advertisers and the ads that these showed; at the end those of which no means is known."""
    table, say = _named(given), given.language.say
    rows: list[dict[str, Any]] = []
    none_known = None
    for name, words in MEANS.items():
        mask = pc.fill_null(table[name], fill_value=False)
        none_known = pc.invert(mask) if none_known is None else pc.and_(none_known, pc.invert(mask))
        rows.append(_row(table.filter(mask), say(words)) | {"color": MOVES})
    rest = _row(table.filter(none_known), say(_NOT_TOLD)) | {"color": STARTED}
    return [row for row in [*rows, rest] if row["n"]]


def _row(table: Any, words: str) -> dict[str, Any]:
    return {"words": words, "n": table.num_rows, "n_shown": int(pc.sum(table["n_shown"]).as_py() or 0)}


def _spec(given: Given, rows: list[dict[str, Any]]) -> dict[str, Any]:
    language = given.language
    shown = [Row(name=row["words"], figure=language.number(row["n"]), parts=[(row["n"], row["color"])]) for row in rows]
    drawn, bottom = bars(shown, given.width)
    return spec_of(drawn, given, height=bottom)

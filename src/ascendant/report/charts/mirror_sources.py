"""Who moves the owner, and whom the owner moves: the first accounts, with the kinds of response."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.report.charts.called import platform_name
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.mirror_rows import ANSWERED, MOVES, PASSED_ON, QUOTED, Row, bars, legend

SOURCES, MOVED = "sources", "moved"
MOST: Final = 12
FEWER: Final = 8
FEWEST: Final = 10  # acts from which half of them is told
_KINDS: Final = {"n_reposts": mark("passed on"), "n_quotes": mark("quoted"), "n_replies": mark("answered")}
_MOVED_BY: Final = dict(zip(_KINDS, (PASSED_ON, QUOTED, ANSWERED), strict=True))
_MOVES: Final = dict(zip(_KINDS, (MOVES, "#b5d5ea", "#003f66"), strict=True))


def sources(given: Given) -> Chart | NoChart:
    """From `sources`: whose items the owner passed on, quoted and answered most."""
    say, language = given.language.say, given.language
    table = given.tables["sources"]
    if not n_of(table):
        return NoChart(SOURCES, say(mark("Nothing that you did names whose item it was.")))
    rows = first(table, MOST)
    title = title_of(given, rows)
    is_alone = len(pc.unique(table["platform"])) == 1
    shown = [
        Row(
            name=given.names.shown(row["account_id"]),
            note=_note(given, row, is_alone=is_alone),
            figure=language.number(row["n"]),
            doubt=_doubt(given, row),
            parts=[(row[kind], color) for kind, color in _MOVED_BY.items()],
            interval=_ends(row),
        )
        for row in rows
    ]
    reading = say(
        mark(
            "Each bar counts what you passed on, quoted or answered of one account; the line below it is the interval"
            " in which other weeks of the same habits would put it. In brackets, its share of your reactions on that"
            " network whose source is known."
        )
    )
    return Chart(
        key=SOURCES,
        title=title,
        reading=reading,
        source=given.source,
        n=language.plural("one act with a known source", "{n} acts with a known source", n_of(table)),
        notes=_notes(given),
        spec=_spec(given, shown, _MOVED_BY),
        columns=(
            Column(say(mark("Account")), is_number=False),
            Column(say(mark("Network")), is_number=False),
            Column(say(mark("in all"))),
            *(Column(say(words)) for words in _KINDS.values()),
            Column(say(mark("Share"))),
            Column(say(mark("Interval"))),
            Column(say(mark("Half of them within"))),
            Column(say(mark("Followed")), is_number=False),
        ),
        rows=tuple(
            (
                given.names.shown(row["account_id"]), platform_name(row["platform"]), language.number(row["n"]),
                *(language.number(row[kind]) for kind in _KINDS),
                language.percent(row["share"]), language.share_interval(row["low"], row["high"]),
                language.span(row["median_delay_seconds"]), _followed(given, row),
            )
            for row in rows
        ),
        alt=say(
            mark("{title}. Bars of the first {n} accounts."), title=title, n=len(rows)
        ),
    )  # fmt: skip


def moved(given: Given) -> Chart | NoChart:
    """From `moved`: who passed on, quoted and answered the owner's items most."""
    say, language = given.language.say, given.language
    table = given.tables["moved"]
    if not n_of(table):
        return NoChart(MOVED, say(mark("Your archives name nobody who passed on, quoted or answered what you wrote.")))
    rows, total = first(table, FEWER), n_of(table)
    accounts = table.filter(pc.greater(table["n"], 0)).num_rows
    title = language.plural(
        "One account responded to you, as far as your archives show",
        "{n} accounts responded to you, as far as your archives show",
        accounts,
    )
    shown = [
        Row(
            name=given.names.shown(row["account_id"]),
            note=platform_name(row["platform"]),
            figure=language.number(row["n"]),
            parts=[(row[kind], color) for kind, color in _MOVES.items()],
        )
        for row in rows
    ]
    return Chart(
        key=MOVED,
        title=title,
        reading=say(mark("Each bar is what one account passed on, quoted or answered of yours.")),
        source=given.source,
        n=language.plural("one response", "{n} responses", total),
        spec=_spec(given, shown, _MOVES),
        columns=(
            Column(say(mark("Account")), is_number=False),
            Column(say(mark("Network")), is_number=False),
            Column(say(mark("in all"))),
            *(Column(say(words)) for words in _KINDS.values()),
            Column(say(mark("Likes beside"))),
        ),
        rows=tuple(
            (
                given.names.shown(row["account_id"]), platform_name(row["platform"]), language.number(row["n"]),
                *(language.number(row[kind]) for kind in _KINDS), language.number(row["n_likes"]),
            )
            for row in rows
        ),
        alt=say(mark("{title}. Bars of the first {n} accounts."), title=title, n=len(rows)),
    )  # fmt: skip


def title_of(given: Given, rows: list[dict[str, Any]]) -> str:
    """Who comes first, where somebody clearly does."""
    say, language = given.language.say, given.language
    whole = [row for row in given.tables["concentration"].to_pylist() if row["platform"] is None]
    if n_of(given.tables["sources"]) < FEWEST:
        return language.plural(
            "One account moved you, as far as your archives show",
            "{n} accounts moved you, as far as your archives show",
            given.tables["sources"].filter(pc.greater(given.tables["sources"]["n"], 0)).num_rows,
        )
    if whole and whole[0]["n_half"]:
        return language.plural(
            "One account makes half of what moves you",
            "{n} accounts make half of what moves you (interval {interval})",
            whole[0]["n_half"],
            interval=language.interval(whole[0]["n_half_low"], whole[0]["n_half_high"]),
        )
    return say(mark("{who} moves you most often"), who=given.names.shown(rows[0]["account_id"]))


def first(table: pa.Table, most: int) -> list[dict[str, Any]]:
    """The accounts with most acts; of equal ones, by id, so that two runs agree."""
    acted = table.filter(pc.greater(table["n"], 0))
    order = [("n", "descending"), ("platform", "ascending"), ("account_id", "ascending")]
    rows: list[dict[str, Any]] = acted.sort_by(order).slice(0, most).to_pylist()
    return rows


def n_of(table: pa.Table) -> int:
    """All acts of a table of accounts."""
    return int(pc.sum(table["n"]).as_py() or 0)


def _spec(given: Given, rows: list[Row], colors: dict[str, str]) -> dict[str, Any]:
    entries = [(color, given.language.say(_KINDS[kind])) for kind, color in colors.items()]
    drawn, top = legend(entries, given.width)
    rows_drawn, bottom = bars(rows, given.width, top=top + 4)
    return spec_of(alt.layer(drawn, rows_drawn).resolve_scale(fill="independent"), given, height=bottom)


def _ends(row: dict[str, Any]) -> tuple[float, float] | None:
    """The interval of the share, in acts."""
    if not row["share"] or row["low"] is None or row["high"] is None:
        return None
    return row["low"] * row["n"] / row["share"], row["high"] * row["n"] / row["share"]


def _doubt(given: Given, row: dict[str, Any]) -> str:
    if row["share"] is None:
        return ""
    interval = given.language.share_interval(row["low"], row["high"])
    return f"{given.language.percent(row['share'])} ({interval})"


def _note(given: Given, row: dict[str, Any], *, is_alone: bool) -> str:
    words = [] if is_alone else [platform_name(row["platform"])]
    if row["is_followed"] is not None:
        words.append(given.language.say(mark("followed") if row["is_followed"] else mark("not followed")))
    return " · ".join(words)


def _followed(given: Given, row: dict[str, Any]) -> str:
    words = {None: mark("unknown"), True: mark("yes"), False: mark("no")}[row["is_followed"]]
    return given.language.say(words)


def _notes(given: Given) -> tuple[str, ...]:
    language = given.language
    whole = [row for row in given.tables["concentration"].to_pylist() if row["platform"] is None]
    if whole and whole[0]["n_unattributed"]:
        return (
            language.plural(
                "Of one more reaction, the archives do not tell whose item it was",
                "Of {n} more reactions, the archives do not tell whose items they were",
                whole[0]["n_unattributed"],
            ),
        )
    return ()

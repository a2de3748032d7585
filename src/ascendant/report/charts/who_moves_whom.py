"""Who moves whom across the borders of communities: a matrix, and how much of what crosses comes from each."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from ascendant.errors import mark
from ascendant.report.charts import marks
from ascendant.report.charts.called import community_names, community_number, name_within, share_words
from ascendant.report.charts.chart import FEWEST_PERSONS, Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.font import fitted, width_of
from ascendant.report.charts.theme import FAINT, HALF, INK, LINE, MOVED, PAPER, RAMP, SMALL, SOFT, TEXT

KEY: Final = "who-moves-whom"
_ROW: Final = 36  # px
_HEAD: Final = 40
_TOLD_FROM: Final = 0.005  # smaller shares are only coloured
_FIGURE: Final = 30  # px: what a figure needs
_DARKEST: Final = 0.2  # at least: small shares must not look large for want of larger ones
_DARK_FROM: Final = 0.68  # of the darkest colour: paper-coloured figures from here on


def who_moves_whom(given: Given) -> Chart | NoChart:
    """From the columns of `patterns.flows.FLOWS` and `BORDERS`, and of `patterns.topics.COMMUNITY_TOPICS`."""
    say, number, language = given.language.say, given.language.number, given.language
    borders = given.tables["borders"].to_pylist()
    parts, whole = borders[:-1], borders[-1] if borders else None
    if whole is None or not whole["n_moved"]:
        return NoChart(KEY, say(mark("No act was moved, so that nothing passes between communities.")))
    if len(parts) < 2:
        return NoChart(
            KEY,
            say(
                mark(
                    "Fewer than two communities of ten accounts or more were found: nothing can be said of what passes"
                    " between them."
                )
            ),
        )
    if not whole["n_from_outside"]:
        return NoChart(KEY, say(mark("Every act that was moved was moved from inside its own community.")))
    names = community_names(given)
    flows = given.tables["flows"].to_pylist()
    shown = [row["community"] for row in parts]
    has_others = any(row["source_community"] is None or row["target_community"] is None for row in flows)
    columns: list[int | None] = [*shown, *([None] if has_others else [])]
    cells = _cells(given, flows, columns)
    found_title = title(given)
    sides = [
        (
            names[row["community"]],
            number(row["n_accounts"]),
            share_words(given, row["outside_share"], row["outside_low"], row["outside_high"]),
            share_words(given, row["outward_share"], row["outward_low"], row["outward_high"]),
        )
        for row in parts
    ]
    return Chart(
        key=KEY,
        title=found_title,
        reading=say(
            mark(
                "Each column adds up to all the acts that were moved in one community; each row shows who moved them."
                " Grey: moved from inside; communities are found from these same ties, so that most stays inside by"
                " construction. Cells with fewer than ten accounts are left empty."
            )
        )
        + (
            ""
            if given.width <= HALF
            else " " + say(mark("Below each name: its accounts, and the one of them that moves most."))
        ),
        source=given.source,
        n=language.plural(
            "one act moved, {crossing} of it across a border",
            "{n} acts moved, {crossing} of them across a border",
            whole["n_moved"],
            crossing=whole["n_from_outside"],
        ),
        spec=spec_of(_drawing(given, parts, columns, cells, names), given, height=_ROW * len(columns) + 2, top=_HEAD),
        columns=(
            Column(say(mark("Community")), is_number=False),
            Column(say(mark("Accounts"))),
            Column(say(mark("Moved from outside"))),
            Column(say(mark("Of all that crosses, comes from it"))),
            *(Column(say(mark("moves in {where}"), where=_short(given, column))) for column in columns),
        ),
        rows=tuple(
            (*side, *(cell["shown"] or "·" for cell in cells if cell["source"] == row["community"]))
            for side, row in zip(sides, parts, strict=True)
        ),
        alt=say(
            mark("{title}. Matrix of {n} communities; {share} of the acts moved were moved from another community."),
            title=found_title,
            n=len(parts),
            share=language.percent(whole["outside_share"]),
        ),
    )


def title(given: Given) -> str:
    """Which community moves the others most, if one clearly does; else how much crosses."""
    say, language = given.language.say, given.language
    *parts, whole = given.tables["borders"].to_pylist()
    known = [row for row in parts if row["outward_share"] is not None]
    first, *others = sorted(known, key=lambda row: -row["outward_share"])
    if all(first["outward_low"] > row["outward_high"] for row in others):
        return say(
            mark(
                "{who} moves the others most: {share} of what crosses from one community to another (interval"
                " {interval})"
            ),
            who=community_names(given)[first["community"]],
            share=language.percent(first["outward_share"]),
            interval=language.share_interval(first["outward_low"], first["outward_high"]),
        )
    return say(
        mark(
            "{share} of the acts moved were moved from another community (interval {interval}), and no single one is"
            " clearly behind them"
        ),
        share=language.percent(whole["outside_share"]),
        interval=language.share_interval(whole["outside_low"], whole["outside_high"]),
    )


def _short(given: Given, community: int | None) -> str:
    if community is None:
        return given.language.say(mark("others")) if given.width > HALF else "…"
    return given.language.number(community + 1)


def _cells(given: Given, flows: list[dict[str, Any]], columns: list[int | None]) -> list[dict[str, Any]]:
    """Every cell of the matrix in the order of rows and columns; without a share where too few accounts are in it."""
    held = {(row["source_community"], row["target_community"]): row for row in flows}
    cells = []
    for y, source in enumerate(columns):
        for x, target in enumerate(columns):
            row = held.get((source, target))
            is_told = row is not None and row["n_targets"] >= FEWEST_PERSONS
            share = row["share"] if row is not None and is_told else None
            shown = "" if share is None else given.language.percent(share, 0)
            place = {"source": source, "column": x, "row": y, "is_inside": source == target}
            cells.append({**place, "share": share, "shown": shown})
    return cells


def _drawing(
    given: Given,
    parts: list[dict[str, Any]],
    columns: list[int | None],
    cells: list[dict[str, Any]],
    names: dict[int, str],
) -> marks.Drawing:
    say, language = given.language.say, given.language
    is_narrow = given.width <= HALF
    left, right = (96.0, given.width - 2.0) if is_narrow else (236.0, given.width - 132.0)
    wide = (right - left) / len(columns)
    squares = [
        {
            **cell,
            "x": left + cell["column"] * wide,
            "x2": left + (cell["column"] + 1) * wide - 2,
            "y": cell["row"] * _ROW,
            "y2": (cell["row"] + 1) * _ROW - 2,
        }
        for cell in cells
    ]
    middle = [
        {**cell, "x": (cell["x"] + cell["x2"]) / 2, "y": (cell["y"] + cell["y2"]) / 2, "words": cell["shown"]}
        for cell in squares
        if cell["share"] and cell["share"] >= _TOLD_FROM and wide > _FIGURE
    ]
    crossing = [cell for cell in squares if cell["share"] is not None and not cell["is_inside"]]
    most = max([_DARKEST, *(cell["share"] for cell in crossing)])
    color = alt.Fill(
        "share:Q", scale=alt.Scale(type="sqrt", domain=[0, most], range=list(RAMP), interpolate="lab"), legend=None
    )
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    layers = [
        alt.Chart(marks.data(squares)).mark_rect(fill=FAINT, fillOpacity=0.5).encode(**rect),
        alt.Chart(marks.data(crossing)).mark_rect().encode(fill=color, **rect),
        alt.Chart(marks.data([cell for cell in squares if cell["is_inside"]])).mark_rect(fill=LINE).encode(**rect),
    ]
    for is_dark in (False, True):
        here = [cell for cell in middle if is_dark == (not cell["is_inside"] and cell["share"] > _DARK_FROM**2 * most)]
        layers.append(marks.words(here, align="center", size=SMALL, color=PAPER if is_dark else INK))
    rows = [{"y": place * _ROW + _ROW / 2 - 1} for place in range(len(columns))]
    named, counted = [], []
    for row, community in zip(rows, columns, strict=True):
        if community is None:
            others = say(mark("others")) if is_narrow else say(mark("All other communities"))
            named.append({"y": row["y"], "words": others})
            continue
        if is_narrow:
            named.append({"y": row["y"], "words": community_number(given, community)})
            continue
        n = language.plural("one account", "{n} accounts", parts[columns.index(community)]["n_accounts"])
        source_id = parts[columns.index(community)]["source_id"]
        room = left - 14 - width_of(f"{n} · ", SMALL)
        first = f"{n} · {name_within(given, source_id, room, size=SMALL)}" if source_id else n
        named.append({"y": row["y"] - 7, "words": _fitting(names[community], left - 14)})
        counted.append({"y": row["y"] + 8, "words": first})
    heads = [
        {"x": left + place * wide + wide / 2 - 1, "y": -10, "words": _short(given, community)}
        for place, community in enumerate(columns)
    ]
    layers += [
        marks.words(named, x=0, is_bold=True),
        marks.words(counted, x=0, size=SMALL, color=SOFT),
        marks.words(heads, align="center", size=SMALL, color=SOFT),
        marks.heading([(left, "left", say(mark("moves accounts of community …")))], -29),
    ]
    if not is_narrow:
        layers.append(marks.heading([(right + 14, "left", say(mark("of what crosses")))], -10))
        layers.append(_bars(given, parts, right + 14))
    return alt.layer(*layers).resolve_scale(x="independent", fill="independent")


def _fitting(name: str, width: float) -> str:
    """The name with as many of its hashtags as there is room for."""
    while width_of(name, TEXT, is_bold=True) > width and name.count(" #") > 1:
        name = name[: name.rindex(" #")]
    return fitted(name, width, TEXT, is_bold=True)


def _bars(given: Given, parts: list[dict[str, Any]], left: float) -> marks.Drawing:
    """Of all that crosses a border, what comes from each community; with its interval."""
    right = given.width - 2.0
    most = max(row["outward_high"] or 0 for row in parts) or 1.0
    scale = alt.Scale(domain=[0, most], range=[left, right], nice=False)
    rows = [
        {"y": place * _ROW + 15, "y2": place * _ROW + 25, "mid": place * _ROW + 20, "zero": 0, **row}
        for place, row in enumerate(parts)
        if row["outward_share"] is not None
    ]
    data = marks.data(rows)
    bar = alt.Chart(data).mark_rect(fill=MOVED, fillOpacity=0.85)
    line = alt.Chart(data).mark_rule(color=INK, strokeWidth=1.4)
    shown = [{"y": row["mid"] - 13, "words": given.language.percent(row["outward_share"])} for row in rows]
    return alt.layer(
        bar.encode(x=alt.X("zero:Q", scale=scale, axis=None), x2="outward_share:Q", y=marks.at_y(), y2="y2:Q"),
        line.encode(x=alt.X("outward_low:Q", scale=scale, axis=None), x2="outward_high:Q", y=marks.at_y("mid")),
        marks.words(shown, x=left, size=SMALL),
    ).resolve_scale(x="independent")

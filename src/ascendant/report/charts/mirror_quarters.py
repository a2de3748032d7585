"""How many accounts make half of what moves the owner, quarter by quarter: whether the circle widens or narrows."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import altair as alt

from ascendant.errors import mark
from ascendant.report.charts import marks
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.mirror_rows import PASSED_ON, QUOTED, UNKNOWN, hatched, legend
from ascendant.report.charts.theme import HALF, INK, LINE, SMALL, SOFT
from ascendant.report.figures import Scale
from ascendant.report.language import Language

KEY: Final = "quarters"
FEWEST: Final = 10  # reactions of a quarter of which anything is drawn: below, half of them is a handful
_HEIGHT: Final = 150  # px
_STEPS: Final = (10, 12, 16, 20, 24, 30, 40, 50, 60, 80)
_ENDS: Final = (
    2,
    4,
    6,
    8,
    *(step * 10**power for power in range(9) for step in _STEPS),
)  # of the scale: halves are whole
_MOST: Final = 48  # quarters: twelve years, the last ones


def quarters(given: Given) -> Chart | NoChart:
    """From `diversity`: quarters with enough reactions whose source is known."""
    say, language = given.language.say, given.language
    rows = every_quarter(given.tables["diversity"].to_pylist())[-_MOST:]
    told = [row for row in rows if is_told(row)]
    if len(told) < 2:
        return NoChart(
            KEY,
            say(
                mark(
                    "Fewer than two quarters hold {n} reactions whose source is known: nothing can be said of how your"
                    " circle of sources changes."
                ),
                n=FEWEST,
            ),
        )
    title = title_of(given, told)
    return Chart(
        key=KEY,
        title=title,
        reading=say(
            mark(
                "Dark: how many accounts make half of what moved you in that quarter; light: how many moved you at all."
                " A quarter is short, so that small steps mean nothing. Hatched: fewer than {n} reactions."
            ),
            n=FEWEST,
        ),
        source=given.source,
        n=language.plural(
            "one reaction with a known source", "{n} reactions with a known source",
            sum(row["n_attributed"] for row in rows),
        ),
        spec=_spec(given, rows),
        columns=(
            Column(say(mark("Quarter")), is_number=False),
            Column(say(mark("Accounts that make half"))),
            Column(say(mark("Accounts in all"))),
            Column(say(mark("Reactions"))),
            Column(say(mark("Acts"))),
        ),
        rows=tuple(
            (
                quarter_words(row["quarter"], language), language.number(row["n_half"]),
                language.number(row["n_sources"]), language.number(row["n_attributed"]), language.number(row["n_acts"]),
            )
            for row in rows
        ),
        alt=say(mark("{title}. Bars of {n} quarters."), title=title, n=len(rows)),
    )  # fmt: skip


def title_of(given: Given, told: list[dict[str, Any]]) -> str:
    """From the first to the last quarter that says something."""
    say, one, other = given.language.say, told[0], told[-1]
    facts = {
        "since": quarter_words(one["quarter"], given.language),
        "until": quarter_words(other["quarter"], given.language),
        "before": one["n_half"], "after": other["n_half"],
    }  # fmt: skip
    if one["n_half"] == other["n_half"]:
        return say(
            mark("Half of what moves you comes from as many accounts in {until} as in {since}: {after}"), **facts
        )
    return say(mark("The accounts that make half of what moves you: {before} in {since}, {after} in {until}"), **facts)


def is_told(row: dict[str, Any]) -> bool:
    """Whether a quarter holds enough to say anything."""
    return row["n_half"] is not None and row["n_attributed"] >= FEWEST


def every_quarter(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows in order, with empty ones for quarters in between of which nothing is held."""
    held = {row["quarter"]: row for row in rows}
    if not held:
        return []
    found: list[dict[str, Any]] = []
    day, last = min(held), max(held)
    while day <= last and len(found) < 4 * 200:
        nothing = {"quarter": day, "n_acts": 0, "n_reaction": 0, "n_attributed": 0, "n_sources": 0, "n_half": None}
        found.append(held.get(day, nothing))
        day = date(day.year + (day.month > 9), day.month % 12 // 3 * 3 + 4 if day.month <= 9 else 1, 1)
    return found


def quarter_words(day: date, language: Language) -> str:
    """A quarter of a year.

    >>> quarter_words(date(2025, 4, 1), Language("en")), quarter_words(date(2025, 4, 1), Language("fr"))
    ('Q2\\xa02025', 'T2\\xa02025')
    """
    return f"{'T' if language.code == 'fr' else 'Q'}{(day.month + 2) // 3}\u00a0{day.year}"


def _spec(given: Given, rows: list[dict[str, Any]]) -> dict[str, Any]:
    say, language = given.language.say, given.language
    entries = [
        (PASSED_ON, say(mark("accounts that make half"))), (QUOTED, say(mark("all accounts that moved you"))),
        (UNKNOWN, say(mark("too little to tell"))),
    ]  # fmt: skip
    drawn, top = legend(entries, given.width)
    top += 14
    left = 30.0
    step = min((given.width - left) / len(rows), 64.0)
    most = max(row["n_sources"] for row in rows if is_told(row))
    scale = Scale(0.0, float(next(end for end in _ENDS if end >= most)))
    below = top + _HEIGHT

    def y(value: float) -> float:
        return below - scale.place(value) * _HEIGHT

    light, dark, figures, layers = [], [], [], [drawn]
    for place, row in enumerate(rows):
        x, x2 = left + place * step + step * 0.1, left + (place + 1) * step - step * 0.1
        if not is_told(row):
            if row["n_acts"]:
                layers.append(hatched(x, x2, below - 12, below, color=UNKNOWN, step=5))
            continue
        light.append({"x": x, "x2": x2, "y": y(row["n_sources"]), "y2": below})
        dark.append({"x": x, "x2": x2, "y": y(row["n_half"]), "y2": below})
        if step >= 22:
            figures.append({"x": (x + x2) / 2, "y": y(row["n_half"]) - 8, "words": language.number(row["n_half"])})
    ticks = scale.ticks()
    grid = [{"x": left, "x2": left + step * len(rows), "y": y(tick), "y2": y(tick)} for tick in ticks]
    shown = [{"y": y(tick), "words": language.number(tick)} for tick in ticks]
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    layers += [
        marks.lines(grid, color=LINE),
        alt.Chart(marks.data(light)).mark_rect(fill=QUOTED).encode(**rect),
        alt.Chart(marks.data(dark)).mark_rect(fill=PASSED_ON).encode(**rect),
        marks.words(figures, align="center", size=SMALL, is_bold=True, color=INK),
        marks.words(shown, x=left - 7, align="right", size=SMALL, color=SOFT),
        _years(rows, left, step, below, language, is_narrow=given.width <= HALF),
    ]
    return spec_of(alt.layer(*layers), given, height=below + 20)


def _years(
    rows: list[dict[str, Any]], left: float, step: float, below: float, language: Language, *, is_narrow: bool
) -> marks.Drawing:
    """Each year under its first quarter; each quarter where there is room."""
    if step >= (44 if is_narrow else 52):
        words = [
            {"x": left + (place + 0.5) * step, "y": below + 11, "words": quarter_words(row["quarter"], language)}
            for place, row in enumerate(rows)
        ]
        return marks.words(words, align="center", size=SMALL, color=SOFT)
    firsts = [(place, row["quarter"].year) for place, row in enumerate(rows) if row["quarter"].month == 1]
    every = 1 if step * 4 >= 34 else 2
    words = [
        {"x": left + place * step, "y": below + 11, "words": str(year)}
        for number, (place, year) in enumerate(firsts)
        if number % every == 0 and left + place * step + 28 <= left + len(rows) * step
    ]
    notches = [
        {"x": left + place * step, "x2": left + place * step, "y": below, "y2": below + 4} for place, _ in firsts
    ]
    return alt.layer(marks.lines(notches, color=SOFT), marks.words(words, size=SMALL, color=SOFT))

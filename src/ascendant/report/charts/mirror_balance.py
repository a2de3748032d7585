"""What the owner starts, passes on and answers, on each platform."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from ascendant.errors import mark
from ascendant.report.charts import marks
from ascendant.report.charts.called import platform_name
from ascendant.report.charts.chart import Chart, Column, Given, NoChart, spec_of
from ascendant.report.charts.font import width_of
from ascendant.report.charts.mirror_rows import ANSWERED, PASSED_ON, STARTED, legend
from ascendant.report.charts.theme import INK, PAPER, SMALL, SOFT, TEXT

KEY: Final = "balance"
ACTS: Final = {"start": STARTED, "pass_on": PASSED_ON, "answer": ANSWERED}
WORDS: Final = {"start": mark("started"), "pass_on": mark("passed on"), "answer": mark("answered")}
_ROW, _BAR = 54, 24  # px


def balance(given: Given) -> Chart | NoChart:
    """From `balance`: the three parts that are acts."""
    say, language = given.language.say, given.language
    rows = counted(given)
    if not rows:
        return NoChart(KEY, say(mark("Your archives hold no post, no share and no answer of yours.")))
    total = {part: sum(row[part] for row in rows) for part in ACTS}
    n = sum(total.values())
    title = say(
        mark("Of all that you did, {passed} was passing on, and {answered} was answering"),
        passed=language.percent(total["pass_on"] / n),
        answered=language.percent(total["answer"] / n),
    )
    return Chart(
        key=KEY,
        title=title,
        reading=say(
            mark(
                "Each bar is all that you did on one network. Started means: a post that names nobody else's. It may"
                " have been moved all the same; an archive does not show it."
            )
        ),
        source=given.source,
        n=language.plural("one act", "{n} acts", n),
        notes=_notes(given),
        spec=_spec(given, rows),
        columns=(
            Column(say(mark("Network")), is_number=False),
            *(Column(say(WORDS[part])) for part in ACTS),
            Column(say(mark("in all"))),
        ),
        rows=tuple(
            (
                platform_name(row["platform"]),
                *(f"{language.number(row[part])} ({language.percent(row[part] / row['n'])})" for part in ACTS),
                language.number(row["n"]),
            )
            for row in rows
        ),
        alt=say(mark("{title}. One bar for each network, cut into three."), title=title),
    )


def counted(given: Given) -> list[dict[str, Any]]:
    """Of each platform with an act: how many it holds of each part."""
    found: dict[str, dict[str, Any]] = {}
    for row in given.tables["balance"].to_pylist():
        if row["platform"] is not None and row["part"] in ACTS:
            one = found.setdefault(row["platform"], {"platform": row["platform"], "n": 0, **dict.fromkeys(ACTS, 0)})
            one[row["part"]] += row["n"]
            one["n"] += row["n"]
    return [row for row in found.values() if row["n"]]


def _notes(given: Given) -> tuple[str, ...]:
    rows = given.tables["balance"].to_pylist()
    talk = sum(row["n"] for row in rows if row["platform"] is not None and row["kind"] == "conversation")
    if not talk:
        return ()
    return (
        given.language.plural(
            "One further answer in a conversation is counted here, and nowhere else on this page.",
            "{n} further answers in conversations are counted here, and nowhere else on this page.",
            talk,
        ),
    )


def _spec(given: Given, rows: list[dict[str, Any]]) -> dict[str, Any]:
    say, language, wide = given.language.say, given.language, given.width - 2.0
    drawn, top = legend([(color, say(WORDS[part])) for part, color in ACTS.items()], wide)
    boxes: list[dict[str, Any]] = []
    figures: dict[str, list[dict[str, Any]]] = {INK: [], PAPER: []}
    names: list[dict[str, Any]] = []
    counts: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        y, x = top + place * _ROW + 8, 0.0
        names.append({"y": y + 10, "words": platform_name(row["platform"])})
        counts.append({"y": y + 10, "words": language.plural("one act", "{n} acts", row["n"])})
        for part, color in ACTS.items():
            end = x + row[part] / row["n"] * wide
            boxes.append({"x": x, "x2": end, "y": y + 22, "y2": y + 22 + _BAR, "color": color})
            words = language.number(row[part])
            if end - x > width_of(words, TEXT, is_bold=True) + 14:
                shade = PAPER if color == ANSWERED else INK
                figures[shade].append({"x": x + 7, "y": y + 22 + _BAR / 2, "words": words})
            x = end
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    fill = alt.Fill("color:N", scale=None, legend=None)
    layers = [
        drawn,
        alt.Chart(marks.data(boxes)).mark_rect(stroke=PAPER, strokeWidth=1).encode(fill=fill, **rect),
        *(marks.words(rows, is_bold=True, color=color) for color, rows in figures.items() if rows),
        marks.words(names, x=0, is_bold=True),
        marks.words(counts, x=wide, align="right", size=SMALL, color=SOFT),
    ]
    return spec_of(alt.layer(*layers), given, height=top + len(rows) * _ROW + 4)

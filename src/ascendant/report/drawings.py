"""Tables of a study -> the drawings of its page, each with its finding, its numbers and what it rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from markupsafe import Markup

from ascendant.report.charts.called import source_words
from ascendant.report.charts.chart import Chart, Given, NoChart
from ascendant.report.charts.every import CHARTS
from ascendant.report.charts.render import svg_of
from ascendant.report.charts.theme import HALF
from ascendant.report.drawn import Drawn
from ascendant.report.inputs import BriefingInputs
from ascendant.report.language import Language
from ascendant.report.map import draw_map

FRONT: Final = ("tiers", "quadrant")  # drawn small too, side by side, for the first sheet of paper
_MOST_ROWS: Final = 40  # of a table view; results/ has them all


def drawings(inputs: BriefingInputs, language: Language) -> dict[str, Any]:
    """Charts by name, the map, and the small drawings of the first sheet."""
    given = given_of(inputs, language)
    charts: dict[str, Any] = {name: shown_chart(draw(given)) for name, draw in CHARTS.items()}
    narrow = replace(given, width=HALF)
    front = {name: _small(CHARTS[name](narrow)) for name in FRONT}
    small = _small(CHARTS["hundred"](narrow))
    if small is not None:
        charts["hundred"]["narrow"] = Drawn(small["drawing"])  # for telephones: its words stay large enough
    return {**charts, "map": _map(given), "front": Drawn([one for one in front.values() if one])}


def given_of(inputs: BriefingInputs, language: Language, *, source: str | None = None) -> Given:
    """What charts and the map are drawn from; `source` stands under those that rest on something else than acts."""
    read: dict[str, Any] = {
        "platforms": inputs.platforms, "n_files": inputs.counts.files, "since": inputs.since, "until": inputs.until,
    }  # fmt: skip
    return Given(
        tables=inputs.tables,
        figures={figure.name: figure for figure in inputs.figures},
        names=inputs.names,
        language=language,
        source=source or source_words(language, **read),
        source_of_time=source_words(language, **read, is_of_time=True),
    )


def shown_chart(chart: Chart | NoChart) -> dict[str, Any]:
    """A chart as a page has it, or the reason why there is none."""
    if isinstance(chart, NoChart):
        return {"key": chart.key, "reason": chart.reason}
    return {
        "key": chart.key,
        "title": chart.title,
        "reading": chart.reading,
        "source": chart.source,
        "n": chart.n,
        "notes": list(chart.notes),
        "drawing": Drawn(Markup(svg_of(chart))),  # noqa: S704  our own drawing; its words are escaped there
        "table": Drawn(_table(chart.columns, chart.rows)),
    }


def small_chart(chart: Chart | NoChart) -> dict[str, Any]:
    """The drawing of a narrow chart, to stand beside the wide one."""
    small = _small(chart)
    return {} if small is None else {"narrow": Drawn(small["drawing"])}


def _table(columns: Any, rows: Any) -> dict[str, Any]:
    return {"columns": columns, "rows": rows[:_MOST_ROWS], "n_more": max(0, len(rows) - _MOST_ROWS)}


def _small(chart: Chart | NoChart) -> dict[str, Any] | None:
    if isinstance(chart, NoChart):
        return None
    small = replace(chart, key=f"{chart.key}-small")
    return {"title": chart.title, "reading": chart.reading, "drawing": Markup(svg_of(small))}  # noqa: S704  as above


def _map(given: Given) -> dict[str, Any]:
    drawn = draw_map(given)
    return {
        "key": "map",
        "title": drawn.title,
        "reading": drawn.reading,
        "source": drawn.source,
        "n": drawn.n,
        "notes": [],
        "drawing": Drawn(drawn.picture),
        "legend": Drawn(drawn.legend),
        "table": Drawn(_table(drawn.columns, drawn.rows)),
    }

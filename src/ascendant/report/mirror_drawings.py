"""Tables of a mirror -> the drawings of its page, each wide for a sheet and narrow for a telephone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from markupsafe import Markup

from ascendant.report.charts.chart import Chart, Given, NoChart
from ascendant.report.charts.mirror_balance import balance
from ascendant.report.charts.mirror_means import means
from ascendant.report.charts.mirror_passing import passing
from ascendant.report.charts.mirror_quarters import quarters
from ascendant.report.charts.mirror_rows import SHEET
from ascendant.report.charts.mirror_side import side
from ascendant.report.charts.mirror_sources import moved, sources
from ascendant.report.charts.mirror_week import week
from ascendant.report.charts.render import svg_of
from ascendant.report.charts.theme import HALF
from ascendant.report.drawn import Drawn

CHARTS: Final[dict[str, Callable[[Given], Chart | NoChart]]] = {
    "side": side,
    "balance": balance,
    "sources": sources,
    "quarters": quarters,
    "passing": passing,
    "means": means,
    "week": week,
    "moved": moved,
}


def drawing(name: str, given: Given, *, is_drawn: bool) -> dict[str, Any]:
    """A chart: its finding, the numbers drawn, and for the page both drawings; or the reason why there is none."""
    chart = CHARTS[name](replace(given, width=SHEET))
    if isinstance(chart, NoChart):
        return {"key": chart.key, "reason": chart.reason}
    return {
        "key": chart.key,
        "title": chart.title,
        "reading": chart.reading,
        "n": chart.n,
        "notes": list(chart.notes),
        "source": chart.source,
        "columns": [column.label for column in chart.columns],
        "rows": [list(row) for row in chart.rows],
        **(_drawn(chart, name, given) if is_drawn else {}),
    }


def _drawn(chart: Chart, name: str, given: Given) -> dict[str, Drawn]:
    narrow = CHARTS[name](replace(given, width=HALF))
    assert isinstance(narrow, Chart)  # width decides nothing but places
    return {
        "wide": Drawn(_svg(chart)),
        "narrow": Drawn(_svg(replace(narrow, key=f"{chart.key}-narrow"))),
        "table": Drawn({"columns": chart.columns, "rows": chart.rows, "n_more": 0}),
    }


def _svg(chart: Chart) -> Markup:
    return Markup(svg_of(chart))  # noqa: S704  our own drawing; its words are escaped there

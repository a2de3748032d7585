"""All charts of the briefing, in the order of its questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ascendant.report.charts.chart import Chart, Given, NoChart
from ascendant.report.charts.delay import delay
from ascendant.report.charts.doses import doses
from ascendant.report.charts.hundred import hundred_acts
from ascendant.report.charts.quadrant import quadrant
from ascendant.report.charts.spheres import spheres
from ascendant.report.charts.tiers import tiers
from ascendant.report.charts.topics import topics
from ascendant.report.charts.when import when
from ascendant.report.charts.who_moves_whom import who_moves_whom

CHARTS: Final[dict[str, Callable[[Given], Chart | NoChart]]] = {
    "hundred": hundred_acts,
    "doses": doses,
    "who_moves_whom": who_moves_whom,
    "quadrant": quadrant,
    "tiers": tiers,
    "topics": topics,
    "when": when,
    "delay": delay,
    "spheres": spheres,
}


def every_chart(given: Given) -> dict[str, Chart | NoChart]:
    """Each chart by name; where the data cannot give one, the reason why."""
    return {name: chart(given) for name, chart in CHARTS.items()}

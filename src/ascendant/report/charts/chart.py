"""What a chart is: a finding as its title, how to read it, the drawing, the numbers drawn, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa

from ascendant.report.charts.theme import WIDE, config
from ascendant.report.figure_words import Figure
from ascendant.report.language import Language
from ascendant.report.naming import Names

FEWEST_PERSONS: Final = 10  # of an aggregate that is shown
MOST_ROWS: Final = 5000  # of the data of one drawing, so that a page stays small


@dataclass(frozen=True, kw_only=True)
class Given:
    """What charts are made of: tables and figures of a study by name, how names are shown, and in which language.

    `source` is the line under each chart: which files, platforms and period; `source_of_time` the one under charts of
    what no link records.
    """

    tables: Mapping[str, pa.Table]
    figures: Mapping[str, Figure]
    names: Names
    language: Language
    source: str = ""
    source_of_time: str = ""
    width: int = WIDE

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", self.names.speaking(self.language))


@dataclass(frozen=True)
class Column:
    """A column of the table view."""

    label: str
    is_number: bool = True


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One finding. `rows` are what is drawn, in words: the same numbers as in `spec`, one text a cell of `columns`."""

    key: str
    title: str
    reading: str  # how to read it
    source: str
    n: str  # what it rests on
    spec: dict[str, Any] = field(repr=False)
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    alt: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoChart:
    """Why there is nothing to draw, as a sentence."""

    key: str
    reason: str


def spec_of(drawing: Any, given: Given, *, height: float, top: float = 0, bottom: float = 0) -> dict[str, Any]:
    """The specification of a drawing of altair, with room above and below for what stands outside the plot.

    Nothing is laid out by measuring words: another machine, with other fonts for other scripts, must draw the same.
    """
    spec: dict[str, Any] = drawing.to_dict(validate=False)  # the tests validate every chart; it takes most of the time
    return spec | {
        "width": given.width,
        "height": height,
        "padding": {"left": 0, "right": 0, "top": top, "bottom": bottom},
        "autosize": "none",
        "config": config(given.language.code),
    }

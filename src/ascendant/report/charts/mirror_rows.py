"""The rows that charts of the mirror share: a name with its figures above, a bar cut into parts below, legends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import altair as alt

from ascendant.report.charts import marks
from ascendant.report.charts.font import fitted, width_of
from ascendant.report.charts.theme import DARK_SIDES, HALF, INK, PAPER, REST, SIDES, SMALL, SOFT, TEXT

SHEET: Final = (
    640  # px: charts of the mirror are drawn narrower than they are shown, so that their words come out large
)
ROW: Final = 41  # px: a name above its bar
BAR: Final = 11
_DOUBT: Final = 6  # px below a bar: the line of its interval
LEGEND: Final = 20
# Orange is what others moved, as on every page; grey is what nobody can tell. Lightness alone keeps the three apart.
STARTED: Final = REST
PASSED_ON: Final = SIDES["influenced"]
ANSWERED: Final = DARK_SIDES["influenced"]
QUOTED: Final = "#f5d9a0"
PERHAPS: Final = QUOTED
MOVES: Final = SIDES["influencer"]
UNKNOWN: Final = "#8fa0ad"
_GAP: Final = 14  # px between two entries of a legend
_SWATCH: Final = 11


@dataclass(frozen=True, kw_only=True)
class Row:
    """One bar: its parts in the order of the legend, and the ends of an interval in the unit of the parts."""

    name: str
    note: str = ""  # beside the name, soft
    figure: str  # at the right, bold
    doubt: str = ""  # beside the figure, soft
    parts: Sequence[tuple[float, str]]  # size, colour
    interval: tuple[float, float] | None = None

    @property
    def size(self) -> float:
        """The whole bar."""
        return sum(size for size, _ in self.parts)


@dataclass
class Rows:
    """Drawings of rows one below another, from `top` on."""

    width: float
    top: float = 0.0
    bars: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[dict[str, Any]] = field(default_factory=list)
    names: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)


def bars(rows: Sequence[Row], width: float, *, top: float = 0.0) -> tuple[marks.Drawing, float]:
    """The rows as a drawing, and where it ends (px). All bars have one scale: the longest fills the width."""
    most = max([*(row.size for row in rows), *(row.interval[1] for row in rows if row.interval)], default=0) or 1.0
    drawn = Rows(width, top)
    for place, row in enumerate(rows):
        _place(drawn, row, top + place * ROW, (width - 2) / most)
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    fill = alt.Fill("color:N", scale=None, legend=None)
    layers = [
        alt.Chart(marks.data(drawn.bars)).mark_rect(stroke=PAPER, strokeWidth=1).encode(fill=fill, **rect),
        marks.lines(drawn.doubts, color=INK, width=1.3),
        marks.words(drawn.names, size=TEXT),
        marks.words(drawn.notes, size=SMALL, color=SOFT),
        marks.words(drawn.figures, field="figure", align="right", is_bold=True, size=TEXT),
        marks.words(drawn.figures, field="doubt", x=width, align="right", size=SMALL, color=SOFT),
    ]
    return alt.layer(*layers).resolve_scale(x="independent", fill="independent"), top + len(rows) * ROW


def _place(drawn: Rows, row: Row, y: float, unit: float) -> None:
    right = drawn.width - (width_of(row.doubt, SMALL) + 7 if row.doubt else 0)
    room = right - width_of(row.figure, TEXT, is_bold=True) - 12
    note = row.note if drawn.width > HALF else ""
    name = fitted(row.name, room - (width_of(note, SMALL) + 8 if note else 0), TEXT)
    drawn.names.append({"x": 0, "y": y + 10, "words": name})
    drawn.notes.append({"x": width_of(name, TEXT) + 8, "y": y + 10.5, "words": note})
    drawn.figures.append({"x": right, "y": y + 10, "figure": row.figure, "doubt": row.doubt})
    middle, x = y + 19 + BAR / 2, 0.0
    for size, color in row.parts:
        if size > 0:
            end = x + max(size * unit, 1.5)  # what is there is seen
            drawn.bars.append({"x": x, "x2": end, "y": middle - BAR / 2, "y2": middle + BAR / 2, "color": color})
            x = end
    if row.interval is not None:
        low, high = (end * unit for end in row.interval)
        below = middle + _DOUBT + 3
        drawn.doubts.append({"x": low, "x2": high, "y": below, "y2": below})
        drawn.doubts += [{"x": end, "x2": end, "y": below - 3, "y2": below + 3} for end in (low, high)]


def legend(entries: Sequence[tuple[str, str]], width: float, *, top: float = 0.0) -> tuple[marks.Drawing, float]:
    """Colours with what they mean (colour, words), in as many lines as they need; and where they end (px)."""
    boxes: list[dict[str, Any]] = []
    slanted: list[marks.Drawing] = []
    said: list[dict[str, Any]] = []
    x, y = 0.0, top
    for color, words in entries:
        wide = _SWATCH + 6 + width_of(words, SMALL)
        if x and x + wide > width:
            x, y = 0.0, y + LEGEND
        if color == UNKNOWN:
            slanted.append(hatched(x, x + _SWATCH, y + 3, y + 3 + _SWATCH, color=UNKNOWN, step=4))
        else:
            boxes.append({"x": x, "x2": x + _SWATCH, "y": y + 3, "y2": y + 3 + _SWATCH, "color": color})
        said.append({"x": x + _SWATCH + 6, "y": y + 9, "words": words})
        x += wide + _GAP
    rect = {"x": marks.at_x(), "x2": "x2:Q", "y": marks.at_y(), "y2": "y2:Q"}
    swatches = alt.Chart(marks.data(boxes)).mark_rect().encode(fill=alt.Fill("color:N", scale=None), **rect)
    return alt.layer(swatches, *slanted, marks.words(said, size=SMALL, color=SOFT)), y + LEGEND


def hatched(x: float, x2: float, y: float, y2: float, *, color: str, step: float = 6.0) -> marks.Drawing:
    """Slanted lines that fill a box: what is not known."""
    high = y2 - y
    rows: list[dict[str, Any]] = []
    start = x - high
    while start < x2:
        left, right = max(start, x), min(start + high, x2)
        if left < right:
            rows.append({"x": left, "x2": right, "y": y2 - (left - start), "y2": y2 - (right - start)})
        start += step
    box = [
        {"x": x, "x2": x2, "y": y, "y2": y}, {"x": x, "x2": x2, "y": y2, "y2": y2},
        {"x": x, "x2": x, "y": y, "y2": y2}, {"x": x2, "x2": x2, "y": y, "y2": y2},
    ]  # fmt: skip
    return alt.layer(marks.lines(rows, color=color, width=1), marks.lines(box, color=color, width=1))

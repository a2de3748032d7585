"""The few pieces that charts are put together from. Places along y, and beside the scale along x, are in px."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from ascendant.report.charts.labels import Align, Label
from ascendant.report.charts.theme import INK, LINE, PAPER, SMALL, SOFT, TEXT

# Left to itself, d3 writes thousands as powers of ten on some scales.
NUMBER = "format(datum.value, ',.6~r')"
Rows = Sequence[Mapping[str, Any]]
Drawing = Any  # a chart of altair, or layers of such: its own types give up at the first `encode`


def data(rows: Rows) -> Drawing:
    """Rows as the data of a mark."""
    make: Any = alt.Data
    return make(values=tuple(dict(row) for row in rows))  # a list would be copied for each layer that it passes through


def at_y(name: str = "y") -> alt.Y:
    """A field that holds a place in px from the top."""
    return alt.Y(f"{name}:Q", scale=None, axis=None)


def at_x(name: str = "x") -> alt.X:
    """A field that holds a place in px from the left of the plot."""
    return alt.X(f"{name}:Q", scale=None, axis=None)


def words(
    rows: Rows,
    *,
    field: str = "words",
    x: float | None = None,
    align: Align = "left",
    size: int = TEXT,
    is_bold: bool = False,
    color: str = INK,
) -> Drawing:
    """Texts at `y` of each row, and at `x` of each row unless one place is given for all."""
    mark = alt.Chart(data(rows)).mark_text(
        align=align,
        baseline="middle",
        fontSize=size,
        fontWeight=600 if is_bold else "normal",
        color=color,
    )
    at_one_place: Any = alt.XValue
    where = at_x() if x is None else at_one_place(x)
    return mark.encode(x=where, y=at_y(), text=alt.Text(f"{field}:N"))


def label(found: Label, *, size: int = TEXT, color: str = INK) -> Drawing:
    """Words beside a point, on a rim of paper that sets them off from what lies behind."""
    base = alt.Chart(data([{"x": found.x, "y": found.y, "words": found.words}])).encode(
        x=at_x(), y=at_y(), text=alt.Text("words:N")
    )
    kind: dict[str, Any] = {"align": found.align, "baseline": "middle", "fontSize": size, "fontWeight": 600}
    rim = base.mark_text(**kind, stroke=PAPER, strokeWidth=3, strokeJoin="round", fill=PAPER, opacity=0.92)
    layers = [rim, base.mark_text(**kind, color=color)]
    if found.is_far:
        x, y = found.point
        end = found.y + (size * 0.6 if found.y < y else -size * 0.6)
        layers.insert(0, lines([{"x": x, "y": y, "x2": found.x, "y2": end}], color=SOFT, width=0.8))
    return alt.layer(*layers)


def heading(places: Sequence[tuple[float, Align, str]], y: float) -> Drawing:
    """Small soft words above columns: (x, align, words)."""
    layers = [words([{"y": y, "words": label}], x=x, align=align, size=SMALL, color=SOFT) for x, align, label in places]
    return alt.layer(*layers)


def lines(rows: Rows, *, color: str = LINE, width: float = 1, dash: Sequence[float] = ()) -> Drawing:
    """Straight lines from x, y to x2, y2 (px)."""
    mark = alt.Chart(data(rows)).mark_rule(color=color, strokeWidth=width, strokeDash=list(dash) or alt.Undefined)
    return mark.encode(x=at_x(), y=at_y(), x2="x2:Q", y2="y2:Q")

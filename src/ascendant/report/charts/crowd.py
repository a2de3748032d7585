"""Many points -> what can be seen of them: dots while they are few, squares shaded by their number when many."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
from numpy.typing import NDArray

from ascendant.report.charts import marks
from ascendant.report.charts.theme import DARK_SIDES, INK, SIDES

MOST_DOTS: Final = 400
SHAPES: Final = {"influencer": "triangle-up", "both": "diamond", "influenced": "triangle-down"}
_SQUARE: Final = 11  # px
_SHADES: Final = (0.10, 0.2, 0.34, 0.52, 0.74)  # of the ink, from one account to the most

Floats = NDArray[np.float64]


def crowd(x: Floats, y: Floats, *, frame: tuple[float, float, float, float]) -> marks.Drawing:
    """Points at px places, inside a frame (left, top, right, bottom)."""
    if x.size <= MOST_DOTS:
        # Equal points would hide each other: each place once, with how many stand there.
        places, n = np.unique(np.round(np.column_stack([x, y]), 1), axis=0, return_counts=True)
        rows = [{"x": a, "y": b, "n": count} for (a, b), count in zip(places.tolist(), n.tolist(), strict=True)]
        return (
            alt.Chart(marks.data(rows))
            .mark_circle(color=INK, opacity=0.32)
            .encode(
                x=marks.at_x(),
                y=marks.at_y(),
                size=alt.Size("n:Q", scale=alt.Scale(domain=[1, 30], range=[22, 260], clamp=True), legend=None),
            )
        )
    return _mark_squares(squares(x, y, frame=frame))


def squares(x: Floats, y: Floats, *, frame: tuple[float, float, float, float]) -> list[dict[str, Any]]:
    """Squares of the frame in which points stand: place and number of points. All points are in one."""
    left, top, right, bottom = frame
    columns, rows = max(1, round((right - left) / _SQUARE)), max(1, round((bottom - top) / _SQUARE))
    wide, high = (right - left) / columns, (bottom - top) / rows
    column = np.clip((x - left) // wide, 0, columns - 1).astype(np.int64)
    row = np.clip((y - top) // high, 0, rows - 1).astype(np.int64)
    cell, n = np.unique(row * columns + column, return_counts=True)
    return [
        {
            "x": left + one % columns * wide,
            "x2": left + (one % columns + 1) * wide - 0.8,
            "y": top + one // columns * high,
            "y2": top + (one // columns + 1) * high - 0.8,
            "n": count,
        }
        for one, count in zip(cell.tolist(), n.tolist(), strict=True)
    ]


def _mark_squares(rows: list[dict[str, Any]]) -> marks.Drawing:
    most = max(row["n"] for row in rows)
    scale = alt.Scale(type="log", domain=[1, max(2, most)], range=[_SHADES[0], _SHADES[-1]], clamp=True)
    return (
        alt.Chart(marks.data(rows))
        .mark_rect(fill=INK)
        .encode(
            x=marks.at_x(),
            x2="x2:Q",
            y=marks.at_y(),
            y2="y2:Q",
            fillOpacity=alt.FillOpacity("n:Q", scale=scale, legend=None),
        )
    )


def signs(rows: list[dict[str, Any]], x: alt.X, y: alt.Y, *, size: float = 95) -> marks.Drawing:
    """The sign of each row's `side`, in its colour; the signs are those of the page."""
    sides = list(SIDES)

    def scale(values: list[str]) -> alt.Scale:
        return alt.Scale(domain=sides, range=values)

    return (
        alt.Chart(marks.data(rows))
        .mark_point(filled=True, size=size, opacity=1, strokeWidth=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("side:N", scale=scale([SHAPES[side] for side in sides]), legend=None),
            fill=alt.Fill("side:N", scale=scale([SIDES[side] for side in sides]), legend=None),
            stroke=alt.Stroke("side:N", scale=scale([DARK_SIDES[side] for side in sides]), legend=None),
        )
    )

"""The plane of influenced share and influence rate: its quarters, the crowd, and the accounts that are named."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import altair as alt
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ascendant.errors import mark
from ascendant.patterns.options import PatternOptions
from ascendant.report.charts import marks
from ascendant.report.charts.called import name_within
from ascendant.report.charts.chart import Given
from ascendant.report.charts.crowd import crowd, signs
from ascendant.report.charts.font import width_of
from ascendant.report.charts.labels import Box, Label, placed
from ascendant.report.charts.theme import DARK_SIDES, SIDES, SMALL, SOFT, TEXT, TINTS

THIRD: Final = PatternOptions.material_from
RATES: Final = tuple(float(f"{step}e{power}") for power in range(10) for step in (1, 3))
_EVEN: Final = 0.025  # of the rate: around it, even steps turn into equal factors

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Plot:
    """The plot's ends in px, and how far the rate goes."""

    left: float
    right: float
    height: float
    most: float

    def x(self, share: float) -> float:
        """Even steps."""
        return self.left + share * (self.right - self.left)

    def y(self, rate: float) -> float:
        """Even steps near nothing, then equal factors: d3's symlog."""
        return self.height * (1 - math.log1p(min(rate, self.most) / _EVEN) / math.log1p(self.most / _EVEN))


@dataclass(frozen=True)
class Region:
    """Where the accounts of a side stand, from its material corner on."""

    side: str
    words: str
    is_moved: bool
    moves: bool


REGIONS: Final = (
    Region("influencer", mark("influence"), is_moved=False, moves=True),
    Region("both", mark("both"), is_moved=True, moves=True),
    Region("influenced", mark("are influenced"), is_moved=True, moves=False),
)


def rate_end(rates: list[float]) -> float:
    """A round end for the scale of rates: 1, 3, 10, 30, ...

    >>> rate_end([0.2, 4.0]), rate_end([])
    (10.0, 1.0)
    """
    high = max([1.0, *rates])
    return next(end for end in RATES if end >= min(high, RATES[-1]))


def drawing(
    given: Given, table: pa.Table, shown: list[dict[str, Any]], counts: dict[str, int], plot: Plot
) -> marks.Drawing:
    """The drawing of the accounts in `table`; those of `shown` with their names and intervals."""
    say, number = given.language.say, given.language.number
    corner = (plot.x(THIRD), plot.y(THIRD))
    quarters: list[dict[str, Any]] = [
        {"side": "slight", "x": plot.left, "x2": corner[0], "y": corner[1], "y2": plot.height}
    ]
    names, taken = [], []
    for one in REGIONS:
        left, right = (corner[0], plot.right) if one.is_moved else (plot.left, corner[0])
        top, bottom = (0.0, corner[1]) if one.moves else (corner[1], plot.height)
        quarters.append({"side": one.side, "x": left, "x2": right, "y": top, "y2": bottom})
        words = f"{say(one.words)} · {number(counts[one.side])}"
        names.append(Label(left + 8, top + 14, "left", words, (left + 8, top + 14)))
        taken.append(Box(left, top, left + 16 + width_of(words, TEXT, is_bold=True), top + 24))
    steps = [THIRD * step / 24 for step in range(25)]
    diagonal = [{"x": plot.x(a), "y": plot.y(a), "x2": plot.x(b), "y2": plot.y(b)} for a, b in pairwise(steps)]
    keys = ["slight", *SIDES]
    fill = alt.Fill("side:N", scale=alt.Scale(domain=keys, range=[TINTS[key] for key in keys]), legend=None)
    tints = alt.Chart(marks.data(quarters)).mark_rect()
    for row in shown:  # the two lines of its intervals
        x, y = plot.x(row["influenced_share"]), plot.y(row["influence_rate"])
        taken.append(Box(plot.x(row["share_low"]), y - 2, plot.x(row["share_high"]), y + 2))
        taken.append(Box(x - 2, plot.y(row["rate_high"]), x + 2, plot.y(row["rate_low"])))
    name_width = (plot.right - plot.left) * 0.45
    labels = placed(
        [
            (
                plot.x(row["influenced_share"]),
                plot.y(row["influence_rate"]),
                name_within(given, row["account_id"], name_width, is_bold=True),
            )
            for row in shown
        ],
        Box(plot.left, 0, plot.right, plot.height),
        TEXT,
        taken=taken,
        is_bold=True,
    )
    share, rate = table["influenced_share"].to_numpy(), table["influence_rate"].to_numpy()
    share_words = say(mark("Influenced share: own acts moved by others"))
    rate_words = say(mark("Influence rate: acts of others moved for each own act"))
    cuts = [
        {"x": corner[0], "x2": corner[0], "y": 0, "y2": plot.height},
        {"x": plot.left, "x2": plot.right, "y": corner[1], "y2": corner[1]},
    ]
    slightly = Label(plot.left + 8, corner[1] + 14, "left", say(mark("slightly")), (plot.left + 8, corner[1] + 14))
    return alt.layer(
        tints.encode(x=marks.at_x(), x2="x2:Q", y=marks.at_y(), y2="y2:Q", fill=fill),
        crowd(_each(plot.x, share), _each(plot.y, rate), frame=(plot.left, 0, plot.right, plot.height)),
        marks.lines(cuts, color=SOFT, dash=(4, 3)),
        marks.lines(diagonal, color=SOFT, dash=(1, 3)),
        _leaders(shown, plot),
        marks.words([{"x": 0, "y": -12, "words": rate_words}], size=SMALL, color=SOFT),
        marks.words(
            [{"x": plot.right, "y": plot.height + 36, "words": share_words}], align="right", size=SMALL, color=SOFT
        ),
        marks.label(slightly, size=SMALL, color=SOFT),
        *(marks.label(label, color=DARK_SIDES[one.side]) for label, one in zip(names, REGIONS, strict=True)),
        *(marks.label(label) for label in labels),
    ).resolve_scale(x="independent", y="independent", fill="independent", size="independent")


def _each(place: Callable[[float], float], values: Floats) -> Floats:
    """Places of many values, each distinct one computed once."""
    distinct, back = np.unique(values, return_inverse=True)
    found: Floats = np.array([place(value) for value in distinct.tolist()])[back]
    return found


def _leaders(shown: list[dict[str, Any]], plot: Plot) -> marks.Drawing:
    """The accounts that moved most, each with its two intervals; these also carry the axes."""
    x = alt.Scale(domain=[0, 1], range=[plot.left, plot.right], nice=False)
    y = alt.Scale(type="symlog", constant=_EVEN, domain=[0, plot.most], range=[plot.height, 0], nice=False)
    share_axis = alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1], format=".0%", grid=False, title=None)
    rates = [0.0, 0.1, *(rate for rate in RATES if rate <= plot.most)]
    rate_axis = alt.Axis(values=rates, labelExpr=marks.NUMBER, grid=False, title=None, offset=-plot.left)
    rows = [
        {
            "side": row["standing"],
            "share": row["influenced_share"],
            "rate": row["influence_rate"],
            **{end: row[end] for end in ("share_low", "share_high")},
            **{end: min(row[end], plot.most) for end in ("rate_low", "rate_high")},
        }
        for row in shown
    ]
    data = marks.data(rows)
    color = alt.Color("side:N", scale=alt.Scale(domain=list(DARK_SIDES), range=list(DARK_SIDES.values())), legend=None)
    across, along = alt.X("share:Q", scale=x, axis=share_axis), alt.Y("rate:Q", scale=y, axis=rate_axis)
    line = alt.Chart(data).mark_rule(strokeWidth=1.6, opacity=0.8)
    return alt.layer(
        line.encode(x=alt.X("share_low:Q", scale=x, axis=share_axis), x2="share_high:Q", y=along, color=color),
        line.encode(x=across, y=alt.Y("rate_low:Q", scale=y, axis=rate_axis), y2="rate_high:Q", color=color),
        signs(rows, across, along),
    )

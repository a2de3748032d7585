"""Moved acts by kind of influencer and of influenced -> bands from left to right, as an SVG that stands by itself.

Vega-Lite has no such drawing. Each node has its words beside it, and each band goes from words to words, so that
colour carries nothing alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from ascendant.report.charts.font import fitted
from ascendant.report.charts.theme import FAMILIES, HALF, INK, PAPER, SMALL, SOFT, TEXT
from ascendant.report.map_places import short

# Of Okabe and Ito; grey where no kind is told.
COLOURS: Final = {
    "company": "#0072b2",
    "cause": "#d55e00",
    "individual": "#e69f00",
    "media": "#009e73",
    "institution": "#cc79a7",
    "undetermined": "#8b98a3",
}
_NODE: Final = 11.0  # px
_GAP: Final = 26.0  # between nodes: two lines of words fit, also beside the smallest
_BANDS: Final = 250.0  # px for all acts
_LEAST: Final = 1.5  # px of a band that could not be seen else
_COUNTED_FROM: Final = 15.0  # px of a band that holds its number
_HEAD: Final = 30.0


@dataclass(frozen=True)
class Band:
    """So many acts of one kind of influenced moved by one kind of influencers."""

    source: str
    target: str
    n: int
    words: str


@dataclass(frozen=True)
class Node:
    """A kind on one side: what stands beside it."""

    key: str
    words: str
    below: str


def sankey_svg(
    bands: Sequence[Band],
    left: Sequence[Node],
    right: Sequence[Node],
    *,
    heads: tuple[str, str],
    alt: str,
    width: float,
) -> Markup:
    """The drawing; nodes stand in their order, and so do the bands at each of them."""
    total = sum(band.n for band in bands)
    scale = _BANDS / max(total, 1)
    room = 96.0 if width <= HALF else 130.0
    x, x2 = room, width - room
    high = {band: max(_LEAST, band.n * scale) for band in bands}
    tops = _tops(left, {node.key: sum(high[one] for one in bands if one.source == node.key) for node in left})
    ends = _tops(right, {node.key: sum(high[one] for one in bands if one.target == node.key) for node in right})
    bottom = max(tops["", 1], ends["", 1]) + 14
    drawn = [_head(heads[0], x + _NODE, "end"), _head(heads[1], x2 - _NODE, "start")]
    at = {node.key: tops[node.key, 0] for node in left}
    to = {node.key: ends[node.key, 0] for node in right}
    counts = []
    for source in left:
        for target in right:
            for band in (one for one in bands if (one.source, one.target) == (source.key, target.key)):
                y, y2, thick = at[source.key], to[target.key], high[band]
                at[source.key] += thick
                to[target.key] += thick
                drawn.append(_band(x + _NODE, x2 - _NODE, y, y2, thick, COLOURS[source.key]))
                if thick >= _COUNTED_FROM:
                    counts.append(_count(band.words, x + _NODE + 7, y + thick / 2))
    drawn += [_node(node, x, tops, COLOURS[node.key], room - 8, is_left=True) for node in left]
    drawn += [_node(node, x2 - _NODE, ends, INK, room - 8, is_left=False) for node in right]
    return Markup(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' aria-label="{alt}" font-family="{family}">{marks}</svg>'
    ).format(
        width=short(width), height=short(bottom), alt=alt, family=FAMILIES, marks=Markup("").join([*drawn, *counts])
    )


def _tops(nodes: Sequence[Node], high: Mapping[str, float]) -> dict[tuple[str, int], float]:
    """Where each node begins (0) and ends (1); under "" where the last one ends."""
    places: dict[tuple[str, int], float] = {("", 1): _HEAD}
    y = _HEAD
    for node in nodes:
        places[node.key, 0], places[node.key, 1] = y, y + high[node.key]
        places["", 1] = y + high[node.key]
        y += max(high[node.key], 8.0) + _GAP
    return places


def _band(x: float, x2: float, y: float, y2: float, thick: float, colour: str) -> Markup:
    middle = (x + x2) / 2
    path = (
        f"M{short(x)} {short(y)}C{short(middle)} {short(y)} {short(middle)} {short(y2)} {short(x2)} {short(y2)}"
        f"V{short(y2 + thick)}C{short(middle)} {short(y2 + thick)} {short(middle)} {short(y + thick)}"
        f" {short(x)} {short(y + thick)}Z"
    )
    return Markup('<path d="{path}" fill="{colour}" fill-opacity=".42" stroke="#fff" stroke-width=".6"/>').format(
        path=path, colour=colour
    )


def _node(
    node: Node, x: float, places: Mapping[tuple[str, int], float], colour: str, room: float, *, is_left: bool
) -> Markup:
    y, y2 = places[node.key, 0], places[node.key, 1]
    middle = max((y + y2) / 2, y + 6)
    anchor = "end" if is_left else "start"
    at = x - 8 if is_left else x + _NODE + 8
    return Markup(
        '<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="{colour}"/>'
        '<text x="{at}" y="{first}" text-anchor="{anchor}" font-size="{size}" font-weight="600" fill="{ink}">{words}'
        '</text><text x="{at}" y="{second}" text-anchor="{anchor}" font-size="{small}" fill="{soft}">{below}</text>'
    ).format(
        x=short(x), y=short(y), wide=short(_NODE), high=short(max(y2 - y, _LEAST)), colour=colour, at=short(at),
        first=short(middle - 2), second=short(middle + 12), anchor=anchor, size=TEXT, small=SMALL, ink=INK, soft=SOFT,
        words=fitted(node.words, room, TEXT, is_bold=True), below=fitted(node.below, room, SMALL),
    )  # fmt: skip


def _head(words: str, x: float, anchor: str) -> Markup:
    return Markup('<text x="{x}" y="12" text-anchor="{anchor}" font-size="{size}" fill="{soft}">{words}</text>').format(
        x=short(x), anchor=anchor, size=SMALL, soft=SOFT, words=words
    )


def _count(words: str, x: float, y: float) -> Markup:
    return Markup(
        '<text x="{x}" y="{y}" font-size="{size}" fill="{ink}" stroke="{paper}" stroke-opacity=".7" stroke-width="2.5"'
        ' paint-order="stroke">{words}</text>'
    ).format(x=short(x), y=short(y + 4), size=SMALL, ink=INK, paper=PAPER, words=words)

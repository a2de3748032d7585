"""What the signs of the map mean, as a drawing: one column beside the map on a sheet, three below it on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from markupsafe import Markup

from ascendant.errors import mark
from ascendant.patterns.map_sizes import size_law
from ascendant.report.charts.font import fitted, width_of
from ascendant.report.charts.theme import FAINT, INK, LINE, SOFT
from ascendant.report.figures import SIGNS
from ascendant.report.language import Language
from ascendant.report.map_currents import WIDEST, Band
from ascendant.report.map_dots import CORE, FILLS, PRESUMED, Dots
from ascendant.report.map_labels import wrapped
from ascendant.report.map_places import Disc, short
from ascendant.report.map_words import BAND, DISC, DOT, NEAR

BAND_FILL: Final = INK
BAND_OPACITY: Final = "0.82"
_TYPE: Final = 12.0
_LINE_HEIGHT: Final = 16.0
_BETWEEN: Final = 16.0  # px between blocks
_GUTTER: Final = 28.0  # px between columns
_SIDES: Final = {
    "influencer": mark("influence"),
    "both": mark("influence and are influenced"),
    "influenced": mark("are influenced"),
    PRESUMED: mark("are presumed to be influenced"),
}
_ROUND: Final = (0, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000)


@dataclass(frozen=True)
class Block:
    """A piece of the legend, drawn from its own (0, 0)."""

    drawing: Markup
    height: float


@dataclass(frozen=True)
class Legend:
    """The legend and its size in px."""

    drawing: Markup
    width: float
    height: float


def legend(
    dots: Dots,
    strongest: Sequence[tuple[Sequence[str], int]],
    around: str,
    language: Language,
    *,
    width: float,
    n_columns: int,
    is_listing: bool = False,
) -> Legend:
    """`strongest` are the bands, in words (and in fewer) and acts, the widest first; `around` tells of the belt."""
    column = (width - _GUTTER * (n_columns - 1)) / n_columns
    say = language.say
    blocks = [_sides(dots, column, language), _sizes(dots, column, language), _disc(say(DISC), column)]
    if strongest:
        blocks.append(_band(strongest[0][1], column, language))
    blocks.append(_words(say(NEAR), column))
    if around:
        blocks.append(_words(around, column))
    if strongest and is_listing:
        blocks.append(_list(strongest, column, language))
    columns = _in_columns(blocks, n_columns)
    drawn, height = [], 0.0
    for number, one in enumerate(columns):
        y = 0.0
        for block in one:
            x = number * (column + _GUTTER)
            drawn.append(
                Markup('<g transform="translate({x} {y})">{drawing}</g>').format(
                    x=short(x), y=short(y), drawing=block.drawing
                )
            )
            y += block.height + _BETWEEN
        height = max(height, y - _BETWEEN)
    return Legend(Markup("").join(drawn), width, height)


def _in_columns(blocks: Sequence[Block], n_columns: int) -> list[list[Block]]:
    """Blocks in their order, the highest column as low as can be."""

    def filled(limit: float) -> list[list[Block]]:
        columns: list[list[Block]] = [[]]
        for block in blocks:
            used = sum(one.height + _BETWEEN for one in columns[-1])
            if columns[-1] and used + block.height > limit:
                columns.append([])
            columns[-1].append(block)
        return columns

    whole = sum(block.height + _BETWEEN for block in blocks)
    limits = [whole * step / 100 for step in range(20, 101)]
    return next(columns for limit in limits if len(columns := filled(limit)) <= n_columns)


def _lines(lines: Sequence[str], x: float, y: float, fill: str = INK) -> Markup:
    return Markup("").join(
        Markup('<text x="{x}" y="{y}" font-size="{size}" fill="{fill}">{words}</text>').format(
            x=short(x), y=short(y + 12 + _LINE_HEIGHT * number), size=short(_TYPE), fill=fill, words=line
        )
        for number, line in enumerate(lines)
    )


def _words(words: str, width: float, x: float = 0.0) -> Block:
    lines = wrapped(words, width - x, _TYPE)
    return Block(_lines(lines, x, 0.0, SOFT), _LINE_HEIGHT * len(lines))


def _dot(x: float, y: float, radius: float, side: str) -> Markup:
    dot = Markup('<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"/>').format(
        x=short(x), y=short(y), r=f"{radius:.2f}", fill=FILLS[side]
    )
    if side != "both":
        return dot
    return dot + Markup('<circle cx="{x}" cy="{y}" r="{r}" fill="#fff"/>').format(
        x=short(x), y=short(y), r=f"{CORE * radius:.2f}"
    )


def _sides(dots: Dots, width: float, language: Language) -> Block:
    """The colours, with the signs of the page and how many accounts are on each side."""
    names = list(FILLS)
    counts = np.bincount(dots.fill, minlength=len(names))
    drawn = [_lines([language.say(mark("Accounts that"))], 0, 0, SOFT)]
    y = _LINE_HEIGHT + 4
    for side in [one for one in _SIDES if counts[names.index(one)]]:
        sign = SIGNS["influenced" if side == PRESUMED else side]
        n = language.number(int(counts[names.index(side)]))
        room = width - 40 - width_of(n, _TYPE) - 6
        lines = wrapped(language.say(_SIDES[side]), room, _TYPE)
        drawn += [_dot(8, y + 8, 6, side), _lines([sign], 22, y, SOFT), _lines(lines, 40, y)]
        drawn.append(_at_right(n, width, y))
        y += _LINE_HEIGHT * len(lines) + 3
    return Block(Markup("").join(drawn), y - 3)


def _sizes(dots: Dots, width: float, language: Language) -> Block:
    """Dots of a few sizes as they are on the map, with the acts that they stand for."""
    lines = wrapped(language.say(DOT), width, _TYPE)
    drawn = [_lines(lines, 0, 0, SOFT)]
    top = _LINE_HEIGHT * len(lines) + 6
    shown = [(n, radius) for n, radius in _examples(dots)]
    tallest = max((radius for _, radius in shown), default=0.0)
    x = 2.0
    for n, radius in shown:
        words = language.number(n)
        half = max(radius, width_of(words, _TYPE) / 2)
        drawn.append(
            Markup('<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"/>').format(
                x=short(x + half), y=short(top + 2 * tallest - radius), r=f"{radius:.2f}", fill=SOFT
            )
        )
        drawn.append(
            Markup('<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="middle">{words}</text>').format(
                x=short(x + half), y=short(top + 2 * tallest + 14), size=short(_TYPE), fill=INK, words=words
            )
        )
        x += 2 * half + 16
    return Block(Markup("").join(drawn), top + 2 * tallest + 18)


def _examples(dots: Dots) -> list[tuple[int, float]]:
    """Round numbers of acts that the map holds, each with the radius that it has there (see `patterns.map`)."""
    if dots.radius.size == 0:
        return []
    low, high = int(np.argmin(dots.n_moved)), int(np.argmax(dots.n_moved))
    least, most = int(dots.n_moved[low]), int(dots.n_moved[high])
    rise = float(size_law(float(most)) - size_law(float(least)))
    growth = float(dots.radius[high] - dots.radius[low]) / rise if rise > 0 else 0.0

    def radius(n: int) -> float:
        return float(dots.radius[low] + growth * (size_law(float(n)) - size_law(float(least))))

    shown = [n for n in _ROUND if least <= n <= most] or [most]
    return [(n, radius(n)) for n in [*shown[:1], *shown[1:][-3:]]]


def _disc(words: str, width: float) -> Block:
    lines = wrapped(words, width - 44, _TYPE)
    height = max(_LINE_HEIGHT * len(lines), 36.0)
    disc = Markup('<circle cx="16" cy="18" r="15" fill="{fill}" stroke="{line}"/>').format(fill=FAINT, line=LINE)
    return Block(disc + _lines(lines, 44, 0, SOFT), height)


def _band(most: int, width: float, language: Language) -> Block:
    """A band as wide as the strongest, with its acts."""
    lines = wrapped(language.say(BAND), width - 44, _TYPE)
    acts = language.plural("one act", "{n} acts", most)
    lines += wrapped(language.say(mark("The widest: {acts}."), acts=acts), width - 44, _TYPE)
    start, end = Disc(0, 7, 20, 0.0, 0, False), Disc(0, 36, 12, 0.0, 0, False)
    band = Markup('<path d="{d}" fill="{fill}" fill-opacity="{opacity}"/>').format(
        d=Band(start, end, WIDEST).path(), fill=BAND_FILL, opacity=BAND_OPACITY
    )
    return Block(band + _lines(lines, 44, 0, SOFT), max(_LINE_HEIGHT * len(lines), 34.0))


def _list(rows: Sequence[tuple[Sequence[str], int]], width: float, language: Language) -> Block:
    """What each band stands for."""
    drawn = [_lines([language.say(mark("Acts that the bands stand for"))], 0, 0, SOFT)]
    for number, (ways, n_moved) in enumerate(rows, 1):
        y, acts = number * _LINE_HEIGHT + 4, language.number(n_moved)
        room = width - width_of(acts, _TYPE) - 10
        words = next((way for way in ways if width_of(way, _TYPE) <= room), ways[-1])
        drawn += [_lines([fitted(words, room, _TYPE)], 0, y), _at_right(acts, width, y)]
    return Block(Markup("").join(drawn), _LINE_HEIGHT * (len(rows) + 1) + 4)


def _at_right(words: str, right: float, y: float) -> Markup:
    return Markup('<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="end">{words}</text>').format(
        x=short(right), y=short(y + 12), size=short(_TYPE), fill=INK, words=words
    )

"""The picture, its title, how to read it, its legend and its source -> one SVG file that stands by itself."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from ascendant.report.charts.theme import FAMILIES, INK, SOFT
from ascendant.report.map_labels import wrapped
from ascendant.report.map_legend import Legend
from ascendant.report.map_places import SIDE, short

SHEET_WIDTH: Final = 1140.0
LEGEND_WIDTH: Final = 286.0
_MARGIN: Final = 30.0
_TITLE_TYPE, _READING_TYPE, _NOTE_TYPE = 25.0, 14.0, 11.0


def sheet(title: str, reading: str, notes: str, alt: str, marks: Markup, beside: Legend) -> Markup:
    """The whole sheet; `marks` fill a square of `map_places.SIDE`, `notes` stand below it."""
    inner = SHEET_WIDTH - 2 * _MARGIN
    head, y = _lines(title, _MARGIN, inner, _TITLE_TYPE, is_bold=True)
    more, y = _lines(reading, y + 4, inner, _READING_TYPE)
    top = y + 14
    foot, y = _lines(notes, top + max(SIDE, beside.height + 10) + 10, inner, _NOTE_TYPE)
    body = Markup(
        '<rect width="100%" height="100%" fill="#fff"/>{head}{more}'
        '<g transform="translate({left} {top})">{marks}</g><g transform="translate({right} {below})">{legend}</g>{foot}'
    ).format(
        head=head,
        more=more,
        left=short(_MARGIN),
        top=short(top),
        marks=marks,
        right=short(SHEET_WIDTH - _MARGIN - LEGEND_WIDTH),
        below=short(top + 10),
        legend=beside.drawing,
        foot=foot,
    )
    told = Markup("<title>{title}</title><desc>{alt}</desc>").format(title=title, alt=alt)
    return opened(SHEET_WIDTH, y + _MARGIN, alt, told + body)


def opened(width: float, height: float, alt: str, marks: Markup) -> Markup:
    """An SVG element of this size, with its text for who cannot see it."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{alt}"'
        ' font-family="{family}">{marks}</svg>'
    ).format(width=short(width), height=short(height), alt=alt, family=FAMILIES, marks=marks)


def _lines(words: str, top: float, width: float, size: float, *, is_bold: bool = False) -> tuple[Markup, float]:
    """Words in lines from the left margin on, and where they end."""
    drawn = []
    for line in wrapped(words, width, size, is_bold=is_bold) if words else []:
        drawn.append(
            Markup('<text x="{x}" y="{y}" font-size="{size}"{weight} fill="{fill}">{line}</text>').format(
                x=short(_MARGIN),
                y=short(top + size),
                size=short(size),
                weight=Markup(' font-weight="600"') if is_bold else "",
                fill=INK if is_bold else SOFT,
                line=line,
            )
        )
        top += 1.35 * size
    return Markup("").join(drawn), top

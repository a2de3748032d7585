"""Numbers -> SVG drawings that a page holds in itself: intervals, tracks, and the bar of the standings.

Places are given in percent of the width, so that a drawing fits a telephone, a screen and a sheet without its
lines and dots being stretched. Colour never carries a meaning alone: each class has its pattern and its sign too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

HEIGHT = 26
# The classes of standing: a sign, and whether the fill is plain, dotted or hatched (see the page's style).
SIGNS = {"influencer": "▲", "influenced": "▼", "both": "◆"}


@dataclass(frozen=True)
class Scale:
    """From a number to its place on the width, from 0 to 1; logarithmic where the numbers span too much.

    >>> Scale.of([0, 50], 100).place(25), Scale.of([1, 10_000], is_wide=True).place(100)
    (0.25, 0.5)
    """

    low: float
    high: float
    is_log: bool = False

    @staticmethod
    def of(values: Sequence[float | None], end: float | None = None, *, is_wide: bool = False) -> Scale:
        """A scale that holds the values: from 0, unless `is_wide` and they span more than a factor of 40."""
        known = [value for value in values if value is not None and math.isfinite(value) and value >= 0]
        high = max([*known, end or 0.0])
        high = high if high > 1e-9 else 1.0
        above = [value for value in known if value > 0]
        if is_wide and above and high / min(above) > 40:
            low = 10.0 ** math.floor(math.log10(max(min(above), high / 1e9)))
            return Scale(low, max(10.0 ** math.ceil(math.log10(high)), low * 10), is_log=True)
        return Scale(0.0, end or _above(high))

    def place(self, value: float) -> float:
        """Where a number stands; what is beyond the ends stands on them."""
        if self.is_log:
            value = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        else:
            value = (value - self.low) / (self.high - self.low)
        return round(min(1.0, max(0.0, value)), 4)

    def ticks(self) -> list[float]:
        """Three to six round numbers from end to end."""
        if self.is_log:
            powers = round(math.log10(self.high / self.low))
            step = max(1, math.ceil(powers / 4))
            return [self.low * 10.0**power for power in range(0, powers + 1, step)]
        return [self.low + (self.high - self.low) * part / 4 for part in (0, 2, 4)]


def interval_svg(
    scale: Scale, estimate: float | None, low: float | None, high: float | None, *, label: str, css: str = ""
) -> Markup:
    """An estimate as a dot and its interval as a line with ends, on a track with the scale's ticks."""
    middle = HEIGHT / 2
    marks = [
        Markup('<line class="track" x1="0" x2="100%" y1="{y}" y2="{y}"/>').format(y=middle),
        *(
            Markup('<line class="tick" x1="{x}" x2="{x}" y1="{a}" y2="{b}"/>').format(
                x=_percent(scale.place(tick)), a=middle - 4, b=middle + 4
            )
            for tick in scale.ticks()
        ),
    ]
    if low is not None and high is not None:
        left, right = scale.place(low), scale.place(high)
        marks.append(_line("range", left, right, middle))
        marks += [
            Markup('<line class="end" x1="{x}" x2="{x}" y1="{a}" y2="{b}"/>').format(
                x=_percent(end), a=middle - 6, b=middle + 6
            )
            for end in (left, right)
        ]
    if estimate is not None:
        marks.append(
            Markup('<circle class="dot" cx="{x}" cy="{y}" r="5"/>').format(x=_percent(scale.place(estimate)), y=middle)
        )
    return _drawing(marks, label, f"interval {css}".strip(), HEIGHT)


def axis_svg(low: str, high: str) -> Markup:
    """The numbers at the ends of a scale; for the eye only, since each row says its own."""
    return Markup(
        '<svg class="axis" aria-hidden="true" focusable="false" width="100%" height="14"><text y="11">{low}</text>'
        '<text x="100%" y="11" text-anchor="end">{high}</text></svg>'
    ).format(low=low, high=high)


def standing_svg(segments: Sequence[tuple[int, str]], *, label: str) -> Markup:
    """One bar cut into counts, each with its class of fill; a part too small to be seen keeps a hair's width."""
    total = sum(count for count, _ in segments)
    defs = Markup(
        '<defs><pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" class="fill-both"/><circle cx="3" cy="3" r="1.3" fill="#fff"/></pattern>'
        '<pattern id="hatch-influencer" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect width="7" height="7" fill="#fff"/>'
        '<rect width="3.4" height="7" class="fill-influencer"/></pattern>'
        '<pattern id="hatch-influenced" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(-45)"><rect width="7" height="7" fill="#fff"/>'
        '<rect width="3.4" height="7" class="fill-influenced"/></pattern></defs>'
    )
    marks, before = [defs], 0
    for count, css in segments:
        if count > 0:
            marks.append(
                Markup('<rect class="seg seg-{css}" x="{x}" y="1" width="{width}" height="42"/>').format(
                    css=css, x=_percent(before / total), width=_percent(max(count / total, 0.002))
                )
            )
        before += count
    return _drawing(marks, label, "standings", 44)


def swatch_svg(css: str) -> Markup:
    """The fill of a class, for the legend; it says nothing to a reader of screens."""
    return Markup(
        '<svg class="swatch" width="22" height="14" aria-hidden="true" focusable="false">'
        '<rect class="seg seg-{css}" x=".5" y=".5" width="21" height="13"/></svg>'
    ).format(css=css)


def _drawing(marks: Sequence[Markup], label: str, css: str, height: int) -> Markup:
    return Markup(
        '<svg class="{css}" role="img" aria-label="{label}" width="100%" height="{height}">{marks}</svg>'
    ).format(css=css, label=label, height=height, marks=Markup("").join(marks))


def _line(css: str, left: float, right: float, y: float) -> Markup:
    return Markup('<line class="{css}" x1="{a}" x2="{b}" y1="{y}" y2="{y}"/>').format(
        css=css, a=_percent(left), b=_percent(right), y=y
    )


def _percent(place: float) -> str:
    return f"{100 * place:.2f}".rstrip("0").rstrip(".") + "%"


def _above(value: float) -> float:
    """The next round number.

    >>> _above(0.37), _above(41.0), _above(1900.0)
    (0.4, 50.0, 2000.0)
    """
    unit = 10.0 ** math.floor(math.log10(value))
    return next(unit * step for step in (1, 2, 4, 5, 10) if unit * step >= value * 0.9999999)

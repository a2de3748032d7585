"""Shapes and words of the pictures of influence as SVG, and scales from numbers to px."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from markupsafe import Markup

from ascendant.infer.exposure import Floats
from ascendant.report.charts.theme import DARK_SIDES, INK, PAPER, RAMP, SIDES, WIDE

MARGIN = 26.0
LEFT, RIGHT = MARGIN + 44, WIDE - MARGIN
WORDS = 13.0  # px
BURST, DARK_BURST = SIDES["influenced"], DARK_SIDES["influenced"]
HIDDEN = "url(#hidden)"
HATCH = Markup(
    '<defs><pattern id="hidden" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="5" fill="{paper}"/><rect width="2.2" height="5" fill="{ink}"/></pattern></defs>'
).format(paper=RAMP[0], ink=RAMP[4])


def text(
    x: Any,
    y: Any,
    words: str,
    *,
    size: float = WORDS,
    bold: bool = False,
    fill: str = INK,
    anchor: str = "start",
    rim: bool = False,
) -> Markup:
    """Words; a rim of paper sets them off from what lies behind."""
    return Markup('<text x="{}" y="{}" font-size="{}"{}{}{} fill="{}">{}</text>').format(
        short(x), short(y), short(size), Markup(' font-weight="600"') if bold else "",
        Markup(' text-anchor="{}"').format(anchor) if anchor != "start" else "",
        Markup(' paint-order="stroke" stroke="{}" stroke-width="4"').format(PAPER) if rim else "", fill, words,
    )  # fmt: skip


def line(x: Any, y: Any, x2: Any, y2: Any, stroke: str, width: float = 1, *, dash: str = "") -> Markup:
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"{}/>').format(
        *map(short, (x, y, x2, y2)),
        stroke,
        short(width),
        Markup(' stroke-dasharray="{}"').format(dash) if dash else "",
    )


def rect(x: Any, y: Any, width: Any, height: Any, fill: str, *, rim: str | None = None) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>').format(
        *map(short, (x, y, width, height)), fill,
        Markup(' stroke="{}" stroke-width=".8" stroke-dasharray="2 2"').format(rim) if rim else "",
    )  # fmt: skip


def circle(x: float, y: float, radius: float, fill: str, stroke: str, width: float = 1.2) -> Markup:
    return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="{}"/>').format(
        *map(short, (x, y, radius)), fill, stroke, short(width)
    )


def pie(x: float, y: float, radius: float, share: float, fill: str) -> Markup:
    """A circle that is full to that share, from the bottom up."""
    body = circle(x, y, radius, PAPER, fill)
    if share < 0.03:
        return body
    level = y + radius * (1 - 2 * min(share, 1.0))
    across = float(np.sqrt(max(radius**2 - (level - y) ** 2, 0.0)))
    return body + Markup('<path d="M{} {}A{r} {r} 0 {large} 0 {} {}Z" fill="{fill}"/>').format(
        short(x - across), short(level), short(x + across), short(level),
        r=short(radius), large=int(share > 0.5), fill=fill,
    )  # fmt: skip


def ticks(x: Floats, y: float, height: float, stroke: str) -> Markup:
    moves = "".join(f"M{short(at)} {short(y)}v{short(height)}" for at in np.atleast_1d(x))
    if not moves:
        return Markup()
    return Markup('<path d="{}" stroke="{}" stroke-width="1.6" stroke-opacity=".75"/>').format(moves, stroke)


def path(x: Floats, y: Floats, stroke: str, width: float) -> Markup:
    return Markup('<path d="M{}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round"/>').format(
        points(x, y), stroke, short(width)
    )


def area(x: Floats, low: Floats, high: Floats, fill: str) -> Markup:
    return Markup('<path d="M{}L{}Z" fill="{}"/>').format(points(x, high), points(x[::-1], low[::-1]), fill)


def scale(most: float, top: float, height: float) -> Callable[[Any], Any]:
    return lambda level: top + height * (1 - np.asarray(level) / max(most, 1e-12))


ROUND = [base * 10.0**power for power in range(-6, 6) for base in (1, 2, 5)]


def round_levels(most: float) -> list[float]:
    """Four to eight round numbers from 0 on."""
    step = next(one for one in ROUND if most / one <= 7)
    return [step * k for k in range(int(most / step + 1e-9) + 1)]


def within(grid: Floats, window: tuple[float, float], left: float = LEFT) -> tuple[Any, Callable[[Any], Any]]:
    return (grid >= window[0]) & (
        grid < window[1]
    ), lambda at: left + (np.asarray(at) - window[0]) / (window[1] - window[0]) * (RIGHT - left)


def by_the(n: int, values: Floats) -> Floats:
    """Means of each n values in a row."""
    found: Floats = values[: values.size // n * n].reshape(-1, n).mean(axis=1)
    return found


def held(times: Floats, window: tuple[float, float]) -> Floats:
    return times[(times >= window[0]) & (times < window[1])]


def whole(shares: list[float]) -> list[int]:
    """Whole numbers out of a hundred that sum to a hundred: the largest remainders are rounded up."""
    exact = 100 * np.array(shares) / sum(shares)
    found = np.floor(exact).astype(int)
    for nth in np.argsort(-(exact - found), kind="stable")[: 100 - found.sum()]:
        found[nth] += 1
    return [int(one) for one in found]


def points(x: Floats, y: Floats) -> str:
    return "L".join(f"{short(a)} {short(b)}" for a, b in zip(x, y, strict=True))


def short(value: Any) -> str:
    return f"{float(value):.1f}".removesuffix(".0")

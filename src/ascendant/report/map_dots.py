"""Accounts -> their dots: circles where they are few or large, one picture of all the others where they are many.

The picture is a PNG with a palette, each side in a few steps of opacity; it says nothing that circles would not say.
100,000 circles would be six megabytes, the picture is a quarter of one.
"""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from markupsafe import Markup
from numpy.typing import NDArray

from ascendant.report.charts.theme import SIDES
from ascendant.report.map_places import SCALE, SIDE, short

PRESUMED: Final = "presumed"
# The palest first, so that whoever moves others is never covered.
FILLS: Final = {
    PRESUMED: "#e8d6ad",
    "influenced": SIDES["influenced"],
    "both": SIDES["both"],
    "influencer": SIDES["influencer"],
}
MOST_CIRCLES: Final = 2000
CORE: Final = 0.36  # of its radius is white in the dot of an account on both sides
_LARGE: Final = 3.0  # px: from here on, a dot is a circle beside the picture too
_HUB: Final = 4.6  # px: from here on, it lies above the bands
_MOST_LARGE: Final = 600
_LARGEST_FILE: Final = 270_000  # bytes of the picture; a third more in the page
_FINENESS: Final = (2.0, 1.6, 1.25, 1.0)  # pixels of the picture in one px of the drawing, until the file is small
_FINER: Final = 3  # drawn so many times larger, then averaged
_STEPS: Final = 4  # of opacity

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Dots:
    """Places and radii in px, by falling radius; `fill` is a place in `FILLS`, `n_moved` acts of others moved."""

    account_id: list[str]
    x: Floats
    y: Floats
    radius: Floats
    n_moved: NDArray[np.int64]
    fill: NDArray[np.int64]


def dots_of(accounts: pa.Table, standing: pa.Table) -> Dots:
    """Rows of `patterns.map.MAP`, with the standing of each account."""
    place = pc.index_in(accounts["account_id"], standing["account_id"].combine_chunks()).combine_chunks()
    rows = standing.select(["standing", "is_presumed", "n_moved_by_it"]).take(place)
    sides = list(FILLS)
    fill = pc.index_in(rows["standing"], pa.array(sides)).to_numpy().astype(np.int64)
    fill = np.where(rows["is_presumed"].to_numpy(), sides.index(PRESUMED), fill)
    radius = accounts["radius"].to_numpy()
    order = np.lexsort((np.arange(radius.size), -radius))
    return Dots(
        accounts["account_id"].take(pa.array(order)).to_pylist(),
        SIDE / 2 + accounts["x"].to_numpy()[order] * SCALE,
        SIDE / 2 - accounts["y"].to_numpy()[order] * SCALE,
        radius[order] * SCALE,
        rows["n_moved_by_it"].to_numpy()[order],
        fill[order],
    )


def circles(dots: Dots) -> tuple[Markup, Markup]:
    """The dots that are drawn as circles (all, or the large ones): those under the bands, and the hubs above them."""
    n = dots.radius.size
    if n > MOST_CIRCLES:
        n = min(int(np.count_nonzero(dots.radius >= _LARGE)), _MOST_LARGE)
    n_hubs = min(int(np.count_nonzero(dots.radius >= _HUB)), n)
    return _circles(dots, n_hubs, n), _circles(dots, 0, n_hubs)


def _circles(dots: Dots, first: int, end: int) -> Markup:
    drawn = []
    for number, (side, fill) in enumerate(FILLS.items()):
        rows = (first + np.flatnonzero(dots.fill[first:end] == number)).tolist()
        if rows:
            drawn.append(f'<g fill="{fill}">{"".join(_circle(dots, row) for row in rows)}</g>')
        cores = [row for row in rows if side == "both" and dots.radius[row] >= _LARGE]
        if cores:  # not by colour alone
            drawn.append(f'<g fill="#fff">{"".join(_circle(dots, row, CORE) for row in cores)}</g>')
    return Markup("".join(drawn))  # noqa: S704  numbers of ours


def _circle(dots: Dots, row: int, part: float = 1.0) -> str:
    x, y, radius = short(dots.x[row]), short(dots.y[row]), f"{part * dots.radius[row]:.2f}"
    return f'<circle cx="{x}" cy="{y}" r="{radius}"/>'


def picture(dots: Dots) -> Markup:
    """All dots as one image, where they are too many for circles; else nothing."""
    if dots.radius.size <= MOST_CIRCLES:
        return Markup("")
    data = base64.b64encode(picture_png(dots)).decode()
    return Markup('<image width="{side}" height="{side}" href="data:image/png;base64,{data}"/>').format(
        side=short(SIDE), data=data
    )


def picture_png(dots: Dots) -> bytes:
    """The image, as fine as a small file allows: the same bytes from the same dots."""
    found = b""
    for pixels in _FINENESS:
        found = _png(dots, pixels)
        if len(found) <= _LARGEST_FILE:
            break
    return found


def _png(dots: Dots, pixels: float) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415  slow to start

    size = round(SIDE * pixels)
    best, index = np.zeros((size, size), np.uint8), np.zeros((size, size), np.uint8)
    places = [value * pixels * _FINER for value in (dots.x, dots.y, dots.radius)]
    for number in range(len(FILLS)):
        mask = Image.new("L", (size * _FINER, size * _FINER))
        pen = ImageDraw.Draw(mask)
        rows = dots.fill == number
        for x, y, radius in zip(*(value[rows].tolist() for value in places), strict=True):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        step = np.round(np.asarray(mask.reduce(_FINER)) / 255 * _STEPS).astype(np.uint8)
        is_more = step > best
        best[is_more] = step[is_more]
        index[is_more] = number * _STEPS + step[is_more]
    image = Image.frombytes("P", (size, size), index.tobytes())
    colours = [bytes.fromhex(fill[1:]) for fill in FILLS.values()]
    image.putpalette(b"\xff\xff\xff" + b"".join(colour * _STEPS for colour in colours))
    opacity = bytes([0, *(round(255 * step / _STEPS) for _ in colours for step in range(1, _STEPS + 1))])
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True, transparency=opacity)
    return out.getvalue()

"""Communities and accounts -> names on the map, none over another; what finds no room goes without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from markupsafe import Markup

from ascendant.report.charts.font import fitted, width_of
from ascendant.report.charts.labels import Box
from ascendant.report.charts.theme import INK, SOFT
from ascendant.report.map_currents import Band
from ascendant.report.map_dots import Dots
from ascendant.report.map_places import SIDE, Disc, short

N_COMMUNITIES: Final = 14
SMALLEST_NAMED: Final = 26.0  # px of radius
N_ACCOUNTS: Final = 8
_PER_COMMUNITY: Final = 2
_COUNTED_FROM: Final = 52.0  # px of radius
_ROOM: Final = 104.0  # px, that a name may take over a small disc
_PAD: Final = 4.0
_LARGEST_TYPE, _SMALLEST_TYPE = 17.0, 12.0
_TYPE: Final = 12.0  # px, of accounts
_COUNT_TYPE: Final = 11.0
_HIGH: Final = 1.2  # of a line, in type sizes
_FRAME: Final = Box(2, 2, SIDE - 2, SIDE - 2)


def text(
    words: str, x: float, y: float, *, size: float, bold: bool = False, fill: str = INK, at: str = "start"
) -> Markup:
    """Words whose line stands at y, on a rim of paper that sets them off from the dots."""
    weight = Markup(' font-weight="600"') if bold else Markup("")
    anchor = Markup(' text-anchor="{at}"').format(at=at) if at != "start" else Markup("")
    return Markup(
        '<text x="{x}" y="{y}" font-size="{size}"{weight}{anchor} fill="{fill}" stroke="#fff" stroke-width="3.2"'
        ' stroke-linejoin="round" paint-order="stroke">{words}</text>'
    ).format(x=short(x), y=short(y), size=short(size), weight=weight, anchor=anchor, fill=fill, words=words)


class Room:
    """What is covered: by names, never to be met; by bands and by the named dots, only if there is no other place."""

    def __init__(self, bands: Sequence[Band], dots: Dots, rows: Sequence[int]) -> None:
        self._names: list[Box] = []
        self._bands = [
            Box(x - half, y - half, x + half, y + half) for band in bands for x, y, half in band.middle_line()
        ]
        places = [[float(value[row]) for value in (dots.x, dots.y, dots.radius)] for row in rows]
        self._dots = {row: _box(x, y, 2 * radius, 2 * radius) for row, (x, y, radius) in zip(rows, places, strict=True)}

    def first_free(self, boxes: Sequence[Box], *, of_dot: int | None = None) -> int | None:
        """Which of the boxes is free; it is covered from now on. A dot's own name may come near it."""
        inside = [place for place, box in enumerate(boxes) if _FRAME.holds(box)]
        dots = [box for row, box in self._dots.items() if row != of_dot]
        for blocked in ([*self._names, *dots, *self._bands], [*self._names, *dots], self._names):
            for place in inside:
                if not any(boxes[place].meets(other) for other in blocked):
                    self._names.append(boxes[place])
                    return place
        return None


def community_labels(
    discs: Sequence[Disc], named: Callable[[int], Sequence[str]], counted: Callable[[int], str], room: Room
) -> Markup:
    """Names of the first discs that have room, the larger ones with their accounts.

    `named` gives a name in its full and its shorter forms.
    """
    drawn = []
    for disc in discs[:N_COMMUNITIES]:
        size = min(_LARGEST_TYPE, max(_SMALLEST_TYPE, disc.radius / 5.5))
        most = max(1.75 * disc.radius, _ROOM)
        forms = list(named(disc.community))
        fits = [form for form in forms if width_of(form, size, is_bold=True) <= most]
        words = fits[0] if fits else fitted(forms[-1], most, size, is_bold=True)
        count = counted(disc.n_accounts) if disc.radius >= _COUNTED_FROM else ""
        width = max(width_of(words, size, is_bold=True), width_of(count, _COUNT_TYPE)) + 2 * _PAD
        height = _HIGH * (size + (_COUNT_TYPE if count else 0)) + _PAD
        ups = (0.66, -0.66, 0.0, 1.0, -1.0) if count else (1.0, -1.0, 0.6, -0.6)
        boxes = [_box(disc.x, disc.y - up * disc.radius, width, height) for up in ups]
        if (place := room.first_free(boxes)) is None:
            continue
        base = boxes[place].top + 1.02 * size
        drawn += [_plate(boxes[place]), text(words, disc.x, base, size=size, bold=True, at="middle")]
        if count:
            below = base + _HIGH * _COUNT_TYPE
            drawn.append(text(count, disc.x, below, size=_COUNT_TYPE, fill=SOFT, at="middle"))
    return Markup("").join(drawn)


def _box(x: float, y: float, width: float, height: float) -> Box:
    """A box around its middle."""
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _plate(box: Box) -> Markup:
    """A piece of paper, so that words are read and not the dots between them."""
    return Markup(
        '<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="#fff" fill-opacity=".84"/>'
    ).format(x=short(box.left), y=short(box.top), width=short(box.right - box.left), height=short(box.bottom - box.top))


def account_labels(dots: Dots, rows: Sequence[int], named: Callable[[int], str], room: Room) -> Markup:
    """The names of the dots in these rows, beside them; the first come first."""
    drawn = []
    for row in rows:
        words = fitted(named(row), 170.0, _TYPE)
        width, height = width_of(words, _TYPE), _HIGH * _TYPE
        x, y, away = float(dots.x[row]), float(dots.y[row]), float(dots.radius[row]) + 3
        beside, above = away + width / 2, away + height / 2
        places = [(beside, 0.0), (-beside, 0.0), (0.0, -above), (0.0, above)]
        places += [(side * (0.7 * away + width / 2), up * 0.9 * away) for side in (1, -1) for up in (-1, 1)]
        boxes = [_box(x + dx, y + dy, width, height) for dx, dy in places]
        if (place := room.first_free(boxes, of_dot=row)) is not None:
            dx, dy = places[place]
            drawn.append(text(words, x + dx, y + dy + 0.35 * _TYPE, size=_TYPE, at="middle"))
    return Markup("").join(drawn)


def leading(dots: Dots, accounts: pa.Table) -> list[int]:
    """The rows of the accounts to be named: those that moved most, few of each community."""
    # Dots come by falling radius, and the radius grows with the acts moved.
    order = sorted(
        range(min(len(dots.account_id), 400)), key=lambda row: (-int(dots.n_moved[row]), dots.account_id[row])
    )
    place = pc.index_in(
        pa.array([dots.account_id[row] for row in order], pa.string()), accounts["account_id"].combine_chunks()
    )
    found: list[int] = []
    used: dict[int | None, int] = {}
    for row, home in zip(order, accounts["community"].take(place).to_pylist(), strict=True):
        if dots.n_moved[row] > 0 and used.get(home, 0) < _PER_COMMUNITY and len(found) < N_ACCOUNTS:
            used[home] = used.get(home, 0) + 1
            found.append(row)
    return found


def wrapped(words: str, width: float, size: float, *, is_bold: bool = False) -> list[str]:
    """Words in lines that fit a width; no-break spaces hold.

    >>> wrapped("one two three", 50, 12)
    ['one two', 'three']
    """
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, is_bold=is_bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

"""Ties and communities -> currents: acts that one community moved in another; and their bands on the map."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.report.map_places import Disc, short

N_DRAWN: Final = 8
FEWEST_ACTS: Final = 3  # of a current that is drawn
WIDEST: Final = 13.0  # px, at the start of the strongest band
THINNEST: Final = 2.5
_SURELY: Final = 1.645  # standard deviations: two equal currents differ so much one time in ten
_POINT: Final = 0.5  # px: half the width at the point
_N_STEPS: Final = 16  # of a curve


@dataclass(frozen=True)
class Current:
    """Acts of `target` that accounts of `source` moved; `n_for_half` of these accounts moved half of them."""

    source: int
    target: int
    n_moved: int
    n_sources: int
    n_for_half: int


@dataclass(frozen=True)
class Currents:
    """Currents, the strongest first (then by number); and how many acts were moved in all, and inside communities."""

    between: tuple[Current, ...]
    n_moved: int
    n_inside: int

    @property
    def stands_out(self) -> bool:
        """Whether the strongest is stronger than the second, beyond what chance gives two equal ones."""
        counts = [current.n_moved for current in self.between[:2]] + [0, 0]
        return counts[0] >= FEWEST_ACTS and counts[0] - counts[1] > _SURELY * math.sqrt(counts[0] + counts[1])


def find_currents(ties: pa.Table, accounts: pa.Table, told: Container[int]) -> Currents:
    """Currents between the communities of which may be told; `accounts` says who is in which.

    >>> ties = pa.table({"source_id": ["a", "b"], "target_id": ["c", "c"], "n_moved": [3, 1]})
    >>> accounts = pa.table({"account_id": ["a", "b", "c"], "community": [0, 1, 1]})
    >>> find_currents(ties, accounts, told={0, 1})
    Currents(between=(Current(source=0, target=1, n_moved=3, n_sources=1, n_for_half=1),), n_moved=4, n_inside=1)
    """
    moving = ties.filter(pc.greater(ties["n_moved"], 0))
    if moving.num_rows == 0:
        return Currents((), 0, 0)
    ids = accounts["account_id"]
    ids = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    source, target = (pc.index_in(moving[name], ids).to_numpy().astype(np.int64) for name in ("source_id", "target_id"))
    community = accounts["community"].to_numpy()
    from_part, to_part = (community[place].astype(np.int64) for place in (source, target))
    n = moving["n_moved"].to_numpy()
    crosses = from_part != to_part
    n_inside = int(n[~crosses].sum())
    found = _between(source[crosses], from_part[crosses], to_part[crosses], n[crosses])
    found = [one for one in found if one.source in told and one.target in told]
    found.sort(key=lambda one: (-one.n_moved, one.source, one.target))
    return Currents(tuple(found), int(n.sum()), n_inside)


def _between(
    account: NDArray[np.int64], source: NDArray[np.int64], target: NDArray[np.int64], n: NDArray[np.int64]
) -> list[Current]:
    """One current for each pair of communities that has one."""
    if n.size == 0:
        return []
    # acts of each account in each current
    keys, row = np.unique(np.column_stack([source, target, account]), axis=0, return_inverse=True)
    acts = np.bincount(row.reshape(-1), n).astype(np.int64)
    is_first = np.any(keys[1:, :2] != keys[:-1, :2], axis=1)
    start = np.concatenate([[0], np.flatnonzero(is_first) + 1, [acts.size]])
    found = []
    for first, end in pairwise(start.tolist()):
        falling = np.sort(acts[first:end])[::-1]
        total = int(falling.sum())
        n_for_half = int(np.searchsorted(np.cumsum(falling), total / 2)) + 1
        found.append(Current(int(keys[first, 0]), int(keys[first, 1]), total, int(end - first), n_for_half))
    return found


def drawn(currents: Currents) -> list[Current]:
    """The currents that get a band."""
    return [one for one in currents.between[:N_DRAWN] if one.n_moved >= FEWEST_ACTS]


def band_width(n_moved: int, most: int) -> float:
    """How wide a band begins, in px: in proportion to its acts, but never too thin to be seen.

    >>> band_width(50, 100), band_width(1, 100)
    (6.5, 2.5)
    """
    return max(THINNEST, WIDEST * n_moved / max(most, 1))


@dataclass(frozen=True)
class Band:
    """A current between two discs: from a round start in one, bent to its left, to a point in the other one.

    It starts and ends well inside, where the dots are: discs of strong currents touch.
    """

    source: Disc
    target: Disc
    width: float

    def middle_line(self) -> list[tuple[float, float, float]]:
        """Points along the band, each with half the band's width there."""
        return [(x, y, half) for x, y, half, _, _ in self._steps()]

    def path(self) -> str:
        """Its outline, as an SVG path."""
        left, right = [], []
        for x, y, half, across_x, across_y in self._steps():
            left.append(f"{short(x + half * across_x)} {short(y + half * across_y)}")
            right.append(f"{short(x - half * across_x)} {short(y - half * across_y)}")
        cap = short(self.width / 2)
        return f"M{left[0]}L{' '.join(left[1:])} {' '.join(reversed(right))}A{cap} {cap} 0 0 1 {left[0]}Z"

    def _steps(self) -> Iterator[tuple[float, float, float, float, float]]:
        """Points of a parabola, half the width, and the direction across it, to the left."""
        dx, dy = self.target.x - self.source.x, self.target.y - self.source.y
        far = math.hypot(dx, dy) or 1.0
        ux, uy = dx / far, dy / far
        first, last = self.source.radius / 2, far - self.target.radius / 2
        bend = 0.32 * (last - first)
        half_way = (first + last) / 2
        # y runs downwards: left of the way is (uy, -ux)
        corners = [
            (self.source.x + along * ux + side * uy, self.source.y + along * uy - side * ux)
            for along, side in ((first, 0.0), (half_way, bend), (last, 0.0))
        ]
        for step in range(_N_STEPS + 1):
            t = step / _N_STEPS
            x, y = ((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c for a, b, c in zip(*corners, strict=True))
            way_x, way_y = ((1 - t) * (b - a) + t * (c - b) for a, b, c in zip(*corners, strict=True))
            length = math.hypot(way_x, way_y) or 1.0
            yield x, y, _POINT + (self.width / 2 - _POINT) * (1 - t), way_y / length, -way_x / length

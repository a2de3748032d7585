"""The map's own units -> px of the picture, y downwards; and numbers as a drawing writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from ascendant.patterns.map import HALF_WIDTH

SIDE: Final = 760.0  # px: the picture is a square as wide as the charts of the page
_MARGIN: Final = 6.0
SCALE: Final = (SIDE / 2 - _MARGIN) / HALF_WIDTH


@dataclass(frozen=True)
class Disc:
    """A community's disc in px."""

    community: int
    x: float
    y: float
    radius: float
    n_accounts: int
    is_on_belt: bool


def discs_of(table: pa.Table) -> list[Disc]:
    """Rows of `patterns.map.DISCS` as they are drawn."""
    return [_disc(row) for row in table.to_pylist()]


def _disc(row: dict[str, Any]) -> Disc:
    x, y = SIDE / 2 + row["x"] * SCALE, SIDE / 2 - row["y"] * SCALE
    return Disc(row["community"], x, y, row["radius"] * SCALE, row["n_accounts"], row["is_on_belt"])


def short(value: float) -> str:
    """A number with one decimal, without what says nothing.

    >>> short(3.0), short(-0.04), short(2.56)
    ('3', '0', '2.6')
    """
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written

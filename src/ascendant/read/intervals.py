"""Figures that platforms publish as bounds -> the lowest and the highest that they can be."""

from __future__ import annotations

import re
from typing import Final

from ascendant.read.tabular.cells import whole

_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009]+")
_BELOW: Final = re.compile(
    r"(?:≤|<=|⩽|<|under|up to|less than|moins de|jusqu['’]à|weniger als|menos de)\s*(.+)", re.IGNORECASE
)
_ABOVE: Final = re.compile(r"(?:≥|>=|⩾|>|over|more than|plus de|mehr als|más de)\s*(.+)|(.+?)\s*\+", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"(.+?)\s*(?:-|–|—|\bto\b|\bà\b)\s*(.+)", re.IGNORECASE)
_FIGURE: Final = re.compile(r"(.*?\d)\s*([kKmM]?)")
_TIMES: Final = {"": 1, "k": 1_000, "m": 1_000_000}


def interval(written: str | None) -> tuple[int | None, int | None] | None:
    """Lowest and highest; null is open. None where nothing is written, or no figure.

    >>> interval("≤100"), interval("12 345"), interval("10k-100k"), interval("> 10M"), interval("n/a")
    ((0, 100), (12345, 12345), (10000, 100000), (10000000, None), None)
    """
    written = _SPACES.sub(" ", written or "").strip()
    if not written:
        return None
    if (exact := _figure(written)) is not None:
        return exact, exact
    if below := _BELOW.fullmatch(written):
        high = _figure(below[1])
        return None if high is None else (0, high)
    if above := _ABOVE.fullmatch(written):
        low = _figure(above[1] or above[2])
        return None if low is None else (low, None)
    if between := _BETWEEN.fullmatch(written):
        low, high = _figure(between[1]), _figure(between[2])
        return None if low is None or high is None or low > high else (low, high)
    return None


def _figure(written: str) -> int | None:
    """A whole number that is not negative, with its thousands in any way."""
    found = _FIGURE.fullmatch(written.strip())
    if found is None:
        return None
    n = whole(found[1])
    return n * _TIMES[found[2].lower()] if n is not None and 0 <= n < 2**40 else None

"""One figure of a briefing: a number with its doubt, what it rests on, and its limits."""

from __future__ import annotations

from dataclasses import dataclass

from ascendant.errors import Caveat


@dataclass(frozen=True)
class Figure:
    """A number with its doubt; all None where the files cannot give it."""

    name: str  # share_named, influencers, half_from, delay
    estimate: float | None
    low: float | None
    high: float | None
    n: int  # what it rests on: acts, accounts, acts, delays
    unit: str  # share, accounts, accounts, seconds
    caveats: tuple[Caveat, ...] = ()

"""Choices made on some acts, measured on others: what a choice would have changed, with its 90 % interval.

What was largest in the past is so in part by chance: measured where it was chosen, its share is too large. So the
choice is made on the acts before a moment and measured on those after it. The interval comes from what differs between
weeks (people act in bursts), and from what differs between the parts of time, whichever is wider.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from ascendant.patterns.mirror.bursts import FEWEST_WEEKS, aloneness

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

N_PARTS: Final = 5  # the first is only chosen on; each other is measured with what was chosen before it
FEWEST_ACTS: Final = 30
_FEWEST_MEASURED: Final = 3  # weeks


@dataclass(frozen=True)
class Outlook:
    """A share that was measured, its interval, and on how many acts."""

    share: float
    low: float
    high: float
    n: int


def after_choice(
    week: Whole, kind: Whole, n: Whole, choose: Callable[[Flags], Callable[[Flags], Flags]], interval: float
) -> Outlook | None:
    """The share of acts that a choice among their kinds hits, made before them; None where they are too few.

    Rows come in the order of `week`, and stand for `n` acts of a `kind` (0, 1, ...: a source, an hour). `choose` takes
    the rows before, and gives what tells which of given rows are hit.
    """
    if int(n.sum()) < FEWEST_ACTS or np.unique(week).size < FEWEST_WEEKS:
        return None
    part = np.minimum((np.cumsum(n) - n) * N_PARTS // int(n.sum()), N_PARTS - 1)
    # A week is never cut: what is chosen and what is measured would share a burst.
    first = np.searchsorted(week, week, side="left")
    part = part[first]
    hit, parts = np.zeros(n.size, bool), []
    for number in range(1, N_PARTS):
        before, here = part < number, part == number
        if not before.any() or not here.any():
            continue
        hit[here] = choose(before)(here)[here]
        parts.append(number)
    measured = np.isin(part, parts)
    if not parts or np.unique(week[measured]).size < _FEWEST_MEASURED:
        return None
    clusters = [week[measured], part[measured]]
    return pooled(
        hit[measured], n[measured], clusters, interval, worth=float(n[measured].sum()) * aloneness(week, kind, n)
    )


def pooled(hit: Flags, n: Whole, clusters: list[Whole], interval: float, worth: float = np.inf) -> Outlook:
    """The share of acts that are hit, whose doubt is the widest that any of the clusterings gives, or that of chance.

    The variance of a ratio over clusters, made a number of acts that would be as doubtful; its Beta has the interval.
    They are worth no more single acts than `worth`.
    """
    total, hits = int(n.sum()), int(n[hit].sum())
    share = hits / total
    centre = (hits + 0.5) / (total + 1)  # a share of 0 or 1 has doubt too
    worths = [float(total), worth]
    for cluster in clusters:
        _, place = np.unique(cluster, return_inverse=True)
        size = np.bincount(place, n)
        residual = np.bincount(place, n * hit) - centre * size
        g = size.size
        if g < 2:
            continue
        # Few clusters vary less than what they are drawn from: the quantiles of t for those of the normal.
        wide = (float(special.stdtrit(g - 1, 0.95)) / float(special.ndtri(0.95))) ** 2
        variance = wide * g / (g - 1) * float(residual @ residual) / total**2
        worths.append(centre * (1 - centre) / max(variance, 1e-12))
    kept = max(min(worths), 1.0)
    tail = (1 - interval) / 2
    a, b = share * kept + 0.5, (1 - share) * kept + 0.5
    low, high = (float(special.betaincinv(a, b, p)) for p in (tail, 1 - tail))
    return Outlook(share, min(low, share), max(high, share), total)


def fall(effect: float, low: float, high: float) -> dict[str, float | None]:
    """A share that falls away, and its interval, as a change: the larger fall first."""
    return {"effect": -effect, "low": -high, "high": -low}

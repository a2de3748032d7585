"""Acts on things (items, links, texts) -> how near acts stand to those of a group, and the group's own tempo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from ascendant.patterns.relays.places import UNKNOWN, Floats, Whole

_TOGETHER_US: Final = 86_400_000_000  # members that act on one thing within a day do so together


@dataclass(frozen=True)
class Touches:
    """Acts on things (items, links, texts), as numbers, and when."""

    thing: Whole
    account: Whole
    at: Whole


def gaps(rows: dict[str, Any], touches: Touches, group_of: Whole, n_groups: int) -> tuple[Whole, Floats]:
    """Of each passing act, the time to the nearest act of a member on the same thing; and each group's own tempo."""
    known = touches.at != UNKNOWN
    thing, account, at = touches.thing[known], touches.account[known], touches.at[known]
    gap = np.full(np.size(rows["at"]), UNKNOWN, np.int64)
    tempo = np.full(n_groups, np.nan)
    for one in range(n_groups):
        own = np.flatnonzero(group_of[account] == one)
        own = own[np.lexsort((at[own], thing[own]))]
        asked = np.flatnonzero((rows["group"] == one) & (rows["at"] != UNKNOWN) & (rows["thing"] >= 0))
        gap[asked] = _nearest(rows["thing"][asked], rows["at"][asked], thing[own], at[own])
        same = np.append(False, thing[own][1:] == thing[own][:-1]) if own.size else np.zeros(0, bool)
        other = same & np.append(False, account[own][1:] != account[own][:-1])[: own.size]
        after = np.where(other, at[own] - np.append(0, at[own][:-1])[: own.size], np.iinfo(np.int64).max)
        before = np.append(after[1:], np.iinfo(np.int64).max)[: own.size]
        nearest = np.minimum(after, before)
        nearest = nearest[nearest < _TOGETHER_US]
        if nearest.size:
            tempo[one] = float(np.median(nearest)) / 1e6
    return gap, tempo


def _nearest(thing: Whole, at: Whole, of_thing: Whole, of_at: Whole) -> Whole:
    """Time to the nearest of the others on the same thing; these are sorted by thing and time."""
    found = np.full(thing.size, UNKNOWN, np.int64)
    if not of_thing.size:
        return found
    low = min(int(at.min(initial=0)), int(of_at.min()))
    span = max(int(at.max(initial=0)), int(of_at.max())) - low + 1
    things = np.unique(of_thing)
    place = np.searchsorted(things, thing)
    is_held = (place < things.size) & (things[np.minimum(place, things.size - 1)] == thing)
    keys = np.searchsorted(things, of_thing).astype(float) * (2.0 * span) + (of_at - low)
    mine = place.astype(float) * (2.0 * span) + (at - low)
    right = np.searchsorted(keys, mine)
    for side in (right - 1, right):
        inside = is_held & (side >= 0) & (side < keys.size)
        inside[inside] = of_thing[side[inside]] == thing[inside]
        away = np.abs(of_at[side[inside]] - at[inside])
        found[inside] = np.where(found[inside] == UNKNOWN, away, np.minimum(found[inside], away))
    return found

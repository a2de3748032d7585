"""A timeline and one pair -> how often the target acted soon after the source, beside comparable strangers.

Nothing is fitted: these are counts that anybody can make again. Strangers are those of `infer/doubt.py`, all that fit
instead of one drawn: alike in community, activity, followers and hours, and never read by the target. A single pair
has no calibrated interval (`docs/decisions/0008-attribution.md`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow.compute as pc

from ascendant.infer.doubt import FEWEST, size_class, usual_hours
from ascendant.infer.exposure import SILENT, Exposure, Floats, Timeline, Whole
from ascendant.kernels.chance import uniforms

WINDOW_HOURS: Final = (1.0, 6.0)
MOST_STRANGERS: Final = 20


@dataclass(frozen=True)
class PairDelays:
    """Acts of one target since t0 that name nobody, by how soon they came after somebody's last act before them."""

    n_acts: int
    after_source: tuple[int, ...]  # by window of `WINDOW_HOURS`: acts that came within it
    after_strangers: tuple[float, ...] | None  # the mean over strangers; None where nobody is comparable
    n_strangers: int
    is_like_source: bool  # strangers are of the source's community; else of any


def pair_delays(
    times: Timeline,
    exposure: Exposure,
    community: Whole,
    source_id: str,
    target_id: str,
    *,
    most: int = MOST_STRANGERS,
    seed: int = 20_260_306,
) -> PairDelays | None:
    """One pair; None where either has no place in the timeline. Costs O(accounts + acts of target and strangers)."""
    source, target = (_place(times, one) for one in (source_id, target_id))
    if source is None or target is None:
        return None
    acts = np.arange(times.first[target], times.first[target + 1])
    hours = times.hours[acts[(times.kind[acts] == SILENT) & (times.hours[acts] >= exposure.since)]]
    others, is_like = comparable(times, exposure, community, source, target, most=most, seed=seed)
    found = np.array([_within(times, other, hours) for other in others]).reshape(-1, len(WINDOW_HOURS))
    return PairDelays(
        n_acts=int(hours.size),
        after_source=tuple(_within(times, source, hours)),
        after_strangers=tuple(found.mean(axis=0).tolist()) if others.size else None,
        n_strangers=int(others.size),
        is_like_source=is_like,
    )


def comparable(
    times: Timeline,
    exposure: Exposure,
    community: Whole,
    source: int,
    target: int,
    *,
    most: int = MOST_STRANGERS,
    seed: int = 20_260_306,
) -> tuple[Whole, bool]:
    """Strangers that stand for a source, `most` at most, chosen by their numbers alone; and whether of its community.

    The match is widened until `FEWEST` fit, as in `matched`; nobody where they do not fit even then.
    """
    shown = np.diff(times.shown_first)
    degree = np.bincount(exposure.source[exposure.is_exposed], minlength=times.n_accounts)
    known = exposure.source[exposure.first[target] : exposure.first[target + 1]]
    fits = shown > 0
    fits[known] = False
    fits[[source, target]] = False
    classes = [
        size_class(shown) == size_class(shown)[source],
        community == community[source],
        size_class(degree) == size_class(degree)[source],
    ]
    hours = usual_hours(times, exposure.since)
    classes.append(hours == hours[source])
    for is_alike in (classes, classes[:3], classes[:2], classes[:1]):
        members = np.flatnonzero(fits & np.all(is_alike, axis=0))
        if members.size >= FEWEST:
            chosen = members[np.argsort(uniforms(seed, members), kind="stable")[:most]]
            return np.sort(chosen), len(is_alike) > 1
    return np.zeros(0, np.int64), False


def last_before(times: Timeline, account_id: str, hours: Floats) -> tuple[Whole, Floats]:
    """For each moment the last act of the account before it that others saw, -1 where none, and how long ago."""
    place = _place(times, account_id)
    if place is None:
        return np.full(hours.size, -1), np.full(hours.size, np.nan)
    shown = times.shown_act[times.shown_first[place] : times.shown_first[place + 1]]
    found = np.searchsorted(times.hours[shown], hours, side="left") - 1
    act = np.where(found >= 0, shown[np.maximum(found, 0)], -1) if shown.size else np.full(hours.size, -1)
    return act, np.where(act >= 0, hours - times.hours[np.maximum(act, 0)], np.nan)


def _within(times: Timeline, account: int, hours: Floats) -> list[int]:
    shown = times.shown_act[times.shown_first[account] : times.shown_first[account + 1]]
    at = np.append(-np.inf, times.hours[shown])
    age = hours - at[np.searchsorted(at, hours, side="left") - 1]
    return [int(np.count_nonzero(age <= window)) for window in WINDOW_HOURS]


def _place(times: Timeline, account_id: str) -> int | None:
    found = pc.index(times.account_id, account_id).as_py()
    return None if found < 0 else int(found)

"""What is known of the owner -> at most three things to do, each with the change to be expected.

- mute_sources: the fewest sources that made a fifth of the moved acts, at most three. The change is the share that
  sources so chosen made AFTERWARDS (`outlook`), if nothing takes their place.
- quiet_hours: the three hours that hold most of what was passed on without words, chosen on earlier weeks and measured
  on later ones. The change is what falls away when these hours become like the others: nothing where they are alike.
  Said only where later weeks are surely above that.
- wait_before_passing: the share of what was passed on without words within an hour. Nobody knows how much of it would
  be passed on after all: the part that would not is anything from none to all (uniform), and the interval says so.
- leave_lists and refuse_criteria: the share of ads that would not have been shown (`advice_ads`).
- widen_sources: half of the moved acts come from three sources or fewer, surely. What more sources would change cannot
  be read from an archive: the effect is null.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from scipy import special

from ascendant.patterns.clock import DAY, HOUR, local_micros
from ascendant.patterns.mirror.acts import Acts, Flags, Whole
from ascendant.patterns.mirror.advice_ads import leave_lists, refuse_criteria
from ascendant.patterns.mirror.outlook import FEWEST_ACTS, after_choice, fall
from ascendant.patterns.mirror.passing import HOUR as AN_HOUR
from ascendant.patterns.mirror.passing import without_words
from ascendant.patterns.options import PatternOptions

MOST: Final = 3
SOURCES_OF: Final = 5  # muted are those that made one in so many
MOST_SOURCES: Final = 3
BLOCK_HOURS: Final = 3
_FEWEST_DELAYS: Final = 10
_SURE: Final = 0.98  # of the interval that must lie above equal hours: one in a hundred is above by chance
Row = dict[str, Any]


def advice(
    acts: Acts, facts: list[Row], concentration: list[Row], zone: str, options: PatternOptions
) -> list[dict[str, object]]:
    """Rows of `advice`, the largest fall first; those without a measured effect come last."""
    found = [
        mute_sources(acts, zone, options),
        wait_before_passing(acts, options),
        quiet_hours(acts, zone, options),
        leave_lists(facts, options),
        refuse_criteria(facts, options),
        widen_sources(acts, concentration),
    ]
    kept = [row for row in found if row is not None]
    kept.sort(key=lambda row: (row["effect"] is None, row["effect"] or 0.0, row["key"]))
    return [{"rank": rank, **row} for rank, row in enumerate(kept[:MOST], start=1)]


def mute_sources(acts: Acts, zone: str, options: PatternOptions) -> Row | None:
    """The sources that moved most."""
    row, week, _ = _in_order(acts, acts.is_attributed & acts.is_timed, zone)
    source, n = acts.source[row], acts.n[row]

    def choose(before: Flags) -> Callable[[Flags], Flags]:
        chosen = largest(source[before], n[before])
        return lambda here: np.isin(source, chosen)

    found = after_choice(week, source, n, choose, options.interval)
    if found is None or found.high <= 0:
        return None
    known = acts.is_attributed
    chosen = largest(acts.source[known], acts.n[known])
    return {
        "key": "mute_sources",
        "platform": None,
        "subjects": [acts.sources[one] for one in chosen.tolist()],
        "measure": "moved_acts",
        "n": found.n,
        **fall(found.share, found.low, found.high),
    }


def largest(source: Whole, n: Whole) -> Whole:
    """The fewest sources that make a fifth, at most three: the largest first, of equals the first.

    >>> largest(np.array([0, 1, 2, 3]), np.array([1, 3, 2, 4])).tolist()
    [3]
    >>> largest(np.arange(30), np.ones(30, int)).tolist()
    [0, 1, 2]
    """
    held = np.bincount(source, n).astype(np.int64)
    order = np.argsort(-held, kind="stable")[:MOST_SOURCES]
    enough = int(np.searchsorted(SOURCES_OF * np.cumsum(held[order]), held.sum())) + 1
    found: Whole = order[:enough]
    return found


def wait_before_passing(acts: Acts, options: PatternOptions) -> Row | None:
    """Passed on without words within an hour."""
    is_known = without_words(acts) & acts.has_delay
    n, x = int(is_known.sum()), int((is_known & (acts.delay <= AN_HOUR)).sum())
    if n < _FEWEST_DELAYS or x == 0:
        return None
    tail = (1 - options.interval) / 2
    low, high = (_part_of_share(x, n, p) for p in (tail, 1 - tail))
    return {
        "key": "wait_before_passing",
        "platform": None,
        "subjects": [],
        "measure": "passed_without_words",
        "n": n,
        **fall(x / n / 2, low, high),
    }


def _part_of_share(x: int, n: int, probability: float) -> float:
    """Quantile of a share (Jeffreys) times a part of which nothing is known (uniform)."""
    shares = special.betaincinv(x + 0.5, n - x + 0.5, (np.arange(400) + 0.5) / 400)
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        is_below = float(np.minimum(middle / np.maximum(shares, 1e-12), 1).mean()) < probability
        low, high = (middle, high) if is_below else (low, middle)
    return middle


def quiet_hours(acts: Acts, zone: str, options: PatternOptions) -> Row | None:
    """The three hours of the day that hold most of what was passed on without words."""
    row, week, micros = _in_order(acts, without_words(acts) & acts.has_clock, zone)
    hour, n = micros % DAY // HOUR, acts.n[row]

    def choose(before: Flags) -> Callable[[Flags], Flags]:
        first = busiest(hour[before], n[before])
        return lambda here: (hour - first) % 24 < BLOCK_HOURS

    surely = after_choice(week, hour, n, choose, _SURE)
    found = after_choice(week, hour, n, choose, options.interval)
    if found is None or surely is None or excess(surely.low) <= 0:
        return None
    first = busiest(hour, n)
    return {
        "key": "quiet_hours",
        "platform": None,
        "subjects": [str((first + one) % 24) for one in range(BLOCK_HOURS)],
        "measure": "passed_without_words",
        "n": found.n,
        **fall(excess(found.share), excess(found.low), excess(found.high)),
    }


def busiest(hour: Whole, n: Whole) -> int:
    """The hour with which the fullest block of three begins, across midnight too; of equals the first.

    >>> busiest(np.array([23, 0, 1, 9]), np.array([2, 2, 1, 4]))
    23
    """
    held = np.bincount(hour, n, 24)
    return int(np.argmax(sum(np.roll(held, -one) for one in range(BLOCK_HOURS))))


def excess(share: float) -> float:
    """What falls away when a block of hours with that share becomes like the others; 0 where it is like them.

    >>> excess(3 / 24), excess(1.0)
    (0.0, 1.0)
    """
    return share - (1 - share) * BLOCK_HOURS / (24 - BLOCK_HOURS)


def widen_sources(acts: Acts, concentration: list[Row]) -> Row | None:
    """Few sources make half."""
    every = concentration[0]
    if every["n_attributed"] < FEWEST_ACTS or every["n_half_high"] > MOST_SOURCES:
        return None
    known = acts.is_attributed
    held = np.bincount(acts.source[known], acts.n[known])
    first = np.argsort(-held, kind="stable")[: every["n_half"]]
    return {
        "key": "widen_sources",
        "platform": None,
        "subjects": [acts.sources[one] for one in first.tolist()],
        "measure": "moved_acts",
        "n": every["n_attributed"],
        "effect": None,
        "low": None,
        "high": None,
    }


def _in_order(acts: Acts, is_it: Flags, zone: str) -> tuple[Whole, Whole, Whole]:
    """Rows in the order of time (of equals, of ids), their weeks, and their times on the clock of the zone."""
    row = np.flatnonzero(is_it)
    row = row[np.argsort(acts.happened[row], kind="stable")]
    micros = local_micros(acts.happened[row], zone)
    return row, (micros // DAY + 3) // 7, micros

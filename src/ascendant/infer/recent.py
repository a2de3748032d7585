"""Acts -> the exposed sources that acted shortly before each, by time alone: what simple rules choose among."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ascendant.infer.exposure import Exposure, Flags, Floats, Timeline, Whole

HORIZON_HOURS: Final = 48.0
_ENTRIES: Final = 1_000_000  # looked at together: bounds the memory


@dataclass(frozen=True)
class Candidates:
    """Acts and the exposed sources that acted before each within the horizon: first[n + 1], then one row a source."""

    act: Whole
    first: Whole
    pair: Whole  # place in the exposure
    age: Floats  # hours since the source's last act that others saw
    last: Whole  # place of that act among all shown acts

    @property
    def row(self) -> Whole:
        """Of each candidate, the number of the act."""
        return np.repeat(np.arange(self.act.size), np.diff(self.first))


def recent(times: Timeline, exposure: Exposure, acts: Whole, horizon_hours: float = HORIZON_HOURS) -> Candidates:
    """Who acted before each of these acts, time alone told: what a named act names is not looked at."""
    account = times.account
    width = exposure.first[account[acts] + 1] - exposure.first[account[acts]]
    hours = times.shown_hours
    # One sorted key for all accounts: each has a stretch of its own, longer than the study.
    low = float(times.hours.min(initial=0.0))
    stretch = float(times.hours.max(initial=0.0)) - low + 2 * horizon_hours + 1.0
    key = np.repeat(np.arange(times.n_accounts), np.diff(times.shown_first)) * stretch + (hours - low)
    n_found = np.zeros(acts.size, np.int64)
    pairs, ages, lasts = [np.empty(0, np.int64)], [np.empty(0)], [np.empty(0, np.int64)]
    cuts = np.searchsorted(np.cumsum(width), np.arange(0, width.sum() + _ENTRIES, _ENTRIES)[1:], "right")
    for begin, end in zip(np.append(0, cuts), np.append(cuts, acts.size), strict=True):
        some, size = acts[begin:end], width[begin:end]
        row = np.repeat(np.arange(begin, end), size)
        pair = np.arange(size.sum()) + np.repeat(exposure.first[account[some]] - (np.cumsum(size) - size), size)
        row, pair = row[exposure.is_exposed[pair]], pair[exposure.is_exposed[pair]]
        source, t = exposure.source[pair], times.hours[acts[row]]
        last = np.searchsorted(key, source * stretch + (t - low)) - 1
        # The key rounds: what happened at the same moment or later is stepped over.
        late = (last >= times.shown_first[source]) & (hours[np.maximum(last, 0)] >= t)
        last -= late
        age = t - hours[np.maximum(last, 0)]
        kept = (last >= times.shown_first[source]) & (age > 0) & (age < horizon_hours)
        n_found += np.bincount(row[kept], minlength=acts.size)
        pairs.append(pair[kept])
        ages.append(age[kept])
        lasts.append(last[kept])
    first = np.append(0, np.cumsum(n_found))
    return Candidates(acts, first, np.concatenate(pairs), np.concatenate(ages), np.concatenate(lasts))


def author_of(times: Timeline, exposure: Exposure, of: Candidates, author: Whole | None = None) -> Flags:
    """Of each candidate, whether the act names it; `author` of all acts where the timeline itself does not tell."""
    named = times.author if author is None else author
    return np.asarray(exposure.source[of.pair] == named[of.act][of.row])


def only(of: Candidates, kept: Flags) -> Candidates:
    """The same acts with these candidates alone."""
    first = np.append(0, np.cumsum(np.bincount(of.row[kept], minlength=of.act.size)))
    return Candidates(of.act, first, of.pair[kept], of.age[kept], of.last[kept])


def shared(score: Floats, of: Candidates) -> Floats:
    """Scores as shares of the act's sum: the credit for one act."""
    total = np.bincount(of.row, score, of.act.size)
    return np.asarray(score / np.maximum(total[of.row], 1e-300))


def rank_of(score: Floats, of: Candidates, chosen: Flags) -> Floats:
    """Rank of each chosen candidate among its act's, from 1; equals share the mean rank of their places.

    >>> of = Candidates(np.array([7]), np.array([0, 3]), np.arange(3), np.ones(3), np.zeros(3, np.int64))
    >>> rank_of(np.array([2.0, 5.0, 2.0]), of, np.array([True, False, False])).tolist()
    [2.5]
    """
    mine = np.zeros(of.act.size)
    row = of.row
    mine[row[chosen]] = score[chosen]
    above = np.bincount(row, score > mine[row], of.act.size)
    alike = np.bincount(row, score == mine[row], of.act.size)
    return np.asarray((above + (alike + 1) / 2)[row[chosen]])

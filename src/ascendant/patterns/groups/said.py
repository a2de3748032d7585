"""Groups -> what is said of them: meetings against chance, tempo, and the objects side by side.

A member meets its group where it acts on an object within the group's window of another member's act. By chance it
would meet it as often as whoever acts in the same strata does. How often people with one interest would is in `pace`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.kernels.meetings import meetings, moments
from ascendant.kernels.pairs import spans
from ascendant.patterns.groups.company import SECOND, Events, Places, Whole

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_FEWEST_OF_MEMBER: Final = 2  # meetings of a member, within the window of its group


@dataclass(frozen=True)
class Meetings:
    """Of each member (ascending by account): moments of meeting, and expected by chance. Of each event: is it one."""

    member: Places
    n: Places
    expected: Floats
    is_meeting: Flags

    @property
    def is_stray(self) -> Flags:
        """Members that do not keep the pace of their group: they met it once, or no more often than chance gives."""
        found: Flags = (self.n < _FEWEST_OF_MEMBER) | (self.n <= self.expected)
        return found


def meetings_of(events: Events, stratum: Whole, group: Places, window: Places) -> Meetings:
    """`group` of each account (-1: none), `window` of each group by its place."""
    member = np.flatnonzero(group >= 0).astype(np.int32)
    which, event = met_by_group(events, group, window)
    n_strata = int(stratum.max(initial=-1)) + 1
    key, n = np.unique(which.astype(np.int64) * n_strata + stratum[event], return_counts=True)
    share = n / np.bincount(stratum, minlength=n_strata)[key % max(n_strata, 1)] if n_strata else n
    own = group[events.account].astype(np.int64)
    wanted = own * n_strata + stratum
    place = np.minimum(np.searchsorted(key, wanted), max(key.size - 1, 0))
    has = (own >= 0) & (key[place] == wanted) if key.size else np.zeros(own.size, np.bool_)
    rate = np.where(has, share[place], 0.0) if key.size else np.zeros(own.size)
    is_meeting = np.zeros(own.size, np.bool_)
    is_meeting[event[which == own[event]]] = True
    n_moments, expected = moments(
        member,
        group[member],
        events.windows[window],
        events.account_first,
        events.own.at,
        events.own.instead,
        is_meeting,
        rate,
    )
    return Meetings(member, n_moments, expected, is_meeting)


def tempo_of(events: Events, group: Places) -> Floats:
    """Of each event the seconds to the nearest act of another member of its group on the same object; nan for none."""
    own = group[events.account]
    chosen = np.flatnonzero(own >= 0)
    found = np.full(own.size, np.nan)
    key = events.object[chosen] * (int(own.max(initial=0)) + 1) + own[chosen]
    order = chosen[np.lexsort((events.at[chosen], key))]
    key, when = np.sort(key), events.at[order]
    gap = np.where(key[1:] == key[:-1], (when[1:] - when[:-1]) / SECOND, np.nan)
    coarse = events.is_to_the_minute[order]
    gap = np.where(coarse[1:] | coarse[:-1], np.maximum(gap, 60.0), gap)  # no less is known
    found[order] = np.fmin(np.append(gap, np.nan), np.append(np.nan, gap))[: order.size]
    return found


def met_by_group(events: Events, group: Places, window: Places) -> tuple[Places, Places]:
    """Group and event of each meeting, whoever acts there. `window` of each group by its place."""
    of_event = group[events.account]
    timed = np.stack([events.timed(length) for length in events.windows])
    of_members = np.flatnonzero(of_event >= 0)
    of_members = of_members[timed[window[of_event[of_members]], of_members]]
    event: Places = of_members[np.argsort(of_event[of_members], kind="stable")].astype(np.int32)
    which = of_event[event]
    first, last = np.zeros(event.size, np.int32), np.zeros(event.size, np.int32)
    for w in np.unique(window):
        here = np.flatnonzero(window[which] == w)
        place = event[here]
        found = spans(events.object_first, events.at, events.object[place], events.at[place], events.windows[w : w + 1])
        first[here], last[here] = found[0][0], found[1][0]
    met_by, met = meetings(event.astype(np.int32), which, first, last, of_event.size)
    kept = timed[window[met_by], met]
    return met_by[kept], met[kept]

"""Groups -> what is said of them: meetings against chance, tempo, pace, and the objects side by side.

A member meets its group where it acts on an object within the group's window of another member's act. By chance it
would meet it as often as whoever acts in the same strata does. Beside it stands the *pace*: how often members would
meet on the very objects that they share, if each of them came as late upon an object as accounts usually do. Fans and
colleagues share objects; a group that meets no more than such a pace gives shares an interest, and that may be all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.kernels.meetings import meetings, moments
from ascendant.kernels.pairs import spans
from ascendant.patterns.groups.chance import deal
from ascendant.patterns.groups.company import SECOND, Events, Places, Whole

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_PACES: Final = 40  # draws of the usual pace
_CROWDS: Final = np.array([3, 5, 10, 30, 100, 300])  # accounts on an object: the pace of a crowd is another


@dataclass(frozen=True)
class Meetings:
    """Of each member (ascending by account): moments of meeting, and expected by chance. Of each event: is it one."""

    member: Places
    n: Places
    expected: Floats
    is_meeting: Flags


@dataclass(frozen=True)
class Pace:
    """Of each group: meetings on objects at the usual pace, in the mean, and the share of draws that have as many."""

    n: Whole
    usual: Floats
    p: Floats


def meetings_of(events: Events, stratum: Whole, group: Places, window: Places) -> Meetings:
    """`group` of each account (-1: none), `window` of each group by its place."""
    member = np.flatnonzero(group >= 0).astype(np.int32)
    which, event = _met(events, group, window)
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


def pace_of(events: Events, group: Places, window: Places, is_meeting: Flags, seed: int) -> Pace:
    """How often members of each group would meet on their own objects at the usual pace."""
    n_groups = window.size
    own = group[events.account]
    chosen = np.flatnonzero(own >= 0)
    n = np.bincount(own[is_meeting], minlength=n_groups)
    if n_groups == 0:
        return Pace(n, np.zeros(0), np.zeros(0))
    size = np.diff(events.object_first)[events.object]
    begins = events.at[events.object_first[events.object]]
    later = np.arange(events.object.size) > events.object_first[events.object]
    crowd = np.digitize(size, _CROWDS) * 16 + events.trace
    place = np.flatnonzero(later)
    total, reached = np.zeros(n_groups), np.ones(n_groups)
    for turn in range(_PACES):
        rng = np.random.default_rng([seed, 1, turn])
        at = events.at.copy()
        at[place] = begins[place] + (events.at - begins)[place[deal(crowd[place], rng)]]
        met = np.bincount(own[chosen[_near_others(events, chosen, own, at, window)]], minlength=n_groups)
        total += met
        reached += met >= n
    return Pace(n, total / _PACES, reached / (_PACES + 1))


def _near_others(events: Events, chosen: Whole, own: Places, at: Whole, window: Places) -> Flags:
    """Of members' events at other times, all of them moved: whether another member is near on the same object."""
    key = events.object[chosen] * (own.max() + 1) + own[chosen]
    order = np.lexsort((at[chosen], key))
    key, when, wide = key[order], at[chosen][order], events.windows[window][own[chosen][order]]
    near = np.append((key[1:] == key[:-1]) & (when[1:] - when[:-1] <= wide[1:]), False)
    found = np.zeros(chosen.size, np.bool_)
    found[order] = near | np.append(False, near[:-1])
    return found


def tempo_of(events: Events, group: Places) -> Floats:
    """Of each event the seconds to the nearest act of another member of its group on the same object; nan for none."""
    own = group[events.account]
    chosen = np.flatnonzero(own >= 0)
    found = np.full(own.size, np.nan)
    key = events.object[chosen] * (int(own.max(initial=0)) + 1) + own[chosen]
    order = chosen[np.lexsort((events.at[chosen], key))]
    key, when = np.sort(key), events.at[order]
    gap = np.where(key[1:] == key[:-1], (when[1:] - when[:-1]) / SECOND, np.nan)
    found[order] = np.fmin(np.append(gap, np.nan), np.append(np.nan, gap))[: order.size]
    return found


def _met(events: Events, group: Places, window: Places) -> tuple[Places, Places]:
    """Group and event of each meeting, whoever acts there."""
    of_event = group[events.account]
    event = np.flatnonzero(of_event >= 0)
    event = event[np.argsort(of_event[event], kind="stable")].astype(np.int32)
    which = of_event[event]
    first, last = np.zeros(event.size, np.int32), np.zeros(event.size, np.int32)
    for w in np.unique(window):
        here = np.flatnonzero(window[which] == w)
        place = event[here]
        found = spans(
            events.object_first, events.at, events.object[place], events.at[place], events.windows[w : w + 1]
        )
        first[here], last[here] = found[0][0], found[1][0]
    return meetings(event, which, first, last, of_event.size)

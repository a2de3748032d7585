"""Groups -> what is said of them: meetings against chance, tempo, pace, and the objects side by side.

A member meets its group where it acts on an object within the group's window of another member's act. By chance it
would meet it as often as whoever acts in the same strata does. Beside it stands the *pace*: how often members would
meet on the very objects that they share, if each of them came as late upon an object as accounts usually do. Fans and
colleagues share objects; a group that meets no more than such a pace gives shares an interest, and that may be all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.kernels.meetings import meetings, moments
from ascendant.kernels.pairs import spans
from ascendant.patterns.groups.chance import deal
from ascendant.patterns.groups.company import SECOND, Events, Places, Whole
from ascendant.patterns.groups.objects import PASSING_ON, TRACES

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_PACES: Final = 60  # draws of the usual pace
_DISTANCE: Final = 6.0  # standard deviations, in the best of four windows
_RATIO: Final = 1.5  # meetings against the usual pace: closer to it, a shared interest is explanation enough
_SURE_DISTANCE: Final = 10.0  # of a large group, which is much of the usual pace itself
_SURE_RATIO: Final = 1.25
_RATIO_PASSING: Final = 2.5  # the same of what is only passed on (docs/decisions/0009-groups.md)
_LEAST_VARIANCE: Final = 1.0  # of meetings: with few, draws may all be alike
_FEWEST_MEETINGS: Final = 8  # and as many as there are members
_FEWEST_OF_MEMBER: Final = 2  # meetings of a member, within the window of its group
_LARGE: Final = 500  # accounts on an object: among more, two members hardly draw the same place
_FEWEST_DELAYS: Final = 30
_NEVER: Final = np.iinfo(np.int64).max
_CROWDS: Final = np.array([3, 5, 10, 30, 100, 300])  # accounts on an object: the pace of a crowd is another


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


@dataclass(frozen=True)
class Pace:
    """Of each group, in the window in which it is furthest beyond the usual pace.

    Meetings on objects, as many as the usual pace gives in the mean, and the distance in standard deviations of draws.
    """

    window: Places
    n: Whole
    usual: Floats
    distance: Floats
    is_beyond: Flags

    def take(self, kept: Flags | Whole) -> Pace:
        """Of some groups, in this order."""
        return Pace(self.window[kept], self.n[kept], self.usual[kept], self.distance[kept], self.is_beyond[kept])


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


def pace_of(events: Events, group: Places, n_groups: int, seed: int) -> Pace:
    """How often members of each group meet on objects, and would if each came upon each as late as others do.

    Where at least as many others acted on the object, members take the places of any who did: an object that comes up
    again brings all its audience at once. Elsewhere delays after its first act are drawn from accounts in no group, on
    the same trace and in crowds of like size. What is said in own words and what is only passed on are judged apart:
    people who pass on what they see of one another come close in time by that alone.
    """
    passing = np.isin(events.trace, [TRACES.index(name) for name in PASSING_ON])
    own = _pace(events, group, n_groups, seed, ~passing, least_ratio=_RATIO)
    passed = _pace(events, group, n_groups, seed, passing, least_ratio=_RATIO_PASSING)
    chosen = np.where(own.is_beyond | (~passed.is_beyond & (own.distance >= passed.distance)), 0, 1)
    columns = (
        np.stack(both)[chosen, np.arange(n_groups)]
        for both in zip(
            *((one.window, one.n, one.usual, one.distance, one.is_beyond) for one in (own, passed)), strict=True
        )
    )
    return Pace(*columns)


def _pace(events: Events, group: Places, n_groups: int, seed: int, is_considered: Flags, *, least_ratio: float) -> Pace:
    """The same for some of the traces."""
    own, n_windows = group[events.account], events.windows.size
    if n_groups == 0:
        none = np.zeros(0)
        return Pace(none.astype(np.int32), none.astype(np.int64), none, none, none.astype(np.bool_))
    chosen = np.flatnonzero((own >= 0) & is_considered)
    begins = events.at[events.object_first[events.object]]
    later = np.arange(own.size) > events.object_first[events.object]
    crowd = np.digitize(np.diff(events.object_first)[events.object], _CROWDS) * 16 + events.trace
    pools = _pools(crowd, events.trace, events.at - begins, later & (own < 0))
    observed = _met_by_window(events, chosen, own, events.at[chosen], n_groups)
    total, squares = np.zeros((n_groups, n_windows)), np.zeros((n_groups, n_windows))
    of_object = np.bincount(events.object[chosen], minlength=events.object_first.size - 1)
    is_crowded = (np.diff(events.object_first) >= 2 * of_object)[events.object]
    alone = {
        int(number): np.flatnonzero((crowd[chosen] == number) & later[chosen] & ~is_crowded[chosen])
        for number in np.unique(crowd[chosen])
    }
    size = np.diff(events.object_first)
    is_large = (size > _LARGE)[events.object]
    crowded = np.flatnonzero(is_crowded & ~is_large & (of_object > 0)[events.object])
    viral = chosen[is_large[chosen]]
    for turn in range(_PACES):
        rng = np.random.default_rng([seed, 1, turn])
        at = events.at.copy()
        at[crowded] = events.at[crowded[deal(events.object[crowded], rng)]]
        drawn = (rng.random(viral.size) * size[events.object[viral]]).astype(np.int64)
        at[viral] = events.at[events.object_first[events.object[viral]] + drawn]
        at = at[chosen]
        for number, here in alone.items():
            pool = pools(number)
            if pool.size:
                at[here] = begins[chosen[here]] + pool[rng.integers(0, pool.size, here.size)]
        met = _met_by_window(events, chosen, own, at, n_groups)
        total += met
        squares += met.astype(float) ** 2
    usual = total / _PACES
    spread = np.sqrt(np.maximum(squares / _PACES - usual**2, 0.0) + _LEAST_VARIANCE)
    distance = (observed - usual) / spread
    best = distance.argmax(axis=1)
    rows = np.arange(n_groups)
    least = np.maximum(_FEWEST_MEETINGS, np.bincount(group[group >= 0], minlength=n_groups))
    n, expected, far = observed[rows, best], usual[rows, best], distance[rows, best]
    is_beyond = (far >= _DISTANCE) & (n >= least_ratio * expected)
    if least_ratio == _RATIO:
        is_beyond |= (far >= _SURE_DISTANCE) & (n >= _SURE_RATIO * expected)
    return Pace(best.astype(np.int32), n, expected, far, is_beyond & (n >= least))


def _met_by_window(events: Events, chosen: Whole, own: Places, at: Whole, n_groups: int) -> Whole:
    """[groups, W]: members' events at these times that have another member's on the same object within the window."""
    found = np.zeros((n_groups, events.windows.size), np.int64)
    key = events.object[chosen] * n_groups + own[chosen]
    order = np.lexsort((at, key))
    known, nearest = np.zeros(0, np.bool_), np.zeros(0, np.int64)
    for w, window in enumerate(events.windows):
        timed = events.timed(window)[chosen[order]]
        if w == 0 or (timed != known).any():
            known, which = timed, order[timed]
            gap = np.where(key[which][1:] == key[which][:-1], np.diff(at[which]), _NEVER)
            nearest = np.minimum(np.append(gap, _NEVER), np.append(_NEVER, gap))[: which.size]
        found[:, w] = np.bincount(own[chosen[which]][nearest <= window], minlength=n_groups)
    return found


def _pools(crowd: Whole, trace: NDArray[np.int8], delay: Whole, of_others: Flags) -> Callable[[int], Whole]:
    """Delays of others by trace and crowd; where these are few, of the trace in any crowd, and then of all traces."""
    found = {int(number): delay[of_others & (crowd == number)] for number in np.unique(crowd)}
    wider = {int(number): delay[of_others & (trace == number)] for number in np.unique(trace)}
    widest = delay[of_others]

    def pool(number: int) -> Whole:
        pools = (found[number], wider[number % 16], widest)
        return next((pool for pool in pools if pool.size >= _FEWEST_DELAYS), widest)

    return pool


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

"""Circles -> those that act faster together than people with one interest: their pace beside the usual one.

The usual pace is how often members would meet on the very objects that they share, if each of them came as late upon an
object as accounts usually do. Fans and colleagues share objects; a circle that meets no more than such a pace gives
shares an interest, and that may be all. A member whose own meetings are no more than its usual pace was taken along by
others: it is none, and the circle is looked at again without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ascendant.patterns.groups.chance import deal
from ascendant.patterns.groups.circles import Found
from ascendant.patterns.groups.company import Events, Places, Whole
from ascendant.patterns.groups.objects import PASSING_ON, TRACES

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_PACES: Final = 60  # draws of the usual pace
_LEAST_VARIANCE: Final = 1.0  # of meetings: with few, draws may all be alike
_FEWEST_MEETINGS: Final = 8  # and as many as there are members
_LARGE: Final = 500  # accounts on an object: among more, two members hardly draw the same place
_FEWEST_DELAYS: Final = 30
_NEVER: Final = np.iinfo(np.int64).max
_CROWDS: Final = np.array([3, 5, 10, 30, 100, 300])  # accounts on an object: the pace of a crowd is another
_MOST_ROUNDS: Final = 10  # whoever met only those who are gone goes too


@dataclass(frozen=True)
class Bar:
    """What a circle must reach on some of the traces, in the best of its windows.

    `ratios`: meetings against the usual pace, and standard deviations between the two: one of these pairs must hold.
    `of_member`: the same ratio of each member, who has few meetings, so that no deviation can be asked for.
    """

    ratios: tuple[tuple[float, float], ...]
    of_member: float


# Closer to the usual pace, a shared interest is explanation enough; a large group is much of the usual pace itself.
# Whoever passes on what others bring comes close to them in time by that alone (docs/decisions/0009-groups.md).
_OWN_WORDS: Final = Bar(ratios=((1.5, 6.0), (1.25, 10.0)), of_member=1.0)
_PASSING: Final = Bar(ratios=((2.5, 6.0),), of_member=1.5)


@dataclass(frozen=True)
class Pace:
    """Of each group, in the window in which it is furthest beyond the usual pace.

    Meetings on objects, as many as the usual pace gives in the mean, and the distance in standard deviations of draws.
    Of each account, whether it keeps the pace of its group on traces on which that is beyond the usual one.
    """

    window: Places
    n: Whole
    usual: Floats
    distance: Floats
    is_beyond: Flags
    keeps: Flags

    def take(self, kept: Flags | Whole) -> Pace:
        """Of some groups, in this order."""
        return Pace(
            self.window[kept], self.n[kept], self.usual[kept], self.distance[kept], self.is_beyond[kept], self.keeps
        )


def at_pace(events: Events, found: Found, seed: int, least: int) -> tuple[Found, Pace]:
    """The circles that are beyond the usual pace, with the members that keep it; `least` members at least."""
    for _ in range(_MOST_ROUNDS):
        pace = pace_of(events, found.group, found.n_groups, seed)
        found, pace = found.only(pace.is_beyond), pace.take(pace.is_beyond)
        behind = np.flatnonzero((found.group >= 0) & ~pace.keeps).astype(np.int32)
        if behind.size == 0:
            break
        found, left = found.without(behind, least)
        pace = pace.take(left)
    return found, pace


def pace_of(events: Events, group: Places, n_groups: int, seed: int) -> Pace:
    """How often members of each group meet on objects, and would if each came upon each as late as others do.

    Where at least as many others acted on the object, members take the places of any who did: an object that comes up
    again brings all its audience at once. Elsewhere delays after its first act are drawn from accounts in no group, on
    the same trace and in crowds of like size. What is said in own words and what is only passed on are judged apart.
    """
    passing = np.isin(events.trace, [TRACES.index(name) for name in PASSING_ON])
    own = _pace(events, group, n_groups, seed, ~passing, _OWN_WORDS)
    passed = _pace(events, group, n_groups, seed, passing, _PASSING)
    is_own = own.is_beyond | (~passed.is_beyond & (own.distance >= passed.distance))

    def better(of_own: NDArray[Any], of_passed: NDArray[Any]) -> NDArray[Any]:
        return np.where(is_own, of_own, of_passed)

    return Pace(
        window=better(own.window, passed.window),
        n=better(own.n, passed.n),
        usual=better(own.usual, passed.usual),
        distance=better(own.distance, passed.distance),
        is_beyond=own.is_beyond | passed.is_beyond,
        keeps=own.keeps | passed.keeps,
    )


def _pace(events: Events, group: Places, n_groups: int, seed: int, is_considered: Flags, bar: Bar) -> Pace:
    """The same for some of the traces. Who keeps the pace of a group that is not beyond the usual one is not said."""
    own, n_windows = group[events.account], events.windows.size
    keeps = np.zeros(group.size, np.bool_)
    if n_groups == 0:
        none = np.zeros(0)
        return Pace(none.astype(np.int32), none.astype(np.int64), none, none, none.astype(np.bool_), keeps)
    member = np.flatnonzero(group >= 0)
    of_member = group[member]
    chosen = np.flatnonzero((own >= 0) & is_considered)
    observed = _met(events, chosen, own, events.at[chosen])[member]
    total = np.zeros((member.size, n_windows))
    group_total, group_squares = np.zeros((n_groups, n_windows)), np.zeros((n_groups, n_windows))
    for at in _usual_times(events, chosen, own, seed):
        met = _met(events, chosen, own, at)[member]
        total += met
        of_group = _by_group(met, of_member, n_groups)
        group_total += of_group
        group_squares += of_group.astype(float) ** 2
    usual = group_total / _PACES
    spread = np.sqrt(np.maximum(group_squares / _PACES - usual**2, 0.0) + _LEAST_VARIANCE)
    of_groups = _by_group(observed, of_member, n_groups)
    distance = (of_groups - usual) / spread
    best, rows = distance.argmax(axis=1), np.arange(n_groups)
    n, expected, far = of_groups[rows, best], usual[rows, best], distance[rows, best]
    is_beyond = np.any([(far >= least) & (n >= ratio * expected) for ratio, least in bar.ratios], axis=0)
    is_beyond &= n >= np.maximum(_FEWEST_MEETINGS, np.bincount(of_member, minlength=n_groups))
    own_n, own_usual = (each[np.arange(member.size), best[of_member]] for each in (observed, total / _PACES))
    keeps[member] = is_beyond[of_member] & (own_n > 0) & (own_n >= bar.of_member * own_usual)
    return Pace(best.astype(np.int32), n, expected, far, is_beyond, keeps)


def _by_group(of_member: Whole, group: Places, n_groups: int) -> Whole:
    """[groups, W] sums of what members [M, W] have; `group` of each member."""
    found = np.zeros((n_groups, of_member.shape[1]), np.int64)
    np.add.at(found, group, of_member)
    return found


def _usual_times(events: Events, chosen: Whole, own: Places, seed: int) -> Iterator[Whole]:
    """Draw by draw the times of the chosen events at the usual pace; `own` is the group of each event, -1 for none."""
    begins = events.at[events.object_first[events.object]]
    later = np.arange(own.size) > events.object_first[events.object]
    crowd = np.digitize(np.diff(events.object_first)[events.object], _CROWDS) * 16 + events.trace
    pools = _pools(crowd, events.trace, events.at - begins, later & (own < 0))
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
        yield at


def _met(events: Events, chosen: Whole, own: Places, at: Whole) -> Whole:
    """[A, W]: events of each account, at these times, with another member's on the same object within the window."""
    n_groups = int(own.max(initial=0)) + 1
    found = np.zeros((events.n_accounts, events.windows.size), np.int64)
    key = events.object[chosen] * n_groups + own[chosen]
    order = np.lexsort((at, key))
    known, nearest = np.zeros(0, np.bool_), np.zeros(0, np.int64)
    for w, window in enumerate(events.windows):
        timed = events.timed(window)[chosen[order]]
        if w == 0 or (timed != known).any():
            known, which = timed, order[timed]
            gap = np.where(key[which][1:] == key[which][:-1], np.diff(at[which]), _NEVER)
            nearest = np.minimum(np.append(gap, _NEVER), np.append(_NEVER, gap))[: which.size]
        found[:, w] = np.bincount(events.account[chosen[which]][nearest <= window], minlength=events.n_accounts)
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

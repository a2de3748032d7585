"""Who acts close to a group, and how often chance would have it.

N events by object, then time
M events of members, by group   event[M], group[M], first[M], last[M]: the events on the same object within the window
The obvious versions are in tests/reference/meetings.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Places = NDArray[np.int32]


@njit(cache=CACHED, nogil=True)
def meetings(event: Places, group: Places, first: Places, last: Places, n_events: int) -> tuple[Places, Places]:
    """Events that stand within the window of an event of a group, another than themselves: group and event, by group.

    >>> group, event = meetings(np.int32([1, 2]), np.int32([0, 0]), np.int32([0, 1]), np.int32([1, 2]), 4)
    >>> group.tolist(), event.tolist()
    ([0, 0], [0, 1])
    """
    groups, events = [np.int32(0)][:0], [np.int32(0)][:0]
    seen = np.full(n_events, -1, np.int32)
    for m in range(event.size):
        for n in range(first[m], last[m] + 1):
            if n != event[m] and seen[n] != group[m]:
                seen[n] = group[m]
                groups.append(group[m])
                events.append(np.int32(n))
    return np.array(groups, np.int32), np.array(events, np.int32)


@njit(cache=CACHED, nogil=True)
def moments(
    member: Places,
    group: Places,
    window: Whole,
    visit_first: Whole,
    visit_at: Whole,
    visit_event: Places,
    met: NDArray[np.bool_],
    rate: Floats,
) -> tuple[Places, Floats]:
    """Of each member: moments in which it met its group, and in how many chance would have let it meet it.

    Visits of a member within one window of its group are one moment. Of each event, `met` says whether its account met
    its group there, `rate` how likely whoever might have acted there meets it.
    """
    hits, expected = np.zeros(member.size, np.int32), np.zeros(member.size)
    for m in range(member.size):
        begin, end = visit_first[member[m]], visit_first[member[m] + 1]
        v = begin
        while v < end:
            since, missed, was_hit = visit_at[v], 1.0, False
            while v < end and visit_at[v] - since <= window[group[m]]:
                was_hit |= met[visit_event[v]]
                missed *= 1.0 - rate[visit_event[v]]
                v += 1
            hits[m] += was_hit
            expected[m] += 1.0 - missed
    return hits, expected

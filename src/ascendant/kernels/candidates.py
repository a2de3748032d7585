"""Which recent acts may have moved each act: candidate lists, a batch of targets at a time.

All acts are sorted by account and time; hours are since the study began. A law of delays is a histogram:
edge[K + 1]  ascending, hours     density[K]  per hour, sums to 1 over the bins; nothing beyond edge[K], the horizon
first[A + 1], hours[N]      acts of each account           shown_first[A + 1], shown_hours, shown_act   those that
others see
shows, tells, lift, alike, copied  links, as in `kernels/links.py`
target[B]                   accounts of the batch          pair_first[B + 1], source[P]                  their sources
act[n], act_of[B + 1]       acts to be explained, target by target; kind 0 names nobody, 1 names an item

Of each act no more than `most` sources are looked at, and of each source `deep` acts one by one, the most recent ones:
what is older counts in bins of the law, whatever links say. So the cost is bounded by acts x recent exposures, never by
acts x sources x their acts. Twin: tests/reference/attribution.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED
from ascendant.kernels.links import link_ratio

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@njit(cache=CACHED, nogil=True)
def density_at(x: float, edge: Floats, density: Floats) -> float:
    """The law of delays at x hours; 0 outside. Bins but the first are even in the logarithm."""
    K = density.size
    if x < 0.0 or x >= edge[K]:
        return 0.0
    if x < edge[1]:
        return float(density[0])
    k = 1 + int(np.log(x / edge[1]) * ((K - 1) / np.log(edge[K] / edge[1])))
    k = min(max(k, 1), K - 1)
    if x < edge[k]:  # the logarithm rounds at the edges
        k -= 1
    elif x >= edge[k + 1]:
        k += 1
    return float(density[k])


@njit(cache=CACHED, nogil=True)
def density_of_run(t: float, hours: Floats, a: int, b: int, speed: float, edge: Floats, density: Floats) -> float:
    """Density of the delays from the acts a to b - 1 to t, summed bin by bin: as dear for a million acts as for ten."""
    total, high = 0.0, b
    for k in range(density.size):
        if high == a:
            break
        low = a + np.searchsorted(hours[a:high], t - edge[k + 1] * speed, side="right")
        total += density[k] * (high - low)
        high = low
    return total


@njit(cache=CACHED, nogil=True)
def reached_by(x: float, edge: Floats, density: Floats) -> float:
    """Share of the delays that are shorter than x hours."""
    total = 0.0
    for k in range(density.size):
        if x <= edge[k]:
            break
        total += density[k] * (min(x, edge[k + 1]) - edge[k])
    return total


@njit(cache=CACHED, nogil=True)
def follow_up(
    account: Whole,
    speed: Floats,
    first: Whole,
    hours: Floats,
    since: float,
    until: float,
    edge: Floats,
    density: Floats,
) -> Floats:
    """Of each account's acts, how many delays fall into the time that is explained, summed; speed stretches delays."""
    found = np.zeros(account.size)
    for i in range(account.size):
        for k in range(first[account[i]], first[account[i] + 1]):
            if hours[k] < until:
                late = reached_by((until - hours[k]) / speed[i], edge, density)
                early = reached_by((since - hours[k]) / speed[i], edge, density) if hours[k] < since else 0.0
                found[i] += late - early
    return found


@njit(cache=CACHED, nogil=True)
def own_bursts(
    target: Whole, act_of: Whole, act: Whole, first: Whole, hours: Floats, edge: Floats, density: Floats, deep: int
) -> Floats:
    """For each act the density of delays since the target's own earlier acts, summed."""
    found = np.zeros(act.size)
    for i in range(target.size):
        a = first[target[i]]
        for n in range(act_of[i], act_of[i + 1]):
            k, seen = act[n] - 1, 0
            while k >= a and seen < deep:
                x = hours[act[n]] - hours[k]
                if x >= edge[-1]:
                    break
                if x > 0.0:
                    found[n] += density_at(x, edge, density)
                    seen += 1
                k -= 1
            if k >= a and hours[act[n]] - hours[k] < edge[-1]:
                found[n] += density_of_run(hours[act[n]], hours, a, k + 1, 1.0, edge, density)
    return found


@njit(cache=CACHED, nogil=True)
def _last_before(passed_act: Whole, hours: Floats, a: int, b: int, t: float) -> int:
    """The last of the acts a to b - 1 that happened before t; a - 1 where none did."""
    low, high = a, b
    while low < high:
        middle = (low + high) // 2
        if hours[passed_act[middle]] < t:
            low = middle + 1
        else:
            high = middle
    return low - 1


@njit(cache=CACHED, nogil=True)
def recent_sources(
    target: Whole,
    act_of: Whole,
    act: Whole,
    kind: NDArray[np.int8],
    hours: Floats,
    pair_first: Whole,
    source: Whole,
    is_exposed: NDArray[np.bool_],
    shown_first: Whole,
    shown_hours: Floats,
    shown_act: Whole,
    shows_first: Whole,
    shows: NDArray[np.int32],
    tells_first: Whole,
    tells: NDArray[np.int32],
    lift: NDArray[np.float32],
    alike: Floats,
    copied: float,
    speed: Floats,
    author_pair: Whole,
    item: Whole,
    item_act: Whole,
    item_hours: Floats,
    passed_first: Whole,
    passed_by: NDArray[np.int32],
    passed_act: Whole,
    edge: Floats,
    density: Floats,
    most: int,
    deep: int,
) -> tuple[Whole, NDArray[np.int32], NDArray[np.float32], Whole]:
    """Of each act the pairs (numbered within the target) that may have moved it, and the density of their delays.

    An act that names nobody: exposed sources that acted within the horizon, each act by its delay and by what links
    say; the `most` with the highest density stay. An
    act that names an item: its author (first), and the exposed sources that passed the item on earlier, the last ones
    first. passed_first[I + 1], passed_by, passed_act: who passed on each item, in the order of time. item_hours is nan
    where nobody knows when the item appeared; the density is then the mean one.
    Returns entry_first[n + 1], entry_pair, entry_h, entry_act (of named acts the act behind the candidate; else -1).
    """
    n_acts = act.size
    n_found = np.zeros(n_acts, np.int64)
    widest = 1
    for i in range(target.size):
        widest = max(widest, pair_first[i + 1] - pair_first[i])
    width = min(most, widest)
    slot_pair = np.empty((n_acts, width), np.int32)
    slot_h = np.empty((n_acts, width), np.float32)
    slot_act = np.full((n_acts, width), -1, np.int64)
    typical, thin = 0.0, np.inf
    for k in range(density.size):
        typical += density[k] ** 2 * (edge[k + 1] - edge[k])
        if density[k] > 0.0:
            thin = min(thin, density[k])
    for i in range(target.size):
        p0, p1 = pair_first[i], pair_first[i + 1]
        for n in range(act_of[i], act_of[i + 1]):
            if kind[n] != 1:
                continue
            h = typical
            if not np.isnan(item_hours[n]):
                h = max(density_at((hours[act[n]] - item_hours[n]) / speed[i], edge, density), thin)
            slot_pair[n, 0], slot_h[n, 0], slot_act[n, 0] = author_pair[n], h / speed[i], item_act[n]
            n_found[n] = 1
            if item[n] < 0:
                continue
            q = _last_before(passed_act, hours, passed_first[item[n]], passed_first[item[n] + 1], hours[act[n]])
            seen = 0
            while q >= passed_first[item[n]] and seen < deep and n_found[n] < width:
                j = p0 + np.searchsorted(source[p0:p1], passed_by[q])
                if j < p1 and source[j] == passed_by[q] and is_exposed[j] and j - p0 != author_pair[n]:
                    h = max(density_at((hours[act[n]] - hours[passed_act[q]]) / speed[i], edge, density), thin)
                    slot_pair[n, n_found[n]], slot_h[n, n_found[n]] = j - p0, h / speed[i]
                    slot_act[n, n_found[n]] = passed_act[q]
                    n_found[n] += 1
                seen += 1
                q -= 1
    for i in range(target.size):
        reach = edge[-1] * speed[i]
        for j in range(pair_first[i], pair_first[i + 1]):
            if not is_exposed[j]:
                continue
            v = source[j]
            a, b = shown_first[v], shown_first[v + 1]
            if a == b:
                continue
            end = a
            for n in range(act_of[i], act_of[i + 1]):
                if kind[n] != 0:
                    continue
                t = hours[act[n]]
                while end < b and shown_hours[end] < t:
                    end += 1
                h = 0.0
                k = end - 1
                stop = max(a, end - deep)
                is_told = copied > 0.0 and tells_first[act[n]] < tells_first[act[n] + 1]
                while k >= stop and t - shown_hours[k] < reach:
                    g = density_at((t - shown_hours[k]) / speed[i], edge, density)
                    if is_told:
                        links = link_ratio(
                            act[n], shown_act[k], shows_first, shows, tells_first, tells, lift, alike[v], copied
                        )
                        g *= links
                    h += g
                    k -= 1
                if k >= a and t - shown_hours[k] < reach:
                    h += density_of_run(t, shown_hours, a, k + 1, speed[i], edge, density)
                h /= speed[i]
                if h <= 0.0:
                    continue
                if n_found[n] < width:
                    slot_pair[n, n_found[n]] = j - pair_first[i]
                    slot_h[n, n_found[n]] = h
                    n_found[n] += 1
                else:
                    least = 0
                    for q in range(1, width):
                        if slot_h[n, q] < slot_h[n, least]:
                            least = q
                    if h > slot_h[n, least]:
                        slot_pair[n, least] = j - pair_first[i]
                        slot_h[n, least] = h
    entry_first = np.zeros(n_acts + 1, np.int64)
    entry_first[1:] = np.cumsum(n_found)
    entry_pair = np.empty(entry_first[-1], np.int32)
    entry_h = np.empty(entry_first[-1], np.float32)
    entry_act = np.empty(entry_first[-1], np.int64)
    for n in range(n_acts):
        for q in range(n_found[n]):
            entry_pair[entry_first[n] + q] = slot_pair[n, q]
            entry_h[entry_first[n] + q] = slot_h[n, q]
            entry_act[entry_first[n] + q] = slot_act[n, q]
    return entry_first, entry_pair, entry_h, entry_act

"""How much each act is what its author does anyway, at that hour, in that community.

target[B], act_of[B + 1], act[n], first[A + 1], hours[N] as in `kernels/candidates.py`. Twin:
tests/reference/attribution.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@njit(cache=CACHED, nogil=True)
def background(
    target: Whole,
    act_of: Whole,
    act: Whole,
    first: Whole,
    hours: Floats,
    weight: NDArray[np.float32],
    community: Whole,
    counts: Floats,
    week: Floats,
    personal: Floats,
    since: float,
    weekday_hour: int,
    pseudo: float,
) -> Floats:
    """For each act the density of its target's background, per mean act: 1 at an average hour of the explained time.

    counts[C, H] acts of each community in each hour after `since`, each by its weight (the chance that nobody moved
    it); week[C, 168] its shares of the hours of the week,
    mean 1; personal[B, 24] how much more of the day's hours the target has than its community. The target's own acts
    are taken out of the counts. `weekday_hour` is the hour of the week in which the explained time begins.
    """
    H = counts.shape[1]
    found = np.ones(act.size)
    level = np.empty(H)
    own = np.zeros(H)
    for i in range(target.size):
        c = community[i]
        own[:] = 0.0
        for k in range(first[target[i]], first[target[i] + 1]):
            if hours[k] >= since:
                own[min(int(hours[k] - since), H - 1)] += weight[k]
        total, shape = 0.0, 0.0
        for b in range(H):
            total += counts[c, b] - own[b]
            shape += week[c, (weekday_hour + b) % 168]
        mass = 0.0
        for b in range(H):
            w = week[c, (weekday_hour + b) % 168]
            expected = total * w / shape
            near = 0.5 * (counts[c, b] - own[b])
            near += 0.25 * (counts[c, max(b - 1, 0)] - own[max(b - 1, 0)])
            near += 0.25 * (counts[c, min(b + 1, H - 1)] - own[min(b + 1, H - 1)])
            level[b] = w * (near + pseudo) / (expected + pseudo) * personal[i, (weekday_hour + b) % 24]
            mass += level[b]
        for n in range(act_of[i], act_of[i + 1]):
            if mass > 0.0:
                found[n] = max(level[min(int(hours[act[n]] - since), H - 1)] * H / mass, 1e-6)
    return found


@njit(cache=CACHED, nogil=True)
def held(
    first: Whole,
    hours: Floats,
    weight: NDArray[np.float32],
    community: Whole,
    n: int,
    since: float,
    n_hours: int,
    weekday_hour: int,
) -> tuple[Floats, Floats]:
    """Acts of each of n communities by weight: in each hour after `since`, and in each hour of the week at any time.

    >>> times = np.array([0, 2]), np.array([1.0, 3.5]), np.ones(2, np.float32)
    >>> counts, week = held(*times, np.array([0]), 1, 2.0, 3, 24)
    >>> counts.tolist(), np.flatnonzero(week[0]).tolist()
    ([[0.0, 1.0, 0.0]], [23, 25])
    """
    counts, week = np.zeros((n, n_hours)), np.zeros((n, 168))
    for a in range(first.size - 1):
        c = community[a]
        for k in range(first[a], first[a + 1]):
            if weight[k] <= 0.0:
                continue
            if hours[k] >= since:
                counts[c, min(int(hours[k] - since), n_hours - 1)] += weight[k]
            week[c, (int(np.floor(hours[k] - since)) + weekday_hour) % 168] += weight[k]
    return counts, week

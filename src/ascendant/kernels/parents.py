"""Which act of a source, or of one's own, stands behind each act, once its cause is drawn.

Arrays as in `kernels/candidates.py`; own_edge and own_density are the law of delays of own bursts.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED
from ascendant.kernels.candidates import density_at
from ascendant.kernels.links import link_ratio

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@njit(cache=CACHED, nogil=True)
def parent_acts(
    act_of: Whole,
    act: Whole,
    cause: NDArray[np.int32],
    draw: Floats,
    target: Whole,
    pair_first: Whole,
    source: Whole,
    speed: Floats,
    first: Whole,
    hours: Floats,
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
    edge: Floats,
    density: Floats,
    own_edge: Floats,
    own_density: Floats,
    deep: int,
) -> Whole:
    """The act behind each cause: -1 background, -2 own burst, else a pair; draw[n] in [0, 1) chooses among acts."""
    found = np.full(act.size, -1, np.int64)
    for i in range(target.size):
        for n in range(act_of[i], act_of[i + 1]):
            t = hours[act[n]]
            if cause[n] == -2:
                a, k = first[target[i]], act[n] - 1
                total, seen, q = 0.0, 0, k
                while q >= a and seen < deep and t - hours[q] < own_edge[-1]:
                    if t > hours[q]:
                        total += density_at(t - hours[q], own_edge, own_density)
                        seen += 1
                    q -= 1
                left, q, seen = draw[n] * total, k, 0
                while q >= a and seen < deep and t - hours[q] < own_edge[-1]:
                    if t > hours[q]:
                        g = density_at(t - hours[q], own_edge, own_density)
                        left -= g
                        seen += 1
                        if g > 0.0:
                            found[n] = q
                        if left < 0.0:
                            break
                    q -= 1
            elif cause[n] >= 0:
                v = source[pair_first[i] + cause[n]]
                a, b = shown_first[v], shown_first[v + 1]
                end = a + np.searchsorted(shown_hours[a:b], t)
                total, k = 0.0, end - 1
                stop = max(a, end - deep)
                is_told = copied > 0.0 and tells_first[act[n]] < tells_first[act[n] + 1]
                while k >= stop and t - shown_hours[k] < edge[-1] * speed[i]:
                    g = density_at((t - shown_hours[k]) / speed[i], edge, density)
                    if is_told:
                        links = link_ratio(
                            act[n], shown_act[k], shows_first, shows, tells_first, tells, lift, alike[v], copied
                        )
                        g *= links
                    total += g
                    k -= 1
                left, k = draw[n] * total, end - 1
                while k >= stop and t - shown_hours[k] < edge[-1] * speed[i]:
                    g = density_at((t - shown_hours[k]) / speed[i], edge, density)
                    if is_told:
                        links = link_ratio(
                            act[n], shown_act[k], shows_first, shows, tells_first, tells, lift, alike[v], copied
                        )
                        g *= links
                    left -= g
                    if g > 0.0:
                        found[n] = shown_act[k]
                    if left < 0.0:
                        break
                    k -= 1
    return found

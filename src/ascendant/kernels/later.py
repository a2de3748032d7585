"""Links that acts share with acts of their sources that came later, and so cannot have been copied from them.

Arrays as in `kernels/candidates.py` and `kernels/links.py`. Twin: tests/reference/attribution.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED
from ascendant.kernels.candidates import density_at
from ascendant.kernels.links import shared_lift

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@njit(cache=CACHED, nogil=True)
def later_shares(
    target: Whole,
    act_of: Whole,
    act: Whole,
    hours: Floats,
    pair_first: Whole,
    source: Whole,
    is_asked: NDArray[np.bool_],
    group: Whole,
    shown_first: Whole,
    shown_hours: Floats,
    shown_act: Whole,
    shows_first: Whole,
    shows: NDArray[np.int32],
    tells_first: Whole,
    tells: NDArray[np.int32],
    lift: NDArray[np.float32],
    speed: Floats,
    edge: Floats,
    density: Floats,
    deep: int,
    shared: Floats,
    others: Floats,
    n_pairs: Whole,
) -> None:
    """Of acts that name nobody and the later acts of their sources, those that share a link and those that do not.

    Each pair of acts is weighed by the density of its delay, as if the later one had moved the earlier. group[A] is
    each source's. shared[G, bins] by the logarithm of the lift to base 2, others[G], n_pairs[G] are added to.
    """
    for i in range(target.size):
        reach = edge[-1] * speed[i]
        for j in range(pair_first[i], pair_first[i + 1]):
            if not is_asked[j]:
                continue
            v = source[j]
            a, b = shown_first[v], shown_first[v + 1]
            begin = a
            for n in range(act_of[i], act_of[i + 1]):
                if tells_first[act[n]] == tells_first[act[n] + 1]:
                    continue
                t = hours[act[n]]
                while begin < b and shown_hours[begin] <= t:
                    begin += 1
                k = begin
                while k < b and k < begin + deep and shown_hours[k] - t < reach:
                    total = shared_lift(act[n], shown_act[k], shows_first, shows, tells_first, tells, lift, 0.0)
                    if total >= 0.0:
                        g = density_at((shown_hours[k] - t) / speed[i], edge, density)
                        n_pairs[group[v]] += 1
                        if total > 0.0:
                            place = min(max(int(np.log2(total)), 0), shared.shape[1] - 1)
                            shared[group[v], place] += g
                        else:
                            others[group[v]] += g
                    k += 1

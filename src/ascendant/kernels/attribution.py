"""Collapsed Gibbs sampling of who moved each act: one chain for each target, independent of all others.

B targets   act_of[B + 1] their acts, pair_first[B + 1] their sources (pairs), key[B] the number that seeds each stream
n acts      s[n] density of the background (mean 1), o[n] of own bursts, kind[n] 0 names nobody, 1 names an item
entries     entry_first[n + 1], entry_pair (within the target), h: density of delays since the source's recent acts
pairs       G[P] delays of the source's acts that fall into the explained time, counts[P] whether the pair was known
before it:
            the others are there only because an act names them, and teach nothing about pulls
E[B], S[B] as G for background and own bursts, z[n] cause: -1 background, -2 own burst, else a pair

An act comes from its background with rate mu s, mu ~ Gamma(am, cm); from own bursts with alpha o, alpha ~ Gamma(sa,
sb);
from source v with pull_v h, pull_v ~ (1 - pi) at 0 + pi Gamma(k, b), b ~ Gamma(cb, db) being how hard the target is to
move; what is moved names nobody with chance q ~ Beta(qs, qn). mu, alpha, pulls and q are integrated out: the chance
of a
cause is its density times the mean of its rate given all other acts. b is drawn each sweep from the pulls, drawn for
that moment from their posterior. A named act with one candidate is observed; with several, a draw among them.
Twin: tests/reference/attribution.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ascendant.kernels import CACHED
from ascendant.kernels.chance import gamma, stream, uniform

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
AM, CM, SA, SB, PI, K, CB, DB, QS, QN = range(10)  # places in `hyper`


@njit(cache=CACHED, nogil=True)
def attribute(
    key: Whole,
    act_of: Whole,
    pair_first: Whole,
    s: Floats,
    o: Floats,
    kind: NDArray[np.int8],
    entry_first: Whole,
    entry_pair: NDArray[np.int32],
    h: NDArray[np.float32],
    G: Floats,
    counts: NDArray[np.bool_],
    E: Floats,
    S: Floats,
    hyper: Floats,
    seed: int,
    n_burn: int,
    n_kept: int,
    n_thin: int,
    stride: Whole,
    z: NDArray[np.int32],
    b: Floats,
    moved: NDArray[np.int32],
    p_moved: NDArray[np.float32],
    p_entry: NDArray[np.float32],
    thinned: NDArray[np.int32],
    tally: Floats,
) -> None:
    """Run `n_burn + n_kept * stride` sweeps; z and b are where they begin and where they end.

    stride[B]  sweeps for each one that is kept; where it is 0 the target, and all that is told of it, stays as it is
    moved[n_kept, B]  acts that name nobody and that others moved      thinned[n_thin, n]  z at even distances
    p_moved[n]  chance of it, p_entry: of each candidate; both over all sweeps after the first, and neither where
    p_entry is empty
    tally[B, 6]  at the end: background, bursts, unnamed moved, named moved, pairs with pull > 0, sum of pulls
    """
    widest = 1
    for i in range(key.size):
        widest = max(widest, pair_first[i + 1] - pair_first[i])
    c = np.empty(widest, np.int64)
    base, slope, rate = np.empty(widest), np.empty(widest), np.empty(widest)
    deepest = 1
    for n in range(s.size):
        deepest = max(deepest, entry_first[n + 1] - entry_first[n])
    weight = np.empty(deepest)
    am, cm, sa, sb, pi, k = hyper[AM], hyper[CM], hyper[SA], hyper[SB], hyper[PI], hyper[K]
    is_told = p_entry.size > 0
    for i in range(key.size):
        if stride[i] == 0:
            continue
        state = stream(seed, key[i])
        p0, d = pair_first[i], pair_first[i + 1] - pair_first[i]
        n0, n1 = act_of[i], act_of[i + 1]
        n_background, n_burst, n_silent, n_named = 0, 0, 0, 0
        c[:d] = 0
        for n in range(n0, n1):
            if z[n] == -1:
                n_background += 1
            elif z[n] == -2:
                n_burst += 1
            else:
                c[z[n]] += 1
                if kind[n] == 0:
                    n_silent += 1
                elif counts[p0 + z[n]]:
                    n_named += 1
        if is_told:
            p_moved[n0:n1] = 0.0
            p_entry[entry_first[n0] : entry_first[n1]] = 0.0
        of_background, of_burst = 1.0 / (cm + E[i]), 1.0 / (sb + S[i])
        thin = 0
        for sweep in range(n_burn + n_kept * stride[i]):
            tells = is_told and sweep >= n_burn
            # How hard the target is to move, from pulls drawn for this purpose alone.
            n_on, sum_pull = 0, 0.0
            for j in range(d):
                if not counts[p0 + j] or G[p0 + j] <= 0.0:  # acts of which none is seen tell nothing of how hard it is
                    continue
                g = G[p0 + j]
                odds = pi * (b[i] / (b[i] + g)) ** k
                p_on = 1.0 if c[j] > 0 else odds / (1.0 - pi + odds)
                if c[j] > 0 or uniform(state) < p_on:
                    n_on += 1
                    sum_pull += gamma(state, k + c[j]) / (b[i] + g)
            b[i] = gamma(state, hyper[CB] + k * n_on) / (hyper[DB] + sum_pull)
            for j in range(d):
                g = G[p0 + j]
                odds = pi * (b[i] / (b[i] + g)) ** k
                slope[j] = 1.0 / (b[i] + g)
                base[j] = odds / (1.0 - pi + odds) * k * slope[j]
                rate[j] = (k + c[j]) * slope[j] if c[j] > 0 else base[j]
            for n in range(n0, n1):
                e0, e1 = entry_first[n], entry_first[n + 1]
                if kind[n] == 1 and e1 - e0 < 2:
                    continue
                old = z[n]
                if old == -1:
                    n_background -= 1
                elif old == -2:
                    n_burst -= 1
                else:
                    c[old] -= 1
                    rate[old] = (k + c[old]) * slope[old] if c[old] > 0 else base[old]
                    if kind[n] == 0:
                        n_silent -= 1
                    elif counts[p0 + old]:
                        n_named -= 1
                first_share, second_share, silent = 0.0, 0.0, 1.0
                if kind[n] == 0:
                    first_share = s[n] * (am + n_background) * of_background
                    second_share = first_share + o[n] * (sa + n_burst) * of_burst
                    silent = (hyper[QS] + n_silent) / (hyper[QS] + hyper[QN] + n_silent + n_named)
                by_others = 0.0
                for e in range(e0, e1):
                    by_others += rate[entry_pair[e]] * h[e]
                    weight[e - e0] = by_others
                total = second_share + silent * by_others
                chosen = -1
                if total > 0.0:
                    r = uniform(state) * total
                    if kind[n] == 0 and r < first_share:
                        chosen = -1
                    elif kind[n] == 0 and (r < second_share or e1 == e0):
                        chosen = -2 if o[n] > 0.0 else -1
                    else:
                        left = (r - second_share) / silent
                        low, high = 0, e1 - e0 - 1
                        while low < high:
                            middle = (low + high) // 2
                            if weight[middle] > left:
                                high = middle
                            else:
                                low = middle + 1
                        chosen = entry_pair[e0 + low]
                    if tells:
                        share = silent / total
                        p_moved[n] += share * by_others
                        for e in range(e0, e1):
                            p_entry[e] += share * rate[entry_pair[e]] * h[e]
                z[n] = chosen
                if chosen == -1:
                    n_background += 1
                elif chosen == -2:
                    n_burst += 1
                else:
                    c[chosen] += 1
                    rate[chosen] = (k + c[chosen]) * slope[chosen]
                    if kind[n] == 0:
                        n_silent += 1
                    elif counts[p0 + chosen]:
                        n_named += 1
            if sweep >= n_burn and (sweep - n_burn + 1) % stride[i] == 0:
                kept = (sweep - n_burn) // stride[i]
                moved[kept, i] = n_silent
                if n_thin > 0 and (kept + 1) * n_thin // n_kept > thin:
                    thinned[thin, n0:n1] = z[n0:n1]
                    thin += 1
        if is_told and n_kept > 0:
            p_moved[n0:n1] /= np.float32(n_kept * stride[i])
            p_entry[entry_first[n0] : entry_first[n1]] /= np.float32(n_kept * stride[i])
        n_on, sum_pull = 0, 0.0
        for j in range(d):
            if not counts[p0 + j] or G[p0 + j] <= 0.0:
                continue
            odds = pi * (b[i] / (b[i] + G[p0 + j])) ** k
            if c[j] > 0 or uniform(state) < odds / (1.0 - pi + odds):
                n_on += 1
                sum_pull += gamma(state, k + c[j]) / (b[i] + G[p0 + j])
        tally[i, 0], tally[i, 1], tally[i, 2] = n_background, n_burst, n_silent
        tally[i, 3], tally[i, 4], tally[i, 5] = n_named, n_on, sum_pull

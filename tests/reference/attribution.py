"""Who moved each act, as slowly and plainly as can be: densities act by act, and the posterior by going through every
assignment of causes."""

from itertools import product
from math import exp, lgamma, log

import numpy as np


def density_at(x, edge, density):
    for k in range(len(density)):
        if edge[k] <= x < edge[k + 1]:
            return density[k]
    return 0.0


def reached_by(x, edge, density):
    return sum(density[k] * max(0.0, min(x, edge[k + 1]) - edge[k]) for k in range(len(density)))


def recent_density(moment, earlier, speed, edge, density, ratios=None):
    """Of one act: the density of its delays since all earlier acts of one source, each times what its links say."""
    ratios = [1.0] * len(earlier) if ratios is None else ratios
    late = [(moment - t, ratio) for t, ratio in zip(earlier, ratios, strict=True) if t < moment]
    return sum(density_at(x / speed, edge, density) * ratio for x, ratio in late) / speed


def link_ratio(own, shown, alike, copied):
    """By how much links multiply that density: own {link: lift} of the act, the set of links of the earlier one."""
    if not own or not shown:
        return 1.0
    shared = sum(lift / (1 + alike * lift) for link, lift in own.items() if link in shown)
    return 1 - copied + copied * shared / len(shown)


def lifts(place, acts, hours, account, community, is_silent, widths, pseudo, unseen):
    """{link: lift} of one act of a list of sets of links, accounts and times in any order of accounts."""

    def says(i, link):
        earlier = [
            j
            for j in range(len(acts))
            if account[j] == account[i] and link in acts[j] and (hours[j], j) < (hours[i], i)
        ]
        return is_silent[i] and not earlier

    told = [(i, link) for i in range(len(acts)) for link in sorted(acts[i]) if says(i, link)]
    size = {i: sum(1 for j, _ in told if j == i) for i, _ in told}

    def others(mine, asked):
        return max(sum(1 / size[j] for j, _ in asked) - 1 / size[mine] - 1, 0.0)

    def chance(i, link):
        same = [one for one in told if one[1] == link]
        found = (others(i, same) + unseen) / (sum(1 / size[j] for j, _ in told) + unseen * len({o for _, o in told}))
        for of, width in [([0] * len(acts), widths[0]), *((community, width) for width in widths)]:
            near = [one for one in told if of[one[0]] == of[i] and abs(hours[one[0]] - hours[i]) <= width]
            alike = [one for one in near if one[1] == link]
            found = max(found, (others(i, alike) + pseudo * found) / (others(i, near) + pseudo))
        return min(found, 1.0)

    return {link: 1 / (size[i] * chance(i, link)) for i, link in told if i == place}


def follow_up(moments, speed, since, until, edge, density):
    late = sum(reached_by((until - t) / speed, edge, density) for t in moments if t < until)
    return late - sum(reached_by((since - t) / speed, edge, density) for t in moments if t < since)


def log_chance(z, b, s, o, kind, h, follow, counts, silent, own, hyper):
    """Logarithm of the joint density of causes and b, with rates, pulls and q integrated out. h[n][j], 0 for none."""
    am, cm, sa, sb, pi, k, cb, db, qs, qn = hyper
    total = (cb - 1) * log(b) - db * b
    n_background, n_burst = z.count(-1), z.count(-2)
    total += lgamma(am + n_background) - (am + n_background) * log(cm + silent)
    total += lgamma(sa + n_burst) - (sa + n_burst) * log(sb + own)
    n_silent = sum(1 for n, cause in enumerate(z) if cause >= 0 and kind[n] == 0)
    n_named = sum(1 for n, cause in enumerate(z) if cause >= 0 and kind[n] == 1 and counts[cause])
    total += lgamma(qs + n_silent) + lgamma(qn + n_named) - lgamma(qs + qn + n_silent + n_named)
    for j in range(len(follow)):
        if follow[j] <= 0:  # acts of which none is seen tell nothing of how hard an account is to move
            continue
        c = z.count(j)
        slab = pi * exp(k * log(b) + lgamma(k + c) - lgamma(k) - (k + c) * log(b + follow[j]))
        total += log(slab + (1 - pi) * (c == 0))
    for n, cause in enumerate(z):
        density = s[n] if cause == -1 else o[n] if cause == -2 else h[n][cause]
        if density <= 0.0:
            return -np.inf
        total += log(density)
    return total


def posterior(s, o, kind, h, follow, counts, silent, own, hyper, grid):
    """Chance that each act was moved by another, and of each number of such acts that name nobody; b over a grid."""
    n_pairs = len(follow)
    choices = [[-1, -2, *range(n_pairs)] if kind[n] == 0 else list(range(n_pairs)) for n in range(len(s))]
    weights, moved = [], []
    for z in product(*choices):
        logs = [
            log_chance(list(z), b, s, o, kind, h, follow, counts, silent, own, hyper) + log(b) for b in grid
        ]  # even in log b
        weights.append(np.logaddexp.reduce(logs))
        moved.append([cause >= 0 for cause in z])
    weights = np.exp(np.array(weights) - max(weights))
    weights /= weights.sum()
    moved = np.array(moved)
    n_silent = (moved & (np.array(kind) == 0)).sum(axis=1)
    return weights @ moved, np.bincount(n_silent, weights, len(s) + 1)


def background(hour, others, week, personal, weekday_hour, pseudo):
    """Level of one account's background at an hour after t0, mean 1; others[hours] are the acts of all but itself."""
    n = len(others)
    usual = [week[(weekday_hour + b) % 168] for b in range(n)]
    near = [0.25 * others[max(b - 1, 0)] + 0.5 * others[b] + 0.25 * others[min(b + 1, n - 1)] for b in range(n)]
    level = []
    for b in range(n):
        expected = sum(others) * usual[b] / sum(usual)
        level.append(usual[b] * (near[b] + pseudo) / (expected + pseudo) * personal[(weekday_hour + b) % 24])
    return max(level[hour] * n / sum(level), 1e-6)

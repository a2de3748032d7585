"""Packing of discs, as it is told: all pairs of discs, all places, all sums, every time."""

import math

import numpy as np

BETTER = 1e-9


def pack(radius, affinity, to_middle, n_sweeps):
    n = len(radius)
    places = {}
    for k in range(n):
        if k < 2:
            places[k] = (0.0, 0.0) if k == 0 else (radius[0] + radius[1], 0.0)
        else:
            places[k] = best_place(k, places, radius, affinity, to_middle)[0]
        if k + 1 >= 8 and math.log2(k + 1).is_integer():
            improve(places, radius, affinity, to_middle)
    for _ in range(n_sweeps):
        if not improve(places, radius, affinity, to_middle):
            break
    return np.array([places[k] for k in range(n)])


def best_place(k, places, radius, affinity, to_middle):
    best, best_cost = None, math.inf
    for i in sorted(places):
        for j in sorted(places):
            if i < j:
                for place in touching(places[i], radius[i] + radius[k], places[j], radius[j] + radius[k]):
                    value = cost(k, place, places, affinity, to_middle)
                    if value < best_cost * (1 - BETTER) and is_free(k, place, places, radius):
                        best, best_cost = place, value
    return best, best_cost


def touching(one, a, other, b):
    """The two points at distance a of one and b of the other."""
    between = math.dist(one, other)
    if between == 0 or between > a + b or between < abs(a - b):
        return []
    turn = math.acos(max(-1.0, min(1.0, (a * a + between * between - b * b) / (2 * a * between))))
    way = math.atan2(other[1] - one[1], other[0] - one[0])
    return [(one[0] + a * math.cos(way + side * turn), one[1] + a * math.sin(way + side * turn)) for side in (-1, 1)]


def cost(k, place, places, affinity, to_middle):
    pulls = sum(affinity[k][i] * math.dist(place, places[i]) for i in places if i != k)
    return to_middle[k] * (place[0] ** 2 + place[1] ** 2) + pulls


def is_free(k, place, places, radius):
    return all(math.dist(place, places[i]) >= (radius[i] + radius[k]) * (1 - 1e-9) for i in places if i != k)


def improve(places, radius, affinity, to_middle):
    changed = False
    for k in sorted(places):
        before = cost(k, places[k], places, affinity, to_middle)
        others = {i: place for i, place in places.items() if i != k}
        place, value = best_place(k, others, radius, affinity, to_middle)
        if value < before * (1 - BETTER):
            places[k] = place
            changed = True
    for k in sorted(places):
        for j in sorted(places):
            if k < j:
                swapped = places | {k: places[j], j: places[k]}
                values = [sum(cost(i, one[i], one, affinity, to_middle) for i in (k, j)) for one in (places, swapped)]
                free = all(is_free(i, swapped[i], swapped, radius) for i in (k, j))
                if values[1] < values[0] * (1 - BETTER) and free:
                    places.update(swapped)
                    changed = True
    return changed

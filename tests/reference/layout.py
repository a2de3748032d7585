"""Places of accounts in their discs, as it is told: one account after the other, all pairs of dots."""

import math
from functools import cache
from itertools import pairwise

import numpy as np

TURN = 2 * math.pi * (2 - (1 + math.sqrt(5)) / 2)  # the golden angle


def sunflower(size):
    far = 0.5 * np.sqrt((np.arange(size) + 0.5) / size)
    return far * np.cos(TURN * np.arange(size)), far * np.sin(TURN * np.arange(size))


def hashed(t, e, draw):
    whole = 2**64 - 1
    z = (t * 0x9E3779B97F4A7C15 + e * 0xD1B54A32D192ED03 + draw) & whole
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & whole
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & whole
    return (z ^ (z >> 31)) >> 33


def embed(start, first, second, strength, lean, turns):
    """Positions[N, 2]."""
    places = np.concatenate([np.column_stack(sunflower(b - a)) for a, b in pairwise(start)])
    for t in range(turns):
        step = 1 - t / turns
        for e, (i, j) in enumerate(zip(first, second, strict=True)):
            way = places[j] - places[i]
            pull = step * strength[e] * way / (1 + way @ way)
            places[i] += pull
            places[j] -= pull
            c = np.searchsorted(start, i, side="right") - 1
            size = start[c + 1] - start[c]
            for draw, one in enumerate((i, j)):
                way = places[one] - places[start[c] + hashed(t, e, draw) % size]
                d2 = way @ way
                if d2 > 0:
                    places[one] += step * np.clip(0.6 / ((0.1 + d2) * (1 + d2)) * way, -4, 4)
        places += step * lean
    return places


@cache
def chords():
    """Places along a diameter of the unit disc, and the share of its area before each."""
    x = np.sin(np.linspace(-math.pi / 2, math.pi / 2, 200_001))
    return (x * np.sqrt(1 - x * x) + np.arcsin(x)) / math.pi + 0.5, x


def spread(places, share, turns):
    """One community."""
    places = places - places.mean(axis=0)
    scale = np.sum(places**2)
    if scale > 0:
        places = places * math.sqrt(len(places) / 2 / scale)
    for t in range(turns):
        way = np.array([math.cos(TURN * t), math.sin(TURN * t)])
        along = places @ way
        order = np.argsort(along, kind="stable")
        end = np.cumsum(share[order])
        wanted = np.interp((end - share[order] / 2) / end[-1], *chords())
        places[order] += 0.5 * (wanted - along[order])[:, None] * way
    return places


def largest_overlap(places, radius, gap=0.0):
    """Of any two dots."""
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    overlap = radius[:, None] + radius[None] + gap - apart
    np.fill_diagonal(overlap, -np.inf)
    return max(0.0, overlap.max(initial=0.0))

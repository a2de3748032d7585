"""Accounts and their communities -> the order of the discs on the map, and how large discs and dots are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

# In thousandths of the half width, as long as a bit more than half of the map is discs.
_SPACING: Final = 740.0  # of one account among one
_LEAST, _MOST = 10.0, 28.0  # radius of a dot
DISC_GAP: Final = 10.0  # between two discs
_MOST_DISCS: Final = 200  # more could not be seen, and cannot be packed in a second
_FULL: Final = 0.55  # the share of a disc that dots may fill and still be moved apart
_LARGEST_SHARE: Final = (
    20.0  # of a dot, in shares of the smallest: beyond, a hub would throw shadows when all are spread
)
_ROOM: Final = 0.75  # the share of that which all dots together take, so that few discs have to be larger for them

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def size_law(n_moved: Floats | float) -> Floats:
    """What the radius of a dot grows in proportion to: radius = a + b * size_law, a and b being the map's.

    >>> size_law(0.0).tolist(), round(float(size_law(99.0)), 2)
    (0.0, 97.66)
    """
    return np.asarray(np.log1p(n_moved) ** 3)


@dataclass(frozen=True)
class Groups:
    """Accounts in the order of the discs: communities by falling size, then each account without a tie by itself.

    In a disc those who moved most come first. `order[N]` holds places among the accounts sorted by id, `disc[N]` the
    disc of each; `size` and `start` are those of each disc. The first `n_communities` discs are the communities, of
    the numbers in `community`; the first `n_packed` of them have a place of their own.
    """

    order: Places
    disc: Places
    size: Places
    start: Places
    community: Places
    n_packed: int

    @classmethod
    def of(cls, community: Places, n_moved: Floats) -> Groups:
        """From the community of each account, sorted by id (-1 without one), and the acts of others that it moved."""
        found, size = np.unique(community[community >= 0], return_counts=True)
        by_size = np.lexsort((found, -size))
        found, size = found[by_size], size[by_size]
        number = np.full(int(community.max(initial=0)) + 1, -1)
        number[found] = np.arange(found.size)
        is_alone = community < 0
        n, n_alone = community.size, int(np.count_nonzero(is_alone))
        disc = number[community]
        disc[is_alone] = found.size + np.arange(n_alone)
        order = np.lexsort((np.arange(n), -n_moved, disc))
        sizes = np.concatenate([size, np.ones(n_alone, np.int64)])
        smallest = max(2 if n < 500 else 3, math.ceil(n / 2000))  # that can be seen as a disc
        n_packed = min(int(np.count_nonzero(size >= smallest)), _MOST_DISCS)
        return cls(order, disc[order], sizes, np.append(0, np.cumsum(sizes)), found, n_packed)

    @property
    def n_communities(self) -> int:
        """Accounts with a tie are in so many discs."""
        return self.community.size

    @property
    def n_tied(self) -> int:
        """Accounts with a tie: they come first."""
        return int(self.start[self.n_communities])


@dataclass(frozen=True)
class Dots:
    """`radius[N]` of the dots, the area `share[N]` that each needs, `outer` radius of each disc, `gap` between dots."""

    radius: Floats
    share: Floats
    outer: Floats
    gap: float

    @classmethod
    def of(cls, n_moved: Floats, groups: Groups) -> Dots:
        """From the acts that each account moved, in the order of the groups."""
        spacing = _SPACING / math.sqrt(max(n_moved.size, 1))
        least = min(0.4 * spacing, _LEAST)
        gap = 0.2 * least
        law = size_law(n_moved)
        # Where nobody moved thirty acts, a single act is not drawn as the largest dot there can be.
        steepest = (max(_MOST, 3 * least) - least) / float(size_law(max(n_moved.max(initial=0.0), 30.0)))
        radius = least + min(steepest, _growth(law, least + gap, spacing)) * law
        taken = (radius + gap) ** 2 / _FULL
        needed = np.bincount(groups.disc, taken, groups.size.size)
        largest = radius[groups.start[:-1]] + gap  # they come first
        outer = np.maximum(np.sqrt(np.maximum(groups.size * spacing**2, needed)), largest)
        outer[groups.n_communities :] = radius[groups.n_tied :] + 2 * gap  # side by side, without a disc
        share = np.clip(taken, spacing**2, _LARGEST_SHARE * spacing**2)
        return cls(radius, share, outer, gap)


def _growth(law: Floats, least: float, spacing: float) -> float:
    """How steeply radii may grow for all dots to fit: the root of sum((least + growth * law)^2) = room."""
    a, b = float((law**2).sum()), float(least * law.sum())
    room = _ROOM * _FULL * law.size * spacing**2 - law.size * least**2
    return (math.sqrt(b * b + a * room) - b) / a if a > 0 else math.inf

"""Ties, communities and acts moved -> where each account stands on the map, and the discs of the communities.

A community is a disc; its area follows the number of its accounts, larger only where its dots need the room. Discs that
exchange much lie near each other, and none overlap. In its disc an account stands near those with whom it exchanges, as
far as there is room, and towards the other communities with which it exchanges. Communities too small to be seen as
discs, and around them the accounts without a tie, lie on a belt, where a place means nothing.

The map is 2000 wide, around (0, 0), y upwards: the same numbers in the drawing, in GEXF and in tables. The same ties
give the same places, in whatever order they come.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.kernels.layout import embed, spread, surround
from ascendant.kernels.packing import on_tracks, pack
from ascendant.kernels.settling import settle
from ascendant.patterns.map_sizes import DISC_GAP, Dots, Groups

MAP: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("community", pa.int32()),  # null without a tie
        ("x", pa.float64()),
        ("y", pa.float64()),
        ("radius", pa.float64()),  # of its dot: grows with the acts of others that it moved
    ]
)
DISCS: Final = pa.schema(
    [
        ("community", pa.int32()),
        ("x", pa.float64()),
        ("y", pa.float64()),
        ("radius", pa.float64()),
        ("n_accounts", pa.int64()),
        ("is_on_belt", pa.bool_()),  # too small for a place of its own
    ]
)
HALF_WIDTH: Final = 1000.0
_DECIMALS: Final = 3
_LARGEST_SCALE: Final = 1.4  # two accounts do not fill the map
# With less, packed discs leave holes; with more, those that exchange come apart (benchmarks/layout.py).
_TO_MIDDLE: Final = 0.6
_N_SWEEPS: Final = 6
_N_TURNS: Final = 100
_N_DIRECTIONS: Final = 60
_N_PARTINGS: Final = 200

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Map:
    """`accounts` has a row for each account, sorted by its id (`MAP`); `discs` one for each community (`DISCS`)."""

    accounts: pa.Table
    discs: pa.Table


def find_map(ties: pa.Table, communities: pa.Table, accounts: pa.Table) -> Map:
    """The map of a study: `communities` says who is on it, `accounts.n_moved_by_it` how large each dot is."""
    ids = _whole(communities["account_id"])
    by_id = pc.sort_indices(ids)
    ids = ids.take(by_id)
    known = _whole(communities["community"]).take(by_id)
    place = pc.index_in(ids, _whole(accounts["account_id"]))
    n_moved = _whole(accounts["n_moved_by_it"]).take(place).fill_null(0).to_numpy().astype(float)
    groups = Groups.of(known.fill_null(-1).to_numpy().astype(np.int64), n_moved)
    dots = Dots.of(n_moved[groups.order], groups)
    first, second, weight = _ties(ties, ids, groups)
    centre_x, centre_y = _packed(first, second, weight, groups, dots)
    x, y = _inside(first, second, weight, groups, dots, centre_x, centre_y)
    centre_x, centre_y = _on_belt(groups, dots, centre_x, centre_y)
    x, y = x + centre_x[groups.disc], y + centre_y[groups.disc]
    far = np.hypot(centre_x, centre_y) + dots.outer
    scale = min(HALF_WIDTH / far.max(initial=1.0), _LARGEST_SCALE)
    back = np.argsort(groups.order, kind="stable")
    n = groups.n_communities
    return Map(
        pa.table([ids, known, *(_rounded(value[back] * scale) for value in (x, y, dots.radius))], schema=MAP),
        pa.table(
            [
                groups.community.astype(np.int32),
                *(_rounded(value[:n] * scale) for value in (centre_x, centre_y, dots.outer)),
                groups.size[:n],
                np.arange(n) >= groups.n_packed,
            ],
            schema=DISCS,
        ),
    )


def _packed(first: Places, second: Places, weight: Floats, groups: Groups, dots: Dots) -> tuple[Floats, Floats]:
    """Centres of the packed discs, in the middle of the map."""
    n = groups.n_packed
    if n == 0:
        return np.empty(0), np.empty(0)
    one, other = groups.disc[first], groups.disc[second]
    is_between = (one != other) & (one < n) & (other < n)
    key = one[is_between] * n + other[is_between]
    exchanged = np.bincount(key, weight[is_between], n * n).reshape(n, n)
    exchanged = exchanged + exchanged.T
    # Against what each exchanges with everybody: large and busy ones are not near to all.
    total = np.maximum(exchanged.sum(axis=1), 1.0)
    radius = dots.outer[:n] + DISC_GAP / 2
    to_middle = _TO_MIDDLE * radius / radius.mean() / math.sqrt(float((radius**2).sum()))
    order = np.argsort(-radius, kind="stable")
    affinity = (exchanged / np.sqrt(np.outer(total, total)))[np.ix_(order, order)]
    x, y = _put_back(order, *pack(radius[order], affinity, to_middle[order], _N_SWEEPS))
    middle_x, middle_y = _middle(x, y, radius)
    return x - middle_x, y - middle_y


def _middle(x: Floats, y: Floats, radius: Floats) -> tuple[float, float]:
    """Nearly the centre of the smallest circle around all discs: towards the farthest, by less and less.

    The way of Badoiu and Clarkson: n steps come within 1 / n of the radius.
    """
    at_x, at_y = 0.0, 0.0
    for turn in range(1, 2000):
        far = np.hypot(x - at_x, y - at_y)
        k = int(np.argmax(far + radius))
        beyond = (1 + radius[k] / max(far[k], 1e-9)) / (turn + 1)
        at_x, at_y = at_x + beyond * (x[k] - at_x), at_y + beyond * (y[k] - at_y)
    return at_x, at_y


def _inside(
    first: Places, second: Places, weight: Floats, groups: Groups, dots: Dots, centre_x: Floats, centre_y: Floats
) -> tuple[Floats, Floats]:
    """Where each account is, seen from the centre of its disc."""
    n = groups.n_tied
    start, disc = groups.start[: groups.n_communities + 1], groups.disc[:n]
    strength = 1 - 1 / (1 + weight)
    one, other = disc[first], disc[second]
    is_inside = one == other
    is_between = ~is_inside & (one < groups.n_packed) & (other < groups.n_packed)
    a, b, pull = first[is_between], second[is_between], strength[is_between]
    ways = [centre[disc[b]] - centre[disc[a]] for centre in (centre_x, centre_y)]
    far = np.maximum(np.hypot(*ways), 1e-9)
    all_ties = np.maximum(np.bincount(first, strength, n) + np.bincount(second, strength, n), 1e-9)
    lean_x, lean_y = (
        (np.bincount(a, pull * way / far, n) - np.bincount(b, pull * way / far, n)) / all_ties for way in ways
    )
    x, y = embed(start, disc, first[is_inside], second[is_inside], strength[is_inside], lean_x, lean_y, _N_TURNS)
    surround(start, _hubs(first, second, disc), x, y)
    spread(start, x, y, dots.share[:n], _N_DIRECTIONS)
    settle(start, x, y, dots.radius[:n], dots.outer[: groups.n_communities], dots.gap, _N_PARTINGS, dots.gap / 2)
    alone = np.zeros(groups.disc.size - n)
    return np.concatenate([x, alone]), np.concatenate([y, alone])


def _hubs(first: Places, second: Places, disc: Places) -> Places:
    """For those who have one tie alone, inside their community: the account that it leads to, unless it has one too."""
    degree = np.bincount(first, minlength=disc.size) + np.bincount(second, minlength=disc.size)
    hub = np.full(disc.size, -1)
    is_inside = disc[first] == disc[second]
    for one, other in ((first[is_inside], second[is_inside]), (second[is_inside], first[is_inside])):
        hangs = (degree[one] == 1) & (degree[other] > 1)
        hub[one[hangs]] = other[hangs]
    return hub


def _on_belt(groups: Groups, dots: Dots, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Centres of all discs: small communities on tracks around the packed ones, lone accounts around these."""
    for first, end, gap in (
        (groups.n_packed, groups.n_communities, DISC_GAP / 4),
        (groups.n_communities, dots.outer.size, 0.0),
    ):
        radius = dots.outer[first:end] + gap
        order = np.argsort(-radius, kind="stable")
        inner = float((np.hypot(x, y) + dots.outer[:first]).max(initial=0.0))
        more_x, more_y = _put_back(order, *on_tracks(radius[order], inner + 2 * DISC_GAP if first else 0.0))
        x, y = np.concatenate([x, more_x]), np.concatenate([y, more_y])
    return x, y


def _put_back(order: Places, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Places that were found in an order, in the order of before."""
    was_x, was_y = np.empty_like(x), np.empty_like(y)
    was_x[order], was_y[order] = x, y
    return was_x, was_y


def _ties(ties: pa.Table, ids: pa.Array, groups: Groups) -> tuple[Places, Places, Floats]:
    """Ties without direction, each once, in ascending order of places in `groups.order`."""
    n = max(len(ids), 1)
    place = np.empty(len(ids), np.int64)
    place[groups.order] = np.arange(len(ids))
    source, target = (
        place[pc.index_in(_whole(ties[name]), ids).to_numpy().astype(np.int64)] for name in ("source_id", "target_id")
    )
    weight = pc.add(ties["n_moved"], ties["n_conversation"]).to_numpy().astype(float)
    key, row = np.unique(np.minimum(source, target) * n + np.maximum(source, target), return_inverse=True)
    return key // n, key % n, np.bincount(row, weight, key.size).astype(np.float64)


def _rounded(value: Floats) -> Floats:
    return np.asarray(value.round(_DECIMALS) + 0.0)  # without a negative zero


def _whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column

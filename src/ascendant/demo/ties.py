"""Who is exposed to whom, and how much each act of a source moves each target.

E ties   source[E] ascending   target[E]   pull[E] expected acts of the target moved by one act of the source
Pulls are solved from what each account is meant to be: its influenced share times its acts is shared out over its
sources, so that the world stays below criticality whatever the prior draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ascendant.demo.loyalty import is_from_own_group, loyal
from ascendant.demo.people import (
    CAUSE,
    COMPANY,
    CONSUMER,
    INDIVIDUAL,
    RELAY,
    TARGET,
    Flags,
    Floats,
    People,
    Whole,
)
from ascendant.demo.prior import WorldParameters

# By kind: how often it is followed, and how much it moves who follows it.
_FOLLOWED: Final = np.array([20.0, 3.0, 1.0, 40.0, 15.0, 1.0, 1.0, 1.0])
_MOVES: Final = np.array([1.5, 2.0, 6.0, 1.0, 0.7, 1.0, 1.0, 1.2])  # ordinary accounts times `ordinary_pull`
_LEAD_FOLLOWED: Final = 8.0  # times more than other accounts of its group
_STAFF_PULL: Final = 12.0
_MOST_SOURCES: Final = 500
_DRAWS_PER_SOURCE: Final = 3
_MOST_PULL: Final = 0.5  # of one act, on one account
_N_ROUNDS: Final = 30
_EAGER: Final = (0.3, 8.0)  # how many times fewer or more sources than the average one who is moved less or more often


@dataclass(frozen=True)
class Ties:
    """Sorted by source. `first[v]` to `first[v + 1]` are the ties of source v."""

    source: Whole
    target: Whole
    pull: Floats
    is_hidden: Flags  # moves without ever showing as a link
    is_friend: Flags  # answers, and is not moved
    lag: Floats  # how many times slower than the target is else
    first: Whole


@dataclass
class _Draft:
    source: Whole
    target: Whole
    weight: Floats
    is_ad: Flags
    is_friend: Flags


def make_ties(people: People, parameters: WorldParameters, exposing: Floats, rng: np.random.Generator) -> Ties:
    """`exposing[v]` are the acts of v that others see; a tie's weight is relative until it is solved here."""
    draft = _joined(
        [
            _follows(people, parameters, rng),
            _group_follows(people, rng),
            _spheres(people, rng),
            _staff(people),
            _ads(people, rng),
        ]
    )
    friends = _friends(people, parameters, rng)
    moves = _MOVES * np.where(np.arange(_MOVES.size) >= TARGET, parameters.ordinary_pull, 1.0)
    weight = draft.weight * moves[people.kind[draft.source]]
    weight *= rng.gamma(parameters.pull_spread, 1 / parameters.pull_spread, weight.size)
    weight *= rng.random(weight.size) < parameters.active_ties
    weight = loyal(weight, draft.source, draft.target, people, parameters, exposing)
    pull = _solved(weight, draft, people, exposing)
    is_hidden = (rng.random(pull.size) < parameters.hidden_exposure) | draft.is_ad
    from_own_group = is_from_own_group(draft.source, draft.target, people)
    lag = np.where(from_own_group, parameters.relay_lag, 1.0)
    is_live = pull > 0
    answers = np.full(friends.source.size, parameters.friend_answers)
    source = np.concatenate([draft.source[is_live], friends.source])
    order = np.argsort(source, kind="stable")
    nothing, all_true = np.zeros(friends.source.size, bool), np.ones(friends.source.size, bool)
    return Ties(
        source=source[order],
        target=np.concatenate([draft.target[is_live], friends.target])[order],
        pull=np.concatenate([pull[is_live], answers])[order],
        is_hidden=np.concatenate([is_hidden[is_live], nothing])[order],
        is_friend=np.concatenate([~is_live[is_live], all_true])[order],
        lag=np.concatenate([lag[is_live], np.ones(friends.source.size)])[order],
        first=np.searchsorted(source[order], np.arange(people.n + 1)),
    )


def _solved(weight: Floats, draft: _Draft, people: People, exposing: Floats) -> Floats:
    """Pulls by which each account is moved as often as it is meant to be, as far as its sources suffice."""
    wanted = people.moved_share * people.acts
    shown = exposing[draft.source]
    pull = weight
    for _ in range(_N_ROUNDS):  # what the strongest cannot bear goes to the others
        arriving = np.bincount(draft.target, pull * shown, people.n)
        factor = wanted / np.maximum(arriving, 1e-12)
        pull = np.minimum(pull * factor[draft.target], _MOST_PULL)
    return pull


def _follows(people: People, parameters: WorldParameters, rng: np.random.Generator) -> _Draft:
    """Each account follows some of its community and some of the whole platform, the popular more."""
    n = people.n
    moved = people.moved_share * people.acts
    eager = np.clip(np.sqrt(moved / max(moved.mean(), 1e-12)), *_EAGER)
    wanted = rng.lognormal(-0.32, 0.8, n) * eager
    wanted *= parameters.follows / wanted.mean()
    size = np.bincount(people.platform, minlength=len(people.platforms))[people.platform]
    room = np.minimum(_MOST_SOURCES, np.maximum(size // 3, 1))
    wanted = np.clip(wanted, 1, room).astype(np.int64)
    target = np.repeat(np.arange(n), _DRAWS_PER_SOURCE * wanted)
    popularity = rng.pareto(parameters.popularity_tail, n) + 0.1
    # Whoever is read by very many is one of the leaders, by the definition of the kinds.
    most = np.where(people.kind >= TARGET, np.quantile(popularity, 0.9), np.quantile(popularity, 0.999))
    popularity = np.minimum(popularity, most)
    popularity *= _FOLLOWED[people.kind] * np.where(people.is_lead, _LEAD_FOLLOWED, 1.0)
    at_home = rng.random(target.size) < parameters.homophily
    cell = people.platform * people.n_communities + people.community
    source = np.where(
        at_home,
        _drawn_within(cell, popularity, cell[target], rng),
        _drawn_within(people.platform, popularity, people.platform[target], rng),
    )
    # The popular are drawn again and again: each counts once, and the first ones drawn are followed.
    keys = target * n + source
    order = np.argsort(keys, kind="stable")
    first = order[np.append(True, keys[order][1:] != keys[order][:-1])]
    first = np.sort(first[source[first] != target[first]])
    nth = np.arange(first.size) - np.searchsorted(target[first], target[first])
    chosen = first[nth < wanted[target[first]]]
    return _unique(source[chosen], target[chosen], n)


def _drawn_within(cell: Whole, weight: Floats, wanted: Whole, rng: np.random.Generator) -> Whole:
    """For each wanted cell one of its members, the weighty more often."""
    order = np.argsort(cell, kind="stable")
    reached = np.cumsum(weight[order])
    first = np.searchsorted(cell[order], wanted)
    last = np.searchsorted(cell[order], wanted, side="right") - 1
    low = np.where(first > 0, reached[np.maximum(first - 1, 0)], 0.0)
    place = np.searchsorted(reached, low + rng.random(wanted.size) * (reached[last] - low), side="right")
    return order[np.clip(place, first, last)]


def _group_follows(people: People, rng: np.random.Generator) -> _Draft:
    """Relays follow most of their group, and so do some peers who work for nobody."""
    pairs: list[tuple[Whole, Whole]] = []
    for group in range(people.n_groups):
        members = np.flatnonzero(people.group == group)
        home = people.community == people.community[members[0]]
        here = people.platform == people.platform[members[0]]
        relays = np.flatnonzero(people.relays_for == group)
        peers = rng.permutation(np.flatnonzero(home & here & np.isin(people.kind, (TARGET, CONSUMER))))
        peers = peers[: 3 * relays.size]
        for readers, chance in ((relays, 0.6), (peers, 0.3)):
            reads = rng.random((readers.size, members.size)) < chance
            reads[:, 0] = True
            reader, member = np.nonzero(reads)
            pairs.append((members[member], readers[reader]))
    return _pairs(pairs, people.n)


def _spheres(people: People, rng: np.random.Generator) -> _Draft:
    """Persons with a goal have few readers, well chosen: a small and precise sphere."""
    pairs: list[tuple[Whole, Whole]] = []
    for one in np.flatnonzero(people.kind == INDIVIDUAL):
        near = (people.community == people.community[one]) & (people.platform == people.platform[one])
        near &= np.isin(people.kind, (TARGET, CONSUMER, RELAY))
        readers = rng.permutation(np.flatnonzero(near))[: int(rng.integers(10, 60))]
        pairs.append((np.full(readers.size, one), readers))
    return _pairs(pairs, people.n)


def _staff(people: People) -> _Draft:
    staff = np.flatnonzero(people.newsroom >= 0)
    draft = _unique(people.newsroom[staff], staff, people.n)
    draft.weight *= _STAFF_PULL
    return draft


def _ads(people: People, rng: np.random.Generator) -> _Draft:
    """Who sees a company's or a cause's advertising follows nobody for it, and never links to it."""
    pairs: list[tuple[Whole, Whole]] = []
    buys = (people.kind == COMPANY) | (people.is_lead & (people.kind == CAUSE))
    for one in np.flatnonzero(buys):
        near = np.flatnonzero((people.platform == people.platform[one]) & (people.kind >= TARGET))
        most = max(1, people.n // 100)
        seen = rng.permutation(near)[: int(np.clip(rng.lognormal(3.0, 1.0), 1, most))]
        pairs.append((np.full(seen.size, one), seen))
    draft = _pairs(pairs, people.n)
    draft.is_ad[:] = True
    return draft


def _friends(people: People, parameters: WorldParameters, rng: np.random.Generator) -> _Draft:
    """Pairs of one community and platform, both ways. Nobody can answer in the library of Facebook."""
    ordinary = (people.kind >= TARGET) & ~people.on("facebook")
    who = np.flatnonzero(ordinary)
    n_pairs = int(parameters.friends * who.size / 2)
    if n_pairs == 0:
        return _pairs([], people.n)
    one = rng.choice(who, n_pairs)
    cell = people.platform * people.n_communities + people.community
    other = _drawn_within(cell, ordinary.astype(float) + 1e-12, cell[one], rng)
    low, high = np.minimum(one, other), np.maximum(one, other)
    once = _unique(low, high, people.n)
    keep = ordinary[once.source] & ordinary[once.target]
    low, high = once.source[keep], once.target[keep]
    draft = _unique(np.append(low, high), np.append(high, low), people.n)
    draft.is_friend[:] = True
    return draft


def _pairs(pairs: list[tuple[Whole, Whole]], n: int) -> _Draft:
    nothing = np.zeros(0, np.int64)
    source = np.concatenate([source for source, _ in pairs] or [nothing])
    target = np.concatenate([target for _, target in pairs] or [nothing])
    return _unique(source, target, n)


def _unique(source: Whole, target: Whole, n: int) -> _Draft:
    """Each pair once, nobody with themselves."""
    apart = source != target
    keys = np.sort(target[apart].astype(np.int64) * n + source[apart])
    keys = keys[np.append(True, keys[1:] != keys[:-1])] if keys.size else keys
    nothing = np.zeros(keys.size, bool)
    return _Draft(keys % n, keys // n, np.ones(keys.size), nothing.copy(), nothing)


def _joined(drafts: list[_Draft]) -> _Draft:
    """Ties that stand in several drafts stay side by side: a follower may see an advertisement too."""
    return _Draft(
        *(
            np.concatenate([getattr(draft, name) for draft in drafts])
            for name in ("source", "target", "weight", "is_ad", "is_friend")
        )
    )

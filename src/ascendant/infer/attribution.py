"""Timeline and exposures -> for each act after t0 the chance that others moved it, and draws of who.

First pass: laws of delays, profiles and hyper-parameters, on a fixed sample of targets, by an ordered reduction; then
they
are frozen. Second pass: each target by itself (`kernels/attribution.py`), in batches on threads: the same bits for any
number of either. The model and its limits: `docs/decisions/0008-attribution.md`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ascendant.infer.batches import Batch, Frozen, assemble, cut, explained_acts
from ascendant.infer.exposure import NAMED, SILENT, Exposure, Floats, Timeline, Whole
from ascendant.kernels import attribution as kernel
from ascendant.kernels.chance import uniforms
from ascendant.kernels.parents import parent_acts

N_CHAINS: Final = 2


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How long the sampler runs. Draws are kept of both chains, one after the other."""

    n_burn: int = 60
    n_kept: int = 220
    n_thin: int = 8  # draws of the parent of every act, per chain
    seed: int = 20_260_301
    n_threads: int = 1


@dataclass(frozen=True)
class Attribution:
    """What was found. A accounts, N acts of the timeline, K kept draws of each of the chains."""

    moved: NDArray[np.int32]  # chains x K x A: acts after t0 that name nobody and that others moved
    moving: NDArray[
        np.int32
    ]  # chains * K x A: acts of others that each account moved at first hand, named ones included
    p_moved: NDArray[np.float32]  # N; nan where the act gets no cause here
    likeliest: Whole  # N: the account that most likely moved the act, if anybody did; -1 where nobody could
    p_likeliest: NDArray[np.float32]
    # draws x N: the act behind it; -1 where nobody moved it; -2 - account where that account did, with an act in no
    # file
    parents: NDArray[np.int32]
    n_silent: Whole  # A: acts after t0 that name nobody
    n_named: Whole  # A


def attribute(
    times: Timeline,
    exposure: Exposure,
    frozen: Frozen,
    effort: Effort = Effort(),
    *,
    targets: Whole | None = None,
    instead: Whole | None = None,
) -> Attribution:
    """Every act after t0 of the targets (all by default). `instead` replaces the pairs' sources (`infer/doubt.py`)."""
    acts, act_of = explained_acts(times, exposure.since)
    if targets is None:
        targets = np.flatnonzero(np.diff(act_of) > 0)
    n, n_acts = times.n_accounts, times.hours.size
    n_draws = N_CHAINS * effort.n_thin
    found = Attribution(
        moved=np.zeros((N_CHAINS, effort.n_kept, n), np.int32),
        moving=np.zeros((N_CHAINS * effort.n_kept, n), np.int32),
        p_moved=np.full(n_acts, np.nan, np.float32),
        likeliest=np.full(n_acts, -1, np.int64),
        p_likeliest=np.zeros(n_acts, np.float32),
        parents=np.full((n_draws, n_acts), -1, np.int32),
        n_silent=_n_of_kind(times, acts, act_of, SILENT),
        n_named=_n_of_kind(times, acts, act_of, NAMED),
    )
    passes = times.passes()

    def one(batch_targets: Whole) -> tuple[Whole, NDArray[np.int32]]:
        batch = assemble(batch_targets, times, exposure, frozen, acts, act_of, passes, instead)
        return _run(batch, times, frozen, effort, found)

    with ThreadPoolExecutor(max(1, effort.n_threads)) as pool:
        # Whole numbers added up: the same in any order. They come back one by one, so that memory stays bounded.
        for places, added in pool.map(one, cut(act_of, targets)):
            found.moving[:, places] += added
    return found


def _n_of_kind(times: Timeline, acts: Whole, act_of: Whole, kind: int) -> Whole:
    reached = np.append(0, np.cumsum(times.kind[acts] == kind))
    found: Whole = reached[act_of[1:]] - reached[act_of[:-1]]
    return found


def start_of(batch: Batch, chain: int) -> NDArray[np.int32]:
    """Where a chain begins: the first with nothing moved but what says so, the second with all that could be."""
    z = np.where(batch.kind == NAMED, batch.author_pair, -1).astype(np.int32)
    if chain % 2:
        size = np.diff(batch.entry_first)
        could = np.flatnonzero((batch.kind == SILENT) & (size > 0))
        z[could] = batch.entry_pair[batch.entry_first[could]]
    return z


def sample(
    batch: Batch,
    frozen: Frozen,
    seed: int,
    n_burn: int,
    n_kept: int,
    n_thin: int,
    z: NDArray[np.int32],
    b: Floats,
    *,
    of_pairs: bool,
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float32], NDArray[np.int32], NDArray[np.int32], Floats]:
    """moved, p_moved, p_entry, per_pair, thinned, tally of one chain; z and b are moved on."""
    n, n_pairs = batch.act.size, batch.pair.size
    moved = np.zeros((n_kept, batch.target.size), np.int32)
    p_moved, p_entry = np.zeros(n, np.float32), np.zeros(batch.entry_pair.size, np.float32)
    per_pair = np.zeros((n_kept if of_pairs else 0, n_pairs), np.int32)
    thinned = np.full((n_thin, n), -1, np.int32)
    tally = np.zeros((batch.target.size, 6))
    kernel.attribute(
        batch.target,
        batch.act_of,
        batch.pair_first,
        batch.s,
        batch.o,
        batch.kind,
        batch.entry_first,
        batch.entry_pair,
        batch.entry_h,
        batch.G,
        batch.is_exposed,
        batch.E,
        batch.S,
        frozen.hyper,
        seed,
        n_burn,
        n_kept,
        n_thin,
        z,
        b,
        moved,
        p_moved,
        p_entry,
        per_pair,
        thinned,
        tally,
    )
    return moved, p_moved, p_entry, per_pair, thinned, tally


def _run(
    batch: Batch, times: Timeline, frozen: Frozen, effort: Effort, found: Attribution
) -> tuple[Whole, NDArray[np.int32]]:
    """Both chains of a batch, written into `found`; returns what its sources moved, to be added up."""
    places, of_source = np.unique(batch.source, return_inverse=True)
    added = np.zeros((N_CHAINS * effort.n_kept, places.size), np.int32)
    p_moved = np.zeros(batch.act.size, np.float64)
    p_entry = np.zeros(batch.entry_pair.size, np.float64)
    for chain in range(N_CHAINS):
        z = start_of(batch, chain)
        b = np.full(batch.target.size, frozen.hyper[kernel.CB] / frozen.hyper[kernel.DB])
        seed = effort.seed + 7919 * chain
        moved, p, entry, per_pair, thinned, _ = sample(
            batch, frozen, seed, effort.n_burn, effort.n_kept, effort.n_thin, z, b, of_pairs=True
        )
        found.moved[chain][:, batch.target] = moved
        order = np.argsort(of_source, kind="stable")
        if order.size:
            starts = np.searchsorted(of_source[order], np.arange(places.size))
            added[chain * effort.n_kept : (chain + 1) * effort.n_kept] = np.add.reduceat(
                per_pair[:, order], starts, axis=1
            )
        p_moved += p / N_CHAINS
        p_entry += entry / N_CHAINS
        for nth in range(effort.n_thin):
            draw = chain * effort.n_thin + nth
            of_draw = effort.seed + 104_729 * (draw + 1)
            found.parents[draw, batch.act] = parents_of(batch, times, frozen, thinned[nth], of_draw)
    found.p_moved[batch.act] = np.where(batch.kind == NAMED, 1.0, p_moved)
    found.likeliest[batch.act], found.p_likeliest[batch.act] = _densest(batch, p_entry)
    return places, added


def _densest(batch: Batch, p_entry: Floats) -> tuple[Whole, Floats]:
    """Of each act the source with the highest chance, and that chance; of a named act with one candidate its author."""
    owner = np.repeat(np.arange(batch.target.size), np.diff(batch.act_of))
    sources = np.append(batch.source, -1)  # so that there is one even where nobody was exposed
    best = np.where(batch.author_pair >= 0, sources[_pair_of(batch, owner, batch.author_pair)], -1)
    chance = np.where(batch.kind == NAMED, 1.0, 0.0)
    size = np.diff(batch.entry_first)
    several = np.flatnonzero(np.where(batch.kind == NAMED, size > 1, size > 0))
    if several.size == 0:
        return best, chance
    act_of_entry = np.repeat(np.arange(size.size), size)
    order = np.lexsort((batch.entry_pair, -p_entry, act_of_entry))
    top = order[batch.entry_first[several]]
    best[several] = batch.source[_pair_of(batch, owner[several], batch.entry_pair[top])]
    chance[several] = p_entry[top]
    return best, chance


def _pair_of(batch: Batch, owner: Whole, within: NDArray[np.integer]) -> Whole:
    """Places of pairs, from their numbers within the target; 0 for none."""
    return np.where(within >= 0, batch.pair_first[owner] + within, 0)


def parents_of(batch: Batch, times: Timeline, frozen: Frozen, cause: NDArray[np.int32], seed: int) -> Whole:
    """The act behind each cause, as `Attribution.parents` has it; an own burst's is one's own."""
    owner = np.repeat(np.arange(batch.target.size), np.diff(batch.act_of))
    draw = uniforms(seed, batch.act)
    rest: tuple[Any, ...] = (*frozen.links(times), frozen.delay.edge, frozen.delay.density)
    rest = (*rest, frozen.own.edge, frozen.own.density, 100)
    silent_cause = np.where(batch.kind == SILENT, cause, -1).astype(np.int32)
    parent = parent_acts(
        batch.act_of,
        batch.act,
        silent_cause,
        draw,
        batch.target,
        batch.pair_first,
        batch.source,
        frozen.speed[batch.target],
        times.first,
        times.hours,
        times.shown_first,
        times.shown_hours,
        times.shown_act,
        *rest,
    )
    named = np.flatnonzero(batch.kind == NAMED)
    if named.size:
        size = np.diff(batch.entry_first)
        act_of_entry = np.repeat(np.arange(size.size), size)
        is_cause = batch.entry_pair == cause[act_of_entry]
        is_cause &= batch.kind[act_of_entry] == NAMED
        parent[act_of_entry[is_cause]] = batch.entry_act[is_cause]
    unheld = np.flatnonzero((cause >= 0) & (parent < 0))
    parent[unheld] = -2 - batch.source[_pair_of(batch, owner[unheld], cause[unheld])]
    return parent

"""Timeline and exposures -> for each act after t0 the chance that others moved it, and draws of who.

First pass: laws of delays, profiles and hyper-parameters, on a fixed sample of targets, by an ordered reduction; then
they
are frozen. Second pass: each target by itself (`kernels/attribution.py`), in batches on threads: the same bits for any
number of either. The model and its limits: `docs/decisions/0008-attribution.md`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ascendant.infer.batches import Batch, Frozen, assemble, cut, explained_acts
from ascendant.infer.exposure import NAMED, SILENT, Exposure, Floats, Timeline, Whole
from ascendant.infer.sampling import N_CHAINS, run
from ascendant.kernels.chance import uniforms
from ascendant.kernels.parents import parent_acts


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How long the sampler runs. Draws are kept of both chains, one after the other."""

    n_burn: int = 60
    n_kept: int = 220
    n_thin: int = 8  # draws of the parent of every act, per chain; 0 for counts alone: nothing is told of single acts
    # Independent draws that those of an account have to be worth: where they are not, its chains go on, and draws are
    # kept further apart. Where fewer than twice as many are kept at all (fits of which the mean is read) nothing is.
    n_worth: int = 200
    seed: int = 20_260_301
    n_threads: int = 1


@dataclass(frozen=True)
class Attribution:
    """What was found. A accounts, N acts of the timeline, K kept draws of each of the chains."""

    moved: NDArray[np.signedinteger]  # chains x K x A: acts after t0 that name nobody and that others moved
    p_moved: NDArray[np.float32]  # N; nan where the act gets no cause here; empty with the next two for counts alone
    likeliest: Whole  # N: the account that most likely moved the act, if anybody did; -1 where nobody could
    p_likeliest: NDArray[np.float32]
    # draws x N: the act behind it; -1 where nobody moved it; -2 - account where that account did, with an act in no
    # file
    parents: NDArray[np.int32]
    of_pair: Floats  # pairs of the exposure: expected acts that name nobody and that this source moved
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
    found = _room(times, acts, act_of, exposure.source.size, effort)
    passes = times.passes()

    def one(batch_targets: Whole) -> None:
        batch = assemble(batch_targets, times, exposure, frozen, acts, act_of, passes, instead)
        _run(batch, times, frozen, effort, found)

    with ThreadPoolExecutor(max(1, effort.n_threads)) as pool:
        # Each batch writes what belongs to its own targets and acts.
        for _ in pool.map(one, cut(act_of, targets)):
            pass
    return found


def _room(times: Timeline, acts: Whole, act_of: Whole, n_pairs: int, effort: Effort) -> Attribution:
    """Nothing found yet, in as little memory as will do."""
    n, n_acts = times.n_accounts, times.hours.size
    n_silent = _n_of_kind(times, acts, act_of, SILENT)
    of_counts = np.int16 if n_silent.max(initial=0) < np.iinfo(np.int16).max else np.int32
    n_told = n_acts if effort.n_thin else 0
    return Attribution(
        moved=np.zeros((N_CHAINS, effort.n_kept, n), of_counts),
        p_moved=np.full(n_told, np.nan, np.float32),
        likeliest=np.full(n_told, -1, np.int64),
        p_likeliest=np.zeros(n_told, np.float32),
        parents=np.full((N_CHAINS * effort.n_thin, n_acts), -1, np.int32),
        of_pair=np.zeros(n_pairs if effort.n_thin else 0),
        n_silent=n_silent,
        n_named=_n_of_kind(times, acts, act_of, NAMED),
    )


def _n_of_kind(times: Timeline, acts: Whole, act_of: Whole, kind: int) -> Whole:
    reached = np.append(0, np.cumsum(times.kind[acts] == kind))
    found: Whole = reached[act_of[1:]] - reached[act_of[:-1]]
    return found


def _run(batch: Batch, times: Timeline, frozen: Frozen, effort: Effort, found: Attribution) -> None:
    """Both chains of a batch, written into `found`."""
    draws = run(
        batch,
        frozen,
        effort.seed,
        n_burn=effort.n_burn,
        n_kept=effort.n_kept,
        n_thin=effort.n_thin,
        n_worth=effort.n_worth,
    )
    for chain in range(N_CHAINS):
        found.moved[chain][:, batch.target] = draws[chain].moved
    if not effort.n_thin:
        return
    for chain in range(N_CHAINS):
        for nth in range(effort.n_thin):
            draw = chain * effort.n_thin + nth
            of_draw = effort.seed + 104_729 * (draw + 1)
            found.parents[draw, batch.act] = parents_of(batch, times, frozen, draws[chain].thinned[nth], of_draw)
    p_moved: Floats = sum((one.p_moved for one in draws), np.zeros(batch.act.size)) / N_CHAINS
    p_entry: Floats = sum((one.p_entry for one in draws), np.zeros(batch.entry_pair.size)) / N_CHAINS
    found.of_pair[batch.pair] = _per_pair(batch, p_entry)
    found.p_moved[batch.act] = np.where(batch.kind == NAMED, 1.0, p_moved)
    found.likeliest[batch.act], found.p_likeliest[batch.act] = _densest(batch, p_entry)


def _per_pair(batch: Batch, p_entry: Floats) -> Floats:
    """Of each pair the expected acts that name nobody."""
    size = np.diff(batch.entry_first)
    is_silent = np.repeat(batch.kind == SILENT, size)
    first_pair = np.repeat(batch.pair_first[:-1], np.diff(batch.act_of))
    of_entry = np.repeat(first_pair, size) + batch.entry_pair
    found: Floats = np.bincount(of_entry[is_silent], p_entry[is_silent], batch.pair.size).astype(float)
    return found


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

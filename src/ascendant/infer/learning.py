"""First pass: laws of delays, profiles and hyper-parameters from a fixed sample of targets; then they are frozen.

Delays are read off acts that name an item whose time is known, and, where these are few, off the sampler's own draws.
Hyper-parameters maximise what the present draws make likely, and are averaged over the second half of the rounds
(stochastic EM). Sums run over targets in ascending order, so that nothing depends on batches.
"""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa

from ascendant.infer.alike import alike
from ascendant.infer.attribution import parents_of
from ascendant.infer.batches import Batch, Frozen, Law, assemble, cut, explained_acts, profiles
from ascendant.infer.communities import find_communities
from ascendant.infer.exposure import NAMED, SILENT, Exposure, Floats, Timeline, Whole
from ascendant.infer.fits import beta_binomial, gamma_fit, gamma_poisson
from ascendant.infer.links import telling
from ascendant.infer.memory import give_back
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.sampling import Draws, sample, start_of
from ascendant.kernels.attribution import AM, CB, CM, DB, PI, QN, QS, SA, SB, K
from ascendant.kernels.chance import uniforms
from ascendant.kernels.links import copies

HORIZON_HOURS: Final = 48.0
N_BINS: Final = 25
_OWN_HORIZON_HOURS: Final = 12.0
_ENOUGH_DELAYS: Final = 300  # named ones; below, silent ones are drawn upon
_PSEUDO_DELAYS: Final = 20.0  # spread evenly in the logarithm
_SAMPLED_ACTS: Final = 120_000
_N_ROUNDS, _SWEEPS, _AVERAGED = 30, 4, 15
_PULL_SHAPE: Final = 0.5
_BACKGROUND: Final = (3.0, 3.2)  # of an account's acts that name nobody; learnt, it collapses (decision 0008)
_SPEED_BOUND: Final = np.log(5.0)
_COPIED, _PSEUDO_COPIES = 0.1, 10.0  # chance at first; moved acts that took no link, thought to be there beside


def learn(
    times: Timeline,
    exposure: Exposure,
    *,
    community: Whole | None = None,
    instead: Whole | None = None,
    options: InfluenceOptions = InfluenceOptions(),
    seed: int = 20_260_228,
    sampled_acts: int = _SAMPLED_ACTS,
    n_threads: int = 1,
) -> Frozen:
    """Everything that the second pass takes as given, the same for any number of threads.

    `community` is found from ties before t0 where it is None.
    """
    community = communities_before(times, exposure, options) if community is None else community
    weight = (times.kind == SILENT).astype(np.float32)
    counts, week, started = profiles(times, weight, community, exposure.since, exposure.until)
    delay, speed, n_delays = _named_delays(times)
    own_edge = _edges(_OWN_HORIZON_HOURS)
    own = Law(own_edge, _density(own_edge, np.exp(-own_edge[1:] / 1.0) + 0.02))
    acts, act_of = explained_acts(times, exposure.since)
    hyper = np.zeros(10)
    hyper[[AM, CM, SA, SB, PI, K]] = [*_BACKGROUND, 0.5, 5.0, 0.5, _PULL_SHAPE]
    hyper[[CB, DB, QS, QN]] = [2.0, 2.0 * 0.05 / _PULL_SHAPE, 1.0, 1.0]
    frozen = Frozen(
        delay=delay,
        own=own,
        hyper=hyper,
        speed=speed,
        community=community,
        weight=weight,
        counts=counts,
        week=week,
        since=exposure.since,
        until=exposure.until,
        weekday_hour=started,
        telling=telling(times.links, times.kind == SILENT, times.account, times.hours, community),
        alike=np.zeros(times.n_accounts),
        copied=_COPIED,
    )
    with ThreadPoolExecutor(max(1, n_threads)) as pool:
        frozen = _rounds(
            times, exposure, frozen, acts, act_of, seed, sampled_acts, instead, pool,
            learns_delay=n_delays < _ENOUGH_DELAYS,
        )  # fmt: skip
    give_back()
    return frozen


def communities_before(times: Timeline, exposure: Exposure, options: InfluenceOptions) -> Whole:
    """Communities from what is known before t0; accounts without a tie share the last."""
    tied = exposure.is_exposed
    source, target = exposure.source[tied], exposure.target[tied]
    n = np.maximum(exposure.n_named_before[tied], 1)
    ids = times.account_id
    ties = pa.table(
        {
            "source_id": ids.take(pa.array(source)),
            "target_id": ids.take(pa.array(target)),
            "n_moved": n,
            "n_conversation": np.zeros(n.size, np.int64),
        }
    )
    found = find_communities(ties, pa.chunked_array([ids], pa.string()), options)["community"]
    column = found.to_numpy(zero_copy_only=False) if found.null_count == 0 else found.fill_null(-1).to_numpy()
    place = column.astype(np.int64)
    # Communities of a few accounts say nothing of their hours: together they are the last.
    size = np.bincount(place[place >= 0], minlength=1)
    is_small = (place < 0) | (size[np.maximum(place, 0)] < 20)
    n_large = int(np.count_nonzero(size >= 20))
    return np.where(is_small, n_large, place)


def _edges(horizon: float) -> Floats:
    return np.append(0.0, np.geomspace(1 / 60, horizon, N_BINS))


def _density(edge: Floats, weight: Floats) -> Floats:
    """Weights of the bins as a density, smoothed over neighbours."""
    padded = np.concatenate([weight[:1], weight, weight[-1:]])
    smooth = 0.25 * padded[:-2] + 0.5 * weight + 0.25 * padded[2:]
    found: Floats = smooth / smooth.sum() / np.diff(edge)
    return found


def _named_delays(times: Timeline) -> tuple[Law, Floats, int]:
    """The law of delays of named acts, and how much slower than others each account is (shrunk towards 1)."""
    edge = _edges(HORIZON_HOURS)
    named = np.flatnonzero((times.kind == NAMED) & ~np.isnan(times.item_hours))
    delay = times.hours[named] - times.item_hours[named]
    within_reach = (delay > 0) & (delay < HORIZON_HOURS)
    named, delay = named[within_reach], delay[within_reach]
    # Of an item that many passed on nobody knows who was answered: items with one reposter at most tell it best.
    n_passes = np.append(np.diff(times.passes()[0]), 0)
    alone = n_passes[times.item[named]] <= 1
    if np.count_nonzero(alone) >= _ENOUGH_DELAYS:
        named, delay = named[alone], delay[alone]
    log = np.log(np.maximum(delay, 1 / 60))
    owner: Whole = np.searchsorted(times.first, named, "right") - 1
    n = np.bincount(owner, minlength=times.n_accounts)
    mean = log.mean() if log.size else 0.0
    off = np.bincount(owner, log - mean, times.n_accounts)
    within = np.sum((log - mean - (off / np.maximum(n, 1))[owner]) ** 2) / max(1, log.size - int(np.count_nonzero(n)))
    many = n >= 5
    between = np.var((off / np.maximum(n, 1))[many]) - np.mean(within / n[many]) if many.sum() > 10 else 0.0
    slower = off * max(between, 0.0) / (n * max(between, 0.0) + max(within, 1e-9))
    speed = np.exp(np.clip(slower, -_SPEED_BOUND, _SPEED_BOUND))
    scaled = delay / speed[owner]
    held = np.histogram(scaled[scaled < HORIZON_HOURS], edge)[0].astype(float)
    return Law(edge, _density(edge, held + _PSEUDO_DELAYS / N_BINS)), speed, int(log.size)


def _rounds(
    times: Timeline,
    exposure: Exposure,
    frozen: Frozen,
    acts: Whole,
    act_of: Whole,
    seed: int,
    sampled_acts: int,
    instead: Whole | None,
    pool: Executor,
    *,
    learns_delay: bool,
) -> Frozen:
    if acts.size == 0:
        return frozen
    targets = _some_targets(np.flatnonzero(np.diff(act_of) > 0), act_of, seed, sampled_acts)
    passes = times.passes()

    def assembled(frozen: Frozen) -> list[Batch]:
        one = partial(
            assemble, times=times, exposure=exposure, frozen=frozen, acts=acts, act_of=act_of, passes=passes,
            instead=instead,
        )  # fmt: skip
        return list(pool.map(one, cut(act_of, targets)))

    def drawn(nth: int, frozen: Frozen, seed: int) -> Draws:
        return sample(batches[nth], frozen, seed, 1, _SWEEPS - 1, 0, *states[nth])

    batches = assembled(frozen)
    if frozen.telling.number.size:
        frozen = replace(frozen, alike=alike(times, exposure, frozen, batches))
        batches = assembled(frozen)
    moves = [np.full(batch.target.size, frozen.hyper[CB] / frozen.hyper[DB]) for batch in batches]
    states = [(start_of(batch, 0), b) for batch, b in zip(batches, moves, strict=True)]
    chances, n_sampled = [np.zeros(batch.act.size) for batch in batches], 0
    kept: list[Floats] = []
    for round_number in range(_N_ROUNDS):
        if round_number and round_number % 5 == 0 and round_number <= _AVERAGED:
            frozen = _reweighed(times, frozen, batches, [total / n_sampled for total in chances])
            batches = assembled(frozen)
            chances, n_sampled = [np.zeros(batch.act.size) for batch in batches], 0
        tallies: list[Floats] = []
        late: list[Floats] = []
        own_late: list[Floats] = []
        taken: list[tuple[float, int]] = []
        one = partial(drawn, frozen=frozen, seed=seed + round_number)
        for batch, (z, b), draws in zip(batches, states, pool.map(one, range(len(batches))), strict=True):
            chances[len(tallies)] += draws.p_moved
            reached = np.append(0, np.cumsum(batch.is_exposed & (batch.G > 0)))
            n_pairs = np.diff(reached[batch.pair_first])
            tallies.append(np.column_stack([draws.tally, batch.S, n_pairs, b]))
            if round_number % 5 == 4 and round_number < _AVERAGED:
                parent = parents_of(batch, times, frozen, z, seed + 31 * round_number)
                x = times.hours[batch.act] - times.hours[np.maximum(parent, 0)]
                own_late.append(x[(z == -2) & (parent >= 0)])
                owner = np.repeat(batch.target, np.diff(batch.act_of))
                moved = (z >= 0) & (parent >= 0) & (batch.kind == SILENT)
                late.append((x / frozen.speed[owner])[moved])
                taken.append(
                    copies(batch.act[moved], parent[moved], times.account[parent[moved]], *frozen.links(times))
                )
        n_sampled += 1
        hyper = _updated(np.concatenate(tallies), frozen)
        if round_number >= _AVERAGED:
            kept.append(np.log(hyper))
        delay, own, copied = frozen.delay, frozen.own, frozen.copied
        if late:
            n_taken, n_able = np.sum(taken, axis=0)
            copied = float(n_taken / (n_able + _PSEUDO_COPIES))
            held = np.histogram(np.concatenate(own_late), own.edge)[0] + 1.0
            own = Law(own.edge, _density(own.edge, held))
            if learns_delay:
                held = np.histogram(np.concatenate(late), delay.edge)[0] + _PSEUDO_DELAYS / N_BINS
                delay = Law(delay.edge, _density(delay.edge, held))
        frozen = replace(frozen, hyper=hyper, delay=delay, own=own, copied=copied)
    return replace(frozen, hyper=np.exp(np.mean(kept, axis=0)))


def _reweighed(times: Timeline, frozen: Frozen, batches: list[Batch], chances: list[Floats]) -> Frozen:
    """Profiles of what nobody moved: each act by the chance of that; outside the sample by the mean chance."""
    known = [
        (batch.act[batch.kind == SILENT], (1 - chance)[batch.kind == SILENT])
        for batch, chance in zip(batches, chances, strict=True)
    ]
    acts, chance = (np.concatenate(column) for column in zip(*known, strict=True))
    weight = np.where(times.kind == SILENT, np.float32(chance.mean() if chance.size else 1.0), np.float32(0.0))
    weight[acts] = chance
    counts, week, _ = profiles(times, weight, frozen.community, frozen.since, frozen.until)
    return replace(frozen, weight=weight, counts=counts, week=week)


def _some_targets(targets: Whole, act_of: Whole, seed: int, n_acts: int) -> Whole:
    """A sample that depends on the targets' numbers alone, ascending."""
    shuffled = targets[np.argsort(uniforms(seed, targets), kind="stable")]
    size = np.cumsum(act_of[shuffled + 1] - act_of[shuffled])
    return np.sort(shuffled[: max(1, int(np.searchsorted(size, n_acts)))]) if targets.size else targets


def _updated(tally: Floats, frozen: Frozen) -> Floats:
    """Hyper-parameters that fit the counts: see `kernels/attribution.py` for the tally's columns, then O, pairs, b."""
    _, burst, silent, named, n_on, _, exposed_own, n_pairs, b = tally.T
    hyper = frozen.hyper.copy()
    hyper[[SA, SB]] = gamma_poisson(burst, exposed_own, *hyper[[SA, SB]])
    has = n_pairs > 0
    if has.any():
        hyper[PI] = np.clip((n_on.sum() + 1) / (n_pairs.sum() + 2), 0.02, 0.98)
        hyper[[CB, DB]] = gamma_fit(b[has])
        hyper[[QS, QN]] = beta_binomial(silent[has], named[has], *hyper[[QS, QN]])
    return hyper

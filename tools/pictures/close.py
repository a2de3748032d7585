"""One account of an invented world, looked at closely: its rate at each moment, and what may have caused an act.

The rates are those that the sampler's draws imply: what it puts down to each cause on average, spread over time as the
model has it. Over the whole time they sum to the account's acts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ascendant.infer.attribution import Attribution, parents_of
from ascendant.infer.batches import Batch, Frozen, Law, assemble, explained_acts
from ascendant.infer.exposure import NAMED, SILENT, Exposure, Floats, Timeline, Whole
from ascendant.infer.sampling import sample, start_of
from ascendant.kernels.attribution import CB, DB
from ascendant.kernels.background import background

_DRAWS = 200
_NEWS_PSEUDO = 4.0  # as in `infer/batches.py`
STEP_HOURS = 1 / 12
_MARGIN_HOURS = 48.0


@dataclass(frozen=True)
class Act:
    """One act that names nobody and what may have caused it: chances that sum to 1.

    `sources` are (number of the source, hours since the act of it that is likeliest, chance), the likeliest first.
    """

    hours: float
    background: float
    burst: float
    burst_hours: float
    sources: tuple[tuple[int, float, float], ...]

    @property
    def moved(self) -> float:
        """Chance that somebody else moved it."""
        return sum(chance for *_, chance in self.sources)


@dataclass(frozen=True)
class Closely:
    """The account that is looked at. Hours are since the study began; rates are acts an hour."""

    grid: Floats
    usual: Floats  # what the account does by itself, by the usual hours of its community
    background: Floats  # the same with what the community did in that very hour
    burst: Floats
    pulls: Floats
    own_hours: Floats  # acts after t0 that name nobody
    named_hours: Floats
    moved: Floats  # of `own_hours`, the chance that others moved it
    by_strangers: Floats  # the same with strangers in place of the sources
    source_hours: tuple[Floats, ...]  # acts of the sources, those with the largest part first
    stranger_hours: tuple[Floats, ...]
    act: Act


def closely(times: Timeline, known: Exposure, frozen: Frozen, null: Frozen, instead: Whole, at: Attribution) -> Closely:
    """The act with the most evenly spread causes among few, of accounts of 30 to 150 acts, and its account."""
    acts, act_of = explained_acts(times, known.since)
    n_sources = np.bincount(known.target[known.is_exposed], minlength=times.n_accounts)
    for fewest, least in ((30, 3), (5, 1), (1, 0)):
        fits = (at.n_silent >= fewest) & (at.n_silent <= 150) & (at.n_named >= least)
        fits &= (n_sources >= max(1, least)) & (n_sources <= 7)  # few, so that the eye can follow
        if fits.any():
            break
    moved_most = np.argsort(-np.where(fits, at.moved.mean(axis=(0, 1)), -1.0), kind="stable")[: min(12, fits.sum())]
    best, chosen = -1.0, None
    for target in moved_most.tolist():
        batch, cause = _drawn(target, times, known, frozen, acts, act_of, None)
        silent = np.flatnonzero(batch.kind == SILENT)
        for nth in silent.tolist():
            chance = np.bincount(cause[:, nth] + 2, minlength=batch.pair.size + 2) / cause.shape[0]
            kept = chance[chance > 0]
            spread = float(-(kept * np.log(kept)).sum())
            is_inside = known.since + _MARGIN_HOURS < times.hours[batch.act[nth]] < known.until - _MARGIN_HOURS
            is_plain = np.count_nonzero(chance[2:] >= 0.02) <= 4 and chance[0] >= 0.05
            if spread > best and is_inside and is_plain and 0.4 <= chance[2:].sum() <= 0.8:
                best, chosen = spread, (batch, cause, nth)
    if chosen is None:  # a tiny world: the act that was most likely moved
        nth = int(silent[np.argmax((cause[:, silent] >= 0).mean(axis=0))])
        chosen = (batch, cause, nth)
    batch, cause, nth = chosen
    other, other_cause = _drawn(int(batch.target[0]), times, known, null, acts, act_of, instead)
    return _closely(times, frozen, batch, cause, nth, other, other_cause)


def _drawn(
    target: int, times: Timeline, known: Exposure, frozen: Frozen, acts: Whole, act_of: Whole, instead: Whole | None
) -> tuple[Batch, Whole]:
    """An account's candidates, and draws x acts of what caused each: -1 background, -2 own burst, else a pair."""
    batch = assemble(np.array([target]), times, known, frozen, acts, act_of, times.passes(), instead)
    begin = np.full(1, frozen.hyper[CB] / frozen.hyper[DB])
    draws = sample(batch, frozen, 1, 100, _DRAWS, _DRAWS, start_of(batch, 0), begin, tells=False)
    return batch, draws.thinned.astype(np.int64)


def _closely(
    times: Timeline, frozen: Frozen, batch: Batch, cause: Whole, nth: int, other: Batch, other_cause: Whole
) -> Closely:
    grid = np.arange(frozen.since, frozen.until, STEP_HOURS)
    silent = batch.kind == SILENT
    n_pairs = batch.pair.size
    n_of = np.array([np.count_nonzero(cause == pair) for pair in range(n_pairs)]) / cause.shape[0]
    usual, raised = _background(times, frozen, batch, grid)
    by_itself = np.count_nonzero(cause[:, silent] == -1) / cause.shape[0] / (frozen.until - frozen.since)
    bursts = np.count_nonzero(cause[:, silent] == -2) / cause.shape[0] / max(float(batch.S[0]), 1e-9)
    own = times.hours[times.first[batch.target[0]] : times.first[batch.target[0] + 1]]
    speed = float(frozen.speed[batch.target[0]])
    pulls = np.zeros(grid.size)
    for pair in np.flatnonzero((n_of > 0) & (batch.G > 0)).tolist():
        pulls += n_of[pair] / batch.G[pair] * faded(grid, _acts_of(times, batch.source[pair]), frozen.delay, speed)
    order = np.argsort(-n_of * batch.is_exposed, kind="stable")
    order = order[batch.is_exposed[order]]
    shown = order[:4].tolist()
    return Closely(
        grid=grid,
        usual=by_itself * usual,
        background=by_itself * raised,
        burst=bursts * faded(grid, own, frozen.own, 1.0),
        pulls=pulls,
        own_hours=times.hours[batch.act[silent]],
        named_hours=times.hours[batch.act[batch.kind == NAMED]],
        moved=(cause[:, silent] >= 0).mean(axis=0),
        by_strangers=(other_cause[:, silent] >= 0).mean(axis=0),
        source_hours=tuple(_acts_of(times, batch.source[pair]) for pair in shown),
        stranger_hours=tuple(_acts_of(times, other.source[pair]) for pair in shown),
        act=_act(times, frozen, batch, cause, nth, order.tolist()),
    )


def _act(times: Timeline, frozen: Frozen, batch: Batch, cause: Whole, nth: int, order: list[int]) -> Act:
    hours = float(times.hours[batch.act[nth]])
    of_act = cause[:, nth]
    parents = np.stack([parents_of(batch, times, frozen, one.astype(np.int32), 7 + k) for k, one in enumerate(cause)])
    late = hours - times.hours[np.maximum(parents[:, nth], 0)]

    def usual_delay(of: int) -> float:
        here = (of_act == of) & (parents[:, nth] >= 0)
        return float(np.median(late[here])) if here.any() else float("nan")

    found = [(place, usual_delay(pair), float((of_act == pair).mean())) for place, pair in enumerate(order)]
    return Act(
        hours=hours,
        background=float((of_act == -1).mean()),
        burst=float((of_act == -2).mean()),
        burst_hours=usual_delay(-2),
        sources=tuple(sorted((one for one in found if one[2] > 0), key=lambda one: -one[2])),
    )


def _acts_of(times: Timeline, source: int) -> Floats:
    found: Floats = times.shown_hours[times.shown_first[source] : times.shown_first[source + 1]]
    return found


def _background(times: Timeline, frozen: Frozen, batch: Batch, grid: Floats) -> tuple[Floats, Floats]:
    """By the usual hours of the week alone, and as the model has it; both 1 on average."""
    place = times.hours.size + np.arange(grid.size)
    target = batch.target
    raised = background(
        target, np.array([0, grid.size]), place, times.first, np.append(times.hours, grid), frozen.weight,
        frozen.community[target], frozen.counts, frozen.week, np.ones((1, 24)), frozen.since, frozen.weekday_hour,
        _NEWS_PSEUDO,
    )  # fmt: skip
    hour = (np.floor(grid - frozen.since).astype(np.int64) + frozen.weekday_hour) % 168
    usual = frozen.week[frozen.community[target[0]]][hour]
    return usual / usual.mean(), raised


def faded(grid: Floats, acts: Floats, law: Law, speed: float) -> Floats:
    """At each moment what is left of the pull of earlier acts: the density of delays since each, summed, per hour."""
    found = np.zeros(grid.size)
    for at in acts:
        first, last = np.searchsorted(grid, [at, at + law.edge[-1] * speed])
        delay = (grid[first:last] - at) / speed
        bins = np.clip(np.searchsorted(law.edge, delay, "right") - 1, 0, law.density.size - 1)
        found[first:last] += law.density[bins] / speed
    return found

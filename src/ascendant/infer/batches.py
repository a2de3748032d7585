"""Timeline and exposures -> batches of targets with their candidate lists: what the sampler reads, bounded in memory.

A batch holds whole targets. Everything in it follows from the frozen quantities and the targets' own acts, so that any
cut into batches, on any number of threads, gives the same bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ascendant.infer.exposure import SILENT, TOLD, Exposure, Flags, Floats, Timeline, Whole
from ascendant.infer.links import Telling
from ascendant.kernels import candidates
from ascendant.kernels.background import background, held

MOST_CANDIDATES: Final = 32  # sources for one act
DEEP: Final = 100  # acts of one source, or passes of one item
ACTS_PER_BATCH: Final = 40_000
_PERSONAL: Final = 150.0  # acts before t0 at which an account's own hours weigh as much as its community's
_NEWS_PSEUDO: Final = 4.0  # acts in an hour at which an hour's own level weighs as much as its usual one


@dataclass(frozen=True)
class Law:
    """How late acts follow on what moved them: density per hour in bins, the first from 0, nothing after the last."""

    edge: Floats
    density: Floats


@dataclass(frozen=True)
class Frozen:
    """What all targets share, learnt in the first pass and then fixed. `hyper` as in `kernels/attribution.py`."""

    delay: Law
    own: Law
    hyper: Floats
    speed: Floats  # A, by how much slower than others each account reacts
    community: Whole  # A
    weight: NDArray[np.float32]  # N: how far each act tells the background; 0 where it names somebody
    counts: Floats  # C x hours after t0: acts that name nobody
    week: Floats  # C x 168
    since: float
    until: float
    weekday_hour: int
    telling: Telling  # links of acts that name nobody
    alike: Floats  # A, chance that an act has a link of one of this source's acts without having seen it
    copied: float  # chance that a moved act takes a link of the act that moved it

    def links(self, times: Timeline) -> tuple[Any, ...]:
        """As `kernels/links.py` takes them."""
        tells = self.telling
        return times.links.first, times.links.number, tells.first, tells.number, tells.lift, self.alike, self.copied


@dataclass(frozen=True)
class Batch:
    """Arrays as in `kernels/attribution.py`; `act` are places in the timeline, `target` in its accounts."""

    target: Whole
    act_of: Whole
    act: Whole
    kind: NDArray[np.int8]
    pair: Whole  # places in the exposure
    pair_first: Whole
    source: Whole
    is_exposed: Flags
    author_pair: Whole
    s: Floats
    o: Floats
    entry_first: Whole
    entry_pair: NDArray[np.int32]
    entry_h: NDArray[np.float32]
    entry_act: Whole
    G: Floats
    E: Floats
    S: Floats


def explained_acts(times: Timeline, since: float) -> tuple[Whole, Whole]:
    """Acts that get a cause, and for each account where its own begin."""
    acts = np.flatnonzero((times.hours >= since) & (times.kind != TOLD))
    return acts, np.searchsorted(acts, times.first)


def cut(act_of: Whole, targets: Whole, n_acts: int = ACTS_PER_BATCH) -> Iterator[Whole]:
    """Targets in runs of about so many acts."""
    size = np.cumsum((act_of[targets + 1] - act_of[targets]) + 1)
    start = 0
    while start < targets.size:
        before = size[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(size, before + n_acts, "right")))
        yield targets[start:end]
        start = end


def assemble(
    targets: Whole,
    times: Timeline,
    exposure: Exposure,
    frozen: Frozen,
    acts: Whole,
    act_of: Whole,
    passes: tuple[Whole, NDArray[np.int32], Whole],
    instead: Whole | None = None,
) -> Batch:
    """The batch of these targets. `instead` replaces the sources of all pairs, for acts that name nobody."""
    n_acts = act_of[targets + 1] - act_of[targets]
    chosen = acts[_ranges(act_of[targets], n_acts)]
    pair_n = exposure.first[targets + 1] - exposure.first[targets]
    pair = _ranges(exposure.first[targets], pair_n)
    own_first, own_pair = _offsets(n_acts), _offsets(pair_n)
    source, is_exposed = exposure.source[pair], exposure.is_exposed[pair]
    kind, author = times.kind[chosen], times.author[chosen]
    n = times.n_accounts
    owner = np.repeat(targets, n_acts)
    keys = np.repeat(targets, pair_n) * n + source
    of_author = np.searchsorted(keys, owner * n + author)
    author_pair = np.where(kind == SILENT, -1, of_author - np.repeat(own_pair[:-1], n_acts))
    speed = frozen.speed[targets]
    shown_hours = times.shown_hours
    common: tuple[Any, ...] = (own_first, chosen, kind, times.hours, own_pair)
    rest: tuple[Any, ...] = (
        times.item[chosen],
        times.item_act[chosen],
        times.item_hours[chosen],
        *passes,
        frozen.delay.edge,
        frozen.delay.density,
        MOST_CANDIDATES,
        DEEP,
    )
    shown = (times.shown_first, shown_hours, times.shown_act, *frozen.links(times), speed, author_pair)
    entries = _recent(targets, *common, source, is_exposed, *shown, *rest)
    timed = source
    if instead is not None:
        timed = instead[pair]
        entries = _swapped(entries, _recent(targets, *common, timed, is_exposed, *shown, *rest), kind)
    span = (frozen.since, frozen.until)
    own_law = (frozen.own.edge, frozen.own.density)
    delays = (*span, frozen.delay.edge, frozen.delay.density)
    # The background is counted in acts: an account's level says nothing of how much of it was moved.
    n_silent = np.diff(np.append(0, np.cumsum(kind == SILENT))[own_first])
    level = np.repeat(n_silent / max(frozen.until - frozen.since, 1e-9), n_acts)
    follow = candidates.follow_up(timed, np.repeat(speed, pair_n), times.shown_first, shown_hours, *delays)
    return Batch(
        target=targets,
        act_of=own_first,
        act=chosen,
        kind=kind,
        pair=pair,
        pair_first=own_pair,
        source=timed,
        is_exposed=is_exposed,
        author_pair=author_pair,
        s=level
        * background(
            targets,
            own_first,
            chosen,
            times.first,
            times.hours,
            frozen.weight,
            frozen.community[targets],
            frozen.counts,
            frozen.week,
            _personal(targets, times, frozen),
            frozen.since,
            frozen.weekday_hour,
            _NEWS_PSEUDO,
        ),
        o=candidates.own_bursts(targets, own_first, chosen, times.first, times.hours, *own_law, DEEP),
        entry_first=entries[0],
        entry_pair=entries[1],
        entry_h=entries[2],
        entry_act=entries[3],
        G=follow,
        E=n_silent.astype(float),
        S=candidates.follow_up(targets, np.ones(targets.size), times.first, times.hours, *span, *own_law),
    )


Entries = tuple[Whole, NDArray[np.int32], NDArray[np.float32], Whole]


def _recent(*arrays: Any) -> Entries:
    found: Entries = candidates.recent_sources(*arrays)
    return found


def _swapped(real: Entries, other: Entries, kind: NDArray[np.int8]) -> Entries:
    """Candidates of named acts as they are, of the others as the other list has them."""
    takes_other = kind == SILENT
    size = np.where(takes_other, np.diff(other[0]), np.diff(real[0]))
    begin = np.where(takes_other, other[0][:-1] + real[0][-1], real[0][:-1])
    places = _ranges(begin, size)
    pair, h, act = (np.concatenate([one, two])[places] for one, two in zip(real[1:], other[1:], strict=True))
    return _offsets(size), pair, h, act


def _personal(targets: Whole, times: Timeline, frozen: Frozen) -> Floats:
    """How much more of the day's hours each target has than its community, by its acts before t0."""
    n = times.first[targets + 1] - times.first[targets]
    acts = _ranges(times.first[targets], n)
    owner = np.repeat(np.arange(targets.size), n)
    early = times.hours[acts] < frozen.since
    hour = (np.floor(times.hours[acts] - frozen.since).astype(np.int64) + frozen.weekday_hour) % 24
    by_day = np.bincount(owner[early] * 24 + hour[early], minlength=24 * targets.size).reshape(-1, 24).astype(float)
    by_day = 0.5 * by_day + 0.25 * np.roll(by_day, 1, axis=1) + 0.25 * np.roll(by_day, -1, axis=1)
    usual = frozen.week[frozen.community[targets]].reshape(-1, 7, 24).sum(axis=1)
    usual /= usual.sum(axis=1, keepdims=True)
    found: Floats = (by_day / usual + _PERSONAL) / (by_day.sum(axis=1, keepdims=True) + _PERSONAL)
    return found


def profiles(
    times: Timeline, weight: NDArray[np.float32], community: Whole, since: float, until: float
) -> tuple[Floats, Floats, int]:
    """Acts of each community in each hour after `since`, by weight; its shape of the week, mean 1; where it begins."""
    n = int(community.max(initial=0)) + 1
    n_hours = max(1, int(np.ceil(until - since)))
    started = int((times.start_us // 3_600_000_000 + int(np.floor(since)) + 72) % 168)  # 1970 began on a Thursday
    counts, of_week = held(times.first, times.hours, weight, community, n, since, n_hours, started)
    return counts, _smooth_week(of_week), started


def _smooth_week(by_hour: Floats) -> Floats:
    """Hours of the week around the day's, the day's around everybody's; each by how much is seen of it."""
    everybody = by_hour.sum(axis=0).reshape(7, 24).sum(axis=0) + 1.0
    everybody /= everybody.sum()
    of_day = by_hour.reshape(-1, 7, 24).sum(axis=1)
    day = (of_day + 48 * everybody) / (of_day.sum(axis=1, keepdims=True) + 48)
    near = 0.5 * by_hour + 0.25 * np.roll(by_hour, 1, axis=1) + 0.25 * np.roll(by_hour, -1, axis=1)
    week = near + 336 * np.tile(day, (1, 7)) / 7
    found: Floats = week / week.mean(axis=1, keepdims=True)
    return found


def _ranges(first: Whole, size: Whole) -> Whole:
    """first[0], first[0] + 1, ... for size[0] numbers, then the same of the next."""
    offset = _offsets(size)
    return np.arange(offset[-1]) + np.repeat(first - offset[:-1], size)


def _offsets(size: Whole) -> Whole:
    return np.append(0, np.cumsum(size)).astype(np.int64)

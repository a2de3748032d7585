"""Known influence planted among strangers: how much of it the fit finds, and so how to read what it says of the study.

A dose moves some of the acts that name nobody to where a stranger's acts would have set them off: sources, delays and
shares as they were learnt, accounts moved silently in proportion to how often they are moved by name, links taken as
often as they were taken. Among strangers nothing else is influence, so that what is found beyond the null is found of
the dose.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from ascendant.infer.batches import Frozen, Law, explained_acts
from ascendant.infer.exposure import NAMED, SILENT, Exposure, Flags, Floats, Timeline, Whole
from ascendant.kernels.chance import uniforms

MOST_ACTS: Final = 200_000  # after t0; of a study that has more, a part is looked at
LEAST_SHARE: Final = 0.1
LEAST_FOUND: Final = 0.1  # share of a dose: where less is found of each, what is found tells nothing
_TRIES: Final = 6
_MOST_OF_AN_ACCOUNT: Final = 0.8


def some_targets(times: Timeline, exposure: Exposure, seed: int = 20_260_306) -> Whole | None:
    """Accounts for whom doses, further strangers and the second placebo stand: None, for all, but in large studies.

    There they are a tenth of the accounts that act after t0, or as many as have `MOST_ACTS` acts; chosen by their
    numbers alone, and so the same for whatever is compared. Doses are planted among all, and hyper-parameters learnt
    from all: only who is sampled is limited.
    """
    acts, act_of = explained_acts(times, exposure.since)
    if acts.size <= MOST_ACTS:
        return None
    targets = np.flatnonzero(np.diff(act_of) > 0)
    return targets[uniforms(seed, targets) < max(LEAST_SHARE, MOST_ACTS / acts.size)]


def planted(
    times: Timeline, exposure: Exposure, instead: Whole, frozen: Frozen, dose: float, seed: int
) -> tuple[Timeline, Flags]:
    """The timeline with that share of the silent acts after t0 moved by `instead`, and which acts these are."""
    return _in_order(*_moved(times, exposure, instead, frozen, dose, seed))


def _moved(
    times: Timeline, exposure: Exposure, instead: Whole, frozen: Frozen, dose: float, seed: int
) -> tuple[Timeline, Floats, Flags]:
    """The timeline with the links that were copied, when each act happens now, and which were moved."""
    random = np.random.default_rng(seed)
    n = times.n_accounts
    account = times.account
    late = times.hours >= exposure.since
    silent = np.flatnonzero(late & (times.kind == SILENT))
    n_silent = np.bincount(account[silent], minlength=n)
    target = exposure.target
    named = np.bincount(account[late & (times.kind == NAMED)], minlength=n)
    shown = np.diff(times.shown_first)
    able = exposure.is_exposed & (instead >= 0) & (shown[np.maximum(instead, 0)] > 0)
    has = np.bincount(target[able], minlength=n) > 0
    wish = (named + 0.5) * random.gamma(2.0, 0.5, n) * (has & (n_silent > 0))
    n_planted = np.floor(_scaled(wish, n_silent, dose * silent.size) + random.random(n)).astype(np.int64)
    # Which acts, and which pair sets each off: in proportion to how often the source is named for each of its acts.
    order = np.lexsort((random.random(silent.size), account[silent]))
    nth = np.arange(silent.size) - np.searchsorted(account[silent], account[silent])
    chosen = silent[order[nth < n_planted[account[silent]]]]
    pull = (exposure.n_named_before + _named_after(times, exposure) + 0.3) / (shown[exposure.source] + 3.0)
    weight = pull * (shown[np.maximum(instead, 0)] + 3.0) * able
    weight = weight * random.gamma(1.0, 1.0, weight.size)
    reached = np.append(0.0, np.cumsum(weight))
    hours = times.hours.copy()
    done = np.zeros(times.hours.size, bool)
    behind = np.full(times.hours.size, -1)
    left = chosen
    for _ in range(_TRIES):
        owner = account[left]
        low, high = reached[exposure.first[owner]], reached[exposure.first[owner + 1]]
        pair = np.searchsorted(reached, low + random.random(left.size) * (high - low), "right") - 1
        source = instead[np.clip(pair, exposure.first[owner], exposure.first[owner + 1] - 1)]
        first, end = times.shown_first[source], times.shown_first[source + 1]
        act = times.shown_act[np.minimum(first + (random.random(left.size) * (end - first)).astype(np.int64), end - 1)]
        at = times.hours[act] + _delays(frozen.delay, random, left.size) * frozen.speed[owner]
        fits = (at >= exposure.since) & (at < exposure.until)
        hours[left[fits]] = at[fits]
        done[left[fits]] = True
        behind[left[fits]] = act[fits]
        left = left[~fits]
    moved = np.flatnonzero(done)
    links = times.links.copied(moved, behind[moved], frozen.copied, np.random.default_rng([seed, 1]))
    return replace(times, links=links), hours, done


def _named_after(times: Timeline, exposure: Exposure) -> Whole:
    """Of each pair the acts since t0 in which the target names the source."""
    acts = np.flatnonzero((times.hours >= exposure.since) & (times.kind == NAMED))
    keys = exposure.target * times.n_accounts + exposure.source
    place = np.searchsorted(keys, times.account[acts] * times.n_accounts + times.author[acts])
    found: Whole = np.bincount(place, minlength=keys.size)
    return found


def calibrated(found: float, null: float, given: Floats, seen: Floats) -> float:
    """theta: the dose of which as much would be found as the study shows beyond its null.

    `given` are doses, ascending, and `seen` what was found of each, the null included. Below the null it is negative.

    >>> calibrated(0.08, 0.01, np.array([0.05, 0.1]), np.array([0.045, 0.08]))
    0.1
    """
    doses, beyond = np.append(0.0, given), np.maximum.accumulate(np.append(0.0, seen - null))
    excess = found - null
    if not np.any(beyond[1:] > LEAST_FOUND * doses[1:]):  # of what was planted nothing is found: the study cannot tell
        return float("nan")
    if excess <= 0.0:
        first = int(np.argmax(beyond > 0.0))
        return float(excess * doses[first] / beyond[first])
    if excess >= beyond[-1]:
        return float(min(1.0, excess * doses[-1] / beyond[-1]))
    return float(np.interp(excess, beyond, doses))


def _scaled(wish: Floats, most: Whole, total: float) -> Floats:
    """Wishes times a factor, bounded account by account, so that they sum to the total where that can be."""
    bound = _MOST_OF_AN_ACCOUNT * most
    factor = total / max(wish.sum(), 1e-12)
    for _ in range(40):
        given = np.minimum(wish * factor, bound)
        factor *= min(2.0, total / max(given.sum(), 1e-12))
    found: Floats = np.minimum(wish * factor, bound)
    return found


def _delays(law: Law, random: np.random.Generator, n: int) -> Floats:
    reached = np.append(0.0, np.cumsum(law.density * np.diff(law.edge)))
    found: Floats = np.interp(random.random(n) * reached[-1], reached, law.edge)
    return found


def _in_order(times: Timeline, hours: Floats, done: Flags) -> tuple[Timeline, Flags]:
    order = np.lexsort((hours, times.account))
    place = np.empty(order.size, np.int64)
    place[order] = np.arange(order.size)
    is_shown = np.zeros(order.size, bool)
    is_shown[times.shown_act] = True
    shown = np.flatnonzero(is_shown[order])
    item_act = times.item_act[order]
    changed = replace(
        times,
        act_id=times.act_id.take(order),
        hours=hours[order],
        kind=times.kind[order],
        is_repost=times.is_repost[order],
        author=times.author[order],
        item=times.item[order],
        item_act=np.where(item_act >= 0, place[np.maximum(item_act, 0)], -1),
        item_hours=times.item_hours[order],
        shown_first=np.searchsorted(shown, times.first),
        shown_act=shown,
        links=times.links.of(order),
    )
    return changed, done[order]

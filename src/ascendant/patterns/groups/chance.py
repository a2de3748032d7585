"""How far an account's company is beyond chance: a p-value for each account, and q-values over all of them.

Accounts of like activity are judged by one null: what chance deals to all of them, pooled. Eight numbers tell of an
account (four windows; partners in repeated acts, and the second closest partner); the least of their p-values is
compared with the least of those of the accounts that chance dealt, so that looking eight times costs what it must.
The false share among accounts that are shown is held by Benjamini and Hochberg (1995).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.patterns.groups.company import Events, Places, Strata, Whole

Floats = NDArray[np.float64]

FEWEST_EVENTS: Final = 2  # with one, nothing can be repeated
_RATIO: Final = 1.35  # between the activities of two classes
_SMALLEST_CLASS: Final = 150  # accounts; the busiest are pooled until they are so many
_MOST_CLASSES: Final = 200  # among 240,000 accounts a class has 1,200 at least: small ones are dealt again and again
_FEWEST_DEALS, _MOST_DEALS = 1, 160
_TRACES: Final = 16  # more than there are
_DRAWS: Final = 24_000  # of a class, over all deals: of eight numbers the least p-value is 9 in so many, or more


def classes(n_events: Whole) -> Whole:
    """The class of activity of each account, from 1; 0 where there are too few events to judge.

    >>> classes(np.array([0, 1, 2, 2])).tolist()
    [0, 0, 1, 1]
    """
    edges = np.unique(np.round(FEWEST_EVENTS * _RATIO ** np.arange(60)))
    found = np.digitize(n_events, edges)
    smallest = max(_SMALLEST_CLASS, int(np.count_nonzero(found)) // _MOST_CLASSES)
    for number in range(found.max(initial=0), 1, -1):
        if 0 < np.count_nonzero(found == number) < smallest:
            found[found == number] = number - 1
    return found


def p_values(events: Events, strata: Strata, seed: int, n_threads: int) -> tuple[Floats, Floats]:
    """Of each account how likely chance gives such company: over all windows [A], and window by window [A, W]."""
    group = classes(events.n_events)
    judged = np.flatnonzero(group > 0).astype(np.int32)
    overall, by_window = np.ones(events.n_accounts), np.ones((events.n_accounts, events.windows.size))
    if judged.size == 0:
        return overall, by_window
    observed = events.company(events.observed(judged), judged, n_threads)
    for number, null in _dealt(events, strata, group, seed, n_threads).items():
        here = group[judged] == number
        p, p_null = _ranks(null, observed[here]), _own_ranks(null)
        overall[judged[here]] = _ranks(-p_null.min(axis=1)[:, None], -p.min(axis=1)[:, None])[:, 0]
        halves = p.reshape(p.shape[0], 2, -1), p_null.reshape(p_null.shape[0], 2, -1)
        for w in range(events.windows.size):
            one, null_one = (-half[:, :, w].min(axis=1)[:, None] for half in halves)
            by_window[judged[here], w] = _ranks(null_one, one)[:, 0]
    return overall, by_window


def q_values(p: Floats, is_judged: NDArray[np.bool_]) -> Floats:
    """The least false share at which each judged account would be shown; 1 for the others.

    >>> q_values(np.array([0.01, 0.5, 0.02]), np.array([True, True, True])).round(3).tolist()
    [0.03, 0.5, 0.03]
    """
    q = np.ones(p.size)
    place = np.flatnonzero(is_judged)
    place = place[np.argsort(p[place], kind="stable")]
    share = p[place] * place.size / np.arange(1, place.size + 1)
    q[place] = np.minimum(np.minimum.accumulate(share[::-1])[::-1], 1.0)
    return q


def deal(stratum: Whole, rng: np.random.Generator) -> Whole:
    """For each event another of its stratum, each once: who acted there acts here."""
    order = np.argsort(stratum, kind="stable")
    dealt = np.empty(stratum.size, np.int64)
    dealt[order] = np.lexsort((rng.random(stratum.size), stratum))
    return dealt


def _dealt(events: Events, strata: Strata, group: Whole, seed: int, n_threads: int) -> dict[int, NDArray[np.float32]]:
    """By class: the company of its accounts as chance deals it, [draws, 2 W]. Small classes are dealt more often."""
    numbers, sizes = np.unique(group[group > 0], return_counts=True)
    n_deals = np.clip(-(-_DRAWS // sizes), _FEWEST_DEALS, _MOST_DEALS)
    found: dict[int, list[NDArray[np.float32]]] = {int(number): [] for number in numbers}
    for turn in range(int(n_deals.max())):
        rng = np.random.default_rng([seed, turn])
        chosen = np.flatnonzero(np.isin(group, numbers[n_deals > turn])).astype(np.int32)
        company = events.company(events.dealt(chosen, strata, rng), chosen, n_threads)
        for number in numbers[n_deals > turn]:
            found[int(number)].append(company[group[chosen] == number])
    return {number: np.concatenate(rows) for number, rows in found.items()}


def _own_ranks(null: NDArray[np.floating]) -> Floats:
    """The same of each draw of the null among the others: as rare as an account can be that chance deals once more."""
    found: Floats = _ranks(null, null) - 1 / (1 + null.shape[0])
    return found


def _ranks(null: NDArray[np.floating], observed: NDArray[np.floating]) -> Floats:
    """Column by column the share of the null that is no less than what was observed, itself counted in."""
    found = np.empty(observed.shape)
    for column in range(observed.shape[1]):
        ordered = np.sort(null[:, column])
        below = np.searchsorted(ordered, observed[:, column] - 1e-6)
        found[:, column] = (1 + ordered.size - below) / (1 + ordered.size)
    return found


def _common(key: Whole, least: int) -> Whole:
    """Community x trace of each event; traces with fewer than `least` acts of a community count as its commonest."""
    keys, which, sizes = np.unique(key, return_inverse=True, return_counts=True)
    order = np.lexsort((sizes, keys // _TRACES))
    last = np.append(keys[order][1:] // _TRACES != keys[order][:-1] // _TRACES, True)
    commonest = keys[order][last]  # of each community, ascending
    place = np.searchsorted(commonest // _TRACES, keys // _TRACES)
    found: Whole = np.where(sizes < least, commonest[place], keys)[which]
    return found


def strata_of(events: Events, community: Places, least: int) -> Strata:
    """Strata of events: community x trace x hour of the calendar, or as many hours as make `least` acts.

    What a community does on a trace too seldom to fill one stratum is dealt with what it does most: a group that is all
    there is of a trace would only be compared with itself.
    """
    key = _common(community[events.account].astype(np.int64) * _TRACES + events.trace, least)
    hour = events.at // (3600 * 1_000_000)
    order = np.lexsort((events.at, key))
    begins = np.append(True, (key[order][1:] != key[order][:-1]) | (hour[order][1:] != hour[order][:-1]))
    starts = np.flatnonzero(begins)
    keys, sizes = key[order][starts], np.diff(np.append(starts, order.size))
    number, held, strata = -1, least, np.empty(starts.size, np.int64)
    for place in range(starts.size):
        if held >= least or (place and keys[place] != keys[place - 1]):
            number, held = number + 1, 0
        strata[place] = number
        held += sizes[place]
    found = np.empty(order.size, np.int64)
    found[order] = np.repeat(strata, sizes)
    return Strata.of_numbers(found)

"""Groups found -> who else belongs to them: accounts that met a group again and again, be it other members each time.

The core of a group are accounts that act together more than once, each with two others and more (`circles`). Whoever
came twice, and met different ones, has no such partners. Here stands the question that a group allows once it is there:
does this account meet *the group* more often than others do who act in the same strata? Of two meetings where chance
gives one in ten thousand, hardly any is chance. The false share among those who join is held as Heyse (2011) holds it
for counts: of most accounts no p-value can be small, and these are not paid for. (Heyse, "A false discovery rate
procedure for categorical data", in Recent Advances in Biostatistics.)
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from ascendant.kernels.meetings import moments
from ascendant.patterns.groups.chance import FEWEST_EVENTS
from ascendant.patterns.groups.circles import Found
from ascendant.patterns.groups.company import Events, Places, Strata
from ascendant.patterns.groups.said import met_by_group

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_FEWEST_MOMENTS: Final = 2  # one is nobody's habit
_FALSE_SHARE: Final = 0.1  # among those who join a group
_OWN: Final = 0.2  # of an account's p-value by its own company: whoever has what chance gives joins nobody
_MOST_ROUNDS: Final = 3  # who joins brings others, and each round could bring chance along
_MOST_MOMENTS: Final = 24  # counts beyond tell no more
_EXPECTED: Final = np.geomspace(1e-5, 100.0, 400)  # meetings by chance; accounts are counted at the next above


def with_joined(events: Events, strata: Strata, found: Found, window: Places) -> Found:
    """The groups with those who join them; `window` of each group by its place.

    The q-value of whoever joins is that of its meetings with the group.
    """
    for _ in range(_MOST_ROUNDS):
        group, q = _joining(events, strata, found, window)
        if not (group >= 0).any():
            break
        found = found.joined_by(group, q, *events.pairs((found.group >= 0) | (group >= 0)))
    return found


def _joining(events: Events, strata: Strata, found: Found, window: Places) -> tuple[Places, Floats]:
    """Of each account in no group the one that it joins (-1: none), and its q-value there."""
    which, event = met_by_group(events, found.group, window)
    of_others = found.group[events.account] < 0
    outside = np.flatnonzero((found.group < 0) & (events.n_events >= FEWEST_EVENTS)).astype(np.int32)
    size = np.maximum(np.bincount(strata.of[of_others], minlength=strata.size.size), 1)
    joins, least, q = np.full(events.n_accounts, -1, np.int32), np.ones(events.n_accounts), found.q.copy()
    for group in range(found.n_groups):
        here = event[(which == group) & of_others[event]]
        is_met = np.zeros(of_others.size, np.bool_)
        is_met[here] = True
        rate = np.bincount(strata.of[here], minlength=size.size) / size
        n, expected = moments(
            outside,
            np.zeros(outside.size, np.int32),
            events.windows[window[group : group + 1]],
            events.account_first,
            events.own.at,
            events.own.instead,
            is_met,
            rate[strata.of],
        )
        share, tail = false_shares(n, expected)
        better = (share <= _FALSE_SHARE) & (found.p[outside] <= _OWN) & (tail < least[outside])
        account = outside[better]
        joins[account], least[account], q[account] = group, tail[better], share[better]
    return joins, q


def false_shares(n: Places, expected: Floats) -> tuple[Floats, Floats]:
    """Of accounts with `n` moments of meeting where chance gives `expected`: the false share, and the p-value itself.

    1 for whoever has fewer than two. The false share at a p-value is how many accounts chance would bring so far, each
    with the counts that it can have, for each that came.

    >>> share, p = false_shares(np.int32([3, 0, 0, 0]), np.array([0.01, 0.01, 0.01, 0.01]))
    >>> float(share[0]) < 1e-5, share[1:].tolist()
    (True, [1.0, 1.0, 1.0])
    """
    share, p = np.ones(n.size), np.ones(n.size)
    again = np.flatnonzero(n >= _FEWEST_MOMENTS)
    if again.size == 0:
        return share, p
    place = np.minimum(np.searchsorted(_EXPECTED, expected), _EXPECTED.size - 1)
    counts = np.arange(_FEWEST_MOMENTS, _MOST_MOMENTS + 1)
    tails = special.gammainc(counts, _EXPECTED[:, None])  # P(so many or more), where _EXPECTED are expected
    p[again] = tails[place[again], np.minimum(n[again], _MOST_MOMENTS) - _FEWEST_MOMENTS]
    accounts = np.bincount(place, minlength=_EXPECTED.size)
    ordered = np.sort(p[again])
    levels = np.unique(ordered)
    by_chance = np.array([accounts @ np.where(tails <= level, tails, 0.0).max(axis=1) for level in levels])
    so_far = np.searchsorted(ordered, levels, side="right")
    held = np.minimum.accumulate((by_chance / so_far)[::-1])[::-1]
    share[again] = np.minimum(held[np.searchsorted(levels, p[again])], 1.0)
    return share, p

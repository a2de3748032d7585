"""Accounts beyond chance and their pairs -> groups.

Candidates are accounts whose company is beyond chance (`chance`); one in five of them may be there by it. Members are
those that act together again and again with two other candidates and more: groups are the communities of such pairs, of
three accounts and more. Two meet by chance; that three do, and more than once each with each, chance hardly deals: of
those shown in conversations that were taken apart by chance, under one in twenty was (docs/decisions/0009-groups.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.infer.communities import by_size, leiden
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.threads import n_threads
from ascendant.patterns.groups.chance import FEWEST_EVENTS, p_values, q_values, strata_of
from ascendant.patterns.groups.company import Events, Places
from ascendant.patterns.options import GroupOptions

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_GRAIN: Final = 0.5  # of the communities of pairs: below 1, a group whose halves meet less often stays whole
# Among 240,000 accounts this lets 120 in by chance, who hardly ever act together; without it, ten members of a group
# among so many would have to be rarer than any dealing can tell.
_RARE: Final = 5e-4
_SURE: Final = 0.05  # of an account's p-value in a window, for its pairs in that window to make a group


@dataclass(frozen=True)
class Found:
    """Group of each account (-1: none; 0 is the largest), its q-value, and the pairs inside groups."""

    group: Places
    p: Floats  # how likely chance gives an account such company
    q: Floats
    first: Places
    second: Places
    count: Floats  # of each pair, the largest of its windows

    @property
    def n_groups(self) -> int:
        """How many groups."""
        return int(self.group.max(initial=-1)) + 1

    def without(self, accounts: Places, least: int) -> tuple[Found, Flags]:
        """Without these accounts, and which of the groups are left: those that still have so many members."""
        group = self.group.copy()
        group[accounts] = -1
        kept = np.bincount(group[group >= 0], minlength=self.n_groups) >= least
        return replace(self, group=group).only(kept), kept

    def by_size(self) -> tuple[Found, NDArray[np.int64]]:
        """The groups numbered by falling size, and the number that each of them had."""
        size = np.bincount(self.group[self.group >= 0], minlength=self.n_groups)
        order = np.argsort(-size, kind="stable")
        number = np.full(self.n_groups + 1, -1, np.int32)
        number[order] = np.arange(self.n_groups)
        return replace(self, group=number[self.group]), order

    def only(self, kept: Flags) -> Found:
        """Some of the groups, numbered anew."""
        number = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1).astype(np.int32)
        group = number[self.group]
        inside = (group[self.first] >= 0) & (group[self.first] == group[self.second])
        return Found(group, self.p, self.q, self.first[inside], self.second[inside], self.count[inside])

    def joined_by(self, group: Places, q: Floats, first: Places, second: Places, count: NDArray[np.float32]) -> Found:
        """With more members (`group` of each, -1: none), and the pairs that they make with each other and with others.

        Of all pairs given, with their count in each window, those count that have a new member and met more than once.
        """
        both = np.where(group >= 0, group, self.group)
        most = count.max(axis=1, initial=0.0).astype(np.float64)
        new = (both[first] == both[second]) & (both[first] >= 0) & (most > 1)
        new &= (group[first] >= 0) | (group[second] >= 0)
        return Found(
            group=both,
            p=self.p,
            q=q,
            first=np.append(self.first, first[new]),
            second=np.append(self.second, second[new]),
            count=np.append(self.count, most[new]),
        )


def groups_in(events: Events, community: Places, options: GroupOptions) -> Found:
    """The groups. `community` of each account; -1 where it has none."""
    strata = strata_of(events, community, options.stratum_acts)
    p, by_window = p_values(events, strata, options.group_seed, n_threads(options.n_threads))
    q = q_values(p, events.n_events >= FEWEST_EVENTS)
    shown = (q <= options.candidates_share) | (p <= _RARE)
    first, second, count = events.pairs(shown)
    beyond = np.maximum(count - 1.0, 0.0) * ((by_window[first] <= _SURE) & (by_window[second] <= _SURE))
    tie = beyond.max(axis=1, initial=0.0)
    kept = tie > 0
    first, second, count, tie = first[kept], second[kept], count[kept], tie[kept]
    core = _with_two_partners(events.n_accounts, first, second)
    first, second, count, tie = first[core], second[core], count[core], tie[core]
    group = _parted(events.n_accounts, first, second, tie, options.least_members)
    inside = (group[first] >= 0) & (group[first] == group[second])
    return Found(
        group=group,
        p=p,
        q=q,
        first=first[inside],
        second=second[inside],
        count=count[inside].max(axis=1, initial=0.0).astype(np.float64),
    )


def _with_two_partners(n_accounts: int, first: Places, second: Places) -> Flags:
    """Which pairs are left when whoever has fewer than two partners is taken away, again and again."""
    kept = np.ones(first.size, np.bool_)
    while True:
        partners = np.bincount(first[kept], minlength=n_accounts) + np.bincount(second[kept], minlength=n_accounts)
        still = kept & (partners[first] > 1) & (partners[second] > 1)
        if still.sum() == kept.sum():
            return kept
        kept = still


def _parted(n_accounts: int, first: Places, second: Places, tie: Floats, least: int) -> Places:
    """The group of each account: communities of the pairs, those of fewer than `least` left out."""
    group = np.full(n_accounts, -1, np.int32)
    members = np.unique(np.concatenate([first, second]))
    if members.size == 0:
        return group
    one, other = (np.searchsorted(members, side).astype(np.int64) for side in (first, second))
    part = by_size(leiden(members.size, one, other, tie.astype(float), InfluenceOptions(community_grain=_GRAIN)))
    is_large = np.bincount(part)[part] >= least
    group[members[is_large]] = part[is_large]
    return group

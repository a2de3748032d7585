"""Acts that pass on -> pairs of account and group: counts, strata, delays, and the acts that show it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.relays.passed import Passed
from ascendant.patterns.relays.places import UNKNOWN, Floats, Whole


@dataclass(frozen=True)
class Pairs:
    """Pairs of an account outside of all groups and a group that it saw, by account and group.

    It saw it if it passed on something of it, or follows one of its accounts.
    """

    account: Whole
    group: Whole
    stratum: Whole  # number of community x group
    of_act: Whole  # of each act of `Passed`, its pair; -1 of accounts inside groups
    n_passed: Whole
    n_unlinked: Whole
    n_members: Whole
    y: Whole  # acts that pass the group on since it was seen
    n: Whole  # acts that pass anything on since then

    @property
    def size(self) -> int:
        """How many pairs."""
        return int(self.account.size)

    def lags(self, passed: Passed) -> tuple[Floats, Floats]:
        """Median delay of each pair, and of the acts of all other accounts of its stratum together; nan if unknown."""
        known = np.flatnonzero((self.of_act >= 0) & (passed.delay != UNKNOWN))
        delay = passed.delay[known] / 1e6
        own = _medians(self.of_act[known], delay, self.size)
        # Of the median of all in the stratum: a single account hardly moves it.
        of_stratum = _medians(self.stratum[self.of_act[known]], delay, int(self.stratum.max(initial=-1)) + 1)
        return own, of_stratum[self.stratum]

    def evidence(self, passed: Passed, pairs: Whole, most: int) -> tuple[pa.Array, pa.Array]:
        """Acts of the pairs with those of the group beside them: those that name nobody first, then by time."""
        rows = np.flatnonzero(self.of_act >= 0)
        order = rows[np.lexsort((passed.at[rows], ~passed.is_unlinked[rows], self.of_act[rows]))]
        first = np.searchsorted(self.of_act[order], np.arange(self.size + 1))
        size = np.minimum(np.diff(first)[pairs], most)
        ends = np.append(0, np.cumsum(size))
        place = np.arange(ends[-1]) + np.repeat(first[pairs] - ends[:-1], size)
        chosen, offsets = pa.array(order[place]), pa.array(ends, pa.int32())
        own = pa.ListArray.from_arrays(offsets, passed.act_id.take(chosen))
        return own, pa.ListArray.from_arrays(offsets, passed.source_act_id.take(chosen))


def pairs_of(passed: Passed, community: Whole, follows: pa.Table) -> Pairs:
    """`community` of each account, -1 if unknown; `follows` are the rows of `store/sql/follows.sql`."""
    n_groups = max(passed.group_id.size, 1)
    is_outside = passed.group_of[passed.account] < 0
    acts = np.flatnonzero(is_outside)
    followed = np.unique(_followed(passed, follows, n_groups))
    key, place = np.unique(
        np.append(passed.account[acts] * n_groups + passed.group[acts], followed), return_inverse=True
    )
    of_act = np.full(passed.account.size, -1, np.int64)
    of_act[acts] = place[: acts.size]
    account, group = key // n_groups, key % n_groups
    n_passed = _sum(of_act[acts], passed.n[acts], key.size)
    n_unlinked = _sum(of_act[acts], passed.n[acts] * passed.is_unlinked[acts], key.size)
    members = np.unique(np.column_stack([of_act[acts], passed.member[acts]]), axis=0)
    # Rows are by account, group and time: the first of a pair is its first act.
    first = np.full(key.size, -1, np.int64)
    first[of_act[acts][::-1]] = acts[::-1]
    # Whoever only follows has no first act: the last place, where nothing was passed on.
    later = np.append(passed.n_later, 0)[first] + np.append(passed.n, 1)[first] - 1
    follows_it = np.isin(key, followed)
    y = np.where(follows_it, n_passed, n_passed - 1)
    n = np.where(follows_it, passed.n_acts[account], later)
    cell = (community[account] + 1) * n_groups + group
    return Pairs(
        account=account,
        group=group,
        stratum=np.unique(cell, return_inverse=True)[1],
        of_act=of_act,
        n_passed=n_passed,
        n_unlinked=n_unlinked,
        n_members=np.bincount(members[:, 0], minlength=key.size),
        y=y,
        n=np.maximum(n, y),
    )


def _followed(passed: Passed, follows: pa.Table, n_groups: int) -> Whole:
    """Keys of accounts outside that follow an account of a group."""
    source, target = (
        pc.index_in(pa.chunked_array(follows[name].chunks, pa.string()).combine_chunks(), passed.account_id)
        .fill_null(-1)
        .to_numpy(zero_copy_only=False)
        .astype(np.int64)
        for name in ("source_id", "target_id")
    )
    held = (source >= 0) & (target >= 0)
    source, target = source[held], target[held]
    counts = (passed.group_of[source] >= 0) & (passed.group_of[target] < 0)
    found: Whole = target[counts] * n_groups + passed.group_of[source[counts]]
    return found


def _medians(key: Whole, value: Floats, size: int) -> Floats:
    """Median of the values of each key (the lower of two in the middle); nan where there is none."""
    order = np.lexsort((value, key))
    first = np.searchsorted(key[order], np.arange(size + 1))
    n = np.diff(first)
    found = np.full(size, np.nan)
    some = n > 0
    found[some] = value[order][(first[:-1] + (n - 1) // 2)[some]]
    return found


def _sum(key: Whole, value: Whole, size: int) -> Whole:
    found: Whole = np.bincount(key, value, size).astype(np.int64)
    return found

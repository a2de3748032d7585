"""Pairs of account and group -> the probability of each account to be a relay, and by how much it comes late.

Judged are those who passed a group on often enough, not by its clock, and who have others of their community to be
compared with. Who moves by the group's clock is left out: a few accounts of the group that were not found would make
all others look late (of 85 relays shown 41 were none, in worlds 200 to 219 with a quarter of the members missing).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat
from ascendant.patterns.relays.amount import Amount
from ascendant.patterns.relays.lateness import usual_delays
from ascendant.patterns.relays.limits import FEW_SEEN, NO_DELAYS, ONE_KIND
from ascendant.patterns.relays.pairs import Pairs
from ascendant.patterns.relays.passed import PASSES_ON, Passed
from ascendant.patterns.relays.places import UNKNOWN, Flags, Floats, Whole
from ascendant.patterns.relays.two_kinds import FEWEST_ACCOUNTS, ranks_within, two_kinds

FEWEST_PASSED: Final = 5  # below, nothing is concluded of an account
FEWEST_TIMED: Final = 3  # of them, acts with a delay
# Judged accounts of a community that a comparison needs. Pooled with other communities, the few of one stood out by
# what is usual there: of 33 shown that were no relays 24 were so (worlds 200 to 211).
FEWEST_NEAR: Final = 10
_LAG_PSEUDO: Final = 2.0  # acts for which "as late as the others" counts in the rank
_NEAR_PSEUDO: Final = 5.0  # accounts for which those of other communities count in what is usual in one


@dataclass(frozen=True)
class ToldApart:
    """Of each pair; nan where it cannot be told. `chance` is told of more pairs than `q_value`."""

    later: Floats  # than the others of its community who pass the group on, drawn to 0 where acts with a delay are few
    chance: Floats
    q_value: Floats
    caveats: tuple[Caveat, ...]


def tell_apart(
    passed: Passed, pairs: Pairs, named_by: pa.Table, amount: Amount, broader: Floats, is_apart: Flags
) -> ToldApart:
    """`is_apart` are the pairs of accounts that do not move by the group's clock."""
    timed = np.flatnonzero((pairs.of_act >= 0) & ~passed.is_unlinked & (passed.delay != UNKNOWN))
    account, delay = _delays_on_others(passed, named_by)
    usual = usual_delays(account, delay, passed.n_accounts)
    if not usual.delays.size:  # nothing but the groups is passed on: these delays are all that is known
        nobody = np.full(timed.size, passed.n_accounts)
        usual = usual_delays(nobody, passed.delay[timed].astype(float), passed.n_accounts + 1)
    n = np.bincount(pairs.of_act[timed], minlength=pairs.size)
    total = np.bincount(pairs.of_act[timed], usual.scores(passed.delay[timed].astype(float)), pairs.size)
    mean: Floats = total / np.maximum(n, 1)
    x = mean - usual.habit[pairs.account]
    v: Floats = usual.unknown[pairs.account] + usual.within / np.maximum(n, 1)
    is_judged = (pairs.n_passed >= FEWEST_PASSED) & (n >= FEWEST_TIMED) & is_apart
    n_near = np.bincount(pairs.stratum[is_judged], minlength=int(pairs.stratum.max(initial=-1)) + 1)
    is_judged &= n_near[pairs.stratum] >= FEWEST_NEAR
    judged = np.flatnonzero(is_judged)
    known, stratum = np.unique(pairs.stratum[judged], return_inverse=True)
    ranks = tuple(ranks_within(trait[judged], stratum) for trait in (amount.ratio, broader))
    kinds = two_kinds(x[judged], v[judged], stratum, ranks)
    q_value, chance = np.full(pairs.size, np.nan), np.full(pairs.size, np.nan)
    q_value[judged] = kinds.q_value
    if kinds.shift > 0:
        # Of a community that nobody is judged of, the mean of all the others is the centre.
        centre = np.full(n_near.size, float(np.average(kinds.centre, weights=n_near[known])))
        centre[known] = kinds.centre
        by_time = kinds.chance_of(x, v, centre[pairs.stratum])
        chance = np.where(n > 0, by_time, kinds.share) * is_apart
        chance[judged] = kinds.chance
    told = []
    if not timed.size:
        told.append(Caveat(NO_DELAYS))
    elif judged.size < FEWEST_ACCOUNTS:
        told.append(Caveat(FEW_SEEN, {"n": int(judged.size), "fewest": FEWEST_PASSED}))
    elif kinds.shift == 0:
        told.append(Caveat(ONE_KIND, {"n": int(judged.size)}))
    return ToldApart(_later(mean, n, pairs, is_apart), chance, q_value, tuple(told))


def _later(mean: Floats, n: Whole, pairs: Pairs, is_apart: Flags) -> Floats:
    """Of each pair; habits left in: whoever passes on slowly at all may well be a relay, and is only ranked here."""
    able = np.flatnonzero((n >= FEWEST_TIMED) & is_apart)
    group, stratum = pairs.group[able], pairs.stratum[able]
    of_group = np.bincount(pairs.group, minlength=1) * 0.0
    of_group += np.bincount(group, mean[able], of_group.size)
    of_group /= np.maximum(np.bincount(group, minlength=of_group.size), 1)
    n_near = np.bincount(stratum, minlength=int(pairs.stratum.max(initial=-1)) + 1)
    near = np.bincount(stratum, mean[able], n_near.size)
    usual = (near[pairs.stratum] + _NEAR_PSEUDO * of_group[pairs.group]) / (n_near[pairs.stratum] + _NEAR_PSEUDO)
    return np.where(is_apart, (mean - usual) * n / (n + _LAG_PSEUDO), np.nan)


def _delays_on_others(passed: Passed, named_by: pa.Table) -> tuple[Whole, Floats]:
    """Delays, in microseconds, of all acts that name an item of an account outside of the groups."""
    chosen = named_by.filter(pc.and_(pc.is_valid(named_by["delay_seconds"]), pc.equal(named_by["verb"], PASSES_ON)))
    place = [
        pc.index_in(chosen[name].combine_chunks(), passed.account_id).to_numpy(zero_copy_only=False).astype(np.int64)
        for name in ("actor_id", "author_id")
    ]
    outside = (passed.group_of[place[0]] < 0) & (passed.group_of[place[1]] < 0)
    return place[0][outside], chosen["delay_seconds"].to_numpy()[outside] * 1e6

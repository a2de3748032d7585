"""Members of groups and acts -> relays: who passes a group on, later than it, as others of their community do not.

The parts: what was passed on (`passed`), how much of it against others who saw the group (`amount`), how late
(`lateness`), on how many accounts of the group it is spread (`breadth`), and whether the account moves with the group's
own clock (`synchrony`). `docs/explanation/relays.md` has the reasons and what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat
from ascendant.patterns.options import PatternOptions
from ascendant.patterns.relays.amount import Amount, amounts
from ascendant.patterns.relays.breadth import breadths
from ascendant.patterns.relays.lateness import FEWEST_ACCOUNTS, find_late, usual_delays
from ascendant.patterns.relays.limits import FEW_SEEN, NO_COMMUNITIES, NO_DELAYS, NO_GROUPS, NOTHING_PASSED, ONE_KIND
from ascendant.patterns.relays.pairs import Pairs, pairs_of
from ascendant.patterns.relays.passed import Passed, find_passed
from ascendant.patterns.relays.places import UNKNOWN, Flags, Floats, Whole
from ascendant.patterns.relays.spread import find_spread
from ascendant.patterns.relays.synchrony import is_synchronous
from ascendant.patterns.relays.tables import GROUP_SPREAD, RELAYS, Questions, Relays

FEWEST_PASSED: Final = 5  # below, nothing is concluded of an account
FEWEST_TIMED: Final = 3  # of them, acts with a delay
Q_MOST: Final = 0.05
MOST_EVIDENCE: Final = 12
_LAG_PSEUDO: Final = 2.0  # acts for which "as late as the others" counts in the score
_BREADTH_WEIGHT: Final = 0.5  # of a doubled breadth against a delay one score later; worlds 200 to 219


def find_relays(
    questions: Questions,
    members: pa.Table,
    named_by: pa.Table,
    communities: pa.Table,
    options: PatternOptions = PatternOptions(),
    *,
    carried: pa.Table | None = None,
) -> Relays:
    """Relays of each group, and how much of what it brings went through them.

    `members` has at least account_id and group_id (`GROUP_MEMBERS`), an account in one group; `named_by` the columns of
    `infer.named.NAMED_BY`, `communities` those of `infer.communities.COMMUNITIES`. `carried` as in `find_passed`.
    """
    del options  # nothing of it is a choice of the user: the false share and the fewest acts are the definition
    if members.num_rows == 0:
        return Relays(RELAYS.empty_table(), GROUP_SPREAD.empty_table(), (Caveat(NO_GROUPS),))
    passed, tempo = find_passed(questions, named_by, members, carried)
    follows = questions.ask("follows")
    community = _community(passed, communities)
    pairs = pairs_of(passed, community, follows)
    told = [] if (community >= 0).any() else [Caveat(NO_COMMUNITIES)]
    shown = np.flatnonzero(pairs.n_passed > 0)
    if not shown.size:
        spread = find_spread(passed, pairs, np.zeros(pairs.size, bool), np.full(pairs.size, np.nan))
        return Relays(RELAYS.empty_table(), spread, (*told, Caveat(NOTHING_PASSED)))
    amount = amounts(pairs.y, pairs.n, pairs.group, pairs.stratum)
    broader = breadths(passed, pairs)
    synchronous = is_synchronous(passed, pairs, tempo)
    lateness = _lateness(passed, pairs, named_by, synchronous != 1, told)
    is_relay = (lateness.q_value <= Q_MOST) & (amount.low > 1) & (synchronous == 0)
    spread = find_spread(passed, pairs, is_relay, lateness.chance)
    return Relays(_table(passed, pairs, amount, broader, lateness, synchronous, is_relay), spread, tuple(told))


@dataclass(frozen=True)
class _Lateness:
    """Of each pair; nan where it cannot be told. `chance` is told of more pairs than `q_value`."""

    later: Floats
    q_value: Floats
    chance: Floats


def _community(passed: Passed, communities: pa.Table) -> Whole:
    """Of each account; -1 where it is unknown."""
    known = communities["account_id"].combine_chunks().cast(pa.string())
    place = pc.index_in(passed.account_id, known)
    community = communities["community"].combine_chunks().take(place).fill_null(-1)
    found: Whole = community.to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def _lateness(passed: Passed, pairs: Pairs, named_by: pa.Table, is_apart: Flags, told: list[Caveat]) -> _Lateness:
    """How late the pairs are, of which that can be said.

    Who moves by the group's clock is left out: a few accounts of the group that were not found would make all others
    look late (of 85 relays shown 41 were none, in worlds 200 to 219 with a quarter of the members missing).
    """
    usual = usual_delays(*_delays_on_others(passed, named_by))
    timed = np.flatnonzero((pairs.of_act >= 0) & ~passed.is_unlinked & (passed.delay != UNKNOWN))
    if not usual.delays.size:  # nothing but the groups is passed on: these delays are all that is known
        usual = usual_delays(passed.account[timed], passed.delay[timed].astype(float))
    n = np.bincount(pairs.of_act[timed], minlength=pairs.size)
    total = np.bincount(pairs.of_act[timed], usual.scores(passed.delay[timed].astype(float)), pairs.size)
    mean: Floats = total / np.maximum(n, 1)
    variance: Floats = usual.between + usual.within / np.maximum(n, 1)
    is_judged = (pairs.n_passed >= FEWEST_PASSED) & (n >= FEWEST_TIMED) & is_apart
    judged = np.flatnonzero(is_judged)
    stratum = _pooled(pairs, is_judged)
    late = find_late(mean[judged], variance[judged], stratum[judged])
    q_value, chance = np.full(pairs.size, np.nan), np.full(pairs.size, np.nan)
    q_value[judged] = late.q_value
    centre = late.centre[stratum] if late.centre.size else np.full(pairs.size, np.nan)
    later = np.where((n > 0) & is_apart, (mean - centre) * n / (n + _LAG_PSEUDO), np.nan)
    if late.shift > 0:
        chance = np.where(n > 0, late.chance_of(mean, variance, stratum), late.share) * is_apart
    if not timed.size:
        told.append(Caveat(NO_DELAYS))
    elif judged.size < FEWEST_ACCOUNTS:
        told.append(Caveat(FEW_SEEN, {"n": int(judged.size), "fewest": FEWEST_PASSED}))
    elif late.shift == 0:
        told.append(Caveat(ONE_KIND, {"n": int(judged.size)}))
    return _Lateness(later, q_value, chance)


def _delays_on_others(passed: Passed, named_by: pa.Table) -> tuple[Whole, Floats]:
    """Delays of all acts that name an item of an account outside of the groups."""
    chosen = named_by.filter(pc.and_(pc.is_valid(named_by["delay_seconds"]), pc.invert(named_by["is_conversation"])))
    place = [
        pc.index_in(chosen[name].combine_chunks(), passed.account_id).to_numpy(zero_copy_only=False).astype(np.int64)
        for name in ("actor_id", "author_id")
    ]
    outside = (passed.group_of[place[0]] < 0) & (passed.group_of[place[1]] < 0)
    return place[0][outside], chosen["delay_seconds"].to_numpy()[outside] * 1e6


def _pooled(pairs: Pairs, is_judged: Flags) -> Whole:
    """Strata numbered from 0, those first that have a pair to learn from; of those with fewer than can be compared, the
    pairs of a group are one."""
    n_strata = int(pairs.stratum.max(initial=-1)) + 1
    size = np.bincount(pairs.stratum[is_judged], minlength=n_strata)[pairs.stratum]
    wide = np.where(size >= FEWEST_ACCOUNTS, pairs.stratum, n_strata + pairs.group)
    known = np.unique(wide[is_judged])
    place = np.searchsorted(known, wide)
    held = np.append(known, -1)[np.minimum(place, known.size)] == wide
    # A group of which nobody is judged has no centre of its own; the first does for the doubt of its spread.
    return np.where(held, place, 0)


def _table(
    passed: Passed,
    pairs: Pairs,
    amount: Amount,
    broader: Floats,
    lateness: _Lateness,
    synchronous: Whole,
    is_relay: Flags,
) -> pa.Table:
    lag, others = pairs.lags(passed)
    score = lateness.later + _BREADTH_WEIGHT * broader
    shown = np.flatnonzero(pairs.n_passed > 0)
    rank = np.where(np.isnan(score), -np.inf, score)[shown]
    order = shown[
        np.lexsort((pairs.account[shown], pairs.group[shown], -pairs.n_passed[shown], -rank, ~is_relay[shown]))
    ]
    evidence = pairs.evidence(passed, order, MOST_EVIDENCE)
    # The act that shows that the account had seen the group is expected of everybody who is compared.
    expected = amount.expected + (pairs.n_passed - pairs.y)
    columns: dict[str, Any] = {
        "account_id": passed.account_id.take(pa.array(pairs.account[order])),
        "group_id": passed.group_id[pairs.group[order]],
        "n_passed": pairs.n_passed[order],
        "expected": expected[order],
        "ratio": amount.ratio[order],
        "low": amount.low[order],
        "high": amount.high[order],
        "n_members": pairs.n_members[order].astype(np.int32),
        "q_value": _maybe(lateness.q_value[order]),
        "is_relay": is_relay[order],
        "score": _maybe(score[order]),
        "median_lag_seconds": _maybe(lag[order]),
        "others_lag_seconds": _maybe(others[order]),
        "is_synchronous": pa.array(synchronous[order] == 1, mask=synchronous[order] < 0),
        "n_unlinked": pairs.n_unlinked[order],
        "act_ids": evidence[0],
        "group_act_ids": evidence[1],
    }
    return pa.table([pa.array(columns[name], RELAYS.field(name).type) for name in RELAYS.names], schema=RELAYS)


def _maybe(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))

"""Members of groups and acts -> relays: who passes a group on, later than it, as others of their community do not.

The parts: what was passed on (`passed`), how much of it against others who saw the group (`amount`), how late
(`lateness`), on how many accounts of the group it is spread (`breadth`), whether the account moves with the group's own
clock (`synchrony`), and how likely all that makes it a relay (`told_apart`, `two_kinds`).
`docs/explanation/relays.md` has the reasons and what was measured.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat
from ascendant.patterns.options import PatternOptions
from ascendant.patterns.relays.amount import Amount, amounts
from ascendant.patterns.relays.breadth import breadths
from ascendant.patterns.relays.limits import NO_COMMUNITIES, NO_GROUPS, NOTHING_PASSED
from ascendant.patterns.relays.pairs import Pairs, pairs_of
from ascendant.patterns.relays.passed import Passed, find_passed
from ascendant.patterns.relays.places import Flags, Floats, Whole
from ascendant.patterns.relays.spread import find_spread
from ascendant.patterns.relays.synchrony import is_synchronous
from ascendant.patterns.relays.tables import GROUP_SPREAD, RELAYS, Questions, Relays
from ascendant.patterns.relays.told_apart import ToldApart, tell_apart

Q_MOST: Final = 0.05
# Of each who is shown. The likelihood believes itself too much: a share of .05 among all as likely would show some at
# .6. With both, 6 of 140 shown were none (worlds 200 to 221, with true, noisy and found members).
LEAST_CHANCE: Final = 0.8
MOST_EVIDENCE: Final = 12
_WEIGHT: Final = (
    0.5  # of breadth and of amount in the rank, as logs, against a delay one score later; worlds 200 to 211
)


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
    apart = tell_apart(passed, pairs, named_by, amount, broader, synchronous != 1)
    is_likely = (apart.q_value <= Q_MOST) & (apart.chance >= LEAST_CHANCE)
    is_relay = is_likely & (amount.low > 1) & (synchronous == 0)
    spread = find_spread(passed, pairs, is_relay, apart.chance)
    table = _table(passed, pairs, amount, broader, apart, synchronous, is_relay)
    return Relays(table, spread, (*told, *apart.caveats))


def _community(passed: Passed, communities: pa.Table) -> Whole:
    """Of each account; -1 where it is unknown."""
    known = communities["account_id"].combine_chunks().cast(pa.string())
    place = pc.index_in(passed.account_id, known)
    community = communities["community"].combine_chunks().take(place).fill_null(-1)
    found: Whole = community.to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def _table(
    passed: Passed,
    pairs: Pairs,
    amount: Amount,
    broader: Floats,
    apart: ToldApart,
    synchronous: Whole,
    is_relay: Flags,
) -> pa.Table:
    lag, others = pairs.lags(passed)
    score = apart.later + _WEIGHT * (broader + np.log(amount.ratio))
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
        "q_value": _maybe(apart.q_value[order]),
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

"""On how many accounts of a group an account's passing on is spread, against chance.

A reader of one well-known account passes on that account; who passes on a group passes on many of its accounts.
Expected are the different accounts that as many acts would meet if each fell on an account of the group by how many
people pass it on.
"""

from __future__ import annotations

import numpy as np

from ascendant.patterns.relays.pairs import Pairs
from ascendant.patterns.relays.passed import Passed
from ascendant.patterns.relays.places import Floats


def breadths(passed: Passed, pairs: Pairs) -> Floats:
    """Log of accounts met against expected, of each pair; 0 is as expected, or nothing passed on."""
    found = np.zeros(pairs.size)
    acts = np.flatnonzero(pairs.of_act >= 0)
    for group in range(passed.group_id.size):
        rows = acts[passed.group[acts] == group]
        here = np.flatnonzero((pairs.group == group) & (pairs.n_passed > 0))
        if not rows.size:
            continue
        reached = np.unique(np.column_stack([passed.member[rows], passed.account[rows]]), axis=0)[:, 0]
        n_people = np.unique(reached, return_counts=True)[1]
        share = n_people / n_people.sum()
        # Numbers of acts are few and different, accounts many.
        n_acts, place = np.unique(pairs.n_passed[here], return_inverse=True)
        expected = np.array([float(np.sum(1 - (1 - share) ** n)) for n in n_acts])
        found[here] = np.log(pairs.n_members[here] / expected[place])
    return found

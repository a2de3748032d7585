"""Whether an account moves by the group's own clock: then it may belong to it, and is no relay.

A gap is the time from an act to the nearest act of the group on the same thing. Half of the gaps between accounts of
the group are within its tempo, by definition. Of an account, as many may be so as of the group's own, or as of all who
pass the group on: which of the two makes its gaps likelier decides.
"""

from __future__ import annotations

import numpy as np

from ascendant.patterns.relays.pairs import Pairs
from ascendant.patterns.relays.passed import Passed
from ascendant.patterns.relays.places import UNKNOWN, Floats, Whole

_MOST_OUTSIDE = 0.45  # share of gaps within the tempo that others may have


def is_synchronous(passed: Passed, pairs: Pairs, tempo_seconds: Floats) -> Whole:
    """Of each pair 1 if it is, 0 if not, -1 where no time, or no tempo of the group, is known."""
    known = np.flatnonzero((pairs.of_act >= 0) & (passed.gap != UNKNOWN))
    known = known[~np.isnan(tempo_seconds[passed.group[known]])]
    within = passed.gap[known] <= tempo_seconds[passed.group[known]] * 1e6
    n = np.bincount(pairs.of_act[known], minlength=pairs.size)
    close = np.bincount(pairs.of_act[known], within, pairs.size)
    of_group_n = np.bincount(pairs.group, n, passed.group_id.size)
    of_group_close = np.bincount(pairs.group, close, passed.group_id.size)
    outside = np.minimum((of_group_close + 0.5) / (of_group_n + 1.0), _MOST_OUTSIDE)[pairs.group]
    as_members = n * np.log(0.5)
    as_others = close * np.log(outside) + (n - close) * np.log1p(-outside)
    return np.where(n == 0, -1, (as_members >= as_others).astype(np.int64))

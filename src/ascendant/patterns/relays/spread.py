"""Acts that pass on what a group brought -> how many of them relays did, with the doubt who is one."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ascendant.patterns.relays.pairs import Pairs
from ascendant.patterns.relays.passed import Passed
from ascendant.patterns.relays.places import Floats
from ascendant.patterns.relays.tables import GROUP_SPREAD

_DRAWS, _SEED = 400, 6
_TAIL: Final = 0.05


def find_spread(passed: Passed, pairs: Pairs, is_relay: NDArray[np.bool_], chance: Floats) -> pa.Table:
    """GROUP_SPREAD: a row for each group.

    `chance` is the probability of each pair to be a relay, nan where that cannot be told: then the share has no value,
    as where nobody at all is shown. What is told apart then need not be relays: the true share was inside 0 of 8
    intervals (of those shown since, in 50 of 56; worlds 200 to 221).
    In each draw those are relays whom it makes so, and the share is a Beta's around theirs. The interval holds the
    share of those who are shown as relays; who may be one and is not shown counts in its upper end.
    """
    if not is_relay.any():
        chance = np.full(pairs.size, np.nan)
    acts = np.flatnonzero(passed.group_of[passed.account] != passed.group)
    random = np.random.default_rng(_SEED)
    rows = []
    for group, group_id in enumerate(passed.group_id.tolist()):
        here = acts[passed.group[acts] == group]
        own = np.flatnonzero(pairs.group == group)
        n_spread = int(passed.n[here].sum())
        by = pairs.n_passed[own]
        n_by = int(by[is_relay[own]].sum())
        rows.append(
            {
                "group_id": group_id,
                "n_spread": n_spread,
                "n_accounts": int(np.unique(passed.account[here]).size),
                "n_by_relays": n_by,
                "n_relays": int(np.count_nonzero(is_relay[own])),
                **_share(n_spread, n_by, by, chance[own], random),
            }
        )
    return pa.Table.from_pylist(rows, schema=GROUP_SPREAD)


def _share(
    n_spread: int, n_by: int, by: NDArray[np.int64], chance: Floats, random: np.random.Generator
) -> dict[str, float | None]:
    if n_spread == 0 or np.isnan(chance).any() or not chance.size:
        return {"share": None, "low": None, "high": None}
    able = chance > 0
    drawn = (random.random((_DRAWS, int(able.sum()))) < chance[able]) @ by[able]
    share = random.beta(drawn + 0.5, n_spread - drawn + 0.5)
    seen = n_by / n_spread
    low, high = np.quantile(share, [_TAIL, 1 - _TAIL])
    return {"share": seen, "low": float(min(low, seen)), "high": float(max(high, seen))}

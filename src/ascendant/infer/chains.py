"""Draws of parents -> draws of transitive influence and of the share of acts that began with somebody else."""

from __future__ import annotations

from typing import Final

import numpy as np

from ascendant.infer.attribution import Attribution
from ascendant.infer.exposure import Timeline, Whole
from ascendant.kernels.chains import ancestors

_DEEPEST: Final = 64  # changes of account along a chain


def transitive(times: Timeline, found: Attribution) -> tuple[Whole, Whole]:
    """Draws x accounts: others' acts that go back to each account, and its own acts that go back to another.

    Acts before t0 have no cause here: a chain begins with them at the latest.
    """
    # Equal times: a parent that is named may stand at the same moment as what it set off.
    account = times.account
    n_draws, n = found.parents.shape[0], times.n_accounts
    moved, from_others = np.zeros((n_draws, n), np.int64), np.zeros((n_draws, n), np.int64)
    order = np.argsort(times.hours, kind="stable")
    for draw in range(n_draws):
        parent = found.parents[draw].copy()
        held = np.flatnonzero(parent >= 0)
        # What seems younger than its child (clocks, times to the minute) is known by its account only.
        late = held[times.hours[parent[held]] >= times.hours[held]]
        parent[late] = -2 - account[parent[late]]
        moved[draw], from_others[draw] = ancestors(order, parent, account, n, _DEEPEST)
    return moved, from_others

"""Draws of parents -> draws of what each account moves, at first hand and at any remove, and of whose acts began with
somebody else.

What names somebody is known but for who passed it on. Of the rest the sampler's draws trust the model; the doubt about
the model is the one that an account's own share has (`infer/doubt.py`): all that a target was moved to, by whomever, is
too much or too little together, and that of all targets as well. So the errors of those whom a source moved do not
cancel, and a source whose followers are few or much alike has a wide interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.infer.attribution import Attribution
from ascendant.infer.doubt import ACCOUNT_DOUBT, LEVEL_DOUBT
from ascendant.infer.exposure import SILENT, Floats, Timeline, Whole
from ascendant.kernels.chains import ancestors

_DEEPEST: Final = 64  # changes of account along a chain


@dataclass(frozen=True)
class Exerted:
    """Draws x accounts, in acts. Acts before t0 have no cause here: a chain begins with them at the latest."""

    direct: NDArray[np.int32]  # others' acts that each account moved at first hand
    silent: NDArray[np.int32]  # of these, acts that name nobody
    transitive: NDArray[np.int32]  # those that go back to it at any remove, each once: never fewer
    from_others: NDArray[np.int32]  # its own acts that go back to somebody else's


def exerted(
    times: Timeline,
    found: Attribution,
    *,
    n_doubts: int = 8,
    level: float = LEVEL_DOUBT,
    own: float = ACCOUNT_DOUBT,
    scale: float | Floats = 1.0,
    seed: int = 20_260_304,
) -> Exerted:
    """Of each draw of parents `n_doubts` draws with the doubt about the model; none of it with both spreads 0.

    A silent act that others moved stands for as many as the draw's factors say: log-normal with mean 1 (sums over many
    targets must keep their level), and so few that no account was moved to more than it did. `scale` is by how much the
    fit reads low, theta of the doses over the raw share: one number, or draws that hold the doubt about the level.
    """
    account, n = times.account.astype(np.int32), times.n_accounts
    order = np.argsort(times.hours, kind="stable")
    silent = times.kind == SILENT
    n_acts = np.diff(times.first)
    random = np.random.default_rng(seed)
    n_draws = found.parents.shape[0]
    drawn = np.empty((4, n_draws * n_doubts, n), np.int32)
    for draw in range(n_draws):  # a draw at a time bounds the memory
        parent = _in_time(times, account, found.parents[draw])
        mover = np.where(parent >= 0, account[np.maximum(parent, 0)], -2 - parent)
        is_moved = (parent != -1) & (mover != account)
        inferred = is_moved & silent
        most = found.n_silent / np.maximum(np.bincount(account[inferred], minlength=n), 1)
        for row in range(draw * n_doubts, (draw + 1) * n_doubts):
            if isinstance(scale, float):
                usual = scale * np.exp(level * random.standard_normal() - level**2 / 2)
            else:
                usual = scale[row % scale.size]
            factor = usual * np.exp(own * random.standard_normal(n) - own**2 / 2)
            weight = np.where(inferred, np.minimum(factor, most)[account], 1.0)
            direct = np.bincount(mover[is_moved], weight[is_moved], n).astype(float)  # of none they are whole numbers
            silently = np.bincount(mover[inferred], weight[inferred], n).astype(float)
            transitive, from_others = ancestors(order, parent, account, weight, n, _DEEPEST)
            chance = random.random(n)  # the same for all: what is more stays so
            from_others = np.minimum(from_others, n_acts)
            for place, part in enumerate((direct, silently, transitive, from_others)):
                drawn[place, row] = _rounded(part, chance)
    return Exerted(*drawn)


def transitive(times: Timeline, found: Attribution) -> tuple[Whole, Whole]:
    """Draws x accounts, without the doubt about the model: others' acts that go back to each account, and its own acts
    that go back to another."""
    plain = exerted(times, found, n_doubts=1, level=0.0, own=0.0)
    return plain.transitive.astype(np.int64), plain.from_others.astype(np.int64)


def _in_time(times: Timeline, account: NDArray[np.int32], parent: NDArray[np.int32]) -> NDArray[np.int32]:
    """What seems younger than its child (clocks, times to the minute) is known by its account only."""
    late = np.flatnonzero(parent >= 0)
    late = late[times.hours[parent[late]] >= times.hours[late]]
    known = parent.copy()
    known[late] = -2 - account[parent[late]]
    return known


def _rounded(value: Floats, chance: Floats) -> NDArray[np.int32]:
    # A weighted sum of ones may end a hair below a whole number.
    return np.floor(value + 1e-9 + chance * (1 - 2e-9)).astype(np.int32)

"""Delays of acts -> how late each account passes a group on, beyond its own habit.

The place of a delay among all delays of the study, as a normal score, has mean 0. What is usual is learnt from what
accounts pass on of anybody outside the groups: how scores differ within an account (sigma^2), between accounts (tau^2),
and the habit of each, shrunk by the acts that show it. Who is slow with everybody is not late with a group: without
this, accounts that pass on seldom and slowly stood beside others as relays do (worlds 200 to 211).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_FEWEST_ACCOUNTS: Final = 20  # to learn how accounts differ
_FEWEST_ACTS: Final = 3  # of an account that teaches it
_LEAST_VARIANCE: Final = 0.01


@dataclass(frozen=True)
class Usual:
    """Delays of a study, ascending; of each account (N) its `habit`, and the variance of what is not known of it."""

    delays: Floats
    within: float
    habit: Floats
    unknown: Floats

    def scores(self, delay: Floats) -> Floats:
        """Normal scores of delays among these; 0 is the median."""
        below, up_to = (np.searchsorted(self.delays, delay, side) for side in ("left", "right"))
        found: Floats = special.ndtri((0.5 * (below + up_to) + 0.5) / (self.delays.size + 1))
        return found


def usual_delays(account: Whole, delay: Floats, n_accounts: int) -> Usual:
    """What is usual among acts that name nobody of a group; `account` are numbers below `n_accounts`.

    >>> usual = usual_delays(np.repeat(np.arange(30), 40), np.arange(1200.0) % 400, 31)
    >>> usual.habit.shape, abs(float(usual.habit[30])), bool(usual.unknown[30] >= usual.unknown[0])
    ((31,), 0.0, True)
    """
    nothing, little = np.zeros(n_accounts), np.full(n_accounts, _LEAST_VARIANCE)
    usual = Usual(np.sort(delay), 1.0, nothing, little)
    if delay.size == 0:
        return usual
    score = usual.scores(delay)
    n = np.bincount(account, minlength=n_accounts)
    mean = np.bincount(account, score, n_accounts) / np.maximum(n, 1)
    able = n >= _FEWEST_ACTS
    n_able = int(np.count_nonzero(able))
    if n_able < _FEWEST_ACCOUNTS:
        return usual
    squares = np.bincount(account, (score - mean[account]) ** 2, n_accounts)
    within = max(float(squares[able].sum() / (n[able].sum() - n_able)), _LEAST_VARIANCE)
    # Each account counts once: the busy are quick, and alike.
    between = max(float(mean[able].var(ddof=1) - within * np.mean(1 / n[able])), _LEAST_VARIANCE)
    known = between * n / (between * n + within)
    return Usual(
        delays=usual.delays,
        within=within,
        habit=known * (mean - mean[able].mean()),
        unknown=between * (1 - known) + _LEAST_VARIANCE,
    )

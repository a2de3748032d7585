"""How much of what an account passes on is the group's, against the others of its community who saw the group.

y of n acts that an account did once it had seen the group pass the group on. The act that shows that it had seen it
(its first) counts neither in y nor in n, or everybody who is compared would seem keen. The share of the others is m,
leave-one-out within community x group, drawn to the group's own mean where they are few; accounts differ around it by a
Beta of weight s, the same in the whole study and learnt by its likelihood, so that nobody stands out by what is usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_WEIGHTS: Final = np.geomspace(0.5, 500.0, 40)  # acts that what others do may count for
_DEFAULT_WEIGHT: Final = 2.0  # in worlds 200 to 219 it was 1.4 to 4.2
_FEWEST: Final = 20  # accounts to learn the weight from
_PSEUDO: Final = 20.0  # acts for which the mean of the whole group counts in that of a community
_Z: Final = 1.645  # 90 %


@dataclass(frozen=True)
class Amount:
    """Of each pair of account and group: acts expected after the first, and passed against expected with its interval.

    `above` is the probability that the account passes on more than these others.
    """

    expected: Floats
    ratio: Floats
    low: Floats
    high: Floats
    above: Floats


def amounts(y: Whole, n: Whole, group: Whole, stratum: Whole) -> Amount:
    """`group` and `stratum` (community x group) number the pairs' own; all of length P.

    >>> found = amounts(np.array([9, 1, 1, 1]), np.array([10, 10, 10, 10]), np.zeros(4, int), np.zeros(4, int))
    >>> bool(found.ratio[0] > 2 > 1 > found.ratio[1])
    True
    """
    if y.size == 0:
        nothing = np.zeros(0)
        return Amount(nothing, nothing, nothing, nothing, nothing)
    mean, weight_of_mean = _others(y, n, group, stratum)
    weight = _weight(y, n, mean)
    a, b = mean * weight + y, (1 - mean) * weight + n - y
    log_ratio = special.digamma(a) - special.digamma(a + b) - np.log(mean)
    spread = special.polygamma(1, a) - special.polygamma(1, a + b) + (1 - mean) / (mean * weight_of_mean)
    sd = np.sqrt(spread)
    return Amount(
        expected=mean * n,
        ratio=np.exp(log_ratio),
        low=np.exp(log_ratio - _Z * sd),
        high=np.exp(log_ratio + _Z * sd),
        above=special.ndtr(log_ratio / sd),
    )


def _others(y: Whole, n: Whole, group: Whole, stratum: Whole) -> tuple[Floats, Floats]:
    """The share of the others, and the acts that it rests on."""
    of_group_y, of_group_n = np.bincount(group, y), np.bincount(group, n)
    of_stratum_y, of_stratum_n = np.bincount(stratum, y), np.bincount(stratum, n)
    whole = (of_group_y[group] - y + 0.5) / (of_group_n[group] - n + 5.0)
    acts = np.asarray(of_stratum_n[stratum] - n + _PSEUDO, np.float64)
    mean = (of_stratum_y[stratum] - y + _PSEUDO * whole) / acts
    return np.clip(mean, 1e-6, 1 - 1e-6), acts


def _weight(y: Whole, n: Whole, mean: Floats) -> float:
    if np.count_nonzero(n) < _FEWEST:
        return _DEFAULT_WEIGHT
    fits = []
    for weight in _WEIGHTS:
        a, b = mean * weight, (1 - mean) * weight
        fits.append(float(np.sum(special.betaln(a + y, b + n - y) - special.betaln(a, b))))
    return float(_WEIGHTS[int(np.argmax(fits))])

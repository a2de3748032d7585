"""What counts of few acts allow to say: priors learnt from the study itself, and posteriors of share and rate.

Influenced share s: n acts, x of them moved; s ~ Beta(a, b), posterior Beta(a + x, b + n - x).
Influence rate m: C of others' acts moved by n own ones. They fall on items unevenly: an item draws its own rate from a
Gamma of shape k (`evenness`) and mean m, which makes C negative binomial with variance n m (1 + m / k): the
over-dispersion phi = 1 + m / k grows with the mean, so that a few viral items do not blur everybody's rate. With k
known, m / (m + k) has a Beta posterior, Beta(alpha + C, k (acts + n)): `alpha` counts as moved acts, `acts` as own.
`docs/decisions/0003-standing.md` has the reasons and what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import special

from ascendant.patterns.options import PatternOptions

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
_Tally = tuple[list[Whole], Whole]

REGIONS: Final = ("only share", "share and rate", "only rate", "neither")  # what is material
FEWEST_ACCOUNTS: Final = 20  # with that many acts, to learn from; below, the priors of textbooks
FEWEST_ACTS: Final = 5
_WEIGHTS: Final = np.array([0.5, 1.0, 2.0, 4.0])  # acts that a prior may count for
_SHARES: Final = np.linspace(0.02, 0.98, 33)
_ALPHAS: Final = np.geomspace(0.1, 4.0, 17)
_LEAST: Final = 0.1  # of a Beta's or Gamma's parameter: below, one act would already seem to settle everything
_EVENNESS: Final = (0.1, 10.0)
_MOST_STEPS, _STILL = 500, 1e-7
_MOST_ODDS: Final = 3.0


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Priors and evenness of one study; what `Doubt()` holds is used where there is too little to learn from."""

    share_moved: float = 0.5  # a: acts moved that the prior counts for
    share_own: float = 0.5  # b
    rate_moved: float = 0.5  # alpha
    rate_acts: float = 0.5  # acts
    evenness: float = PatternOptions.default_evenness  # k
    # How much commoner each of `REGIONS` is than if share and rate had nothing to do with each other.
    region_odds: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    is_learnt: bool = False
    is_evenness_learnt: bool = False

    def share_below(self, n: Whole, x: Whole, limit: float | Floats) -> Floats:
        """Probability that the influenced share is below a limit."""
        found: Floats = special.betainc(self.share_moved + x, self.share_own + n - x, limit)
        return found

    def share_quantile(self, n: Whole, x: Whole, probability: float) -> Floats:
        """The influenced share that is not reached with that probability."""
        found: Floats = special.betaincinv(self.share_moved + x, self.share_own + n - x, probability)
        return found

    def rate_below(self, n: Whole, moved: Whole, limit: float | Floats) -> Floats:
        """Probability that the influence rate is below a limit."""
        k = self.evenness
        found: Floats = special.betainc(self.rate_moved + moved, k * (self.rate_acts + n), limit / (limit + k))
        return found

    def rate_quantile(self, n: Whole, moved: Whole, probability: float) -> Floats:
        """The influence rate that is not reached with that probability."""
        # The complement keeps its digits where the quantile of m / (m + k) rounds to 1.
        rest = special.betaincinv(self.evenness * (self.rate_acts + n), self.rate_moved + moved, 1 - probability)
        found: Floats = self.evenness * (1 - rest) / rest
        return found

    def regions(self, n: Whole, x: Whole, moved: Whole, limit: float) -> Floats:
        """Probability of each of `REGIONS` (rows) for each account (columns); a column sums to 1."""
        share_below, rate_below = self.share_below(n, x, limit), self.rate_below(n, moved, limit)
        p = np.array(
            [
                (1 - share_below) * rate_below,
                (1 - share_below) * (1 - rate_below),
                share_below * (1 - rate_below),
                share_below * rate_below,
            ]
        )
        p *= np.array(self.region_odds)[:, None]
        found: Floats = p / p.sum(axis=0)
        return found


def learn(accounts: pa.Table, options: PatternOptions = PatternOptions()) -> Doubt:
    """Priors by the likelihood of the study's own accounts, evenness by the variance within them.

    `accounts` has the columns of `store/sql/accounts.sql`. Accounts of one act count too: they are most of a study, and
    unlike those with many; but only accounts with several acts show how much they differ, so that some must be there.
    """
    k, is_evenness_learnt = evenness(
        accounts["n_items_seen"].to_numpy(),
        accounts["n_moved_on_seen"].to_numpy(),
        accounts["n_squares_on_seen"].to_numpy(),
        default=options.default_evenness,
    )
    n, x, moved = (accounts[name].to_numpy() for name in ("n_acts", "n_moved", "n_moved_by_it"))
    if np.count_nonzero(n >= FEWEST_ACTS) < FEWEST_ACCOUNTS:
        return Doubt(evenness=k, is_evenness_learnt=is_evenness_learnt)
    is_active = n > 0
    n, x, moved = n[is_active], x[is_active], moved[is_active]
    a, b = _share_prior(_tallied(n, x))
    alpha, acts = _rate_prior(_tallied(n, moved), k)
    apart = Doubt(
        share_moved=a,
        share_own=b,
        rate_moved=alpha,
        rate_acts=acts,
        evenness=k,
        is_learnt=True,
        is_evenness_learnt=is_evenness_learnt,
    )
    return replace(apart, region_odds=_region_odds(apart, _tallied(n, x, moved), options.material_from))


def evenness(n_items: Whole, n_moved: Whole, n_squares: Whole, *, default: float) -> tuple[float, bool]:
    """The shape k at which items vary around their account's mean as they do; and whether it was learnt.

    For each account, the variance over its items is m + m^2 / k: k solves the sum over accounts of these equations.
    Accounts with a high mean weigh less, or one viral item would decide.
    """
    usable = (n_items >= FEWEST_ACTS) & (n_moved > 0)
    if np.count_nonzero(usable) < FEWEST_ACCOUNTS:
        return default, False
    n = n_items[usable].astype(float)
    mean = n_moved[usable] / n
    variance = (n_squares[usable] - n * mean**2) / (n - 1)
    weight = (n - 1) / (mean + 1 / 3) ** 2
    excess = float(np.sum(weight * (variance - mean)))
    squared_mean = float(np.sum(weight * (mean**2 - variance / n)))
    least, most = _EVENNESS
    if excess <= 0:
        return most, True
    return float(np.clip(squared_mean / excess, least, most)), True


def _tallied(*counts: Whole) -> _Tally:
    """Each combination of counts once, and how many accounts have it."""
    found, n_accounts = np.unique(np.column_stack(counts), axis=0, return_counts=True)
    return list(found.T), n_accounts


def _region_odds(apart: Doubt, tally: _Tally, limit: float) -> tuple[float, float, float, float]:
    """How share and rate hang together: the shares of the four regions that make the study likeliest (EM).

    Those who move others are often moved less, or more, than the rest. Taken as independent, the two axes gave
    probabilities 9 points off in worlds where they are not; with these four numbers, 2 (tests/recovery).
    """
    (n, x, moved), n_accounts = tally
    nothing = np.zeros(1, np.int64)
    prior = apart.regions(nothing, nothing, nothing, limit)[:, 0]
    likelihood = apart.regions(n, x, moved, limit) / prior[:, None]
    share = prior
    for _ in range(_MOST_STEPS):
        p = share[:, None] * likelihood
        p /= p.sum(axis=0)
        before, share = share, (p @ n_accounts + FEWEST_ACCOUNTS * prior) / (n_accounts.sum() + FEWEST_ACCOUNTS)
        if np.max(np.abs(share - before)) < _STILL:
            break
    # Bounded, so that it stays a weak prior: an account's own acts have the last word.
    first, second, third, fourth = np.clip(share / prior, 1 / _MOST_ODDS, _MOST_ODDS).tolist()
    return first, second, third, fourth


def _share_prior(tally: _Tally) -> tuple[float, float]:
    (n, x), n_accounts = tally
    best, found = -np.inf, (0.5, 0.5)
    for weight in _WEIGHTS:
        for share in _SHARES:
            a, b = max(weight * share, _LEAST), max(weight * (1 - share), _LEAST)
            fit = float(np.sum(n_accounts * (special.betaln(a + x, b + n - x) - special.betaln(a, b))))
            if fit > best:
                best, found = fit, (float(a), float(b))
    return found


def _rate_prior(tally: _Tally, k: float) -> tuple[float, float]:
    (n, moved), n_accounts = tally
    best, found = -np.inf, (0.5, 0.5)
    for acts in _WEIGHTS:
        for alpha in _ALPHAS:
            gain = special.betaln(alpha + moved, k * (acts + n)) - special.betaln(alpha, k * acts)
            fit = float(np.sum(n_accounts * gain))
            if fit > best:
                best, found = fit, (float(alpha), float(acts))
    return found

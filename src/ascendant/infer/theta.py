"""Fits of a study, of strangers and of planted doses -> theta: the share of silent acts that others moved, with doubt.

B is what the fit gives to the study's own sources, C what the same fit gives to matched strangers, and the doses tell
what B - C is worth (`infer/doses.py`). theta is signed: below zero the study shows less than its null.
The interval joins five doubts: which accounts these are (of B - C and of each dose, accounts drawn again), which
strangers were drawn, the sampler's spread, the level of the model, a factor, and what friends share and strangers do
not, a summand (the last two measured on invented worlds: `docs/decisions/0008-attribution.md`).
Of large studies further strangers and doses are fitted on a fixed tenth of the accounts (`doses.some_targets`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa

from ascendant.infer.attribution import Attribution, Effort, attribute
from ascendant.infer.batches import Frozen
from ascendant.infer.doses import calibrated, planted, some_targets
from ascendant.infer.doubt import Match, matched
from ascendant.infer.exposure import Exposure, Floats, Timeline, Whole
from ascendant.infer.learning import learn

DOSES: Final = (0.05, 0.1, 0.2, 0.4)  # shares of the acts that name nobody
N_STRANGERS: Final = 3  # draws of them; the first is fitted in full
N_DRAWS: Final = 400
_LEVEL: Final = 0.35  # spread of the logarithm
_SHARED: Final = 0.006  # share of the acts that name nobody
_QUICK: Final = Effort(n_burn=60, n_kept=60, n_thin=0)


@dataclass(frozen=True)
class Theta:
    """Shares of the acts after t0 that name nobody; nan where the study cannot tell."""

    raw: float  # B
    null: float  # C
    theta: float
    draws: Floats  # of theta, N_DRAWS or, where some cannot tell, fewer; ascending
    given: Floats  # doses that were planted
    found: Floats  # what was found of each, the null included
    n_silent: int

    @property
    def interval(self) -> tuple[float, float]:
        """The ends that 90 % of the draws lie between."""
        if not np.isfinite(self.theta) or self.draws.size == 0:
            return float("nan"), float("nan")
        low, high = np.quantile(self.draws, [0.05, 0.95])
        return float(min(low, self.theta)), float(max(high, self.theta))

    @property
    def scale(self) -> Floats:
        """Draws of what one act that the fit puts down to others stands for, in order of chance; never below 0."""
        if not np.isfinite(self.theta) or self.raw <= 0.0 or self.draws.size == 0:
            return np.zeros(1)
        shuffled = np.random.default_rng(self.draws.size).permutation(self.draws)
        found: Floats = np.maximum(shuffled, 0.0) / self.raw
        return found


def read_theta(
    times: Timeline,
    exposure: Exposure,
    frozen: Frozen,
    match: Match,
    real: Attribution,
    *,
    n_threads: int = 1,
    seed: int = 20_260_305,
    progress: Callable[[float], None] = lambda _: None,
) -> Theta:
    """theta of a study. `exposure` is `match.judged`, `real` the fit of it with `frozen`.

    Every other fit is done as that one was, hyper-parameters included: with strangers in place of the sources, and
    with known doses planted among these.
    """
    n_silent = int(real.n_silent.sum())
    if n_silent == 0 or not exposure.is_exposed.any():
        nothing = np.zeros(0)
        return Theta(np.nan, np.nan, np.nan, np.zeros(0), nothing, nothing, n_silent)
    effort = Effort(n_burn=_QUICK.n_burn, n_kept=_QUICK.n_kept, n_thin=0, n_threads=n_threads)
    n_fits, n_done = N_STRANGERS + len(DOSES), 0

    some = some_targets(times, exposure)
    asked = np.ones(times.n_accounts, bool) if some is None else np.isin(np.arange(times.n_accounts), some)
    n_asked = int(real.n_silent[asked].sum())

    def fit(of: Timeline, instead: Whole, targets: Whole | None) -> Floats:
        """What each account was moved to, by strangers."""
        nonlocal n_done
        learnt = learn(of, exposure, community=frozen.community, instead=instead, n_threads=n_threads)
        found = attribute(of, exposure, learnt, effort, targets=targets, instead=instead)
        n_done += 1
        progress(n_done / n_fits)
        mean: Floats = found.moved.mean(axis=(0, 1))
        return mean

    drawn = [match, *(matched(times, exposure, frozen.community, seed + 11 * k) for k in range(1, N_STRANGERS))]
    others = [np.where(one.instead < 0, exposure.source, one.instead) for one in drawn]
    of_null = np.array([fit(times, other, None if nth == 0 else some) for nth, other in enumerate(others)])
    of_some = of_null[:, asked].sum(axis=1) / max(1, n_asked)
    # The first strangers were fitted in full; the others tell how much it matters which were drawn.
    null = float(of_null[0].sum() / n_silent + of_some.mean() - of_some[0])
    moved = real.moved.mean(axis=(0, 1))
    raw = float(moved.sum() / n_silent)
    unnamed = replace(times, act_id=pa.nulls(times.hours.size))  # names of acts are large, and no fit reads them
    given, found, spread = [], [], []
    for nth, dose in enumerate(DOSES):
        changed, is_planted = planted(unnamed, exposure, others[0], frozen, dose, seed + nth)
        of_dose = fit(changed, others[0], some)
        per_account = np.bincount(changed.account[is_planted], minlength=times.n_accounts)
        given.append(per_account[asked].sum() / max(1, n_asked))
        # Each dose was planted among the first strangers: what these give by themselves is no part of it.
        beyond = np.where(asked, of_dose - of_null[0], 0.0)
        found.append(float(beyond.sum() / max(1, n_asked) + null))
        ratio = beyond.sum() / max(1, per_account[asked].sum())
        spread.append(_spread(np.where(asked, beyond - ratio * per_account, 0.0), max(1, n_asked)))
        del changed  # as large as the timeline: two at once would be too much of a large study
    curve = np.array(found)
    theta = calibrated(raw, null, np.array(given), curve)
    random = np.random.default_rng(seed)
    excess = moved - of_null[0]
    off = excess - excess.sum() / n_silent * real.n_silent
    of_sampler = real.moved.sum(axis=2).std() / n_silent
    of_strangers = of_some.std(ddof=1) / np.sqrt(N_STRANGERS)
    error = np.sqrt(_spread(off, n_silent) ** 2 + of_sampler**2 + of_strangers**2 + _SHARED**2)
    draws = np.array(
        [
            calibrated(
                raw + error * random.standard_normal(),
                null,
                np.array(given),
                curve + np.array(spread) * random.standard_normal(),
            )
            * np.exp(_LEVEL * random.standard_normal())
            for _ in range(N_DRAWS)
        ]
    )
    draws = np.sort(np.clip(draws[np.isfinite(draws)], -1.0, 1.0))
    theta = theta if draws.size else float("nan")
    return Theta(raw, null, theta, draws, np.array(given), np.array(found), n_silent)


def _spread(off: Floats, n: int) -> float:
    """Standard error of a share, accounts drawn again; `off` are their sums about what is usual."""
    return float(np.sqrt(np.sum(off**2)) / n)

"""Real acts of which something is known: Higgs with every fifth name of a repost or answer hidden.

Nothing to run: `influence_real.py` and `influence_real_controls.py` use it. The loading is `influence_higgs.py`'s.
"""

from dataclasses import dataclass, replace

import numpy as np
from influence_higgs import study_of

from ascendant.infer.attribution import Attribution, Effort, attribute
from ascendant.infer.batches import Frozen
from ascendant.infer.chains import exerted
from ascendant.infer.doses import calibrated, planted
from ascendant.infer.doubt import Match, matched
from ascendant.infer.exposure import NAMED, SILENT, Exposure, Timeline, exposures
from ascendant.infer.learning import communities_before, learn
from ascendant.infer.options import InfluenceOptions
from ascendant.kernels.attribution import QN, QS
from ascendant.kernels.chance import uniforms

HIDDEN, N_DRAWS = 0.2, 200
DOSES = (0.05, 0.1, 0.2)
QUICK = Effort(n_burn=60, n_kept=80, n_thin=2)
SEED = 120


@dataclass(frozen=True)
class Study:
    """The acts with every fifth name hidden. `true` is the author of hidden acts, -1 of all others."""

    times: Timeline
    known: Exposure  # those with a null
    every: Exposure  # all
    match: Match
    community: np.ndarray
    true: np.ndarray
    held: float | None = None  # the share of silent acts among moved ones, where it is not learnt

    def fit(self, times=None, known=None, instead=None) -> tuple[Attribution, Frozen]:
        times, known = times or self.times, known or self.known
        frozen = learn(times, known, community=self.community, instead=instead, sampled_acts=25_000)
        if self.held is not None:
            hyper = frozen.hyper.copy()
            hyper[[QS, QN]] = 5 * self.held, 5 * (1 - self.held)
            frozen = replace(frozen, hyper=hyper)
        return attribute(times, known, frozen, QUICK, instead=instead), frozen

    @property
    def stranger(self):
        return np.where(self.known.is_exposed, self.match.instead, self.known.source)

    def by_exposed(self, known) -> np.ndarray:
        """Hidden acts whose author was known to be read."""
        n = self.times.n_accounts
        pairs = (known.target * n + known.source)[known.is_exposed]
        return (self.true >= 0) & np.isin(self.times.account * n + self.true, pairs)


def of_second(seed, a, t):
    """A number from 0 to 1 for each account and second: the same in whatever selection of the rows."""
    return uniforms(seed, a.astype(np.int64) * 10_000_000 + np.round(t * 3600).astype(np.int64))


def made(rows, judged, since=None, hide=HIDDEN, held=None):
    a, b, t, verb = rows
    times, *_ = study_of(a, b, t, verb, np.inf, judged)
    ids = times.account_id.cast("int64").to_numpy()
    hides = (times.kind == NAMED) & (of_second(SEED, ids[times.account], times.hours) < hide)
    true = np.where(hides, times.author, -1)
    times = replace(
        times,
        kind=np.where(hides, SILENT, times.kind).astype(np.int8),
        author=np.where(hides, -1, times.author),
    )
    every = exposures(times, since=since)
    community = communities_before(times, every, InfluenceOptions())
    match = matched(times, every, community)
    return Study(times, match.judged(every), every, match, community, true, held)


def moved_by_account(fit):
    return fit.moved.mean(axis=(0, 1))


def moving(times, fit):
    """Draws x accounts: others' acts that each moved at first hand."""
    return exerted(times, fit, n_doubts=1, level=0.0, own=0.0).direct


def drawn_again(columns, figure):
    """A figure of sums over accounts, and its standard error over accounts drawn again."""
    weight = np.random.default_rng(13).poisson(1.0, (N_DRAWS, columns.shape[0]))
    return figure(columns.sum(axis=0)), np.nanstd([figure(row) for row in weight @ columns])


def theta_of(study, right=None):
    """B, C, theta with standard errors, and the real fit. `right` is the fit where another stands for the study."""
    times, n = study.times, study.times.n_accounts
    real, frozen = study.fit()
    columns = [real.n_silent, moved_by_account(right or real), moved_by_account(study.fit(instead=study.stranger)[0])]
    for dose in DOSES:
        changed, is_planted = planted(times, study.known, study.stranger, frozen, dose, SEED)
        columns.append(np.bincount(changed.account[is_planted], minlength=n))
        columns.append(moved_by_account(study.fit(times=changed, instead=study.stranger)[0]))
    columns = np.column_stack(columns).astype(float)

    def theta(s):
        share = s / max(s[0], 1)
        return calibrated(share[1], share[2], share[3::2], share[4::2])

    return {
        "B": drawn_again(columns, lambda s: s[1] / max(s[0], 1)),
        "C": drawn_again(columns, lambda s: s[2] / max(s[0], 1)),
        "theta": drawn_again(columns, theta),
    }, real, frozen, columns  # fmt: skip


def area(score, yes, no, owner):
    """Chance that an act of `yes` has the higher score than one of `no`, and its standard error."""
    chosen = np.flatnonzero(yes | no)
    y, who = yes[chosen], np.unique(owner[chosen], return_inverse=True)[1]
    order = np.argsort(score[chosen], kind="stable")
    x, y, who = score[chosen][order], y[order], who[order]
    _, tie = np.unique(x, return_inverse=True)

    def of(weight):
        up, down = np.bincount(tie, weight * y), np.bincount(tie, weight * ~y)
        return np.sum(up * (np.cumsum(down) - down / 2)) / max(up.sum() * down.sum(), 1e-12)

    weights = np.random.default_rng(14).poisson(1.0, (N_DRAWS, who.max() + 1))
    return of(np.ones(y.size)), np.std([of(w[who].astype(float)) for w in weights])

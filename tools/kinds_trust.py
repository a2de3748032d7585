"""Scores of profiles that were kept from training -> how far to trust a score, by how like training a profile is.

Each profile was scored twice: by a model of the other folds, which had seen others of its source, and by one that had
seen none of it. From both is learnt what tells the two apart (`ascendant.patterns.kinds.trust`), as if every second
profile that is met came from elsewhere; inside each half, classes weigh alike, and so do the sources of a class.
"""

from dataclasses import asdict, dataclass

import numpy as np
from scipy.optimize import minimize

from ascendant.patterns.kinds.profile import HEADS
from ascendant.patterns.kinds.trust import FACTS, TRUSTED, Trust, factors

MOST = 1.5  # above 1: where a profile is like training, chances were lower than shares
RIDGE = 0.001
STEEPEST = 6.0
# Where the only source of a class is left out, nothing can be learnt of how well the class carries.
_UNTESTED = {"organisation": ("humanizr",), "political": ("hatvp",), "sort": ()}


@dataclass(frozen=True)
class Scored:
    """Profiles (places in the data), scored by a model that had not seen them; `is_left`: nor any of their source."""

    which: np.ndarray
    is_left: bool
    log_odds: np.ndarray  # n x HEADS
    facts: np.ndarray  # n x TRUSTED x FACTS
    basis: np.ndarray


def fit_trust(data, scored, kept=None):
    """Trusts in the order of TRUSTED, from the profiles of the data that `kept` marks (None: all); pages are apart."""
    kept = np.ones(data.source.size, bool) if kept is None else kept
    kept = kept & (data.source != "musae_facebook")
    return tuple(_fit(head, place, data, scored, kept) for place, head in enumerate(TRUSTED))


def trusted(one, trusts):
    """Scores, as trusted."""
    return np.nan_to_num(one.log_odds) * factors(one.facts, one.basis, trusts)


def as_figures(trusts):
    return {head: asdict(trust) for head, trust in zip(TRUSTED, trusts, strict=True)}


def _fit(head, place, data, scored, kept):
    logits, truths, facts, weights = [], [], [], []
    for is_left in (False, True):
        half = [_known(head, place, data, one, kept) for one in scored if one.is_left == is_left]
        its_logits, truth, its_facts, source = (np.concatenate(part) for part in zip(*half, strict=True))
        logits.append(its_logits)
        truths.append(truth)
        facts.append(its_facts)
        weights.append(_even(truth, source))
    logits, truth, facts, weight = (np.concatenate(part) for part in (logits, truths, facts, weights))
    middle, spread = facts.mean(axis=0), facts.std(axis=0) + 1e-6
    facts = (facts - middle) / spread

    def loss(at):
        scaled = (MOST / (1 + np.exp(-(at[0] + facts @ at[1:]))))[:, None] * logits
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        chances = scaled[np.arange(truth.size), truth] - np.log(np.exp(scaled).sum(axis=1))
        return -float(weight @ chances) / weight.sum() + RIDGE * float((at[1:] ** 2).sum())

    bounds = [(-STEEPEST, STEEPEST), *[(0, None)] * len(FACTS)]
    found = minimize(loss, np.zeros(1 + len(FACTS)), method="L-BFGS-B", bounds=bounds).x
    worth = found[1:] / spread
    return Trust(most=MOST, start=float(found[0] - worth @ middle), **dict(zip(FACTS, worth.tolist(), strict=True)))


def _known(head, place, data, one, kept):
    """Of rows whose class is known: logits by class, class, facts, source."""
    kind, source, score = data.kind[one.which], data.source[one.which], one.log_odds
    is_organisation = data.is_organisation[one.which]
    if head == "organisation":
        use, truth, logits = np.ones(kind.size, bool), is_organisation.astype(int), score[:, [0]]
    elif head == "political":
        use = (kind != "") | ((source == "humanizr") & ~is_organisation)
        truth, logits = (kind == "cause").astype(int), score[:, [1]]
    else:
        use, logits = np.isin(kind, HEADS[2:]), score[:, 2:]
        truth = np.array([HEADS.index(each) - 2 if each in HEADS[2:] else 0 for each in kind])
    if logits.shape[1] == 1:
        logits = np.hstack([np.zeros_like(logits), logits])
    use = use & kept[one.which] & ~np.isnan(logits).any(axis=1)
    if one.is_left:
        use &= ~np.isin(source, _UNTESTED[head])
    return logits[use], truth[use], one.facts[use, place], source[use]


def _even(truth, source):
    weight = np.zeros(truth.size)
    for one in np.unique(truth):
        mine = truth == one
        _, place, counts = np.unique(source[mine], return_inverse=True, return_counts=True)
        weight[mine] = 1 / counts[place] / counts.size
    return weight

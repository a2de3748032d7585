"""Log-odds of labelled profiles -> the figures of benchmarks/kinds.py: of each question, and of the kinds."""

import numpy as np
from scipy.stats import rankdata

from ascendant.patterns.kinds.influencers import SPEAKS_FROM
from ascendant.patterns.kinds.profile import BIO, HEADS, KINDS, Prior, kind_chances

SHOWN_FROM = 0.70


def auc(truth, score):
    rank = rankdata(score)
    n, m = truth.sum(), (~truth).sum()
    return float((rank[truth].sum() - n * (n + 1) / 2) / (n * m)) if n and m else None


def calibration_error(truth, chance, n_bins=10):
    place = np.minimum((chance * n_bins).astype(int), n_bins - 1)
    return float(
        sum((place == one).mean() * abs(chance[place == one].mean() - truth[place == one].mean()) for one in set(place))
    )


def share(flags):
    return float(np.mean(flags)) if len(flags) else None


def of_organisations(data, which, log_odds):
    """Figures of the head `organisation`; chances are held against the rows' own share."""
    truth, score = data.is_organisation[which], log_odds[:, 0]
    found = {"n": len(which), "persons_kept": share(score[~truth] < 0), "organisations_found": share(score[truth] > 0)}
    if truth.any() and not truth.all():
        p = 1 / (1 + np.exp(-score - np.log(truth.mean() / (1 - truth.mean()))))
        found |= {"auc": auc(truth, score), "accuracy": share((p > 0.5) == truth), "ece": calibration_error(truth, p)}
    return found


def of_political(data, which, log_odds):
    """Figures of the head `political`, at even prior odds and at the default prior."""
    truth = data.kind[which] == "cause"
    is_known = (data.kind[which] != "") | (data.source[which] == "humanizr")
    score, moved = log_odds[:, 1], log_odds[:, 1] + Prior().log_odds()[1]
    return {
        "n": int(is_known.sum()),
        "found": share(score[truth] > 0),
        "found_default_prior": share(moved[truth] > 0),
        "false": share(score[is_known & ~truth] > 0),
        "false_default_prior": share(moved[is_known & ~truth] > 0),
        "auc": auc(truth[is_known], score[is_known]) if truth.any() and not truth[is_known].all() else None,
    }


def of_kinds(truth, log_odds, basis, prior, *, closed=None, as_shipped=False):
    """Figures of the kinds of rows whose kind is known; `closed`: the only kinds that can be. As shipped, who is an
    individual is told of a bio that speaks for a person and against politics.
    """
    p = kind_chances(log_odds + prior, basis)
    if closed is not None:
        p = np.where(np.isin(KINDS, closed), p, 0)
        p /= p.sum(axis=1, keepdims=True)
    best, top = np.array(KINDS)[p.argmax(axis=1)], p.max(axis=1)
    is_shown, is_right = top >= SHOWN_FROM, best == truth
    if as_shipped:
        is_shown &= (best != "individual") | ((basis == BIO) & (log_odds[:, :2] <= -SPEAKS_FROM).all(axis=1))
    kinds = [one for one in KINDS if (truth == one).any()]
    f1 = {
        one: 2 * float((is_right & (truth == one)).sum()) / float((truth == one).sum() + (best == one).sum())
        for one in kinds
    }
    by_kind = {
        one: {
            "n": int((truth == one).sum()),
            "f1": f1[one],
            "shown": share(is_shown[truth == one]),
            "right_when_shown": share(is_right[is_shown & (truth == one)]),
            "right_of_those_called_so": share(is_right[is_shown & (best == one)]),
        }
        for one in kinds
    }
    return {
        "n": int(truth.size),
        "accuracy": share(is_right),
        "macro_f1": float(np.mean(list(f1.values()))),
        "coverage": share(is_shown),
        "accuracy_when_shown": share(is_right[is_shown]),
        "ece": calibration_error(is_right, top),
        "kinds": by_kind,
    }


def prior_of(data, which):
    """Log-odds of the rows' own shares."""
    kind = data.kind[which]
    other = kind != "cause"
    organisations = kind[other & (kind != "individual")]
    three = [max(share(organisations == one), 0.01) for one in HEADS[2:]]
    return Prior(
        organisation=share(kind[other] != "individual"),
        political=share(~other),
        **dict(zip(HEADS[2:], np.array(three) / sum(three), strict=True)),
    ).log_odds()

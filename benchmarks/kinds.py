"""How well profiles tell kinds, on labelled public collections. Needs scikit-learn and the data, which are not here.

PYTHONPATH=tools python benchmarks/kinds.py ../shared/data/kinds      (some 6 minutes on an idle core; --json, --card)

Vocabulary, weights, strength of the fit and calibration are learnt inside the training folds alone. Folds keep a person
or firm whole. `--card` writes the figures into the model card (card.toml) and into both pages of documentation.

1. humanizr, 5 folds, trained on humanizr alone: organisation or person.
2. All sources together, 5 folds: the same, politicians kept as persons, kinds shown at .70, names of pages.
3. Each source left out, and all politicians left out: what carries to a source that was never seen.
"""

import argparse
import json
from pathlib import Path

import kinds_card
import numpy as np
from kinds_fit import PLANS, fit_model, labelled, outer_folds, rows_of
from kinds_sources import rows
from scipy.optimize import minimize_scalar
from scipy.stats import rankdata

from ascendant.patterns.kinds.profile import _PARTS as PARTS
from ascendant.patterns.kinds.profile import BIO, HEADS, KINDS, NAME, PAGE, Prior, kind_chances

SHOWN_FROM = 0.70
PAGES = "musae_facebook"


def auc(truth, score):
    rank = rankdata(score)
    n, m = truth.sum(), (~truth).sum()
    return float((rank[truth].sum() - n * (n + 1) / 2) / (n * m)) if n and m else None


def calibration_error(truth, chance, n_bins=10):
    place = np.minimum((chance * n_bins).astype(int), n_bins - 1)
    return float(
        sum((place == one).mean() * abs(chance[place == one].mean() - truth[place == one].mean()) for one in set(place))
    )


def chance(log_odds):
    return 1 / (1 + np.exp(-log_odds))


def odds(share):
    return np.log(share / (1 - share))


def scores(data, model, which, basis):
    """n x HEADS log-odds of some rows; NaN where the model lacks the part."""
    held = model.known.held(data.profiles)
    found = np.full((data.source.size, len(HEADS)), np.nan)
    for name, parts in PARTS.items():
        mine = which[basis[which] == name]
        for head, part in enumerate(parts):
            if part in model.parts and mine.size:
                found[mine, head] = model.parts[part].terms(data.profiles, held, mine).total()
    return found[which]


def of_organisations(data, which, log_odds, prior=None):
    """Figures of the head `organisation`."""
    truth, score = data.is_organisation[which], log_odds[:, 0]
    found = {"n": len(which), "persons_kept": share(score[~truth] < 0), "organisations_found": share(score[truth] > 0)}
    if truth.any() and not truth.all():
        p = chance(score + odds(truth.mean() if prior is None else prior))
        found |= {"auc": auc(truth, score), "accuracy": share((p > 0.5) == truth), "ece": calibration_error(truth, p)}
    return found


def share(flags):
    return float(np.mean(flags)) if len(flags) else None


def of_kinds(truth, log_odds, basis, prior, closed=None):
    """Figures of the kinds of rows whose kind is known; `closed`: the only kinds that can be."""
    p = kind_chances(log_odds + prior, basis)
    if closed is not None:
        p = np.where(np.isin(KINDS, closed), p, 0)
        p /= p.sum(axis=1, keepdims=True)
    best, top = np.array(KINDS)[p.argmax(axis=1)], p.max(axis=1)
    is_shown, is_right = top >= SHOWN_FROM, best == truth
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


def measure(data, say=print):
    every = np.arange(data.source.size)
    is_page = data.source == PAGES
    basis = np.where(is_page, PAGE, np.where(data.has_bio, BIO, NAME)).astype(object)
    figures = {}

    humanizr = np.flatnonzero(data.source == "humanizr")
    log_odds = np.full((data.source.size, len(HEADS)), np.nan)
    for train, test in outer_folds(data, humanizr, data.is_organisation):
        model, _ = fit_model(data, train, ("organisation/bio", "organisation/name"))
        log_odds[test] = scores(data, model, test, basis)
    figures["humanizr_alone"] = of_organisations(data, humanizr, log_odds[humanizr])
    say("humanizr alone", figures["humanizr_alone"])

    stratum = np.array(list(map("|".join, zip(data.source, data.is_organisation.astype(str), data.kind, strict=True))))
    for train, test in outer_folds(data, every, stratum):
        model, strengths = fit_model(data, train)
        log_odds[test] = scores(data, model, test, basis)
        say("fold", strengths)
    figures["organisation"] = {
        source: of_organisations(data, which, log_odds[which]) for source, which in _by_source(data)
    }
    say("organisation", figures["organisation"])
    figures["political"] = {source: of_political(data, which, log_odds[which]) for source, which in _by_source(data)}
    say("political", figures["political"])
    known = np.flatnonzero((data.kind != "") & ~is_page)
    prior = prior_of(data, known)
    figures["kinds"] = of_kinds(data.kind[known], log_odds[known], basis[known], prior)
    figures["kinds_default_prior"] = of_kinds(data.kind[known], log_odds[known], basis[known], Prior().log_odds())
    for source, which in _by_source(data, known):
        found = of_kinds(data.kind[which], log_odds[which], basis[which], prior)
        figures["kinds"].setdefault("sources", {})[source] = found
    pages = np.flatnonzero(is_page)
    no_prior = np.zeros(len(HEADS))
    closed = [one for one in KINDS if one != "individual"]
    figures["pages"] = of_kinds(data.kind[pages], log_odds[pages], basis[pages], no_prior, closed)
    say("kinds", figures["kinds"])
    say("kinds, default prior", figures["kinds_default_prior"])
    say("pages", figures["pages"])
    own = log_odds.copy()

    politicians = ["congress", "fr_parl"]
    left = {source: [source] for source in np.unique(data.source)}
    left |= {"all politicians": [*politicians, PAGES]}
    figures["left_out"], unseen = {}, []
    for name, sources in left.items():
        is_left = np.isin(data.source, sources)
        test = np.flatnonzero(is_left & ((data.source != PAGES) | (name == PAGES)))
        model = _fit_without(data, every[~is_left], strengths)
        without_page = np.where(basis == PAGE, NAME, basis)
        log_odds[test] = scores(data, model, test, without_page)
        found = {
            "organisation": of_organisations(data, test, log_odds[test]),
            "political": of_political(data, test, log_odds[test]),
        }
        known = test[data.kind[test] != ""]
        found["kinds"] = of_kinds(data.kind[known], log_odds[known], without_page[known], Prior().log_odds())
        if PAGES not in sources and (data.kind[known] != "individual").all():  # no class of pages is of private persons
            as_pages = np.full(basis.shape, PAGE, dtype=object)
            paged = scores(data, model, known, as_pages)
            found["as_pages"] = of_kinds(data.kind[known], paged, as_pages[known], no_prior, closed)
        figures["left_out"][name] = found
        if len(sources) == 1:
            unseen.append((name, test, log_odds[test].copy(), without_page[test]))
        say("left out", name, found)
    # Scores of sources that were not seen are too sure: how much less they should weigh is learnt on the other sources.
    figures["trust"] = trust_of(data, unseen)
    for name, test, score, its_basis in unseen:
        weight = trust_of(data, [one for one in unseen if one[0] != name])
        is_known = data.kind[test] != ""
        shrunk = (score * weight_by_head(weight))[is_known]
        found = of_kinds(data.kind[test][is_known], shrunk, its_basis[is_known], Prior().log_odds())
        figures["left_out"][name]["kinds_trusted"] = found
        say("trusted", name, weight, found)
    own_known = np.flatnonzero((data.kind != "") & ~is_page)
    shrunk = own[own_known] * weight_by_head(figures["trust"])
    figures["kinds_trusted"] = of_kinds(data.kind[own_known], shrunk, basis[own_known], Prior().log_odds())
    say("kinds, as shipped", figures["trust"], figures["kinds_trusted"])
    return figures


# Where the only source of a class is left out, nothing can be learnt of how well the class carries.
_UNTESTED = {"organisation": ("humanizr",), "political": ("hatvp",), "domain": ()}


def trust_of(data, unseen):
    """By head, what scores of unseen sources times what are log-odds; each source and class weighs alike."""
    every = {head: ([], [], []) for head in _UNTESTED}
    for name, test, score, _ in unseen:
        kind = data.kind[test]
        truths = {
            "organisation": (np.ones(test.size, bool), data.is_organisation[test].astype(int), score[:, [0]]),
            "political": ((kind != "") | (name == "humanizr"), (kind == "cause").astype(int), score[:, [1]]),
            "domain": (
                np.isin(kind, HEADS[2:]),
                np.array([HEADS.index(one) - 2 if one in HEADS[2:] else 0 for one in kind]),
                score[:, 2:],
            ),
        }
        for head, (is_known, truth, its_score) in truths.items():
            if name not in _UNTESTED[head]:
                logits = np.hstack([np.zeros_like(its_score), its_score]) if its_score.shape[1] == 1 else its_score
                counts = np.bincount(truth[is_known], minlength=3)
                every[head][0].append(logits[is_known])
                every[head][1].append(truth[is_known])
                every[head][2].append(1 / counts[truth[is_known]])
    return {head: _slope(*(np.concatenate(one) for one in parts)) for head, parts in every.items()}


def _slope(logits, truth, weight):
    for one in np.unique(truth):
        weight[truth == one] /= weight[truth == one].sum()

    def loss(slope):
        scaled = slope * logits - (slope * logits).max(axis=1, keepdims=True)
        return -float(weight @ (scaled[np.arange(truth.size), truth] - np.log(np.exp(scaled).sum(axis=1))))

    return float(minimize_scalar(loss, bounds=(0.0, 1.0), method="bounded").x)


def weight_by_head(trust):
    return np.array([trust["organisation"], trust["political"], *[trust["domain"]] * 3])


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


def _by_source(data, which=None):
    for source in np.unique(data.source):
        mine = np.flatnonzero(data.source == source)
        mine = mine if which is None else np.intersect1d(mine, which)
        if mine.size:
            yield str(source), mine


def _fit_without(data, train, strengths):
    """A model of the parts that the remaining sources can teach, as strong as inner folds chose in step 2."""
    names = []
    for name in PLANS:
        mask, target = rows_of(data, name)
        if len(np.unique(target[train[mask[train]]])) > 1:
            names.append(name)
    return fit_model(data, train, tuple(names), strengths)[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--card", action="store_true", help="write them into the model card and the documentation")
    parser.add_argument("--from-json", type=Path, help="take the figures from there instead of measuring")
    arguments = parser.parse_args()
    data = labelled(rows(arguments.data))
    if arguments.from_json:
        figures = json.loads(arguments.from_json.read_text(encoding="utf-8"))
    else:
        figures = measure(data, lambda *said: print(*said, flush=True))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print("\n".join(kinds_card.tables(figures, "en")))
    if arguments.card:
        kinds_card.write(data, figures)


if __name__ == "__main__":
    main()

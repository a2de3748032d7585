"""How well profiles tell kinds, on labelled public collections. Needs scikit-learn and the data, which are not here.

PYTHONPATH=tools python benchmarks/kinds.py ../shared/data/kinds      (some 6 minutes on an idle core; --json, --card)

Vocabulary, weights, strength of the fit and calibration are learnt inside the training folds alone. Folds keep a person
or firm whole. `--card` writes the figures into the model card (card.toml) and into both pages of documentation.

1. humanizr, 5 folds, trained on humanizr alone: organisation or person.
2. All sources together, 5 folds: the same, politicians kept as persons, kinds shown at .70, names of pages.
3. Each source left out, and all politicians left out: what carries to a source that was never seen.
4. Both together: how far to trust a profile, by how like training it is. Fitted for each fold without that fold, and
   for each source without that source; the model that is shipped takes all.
"""

import argparse
import json
from pathlib import Path

import kinds_card
import numpy as np
from kinds_fit import PLANS, fit_model, labelled, outer_folds, rows_of
from kinds_measures import of_kinds, of_organisations, of_political, prior_of
from kinds_sources import rows
from kinds_trust import Scored, as_figures, fit_trust, trusted

from ascendant.patterns.kinds.profile import _PARTS as PARTS
from ascendant.patterns.kinds.profile import BIO, HEADS, KINDS, NAME, PAGE, Prior
from ascendant.patterns.kinds.trust import facts_of

PAGES = "musae_facebook"
POLITICIANS = ("congress", "fr_parl", PAGES)
DEFAULT = Prior().log_odds()


def scored(data, model, which, basis, *, is_left=False):
    """Scores of some rows, NaN where the model lacks the part, and how like training they are."""
    held, known = model.known.read(data.profiles)
    found = np.full((data.source.size, len(HEADS)), np.nan)
    for name, parts in PARTS.items():
        mine = which[basis[which] == name]
        for head, part in enumerate(parts):
            if part in model.parts and mine.size:
                found[mine, head] = model.parts[part].terms(data.profiles, held, mine).total()
    known = {place: one[which] for place, one in known.items()}
    facts = facts_of(found[which], data.cell[which], known, model.seen, basis[which])
    return Scored(which, is_left, found[which], facts, basis[which])


def measure(data, say=print):
    is_page = data.source == PAGES
    basis = np.where(is_page, PAGE, np.where(data.has_bio, BIO, NAME)).astype(object)
    figures = {"humanizr_alone": _humanizr_alone(data, basis)}
    say("humanizr alone", figures["humanizr_alone"])
    folds, strengths = _folds(data, basis, say)
    left = _left_out(data, np.where(basis == PAGE, NAME, basis), strengths, figures, say)
    trusts = fit_trust(data, [*folds, *left])
    figures["trust"] = as_figures(trusts)
    say("trust", figures["trust"])
    _in_source(data, basis, folds, left, figures, say)
    for one in left:
        source = data.source[one.which][0]
        its = trusted(one, fit_trust(data, [*folds, *left], data.source != source))
        is_known = data.kind[one.which] != ""
        found = of_kinds(data.kind[one.which][is_known], its[is_known], one.basis[is_known], DEFAULT, as_shipped=True)
        figures["left_out"][str(source)]["kinds_trusted"] = found
        say("trusted", source, found)
    return figures


def _humanizr_alone(data, basis):
    which = np.flatnonzero(data.source == "humanizr")
    log_odds = np.full((data.source.size, len(HEADS)), np.nan)
    for train, test in outer_folds(data, which, data.is_organisation):
        model, _ = fit_model(data, train, ("organisation/bio", "organisation/name"))
        log_odds[test] = scored(data, model, test, basis).log_odds
    return of_organisations(data, which, log_odds[which])


def _folds(data, basis, say):
    """Every row as a model of the other folds scores it; and the strengths that inner folds chose."""
    parts = zip(data.source, data.is_organisation.astype(str), data.kind, strict=True)
    found, strengths = [], None
    for train, test in outer_folds(data, np.arange(data.source.size), np.array(list(map("|".join, parts)))):
        model, strengths = fit_model(data, train)
        found.append(scored(data, model, test, basis))
        say("fold", strengths)
    return found, strengths


def _in_source(data, basis, folds, left, figures, say):
    log_odds, shrunk = (np.full((data.source.size, len(HEADS)), np.nan) for _ in range(2))
    for one in folds:
        log_odds[one.which] = one.log_odds
        others = np.ones(data.source.size, bool)
        others[one.which] = False
        shrunk[one.which] = trusted(one, fit_trust(data, [*folds, *left], others))
    sources = list(_by_source(data))
    figures["organisation"] = {name: of_organisations(data, which, log_odds[which]) for name, which in sources}
    figures["political"] = {name: of_political(data, which, log_odds[which]) for name, which in sources}
    is_page = data.source == PAGES
    known = np.flatnonzero((data.kind != "") & ~is_page)
    kind, its_basis, own = data.kind[known], basis[known], prior_of(data, known)
    figures["kinds"] = of_kinds(kind, log_odds[known], its_basis, own)
    figures["kinds_default_prior"] = of_kinds(kind, log_odds[known], its_basis, DEFAULT)
    figures["kinds_trusted"] = of_kinds(kind, shrunk[known], its_basis, DEFAULT, as_shipped=True)
    figures["kinds_trusted_own_shares"] = of_kinds(kind, shrunk[known], its_basis, own, as_shipped=True)
    for source, which in _by_source(data, known):
        found = of_kinds(data.kind[which], shrunk[which], basis[which], DEFAULT, as_shipped=True)
        figures["kinds_trusted"].setdefault("sources", {})[source] = found
    pages = np.flatnonzero(is_page)
    closed = [one for one in KINDS if one != "individual"]
    figures["pages"] = of_kinds(data.kind[pages], log_odds[pages], basis[pages], np.zeros(len(HEADS)), closed=closed)
    for name in ("organisation", "political", "kinds", "kinds_default_prior", "kinds_trusted", "pages"):
        say(name, figures[name])


def _left_out(data, basis, strengths, figures, say):
    """Fills `figures["left_out"]`; returns each source as a model that has seen none of it scores it."""
    every = np.arange(data.source.size)
    closed = [one for one in KINDS if one != "individual"]
    left = {str(source): (source,) for source in np.unique(data.source)} | {"all politicians": POLITICIANS}
    figures["left_out"], unseen = {}, []
    for name, sources in left.items():
        is_left = np.isin(data.source, sources)
        test = np.flatnonzero(is_left & ((data.source != PAGES) | (name == PAGES)))
        model = _fit_without(data, every[~is_left], strengths)
        one = scored(data, model, test, basis, is_left=True)
        found = {
            "organisation": of_organisations(data, test, one.log_odds),
            "political": of_political(data, test, one.log_odds),
        }
        is_known = data.kind[test] != ""
        known = test[is_known]
        score = np.nan_to_num(one.log_odds[is_known])
        found["kinds"] = of_kinds(data.kind[known], score, basis[known], DEFAULT, as_shipped=True)
        if PAGES not in sources and (data.kind[known] != "individual").all():  # no class of pages is of private persons
            paged = scored(data, model, known, np.full(basis.shape, PAGE, dtype=object))
            no_prior = np.zeros(len(HEADS))
            found["as_pages"] = of_kinds(data.kind[known], paged.log_odds, paged.basis, no_prior, closed=closed)
        figures["left_out"][name] = found
        if len(sources) == 1:
            unseen.append(one)
        say("left out", name, found)
    return unseen


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
    if arguments.card:
        kinds_card.write(data, figures)
    print("\n".join(kinds_card.tables(figures, "en")))


if __name__ == "__main__":
    main()

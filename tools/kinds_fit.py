"""Labelled profiles -> a `Model`: the fits behind tools/train_kinds.py and benchmarks/kinds.py. Needs scikit-learn."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold

from ascendant.patterns.kinds.features import BIO, IN_BIO, IN_NAME, NOTHING, Profiles, columns, read_profiles
from ascendant.patterns.kinds.lexicon import lexicon
from ascendant.patterns.kinds.model import Known, Model, Part
from ascendant.patterns.kinds.structure import BIO as BIO_SHAPE
from ascendant.patterns.kinds.structure import LINK
from ascendant.patterns.kinds.structure import NAME as NAME_SHAPE
from ascendant.patterns.kinds.trust import cells_of
from ascendant.patterns.kinds.wording import FEWEST_PROFILES, PLACES, once, pieces

DOMAINS = ("company", "media", "institution")
INNER_FOLDS = 3
STRENGTHS = (0.1, 0.3, 1.0)  # C of the regression
LOUD = 4.0  # of wording beside the rest
_CONCEPTS = [one.key for one in lexicon().concepts]


@dataclass(frozen=True)
class Labelled:
    """Rows of the sources with what their profiles show, as arrays of one length."""

    profiles: Profiles
    source: np.ndarray
    group: np.ndarray
    is_organisation: np.ndarray
    kind: np.ndarray  # "" where the source does not say
    has_bio: np.ndarray
    cell: np.ndarray  # how each can be read, as `trust.cells_of` says
    marks: dict  # by place: places of rows, and marks of the pieces that they hold


def labelled(rows):
    table = pa.table({name: [getattr(row, name) for row in rows] for name in ("name", "handle", "bio", "url")})
    profiles = read_profiles(table)
    texts = {"name": profiles.names, "bio": profiles.bios}
    marks = {}
    for place in PLACES:
        found = list(pieces(texts[place], place))
        row, mark = once(np.concatenate([row for row, _ in found]), np.concatenate([mark for _, mark in found]))
        marks[place] = (row, mark.astype(np.uint32))
    basis = np.array(profiles.basis, dtype=object)
    return Labelled(
        profiles,
        np.array([row.source for row in rows]),
        np.array([f"{row.source}:{row.group}" for row in rows]),
        np.array([row.is_organisation for row in rows]),
        np.array([row.kind or "" for row in rows]),
        basis == BIO,
        cells_of(profiles, basis),
        marks,
    )


def known_of(data, train):
    """Pieces that at least `FEWEST_PROFILES` training profiles have."""
    marks, rarity = {}, {}
    is_train = np.zeros(data.source.size, bool)
    is_train[train] = True
    for place in PLACES:
        row, mark = data.marks[place]
        kept, counts = np.unique(mark[is_train[row]], return_counts=True)
        is_common = counts >= FEWEST_PROFILES
        marks[place] = kept[is_common]
        rarity[place] = 1 + np.log((1 + len(train)) / (1 + counts[is_common]))
    return Known(marks, rarity)


@dataclass(frozen=True)
class Plan:
    """What a part reads: blocks of features, and the places whose wording counts."""

    blocks: tuple
    wording: tuple
    is_softmax: bool = False  # the classes are fitted together
    is_even: bool = False  # each source counts alike within a class: else the largest one says what the class is


# Concepts that tell a domain. The others ("we", "follow us") tell what sort of file a training row came from: nearly
# all companies with a bio are of one source.
_PUBLIC_LIFE = (
    "office parliament party ideology campaign policy activism association union trade_body government_body".split()
)
_MEDIA = "news press broadcast".split()
_TRADE = "commerce services industry legal_form market careers".split()
_BODIES = "education culture health_body faith_body sports_club event".split()
_PERSON = "family personal_taste occupation former age_or_study kept_by_team imitation".split()
_BLOCKS = {
    "name": {key + IN_NAME for key in _CONCEPTS} | set(NAME_SHAPE) | set(LINK),
    "bio": {key + IN_BIO for key in _CONCEPTS} | set(BIO_SHAPE),
    # a concept counts the same in a name and in a bio
    "domain": {*_PUBLIC_LIFE, *_MEDIA, *_TRADE, *_BODIES},
    "politics": {*_PUBLIC_LIFE, *_MEDIA, *_TRADE, *_BODIES, *_PERSON},
    "shape of name": set(NAME_SHAPE),
}
PLANS = {
    "organisation/bio": Plan(("name", "bio"), ("name", "bio")),
    "organisation/name": Plan(("name",), ("name",)),
    # Of politics, wording learns the source by heart and tells nothing of another; links too: concepts only.
    "political/bio": Plan(("politics",), (), is_even=True),
    "political/name": Plan(("politics",), ()),
    "domain": Plan(("domain",), ("name",), is_even=True),
    # A page has a name and a class, and those names are many: here wording carries.
    # Nor do accounts of persons teach what a page is: its names are read by a part of their own.
    "organisation/page": Plan(("politics", "shape of name"), ("name",)),
    "page": Plan(("politics", "shape of name"), ("name",), is_softmax=True),
}


def columns_of(blocks):
    """Which features some blocks hold, as truths along `columns()`."""
    names = set().union(*(_BLOCKS[block] for block in blocks))
    return np.array([name in names for name in columns()])


def fit_part(plan, data, held, target, rows, setting=None):
    """A binary part, or a dict of them for several classes; `setting` None: chosen on inner folds of the rows."""
    chosen = columns_of(plan.blocks)
    target, group, source = target[rows], data.group[rows], data.source[rows]
    weight = _weights(target, source if plan.is_even else None)
    matrix = _matrix(plan, data.profiles, held, rows, chosen)
    folds = list(_folds(INNER_FOLDS, target, group, seed=0))
    best = None
    for strength in STRENGTHS if setting is None else [setting]:
        outside = np.zeros((len(rows), len(np.unique(target))))
        for inner, held_out in folds:
            coefficients, starts = _fit(plan, matrix[inner], target[inner], weight[inner], strength)
            outside[held_out] = matrix[held_out] @ coefficients.T + starts
        slope, shifts, loss = _calibrated(outside, target, weight)
        if best is None or loss < best[0] - 1e-9:
            best = (loss, strength, slope, shifts)
    _, strength, slope, shifts = best
    coefficients, starts = _fit(plan, matrix, target, weight, strength)
    coefficients, starts = coefficients * slope, starts * slope + shifts
    if len(starts) == 2:  # yes against no: the row of zeros is "no"
        return _part(plan, chosen, coefficients[1], starts[1], held), strength
    names = np.unique(target)
    return {
        str(name): _part(plan, chosen, coefficients[place], starts[place], held) for place, name in enumerate(names)
    }, strength


def _matrix(plan, profiles, held, rows, chosen):
    blocks = [profiles.shown[rows][:, np.flatnonzero(chosen)], *(LOUD * held[place][rows] for place in plan.wording)]
    return sp.hstack(blocks).tocsr()


def _weights(target, source=None):
    """Of each row, so that classes weigh alike, and inside a class its sources (unless None). Their mean is 1."""
    cell = target.astype(str) if source is None else np.char.add(target.astype(str), source)
    weight = np.zeros(target.size)
    for one in np.unique(target):
        mine = target == one
        _, place, counts = np.unique(cell[mine], return_inverse=True, return_counts=True)
        weight[mine] = 1 / counts[place] / counts.size
    return weight * target.size / weight.sum()


def _fit(plan, matrix, target, weight, strength):
    """Coefficients and starts by class. Even prior odds: the user's prior is a term of its own."""
    classes = np.unique(target)
    if plan.is_softmax:
        found = LogisticRegression(C=strength, class_weight="balanced", max_iter=400, tol=1e-3).fit(matrix, target)
        return found.coef_, found.intercept_
    coefficients, starts = np.zeros((classes.size, matrix.shape[1])), np.zeros(classes.size)
    for place, name in enumerate(classes):
        if classes.size == 2 and place == 0:
            continue
        balance = {"sample_weight": weight} if plan.is_even else {}
        one = LogisticRegression(
            C=strength,
            class_weight=None if plan.is_even else "balanced",
            solver="liblinear",
            dual=True,
            max_iter=2000,
            tol=1e-4,
            random_state=0,
        ).fit(matrix, target == name, **balance)
        coefficients[place], starts[place] = one.coef_[0], one.intercept_[0]
    return coefficients, starts


def _calibrated(scores, target, weight):
    """Slope and shift by class that make the scores of held-out rows log-odds, at even prior odds; and the loss."""
    from scipy.optimize import minimize

    classes, place = np.unique(target, return_inverse=True)
    weight = weight / weight.sum()

    def loss(at):
        logits = scores * np.exp(at[0]) + np.append(0.0, at[1:])
        logits = logits - logits.max(axis=1, keepdims=True)
        chances = logits[np.arange(place.size), place] - np.log(np.exp(logits).sum(axis=1))
        return -float(weight @ chances)

    found = minimize(loss, np.zeros(classes.size), method="BFGS")
    shifts = np.append(0.0, found.x[1:])
    return float(np.exp(found.x[0])), shifts - (0.0 if classes.size == 2 else shifts.mean()), float(found.fun)


def _part(plan, chosen, coefficients, start, held):
    weights = np.zeros(chosen.size)
    n = int(chosen.sum())
    weights[chosen] = coefficients[:n]
    wording, at = {}, n
    for place in plan.wording:
        size = held[place].shape[1]
        wording[place] = LOUD * coefficients[at : at + size]
        at += size
    return Part(float(start), weights, wording)


def _folds(n, target, group, seed):
    counts = np.unique(target, return_counts=True)[1]
    splitter = StratifiedGroupKFold(n, shuffle=True, random_state=seed) if counts.min() >= n else GroupKFold(n)
    yield from splitter.split(np.zeros(target.size), target, group)


def outer_folds(data, rows, target, n=5, seed=20):
    for train, test in _folds(n, target[rows], data.group[rows], seed):
        yield rows[train], rows[test]


def rows_of(data, name):
    """Rows that teach a part, and its target for every row. Profiles with a bio also teach what a name alone tells."""
    is_page = data.source == "musae_facebook"
    is_read = np.array([basis != NOTHING for basis in data.profiles.basis])
    is_cause = data.kind == "cause"
    is_told = (data.kind != "") | ~data.is_organisation  # whether it is a cause; a person of humanizr is not
    return {
        "organisation/bio": (data.has_bio, data.is_organisation),
        "organisation/name": (is_read, data.is_organisation),
        "political/bio": (data.has_bio & is_told, is_cause),
        "political/name": (is_read, is_cause),
        "domain": (is_read & np.isin(data.kind, DOMAINS), data.kind),
        "organisation/page": (is_page, data.is_organisation),
        "page": (is_page, np.where(is_cause, "political", data.kind)),
    }[name]


def fit_model(data, train, names=tuple(PLANS), settings=None):
    """A model from some rows, vocabulary included; and the settings that inner folds chose."""
    train = np.asarray(train)
    known = known_of(data, train)
    held = known.held(data.profiles)
    parts, chosen = {}, {}
    for name in names:
        mask, target = rows_of(data, name)
        rows = train[mask[train]]
        part, chosen[name] = fit_part(PLANS[name], data, held, target, rows, (settings or {}).get(name))
        parts |= {f"{name}/{one}": each for one, each in part.items()} if isinstance(part, dict) else {name: part}
    return Model(known, parts, seen_of(data, train, names)), chosen


def seen_of(data, train, names):
    """How many training profiles of each class a part had, by how they can be read."""
    seen = {}
    for name in names:
        mask, target = rows_of(data, name)
        rows = train[mask[train]]
        words = np.where(target, "yes", "no") if target.dtype == bool else target
        which, counts = np.unique(np.stack([data.cell[rows], words[rows]]).astype(str), axis=1, return_counts=True)
        for cell, one, n in zip(*which.tolist(), counts.tolist(), strict=True):
            seen.setdefault(name, {}).setdefault(cell, {})[one] = n
    return seen

"""Simple rules that say who moved an act, to be put beside ours: each scores the sources that acted in the last hours.

last touch      who acted last
count           how often the target named the source before, times how fresh the source's acts are
rate            the same by act of the source, drawn towards what others make of the source's acts
credit          Goyal, Bonchi and Lakshmanan (2010): each earlier act shares one credit among those who acted shortly
                before; credit by act of the source
degree          how many accounts are exposed to the source

Each rule is tuned on the study itself: what it predicts best of the last fifth of what came before, authors of named
acts, is what it uses (fading, smoothing, window). No rule says whether an act was moved at all, nor how sure it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import numpy as np

from ascendant.infer.exposure import NAMED, SILENT, Exposure, Flags, Floats, Timeline
from ascendant.infer.recent import Candidates, author_of, only, recent, shared
from ascendant.kernels.recency import freshness

RULES: Final = ("last_touch", "count", "rate", "credit", "degree")
FADES_HOURS: Final = (1 / 12, 0.5, 2.0, 8.0, 24.0)
_FLOOR: Final = 0.01  # of an even guess, so that one surprise does not decide a tuning
_NEVER: Final = 1e-3  # named acts of a pair that has none


@dataclass(frozen=True)
class Habits:
    """What is known of each pair before a moment."""

    n_named: Floats  # acts of the target that name the source
    credit: Floats
    n_shown: Floats  # acts of the source that others saw; 0 where nobody knows whom the target named
    n_others: Floats  # acts of all other targets that name the source
    n_chances: Floats  # of these other targets, times the source's acts
    n_exposed: Floats  # accounts exposed to the source
    usual: float  # named acts for an act of the source, over all pairs


@dataclass(frozen=True, kw_only=True)
class Tuning:
    """How a rule is set. `fade` is a place in `FADES_HOURS`, their mean at its end, or -1: freshness is left out."""

    fade: int = len(FADES_HOURS)
    counts_all: bool = True  # fresh acts of a source add up; else the last one counts alone
    strength: float = 0.5  # named acts that the prior of a rate is worth
    of_source: bool = True  # the prior of a rate is the source's, else everybody's
    window_hours: float = 6.0  # within which credit is shared
    credits_silent: bool = False  # acts that name nobody give credit too


def habits(
    times: Timeline, exposure: Exposure, until: float, tuning: Tuning = Tuning(), unknown: Flags | None = None
) -> Habits:
    """What the acts before `until` tell of each pair. Of accounts that are `unknown` nobody knows whom they named."""
    n, target, source = times.n_accounts, exposure.target, exposure.source
    account = times.account
    key = target * n + source
    acts = np.flatnonzero((times.author >= 0) & (times.hours < until))
    wanted = account[acts] * n + times.author[acts]
    place = np.searchsorted(key, wanted)
    held = place < key.size
    held[held] = key[place[held]] == wanted[held]
    n_named = np.bincount(place[held], minlength=key.size).astype(float)
    early = times.shown_hours < until
    shown_by = np.repeat(np.arange(n), np.diff(times.shown_first))[early]
    n_shown_by = np.bincount(shown_by, minlength=n).astype(float)[source]
    of_source = np.bincount(source, n_named, n)
    n_exposed = np.bincount(source[exposure.is_exposed], minlength=n).astype(float)[source]
    is_known = np.ones(target.size, bool) if unknown is None else ~unknown[target]
    n_telling = np.bincount(source[exposure.is_exposed & is_known], minlength=n)[source] - is_known
    credit = n_named.copy()
    if tuning.credits_silent:
        silent = np.flatnonzero((times.kind == SILENT) & (times.hours < until))
        of = recent(times, exposure, silent, tuning.window_hours)
        credit += np.bincount(of.pair, 1 / np.diff(of.first)[of.row], key.size)
    n_shown = np.where(is_known, n_shown_by, 0.0)
    return Habits(
        n_named=n_named,
        credit=credit,
        n_shown=n_shown,
        n_others=of_source[source] - n_named,
        n_chances=np.maximum(n_telling, 0) * n_shown_by,
        n_exposed=n_exposed,
        usual=float((n_named.sum() + 1) / (n_shown.sum() + 1)),
    )


def fresh(times: Timeline, of: Candidates, tuning: Tuning) -> Floats:
    """How fresh each candidate's acts are, per hour: densities of delays, of all its recent acts or of the last."""
    if tuning.fade < 0:
        return np.ones(of.pair.size)
    fades = FADES_HOURS if tuning.fade == len(FADES_HOURS) else FADES_HOURS[tuning.fade : tuning.fade + 1]
    found = np.full(of.pair.size, 1e-12)
    for fade in fades:
        of_act = freshness(times.shown_first, times.shown_hours, fade)[of.last] if tuning.counts_all else 1.0
        found += of_act * np.exp(-of.age / fade) / fade / len(fades)
    return found


def scores(rule: str, times: Timeline, of: Candidates, known: Habits, tuning: Tuning) -> Floats:
    """Of each candidate the rule's score: the higher, the likelier; those of one act may be shared out."""
    if rule == "last_touch":
        return np.asarray(1 / (of.age + 1 / 60))
    pair, k = of.pair, tuning.strength
    if rule == "count":
        weight = known.n_named[pair] + _NEVER
    elif rule == "rate":
        prior = np.full(pair.size, known.usual)
        if tuning.of_source:
            prior = (known.n_others[pair] + 1) / (known.n_chances[pair] + 1 / known.usual)
        weight = (known.n_named[pair] + k) / (known.n_shown[pair] + k / prior)
    elif rule == "credit":
        weight = (known.credit[pair] + _NEVER) / np.maximum(known.n_shown[pair], 1)
    elif rule == "degree":
        weight = known.n_exposed[pair]
    else:
        raise ValueError(f"no rule is called {rule}; there are {', '.join(RULES)}")
    return np.asarray(weight * fresh(times, of, tuning))


def settings(rule: str) -> list[Tuning]:
    """Everything a rule is tuned over."""
    fades = range(-1 if rule == "degree" else 0, len(FADES_HOURS) + 1)
    if rule == "last_touch":
        return [Tuning()]
    found = [Tuning(fade=fade, counts_all=every) for fade, every in product(fades, (False, True))]
    if rule == "rate":
        steps = tuple(product((0.1, 0.5, 2.0), (False, True)))
        return [replace(one, strength=k, of_source=own) for one, (k, own) in product(found, steps)]
    if rule == "credit":
        silent = [replace(one, credits_silent=True, window_hours=w) for one, w in product(found, (1.0, 6.0, 24.0))]
        return [*found, *silent]
    return found


def tuned(rule: str, times: Timeline, exposure: Exposure, until: float, *, own_links: bool = True) -> Tuning:
    """The setting that best foretells who is named in the last fifth of the acts before `until`, from those before.

    Without `own_links` it is for targets whose own links nobody knows: each is foretold from others' links.
    """
    early = np.flatnonzero((times.author >= 0) & (times.hours < until))
    options = settings(rule)
    if early.size < 10 or len(options) == 1:
        return Tuning()
    split = float(np.quantile(times.hours[early], 0.8))
    asked = early[(times.hours[early] >= split) & (times.kind[early] == NAMED)]
    # A pair that is an exposure because it is named in the last fifth would foretell itself.
    since_then = (exposure.n_named_before > 0) & (habits(times, exposure, split).n_named == 0)
    of = recent(times, exposure, asked)
    of = only(of, ~since_then[of.pair])
    is_author = author_of(times, exposure, of)
    counted: dict[tuple[bool, float], Habits] = {}
    best, most = Tuning(), -np.inf
    for option in options:
        of_habits = (option.credits_silent, option.window_hours)
        if of_habits not in counted:
            known = habits(times, exposure, split, option)
            nothing = np.zeros(known.n_named.size)
            counted[of_habits] = (
                known if own_links else replace(known, n_named=nothing, credit=nothing, n_shown=nothing)
            )
        worth = foretold(scores(rule, times, of, counted[of_habits], option), of, is_author)
        if worth > most:
            best, most = option, worth
    return best


def foretold(score: Floats, of: Candidates, is_author: Flags) -> float:
    """Mean logarithm of the share that the author has of an act's scores; acts with one candidate tell nothing.

    >>> of = Candidates(np.array([7]), np.array([0, 2]), np.array([0, 1]), np.ones(2), np.zeros(2, np.int64))
    >>> round(float(np.exp(foretold(np.array([3.0, 1.0]), of, np.array([True, False])))), 4)
    0.7475
    """
    share, size = shared(score, of), np.diff(of.first)[of.row]
    asked = is_author & (size > 1)
    if not asked.any():
        return -np.inf
    return float(np.log((1 - _FLOOR) * share[asked] + _FLOOR / size[asked]).mean())


def direct(score: Floats, times: Timeline, exposure: Exposure, of: Candidates) -> Floats:
    """Credit of each account for these acts: a named act is its author's, any other is shared out by score."""
    named = (times.kind[of.act] == NAMED)[of.row]
    found = np.bincount(exposure.source[of.pair], np.where(named, 0.0, shared(score, of)), times.n_accounts)
    author = times.author[of.act[times.kind[of.act] == NAMED]]
    return np.asarray(found + np.bincount(author, minlength=times.n_accounts))

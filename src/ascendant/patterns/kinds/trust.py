"""How like those it learnt from a profile is -> by what the model's log-odds are multiplied, for each head.

Of profiles unlike any in training the model is too sure. Three things tell: how many training profiles of the class
that it names could be read as this one can (a bio in the same language; a name with or without a handle), how many
of the class that had fewest, and what share of the name's and bio's pieces of words it knows. What they are worth was
fitted on profiles that were left out of training, some with their whole source (`benchmarks/kinds.py`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.patterns.kinds.features import BIO, NAME, Profiles
from ascendant.patterns.kinds.tongues import READ

Floats = NDArray[np.float64]
Seen = Mapping[str, Mapping[str, Mapping[str, int]]]  # plan -> cell -> class -> profiles that it learnt from

PAGE: Final = "page"  # basis: a page that has only its name
TRUSTED: Final = ("organisation", "political", "sort")
FACTS: Final = ("seen", "least", "known_bio", "known_name")
SORTS: Final = ("company", "media", "institution")
MANY: Final = 50  # profiles of which half the worth of many is had
USUAL_BIO: Final = 0.7  # share of known pieces in a bio; stands where there is none, and then neither adds nor takes
_YES_NO: Final = ("no", "yes")
_PLANS: Final = {
    BIO: ("organisation/bio", "political/bio", "domain"),
    NAME: ("organisation/name", "political/name", "domain"),
    PAGE: ("organisation/page", "page", "page"),
}


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Of one head: `most` times the logistic of `start` and what each fact adds. None of these lowers it."""

    most: float
    start: float
    seen: float
    least: float
    known_bio: float
    known_name: float

    def of(self, facts: Floats) -> Floats:
        """Factors of n x FACTS."""
        worth = np.array([self.seen, self.least, self.known_bio, self.known_name])
        found: Floats = self.most / (1 + np.exp(-np.clip(self.start + facts @ worth, -50, 50)))
        return found


@cache
def trusts() -> tuple[Trust, ...]:
    """One for each of `TRUSTED`."""
    card = tomllib.loads(files(__package__).joinpath("card.toml").read_text(encoding="utf-8"))["figures"]["trust"]
    return tuple(Trust(**card[name]) for name in TRUSTED)


def cells_of(profiles: Profiles, basis: NDArray[np.str_]) -> NDArray[np.str_]:
    """How each profile can be read: "bio en", "bio fr", "bio other", "handle" (and a name), or "name" alone.

    >>> profiles = Profiles(None, {}, ["Orla @orla", "Orla", "Orla @orla"], ["", "", "Hi"], [None, None, "en"], [])
    >>> cells_of(profiles, np.array(["name", "name", "bio"])).tolist()
    ['handle', 'name', 'bio en']
    """
    found = np.full(len(profiles.names), "name", dtype=object)
    for place, (name, tongue) in enumerate(zip(profiles.names, profiles.languages, strict=True)):
        if basis[place] == BIO:
            found[place] = f"bio {tongue if tongue in READ else 'other'}"
        elif basis[place] == NAME and "@" in name:
            found[place] = "handle"
    return found


def facts_of(
    log_odds: Floats, cells: NDArray[np.str_], known: Mapping[str, Floats], seen: Seen, basis: NDArray[np.str_]
) -> Floats:
    """n x TRUSTED x FACTS; `log_odds` (n x heads) tell which class is named, `known` has shares of pieces by place."""
    score = np.nan_to_num(log_odds)
    found = np.zeros((len(score), len(TRUSTED), len(FACTS)))
    found[:, :, 2] = np.where(basis == BIO, known["bio"], USUAL_BIO)[:, None]
    found[:, :, 3] = known["name"][:, None]
    for name, plans in _PLANS.items():
        for place, plan in enumerate(plans):
            classes: tuple[str, ...] = _YES_NO if place == 0 or (place == 1 and name != PAGE) else SORTS
            if plan == PAGE:
                classes = ("political", *SORTS)
            for cell in set(cells[basis == name].tolist()):
                mine = np.flatnonzero((basis == name) & (cells == cell))
                n = np.array([seen.get(plan, {}).get(cell, {}).get(one, 0) for one in classes], np.float64)
                worth = n / (n + MANY)
                if classes == _YES_NO:
                    named = (score[mine, place] > 0).astype(int)
                else:
                    named = score[mine][:, 5 - len(classes) :].argmax(axis=1)
                found[mine, place, 0], found[mine, place, 1] = worth[named], worth.min()
    return found


def factors(facts: Floats, basis: NDArray[np.str_], by_head: tuple[Trust, ...]) -> Floats:
    """n x 5 heads: organisation, political, and the three sorts alike; of a page, political is one of four sorts."""
    three = np.column_stack([trust.of(facts[:, place]) for place, trust in enumerate(by_head)])
    three[:, 1] = np.where(basis == PAGE, three[:, 2], three[:, 1])
    return np.column_stack([three, three[:, 2], three[:, 2]])

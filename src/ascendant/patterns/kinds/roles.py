"""Behaviours of accounts -> chances of being a target, a consumer, a relay.

A multinomial logistic regression on scores that are shrunk to the study's own middle and in its own spread: what counts
is how an account differs from the others of its study, not a share as such. Weights, and a temperature that keeps
probabilities honest, were learnt on invented worlds (`influenced.toml` says which; `benchmarks/kinds_influenced.py
--learn` writes it). There is a set of weights for each combination of what files can give: groups, times, links.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.patterns.kinds.behaviours import Counts
from ascendant.patterns.kinds.shrinking import Shrunk
from ascendant.patterns.kinds.sorts import ROLES

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

GIVEN: Final = ("groups", "times", "links")  # what files may give or not
FEWEST_GROUP_ACTS: Final = 3  # below, nobody is said to amplify a group
_ALWAYS: Final = ("passes_on", "bare", "answers")
# Count for a relay alone, and never against one, whatever was learnt:
FOR_RELAY: Final = ("late", "beyond its platform", "members named")
_CERTAINTY_OF_GROUP: Final = "certainty of group"  # counts for a relay alone, either way


@dataclass(frozen=True)
class Weights:
    """D features x 3 roles, for one combination of what is given."""

    by_role: Floats
    temperature: float
    unseen_relay: float  # share of relays among those who show no sign of amplifying a group

    def __post_init__(self) -> None:
        if not self.temperature > 0:
            raise ValueError(f"a temperature of {self.temperature} would turn probabilities around")


def given(counts: Counts) -> tuple[str, ...]:
    """Which of `GIVEN` the files of a study give."""
    shows = {"groups": counts.has_groups, "times": counts.is_known["fast"], "links": counts.is_known["links"]}
    return tuple(name for name in GIVEN if shows[name])


def scored(what: tuple[str, ...]) -> tuple[str, ...]:
    """The behaviours whose scores tell targets and consumers apart, where `what` of `GIVEN` is given.

    >>> scored(("groups", "times"))
    ('passes_on', 'bare', 'answers', 'fast', 'quick')
    """
    links = ("links",) if "links" in what else ()
    return (*_ALWAYS, *links, *(("fast", "quick") if "times" in what else ()))


def feature_names(what: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the D features, in their order."""
    names = [name for key in scored(what) for name in (key, f"certainty of {key}")]
    return (*names, *relay_names(what), "one")


def relay_names(what: tuple[str, ...]) -> tuple[str, ...]:
    """The features that count for a relay alone.

    >>> relay_names(("groups",)), relay_names(("times",))
    (('certainty of group', 'beyond its platform', 'members named'), ())
    """
    if "groups" not in what:
        return ()
    return (_CERTAINTY_OF_GROUP, *(name for name in FOR_RELAY if name != "late" or "times" in what))


def features(counts: Counts, shrunk: dict[str, Shrunk], what: tuple[str, ...]) -> Floats:
    """A accounts x D features."""
    of_group = {
        _CERTAINTY_OF_GROUP: shrunk["group"].certainty,
        "late": shrunk["late"].score,
        "beyond its platform": np.log((counts.n["group"] + 1) / (counts.group_usual + 1)),
        "members named": np.log1p(counts.n_members_named),
    }
    columns = [column for key in scored(what) for column in (shrunk[key].score, shrunk[key].certainty)]
    columns += [of_group[name] for name in relay_names(what)]
    return np.column_stack([*columns, np.ones(counts.n_acts.size)])


def chances(table: Floats, amplifies: Flags, weights: Weights, what: tuple[str, ...]) -> Floats:
    """A accounts x 3 roles; a row sums to 1. `table` has the `features`.

    Where no group is known, a relay cannot be told from others: everybody has the chance of the worlds that it was
    learnt on. Where groups are known, who does not `amplify` one has at most that chance.
    """
    found = softmax(table @ weights.by_role / weights.temperature)
    relay, unseen = found[:, 2], weights.unseen_relay
    held = np.where(amplifies, relay, np.minimum(relay, unseen)) if "groups" in what else np.full(relay.size, unseen)
    of_the_others = softmax(table @ weights.by_role[:, :2] / weights.temperature)
    return np.column_stack([of_the_others * (1 - held)[:, None], held])


def amplifies(counts: Counts) -> Flags:
    """Who names members of one group several times, and more than accounts of its platform do.

    Not more than its community does: where communities are found from who names whom, a group's relays make up much
    of one. Held against it, a quarter of the busiest relays of invented worlds would have been ruled out.
    """
    n = counts.n["group"]
    found: Flags = (n >= FEWEST_GROUP_ACTS) & (n > counts.group_usual)
    return found


def softmax(scores: Floats) -> Floats:
    """Rows of scores as probabilities.

    >>> softmax(np.array([[0.0, 0.0], [1000.0, 0.0]])).tolist()
    [[0.5, 0.5], [1.0, 0.0]]
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    found: Floats = powers / powers.sum(axis=1, keepdims=True)
    return found


@cache
def learnt_weights(what: tuple[str, ...]) -> Weights:
    """The weights for what is given."""
    read = tomllib.loads(files("ascendant.patterns.kinds").joinpath("influenced.toml").read_text(encoding="utf-8"))
    row = next(row for row in read["weights"] if tuple(row["given"]) == what)
    return Weights(np.array([row[role] for role in ROLES]).T, row["temperature"], row["unseen_relay"])

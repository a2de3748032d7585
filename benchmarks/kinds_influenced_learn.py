"""The weights of kinds of influenced, learnt on invented worlds: `kinds_influenced.py --learn`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import tomli_w
from kinds_influenced_worlds import Tables, Worlds, members_of, true_roles
from scipy import optimize

from ascendant.patterns.kinds.behaviours import BEHAVIOURS, Counts, count_behaviours
from ascendant.patterns.kinds.influenced import FALLBACK, FEWEST_ACTS
from ascendant.patterns.kinds.roles import (
    FOR_RELAY,
    GIVEN,
    ROLES,
    Weights,
    amplifies,
    chances,
    feature_names,
    features,
    relay_names,
    softmax,
)
from ascendant.patterns.kinds.shrinking import Shrunk, shrink

_WEIGHTS_SEEDS, _TEMPERATURE_SEEDS = range(200, 240), range(240, 250)
_LEAST_ACTS = 5  # to learn from an account; it weighs less than one with enough acts to be judged
_FEW_WEIGH = 0.3
_RIDGE = 1e-3
_WRITTEN = Path(__file__).parents[1] / "src" / "ascendant" / "patterns" / "kinds" / "influenced.toml"


@dataclass(frozen=True)
class _Example:
    """One world to learn from; features are chosen of it by what files may give."""

    counts: Counts
    shrunk: dict[str, Shrunk]
    true: np.ndarray

    @classmethod
    def of(cls, tables: Tables) -> _Example:
        counts = count_behaviours(tables, tables.named_by, tables.standing, members_of(tables, "doubtful"))
        shrunk = {key: shrink(counts.n[key], counts.of[key], counts.platform, FALLBACK) for key in BEHAVIOURS}
        return cls(counts, shrunk, true_roles(tables))

    def columns(self, what: tuple[str, ...]) -> list[np.ndarray]:
        """Features, true role, weight, and whether it amplifies a group, of the accounts to learn from."""
        chosen = (self.true >= 0) & (self.counts.n_acts >= _LEAST_ACTS)
        weight = np.where(self.counts.n_acts >= FEWEST_ACTS, 1.0, _FEW_WEIGH)
        whole = (features(self.counts, self.shrunk, what), self.true, weight, amplifies(self.counts))
        return [column[chosen] for column in whole]


def learn(worlds: Worlds) -> None:
    """Write the weights for every combination of what files may give."""
    first, second = ([_Example.of(worlds.of(seed)) for seed in seeds] for seeds in (_WEIGHTS_SEEDS, _TEMPERATURE_SEEDS))
    rows = []
    for size in range(len(GIVEN) + 1):
        for what in combinations(GIVEN, size):
            rows.append(_learn_one(first, second, what))
            print(what, "temperature", rows[-1]["temperature"], "unseen relay", rows[-1]["unseen_relay"], flush=True)
    how = (
        f"invented worlds of {worlds.accounts} accounts and {worlds.acts} acts: weights on seeds {_WEIGHTS_SEEDS[0]} to"
        f" {_WEIGHTS_SEEDS[-1]}, temperatures on {_TEMPERATURE_SEEDS[0]} to {_TEMPERATURE_SEEDS[-1]}; groups as a"
        " detector might find them; benchmarks/kinds_influenced.py --learn"
    )
    _WRITTEN.write_text(tomli_w.dumps({"learnt_on": how, "weights": rows}), encoding="utf-8")


def _together(worlds: list[_Example], what: tuple[str, ...]) -> list[np.ndarray]:
    blocks = [one.columns(what) for one in worlds if one.counts.has_groups or "groups" not in what]
    return [np.concatenate(column) for column in zip(*blocks, strict=True)]


def _learn_one(first: list[_Example], second: list[_Example], what: tuple[str, ...]) -> dict[str, object]:
    table, true, weight, may_relay = _together(first, what)
    later = _together(second, what)
    if "groups" not in what:
        may_relay = np.zeros(true.size, bool)
    unseen = float(weight[(true == 2) & ~may_relay].sum() / weight[~may_relay].sum())
    by_role = _fitted(table, true, weight, what)

    def loss(log_temperature: float) -> float:
        table, true, weight, may_relay = later
        p = chances(table, may_relay, Weights(by_role, float(np.exp(log_temperature)), unseen), what)
        return float(-(weight @ np.log(p[np.arange(true.size), true])))

    temperature = float(np.exp(optimize.minimize_scalar(loss, bounds=(-1.5, 1.5), method="bounded").x))
    return {
        "given": list(what),
        "temperature": round(temperature, 3),
        "unseen_relay": round(unseen, 4),
        "features": list(feature_names(what)),
        **{role: [round(float(value), 3) for value in by_role[:, place]] for place, role in enumerate(ROLES)},
    }


def _fitted(table: np.ndarray, true: np.ndarray, weight: np.ndarray, what: tuple[str, ...]) -> np.ndarray:
    """Multinomial logistic regression with a ridge on all but the intercept, the last feature.

    What an account does with a group counts for a relay alone, and more of it never against one. Left free, the fit was
    no better, and said of who passes on nothing but a group's posts that it is no relay.
    """
    n_features, n_roles = table.shape[1], len(ROLES)
    ridge = np.append(np.full(n_features - 1, _RIDGE), 0.0)[:, None]
    is_true = np.eye(n_roles)[true]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        by_role = flat.reshape(n_features, n_roles)
        p = softmax(table @ by_role)
        fit = -(weight @ np.log(p[np.arange(true.size), true])) / weight.sum() + (ridge * by_role**2).sum() / 2
        slope = table.T @ ((p - is_true) * weight[:, None]) / weight.sum() + ridge * by_role
        return float(fit), slope.ravel()

    bounds: list[tuple[float | None, float | None]] = []
    for name in feature_names(what):
        of_others = (0.0, 0.0) if name in relay_names(what) else (None, None)
        bounds += [of_others, of_others, (0.0 if name in FOR_RELAY else None, None)]
    start = np.zeros(n_features * n_roles)
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000})
    return np.asarray(found.x).reshape(n_features, n_roles)

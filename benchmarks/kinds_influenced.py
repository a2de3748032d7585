"""How often ascendant is right about targets, consumers and relays, and whether its probabilities come true.

    python benchmarks/kinds_influenced.py --first-seed 1000 --seeds 20
    python benchmarks/kinds_influenced.py --first-seed 250 --seeds 50 --members none
    python benchmarks/kinds_influenced.py --learn                               # weights anew, on seeds 200 to 249

Each seed is another invented world, whose parameters are drawn from the prior of `docs/explanation/world.md`, how far
accounts are from the textbook of their kind included. The files are written, read, and asked by the main path; kinds
are held against the truth of the accounts that have one (companies, causes and the like have no true kind as
influenced). `--members doubtful` takes the true groups as a detector might find them: up to half of the members missed,
one group in ten missed whole, one member in thirteen wrong, and at times a group that is none; `--members found` those
that are found. Seeds from 1000 on are for reports: run them once.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
from kinds_influenced_learn import learn
from kinds_influenced_worlds import Tables, Worlds, members_of, true_roles

from ascendant.patterns.kinds.influenced import FEWEST_ACTS, UNDETERMINED, find_influenced_kinds
from ascendant.patterns.kinds.roles import ROLES

_N_BINS = 10


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--first-seed", type=int, default=250)
    options.add_argument("--seeds", type=int, default=20)
    options.add_argument("--accounts", type=int, default=2_000)
    options.add_argument("--acts", type=int, default=80_000)
    options.add_argument("--members", choices=("doubtful", "found", "true", "none"), default="doubtful")
    options.add_argument("--without", choices=("times", "links"), action="append", default=[])
    options.add_argument("--keep", type=Path, help="folder to keep the tables of each world in, for the next time")
    options.add_argument("--learn", action="store_true")
    chosen = options.parse_args()
    worlds = Worlds(chosen.accounts, chosen.acts, chosen.keep)
    if chosen.learn:
        learn(worlds)
        return
    seeds = range(chosen.first_seed, chosen.first_seed + chosen.seeds)
    scores = [one_world(worlds.of(seed), chosen.members, tuple(chosen.without)) for seed in seeds]
    print("seed   judged (t/c/r)     macro-F1    target  consumer     relay |   ECE | shown  right")
    for seed, score in zip(seeds, scores, strict=True):
        print(f"{seed:4} {score.counted:>16} {score.line}")
    print(f"\nmean of {len(scores)} worlds ± standard error, and the worst")
    for name in ("macro_f1", "ece", "macro_f1_all", "ece_all", "shown", "right_shown", "accuracy"):
        values = np.array([getattr(score, name) for score in scores])
        error = values.std(ddof=1) / np.sqrt(values.size) if values.size > 1 else float("nan")
        worst = values.max() if name.startswith("ece") else values.min()
        print(f"  {name:14}{np.nanmean(values):7.3f} ± {error:.3f}   {worst:.3f}")
    true, p = (np.concatenate([getattr(score, name) for score in scores]) for name in ("true", "p"))
    print(f"  all worlds together: F1 {_f1(true, p).round(3).tolist()}, ECE {_ece(true, p):.3f}")
    print(
        "  said: (rows are true)\n",
        np.array([[np.sum((true == t) & (p.argmax(1) == s)) for s in range(3)] for t in range(3)]),
    )


@dataclass(frozen=True)
class Score:
    """One world: `true` and `p` are of the judged accounts."""

    true: np.ndarray
    p: np.ndarray
    macro_f1_all: float
    ece_all: float
    shown: float
    right_shown: float
    n_unmoved: int

    @property
    def macro_f1(self) -> float:
        return float(np.nanmean(_f1(self.true, self.p)))

    @property
    def ece(self) -> float:
        return _ece(self.true, self.p)

    @property
    def accuracy(self) -> float:
        return float(np.mean(self.p.argmax(1) == self.true))

    @property
    def counted(self) -> str:
        return "/".join(str(n) for n in np.bincount(self.true, minlength=3))

    @property
    def line(self) -> str:
        by_role = "".join(f"{value:10.3f}" for value in _f1(self.true, self.p))
        return f"{self.macro_f1:12.3f}{by_role} | {self.ece:.3f} | {self.shown:.3f}  {self.right_shown:.3f}"


def one_world(tables: Tables, members: str, without: tuple[str, ...] = ()) -> Score:
    tables = _poorer(tables, without)
    kinds = find_influenced_kinds(tables, tables.named_by, tables.standing, members_of(tables, members)).kinds
    p = np.column_stack([kinds[f"p_{role}"].to_numpy() for role in ROLES])
    true, n_acts = true_roles(tables), kinds["n_acts"].to_numpy()
    known = (true >= 0) & (n_acts > 0)
    judged = known & (n_acts >= FEWEST_ACTS)
    kind = np.array(kinds["kind_as_influenced"].fill_null("").to_pylist())
    is_shown = judged & (kind != UNDETERMINED) & (kind != "")
    right = p.argmax(1) == true
    return Score(
        true=true[judged],
        p=p[judged],
        macro_f1_all=float(np.nanmean(_f1(true[known], p[known]))),
        ece_all=_ece(true[known], p[known]),
        shown=float(is_shown.sum() / judged.sum()),
        right_shown=float(right[is_shown].mean()),
        n_unmoved=int(np.sum(judged & (kind == ""))),
    )


def _poorer(tables: Tables, without: tuple[str, ...]) -> Tables:
    """The same files without times, or without links."""
    named_by, acts = tables.named_by, tables.acts
    if "times" in without:
        place = named_by.schema.get_field_index("delay_seconds")
        named_by = named_by.set_column(place, "delay_seconds", pa.nulls(named_by.num_rows, pa.int64()))
    if "links" in without:
        place = acts.schema.get_field_index("n_links")
        acts = acts.set_column(place, "n_links", pa.array(np.zeros(acts.num_rows, np.int64)))
    return replace(tables, named_by=named_by, acts=acts)


def _f1(true: np.ndarray, p: np.ndarray) -> np.ndarray:
    said = p.argmax(1)
    both = np.array([np.sum((true == role) & (said == role)) for role in range(3)])
    either = np.bincount(true, minlength=3) + np.bincount(said, minlength=3)
    return np.where(either > 0, 2 * both / np.maximum(either, 1), np.nan)


def _ece(true: np.ndarray, p: np.ndarray) -> float:
    best = p.max(1)
    place = np.minimum((best * _N_BINS).astype(np.int64), _N_BINS - 1)
    gap = np.bincount(place, best, _N_BINS) - np.bincount(place, p.argmax(1) == true, _N_BINS)
    return float(np.abs(gap).sum() / best.size)


if __name__ == "__main__":
    main()

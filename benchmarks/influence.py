"""How well influence from time is told apart, on invented worlds whose truth is known, beside an observer who knows
all.

    python benchmarks/influence.py --first-seed 100 --seeds 10

Judged are acts after t0 that name nobody. Two truths. *Seen*: the act was moved by an account that its author was
known to
be exposed to: what the method can know of. *All*: it was moved by anybody, also over ties that no file shows. The
oracle knows every pull, hidden or not, the law of delays and all rates (`influence_oracle.py`).
Levels are those of theta, which `influence_theta.py` holds against doses and nulls. Seeds from 1000 on are for reports:
run them once.
"""

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from influence_oracle import judge

from ascendant.demo.make import make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import draw_parameters
from ascendant.demo.truth import account_ids, act_ids, acts_table
from ascendant.demo.world import write_files
from ascendant.infer.attribution import Effort
from ascendant.infer.doubt import widened
from ascendant.infer.exposure import SILENT, exposures, timeline
from ascendant.infer.fitted import fit
from ascendant.infer.named import named_layer
from ascendant.store.duckdb import asking
from ascendant.study import Study

CLASSES = ((1, 10), (10, 30), (30, 100), (100, 10**9))
WHOLE = {"hidden_exposure": 0.0, "sampling_x": 1.0, "sampling_facebook": 1.0, "sampling_linkedin": 1.0}


def read(world):
    """The world as its files tell it."""
    with tempfile.TemporaryDirectory() as folder:
        written = write_files(Path(folder) / "world", world)
        Study.make(Path(folder) / "study").read(list(written.posts))
        with asking(Path(folder) / "study") as questions:
            return timeline(questions, named_layer(questions).named_by)


def truth_of(times, known, truth):
    """Of each act in the files: moved by anybody; moved by an account to which its author was known to be exposed."""
    place = pc.index_in(times.act_id, truth["act_id"].combine_chunks())
    rows = truth.take(place)
    moved = pc.equal(rows["cause"], "influence").fill_null(False).to_numpy()
    author = pc.fill_null(pc.index_in(rows["parent_author_id"].combine_chunks(), times.account_id), -1)
    key = times.account * times.n_accounts + author.to_numpy(zero_copy_only=False).astype(np.int64)
    pairs = (known.target * times.n_accounts + known.source)[known.is_exposed]
    return moved, moved & np.isin(key, pairs)


def area(p, y):
    """Chance that a moved act has the higher probability of two."""
    _, place, size = np.unique(p, return_inverse=True, return_counts=True)
    rank = (np.cumsum(size) - (size - 1) / 2)[place]
    n = y.sum()
    return (rank[y].sum() - n * (n + 1) / 2) / (n * (y.size - n)) if 0 < n < y.size else np.nan


def calibration(p, y):
    part = np.minimum((p * 10).astype(int), 9)
    return np.abs(np.bincount(part, p, 10) - np.bincount(part, y, 10)).sum() / p.size


def by_class(draws, true, n, random):
    """Per class: error of the share, width of the 90 % interval, whether it holds the randomised rank, the truth."""
    rows = []
    for low, high in CLASSES:
        here = (n >= low) & (n < high)
        if not here.any():
            rows.append([np.nan] * 4)
            continue
        mine, truth, size = draws[:, here], true[here], n[here]
        below, alike = (mine < truth).mean(axis=0), (mine == truth).mean(axis=0)
        rank = below + random.random(truth.size) * np.maximum(alike, 1 / (draws.shape[0] + 1))
        ends = np.quantile(mine, [0.05, 0.95], axis=0)
        rows.append(
            [
                (np.abs(mine.mean(axis=0) - truth) / size).mean(),
                ((ends[1] - ends[0]) / size).mean(),
                ((rank >= 0.05) & (rank <= 0.95)).mean(),
                ((truth >= ends[0]) & (truth <= ends[1])).mean(),
            ]
        )
    return np.array(rows)


def one_world(options, parameters, effort):
    world = make_world(options, parameters)
    times = read(world)
    known = exposures(times)
    began = time.perf_counter()
    of = fit(times, known, effort=effort)
    at, theta = of.found, of.theta
    seconds = time.perf_counter() - began
    moved, seen = truth_of(times, known, acts_table(world))
    asked = np.flatnonzero((times.kind == SILENT) & (times.hours >= known.since))
    n = at.n_silent + at.n_named
    draws = widened(at.moved.reshape(-1, times.n_accounts), at.n_silent, scale=theta.scale)
    places = pc.index_in(times.act_id.take(pa.array(asked)), act_ids(world)).to_numpy(zero_copy_only=False)
    of_account = pc.fill_null(pc.index_in(times.account_id, account_ids(world)), -1).to_numpy(zero_copy_only=False)
    pair = known.is_exposed
    keys = np.sort(of_account[known.source[pair]].astype(np.int64) * world.people.n + of_account[known.target[pair]])
    best = judge(world, places.astype(np.int64), keys)
    owner, random = times.account[asked], np.random.default_rng(options.seed)
    found = {}
    for name, true, chance in (("seen", seen[asked], best[1]), ("all", moved[asked], best[0])):
        p = at.p_moved[asked]
        count = np.bincount(owner, true, times.n_accounts)
        guessed = random.random((200, asked.size)) < chance
        oracle = np.array([np.bincount(owner, draw, times.n_accounts) for draw in guessed])
        found[name] = (
            [
                true.mean(),
                theta.theta,
                theta.null,
                area(p, true),
                calibration(p * theta.scale.mean(), true),
                area(chance, true),
            ],
            by_class(draws, count, n, random),
            by_class(oracle, count, n, random),
        )
    numbers = " ".join(f"{value:.3f}" for value in found["seen"][0])
    ends = f"all {moved[asked].mean():.3f} {seconds:.0f} s"
    print(f"{options.seed:5} {times.hours.size:8,} {asked.size:8,} {numbers}   {ends}", flush=True)
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--first-seed", type=int, default=100)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--accounts", type=int, default=2_000)
    options.add_argument("--acts", type=int, default=80_000)
    options.add_argument("--whole", action="store_true", help="nothing hidden and nothing left out of the collection")
    chosen = options.parse_args()
    effort, results = Effort(n_thin=1), []
    print("seed      acts   silent true  theta null  area  error best area   (seen)")
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        world = WorldOptions(accounts=chosen.accounts, acts=chosen.acts, seed=seed)
        parameters = draw_parameters(seed)
        results.append(one_world(world, replace(parameters, **WHOLE) if chosen.whole else parameters, effort))
    for name in ("seen", "all"):
        told(name, [result[name] for result in results])


def told(name, results):
    numbers = np.array([result[0] for result in results])
    error = numbers.std(axis=0, ddof=1) / np.sqrt(len(results)) if len(results) > 1 else np.full(6, np.nan)
    words = ("true share", "theta", "null", "own or moved, area", "calibration error", "area of the oracle")
    print(f"\n{name}: mean of {len(results)} worlds ± standard error")
    figures = zip(words, numbers.mean(0), error, strict=True)
    print("  " + ", ".join(f"{word} {mean:.3f} ± {e:.3f}" for word, mean, e in figures))
    print(f"  mean |log(theta / true)| {np.abs(np.log(np.maximum(numbers[:, 1], 1e-3) / numbers[:, 0])).mean():.3f}")
    for place, who in ((1, "ours"), (2, "oracle")):
        table = np.array([result[place] for result in results])
        for row, (low, _) in enumerate(CLASSES):
            mean = np.nanmean(table[:, row], axis=0)
            e = np.nanstd(table[:, row], axis=0, ddof=1) / np.sqrt(len(results)) if len(results) > 1 else [np.nan] * 4
            inside = f"randomised rank inside {mean[2]:.3f} ± {e[2]:.3f}, printed interval {mean[3]:.3f} ± {e[3]:.3f}"
            print(f"  {who:7} {low:3}+ acts: error {mean[0]:.3f} ± {e[0]:.3f}, width {mean[1]:.3f}, {inside}")


if __name__ == "__main__":
    main()

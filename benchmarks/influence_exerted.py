"""What each account moves, at first hand and at any remove: ours with its intervals, simple rules, and what is true.

    python benchmarks/influence_exerted.py --first-seed 110 --seeds 10

True is what the files let anybody know of. A named act was moved by the last account of its chain that the files show:
who passed the item on where its author is an exposed, held act, else the author that the act names (also where friends
or a controller made it name: the platform says so). A silent act counts for the account that moved it where its author
was known to be exposed to it. Rules are tuned on what came before t0 (`infer/baselines.py`). Judged of them: who moved
the silent acts that were moved; own or moved; and the order of accounts by what they moved.
Seeds from 1000 on are for reports: run them once.
"""

import argparse
import time
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc
from influence import CLASSES, area, read
from scipy.stats import spearmanr

from ascendant.demo.make import make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import draw_parameters
from ascendant.demo.truth import acts_table
from ascendant.infer.baselines import RULES, direct, habits, scores, tuned
from ascendant.infer.chains import exerted
from ascendant.infer.exposure import NAMED, SILENT, exposures
from ascendant.infer.fitted import fit
from ascendant.infer.recent import rank_of, recent


def true_parents(times, known, truth):
    """As `Attribution.parents`: of each act after t0 what moved it, by what the files let anybody know."""
    rows = truth.take(pc.index_in(times.act_id, truth["act_id"].combine_chunks()))
    moved = pc.equal(rows["cause"], "influence").fill_null(False).to_numpy()
    author = place(rows["parent_author_id"], times.account_id)
    parent = place(rows["parent_id"], times.act_id)
    account, n, late = times.account, times.n_accounts, times.hours >= known.since
    pairs = (known.target * n + known.source)[known.is_exposed]
    seen = moved & np.isin(account * n + author, pairs)
    link = np.where(parent >= 0, parent, -2 - author)
    found = np.full(account.size, -1, np.int64)
    silent, named = late & (times.kind == SILENT), late & (times.kind == NAMED)
    burst = silent & (author == account) & (parent >= 0)
    found[burst] = parent[burst]
    found[silent & seen] = link[silent & seen]
    by_name = np.where(times.item_act >= 0, times.item_act, -2 - times.author)
    found[named] = np.where(seen & (parent >= 0), parent, by_name)[named]
    return found, silent & seen


def place(values, among):
    return pc.fill_null(pc.index_in(values.combine_chunks(), among), -1).to_numpy(zero_copy_only=False).astype(np.int64)


def covered(draws, true, chosen, random):
    """Accounts; said / true; rank below, inside, above the 90 % interval; interval holds; width / true."""
    draws, true = draws[:, chosen], true[chosen]
    if true.size == 0:
        return [0] + [np.nan] * 6
    alike = np.maximum((draws == true).mean(axis=0), 1 / (draws.shape[0] + 1))
    rank = (draws < true).mean(axis=0) + random.random(true.size) * alike
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    total = max(1, true.sum())
    inside, holds = (rank >= 0.05) & (rank <= 0.95), (true >= low) & (true <= high)
    means = [(rank < 0.05).mean(), inside.mean(), (rank > 0.95).mean(), holds.mean()]
    return [true.size, draws.mean(axis=0).sum() / total, *means, (high - low).sum() / total]


def classes(said):
    """Of which accounts coverage is told: where something is true, where nothing is, and by how much is said."""
    for low, high in CLASSES:
        yield f"said {low}+", lambda true, low=low, high=high: (said >= low) & (said < high)
    yield "true > 0", lambda true: true > 0
    yield "true = 0, said", lambda true: (true == 0) & (said > 0.05)


def one_world(options):
    began = time.perf_counter()
    world = make_world(options, draw_parameters(options.seed))
    times = read(world)
    known = exposures(times)
    of = fit(times, known)
    at, scale = of.found, of.theta.scale
    found = exerted(times, at, n_doubts=4, scale=scale)
    plain = exerted(times, at, n_doubts=1, level=0.0, own=0.0)
    parents, moved = true_parents(times, known, acts_table(world))
    true_all = replace(at, parents=parents[None].astype(np.int32))
    of_truth = exerted(times, true_all, n_doubts=1, level=0.0, own=0.0)
    random = np.random.default_rng(options.seed)
    rows = {}
    for what in ("direct", "transitive", "from_others"):
        true = getattr(of_truth, what)[0]
        for how, drawn in (("doubt", found), ("sampler alone", plain)):
            said = getattr(drawn, what)
            for name, chosen in classes(said.mean(axis=0)):
                rows[what, how, name] = covered(said, true, chosen(true), random)
    rules = judged(times, known, at, found, parents, moved, of_truth.direct[0])
    print(
        f"{options.seed:5} {times.hours.size:8,} acts, scale {scale.mean():.2f}, {time.perf_counter() - began:.0f} s",
        flush=True,
    )
    return rows, rules


def judged(times, known, at, found, parents, moved, true):
    """Of ours and each rule: who moved (top-1, and reciprocal rank), own or moved, order of accounts, largest 2 %."""
    asked = np.flatnonzero((times.kind == SILENT) & (times.hours >= known.since))
    of = recent(times, known, asked)
    mover = np.where(parents >= 0, times.account[np.maximum(parents, 0)], -2 - parents)
    chosen = (known.source[of.pair] == mover[asked][of.row]) & moved[asked][of.row]
    acts = np.flatnonzero((times.kind != 2) & (times.hours >= known.since))
    every = recent(times, known, acts)
    judge = np.bincount(of.row, chosen, asked.size) > 0
    largest = np.argsort(-true, kind="stable")[: max(10, true.size // 50)]
    able = (np.bincount(known.source, minlength=times.n_accounts) > 0) | (true > 0)

    def orders(said):
        top = np.argsort(-said, kind="stable")[: largest.size]
        return [spearmanr(said[able], true[able]).statistic, np.isin(top, largest).mean()]

    right = (at.likeliest[asked] == mover[asked])[judge]
    rows = {"ours": [right.mean(), area(at.p_moved[asked], moved[asked]), *orders(found.direct.mean(axis=0))]}
    named = times.author[acts[times.kind[acts] == NAMED]]
    rows["named only"] = [np.nan, np.nan, *orders(np.bincount(named, minlength=times.n_accounts))]
    for rule in RULES:
        setting = tuned(rule, times, known, known.since)
        before = habits(times, known, known.since, setting)
        score = scores(rule, times, of, before, setting)
        best = np.zeros(asked.size)
        np.maximum.at(best, of.row, score)
        rank = rank_of(score, of, chosen)
        credit = direct(scores(rule, times, every, before, setting), times, known, every)
        rows[rule] = [(rank < 1.5).mean(), area(best, moved[asked]), *orders(credit)]
    return rows


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--first-seed", type=int, default=110)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--accounts", type=int, default=2_000)
    options.add_argument("--acts", type=int, default=80_000)
    chosen = options.parse_args()
    seeds = range(chosen.first_seed, chosen.first_seed + chosen.seeds)
    worlds = [WorldOptions(accounts=chosen.accounts, acts=chosen.acts, seed=seed) for seed in seeds]
    results = [one_world(world) for world in worlds]
    root = np.sqrt(len(results))
    for key in results[0][0]:
        table = np.array([rows[key] for rows, _ in results])
        mean, e = np.nanmean(table, axis=0), np.nanstd(table, axis=0, ddof=1) / root
        print(
            f"{key[0]:11} {key[1]:13} {key[2]:14} {mean[0]:6.0f} accounts, said / true {mean[1]:.2f} ± {e[1]:.2f}, rank"
            f" below {mean[2]:.3f} inside {mean[3]:.3f} ± {e[3]:.3f} above {mean[4]:.3f}, interval holds {mean[5]:.3f}"
            f" ± {e[5]:.3f}, width / true {mean[6]:.2f}"
        )
    print("who moved it (top-1), own or moved (area), order of accounts (Spearman), largest 2 % shared")
    for rule in results[0][1]:
        table = np.array([rules[rule] for _, rules in results])
        gap = table - np.array([rules["ours"] for _, rules in results])
        figures = zip(table.mean(axis=0), table.std(axis=0, ddof=1) / root, gap.mean(axis=0),
                      gap.std(axis=0, ddof=1) / root, strict=True)  # fmt: skip
        print(f"{rule:11}" + "".join(f"  {m:.3f} ± {e:.3f} ({g:+.3f} ± {ge:.3f})" for m, e, g, ge in figures))


if __name__ == "__main__":
    main()

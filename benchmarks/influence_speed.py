"""How long influence from time takes, and how much memory: an invented log of any size, each step timed.

    python benchmarks/influence_speed.py --accounts 100000 --acts 5000000 --threads 2

Accounts follow about 15 others, the popular more; three in ten ties move; an act sets off others, generation after
generation; half of what is moved names what moved it. All ties are known and all acts are explained (t0 = 0): the
worst case. Then comes all that a study asks for: what accounts move, the same fit on matched strangers, and, on a
fixed tenth of the accounts, strangers again, doses and the second placebo. The log is made by a process of its own.
CPU-seconds hold the compilation; with an empty NUMBA_CACHE_DIR all of it. Memory is the most that was held within the
step (Linux).
"""

import argparse
import multiprocessing
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from ascendant.infer.attribution import Effort, attribute
from ascendant.infer.chains import exerted
from ascendant.infer.convergence import effective_size, split_r_hat
from ascendant.infer.doses import planted, some_targets
from ascendant.infer.doubt import matched
from ascendant.infer.exposure import NAMED, SILENT, Exposure, Timeline
from ascendant.infer.learning import communities_before, learn
from ascendant.infer.links import no_links
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.placebo import QUICK, placebo

DAYS = 90.0


def invented(n_accounts, n_acts, seed=0, follows=15, moved=0.3):
    rng = np.random.default_rng(seed)
    popular = np.minimum(rng.pareto(1.2, n_accounts) + 0.05, 2000.0)
    size = np.clip(rng.lognormal(np.log(follows) - 0.5, 1.0, n_accounts).astype(int), 1, 200)
    target = np.repeat(np.arange(n_accounts), size)
    source = rng.choice(n_accounts, target.size, p=popular / popular.sum())
    key = np.unique(target * n_accounts + source)
    target, source = key // n_accounts, key % n_accounts
    target, source = target[target != source], source[target != source]
    pull = np.where(rng.random(target.size) < 0.3, rng.gamma(1.0, 1.0, target.size), 0.0)
    pull *= rng.gamma(0.7, 1.0, n_accounts)[target]
    own = rng.lognormal(0, 1.3, n_accounts)
    own *= (1 - moved) * n_acts / own.sum()
    # Each target's pulls give it the wanted share, with acts as they come out on average.
    rate = own / (1 - moved)
    arriving = np.bincount(target, pull * rate[source], n_accounts)
    pull *= (moved * rate / np.maximum(arriving, 1e-9))[target]
    pull = np.minimum(pull, 0.3)
    for _ in range(40):  # what the bound takes away, own acts give back
        rate = own + np.bincount(target, pull * rate[source], n_accounts)
    own *= n_acts / rate.sum()
    order = np.argsort(source, kind="stable")
    first, reached = np.searchsorted(source[order], np.arange(n_accounts + 1)), np.append(0, np.cumsum(pull[order]))
    account = np.repeat(np.arange(n_accounts), rng.poisson(own))
    hours = rng.random(account.size) * 24 * DAYS
    parent = np.full(account.size, -1)
    blocks, start = [(account, hours, parent)], 0
    while account.size and sum(block[0].size for block in blocks) < 2 * n_acts:
        low, high = reached[first[account]], reached[first[account + 1]]
        who = np.repeat(np.arange(account.size), rng.poisson(high - low))
        tie = np.searchsorted(reached, low[who] + rng.random(who.size) * (high - low)[who], "right") - 1
        tie = order[np.clip(tie, 0, order.size - 1)]
        later = hours[who] + rng.exponential(1.0, who.size) * np.where(rng.random(who.size) < 0.6, 0.7, 17.0)
        kept = later < 24 * DAYS
        parent = start + who[kept]
        start += account.size
        account, hours = target[tie][kept], later[kept]
        blocks.append((account, hours, parent))
    account, hours, parent = (np.concatenate(column) for column in zip(*blocks, strict=True))
    order = np.lexsort((hours, account))
    place = np.empty(order.size, np.int64)
    place[order] = np.arange(order.size)
    account, hours, parent = account[order], hours[order], np.where(parent < 0, -1, place[parent])[order]
    kind = np.where((parent >= 0) & (rng.random(parent.size) < 0.5), NAMED, SILENT).astype(np.int8)
    return {
        "n_accounts": np.array(n_accounts),
        "account": account.astype(np.int32),
        "hours": hours,
        "parent": parent,
        "kind": kind,
        "target": target,
        "source": source,
    }


def opened(world):
    """Timeline, exposures, and which of the acts that name nobody are moved."""
    account, hours, parent, kind = (world[name] for name in ("account", "hours", "parent", "kind"))
    target, source = world["target"], world["source"]
    n, n_accounts = account.size, int(world["n_accounts"])
    first = np.searchsorted(account, np.arange(n_accounts + 1))
    named = kind == NAMED
    times = Timeline(
        account_id=pa.array(np.arange(n_accounts)).cast(pa.string()),
        act_id=pa.array(np.arange(n)).cast(pa.string()),
        first=first,
        hours=hours,
        kind=kind,
        is_repost=named,
        author=np.where(named, account[parent], -1),
        item=np.where(named, parent, -1),
        item_act=np.where(named, parent, -1),
        item_hours=np.where(named, hours[parent], np.nan),
        n_items=n,
        shown_first=first,
        shown_act=np.arange(n),
        start_us=0,
        links=no_links(n),
    )
    known = Exposure(
        first=np.searchsorted(target, np.arange(n_accounts + 1)),
        source=source,
        is_exposed=np.ones(source.size, bool),
        n_named_before=np.ones(source.size, np.int64),
        since=0.0,
        until=24 * DAYS,
    )
    return times, known, (parent >= 0) & ~named


def made(path, n_accounts, n_acts):
    np.savez(path, **invented(n_accounts, n_acts))


class Clock:
    """What each step takes."""

    def __init__(self):
        self.cpu, self.wall = time.process_time(), time.perf_counter()
        self.most, self.all_cpu, self.all_wall = 0.0, 0.0, 0.0

    def told(self, step):
        cpu, wall = time.process_time() - self.cpu, time.perf_counter() - self.wall
        status = Path("/proc/self/status")
        lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0", "VmRSS: 0"]
        most, now = (int(line.split()[1]) / 1e6 for line in lines if line.startswith(("VmHWM", "VmRSS")))
        self.most, self.all_cpu, self.all_wall = max(self.most, most), self.all_cpu + cpu, self.all_wall + wall
        print(f"{step:28} {cpu:8.1f} CPU-s {wall:8.1f} s {most:6.2f} GB at most, {now:5.2f} after", flush=True)
        if status.exists():
            Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew
        self.cpu, self.wall = time.process_time(), time.perf_counter()


def converged(at):
    n = at.n_silent + at.n_named
    worth, apart = effective_size(at.moved), split_r_hat(at.moved)
    rows = []
    for low, high in ((1, 10), (10, 30), (30, 100), (100, 10**9)):
        here = (n >= low) & (n < high)
        if not here.any():
            continue
        rows.append((np.median(worth[here]), np.quantile(worth[here], 0.05), low))
        print(
            f"  {np.count_nonzero(here):7,} accounts of {low}+ acts: worth {rows[-1][0]:.0f} in the median, 5 % below"
            f" {rows[-1][1]:.0f}, least {worth[here].min():.0f}; split R-hat, median {np.median(apart[here]):.3f},"
            f" 95 % below {np.quantile(apart[here], 0.95):.3f}"
        )
    worst = min(rows, key=lambda row: row[1])
    print(f"  the worst class is that of {worst[2]}+ acts: median {worst[0]:.0f}, 5 % below {worst[1]:.0f}")


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--accounts", type=int, default=10_000)
    options.add_argument("--acts", type=int, default=500_000)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--world", type=Path, help="a file to keep the log in, and to take it from where it is there")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.world or Path(folder) / "world.npz"
        if not path.exists():
            maker = multiprocessing.get_context("spawn").Process(target=made, args=(path, chosen.accounts, chosen.acts))
            maker.start()
            maker.join()
        with np.load(path) as world:
            times, known, is_moved = opened(world)
    print(f"{times.hours.size:,} acts of {times.n_accounts:,} accounts, {known.source.size:,} ties")
    clock, n_threads = Clock(), chosen.threads
    community = communities_before(times, known, InfluenceOptions())
    clock.told("communities")
    frozen = learn(times, known, community=community, n_threads=n_threads)
    clock.told("first pass")
    at = attribute(times, known, frozen, Effort(n_threads=n_threads))
    clock.told("second pass")
    converged(at)
    silent = times.kind == SILENT
    print(
        f"  moved, of acts that name nobody: true {is_moved[silent].mean():.3f}, said {at.p_moved[silent].mean():.3f}"
    )
    clock.told("convergence")
    moves = exerted(times, at, n_doubts=4)
    print(f"  moved by the largest account {moves.transitive.mean(axis=0).max():.0f}")
    del moves
    clock.told("what accounts move")
    match = matched(times, known, community)
    judged, instead = match.judged(known), np.where(match.instead < 0, known.source, match.instead)
    clock.told("strangers")
    quick = Effort(n_kept=60, n_thin=0, n_threads=n_threads)

    def share(of, other, targets=None):
        learnt = learn(of, judged, community=community, instead=other, n_threads=n_threads)
        fit = attribute(of, judged, learnt, quick, targets=targets, instead=other)
        asked = slice(None) if targets is None else targets
        return fit.moved[:, :, asked].sum(axis=2).mean() / fit.n_silent[asked].sum()

    print(f"  moved by strangers {share(times, instead):.4f}")
    clock.told("null fit")
    targets = some_targets(times, judged)
    print(f"  targets looked at below: {'all' if targets is None else format(targets.size, ',')}")
    for nth in (1, 2):
        again = matched(times, known, community, seed=nth).instead
        print(f"  moved by strangers {share(times, np.where(again < 0, known.source, again), targets):.4f}")
    clock.told("two further draws of them")
    unnamed = replace(times, act_id=pa.nulls(times.hours.size))  # as in `infer/theta.py`
    for dose in (0.05, 0.1, 0.2):
        dosed, is_planted = planted(unnamed, judged, instead, frozen, dose, 1)
        found = share(dosed, instead, targets)
        print(f"  planted {np.count_nonzero(is_planted) / np.count_nonzero(silent):.3f}, found {found:.4f}")
        del dosed
    clock.told("three doses")
    del at  # as a study does: its draws of parents are put in tables by then
    effort = Effort(n_burn=QUICK.n_burn, n_kept=QUICK.n_kept, n_thin=QUICK.n_thin, n_threads=n_threads)
    tried = placebo(times, judged, community, match.instead, effort=effort, targets=targets)
    print(f"  before {tried.before:.4f}, after {tried.after:.4f}, strangers {tried.strangers:.4f}")
    clock.told("second placebo")
    print(
        f"all: {clock.all_cpu:.0f} CPU-s, {clock.all_wall:.0f} s, {clock.most:.2f} GB at most,"
        f" {1e6 * clock.all_cpu / times.hours.size:.0f} microseconds an act"
    )


if __name__ == "__main__":
    main()

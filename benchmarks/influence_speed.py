"""How long influence from time takes, and how much memory: an invented log of any size, each step timed.

    python benchmarks/influence_speed.py --accounts 100000 --acts 5000000 --threads 2

Accounts follow about 15 others, the popular more; three in ten ties move; an act sets off others, generation after
generation; half of what is moved names what moved it. All ties are known and all acts are explained (t0 = 0): the
worst case. Then comes the same fit on matched strangers. CPU-seconds hold the compilation unless it is cached.
"""

import argparse
import resource
import time

import numpy as np
import pyarrow as pa

from ascendant.infer.attribution import Effort, attribute
from ascendant.infer.convergence import effective_size, split_r_hat
from ascendant.infer.doubt import strangers
from ascendant.infer.exposure import NAMED, SILENT, Exposure, Timeline
from ascendant.infer.learning import learn
from ascendant.infer.links import no_links

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
    named = kind == NAMED
    n = account.size
    first = np.searchsorted(account, np.arange(n_accounts + 1))
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


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--accounts", type=int, default=10_000)
    options.add_argument("--acts", type=int, default=500_000)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--kept", type=int, default=Effort.n_kept)
    chosen = options.parse_args()
    times, known, is_moved = invented(chosen.accounts, chosen.acts)
    print(f"{times.hours.size:,} acts of {times.n_accounts:,} accounts, {known.source.size:,} ties")
    effort = Effort(n_threads=chosen.threads, n_kept=chosen.kept)
    cpu, wall = time.process_time(), time.perf_counter()

    def told(step):
        nonlocal cpu, wall
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        now, here = time.process_time(), time.perf_counter()
        print(f"{step:12} {now - cpu:8.1f} CPU-s {here - wall:8.1f} s  {used:5.2f} GB at most", flush=True)
        cpu, wall = now, here

    frozen = learn(times, known)
    told("first pass")
    at = attribute(times, known, frozen, effort)
    told("second pass")
    n = at.n_silent + at.n_named
    worth, apart = effective_size(at.moved), split_r_hat(at.moved)
    for low, high in ((1, 10), (10, 30), (30, 100), (100, 10**9)):
        here = (n >= low) & (n < high)
        print(
            f"  accounts of {low}+ acts: mean effective size {worth[here].mean():.0f}, 5 % below"
            f" {np.quantile(worth[here], 0.05):.0f}; split R-hat mean {apart[here].mean():.3f}, 95 % below"
            f" {np.quantile(apart[here], 0.95):.3f}"
        )
    told("convergence")
    silent = times.kind == SILENT
    print(
        f"  moved, of acts that name nobody: true {is_moved[silent].mean():.3f}, said {at.p_moved[silent].mean():.3f}"
    )
    del at
    instead = strangers(times, known, frozen.community)
    instead = np.where(instead < 0, known.source, instead)
    told("strangers")
    null = attribute(times, known, learn(times, known, instead=instead), effort, instead=instead)
    told("null fit")
    print(f"  strangers: {null.p_moved[silent].mean():.3f}")


if __name__ == "__main__":
    main()

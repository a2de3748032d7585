"""The map of 100,000 accounts and a million ties: CPU seconds, the same places in each process, and beside it a peer.

python benchmarks/layout.py            (about a minute; --accounts 10000 for a short look)

The study is invented: communities of power-law sizes, groups in them, sources of power-law pull, lone accounts, pairs.
The map is made in two processes, with one thread and with two. The peer is networkit's PivotMDS with 50 pivots; it is
not told the communities. Length of ties: mean over ties, over the mean distance of any two accounts with a tie (1: no
better than chance).
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time

import numpy as np
import pyarrow as pa

TIES_EACH = 10
ALONE, IN_PAIRS = 0.10, 0.04


def invented(n, seed=1):
    rng = np.random.default_rng(seed)
    n_alone, n_pairs = int(ALONE * n), int(IN_PAIRS * n) // 2
    m = n - n_alone - 2 * n_pairs
    weight = rng.pareto(1.1, max(6, n // 400)) + 0.05
    community = np.sort(rng.choice(weight.size, m, p=weight / weight.sum()))
    community = np.unique(community, return_inverse=True)[1]
    group = np.arange(m) // 150  # neighbours in the order of accounts are a group
    pull = rng.pareto(0.9, m) + 0.01
    before = np.concatenate([[0.0], np.cumsum(pull)])
    pairs = np.empty(0, np.int64)
    while pairs.size < TIES_EACH * n:
        target = rng.integers(0, m, TIES_EACH * n)
        where = rng.random(target.size)
        low = np.where(
            where < 0.5, np.searchsorted(group, group[target]), np.searchsorted(community, community[target])
        )
        high = np.where(
            where < 0.5,
            np.searchsorted(group, group[target], "right"),
            np.searchsorted(community, community[target], "right"),
        )
        low, high = np.where(where > 0.88, 0, low), np.where(where > 0.88, m, high)
        at = before[low] + rng.random(target.size) * (before[high] - before[low])
        source = np.clip(np.searchsorted(before, at, "right") - 1, 0, m - 1)
        pairs = np.unique(np.concatenate([pairs, (source * n + target)[source != target]]))
    pairs = rng.permutation(pairs)[: TIES_EACH * n]
    small = m + np.arange(0, 2 * n_pairs, 2)
    source, target = np.concatenate([pairs // n, small]), np.concatenate([pairs % n, small + 1])
    number = np.concatenate([community, community.max() + 1 + np.arange(2 * n_pairs) // 2])
    number = np.argsort(np.argsort(-np.bincount(number), kind="stable"))[number]
    who = np.array([f"x:{one:08}" for one in rng.permutation(n)])
    n_moved = np.minimum(1 + rng.pareto(1.5, source.size), 500).astype(np.int64)
    ties = pa.table(
        {
            "source_id": pa.array(who[source]),
            "target_id": pa.array(who[target]),
            "n_moved": n_moved,
            "n_conversation": rng.poisson(0.2, source.size).astype(np.int64),
        }
    )
    whole = np.concatenate([number, np.zeros(n_alone, np.int64)])
    communities = pa.table(
        {
            "account_id": pa.array(who),
            "community": pa.array(whole, pa.int32(), mask=np.arange(n) >= m + 2 * n_pairs),
        }
    )
    return (
        ties,
        communities,
        pa.table({"account_id": who, "n_moved_by_it": np.bincount(source, n_moved, n).astype(int)}),
    )


def ends(ties, accounts):
    import pyarrow.compute as pc

    ids = accounts["account_id"].combine_chunks()
    return [pc.index_in(ties[name], ids).to_numpy().astype(np.int64) for name in ("source_id", "target_id")]


def tie_length(x, y, source, target):
    tied = np.unique(np.concatenate([source, target]))
    rng = np.random.default_rng(0)
    one, other = rng.choice(tied, (2, 300_000))
    chance = np.hypot(x[one] - x[other], y[one] - y[other]).mean()
    return float(np.hypot(x[source] - x[target], y[source] - y[target]).mean() / chance)


def ours(n):
    from ascendant.patterns.map import find_map

    find_map(*invented(300))  # compiled before it is timed
    study = invented(n)
    before = time.process_time()
    found = find_map(*study)
    spent = time.process_time() - before
    x, y = found.accounts["x"].to_numpy(), found.accounts["y"].to_numpy()
    return {
        "seconds": spent,
        "ties": study[0].num_rows,
        "communities": found.discs.num_rows,
        "tie_length": tie_length(x, y, *ends(study[0], found.accounts)),
        "sha256": hashlib.sha256(np.column_stack([x, y, found.accounts["radius"].to_numpy()]).tobytes()).hexdigest(),
    }


def peer(n):
    import networkit as nk

    nk.setNumberOfThreads(1)
    ties, communities, _ = invented(n)
    source, target = ends(ties, communities)
    tied = np.unique(np.concatenate([source, target]))
    source, target = np.searchsorted(tied, source), np.searchsorted(tied, target)
    graph = nk.GraphFromCoo((np.ones(source.size), (source, target)), n=tied.size, weighted=False, directed=False)
    # PivotMDS takes one connected graph: the largest part, as most drawings do.
    graph = nk.components.ConnectedComponents.extractLargestConnectedComponent(graph)
    place = {node: row for row, node in enumerate(graph.iterNodes())}
    before = time.process_time()
    layout = nk.viz.PivotMDS(graph, dim=2, numberOfPivots=50)
    layout.run()
    spent = time.process_time() - before
    where = np.array(layout.getCoordinates())
    kept = np.array([node in place for node in range(tied.size)])
    inside = kept[source] & kept[target]
    rows = np.array([place.get(node, -1) for node in range(tied.size)])
    length = tie_length(where[:, 0], where[:, 1], rows[source[inside]], rows[target[inside]])
    return {"seconds": spent, "tie_length": length}


def child(what, n, threads):
    environment = {**os.environ, "NUMBA_NUM_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
    command = [sys.executable, __file__, "--only", what, "--accounts", str(n)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--only", choices=("ours", "peer"))
    asked = parser.parse_args()
    if asked.only:
        print(json.dumps({"ours": ours, "peer": peer}[asked.only](asked.accounts)))
        return
    one, two = (child("ours", asked.accounts, threads) for threads in (1, 2))
    other = child("peer", asked.accounts, 1)
    print(f"{asked.accounts:,} accounts, {one['ties']:,} ties, {one['communities']:,} communities")
    print(f"{'':30} {'CPU-s':>7} {'length of ties':>15}")
    for name, run in (("map, 1 thread", one), ("map, 2 threads", two), ("PivotMDS (networkit)", other)):
        print(f"{name:30} {run['seconds']:7.2f} {run['tie_length']:15.3f}")
    print(f"same bytes in both processes: {one['sha256'] == two['sha256']} ({one['sha256'][:16]})")


if __name__ == "__main__":
    main()

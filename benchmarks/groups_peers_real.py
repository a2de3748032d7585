"""The programs themselves on the mixes of the benchmark, held against the rules that stand for them.

    python benchmarks/groups_peers_real.py ../shared/data/research/coortweet --cnt PROGRAM --coortweet FOLDER --seeds 2

PROGRAM is `compute_networks` of coordination-network-toolkit 1.5.2. All traces go in as links, one message an act; the
window is given (its README's 60 s, on the command line 1 s unless said), the weight is its default of 2. FOLDER holds
the R files of CooRTweet (`R/detect_groups.R` and so on), run by Rscript with data.table and igraph. Prints the flagged
of both and how many differ: 0 is what has to come.
"""

import argparse
import contextlib
import csv
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from groups import mix_of, traces_of
from groups_campaigns import SCHEMES, SECOND
from groups_peers import rule_cnt, rule_coortweet

R_SCRIPT = """
suppressMessages({library(data.table); library(igraph)})
quantile <- stats::quantile
given <- commandArgs(TRUE)
for (name in c("calc_group_combinations", "detect_groups", "generate_coordinated_network"))
  source(file.path(given[1], "R", paste0(name, ".R")))
x <- fread(given[2], colClasses = c("character", "character", "character", "integer"))
network <- generate_coordinated_network(detect_groups(x), subgraph = as.integer(given[4]))
writeLines(V(network)$name, given[3])
"""


def flagged_by_cnt(program, traces, window=60):
    """Accounts on an edge of the co-link network, and seconds taken."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, began = Path(temporary), time.perf_counter()
        head = ["message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls"]
        with (folder / "acts.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(head)
            for place, (who, what, at) in enumerate(_acts(traces)):
                rows.writerow([place, who, who, "", "", "", at, f"http://object.example/{what}"])
        base = folder / "base.db"
        _run(program, base, "preprocess", folder / "acts.csv")
        _run(program, base, "compute", "co_link", "--time_window", window, "--n_cpus", 1)
        seconds = time.perf_counter() - began
        # Its own export to CSV fails in this version (an argument too many), so its table is read.
        with contextlib.closing(sqlite3.connect(base)) as network:
            found = network.execute("select user_1, user_2 from co_link_network where user_1 != user_2").fetchall()
        return np.unique(np.array(found, dtype=np.int64)), seconds


def flagged_by_coortweet(sources, traces, subgraph=1):
    """Vertices of its coordinated network, and seconds taken."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, began = Path(temporary), time.perf_counter()
        (folder / "run.R").write_text(R_SCRIPT, encoding="utf-8")
        with (folder / "acts.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["object_id", "account_id", "content_id", "timestamp_share"])
            for place, (who, what, at) in enumerate(_acts(traces)):
                rows.writerow([f"o{what}", who, f"c{place}", at])
        _run("Rscript", folder / "run.R", sources, folder / "acts.csv", folder / "found.txt", subgraph)
        found = {int(name) for name in (folder / "found.txt").read_text(encoding="utf-8").split()}
        return np.array(sorted(found)), time.perf_counter() - began


def _acts(traces):
    return zip(traces.account.tolist(), traces.object.tolist(), (traces.at // SECOND).tolist(), strict=True)


def _run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stderr[-2000:]}")


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder")
    options.add_argument("--cnt")
    options.add_argument("--coortweet")
    options.add_argument("--first-seed", type=int, default=200)
    options.add_argument("--seeds", type=int, default=2)
    chosen = options.parse_args()
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        for schemes in (SCHEMES, ()):
            traces = traces_of(mix_of(chosen.folder, "planted", seed, schemes))
            where = f"{seed} {'permuted' if schemes else 'as it was'}"
            if chosen.cnt:
                compare(f"{where} toolkit  ", rule_cnt(traces).account, *flagged_by_cnt(chosen.cnt, traces))
            if chosen.coortweet:
                for graph in (1, 0):
                    ours = rule_coortweet(traces, subgraph=graph).account
                    compare(f"{where} CooRTweet subgraph={graph}", ours,
                            *flagged_by_coortweet(chosen.coortweet, traces, graph))  # fmt: skip


def compare(where, ours, theirs, seconds):
    differ = np.setxor1d(ours, theirs).size
    print(f"{where} program {theirs.size:5} rule {ours.size:5} differ {differ}   {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()

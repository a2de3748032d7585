"""How fast an invented world is made: people, acts, words, the platforms' files, the truth.

    python benchmarks/world.py --accounts 10000 --acts 1000000

The limit of the issue is 1 M acts a minute, files and truth included, in 1.5 GB. Two steps are timed apart: the world
in memory (enough for whoever studies arrays), and the files.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from ascendant.demo.make import make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.world import write_files


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--accounts", type=int, default=10_000)
    options.add_argument("--acts", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="folder for the files")
    chosen = options.parse_args()
    started, worked = time.perf_counter(), time.process_time()
    world = make_world(WorldOptions(accounts=chosen.accounts, acts=chosen.acts, seed=chosen.seed))
    made, made_work = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        written = write_files(folder, world)
        n_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    ended, ended_work = time.perf_counter(), time.process_time()
    n, people, ties = written.n_acts, world.people.n, world.ties.source.size
    print(
        f"{n:,} acts of {people:,} accounts over {ties:,} ties; {written.n_collected:,} kept, {n_bytes / 1e6:,.0f} MB"
    )
    for what, seconds, work in (
        ("in memory", made - started, made_work - worked),
        ("files", ended - made, ended_work - made_work),
        ("in all", ended - started, ended_work - worked),
    ):
        print(f"{what:10}{seconds:6.1f} s {work:6.1f} CPU-s {n / seconds * 60:12,.0f} acts a minute")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()

"""How often ascendant is right about the standing of accounts, and whether its probabilities come true.

    python benchmarks/standing.py --first-seed 1000 --seeds 5

Each seed is another invented world, whose parameters are drawn from the prior of `docs/explanation/world.md`. The
files are written, read into a study and answered by the main path, then held against the truth. Three truths: the rates
of named links among the accounts that the collection covers (the headline), the same with acts that name nobody, over
ties that do show, and the rates of named links in the whole world, of which a collection that leaves accounts out shows
a part. Seeds from 1000 on are for reports: run them once.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from ascendant.demo.accuracy import measure
from ascendant.demo.options import WorldOptions
from ascendant.demo.world import accounts_truth, write_world
from ascendant.study import Study

_TRUTHS = {
    "covered": "named links among the accounts that the files cover",
    "seen": "the same with acts that name nobody, over ties that show",
    "named": "named links in the whole world",
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--first-seed", type=int, default=100)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--accounts", type=int, default=10_000)
    options.add_argument("--acts", type=int, default=500_000)
    options.add_argument("--platforms", default=WorldOptions.platforms)
    chosen = options.parse_args()
    figures: dict[str, list[list[float]]] = {truth: [] for truth in _TRUTHS}
    print("seed    acts  judged   right  material   right | calibration error: influencer  influenced  both | seconds")
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        world = WorldOptions(accounts=chosen.accounts, acts=chosen.acts, seed=seed, platforms=chosen.platforms)
        for truth, row in one_world(world).items():
            figures[truth].append(row)
    for truth, words in _TRUTHS.items():
        print(f"\n{words}: mean of {chosen.seeds} worlds ± standard error, and the worst world")
        rows = np.array(figures[truth])
        names = ("right", "right where a side is material", "influencer", "influenced", "both")
        for name, column in zip(names, rows.T, strict=True):
            error = column.std(ddof=1) / np.sqrt(column.size) if column.size > 1 else float("nan")
            worst = column.min() if name.startswith("right") else column.max()
            print(f"  {name:32}{column.mean():7.3f} ± {error:.3f}   {worst:.3f}")


def one_world(world: WorldOptions) -> dict[str, list[float]]:
    """By truth: right, right where a side is material, and the three calibration errors."""
    started = time.perf_counter()
    found = {}
    with tempfile.TemporaryDirectory() as temporary:
        written = write_world(Path(temporary) / "world", world)
        study = Study.make(Path(temporary) / "study")
        study.read(list(written.files))
        standing, truth_of = study.find().standing, accounts_truth(written)
        for truth in _TRUTHS:
            said = measure(standing, truth_of, of=truth)
            errors = [said.calibration_error[name] for name in ("influencer", "influenced", "both")]
            if said.right is None or said.right_material is None:
                raise SystemExit(f"world {world.seed} is too small: nobody can be judged")
            found[truth] = [said.right, said.right_material, *errors]
            if truth == "covered":
                counts = f"{world.seed:4} {written.n_acts:7,} {said.n_judged:7,} {said.right:7.3f} {said.n_material:9,}"
                tail = "".join(f"{error:12.3f}" for error in errors)
                seconds = time.perf_counter() - started
                print(f"{counts} {said.right_material:7.3f} | {'':19}{tail} | {seconds:.0f}", flush=True)
    return found


if __name__ == "__main__":
    main()

"""What theta, read off planted doses, says of invented worlds whose truth is known: the moved share of silent acts.

    python benchmarks/influence_doses.py --first-seed 110 --seeds 5

The truth is that of acts moved by accounts to which their authors were known to be exposed. Seeds from 1000 on are for
reports: run them once.
"""

import argparse

import numpy as np
from influence import read, truth_of

from ascendant.demo.make import make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.truth import acts_table
from ascendant.infer.attribution import Effort, attribute
from ascendant.infer.doses import calibrated, planted
from ascendant.infer.doubt import strangers
from ascendant.infer.exposure import SILENT, exposures
from ascendant.infer.learning import learn

DOSES = (0.05, 0.1, 0.2)


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--first-seed", type=int, default=110)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--accounts", type=int, default=2_000)
    options.add_argument("--acts", type=int, default=80_000)
    chosen = options.parse_args()
    effort, off = Effort(n_kept=60, n_thin=1), []
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        world = make_world(WorldOptions(accounts=chosen.accounts, acts=chosen.acts, seed=seed))
        times = read(world)
        known = exposures(times)

        def share(of, instead, known=known):
            at = attribute(of, known, learn(of, known, instead=instead), effort, instead=instead)
            return at.moved.sum(axis=2).mean() / max(1, at.n_silent.sum())

        frozen = learn(times, known)
        instead = strangers(times, known, frozen.community)
        instead = np.where(instead < 0, known.source, instead)
        raw, null, given, seen = share(times, None), share(times, instead), [], []
        asked = (times.kind == SILENT) & (times.hours >= known.since)
        for dose in DOSES:
            changed, is_planted = planted(times, known, instead, frozen, dose, seed)
            given.append(is_planted.sum() / asked.sum())
            seen.append(share(changed, instead))
        theta = calibrated(raw, null, np.array(given), np.array(seen))
        true = truth_of(times, known, acts_table(world))[1][asked].mean()
        off.append((theta - true, raw - true, raw - null - true))
        print(f"{seed:5} true {true:.3f}  B {raw:.3f}  C {null:.3f}  theta {theta:.3f}", flush=True)
    for name, column in zip(("theta", "B", "B - C"), np.array(off).T, strict=True):
        error = column.std(ddof=1) / np.sqrt(column.size) if column.size > 1 else np.nan
        print(f"{name:6} bias {column.mean():+.3f} ± {error:.3f}, mean error {np.abs(column).mean():.3f}")


if __name__ == "__main__":
    main()

"""Whether theta and its interval hold: worlds as they are drawn, worlds with a dose of influence, and four nulls.

    python benchmarks/influence_theta.py --first-seed 120 --seeds 10
    python benchmarks/influence_theta.py doses --first-seed 120 --seeds 5
    python benchmarks/influence_theta.py nulls --first-seed 120 --seeds 5
    python benchmarks/influence_theta.py small --first-seed 120 --seeds 10

The truth is the share of the acts after t0 that name nobody and that were moved by an account to which their author was
known to be exposed. In `doses` nothing is hidden and the world's influence is set so that this is about .1, .25, .4; in
`nulls` nobody moves anybody, with the exposures of the same people where there is influence (`small`: a tenth of the
accounts and acts, one null after the other). Same code and settings in all. Seeds from 1000 on are for reports: run
them once.
"""

import argparse
import time
from dataclasses import replace

import numpy as np
import pyarrow as pa
from influence import WHOLE, read, truth_of

from ascendant.demo.make import make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import NULLS, draw_parameters, null_world
from ascendant.demo.truth import account_ids, acts_table
from ascendant.infer.attribution import Effort
from ascendant.infer.exposure import SILENT, exposures
from ascendant.infer.fitted import fit

DOSES = (0.1, 0.25, 0.4)


def told(name, times, known, truth):
    """One line of figures; returns theta, its ends and the truth."""
    began = time.process_time()
    of = fit(times, known, effort=Effort(n_thin=1))
    theta, judged = of.theta, of.judged
    low, high = theta.interval
    n = int(np.count_nonzero(judged.is_exposed))
    print(
        f"{name:14} {theta.n_silent:7,} silent, {n:6,} pairs: true {truth:.4f}  theta {theta.theta:+.4f}"
        f" [{low:+.4f}, {high:+.4f}]  B {theta.raw:.4f}  C {theta.null:.4f}"
        f"  found of doses {' '.join(f'{x:.3f}' for x in theta.found)}   {time.process_time() - began:.0f} CPU-s",
        flush=True,
    )
    return theta.theta, low, high, truth, theta.raw, theta.null


def seen_share(times, known, world):
    asked = (times.kind == SILENT) & (times.hours >= known.since)
    return truth_of(times, known, acts_table(world))[1][asked].mean()


def drawn(options):
    world = make_world(options, draw_parameters(options.seed))
    times = read(world)
    known = exposures(times)
    yield "drawn", told(f"{options.seed}", times, known, seen_share(times, known, world))


def doses(options):
    parameters = replace(draw_parameters(options.seed), **WHOLE)
    world = make_world(options, parameters)
    times = read(world)
    usual = seen_share(times, exposures(times), world)
    for dose in DOSES:
        changed = replace(parameters, influence=min(dose / usual, 4.0))
        world = make_world(options, changed)
        times = read(world)
        known = exposures(times)
        yield f"dose {dose}", told(f"{options.seed} {dose}", times, known, seen_share(times, known, world))


def nulls(options, names=tuple(NULLS)):
    real = make_world(options, draw_parameters(options.seed))
    ids, ties = account_ids(real), real.ties
    follow = np.flatnonzero(~ties.is_friend)
    follows = pa.table(
        {
            "source_id": ids.take(pa.array(ties.source[follow])),
            "target_id": ids.take(pa.array(ties.target[follow])),
            "happened_at": pa.nulls(follow.size, pa.timestamp("us", tz="UTC")),
        }
    )
    for name in names:
        times = read(make_world(options, null_world(draw_parameters(options.seed), name)))
        known = exposures(times, None if name == "friends" else follows)
        yield name, told(f"{options.seed} {name}", times, known, 0.0)


def small(options):
    return nulls(options, (tuple(NULLS)[options.seed % len(NULLS)],))


KINDS = {"drawn": drawn, "doses": doses, "nulls": nulls, "small": small}


def main():
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("kind", nargs="?", choices=KINDS, default="drawn")
    options.add_argument("--first-seed", type=int, default=120)
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--accounts", type=int)
    options.add_argument("--acts", type=int)
    chosen = options.parse_args()
    accounts = chosen.accounts or (200 if chosen.kind == "small" else 2_000)
    acts = chosen.acts or 40 * accounts
    rows = {}
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        for name, row in KINDS[chosen.kind](WorldOptions(accounts=accounts, acts=acts, seed=seed)):
            rows.setdefault(name, []).append(row)
    for name, of in rows.items():
        theta, low, high, truth, raw, null = np.array(of).T
        known = np.isfinite(theta)
        off = (theta - truth)[known]
        error = off.std(ddof=1) / np.sqrt(off.size) if off.size > 1 else np.nan
        held = ((low <= truth) & (truth <= high))[known]
        print(
            f"{name:10} n {theta.size} (told {known.sum()}): truth {truth.mean():.4f}, bias {off.mean():+.4f} ±"
            f" {error:.4f}, mean error {np.abs(off).mean():.4f}, interval holds {held.mean():.3f},"
            f" width {(high - low)[known].mean():.4f}, B bias {(raw - truth).mean():+.4f},"
            f" B - C bias {(raw - null - truth).mean():+.4f}"
        )


if __name__ == "__main__":
    main()

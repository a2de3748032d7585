"""Influence inside cascades: ten million acts, in one cascade and in many; beside it the obvious version on few acts.

python benchmarks/cascades.py
"""

import importlib.util
import time
from itertools import pairwise
from pathlib import Path

import numpy as np

from ascendant.kernels.cascade import cascade_influence

LOSS_PER_SECOND = 6.8e-5
N_ACTS = 10_000_000


def reference():
    path = Path(__file__).parents[1] / "tests" / "reference" / "cascade.py"
    spec = importlib.util.spec_from_file_location("reference_cascade", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.cascade_influence


def invented(n_acts, n_cascades, seed=1):
    rng = np.random.default_rng(seed)
    start = np.unique(np.r_[0, rng.integers(1, n_acts, n_cascades - 1), n_acts]).astype(np.int64)
    seconds = rng.exponential(20_000, n_acts)
    for first, end in pairwise(start):
        seconds[first:end].sort()
    return start, seconds, rng.pareto(1.2, n_acts) * 100 + 1


def cpu_seconds(function, *arguments):
    before = time.process_time()
    result = function(*arguments)
    return time.process_time() - before, result


def main():
    slow = reference()
    cascade_influence(*invented(10, 2), LOSS_PER_SECOND)  # compiled before it is timed
    print(f"{'acts':>12} {'cascades':>9} {'CPU-s':>9}")
    for n_acts, n_cascades in [(1_000_000, 1), (N_ACTS, 1), (N_ACTS, 500_000)]:
        start, seconds, mark = invented(n_acts, n_cascades)
        spent, influence = cpu_seconds(cascade_influence, start, seconds, mark, LOSS_PER_SECOND)
        # The item that opens a cascade led to all acts after it: an exact answer at any size.
        error = np.max(np.abs(influence[start[:-1]] / np.maximum(np.diff(start) - 1, 1) - (np.diff(start) > 1)))
        print(f"{n_acts:12,} {start.size - 1:9,} {spent:9.3f}   largest relative error at the root {error:.1e}")
    print(f"\n{'acts':>12} {'fast':>9} {'all pairs':>9}   CPU-s")
    for n_acts in (500, 1000, 2000):
        start, seconds, mark = invented(n_acts, 1)
        fast, found = cpu_seconds(cascade_influence, start, seconds, mark, LOSS_PER_SECOND)
        obvious, expected = cpu_seconds(slow, seconds, mark, LOSS_PER_SECOND)
        error = np.max(np.abs(found - expected) / np.maximum(expected, 1e-9))
        print(f"{n_acts:12,} {fast:9.6f} {obvious:9.3f}   largest relative difference {error:.1e}")


if __name__ == "__main__":
    main()

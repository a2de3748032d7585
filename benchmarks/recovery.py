"""How exactly the mirror tells what an invented person did: every figure held against the truth, person by person.

    python benchmarks/recovery.py --first-seed 1000 --seeds 5

Each person's three archives are written, read by the main path into a new study, and the mirror's tables compared with
what happened to the person (`demo/archives/recovery.py`). Seeds from 1000 on are for reports; develop below.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from ascendant.demo.archives.make import write_archives
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.recovery import differences
from ascendant.study import Study
from ascendant.study.mirror import find


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--first-seed", type=int, default=1)
    options.add_argument("--seeds", type=int, default=5)
    chosen = options.parse_args()
    n_compared = n_wrong = 0
    for seed in range(chosen.first_seed, chosen.first_seed + chosen.seeds):
        for lang in ("en", "fr"):
            with tempfile.TemporaryDirectory() as folder:
                written = write_archives(Path(folder) / "archives", ArchiveOptions(seed=seed, lang=lang))
                truth = json.loads(written.truth.read_text(encoding="utf-8"))
                study = Study.make(Path(folder) / "study", time_zone=truth["zone"], is_own=True)
                done = study.read(list(written.files))
                tables = find(study).tables
                found = differences(tables, truth)
            n_compared += found.n_compared
            n_wrong += len(found.differences)
            least = {
                row["platform"]: (row["share"], truth["platforms"][row["platform"]]["reaction"]["true"])
                for row in tables["reaction"].to_pylist()
                if row["platform"]
            }
            shares = ", ".join(
                f"{name} {share:.3f} of {true['n_reaction'] / true['n_acts']:.3f}"
                for name, (share, true) in least.items()
            )
            told = f"{found.n_compared:,} figures, {len(found.differences)} wrong, {len(done.problems)} problems"
            print(f"seed {seed} {lang}: {told}; least share of reaction, and the true one: {shares}", flush=True)
            for wrong in found.differences[:10]:
                print(f"   {wrong}")
    print(f"{n_compared:,} figures, {n_wrong} wrong")
    sys.exit(1 if n_wrong else 0)


if __name__ == "__main__":
    main()

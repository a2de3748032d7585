"""Archives that went wrong, as many as one likes: none may end in a traceback, in a hang, or in much memory.

    python benchmarks/mutations.py --archives 100000
    python benchmarks/mutations.py --archives 1 --start 4711 --reader x_archive      (one again, with its traceback)

Each is made from an invented sample of `tests/read/exports` and from its number alone (`tests/mutants.py`): changed
bytes, changed values, files cut, swapped, renamed or lost, zips broken. Every row that is read is held against the
promises of a reader.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

from ascendant.activity import Reject
from ascendant.errors import ExportError
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.readers import Reader, known_readers
from ascendant.testing import check_row

TESTS = Path(__file__).resolve().parents[1] / "tests"
SLOW_SECONDS = 2.0
OPTIONS = ReadOptions(with_messages=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--archives", type=int, default=10_000)
    options.add_argument("--start", type=int, default=0, help="the number of the first")
    options.add_argument("--reader", action="append", help="reader; all that have sample archives otherwise")
    chosen = options.parse_args()
    mutants = _mutants()
    wanted = [name for name in chosen.reader or known_readers() if name.endswith("_archive")]
    samples = {name: samples_of(name, mutants.files_of) for name in wanted}
    samples = {name: found for name, found in samples.items() if found}
    count: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.zip"
        for number in range(chosen.start, chosen.start + chosen.archives):
            reader = list(samples)[number % len(samples)]
            files = random.Random(number).choice(samples[reader])
            path.write_bytes(mutants.mutant(files, number))
            started = time.process_time()
            try:
                try_one(path, known_readers()[reader], count)
            except Exception:  # whatever escapes is a fault of ours, which this program is there to find
                count["TRACEBACKS"] += 1
                print(f"--start {number} --archives 1 --reader {reader}")
                traceback.print_exc(limit=-4)
            spent = time.process_time() - started
            slowest = max(slowest, spent)
            if spent > SLOW_SECONDS:
                count["SLOW"] += 1
                print(f"{number} ({reader}) took {spent:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{chosen.archives:,} archives of {', '.join(samples)}: "
        + ", ".join(f"{n:,} {k}" for k, n in sorted(count.items()))
    )
    print(f"slowest {slowest:.2f} CPU-s, peak memory {peak:,.0f} MB, {time.process_time():,.0f} CPU-s in all")
    if count["TRACEBACKS"] or count["SLOW"]:
        sys.exit(1)


def try_one(path: Path, reader: Reader, count: Counter[str]) -> None:
    """Read one; what is refused in words of ours is refused rightly."""
    try:
        export = Export.at(path)
        reader.recognises(export, OPTIONS)
        for item in reader.read(export, OPTIONS):
            check_row(item)
            count["rejects" if isinstance(item, Reject) else "rows"] += 1
        count["read"] += 1
    except ExportError as error:
        count[f"refused as {type(error).__name__}"] += 1


def _mutants() -> ModuleType:
    """How archives are damaged: it stands beside the tests, which use it too."""
    sys.path.insert(0, str(TESTS))
    return import_module("mutants")


def samples_of(reader: str, files_of: Callable[[Path], dict[str, bytes]]) -> list[dict[str, bytes]]:
    """The sample archives of a reader, each as its files."""
    folder = TESTS / "read" / "exports" / reader
    return [files_of(path) for path in sorted(folder.iterdir()) if path.is_dir()] if folder.is_dir() else []


if __name__ == "__main__":
    main()

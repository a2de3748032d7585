"""From archives to a finished mirror: seconds of the clock and of the CPU, and the peak of memory of all processes.

    python benchmarks/mirror.py                         the three archives of the demonstration
    python benchmarks/mirror.py --x-gigabytes 1         one archive of X of 1 GB of JSON, pictures left out
    python benchmarks/mirror.py --cold                  also with the archives out of the file cache

Each run is the command itself, `ascendant mirror ARCHIVES`, in a new folder and a new process.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from ascendant.demo.archives.make import write_archives
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.x_big import write_big_x

MOST_SECONDS = {"demo": 10, "big": 60}
MOST_MEGABYTES = 500
POLL_SECONDS = 0.05


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--x-gigabytes", type=float, help="size of the JSON of an archive of X")
    options.add_argument("--cold", action="store_true", help="first with the archives out of the file cache")
    options.add_argument("--keep", type=Path, help="folder for archives and studies")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if chosen.x_gigabytes:
            big = folder / f"twitter-{chosen.x_gigabytes}.zip"
            if not big.exists():
                write_big_x(big, round(chosen.x_gigabytes * 1e9), ArchiveOptions())
            archives, bar = [big], MOST_SECONDS["big"]
        else:
            archives, bar = list(write_archives(folder / "archives", ArchiveOptions()).files), MOST_SECONDS["demo"]
        n_bytes = sum(path.stat().st_size for path in archives)
        print(f"{len(archives)} archives, {n_bytes / 1e6:,.1f} MB packed; to reach: {bar} s, {MOST_MEGABYTES} MB")
        for cache in ("cold", "warm") if chosen.cold else ("warm",):
            for path in archives:
                _leave_cache(path) if cache == "cold" else path.read_bytes()
            _run(cache, archives, folder / f"study-{cache}-{time.time_ns()}")


def _run(name: str, archives: list[Path], study: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    words = [sys.executable, "-m", "ascendant", "mirror", *map(str, archives), "--study", str(study), "--lang", "en"]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peak = _Peak(child.pid)
    told, complaints = child.communicate()
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:6}{wall:7.1f} s {cpu:7.1f} CPU-s  peak {peak.end():,.0f} MB in all processes", flush=True)
    if child.returncode:
        raise SystemExit(f"{told}{complaints}")


class _Peak:
    """The most memory that a process and its children held together, looked at every few hundredths of a second."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._done = pid, 0, threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def end(self) -> float:
        """In megabytes; of one process the kernel's own record counts, which misses no moment."""
        self._done.set()
        self._watch.join()
        return max(self._most, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024) / 1e6

    def _look(self) -> None:
        while not self._done.wait(POLL_SECONDS):
            self._most = max(self._most, sum(map(_held, _family(self._pid))))


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split()
        except OSError:
            continue
        found += [int(child) for child in children]
    return found


def _held(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _leave_cache(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


if __name__ == "__main__":
    main()

"""How long it takes to forget somebody, and what a list of objections costs at an import.

    python benchmarks/forgetting.py --acts 500000

An invented world is read into two studies: one without objections, and one where the busiest account objected before.
Then the busiest account of the first is forgotten.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ascendant.demo.options import WorldOptions
from ascendant.demo.world import write_world
from ascendant.store.duckdb import asking
from ascendant.store.forgetting import Person
from ascendant.store.parts import reading
from ascendant.study import Study
from ascendant.study.forgetting import forget, would_go

FORGET = """
import json, re, sys, time
from pathlib import Path
from ascendant.store.forgetting import Person
from ascendant.study.forgetting import forget
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) >> 10
before, started = peak(), time.perf_counter()
erased = forget(Path(sys.argv[1]), Person(account_id=sys.argv[2]))
told = {"forget_s": round(time.perf_counter() - started, 2), "forget_cpu_s": round(time.process_time(), 2)}
told |= {"peak_mb": peak(), "of_it_for_the_work_mb": peak() - before}
print(json.dumps(told | {"acts": erased.n_acts, "naming": erased.n_naming}))
"""


def busiest(folder):
    with asking(folder) as questions:
        actors = questions._connection.sql(
            "select actor_id, count(*) from held where actor_id is not null group by 1 order by 2 desc, 1 limit 2000"
        ).fetchall()
    return [actor for actor, _ in actors]


def timed(work, *arguments):
    wall, spent = time.perf_counter(), time.process_time()
    found = work(*arguments)
    return found, round(time.perf_counter() - wall, 2), round(time.process_time() - spent, 2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--acts", type=int, default=500_000)
    parser.add_argument("--accounts", type=int, default=20_000)
    parser.add_argument("--objections", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        world = WorldOptions(accounts=options.accounts, acts=options.acts, seed=options.seed, platforms="x")
        path = write_world(Path(place) / "world", world).posts[0]
        copy = Path(place) / "copy.jsonl"
        copy.write_bytes(path.read_bytes() + b"\n")
        plain, first, second = (Path(place) / name for name in ("plain", "first", "second"))
        _, _, once = timed(Study.make(plain).read, [path])
        _, _, twice = timed(Study.make(plain).read, [copy])
        Study.make(first).read([path])
        accounts = busiest(first)[: options.objections]
        _, looked, _ = timed(would_go, first, Person(account_id=accounts[0]))
        peak = json.loads(subprocess.check_output([sys.executable, "-c", FORGET, first, accounts[0]]))
        for account in accounts[1:]:
            forget(first, Person(account_id=account))
        _, _, again = timed(Study.make(first).read, [copy])
        Study.make(second)
        for account in accounts:
            forget(second, Person(account_id=account))
        _, _, learning = timed(Study.make(second).read, [path])
        with reading(plain) as manifest:
            n_rows = manifest.n_rows("activity") // 2
        figures = {
            "rows": n_rows,
            "import_cpu_s": once,
            "ratio_when_all_is_known": round(again / twice, 2),
            "ratio_when_it_learns": round(learning / once, 2),
            "look_s": looked,
            **peak,
        }
        print(json.dumps(figures))


if __name__ == "__main__":
    main()

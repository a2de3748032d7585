"""How long it takes to forget somebody, and what a list of objections costs at an import.

    python benchmarks/forgetting.py --acts 500000

An invented world is read into two studies: one without objections, and one where the busiest account objected before.
Then the busiest account of the first is forgotten.
"""

import argparse
import json
import resource
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
        first, second = Path(place) / "first", Path(place) / "second"
        _, _, plain = timed(Study.make(first).read, [path])
        accounts = busiest(first)[: options.objections]
        Study.make(second)
        for account in accounts:
            forget(second, Person(account_id=account))
        _, _, learning = timed(Study.make(second).read, [path])
        with reading(first) as manifest:
            n_rows = manifest.n_rows("activity")
        _, looked, _ = timed(would_go, first, Person(account_id=accounts[0]))
        erased, wall, spent = timed(forget, first, Person(account_id=accounts[0]))
        for account in accounts[1:]:
            forget(first, Person(account_id=account))
        copy = Path(place) / "copy.jsonl"
        copy.write_bytes(path.read_bytes() + b"\n")
        _, _, again = timed(Study.make(first).read, [copy])
        figures = {
            "rows": n_rows,
            "import_cpu_s": plain,
            "import_of_known_persons": round(again / plain, 2),
            "import_that_learns": round(learning / plain, 2),
            "look_s": looked,
            "forget_s": wall,
            "forget_cpu_s": spent,
            "acts": erased.n_acts,
            "naming": erased.n_naming,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
        }
        print(json.dumps(figures))


if __name__ == "__main__":
    main()

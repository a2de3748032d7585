"""Kill an import at random moments, again and again: no committed row may be lost, none may come twice.

    python benchmarks/kills.py --kills 200

Each import of a file is killed (SIGKILL) after a random time until it ends by itself; then the next file is begun.
After each kill the rows that the study held before must still be there.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ascendant.store.duckdb import asking
from ascendant.store.parts import reading

CODE = """
import sys
from pathlib import Path
from ascendant.store import parts
from ascendant.study.importing import import_files
parts.ROWS_PER_PART = 2000
import_files(Path(sys.argv[1]), [Path(sys.argv[2])])
"""


def write_posts(path, n_posts, first):
    with path.open("w", encoding="utf-8") as out:
        for i in range(first, first + n_posts):
            tweet = {"id": str(1_500_000_000_000_000_000 + i), "author_id": str(i % 97), "text": f"post {i}"}
            out.write(json.dumps({**tweet, "created_at": "2026-03-01T10:00:00.000Z"}) + "\n")


def held(folder):
    with asking(folder) as questions:
        return {row["platform"]: row["n_rows"] for row in questions.ask("totals").to_pylist()}.get("x", 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--posts", type=int, default=60_000, help="posts a file")
    parser.add_argument("--seed", type=int, default=1000)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    kills = lost = doubled = files = inside = 0
    longest = 0.0
    while kills < options.kills:
        with tempfile.TemporaryDirectory() as place:
            folder, path = Path(place) / "study", Path(place) / "posts.jsonl"
            write_posts(path, options.posts, files * options.posts)
            files += 1
            from ascendant.store.parts import create_folder

            create_folder(folder)
            seen = 0
            while True:
                started = time.perf_counter()
                process = subprocess.Popen([sys.executable, "-c", CODE, folder, path])
                try:
                    process.wait(timeout=chance.uniform(0.3, max(1.2, longest)) if kills < options.kills else None)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    kills += 1
                    now = held(folder)
                    inside += 0 < now < options.posts
                    lost += max(0, seen - now)
                    seen = now
                    continue
                longest = max(longest, min(3.0, time.perf_counter() - started))
                break
            with reading(folder) as manifest:
                doubled += manifest.n_rows("activity") - held(folder)
            lost += options.posts - held(folder)
            left = {path.name for path in (folder / "activity").iterdir()}
            with reading(folder) as manifest:
                assert left == set(manifest.parts("activity")), "a file that no commit names"
    print(json.dumps({"kills": kills, "inside": inside, "files": files, "lost": lost, "doubled": doubled}))


if __name__ == "__main__":
    main()

"""How fast collected posts are read: API v1.1 JSON lines -> rows and accounts -> Parquet, in CPU-seconds.

    python benchmarks/reading.py --megabytes 200

The lines are real payloads (`shared/data/research/twitwi`, beside the checkout) with other ids, times and accounts:
as wide as X wrote them, without padding. In the same run, the limit: msgspec decoding of the same lines into the
same typed records, and nothing else.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from ascendant.activity import Activity
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.x_posts import READER, records_v1
from ascendant.store.parts import create_folder, reading
from ascendant.study.importing import import_files

PAYLOADS = Path(__file__).resolve().parents[2] / "shared" / "data" / "research" / "twitwi"
N_ACCOUNTS = 50_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--megabytes", type=int, default=100)
    options.add_argument("--plain", action="store_true", help="only payloads that hold no other post inside")
    options.add_argument("--keep", type=Path, help="folder for the lines and the Parquet files")
    chosen = options.parse_args()
    if not PAYLOADS.exists():
        sys.exit(f"the real payloads are not there: {PAYLOADS}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        lines = folder / "lines.jsonl"
        n_lines = write_lines(lines, chosen.megabytes * 1_000_000, plain=chosen.plain)
        n_bytes = lines.stat().st_size
        print(f"{n_lines:,} lines of API v1.1, {n_bytes / 1e6:,.0f} MB, mean width {n_bytes / n_lines:,.0f} bytes")
        limit = decode_only(lines)
        print(f"decoding only   {limit:6.2f} CPU-s  {n_lines / limit:9,.0f} lines/s  {n_bytes / limit / 1e6:6.1f} MB/s")
        reader, n_read = read_only(lines)
        print(
            f"reader only     {reader:6.2f} CPU-s  {n_lines / reader:9,.0f} lines/s  {n_bytes / reader / 1e6:6.1f} MB/s"
        )
        started = time.process_time()
        n_posts, n_accounts = import_file(lines, folder)
        spent = time.process_time() - started
        print(
            f"{'to a study':14}{spent:7.2f} CPU-s  {n_lines / spent:9,.0f} lines/s  {n_bytes / spent / 1e6:6.1f} MB/s"
            f"  {n_read / spent:,.0f} posts/s"
        )
        print(f"{n_read:,} posts read: reposted and quoted ones stand whole inside a line; {n_posts:,} rows kept")
        print(f"{n_accounts:,} rows of accounts; {spent / limit:.1f} times the decoding alone")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory {peak:,.0f} MB")


def import_file(path: Path, folder: Path) -> tuple[int, int]:
    """Read a file into a study, with rejects and coverage; how many rows of posts and of accounts."""
    create_folder(folder / "study")
    import_files(folder / "study", [path])
    with reading(folder / "study") as manifest:
        return manifest.n_rows("activity"), manifest.n_rows("accounts")


def read_only(path: Path) -> tuple[float, int]:
    """CPU-seconds of the reader alone, and how many posts it found."""
    started = time.process_time()
    n_posts = sum(type(item) is Activity for item in READER.read(Export.at(path), ReadOptions()))
    return time.process_time() - started, n_posts


def decode_only(path: Path) -> float:
    """CPU-seconds of msgspec on the same lines, into the same records."""
    decode = msgspec.json.Decoder(records_v1.Line).decode
    started = time.process_time()
    with path.open("rb") as lines:
        for line in lines:
            decode(line)
    return time.process_time() - started


def write_lines(path: Path, n_bytes: int, *, plain: bool = False) -> int:
    """Real payloads, over and over, with other ids, times and accounts; how many lines."""
    chosen = [one for one in payloads() if not (plain and one.keys() & {"retweeted_status", "quoted_status"})]
    moulds = [_mould(payload) for payload in chosen]
    draw = random.Random(1)
    n_lines = written = 0
    with path.open("wb") as out:
        while written < n_bytes:
            block = []
            for _ in range(1000):
                pieces, slots = moulds[n_lines % len(moulds)]
                block.append(_cast(pieces, slots, n_lines, draw))
                n_lines += 1
            joined = b"\n".join(block) + b"\n"
            out.write(joined)
            written += len(joined)
    return n_lines


def payloads() -> list[dict[str, object]]:
    """The posts of API v1.1 among the payloads, as X sent them."""
    cases = json.loads((PAYLOADS / "normalization.json").read_bytes())
    whole = [PAYLOADS / f"normalization-payload-{source}.json" for source in ("search", "show", "stream")]
    return [*(case["source"] for case in cases), *(json.loads(path.read_bytes()) for path in whole)]


def _mould(payload: dict[str, object]) -> tuple[list[bytes], list[tuple[str, int, bytes]]]:
    """The bytes between the parts that vary, and what varies there: (kind, its number in the line, as it was)."""
    kinds: dict[str, str] = {}
    _find(payload, kinds)
    user = payload["user"]
    assert isinstance(user, dict)
    kinds |= {str(payload["id_str"]): "own", user["id_str"]: "own user", user["screen_name"]: "own name"}
    marked = sorted(kinds, key=len, reverse=True)
    cut = re.compile(rb"(?<![\w/])(" + "|".join(map(re.escape, marked)).encode() + rb")(?!\w)")
    pieces = cut.split(json.dumps(payload, separators=(",", ":")).encode())
    order = {value: n for n, value in enumerate(dict.fromkeys(pieces[1::2]))}
    return pieces[0::2], [(kinds[value.decode()], order[value], value) for value in pieces[1::2]]


def _find(value: object, kinds: dict[str, str]) -> None:
    """Ids, names and times of the posts and accounts in a payload."""
    if isinstance(value, list):
        for one in value:
            _find(one, kinds)
    elif isinstance(value, dict):
        if "screen_name" in value and "id_str" in value:
            kinds |= {value["id_str"]: "user", value["screen_name"]: "name"}
        elif "created_at" in value and "id_str" in value:
            kinds |= {value["id_str"]: "post", value["created_at"]: "time"}
        for one in value.values():
            _find(one, kinds)


def _cast(pieces: list[bytes], slots: list[tuple[str, int, bytes]], number: int, draw: random.Random) -> bytes:
    made: dict[int, bytes] = {}
    line = [pieces[0]]
    author = draw.randrange(N_ACCOUNTS)
    famous = int(draw.paretovariate(0.8)) % N_ACCOUNTS  # few are passed on often, most once
    for piece, (kind, place, value) in zip(pieces[1:], slots, strict=True):
        if place not in made:
            made[place] = _other(kind, value, number, author if kind.startswith("own ") else famous + place)
        line += (made[place], piece)
    return b"".join(line)


def _other(kind: str, value: bytes, number: int, account: int) -> bytes:
    match kind:
        case "own":
            return b"%d" % (1_300_000_000_000_000_000 + number * 4096)
        case "post":
            return b"%d" % (1_200_000_000_000_000_000 + account * 4096)
        case "user" | "own user":
            return value[:1] + b"%0*d" % (len(value) - 1, (int(value) + account * 7919) % 10 ** (len(value) - 1))
        case "name" | "own name":
            return value[:-5] + b"%05d" % (account % 100_000) if len(value) > 6 else value
    second = number // 20
    return value[:11] + b"%02d:%02d:%02d" % (second // 3600 % 24, second // 60 % 60, second % 60) + value[19:]


if __name__ == "__main__":
    main()

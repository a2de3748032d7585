"""How fast an archive of X is read: a zip of invented files -> rows -> Parquet, in seconds of the clock and of the CPU.

    python benchmarks/archives.py --x-gigabytes 1
    python benchmarks/archives.py --decoding

The size is that of the JSON, unpacked, without pictures: posts in parts of 100 MB as X cuts them, laid out as X lays
them out; 100,000 likes, 20,000 ads that were shown, 5,000 accounts followed. `--decoding` compares, on one part, ways
to come from bytes to typed records: the limit is msgspec on the whole part at once.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from ascendant.activity import Activity
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.x_big import PART_BYTES, write_big_x
from ascendant.read.export import Export
from ascendant.read.json_items import json_items
from ascendant.read.options import ReadOptions
from ascendant.read.x_archive import READER
from ascendant.read.x_archive.posts import Posts
from ascendant.store.parts import create_folder, reading
from ascendant.study.importing import import_files


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--x-gigabytes", type=float, default=1.0)
    options.add_argument("--keep", type=Path, help="folder for the archive and the study")
    options.add_argument("--decoding", action="store_true", help="compare ways to decode one part")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if chosen.decoding:
            compare_decoding(folder)
        else:
            read_archive(folder, round(chosen.x_gigabytes * 1e9))


def read_archive(folder: Path, n_bytes: int) -> None:
    """Reader alone, then reader to store, each with its peak of memory."""
    path = folder / f"twitter-2025-12-02-{n_bytes}.zip"
    if not path.exists():
        write_big_x(path, n_bytes, ArchiveOptions())
    export = Export.at(path)
    n_json = sum(member.size for member in export.members)
    print(f"{n_json / 1e9:.2f} GB of JSON in {len(export.members)} files, {path.stat().st_size / 1e6:,.0f} MB packed")
    _in_child("reader alone", n_json, lambda: _read(path))
    _in_child("to a study", n_json, lambda: _import(path, folder))


def _read(path: Path) -> str:
    n_acts = sum(type(item) is Activity for item in READER.read(Export.at(path), ReadOptions()))
    return f"{n_acts:,} rows"


def _import(path: Path, folder: Path) -> str:
    create_folder(folder / "study")
    done = import_files(folder / "study", [path])
    assert not done.problems
    with reading(folder / "study") as manifest:
        told = f"{manifest.n_rows('activity'):,} rows, {manifest.n_rows('accounts'):,} of accounts"
        assert manifest.n_rejects() == 0
    return told


def _in_child(name: str, n_bytes: int, work: Callable[[], str]) -> None:
    """Run in a process of its own: a peak of memory never goes down again."""
    child = os.fork()
    if not child:
        started, cpu = time.monotonic(), time.process_time()
        told = work()
        wall, spent = time.monotonic() - started, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        speed = n_bytes / spent / 1e6
        print(
            f"{name:14}{wall:7.1f} s {spent:6.1f} CPU-s {speed:6.1f} MB/CPU-s  peak {peak:,.0f} MB  {told}", flush=True
        )
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise SystemExit(f"{name} failed")


def compare_decoding(folder: Path) -> None:
    """Typed records of one part: cut by lines, walked by ijson, or decoded whole."""
    archive, path = folder / "part.zip", folder / "tweets.js"
    write_big_x(archive, PART_BYTES + 60_000_000, ArchiveOptions())
    with zipfile.ZipFile(archive) as packed:
        path.write_bytes(packed.read("data/tweets.js"))
    decoder = Posts.decoder
    whole = msgspec.json.Decoder(list[Posts.decoder.type])

    def items(prefix: str) -> Iterator[Any]:
        (member,) = Export.at(path).members
        kind = decoder if prefix == "item" else msgspec.json.Decoder(Any)
        return json_items(member, prefix, kind)

    ways: dict[str, Callable[[], int]] = {
        "by lines": lambda: sum(1 for _ in items("item")),
        "by ijson": lambda: sum(1 for _ in items("item.tweet")),
        "whole": lambda: len(whole.decode(path.read_bytes().partition(b" = ")[2])),
    }
    for name, work in ways.items():
        _in_child(name, path.stat().st_size, lambda work=work: f"{work():,} records")


if __name__ == "__main__":
    main()

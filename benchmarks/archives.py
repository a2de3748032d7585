"""How fast an archive of X is read: a zip of invented files -> rows -> Parquet, in seconds of the clock and of the CPU.

    python benchmarks/archives.py --x-gigabytes 1
    python benchmarks/archives.py --decoding

The size is that of the JSON, unpacked, without pictures: posts in parts of 100 MB as X cuts them, laid out as X lays
them out; 100,000 likes, 20,000 ads that were shown, 5,000 accounts followed. `--decoding` compares, on one part, ways
to come from bytes to typed records: the limit is msgspec on the whole part at once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from ascendant.activity import Activity
from ascendant.read.export import Export
from ascendant.read.json_items import json_items
from ascendant.read.options import ReadOptions
from ascendant.read.x_archive import READER
from ascendant.read.x_archive.posts import Posts
from ascendant.store.parts import create_folder, reading
from ascendant.study.importing import import_files

ME = "1200000000000000001"
PART_BYTES = 104_000_000
N_LIKES, N_ADS, N_FOLLOWED = 100_000, 20_000, 5_000
N_ACCOUNTS = 20_000
N_MOULDS = 3_000
WORDS = (
    "la ville vote un plan vélo après des mois de débat et le tram attendra encore ; qui paiera ? les habitants."
    " “Nous verrons” — réforme école santé climat énergie été déjà cœur 🙂 budget lundi soir conseil quartier projet"
).split()


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
        write_archive(path, n_bytes)
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


def write_archive(path: Path, n_bytes: int) -> None:
    """An invented archive of so many bytes of JSON."""
    draw = random.Random(1)
    counts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        others = {
            "account": [{"account": {"username": "jo_exemple", "accountId": ME, "accountDisplayName": "Jo"}}],
            "like": [_like(n, draw) for n in range(N_LIKES)],
            "following": [{"following": {"accountId": str(2000 + n)}} for n in range(N_FOLLOWED)],
            "follower": [{"follower": {"accountId": str(9000 + n)}} for n in range(N_FOLLOWED)],
            "ad-impressions": [_ads(n, draw) for n in range(0, N_ADS, 100)],
        }
        for name, records in others.items():
            text = json.dumps(records, ensure_ascii=False, indent=2).replace('": ', '" : ')
            archive.writestr(f"data/{name}.js", f"window.YTD.{name.replace('-', '_')}.part0 = {text}")
            counts[f"data/{name}.js"] = len(records)
        left = n_bytes - sum(info.file_size for info in archive.infolist())
        moulds = [_mould(draw) for _ in range(N_MOULDS)]
        part = n_posts = 0
        while left > 0:
            name = f"data/tweets{f'-part{part}' if part else ''}.js"
            n_written, n_records = _write_part(archive, name, part, min(left, PART_BYTES), n_posts, moulds, draw)
            counts[name] = n_records
            left, n_posts, part = left - n_written, n_posts + n_records, part + 1
        files = [{"fileName": name, "globalName": "x", "count": str(n)} for name, n in counts.items()]
        manifest = {
            "userInfo": {"accountId": ME, "userName": "jo_exemple", "displayName": "Jo"},
            "archiveInfo": {"generationDate": "2025-12-02T06:28:10.000Z", "isPartialArchive": False},
            "dataTypes": {"all": {"files": files}},
        }
        archive.writestr("data/manifest.js", f"window.__THAR_CONFIG = {json.dumps(manifest, indent=2)}")


def _write_part(
    archive: zipfile.ZipFile,
    name: str,
    part: int,
    n_bytes: int,
    first: int,
    moulds: list[list[str]],
    draw: random.Random,
) -> tuple[int, int]:
    n_written = n_records = 0
    with archive.open(name, "w", force_zip64=True) as out:
        out.write(f"window.YTD.tweets.part{part} = [\n".encode())
        while n_written < n_bytes:
            records = [_cast(draw.choice(moulds), first + n_records + n, draw) for n in range(2000)]
            block = (",\n" if n_records else "") + ",\n".join(records)
            n_written += out.write(block.encode())
            n_records += len(records)
        out.write(b"\n]")
    return n_written, n_records


def _mould(draw: random.Random) -> list[str]:
    """A post as X lays it out, in pieces: between them come id, time, and the account that it names."""
    text = " ".join(draw.choices(WORDS, k=draw.randint(6, 40)))
    kind = draw.choices(("repost", "reply", "quote", "post"), (45, 25, 8, 22))[0]
    mention = {
        "name": "Nom @NAME@",
        "screen_name": "@NAME@",
        "indices": ["3", "15"],
        "id_str": "@USER@",
        "id": "@USER@",
    }
    urls = [f"https://twitter.com/@NAME@/status/{draw.randrange(10**18)}"] if kind == "quote" else []
    urls += [f"https://journal.example/{draw.randrange(10**6)}"] if draw.random() < 0.35 else []
    post: dict[str, Any] = {
        "edit_info": {"initial": {"editTweetIds": ["@ID@"], "editsRemaining": "5", "isEditEligible": False}},
        "retweeted": False,
        "source": '<a href="https://mobile.example" rel="nofollow">Web App</a>',
        "entities": {
            "hashtags": [
                {"text": draw.choice(WORDS), "indices": ["10", "17"]} for _ in range(draw.choice((0, 0, 0, 1, 2)))
            ],
            "symbols": [],
            "user_mentions": [mention] if kind in ("repost", "reply") else [],
            "urls": [{"url": "https://t.co/abcdefghij", "expanded_url": url, "indices": ["20", "43"]} for url in urls],
        },
        "display_text_range": ["0", str(len(text))],
        "favorite_count": str(draw.randrange(50)),
        "id_str": "@ID@",
        "truncated": False,
        "retweet_count": "0",
        "id": "@ID@",
        "created_at": "@TIME@",
        "favorited": False,
        "full_text": f"RT @@NAME@: {text}…" if kind == "repost" else text,
        "lang": "fr",
    }
    if kind == "reply":
        answered = {"in_reply_to_status_id": "@ID@1", "in_reply_to_user_id": "@USER@"}
        post |= {**answered, **{f"{key}_str": value for key, value in answered.items()}}
        post["in_reply_to_screen_name"] = "@NAME@"
    if draw.random() < 0.15:
        size = {"w": "680", "h": "383", "resize": "fit"}
        media = {
            "expanded_url": "https://twitter.com/jo_exemple/status/@ID@/photo/1",
            "id_str": "@ID@2",
            "type": "photo",
        }
        media |= {"sizes": dict.fromkeys(("medium", "thumb", "small", "large"), size)}
        post["entities"]["media"] = [media]
        post["extended_entities"] = {"media": [media]}
    written = json.dumps({"tweet": post}, ensure_ascii=False, indent=2).replace('": ', '" : ').replace("\n", "\n  ")
    for token in ("@ID@", "@TIME@", "@NAME@", "@USER@"):
        written = written.replace(token, f"\0{token}\0")
    return f"  {written}".split("\0")


def _cast(mould: list[str], number: int, draw: random.Random) -> str:
    account = int(draw.paretovariate(0.8)) % N_ACCOUNTS
    seconds = 1_764_600_000 - number * 300
    at = datetime.fromtimestamp(seconds, UTC)
    filled = {
        "@ID@": str(((seconds * 1000 - 1_288_834_974_657) << 22) + number % 4096),
        "@TIME@": at.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "@NAME@": f"compte_{account}",
        "@USER@": str(2000 + account),
    }
    return "".join(filled.get(piece, piece) for piece in mould)


def _like(number: int, draw: random.Random) -> dict[str, Any]:
    key = str(1_990_000_000_000_000_000 - number * 10**12)
    text = " ".join(draw.choices(WORDS, k=draw.randint(4, 30)))
    return {"like": {"tweetId": key, "fullText": text, "expandedUrl": f"https://twitter.com/i/web/status/{key}"}}


def _ads(first: int, draw: random.Random) -> dict[str, Any]:
    kinds = (
        "Age",
        "Locations",
        "Languages",
        "Keywords",
        "Follower look-alikes",
        "List",
        "Website Activity",
        "Interests",
    )
    shown = [
        {
            "deviceInfo": {"osType": "Android", "deviceId": "x"},
            "displayLocation": "TimelineHome",
            "promotedTweetInfo": {
                "tweetId": str(10**18 + n),
                "tweetText": " ".join(draw.choices(WORDS, k=20)),
                "urls": [],
            },
            "advertiserInfo": {"advertiserName": f"Marque {n % 700}", "screenName": f"@marque_{n % 700}"},
            "matchedTargetingCriteria": [
                {"targetingType": kind, "targetingValue": draw.choice(WORDS)} for kind in draw.sample(kinds, 5)
            ],
            "impressionTime": datetime.fromtimestamp(1_764_600_000 - n * 390, UTC).strftime("%Y-%m-%d %H:%M:%S"),
        }
        for n in range(first, first + 100)
    ]
    return {"ad": {"adsUserData": {"adImpressions": {"impressions": shown}}}}


def compare_decoding(folder: Path) -> None:
    """Typed records of one part: cut by lines, walked by ijson, or decoded whole."""
    archive, path = folder / "part.zip", folder / "tweets.js"
    write_archive(archive, PART_BYTES + 60_000_000)
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

"""An archive of X of any size, for measuring: posts in parts, likes, ads, follows; and how many of each.

Posts are cast from the moulds of one invented person: ids, times, accounts and delays are new in each, the words come
again. It is streamed: no more than some megabytes are held at a time.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from ascendant.demo.archives.clock import END
from ascendant.demo.archives.dates import spelled
from ascendant.demo.archives.facts import Life
from ascendant.demo.archives.life import make_life
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.person import Person
from ascendant.demo.archives.x import written
from ascendant.demo.archives.x_moulds import Mould, is_mould, laid_out, mould_of
from ascendant.demo.archives.x_records import (
    EPOCH_MS,
    Record,
    impression,
    like,
    number,
    plainly,
    stamp,
)
from ascendant.demo.people import Whole

PART_BYTES: Final = 100_000_000
N_ACCOUNTS: Final = 20_000
_N_LIKES, _N_ADS, _N_FOLLOWED = 100_000, 20_000, 5_000  # of a gigabyte and more; fewer of less
_BLOCK: Final = 2_000  # records at a time
_ADS_IN_RECORD: Final = 100
_LONGEST_STEP: Final = 900  # seconds from one post to the one before
_SPAN: Final = 470_000_000  # seconds back to 2011: older posts have numbers without a time
_MEDIA_SHARE: Final = 0.15


@dataclass(frozen=True)
class BigArchive:
    """What was written: bytes of JSON, records by file, posts by what they are, and acts that name each account."""

    path: Path
    n_bytes: int
    records: dict[str, int]
    kinds: dict[str, int]
    sources: dict[str, int]
    n_ads: int


def write_big_x(path: Path, n_bytes: int, options: ArchiveOptions) -> BigArchive:
    """Write an archive of about so many bytes of JSON, unpacked; posts fill what likes and ads leave."""
    person, life = make_life(replace(options, scale=1.0))
    life = life.on("x")
    return _Writer(path, n_bytes, person, life, np.random.default_rng([options.seed, 99])).write()


class _Writer:
    def __init__(self, path: Path, n_bytes: int, person: Person, life: Life, rng: np.random.Generator) -> None:
        self._path, self._limit, self._person, self._life, self._rng = path, n_bytes, person, life, rng
        self._n_bytes = 0
        self._records: dict[str, int] = {}
        self._kinds: Counter[str] = Counter()
        self._named = np.zeros(N_ACCOUNTS, np.int64)
        self._end = int(END.timestamp())
        weight = np.arange(1, N_ACCOUNTS + 1) ** -0.8
        self._reach = np.cumsum(weight / weight.sum())
        self._clock = [spelled(second, "%H:%M:%S") for second in range(86_400)]
        self._days: dict[int, tuple[str, str, str]] = {}

    def write(self) -> BigArchive:
        """All files, the manifest last."""
        n_ads = max(1, min(_N_ADS, self._limit * _N_ADS // 10**9))
        n_followed = max(1, min(_N_FOLLOWED, self._limit * _N_FOLLOWED // 10**9))
        key, name = str(self._person.key), self._person.name
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            account = {"username": self._person.handle, "accountId": key, "accountDisplayName": name}
            self._small(archive, "account", [{"account": account}])
            for kind in ("following", "follower"):
                first = 2_000_000_000 if kind == "following" else 2_000_002_500
                self._small(archive, kind, [{kind: {"accountId": str(first + n)}} for n in range(n_followed)])
            self._stream(archive, "like", self._likes(max(1, min(_N_LIKES, self._limit * _N_LIKES // 10**9))))
            self._stream(archive, "ad-impressions", self._ads(n_ads))
            self._posts(archive)
            files = [
                {"fileName": path, "globalName": f"YTD.{path[5:-3]}", "count": str(n)}
                for path, n in self._records.items()
            ]
            manifest: Record = {
                "userInfo": {"accountId": key, "userName": self._person.handle, "displayName": name},
                "archiveInfo": {"generationDate": stamp(self._end), "isPartialArchive": False},
                "dataTypes": {"all": {"files": files}},
            }
            archive.writestr("data/manifest.js", b"window.__THAR_CONFIG = " + written(manifest))
        sources = {f"x:{2_000_000_000 + place}": int(n) for place, n in enumerate(self._named) if n}
        return BigArchive(self._path, self._n_bytes, self._records, dict(self._kinds), sources, n_ads)

    def _small(self, archive: zipfile.ZipFile, name: str, records: list[Record]) -> None:
        self._stream(archive, name, iter([[laid_out(record) for record in records]]))

    def _stream(
        self, archive: zipfile.ZipFile, name: str, blocks: Iterator[list[str]], limit: int | None = None
    ) -> None:
        """A file of blocks of records, until it has so many bytes."""
        stem, _, part = name.partition("-part")
        n_written = n_records = 0
        with archive.open(f"data/{name}.js", "w", force_zip64=True) as out:
            out.write(f"window.YTD.{stem.replace('-', '_')}.part{part or 0} = [\n".encode())
            for records in blocks:
                text = ",\n".join(records)
                n_written += out.write((f",\n{text}" if n_records else text).encode())
                n_records += len(records)
                if limit is not None and n_written >= limit:
                    break
            out.write(b"\n]")
        self._records[f"data/{name}.js"] = n_records
        self._n_bytes += n_written

    def _posts(self, archive: zipfile.ZipFile) -> None:
        moulds = [
            mould_of(act, self._person, with_media=bool(self._rng.random() < _MEDIA_SHARE))
            for act in self._life.acts
            if is_mould(act)
        ]
        size = sum(len(mould.text) for mould in moulds) / len(moulds)
        n_left = (self._limit - self._n_bytes) / size
        blocks = self._cast(moulds, min(_LONGEST_STEP, _SPAN / max(1.0, n_left) * 0.9))
        part, room = 0, PART_BYTES - round(2 * _BLOCK * size)
        while not part or self._n_bytes < self._limit:
            name = f"tweets-part{part}" if part else "tweets"
            self._stream(archive, name, blocks, min(room, self._limit - self._n_bytes))
            part += 1

    def _cast(self, moulds: list[Mould], step: float) -> Iterator[list[str]]:
        """Posts, the newest first, without end."""
        rng, at = self._rng, self._end - 60
        has_source = np.array([mould.has_source for mould in moulds])
        while True:
            chosen = rng.integers(0, len(moulds), _BLOCK)
            times = at - np.cumsum(rng.integers(1, max(2, round(2 * step)), _BLOCK))
            at = int(times[-1])
            accounts = np.searchsorted(self._reach, rng.random(_BLOCK)).clip(0, N_ACCOUNTS - 1)
            delays = rng.lognormal(6.4, 1.4, _BLOCK).clip(4, 400_000).astype(np.int64)
            keys = _numbers(times, np.arange(_BLOCK))
            items = _numbers(times - delays, rng.integers(2**20, 2**21, _BLOCK))
            self._named += np.bincount(accounts[has_source[chosen]], minlength=N_ACCOUNTS)
            records = []
            for place, when, account, key, item in zip(
                chosen.tolist(), times.tolist(), accounts.tolist(), keys.tolist(), items.tolist(), strict=True
            ):
                mould = moulds[place]
                time, until = self._spelled(when)
                filled = (str(key), time, until, f"compte_{account:05}", str(2_000_000_000 + account), str(item))
                records.append(mould.text % mould.fill(filled))
                self._kinds[mould.kind] += 1
            yield records

    def _spelled(self, at: int) -> tuple[str, str]:
        """A time as posts have it, and an hour later as edits have it."""
        day, second = divmod(at, 86_400)
        if day not in self._days:
            noon = day * 86_400
            self._days[day] = (spelled(noon, "%a %b %d"), spelled(noon, "%Y"), spelled(noon, "%Y-%m-%d"))
        start, year, date = self._days[day]
        # The hour in which a post can be changed ends on its day, or with it.
        until = self._clock[min(second + 3600, 86_399)]
        return f"{start} {self._clock[second]} +0000 {year}", f"{date}T{until}.000Z"

    def _likes(self, n: int) -> Iterator[list[str]]:
        acts = [act for act in self._life.acts if act.kind == "react"]
        moulds = []
        for act in acts[: 2 * _BLOCK]:
            key = str(number(act.item_at or 0, act.item_key or 0))
            moulds.append(laid_out(like(act)).replace("%", "%%").replace(key, "%s"))
        at = self._end
        for first in range(0, n, _BLOCK):
            n_here = min(_BLOCK, n - first)
            times = at - np.cumsum(self._rng.integers(1, 4_000, n_here))
            at = int(times[-1])
            keys = _numbers(times, self._rng.integers(0, 2**20, n_here)).tolist()
            yield [
                moulds[(first + place) % len(moulds)] % ((key,) * moulds[(first + place) % len(moulds)].count("%s"))
                for place, key in enumerate(keys)
            ]

    def _ads(self, n: int) -> Iterator[list[str]]:
        moulds = []
        for shown in self._life.shown:
            group = laid_out({"ad": {"adsUserData": {"adImpressions": {"impressions": [impression(shown)]}}}})
            start, one, end = re.split(r"(?<=\[\n)(?= {12}\{)|(?<=^ {12}\})(?=\n {10}\])", group, flags=re.MULTILINE)
            moulds.append(one.replace("%", "%%").replace(plainly(shown.at), "%s"))
        step = max(1, 90 * 86_400 // (n + 1))
        for first in range(0, n, _ADS_IN_RECORD):
            shown_here = ",\n".join(
                moulds[place % len(moulds)] % plainly(self._end - 60 - place * step)
                for place in range(first, min(n, first + _ADS_IN_RECORD))
            )
            yield [start + shown_here + end]


def _numbers(times: Whole, low: Whole) -> Whole:
    found: Whole = ((times * 1000 - EPOCH_MS) << 22) | low
    return found

"""The invented world on disk: the platforms' own files, and beside them what is true.

x_posts.jsonl                              API v2 responses
facebook_posts.csv                         Content Library
linkedin_posts.csv                         posts and comments
FacebookAdLibraryReport_..._advertisers.csv, meta_ad_library.json
truth/acts.parquet, accounts.parquet, ties.parquet, world.json
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ascendant.demo.ads_file import write_ads
from ascendant.demo.counts import count
from ascendant.demo.facebook_file import write_facebook
from ascendant.demo.linkedin_file import write_linkedin
from ascendant.demo.make import START, World, make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import WorldParameters
from ascendant.demo.truth import accounts_table, acts_table, ties_table
from ascendant.demo.x_file import write_x

_WRITERS = {
    "x": ("x_posts.jsonl", write_x),
    "facebook": ("facebook_posts.csv", write_facebook),
    "linkedin": ("linkedin_posts.csv", write_linkedin),
}


@dataclass(frozen=True)
class WrittenWorld:
    """Where a world stands, and how much of it: acts in its days, and those that the files hold for themselves."""

    folder: Path
    posts: tuple[Path, ...]
    ads: tuple[Path, ...]
    n_acts: int
    n_collected: int

    @property
    def truth(self) -> Path:
        """The folder of the truth tables."""
        return self.folder / "truth"

    @property
    def files(self) -> tuple[Path, ...]:
        """All that a reader may be given."""
        return (*self.posts, *self.ads)


def write_world(folder: Path, options: WorldOptions, parameters: WorldParameters | None = None) -> WrittenWorld:
    """Write the world of a seed into a folder, over what stood there under the same names.

    `parameters` replace what the seed would draw. The same arguments give the same bytes, for the same versions of
    numpy and pyarrow on one type of processor.
    """
    return write_files(folder, make_world(options, parameters))


def write_files(folder: Path, world: World) -> WrittenWorld:
    """Write a world that was made."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = count(world)
    posts, n_collected = [], 0
    for platform in world.options.platform_names:
        name, write = _WRITERS[platform]
        posts.append(folder / name)
        n_collected += write(posts[-1], world, counts)
    ads = write_ads(folder, world) if "facebook" in world.options.platform_names else ()
    written = WrittenWorld(folder, tuple(posts), ads, int(world.is_in_window.sum()), n_collected)
    _write_truth(written, world)
    return written


def accounts_truth(written: WrittenWorld) -> pa.Table:
    """What is true of the accounts of a written world."""
    return pq.read_table(written.truth / "accounts.parquet")


def _write_truth(written: WrittenWorld, world: World) -> None:
    written.truth.mkdir(exist_ok=True)
    for name, table in (("acts", acts_table), ("accounts", accounts_table), ("ties", ties_table)):
        pq.write_table(table(world), written.truth / f"{name}.parquet", compression="zstd")
    text = json.dumps(_about(written, world), ensure_ascii=False, indent=1)
    (written.truth / "world.json").write_text(text + "\n", encoding="utf-8")


def _about(written: WrittenWorld, world: World) -> dict[str, Any]:
    return {
        "options": asdict(world.options),
        "parameters": asdict(world.parameters),
        "starts_at": START.isoformat(),
        "n_acts": written.n_acts,
        "n_collected": written.n_collected,
        "n_groups": world.people.n_groups,
        "made_with": {"numpy": np.__version__, "pyarrow": pa.__version__},
    }

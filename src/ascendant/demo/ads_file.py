"""Who advertises on Facebook -> Meta's Ad Library: the report of a country, and records of single advertisements.

Companies sell, causes ask for support; both pay. The report gives sums per page and disclaimer, small ones as `≤100`;
a record gives spend and impressions as intervals, an open top where the platform gives none.
"""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from ascendant.demo.make import START, World
from ascendant.demo.people import CAUSE, COMPANY, INSTITUTION, Whole

_NO_DISCLAIMER: Final = "Ces publicités ont été diffusées sans avertissement"
_SPEND: Final = (0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1500, 2000, 5000, 10_000)
_SEEN: Final = (0, 1000, 5000, 10_000, 50_000, 100_000, 500_000, 1_000_000)


def advertisers(world: World) -> Whole:
    """Places of the pages that pay."""
    people = world.people
    pays = (people.kind == COMPANY) | (people.kind == INSTITUTION) | (people.is_lead & (people.kind == CAUSE))
    return np.flatnonzero(pays & people.on("facebook"))


def write_ads(folder: Path, world: World) -> tuple[Path, Path]:
    """Write the report and the records; returns their paths. Both name pages by the numbers of the posts' owners."""
    rng = np.random.default_rng([world.options.seed, 77])
    end = START.date() + timedelta(days=world.options.days)
    report = folder / f"FacebookAdLibraryReport_{end}_FR_last_30_days_advertisers.csv"
    records = folder / "meta_ad_library.json"
    ads: list[dict[str, Any]] = []
    with report.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(("Page ID", "Page name", "Disclaimer", "Amount spent (EUR)", "Number of ads in Library"))
        for place in advertisers(world).tolist():
            name = world.names.name[place]
            paid = [name, _NO_DISCLAIMER] if rng.random() < 0.4 else [name if rng.random() < 0.6 else _NO_DISCLAIMER]
            for disclaimer in paid:
                spent, n_ads = int(rng.lognormal(5.5, 1.6)), 1 + int(rng.poisson(4))
                cell = "≤100" if spent <= 100 else str(spent)
                rows.writerow((str(world.account_key[place]), name, disclaimer, cell, str(n_ads)))
                ads += [
                    _record(world, place, disclaimer, spent / n_ads, len(ads) + nth, rng)
                    for nth in range(min(n_ads, 3))
                ]
    records.write_text(json.dumps({"data": ads}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return report, records


def _record(
    world: World, place: int, disclaimer: str, spent: float, nth: int, rng: np.random.Generator
) -> dict[str, Any]:
    start = START.date() + timedelta(days=int(rng.integers(0, world.options.days)))
    stop = start + timedelta(days=int(rng.integers(1, 21)))
    seen = spent * rng.uniform(40, 400)
    age = int(rng.integers(0, 4))
    names = world.names
    return {
        "id": str(400_000_000_000_000 + 101 * nth),
        "ad_creation_time": str(start),
        "ad_creative_bodies": [names.bio[place] or names.name[place]],
        "ad_creative_link_titles": [names.name[place]],
        "ad_creative_link_captions": [names.domain[place]],
        "ad_delivery_start_time": str(start),
        "ad_delivery_stop_time": str(stop),
        "ad_snapshot_url": f"https://www.facebook.com/ads/archive/render_ad/?id={400_000_000_000_000 + 101 * nth}",
        "bylines": "" if disclaimer == _NO_DISCLAIMER else disclaimer,
        "currency": "EUR",
        "spend": _interval(spent, _SPEND),
        "impressions": _interval(seen, _SEEN),
        "languages": ["fr"],
        "page_id": str(world.account_key[place]),
        "page_name": names.name[place],
        "publisher_platforms": ["facebook"],
        "target_ages": [str((18, 25, 35, 55)[age]), ("24", "44", "65+", "65+")[age]],
        "target_gender": ("All", "Women", "Men")[int(rng.integers(0, 3))],
        "target_locations": [{"name": "France", "num_obfuscated": 0, "type": "countries", "excluded": False}],
    }


def _interval(value: float, limits: tuple[int, ...]) -> dict[str, str]:
    place = int(np.searchsorted(limits, value, side="right"))
    if place == len(limits):
        return {"lower_bound": str(limits[-1])}
    return {"lower_bound": str(limits[place - 1]), "upper_bound": str(limits[place] - 1)}

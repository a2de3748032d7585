"""Who advertises on Facebook -> Meta's Ad Library: the report of a country, and records of single advertisements.

Companies sell, causes ask for support; both pay. The report gives sums per page and disclaimer, small ones as `≤100`;
a record gives spend and impressions as intervals, an open top where the platform gives none. A library holds years:
some pages advertise each month of the year before the world's own days, and half of these narrow whom they reach by
more and more criteria.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from ascendant.demo.make import START, World
from ascendant.demo.people import CAUSE, COMPANY, INSTITUTION, Whole

_NO_DISCLAIMER: Final = "Ces publicités ont été diffusées sans avertissement"
_SPEND: Final = (0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1500, 2000, 5000, 10_000)
_SEEN: Final = (0, 1000, 5000, 10_000, 50_000, 100_000, 500_000, 1_000_000)
MONTHS_BEFORE: Final = 11
_MOST_STEADY: Final = 24  # pages: with them a trend can be told, and the file stays small
_ADS_A_MONTH: Final = 5  # at least
_AGES: Final = (("18", "24"), ("25", "44"), ("35", "65+"), ("55", "65+"))
_TOWNS: Final = ("Rennes, France", "Lyon, France", "Lille, France", "Bordeaux, France")


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
    pages = advertisers(world)
    finer = _steady(pages, rng)
    with report.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(("Page ID", "Page name", "Disclaimer", "Amount spent (EUR)", "Number of ads in Library"))
        for place in pages.tolist():
            name = world.names.name[place]
            paid = [name, _NO_DISCLAIMER] if rng.random() < 0.4 else [name if rng.random() < 0.6 else _NO_DISCLAIMER]
            for disclaimer in paid:
                spent, n_ads = int(rng.lognormal(5.5, 1.6)), 1 + int(rng.poisson(4))
                cell = "≤100" if spent <= 100 else str(spent)
                rows.writerow((str(world.account_key[place]), name, disclaimer, cell, str(n_ads)))
                for _ in range(min(n_ads, 3)):
                    start = START.date() + timedelta(days=int(rng.integers(0, world.options.days)))
                    aim = _aim(rng, _chance(finer.get(place, 0.0), MONTHS_BEFORE))
                    ads.append(_record(world, place, disclaimer, spent / n_ads, start, len(ads), rng) | aim)
    for place, start, aim in _of_the_year_before(finer, rng):
        name, cost = world.names.name[place], float(rng.lognormal(4, 1))
        ads.append(_record(world, place, name, cost, start, len(ads), rng) | aim)
    records.write_text(json.dumps({"data": ads}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return report, records


def _steady(pages: Whole, rng: np.random.Generator) -> dict[int, float]:
    """Pages that advertise each month, and how much likelier each criterion grows with a month."""
    chosen = np.sort(rng.permutation(pages)[:_MOST_STEADY]).tolist()
    return {place: 0.05 * (rng.random() < 0.5) for place in chosen}


def _of_the_year_before(
    finer: dict[int, float], rng: np.random.Generator
) -> Iterator[tuple[int, date, dict[str, Any]]]:
    """Advertisements of the steady pages before the world begins: the page, the day, the aim."""
    for place, more in finer.items():
        for month in range(MONTHS_BEFORE):
            years, number = divmod(START.month - 1 - MONTHS_BEFORE + month, 12)
            for _ in range(_ADS_A_MONTH + int(rng.poisson(2))):
                day = date(START.year + years, number + 1, 1 + int(rng.integers(0, 28)))
                yield place, day, _aim(rng, _chance(more, month))


def _chance(more: float, month: int) -> float:
    """Of each criterion to be used, in a month counted from the first."""
    return 0.4 + more * month if more else 0.5


def _aim(rng: np.random.Generator, chance: float) -> dict[str, Any]:
    """Ages, sexes and places, each of them narrowed with a chance."""
    by_age, by_sex, by_place = (rng.random(3) < chance).tolist()
    place = _TOWNS[int(rng.integers(len(_TOWNS)))] if by_place else "France"
    kind = "cities" if by_place else "countries"
    return {
        "target_ages": list(_AGES[int(rng.integers(len(_AGES)))]) if by_age else ["18", "65+"],
        "target_gender": ("Women", "Men")[int(rng.integers(2))] if by_sex else "All",
        "target_locations": [{"name": place, "num_obfuscated": 0, "type": kind, "excluded": False}],
    }


def _record(
    world: World, place: int, disclaimer: str, spent: float, start: date, nth: int, rng: np.random.Generator
) -> dict[str, Any]:
    """All of an advertisement but its aim."""
    stop = start + timedelta(days=int(rng.integers(1, 21)))
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
        "impressions": _interval(spent * rng.uniform(40, 400), _SEEN),
        "languages": ["fr"],
        "page_id": str(world.account_key[place]),
        "page_name": names.name[place],
        "publisher_platforms": ["facebook"],
    }


def _interval(value: float, limits: tuple[int, ...]) -> dict[str, str]:
    place = int(np.searchsorted(limits, value, side="right"))
    if place == len(limits):
        return {"lower_bound": str(limits[-1])}
    return {"lower_bound": str(limits[place - 1]), "upper_bound": str(limits[place] - 1)}

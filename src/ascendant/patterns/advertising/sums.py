"""Advertisements -> sums by advertiser, month, currency and class of criteria; amounts stay intervals."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ascendant.patterns.advertising.ads import NO_MONTH, Ads, Real, Whole, Yes
from ascendant.patterns.advertising.tables import ADVERTISING, ANY, NONE, SOURCES, UNTOLD
from ascendant.patterns.advertising.ways import WAYS

_CLASSES: Final = (ANY, *WAYS, NONE, UNTOLD)


def advertising(ads: Ads, private: set[str]) -> pa.Table:
    """The table of `ADVERTISING`, by advertiser, source, month, currency and class.

    `private` are the ids of advertisers that may be private persons.
    """
    source = np.array([SOURCES.index(one) for one in ads.source.tolist()], np.int64)
    keys = np.column_stack([ads.advertiser, ads.platform, source, ads.month, ads.currency])
    groups, group = np.unique(keys, axis=0, return_inverse=True)
    group = group.reshape(-1)
    n_criteria = _n_criteria(ads, group)
    is_list = ads.source == "list"
    parts: list[dict[str, NDArray[np.generic]]] = []
    for place, name in enumerate(_CLASSES):
        rows = _rows_of(ads, name) & (~is_list | (name in WAYS))
        here = np.unique(group[rows])
        if here.size:
            parts.append({"group": here, "class": np.full(here.size, place), **_sums(ads, rows, group, here)})
    if not parts:
        return ADVERTISING.empty_table()
    held = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.lexsort((held["class"], held["group"]))
    held = {name: column[order] for name, column in held.items()}
    found = groups[held["group"]]
    names = [None if code < 0 else ads.advertiser_names[code] for code in found[:, 0].tolist()]
    ids = [None if code < 0 else ads.advertiser_ids[code] for code in found[:, 0].tolist()]
    counted = [n_criteria.get((g, c), 0) for g, c in zip(held["group"].tolist(), held["class"].tolist(), strict=True)]
    columns = [
        pa.array(ids, pa.string()),
        pa.array(names, pa.string()),
        pa.array([one is None or one in private for one in ids], pa.bool_()),
        pa.array([ads.platforms[code] for code in found[:, 1].tolist()], pa.string()),
        pa.array([SOURCES[code] for code in found[:, 2].tolist()], pa.string()),
        month_array(found[:, 3]),
        pa.array([_CLASSES[code] for code in held["class"].tolist()], pa.string()),
        pa.array(held["n"]),
        pa.array(counted, pa.int64()),
        pa.array(held["n_with_spend"]),
        pa.array([None if code < 0 else ads.currencies[code] for code in found[:, 4].tolist()], pa.string()),
        *(pa.array(held[name], from_pandas=True) for name in ("spend_low", "spend_high")),
        *(pa.array(held[name], from_pandas=True).cast(pa.int64()) for name in ("seen_low", "seen_high")),
    ]
    return pa.table(columns, schema=ADVERTISING)


def interval_sums(low: Real, high: Real, group: Whole, size: int) -> tuple[Real, Real, Whole]:
    """Sums of intervals by group, and how many are told; an end is NaN where none is told, or one has no upper end.

    >>> lows, highs = np.array([1.0, 2.0, np.nan]), np.array([5.0, np.nan, np.nan])
    >>> low, high, n = interval_sums(lows, highs, np.array([0, 0, 1]), 2)
    >>> low.tolist(), high.tolist(), n.tolist()
    ([3.0, nan], [nan, nan], [2, 0])
    """
    is_told = ~np.isnan(low)
    told = group[is_told]
    n = np.bincount(told, minlength=size)
    lows = np.where(n > 0, np.bincount(told, low[is_told], minlength=size), np.nan)
    is_open = np.bincount(told, np.isnan(high[is_told]), minlength=size) > 0
    highs = np.bincount(told, np.nan_to_num(high[is_told]), minlength=size)
    return lows, np.where((n > 0) & ~is_open, highs, np.nan), n.astype(np.int64)


def month_array(month: Whole) -> pa.Array:
    """Months as the first of their days."""
    is_known = month != NO_MONTH
    days = np.where(is_known, month, 0).astype("datetime64[M]").astype("datetime64[D]")
    return pa.array(days, pa.date32(), mask=~is_known)


def _rows_of(ads: Ads, name: str) -> Yes:
    """Which rows belong to a class."""
    if name == ANY:
        return np.ones(ads.n.size, bool)
    found: Yes = ~ads.ways.is_told
    if name == NONE:
        found = ads.ways.is_told & (ads.ways.fineness == 0)
    elif name != UNTOLD:
        found = ads.ways.narrows[:, WAYS.index(name)]
    return found


def _sums(ads: Ads, rows: Yes, group: Whole, here: Whole) -> dict[str, NDArray[np.generic]]:
    place = np.searchsorted(here, group[rows])
    low, high, _ = interval_sums(ads.spend_low[rows], ads.spend_high[rows], place, here.size)
    seen_low, seen_high, _ = interval_sums(ads.seen_low[rows], ads.seen_high[rows], place, here.size)
    n = ads.n[rows]
    return {
        "n": _whole_sums(place, n, here.size),
        "n_with_spend": _whole_sums(place, np.where(np.isnan(ads.spend_low[rows]), 0, n), here.size),
        "spend_low": low,
        "spend_high": high,
        "seen_low": seen_low,
        "seen_high": seen_high,
    }


def _whole_sums(place: Whole, n: Whole, size: int) -> Whole:
    found = np.zeros(size, np.int64)
    np.add.at(found, place, n)
    return found


def _n_criteria(ads: Ads, group: Whole) -> dict[tuple[int, int], int]:
    """Distinct criteria by group and class; of `any` those of all classes."""
    ways = ads.ways
    if not ways.criterion_of.size:
        return {}
    of = group[ways.criterion_of]
    triples = np.unique(np.column_stack([of, ways.criterion_way + 1, ways.criterion]), axis=0)
    pairs, counts = np.unique(triples[:, :2], axis=0, return_counts=True)
    found = {(int(g), int(c)): int(n) for (g, c), n in zip(pairs, counts, strict=True)}
    wholes, counts = np.unique(triples[:, 0], return_counts=True)
    return found | {(int(g), 0): int(n) for g, n in zip(wholes, counts, strict=True)}

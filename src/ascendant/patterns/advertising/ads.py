"""Rows of the question `advertising` -> arrays: who, when, by which ways, how much.

Of several reports of one library those are kept whose windows do not overlap, so that each euro counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.patterns.advertising.payers import advertisers_of, declared_organisations
from ascendant.patterns.advertising.ways import Ways, ways_of
from ascendant.patterns.clock import DAY, local_micros

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Yes = NDArray[np.bool_]

NO_MONTH: Final = -(1 << 30)
_WINDOWS: Final = {"yesterday": 1, "last_7_days": 7, "last_30_days": 30, "last_90_days": 90, "lifelong": 1 << 20}


@dataclass(frozen=True)
class Ads:
    """N rows; codes are places in the lists of names, -1 for none. Amounts are NaN where they are not told."""

    advertiser_ids: list[str]
    advertiser_names: list[str | None]
    advertiser_platform: list[str]
    platforms: list[str]
    currencies: list[str]
    advertiser: Whole  # [N]
    platform: Whole
    source: NDArray[np.str_]
    month: Whole  # months since 1970, NO_MONTH when unknown
    n: Whole
    currency: Whole
    spend_low: Real
    spend_high: Real
    seen_low: Real
    seen_high: Real
    payers: pa.ChunkedArray
    page_ids: pa.ChunkedArray
    criteria: pa.ChunkedArray
    ways: Ways
    organisations: frozenset[str]  # ids of pages that declare themselves as such
    n_reports_left: int

    @property
    def has_payer(self) -> Yes:
        """Which say who paid."""
        found: Yes = self.payers.is_valid().to_numpy()
        return found

    @property
    def is_single(self) -> Yes:
        """Which rows are advertisements one by one."""
        found: Yes = np.isin(self.source, ("library", "archive"))
        return found

    @property
    def is_of_trend(self) -> Yes:
        """Which are dated, with a told aim."""
        found: Yes = self.is_single & self.ways.is_told & (self.month != NO_MONTH)
        return found


def read_ads(rows: pa.Table, zone: str) -> Ads:
    """From the columns of the question `advertising`."""
    is_kept, n_left = _kept_reports(rows)
    rows = rows.filter(pa.array(is_kept))
    ids, names = advertisers_of(rows)
    advertiser, known = _codes(ids)
    platform, platforms = _codes(rows["platform"])
    currency, currencies = _codes(rows["currency"])
    low, high = _real(rows["spend_low"]), _real(rows["spend_high"])
    source = np.array(rows["source"].to_pylist(), np.str_)
    # A currency without an amount is none: rows are told apart by it.
    currency = np.where(np.isnan(low), -1, currency)
    return Ads(
        advertiser_ids=known,
        advertiser_names=_names(advertiser, names, len(known)),
        advertiser_platform=_first(advertiser, platform, platforms, len(known)),
        platforms=platforms,
        currencies=currencies,
        advertiser=advertiser,
        platform=platform,
        source=source,
        month=np.where(np.isin(source, ("report", "list")), NO_MONTH, months(rows, zone)),
        n=np.where(source == "list", 0, rows["n"].to_numpy()),
        currency=currency,
        spend_low=low,
        spend_high=high,
        seen_low=_real(rows["impressions_low"]),
        seen_high=_real(rows["impressions_high"]),
        payers=rows["payer"],
        page_ids=rows["page_id"],
        criteria=rows["criteria"],
        ways=ways_of(rows["criteria"]),
        organisations=declared_organisations(rows),
        n_reports_left=n_left,
    )


def months(rows: pa.Table, zone: str) -> Whole:
    """The month of each row on the clock of the zone; a day without a time of day is a day on every clock."""
    times = rows["happened_at"].cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
    known = times.is_valid().to_numpy()
    micros = pc.fill_null(times, 0).to_numpy().astype(np.int64)
    is_day = pc.fill_null(pc.is_in(rows["time_precision"], pa.array(["day", "none"])), fill_value=False).to_numpy()
    clock = np.where(is_day, micros, local_micros(micros, zone))
    found = (clock // DAY).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.where(known, found, NO_MONTH)


def first_day(month: int) -> date | None:
    """The first day of a month.

    >>> first_day(14), first_day(NO_MONTH)
    (datetime.date(1971, 3, 1), None)
    """
    return None if month == NO_MONTH else date(1970 + month // 12, month % 12 + 1, 1)


def _kept_reports(rows: pa.Table) -> tuple[Yes, int]:
    """All rows but those of reports whose window another one covers; and how many reports these are."""
    is_report = pc.equal(rows["source"], "report").to_numpy()
    kept = np.ones(rows.num_rows, bool)
    if not is_report.any():
        return kept, 0
    days = rows["happened_at"].cast(pa.timestamp("us", tz="UTC")).cast(pa.int64()).to_pylist()
    criteria = rows["criteria"].to_pylist() if rows.num_rows == is_report.sum() else rows["criteria"]
    keys: list[tuple[str, str, int] | None] = [None] * rows.num_rows
    for place in np.flatnonzero(is_report).tolist():
        told = criteria[place] if isinstance(criteria, list) else criteria[place].as_py()
        named = {one["type"]: one["value"] for one in told or ()}
        keys[place] = (named.get("country", ""), named.get("report_window", ""), (days[place] or 0) // DAY)
    chosen = _apart({key for key in keys if key is not None})
    for place, key in enumerate(keys):
        kept[place] = key is None or key in chosen
    return kept, len({key for key in keys if key is not None}) - len(chosen)


def _apart(reports: set[tuple[str, str, int]]) -> set[tuple[str, str, int]]:
    """Reports of which no two tell of the same days of a country: the longest window first, then the latest.

    >>> sorted(_apart({("FR", "last_30_days", 100), ("FR", "last_7_days", 99), ("FR", "last_30_days", 60)}))
    [('FR', 'last_30_days', 60), ('FR', 'last_30_days', 100)]
    """
    chosen: set[tuple[str, str, int]] = set()
    for one in sorted(reports, key=lambda one: (-_WINDOWS.get(one[1], 1), -one[2], one)):
        length = _WINDOWS.get(one[1], 1)
        others = [(other[2] - _WINDOWS.get(other[1], 1), other[2]) for other in chosen if other[0] == one[0]]
        if all(one[2] <= first or one[2] - length >= last for first, last in others):
            chosen.add(one)
    return chosen


def _codes(column: pa.Array | pa.ChunkedArray) -> tuple[Whole, list[str]]:
    """Places in the sorted values, -1 for null."""
    values = pc.unique(column).drop_null()
    values = values.take(pc.sort_indices(values))
    code = pc.fill_null(pc.index_in(column, values), -1)
    return code.to_numpy(zero_copy_only=False).astype(np.int64) if isinstance(code, pa.Array) else (
        code.to_numpy().astype(np.int64)
    ), values.to_pylist()  # fmt: skip


def _real(column: pa.ChunkedArray) -> Real:
    """Numbers, NaN for null."""
    found: Real = pc.fill_null(column.cast(pa.float64()), float("nan")).to_numpy()
    return found


def _names(advertiser: Whole, names: pa.Array | pa.ChunkedArray, n: int) -> list[str | None]:
    """The name that each bears most often; of equals the first of the alphabet."""
    table = pa.table({"who": advertiser, "name": names}).filter(pc.is_valid(names))
    counted = table.group_by(["who", "name"], use_threads=False).aggregate([([], "count_all")])
    counted = counted.sort_by([("count_all", "descending"), ("name", "ascending")])
    found: list[str | None] = [None] * n
    for row in counted.to_pylist():
        if row["who"] >= 0 and found[row["who"]] is None:
            found[row["who"]] = row["name"]
    return found


def _first(advertiser: Whole, platform: Whole, platforms: list[str], n: int) -> list[str]:
    found = [""] * n
    who, place = np.unique(advertiser, return_index=True)
    for one, row in zip(who.tolist(), place.tolist(), strict=True):
        if one >= 0:
            found[one] = platforms[platform[row]]
    return found

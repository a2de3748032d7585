"""Months of each advertiser -> how fine its aim was, and whether it changes: of each, and of all of a source."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from ascendant.patterns.advertising.ads import NO_MONTH, Ads, Real, Whole, Yes, first_day
from ascendant.patterns.advertising.tables import ADVERTISING_TRENDS
from ascendant.patterns.advertising.trend import CHANCE, FEWEST_ADS, Trend, common_trend, false_share, own_trend


class Months:
    """Mean fineness of each advertiser in each month (C cells), and the trend of each that has months enough.

    `own` and `q_values` are by the code of the advertiser.
    """

    def __init__(self, ads: Ads, interval: float = 0.9) -> None:
        here = ads.is_of_trend & (ads.advertiser >= 0)
        keys = np.column_stack([ads.advertiser, ads.month])[here]
        cells, cell = np.unique(keys, axis=0, return_inverse=True)
        cell, n = cell.reshape(-1), ads.n[here].astype(np.float64)
        self.advertiser, self.month = cells[:, 0], cells[:, 1]
        self.n = np.bincount(cell, n, minlength=len(cells)).astype(np.int64)
        held = np.bincount(cell, n * ads.ways.fineness[here], minlength=len(cells))
        self.fineness: Real = held / np.maximum(self.n, 1)
        self.first = np.searchsorted(self.advertiser, np.arange(len(ads.advertiser_ids) + 1))
        found = {code: own_trend(*self.of(code)[:2], interval) for code in np.unique(self.advertiser).tolist()}
        self.own: dict[int, Trend] = {code: trend for code, trend in found.items() if trend is not None}
        shares = false_share([trend.p_value for trend in self.own.values()])
        self.q_values: dict[int, float] = dict(zip(self.own, shares, strict=True))

    def of(self, code: int) -> tuple[Whole, Real, int]:
        """Months of an advertiser with enough advertisements, their fineness, and all its dated advertisements."""
        here = slice(self.first[code], self.first[code + 1])
        is_enough = self.n[here] >= FEWEST_ADS
        return self.month[here][is_enough], self.fineness[here][is_enough], int(self.n[here].sum())

    def side(self, code: int) -> str | None:
        """The verdict on an advertiser, as it holds among all that were looked at; None with too few months."""
        if code not in self.own:
            return None
        return self.own[code].verdict if self.q_values[code] <= CHANCE else "flat"


def own_columns(months: Months, code: int) -> dict[str, Any]:
    """The columns of `ADVERTISERS` on how an advertiser's aim changes."""
    month, fineness, n_told = months.of(code)
    trend, side = months.own.get(code), months.side(code)
    return {
        "n_told": n_told,
        "n_months": int(month.size),
        "fineness_first": float(fineness[0]) if month.size else None,
        "fineness_last": float(fineness[-1]) if month.size else None,
        "trend": trend and trend.slope,
        "trend_low": trend and trend.low,
        "trend_high": trend and trend.high,
        "p_value": trend and trend.p_value,
        "q_value": months.q_values.get(code),
        "grows_finer": None if side is None else side == "finer",
    }


def trends(ads: Ads, months: Months, interval: float = 0.9) -> pa.Table:
    """The table of `ADVERTISING_TRENDS`."""
    rows = []
    for platform, name in enumerate(ads.platforms):
        for source in ("library", "archive"):
            here = ads.is_single & (ads.platform == platform) & (ads.source == source)
            if here.any():
                rows.append({"platform": name, "source": source, **_common(ads, here, months, interval)})
    return pa.Table.from_pylist(rows, schema=ADVERTISING_TRENDS)


def _common(ads: Ads, here: Yes, months: Months, interval: float) -> dict[str, Any]:
    dated = here & ads.is_of_trend
    n = ads.n[dated]
    who = np.unique(ads.advertiser[dated & (ads.advertiser >= 0)])
    cell = np.isin(months.advertiser, who)
    trend = common_trend(months.advertiser[cell], months.month[cell], months.n[cell], months.fineness[cell], interval)
    by_advertiser = np.bincount(ads.advertiser[dated] + 1, n)[1:] if n.size else np.zeros(0)
    sides = [months.side(code) for code in who.tolist() if code in months.own]
    return {
        "n_ads": int(n.sum()),
        "n_untold": int(ads.n[here & ~ads.ways.is_told].sum()),
        "n_undated": int(ads.n[here & ads.ways.is_told & (ads.month == NO_MONTH)].sum()),
        "n_advertisers": int(who.size),
        "n_compared": int(np.count_nonzero(np.bincount(months.advertiser[cell]) >= 2)) if cell.any() else 0,
        "n_months": int(np.unique(ads.month[dated]).size),
        "first_month": first_day(int(ads.month[dated].min())) if n.size else None,
        "last_month": first_day(int(ads.month[dated].max())) if n.size else None,
        "fineness": float((n * ads.ways.fineness[dated]).sum() / n.sum()) if n.sum() else None,
        "largest_share": float(by_advertiser.max() / n.sum()) if by_advertiser.size and n.sum() else None,
        **({} if trend is None else {"trend": trend.slope, "low": trend.low, "high": trend.high}),
        "p_value": trend and trend.p_value,
        "verdict": trend.verdict if trend is not None else "too_few" if n.size else "untold",
        "n_tested": len(sides),
        "n_finer": sides.count("finer"),
        "n_coarser": sides.count("coarser"),
    }

"""Ads that were shown to the owner -> by which kinds of criteria, month by month, and whether they grow finer.

The measure is that of `advertising.ways`: how many kinds of criteria narrow whom an ad meets. An archive of X tells the
criteria of about ninety days; one of Facebook tells none, which is not a fineness of 0.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa

from ascendant.patterns.advertising.ads import NO_MONTH, Whole, first_day, months
from ascendant.patterns.advertising.tables import ANY, NONE, UNTOLD
from ascendant.patterns.advertising.trend import FEWEST_ADS, own_trend
from ascendant.patterns.advertising.ways import WAYS, ways_of
from ascendant.patterns.mirror.tables import table_of
from ascendant.patterns.mirror.targeting import who_paid
from ascendant.patterns.options import PatternOptions

Row = dict[str, Any]
_CRITERIA: Final = pa.list_(pa.struct([(name, pa.string()) for name in ("type", "value", "class")]))


def aim(facts: list[Row], zone: str, options: PatternOptions) -> dict[str, pa.Table]:
    """The tables `ad_months` and `ad_trend`; `facts` is the answer of `mirror_ads` as rows."""
    shown = [row for row in facts if row["verb"] == "ad_view"]
    if not shown:
        return {name: table_of(name, []) for name in ("ad_months", "ad_trend")}
    ways = ways_of(pa.array([row["criteria"] for row in shown], _CRITERIA))
    moments = pa.array([row["happened_at"] for row in shown], pa.timestamp("us", tz="UTC"))
    timed = pa.table({"happened_at": moments, "time_precision": pa.nulls(len(shown), pa.string())})
    month, n = months(timed, zone), np.array([row["n"] for row in shown], np.int64)
    platform, who = np.array([row["platform"] for row in shown]), np.array(who_paid(shown))
    member = {ANY: np.ones(n.size, bool), UNTOLD: ~ways.is_told, NONE: ways.is_told & (ways.fineness == 0)}
    member |= {way: ways.narrows[:, place] for place, way in enumerate(WAYS)}
    by_month: list[Row] = []
    trends: list[Row] = []
    for name in sorted(set(platform.tolist())):
        for one in sorted(set(month[platform == name].tolist())):
            here = (platform == name) & (month == one)
            by_month += [
                {
                    "platform": name, "month": first_day(one), "criteria_class": group,
                    "n_shown": int(n[here & member[group]].sum()),
                    "n_advertisers": len(set(who[here & member[group]].tolist()) - {""}),
                }
                for group in (ANY, *WAYS, NONE, UNTOLD)
                if (here & member[group]).any()
            ]  # fmt: skip
        told = (platform == name) & ways.is_told & (month != NO_MONTH)
        n_untold = int(n[(platform == name) & ~ways.is_told].sum())
        trends.append(
            {
                "platform": name, "n_untold": n_untold,
                **_trend(month[told], n[told], ways.fineness[told], options.interval),
            }
        )  # fmt: skip
    return {"ad_months": table_of("ad_months", by_month), "ad_trend": table_of("ad_trend", trends)}


def _trend(month: Whole, n: Whole, fineness: Whole, interval: float) -> Row:
    if not n.sum():
        return {"n_shown": 0, "n_months": 0, "verdict": "untold"}
    held, place = np.unique(month, return_inverse=True)
    size = np.bincount(place, n)
    mean = np.bincount(place, n * fineness) / np.maximum(size, 1)
    kept = size >= FEWEST_ADS
    trend = own_trend(held[kept], mean[kept], interval)
    return {
        "n_shown": int(n.sum()),
        "n_months": int(kept.sum()),
        "first_month": first_day(int(held[kept][0])) if kept.any() else None,
        "last_month": first_day(int(held[kept][-1])) if kept.any() else None,
        "fineness": float((n * fineness).sum() / n.sum()),
        **({} if trend is None else {"trend": trend.slope, "low": trend.low, "high": trend.high}),
        "p_value": trend and trend.p_value,
        "verdict": "too_few" if trend is None else trend.verdict,
    }

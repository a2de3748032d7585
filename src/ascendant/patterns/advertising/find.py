"""Advertisements of a study -> who pays to reach whom, on what, and whether the aim grows finer.

advertising = find_advertising(questions, zone)     # tables of `advertising.tables`, and what they cannot say
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat, mark
from ascendant.infer.named import Questions
from ascendant.patterns.advertising.ads import NO_MONTH, Ads, Real, Whole, Yes, first_day, read_ads
from ascendant.patterns.advertising.audience import audience
from ascendant.patterns.advertising.payers import may_be_private
from ascendant.patterns.advertising.subjects import subjects
from ascendant.patterns.advertising.sums import advertising, interval_sums
from ascendant.patterns.advertising.tables import ADVERTISERS, ADVERTISING_TRENDS, SCHEMAS, Advertising
from ascendant.patterns.advertising.trend import CHANCE, FEWEST_ADS, Trend, common_trend, false_share, own_trend
from ascendant.patterns.advertising.ways import WAYS

_MOST_NAMES: Final = 20  # pages and beneficiaries of an advertiser


def find_advertising(questions: Questions, zone: str = "UTC", interval: float = 0.9) -> Advertising:
    """Every table of `tables.SCHEMAS`; months are of `zone`."""
    rows = questions.ask("advertising")
    if not rows.num_rows:
        return Advertising({name: schema.empty_table() for name, schema in SCHEMAS.items()}, ())
    ads = read_ads(rows, zone)
    months = _Months(ads)
    own = months.own_trends(interval)
    advertisers = _advertisers(ads, months, own, subjects(questions, ads))
    private = set(advertisers.filter(advertisers["may_be_private"])["advertiser_id"].to_pylist())
    tables = {
        "advertising": advertising(ads, private),
        "advertisers": advertisers,
        "advertising_audience": audience(ads, private),
        "advertising_trends": _trends(ads, months, own, interval),
    }
    return Advertising(tables, _caveats(ads))


class _Months:
    """Mean fineness of each advertiser in each month: C cells."""

    def __init__(self, ads: Ads) -> None:
        here = ads.is_of_trend & (ads.advertiser >= 0)
        keys = np.column_stack([ads.advertiser, ads.month])[here]
        cells, cell = np.unique(keys, axis=0, return_inverse=True)
        cell, n = cell.reshape(-1), ads.n[here].astype(np.float64)
        self.advertiser, self.month = cells[:, 0], cells[:, 1]
        self.n = np.bincount(cell, n, minlength=len(cells)).astype(np.int64)
        held = np.bincount(cell, n * ads.ways.fineness[here], minlength=len(cells))
        self.fineness: Real = held / np.maximum(self.n, 1)
        self.first = np.searchsorted(self.advertiser, np.arange(len(ads.advertiser_ids) + 1))

    def of(self, code: int) -> tuple[Whole, Real, int]:
        """Months of an advertiser with enough advertisements, their fineness, and all its dated advertisements."""
        here = slice(self.first[code], self.first[code + 1])
        is_enough = self.n[here] >= FEWEST_ADS
        return self.month[here][is_enough], self.fineness[here][is_enough], int(self.n[here].sum())

    def own_trends(self, interval: float) -> dict[int, Trend]:
        """Of each advertiser with months enough."""
        found = {code: own_trend(*self.of(code)[:2], interval) for code in np.unique(self.advertiser).tolist()}
        return {code: trend for code, trend in found.items() if trend is not None}


def _advertisers(ads: Ads, months: _Months, own: dict[int, Trend], said: dict[int, list[str]]) -> pa.Table:
    order = np.argsort(ads.advertiser, kind="stable")
    ends = np.searchsorted(ads.advertiser[order], np.arange(len(ads.advertiser_ids) + 1))
    q_values = dict(zip(own, false_share([trend.p_value for trend in own.values()]), strict=True))
    beneficiaries, sizes = _named(ads, "beneficiary"), _sizes(ads)
    pages = ads.page_ids.to_pylist()
    rows: list[dict[str, Any]] = []
    for code, name in enumerate(ads.advertiser_names):
        here = order[ends[code] : ends[code + 1]]
        told = sizes[1][np.isin(sizes[0], here)] if sizes[0].size else np.zeros((0, 2))
        rows.append(
            {
                "advertiser_id": ads.advertiser_ids[code],
                "advertiser": name,
                "platform": ads.advertiser_platform[code],
                "sources": sorted(set(ads.source[here].tolist())),
                **_counts(ads, here),
                **_amounts(ads, here),
                **_aim(ads, here),
                "audience_low": float(np.median(told[:, 0])) if len(told) else None,
                "audience_high": float(np.median(told[:, 1])) if len(told) else None,
                **_own_trend(months, code, own.get(code), q_values.get(code)),
                "page_ids": _most([pages[row] for row in here.tolist()]),
                "beneficiaries": _most([one for row in here.tolist() for one in beneficiaries.get(row, ())]),
                "subjects": said.get(code, []),
            }
        )
    counted = np.array([max(row["n_ads"], row["n_reported"] or 0) for row in rows], np.int64)
    spent = np.array([row["spend_low"] or 0.0 for row in rows])
    private = may_be_private([row["advertiser"] for row in rows], counted, spent)
    # Whoever gave a platform lists of contacts, or was seen in an own archive alone, is told there as an organisation.
    rows = [
        {**row, "may_be_private": one and not {"archive", "list"} & set(row["sources"])}
        for row, one in zip(rows, private, strict=True)
    ]
    rows.sort(key=lambda row: (-(row["spend_low"] or -1.0), -row["n_ads"], row["advertiser_id"]))
    return pa.Table.from_pylist(rows, schema=ADVERTISERS)


def _counts(ads: Ads, here: Whole) -> dict[str, Any]:
    source, n, month = ads.source[here], ads.n[here], ads.month[here]
    is_report = source == "report"
    dated = month[month != NO_MONTH]
    return {
        "n_ads": int(n[~is_report].sum()),
        "n_reported": int(n[is_report].sum()) if is_report.any() else None,
        "n_disclaimed": max(int(n[(source == one) & ads.has_payer[here]].sum()) for one in ("library", "report")),
        "first_month": first_day(int(dated.min())) if dated.size else None,
        "last_month": first_day(int(dated.max())) if dated.size else None,
    }


def _amounts(ads: Ads, here: Whole) -> dict[str, Any]:
    """What it paid, from reports where there are some, in the currency of most of its advertisements."""
    told = here[ads.currency[here] >= 0]
    basis = next((one for one in ("report", "library", "archive") if (ads.source[told] == one).any()), None)
    rows = told[ads.source[told] == basis] if basis else told
    by_currency = np.bincount(ads.currency[rows], ads.n[rows]) if rows.size else np.zeros(1)
    currency = int(by_currency.argmax())
    paid = rows[ads.currency[rows] == currency]
    low, high, _ = (one[0] for one in interval_sums(*_ends(ads.spend_low, ads.spend_high, paid), 1))
    seen = here[~np.isnan(ads.seen_low[here])]
    seen_low, seen_high, _ = (one[0] for one in interval_sums(*_ends(ads.seen_low, ads.seen_high, seen), 1))
    return {
        "spend_basis": basis,
        "currency": ads.currencies[currency] if basis else None,
        "n_currencies": int(np.unique(ads.currency[told]).size),
        "n_with_spend": int(ads.n[paid].sum()),
        "spend_low": None if np.isnan(low) else float(low),
        "spend_high": None if np.isnan(high) else float(high),
        "impressions_low": None if np.isnan(seen_low) else int(seen_low),
        "impressions_high": None if np.isnan(seen_high) else int(seen_high),
    }


def _ends(low: Real, high: Real, rows: Whole) -> tuple[Real, Real, Whole]:
    return low[rows], high[rows], np.zeros(rows.size, np.int64)


def _aim(ads: Ads, here: Whole) -> dict[str, Any]:
    if not ads.ways.is_told[here].any():
        return {"n_classes": None, "classes": None}
    n_using = ads.ways.narrows[here].sum(axis=0).tolist()
    used = [name for name, n in zip(WAYS, n_using, strict=True) if n]
    return {"n_classes": len(used), "classes": used}


def _own_trend(months: _Months, code: int, trend: Trend | None, q_value: float | None) -> dict[str, Any]:
    month, fineness, n_told = months.of(code)
    return {
        "n_told": n_told,
        "n_months": int(month.size),
        "fineness_first": float(fineness[0]) if month.size else None,
        "fineness_last": float(fineness[-1]) if month.size else None,
        "trend": trend and trend.slope,
        "trend_low": trend and trend.low,
        "trend_high": trend and trend.high,
        "p_value": trend and trend.p_value,
        "q_value": q_value,
        "grows_finer": None if trend is None else _side(trend, q_value) == "finer",
    }


def _side(trend: Trend, q_value: float | None) -> str:
    """A verdict that holds among all advertisers that were looked at."""
    return trend.verdict if q_value is not None and q_value <= CHANCE else "flat"


def _trends(ads: Ads, months: _Months, own: dict[int, Trend], interval: float) -> pa.Table:
    q_values = dict(zip(own, false_share([trend.p_value for trend in own.values()]), strict=True))
    rows = []
    for platform, name in enumerate(ads.platforms):
        for source in ("library", "archive"):
            here = ads.is_single & (ads.platform == platform) & (ads.source == source)
            if here.any():
                rows.append({"platform": name, "source": source, **_common(ads, here, months, own, q_values, interval)})
    return pa.Table.from_pylist(rows, schema=ADVERTISING_TRENDS)


def _common(
    ads: Ads, here: Yes, months: _Months, own: dict[int, Trend], q_values: dict[int, float], interval: float
) -> dict[str, Any]:
    dated = here & ads.is_of_trend
    n = ads.n[dated]
    who = np.unique(ads.advertiser[dated & (ads.advertiser >= 0)])
    cell = np.isin(months.advertiser, who)
    trend = common_trend(months.advertiser[cell], months.month[cell], months.n[cell], months.fineness[cell], interval)
    by_advertiser = np.bincount(ads.advertiser[dated] + 1, n)[1:] if n.size else np.zeros(0)
    sides = [_side(own[code], q_values[code]) for code in who.tolist() if code in own]
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


def _named(ads: Ads, kind: str) -> dict[int, list[str]]:
    """Values of one type of criterion, by row."""
    row, values = _values(ads, kind)
    found: dict[int, list[str]] = {}
    for place, value in zip(row.tolist(), values, strict=True):
        found.setdefault(place, []).append(value)
    return found


def _sizes(ads: Ads) -> tuple[Whole, Real]:
    """Rows of which the size of the audience is estimated, and both ends of it; an open end is infinite."""
    row, values = _values(ads, "estimated_audience")
    ends = [value.partition("-")[::2] for value in values]
    sizes = [(float(low or 0), float(high) if high else float("inf")) for low, high in ends]
    return row, np.array(sizes, np.float64).reshape(-1, 2)


def _values(ads: Ads, kind: str) -> tuple[Whole, list[str]]:
    column = ads.criteria.combine_chunks()
    flat = pc.list_flatten(column)
    is_kind = pc.fill_null(pc.equal(pc.struct_field(flat, "type"), kind), fill_value=False)
    row = pc.list_parent_indices(column).filter(is_kind).to_numpy(zero_copy_only=False).astype(np.int64)
    return row, pc.fill_null(pc.struct_field(flat, "value"), "").filter(is_kind).to_pylist()


def _most(values: list[str | None]) -> list[str]:
    """Distinct values, the commonest first."""
    counted: dict[str, int] = {}
    for value in values:
        if value:
            counted[value] = counted.get(value, 0) + 1
    return sorted(counted, key=lambda one: (-counted[one], one))[:_MOST_NAMES]


def _caveats(ads: Ads) -> tuple[Caveat, ...]:
    found = []
    library = ads.source == "library"
    n_library, single = int(ads.n[library].sum()), ads.is_single
    n_untold = int(ads.n[single & ~ads.ways.is_told].sum())
    n_undated = int(ads.n[single & (ads.month == NO_MONTH)].sum())
    if n_library:
        told = mark(
            "public libraries tell ages, sexes and places, never interests, lists or look-alikes: {n} advertisements"
            " may be aimed more finely than shown"
        )
        found.append(Caveat(told, {"n": n_library}))
    if n_untold:
        found.append(
            Caveat("by what {n} advertisements were aimed is not told; they stand in no fineness", {"n": n_untold})
        )
    if n_undated:
        found.append(Caveat("{n} advertisements have no date and stand in no month", {"n": n_undated}))
    if ads.ways.n_unread:
        unread = mark("{n} criteria of advertisements could not be made out and count as none")
        found.append(Caveat(unread, {"n": ads.ways.n_unread}))
    used = sorted({ads.currencies[code] for code in ads.currency.tolist() if code >= 0})
    if len(used) > 1:
        found.append(
            Caveat("spend is told in {names}; currencies are never added together", {"names": ", ".join(used)})
        )
    if ads.n_reports_left:
        left = mark("{n} reports of advertisers tell of days that another one tells of; the sums leave them out")
        found.append(Caveat(left, {"n": ads.n_reports_left}))
    return tuple(found)

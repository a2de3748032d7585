"""Advertisements -> one row an advertiser: what it had shown and paid, by which ways it aims, and for whom."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.advertising.ads import NO_MONTH, Ads, Real, Whole, first_day
from ascendant.patterns.advertising.months import Months, own_columns
from ascendant.patterns.advertising.payers import may_be_private
from ascendant.patterns.advertising.sums import interval_sums
from ascendant.patterns.advertising.tables import ADVERTISERS
from ascendant.patterns.advertising.ways import WAYS

_MOST_NAMES: Final = 20  # pages and beneficiaries of an advertiser


def advertisers(ads: Ads, months: Months, said: dict[int, list[str]]) -> pa.Table:
    """The table of `ADVERTISERS`; `said` are the subjects by the code of the advertiser."""
    order = np.argsort(ads.advertiser, kind="stable")
    ends = np.searchsorted(ads.advertiser[order], np.arange(len(ads.advertiser_ids) + 1))
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
                **own_columns(months, code),
                "page_ids": _most([pages[row] for row in here.tolist()]),
                "beneficiaries": _most([one for row in here.tolist() for one in beneficiaries.get(row, ())]),
                "subjects": said.get(code, []),
            }
        )
    private = _private(rows, ads.organisations)
    rows = [{**row, "may_be_private": one} for row, one in zip(rows, private, strict=True)]
    rows.sort(key=lambda row: (-(row["spend_low"] or -1.0), -row["n_ads"], row["advertiser_id"]))
    return pa.Table.from_pylist(rows, schema=ADVERTISERS)


def _private(rows: list[dict[str, Any]], organisations: frozenset[str]) -> list[bool]:
    """Of each advertiser, whether it may be a private person.

    An organisation by what its own page declares is none. Whoever gave a platform lists of contacts, or was seen in an
    own archive alone, is told there as an organisation.
    """
    counted = np.array([max(row["n_ads"], row["n_reported"] or 0) for row in rows], np.int64)
    spent = np.array([row["spend_low"] or 0.0 for row in rows])
    private = may_be_private([row["advertiser"] for row in rows], counted, spent)
    return [
        one and row["advertiser_id"] not in organisations and not {"archive", "list"} & set(row["sources"])
        for row, one in zip(rows, private, strict=True)
    ]


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

"""What libraries tell of delivery -> whom advertisements reached: ages, sexes, regions, each share with its bounds.

A library gives shares of the times that an advertisement was shown, and an interval of these times; in the European
Union also counts of people reached. A share of several advertisements is bounded by letting each weigh anywhere in its
interval. Of a platform the basis is taken that tells of more advertisements; times and people are not mixed.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.advertising.ads import Ads, Real, Whole
from ascendant.patterns.advertising.tables import ADVERTISING_AUDIENCE

KINDS: Final = ("age", "sex", "region")
MOST_ADVERTISERS: Final = 200  # with most advertisements, told one by one
_MOST_VALUES: Final = 20  # of a kind
_OPEN: Final = 1e15  # times shown, where a library gives no upper end


def audience(ads: Ads, private: set[str]) -> pa.Table:
    """The table of `ADVERTISING_AUDIENCE`; empty where no delivery is told."""
    facts = [*_shown(ads), *_people(ads)]
    rows: list[dict[str, Any]] = []
    n_by = np.bincount(ads.advertiser[ads.advertiser >= 0], minlength=len(ads.advertiser_ids))
    first = set(np.argsort(-n_by, kind="stable")[:MOST_ADVERTISERS].tolist())
    for platform, name in enumerate(ads.platforms):
        for kind in KINDS:
            told = [one for one in facts if one.kind == kind]
            held = [one.of(ads.platform[one.ad] == platform) for one in told]
            held = [one for one in held if one.ad.size]
            if not held:
                continue
            best = max(held, key=lambda one: np.unique(one.ad).size)
            rows += [{"advertiser_id": None, "platform": name, **row} for row in best.shares()]
            who = ads.advertiser[best.ad]
            for code in np.unique(who).tolist():
                if code in first:
                    own = best.of(who == code).shares()
                    rows += [{"advertiser_id": ads.advertiser_ids[code], "platform": name, **row} for row in own]
    rows = [{**row, "may_be_private": row["advertiser_id"] in private} for row in rows]
    return pa.Table.from_pylist(rows, schema=ADVERTISING_AUDIENCE)


class _Facts:
    """Shares of one kind: each of an advertisement and a value, and how much the advertisement may weigh."""

    def __init__(self, kind: str, basis: str, ad: Whole, value: Any, share: Real, low: Real, high: Real) -> None:
        self.kind, self.basis, self.ad, self.value, self.share = kind, basis, ad, np.asarray(value), share
        self.low, self.high = low, high  # of the advertisement of each row

    def of(self, here: Any) -> _Facts:
        """Some of the rows."""
        columns = (self.ad, self.value, self.share, self.low, self.high)
        ad, value, share, low, high = (column[here] for column in columns)
        return _Facts(self.kind, self.basis, ad, value, share, low, high)

    def shares(self) -> list[dict[str, Any]]:
        """The share of each value, the largest first."""
        ads, place, row = np.unique(self.ad, return_index=True, return_inverse=True)
        low, high = self.low[place], self.high[place]
        middle = np.where(high >= _OPEN, low, (low + high) / 2)
        middle = middle if middle.sum() > 0 else np.ones(ads.size)
        values, which = np.unique(self.value, return_inverse=True)
        found = []
        for number, value in enumerate(values.tolist()):
            share = np.zeros(ads.size)
            np.add.at(share, row[which == number], self.share[which == number])
            found.append(
                {
                    "kind": self.kind, "value": value, "share": float(share @ middle / middle.sum()),
                    "low": 1 - _most(1 - share, low, high), "high": _most(share, low, high),
                    "basis": self.basis, "n_ads": int(ads.size),
                }
            )  # fmt: skip
        found.sort(key=lambda one: (-one["share"], one["value"]))
        return found[:_MOST_VALUES]


def _most(share: Real, low: Real, high: Real) -> float:
    """The largest mean of the shares, with weights anywhere in their intervals.

    The largest shares weigh the most that they can, the others the least; where one ends and the other begins is tried.

    >>> _most(np.array([1.0, 0.0]), np.array([1.0, 1.0]), np.array([3.0, 3.0]))
    0.75
    """
    order = np.argsort(-share, kind="stable")
    share, low, high = share[order], low[order], high[order]
    above = np.cumsum(high * share) - np.cumsum(low * share) + (low * share).sum()
    below = np.cumsum(high) - np.cumsum(low) + low.sum()
    none = float((low * share).sum() / low.sum()) if low.sum() > 0 else 0.0
    tried = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return min(1.0, max(none, float(tried.max())))


def _told(ads: Ads, name: str, n_parts: int) -> tuple[Whole, list[Any]]:
    """The advertisements and the parts of criteria of one type; those with another number of parts are left out."""
    column = ads.criteria.combine_chunks()
    flat = pc.list_flatten(column)
    ad = pc.list_parent_indices(column).to_numpy(zero_copy_only=False).astype(np.int64)
    is_here = pc.fill_null(pc.equal(pc.struct_field(flat, "type"), name), fill_value=False)
    parts = pc.split_pattern(pc.fill_null(pc.struct_field(flat, "value").filter(is_here), ""), "|")
    fits = pc.equal(pc.list_value_length(parts), n_parts)
    ad = ad[is_here.to_numpy(zero_copy_only=False)][fits.to_numpy(zero_copy_only=False)]
    parts = parts.filter(fits)
    return ad, [pc.list_element(parts, place) for place in range(n_parts)]


def _numbers(written: pa.Array) -> Real:
    found = []
    for one in written.to_pylist():
        try:
            found.append(float(one))
        except ValueError:
            found.append(float("nan"))
    return np.array(found, np.float64)


def _shown(ads: Ads) -> list[_Facts]:
    """Shares of the times shown, of advertisements of which these times are told."""
    found = []
    for name, kinds in (("delivered_age_gender", ("age", "sex")), ("delivered_region", ("region",))):
        ad, parts = _told(ads, name, len(kinds) + 1)
        share = _numbers(parts[-1]) if ad.size else np.zeros(0)
        low, high = ads.seen_low[ad], ads.seen_high[ad]
        is_good = (share >= 0) & (share <= 1) & ~np.isnan(low)
        high = np.where(np.isnan(high), _OPEN, high)
        for kind, values in zip(kinds, parts, strict=False):
            value = np.array(values.to_pylist(), object)[is_good].astype(str)
            found.append(_Facts(kind, "shown", ad[is_good], value, share[is_good], low[is_good], high[is_good]))
    return found


def _people(ads: Ads) -> list[_Facts]:
    """Shares of the people reached: counts, so that an advertisement weighs exactly what it reached."""
    ad, parts = _told(ads, "delivered_reach", 4)
    if not ad.size:
        return []
    n = _numbers(parts[3])
    is_good = n >= 0
    ad, n = ad[is_good], n[is_good]
    total = np.bincount(ad, n)[ad].astype(np.float64)
    share = np.divide(n, total, out=np.zeros_like(n), where=total > 0)
    values = [np.array(one.to_pylist(), object)[is_good].astype(str) for one in parts[1:3]]
    return [_Facts(kind, "people", ad, value, share, total, total) for kind, value in zip(KINDS, values, strict=False)]

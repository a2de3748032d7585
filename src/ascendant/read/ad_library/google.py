"""A row of Google's political advertisements (`creative-stats`) -> one advertisement, with its intervals.

The table gives the cost again in each currency. Only the currency that was paid in has more than its lowest bucket:
it is the one that is kept; else the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ascendant.activity import Account, Activity, Ad
from ascendant.read.intervals import interval
from ascendant.read.known_tables import NO_ID, Columns, News, Row
from ascendant.read.tabular.cells import Unreadable

NEEDED: Final = frozenset({"ad_id", "advertiser_id", "advertiser_name", "impressions", "date_range_start"})

_LOWEST: Final = re.compile(r"spend_range_min_([a-z]{3})")
_NOT_TARGETED: Final = frozenset({"not targeted", "none", "n/a"})
_TARGETING: Final = {
    "age_targeting": "target_age",
    "gender_targeting": "target_gender",
    "geo_targeting_included": "target_location",
    "geo_targeting_excluded": "excluded_location",
}


class GoogleAds:
    """Reads the rows of one file."""

    def __init__(self, columns: Columns) -> None:
        self.notes: list[str] = []
        self._currencies = [found[1] for name in columns if (found := _LOWEST.fullmatch(name))]
        self._news = News()

    def read(self, row: Row, pointer: str) -> Iterator[Activity | Account]:
        """The advertisement, and who paid for it."""
        key, advertiser, name = row.key("ad_id"), row.key("advertiser_id"), row.text("advertiser_name")
        if key is None:
            raise Unreadable(NO_ID)
        first, last = row.time("date_range_start"), row.text("date_range_end")
        time = row.time("first_served_timestamp") or first
        seen = interval(row.text("impressions"))
        low, high, currency = self._spend(row)
        missing = ["actor_id"] if advertiser is None else []
        missing += ["happened_at"] if time is None else []
        window = f"{(row.text('date_range_start') or '').strip()}/{(last or '').strip()}"
        yield Activity(
            activity_id=f"google:ad-{key}",
            platform="google",
            verb="targeted",
            actor_id=f"google:{advertiser}" if advertiser is not None else None,
            object_id=f"google:{key}",
            object_kind="ad",
            happened_at=time[0] if time else None,
            time_precision=time[1] if time else None,
            time_basis=time[2] if time else None,
            ad=Ad(
                advertiser=name,
                criteria=(*_criteria(row), *([("delivery_window", window, "platform")] if window != "/" else [])),
                currency=currency,
                spend_low=low,
                spend_high=high,
                impressions_low=seen[0] if seen is not None else None,
                impressions_high=seen[1] if seen is not None else None,
            ),
            missing=tuple(missing) or None,
            source_pointer=pointer,
        )
        if advertiser is not None:
            account = Account(
                account_id=f"google:{advertiser}",
                platform="google",
                name=name,
                declared_kind="advertiser",
                resolved="exact",
            )
            if self._news.about(account):
                yield account

    def _spend(self, row: Row) -> tuple[float | None, float | None, str | None]:
        found = []
        for currency in self._currencies:
            low, high = row.count(f"spend_range_min_{currency}"), row.count(f"spend_range_max_{currency}")
            if low is not None and low >= 0 and (high is None or high >= low):
                found.append((float(low), float(high) if high is not None else None, currency.upper()))
        if not found:
            bucket = interval(row.text("spend_usd"))  # until 2019
            low, high = bucket if bucket is not None else (None, None)
            return (
                float(low) if low is not None else None,
                float(high) if high is not None else None,
                "USD" if bucket else None,
            )
        return next((one for one in found if one[0] > 0), found[0])


def _criteria(row: Row) -> Iterator[tuple[str, str, str]]:
    for column, kind in _TARGETING.items():
        for value in (row.text(column) or "").split(","):
            if value.strip() and value.strip().lower() not in _NOT_TARGETED:
                yield kind, value.strip(), "demographic"
    for region in (row.text("regions") or "").split(","):
        if region.strip():
            yield "region", region.strip(), "platform"

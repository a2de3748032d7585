"""What is known of advertising: tables by name, with the meaning of each column.

`source` says what an advertisement was taken from: `library` (a public library of single advertisements), `report` (a
library's sums over a window of days), `archive` (advertisements shown to the owner of an own export), `list` (an
advertiser that gave the platform a list with the owner on it). The same euros stand in a library and in its report:
sums are never taken over several sources, nor over several currencies. Months are of the study's time zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from ascendant.errors import Caveat

ANY, NONE, UNTOLD = "any", "none", "untold"
SOURCES: Final = ("library", "report", "archive", "list")

ADVERTISING: Final = pa.schema(
    [
        ("advertiser_id", pa.string()),  # account of the page, or platform:payer:name; null where nobody is named
        ("advertiser", pa.string()),  # as it calls itself
        ("may_be_private", pa.bool_()),  # named like a person, with few advertisements: goes by a pseudonym
        ("platform", pa.string()),
        ("source", pa.string()),  # library, report, archive, list
        ("month", pa.date32()),  # first day of the month in which it began, or was shown; null when unknown
        # One of `ways.WAYS`; any: each advertisement once; none: aimed at everybody of a country; untold: not known.
        # An advertisement stands in a row for each way that it uses: but for `any`, rows do not add up.
        ("criteria_class", pa.string()),  # way of choosing an audience; any: each advertisement once; none; untold
        ("n_ads", pa.int64()),  # advertisements; in an archive, times that one was shown; 0 for lists
        ("n_criteria", pa.int64()),  # distinct criteria of that class: two interests, one place
        ("n_with_spend", pa.int64()),  # of n_ads, those of which the spend is told
        ("currency", pa.string()),  # null where no spend is told
        ("spend_low", pa.float64()),  # sum of the lowest that they can have cost; null where none is told
        ("spend_high", pa.float64()),  # of the highest; null where one has no upper end
        ("impressions_low", pa.int64()),  # times shown, at least
        ("impressions_high", pa.int64()),  # at most
    ]
)
ADVERTISERS: Final = pa.schema(
    [
        ("advertiser_id", pa.string()),  # account of the page, or platform:payer:name
        ("advertiser", pa.string()),  # as it calls itself
        ("platform", pa.string()),
        ("may_be_private", pa.bool_()),  # named like a person, with few advertisements: goes by a pseudonym
        ("sources", pa.list_(pa.string())),  # library, report, archive, list
        ("n_ads", pa.int64()),  # held one by one; in an archive, times shown
        ("n_reported", pa.int64()),  # that reports count; null without a report
        ("n_disclaimed", pa.int64()),  # that say who paid: of those held one by one or of those reported, where more do
        ("first_month", pa.date32()),  # of those with a date
        ("last_month", pa.date32()),  # and the last
        ("spend_basis", pa.string()),  # report where there is one, else library; null where no spend is told
        ("currency", pa.string()),  # that of most of its advertisements
        ("n_currencies", pa.int64()),  # the others are in `advertising` only
        ("n_with_spend", pa.int64()),  # advertisements of which the spend is told
        ("spend_low", pa.float64()),  # sum of the lowest that they can have cost
        ("spend_high", pa.float64()),  # null: no upper end is known
        ("impressions_low", pa.int64()),  # times shown, at least
        ("impressions_high", pa.int64()),  # at most
        ("n_classes", pa.int64()),  # ways that it uses at all; null where nothing is told of its aim
        ("classes", pa.list_(pa.string())),  # these ways
        ("audience_low", pa.float64()),  # median of the sizes of audience that the platform estimates
        ("audience_high", pa.float64()),  # the same of their upper ends
        ("n_told", pa.int64()),  # dated advertisements of which the aim is told
        ("n_months", pa.int64()),  # with at least `trend.FEWEST_ADS` of them
        ("fineness_first", pa.float64()),  # mean number of ways in the first of these months
        ("fineness_last", pa.float64()),  # in the last of them
        ("trend", pa.float64()),  # ways more a month; null with too few months
        ("trend_low", pa.float64()),
        ("trend_high", pa.float64()),
        ("p_value", pa.float64()),  # chance of as much, up or down, where nothing changes
        ("q_value", pa.float64()),  # share of false ones among all advertisers as surely told
        ("grows_finer", pa.bool_()),  # null: cannot be told; false: a trend was looked for, and none upwards was found
        ("page_ids", pa.list_(pa.string())),  # pages that it paid for, the most advertised first
        ("beneficiaries", pa.list_(pa.string())),  # for whom it says to have paid
        ("subjects", pa.list_(pa.string())),  # sites that its advertisements lead to, and words that set them apart
    ]
)
ADVERTISING_AUDIENCE: Final = pa.schema(
    [
        ("advertiser_id", pa.string()),  # null: all advertisers of the platform together
        ("may_be_private", pa.bool_()),  # goes by a pseudonym
        ("platform", pa.string()),
        ("kind", pa.string()),  # age, sex, region
        ("value", pa.string()),  # as the platform writes it
        ("share", pa.float64()),  # of those reached
        ("low", pa.float64()),  # with the weights of the advertisements anywhere in their intervals
        ("high", pa.float64()),
        ("basis", pa.string()),  # shown: of times shown (intervals); people: of people reached (counts)
        ("n_ads", pa.int64()),  # advertisements of which the delivery is told
    ]
)
ADVERTISING_TRENDS: Final = pa.schema(
    [
        ("platform", pa.string()),
        ("source", pa.string()),  # library or archive
        ("n_ads", pa.int64()),  # dated, with a told aim
        ("n_untold", pa.int64()),  # of whose aim nothing is told
        ("n_undated", pa.int64()),  # without a date
        ("n_advertisers", pa.int64()),  # who paid for these
        ("n_compared", pa.int64()),  # advertisers with two months or more, which the trend compares with themselves
        ("n_months", pa.int64()),  # with such advertisements
        ("first_month", pa.date32()),  # the first of them
        ("last_month", pa.date32()),  # and the last
        ("fineness", pa.float64()),  # mean number of ways of an advertisement
        ("largest_share", pa.float64()),  # of these advertisements, those of one advertiser
        ("trend", pa.float64()),  # ways more a month, within advertisers; null with too little
        ("low", pa.float64()),  # 90 % interval
        ("high", pa.float64()),
        ("p_value", pa.float64()),  # chance of as much, up or down, where nothing changes
        ("verdict", pa.string()),  # finer, coarser, flat (neither can be told), too_few, untold
        ("n_tested", pa.int64()),  # advertisers with months enough for a trend of their own
        ("n_finer", pa.int64()),  # of these, those that grow finer
        ("n_coarser", pa.int64()),  # that grow coarser
    ]
)
SCHEMAS: Final = {
    "advertising": ADVERTISING,
    "advertisers": ADVERTISERS,
    "advertising_audience": ADVERTISING_AUDIENCE,
    "advertising_trends": ADVERTISING_TRENDS,
}


@dataclass(frozen=True)
class Advertising:
    """Tables by name (`SCHEMAS`), and what they cannot say. Without advertisements all are empty."""

    tables: dict[str, pa.Table]
    caveats: tuple[Caveat, ...]

    @property
    def advertising(self) -> pa.Table:
        """A row an advertiser, class of criteria, month and currency."""
        return self.tables["advertising"]

    @property
    def advertisers(self) -> pa.Table:
        """A row an advertiser."""
        return self.tables["advertisers"]

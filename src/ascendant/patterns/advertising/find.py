"""Advertisements of a study -> who pays to reach whom, on what, and whether the aim grows finer.

advertising = find_advertising(questions, zone)     # tables of `advertising.tables`, and what they cannot say
"""

from __future__ import annotations

from ascendant.errors import Caveat, mark
from ascendant.infer.named import Questions
from ascendant.patterns.advertising.ads import NO_MONTH, Ads, read_ads
from ascendant.patterns.advertising.advertisers import advertisers
from ascendant.patterns.advertising.audience import audience
from ascendant.patterns.advertising.months import Months, trends
from ascendant.patterns.advertising.subjects import subjects
from ascendant.patterns.advertising.sums import advertising
from ascendant.patterns.advertising.tables import SCHEMAS, Advertising


def find_advertising(questions: Questions, zone: str = "UTC", interval: float = 0.9) -> Advertising:
    """Every table of `tables.SCHEMAS`; months are of `zone`."""
    rows = questions.ask("advertising")
    if not rows.num_rows:
        return Advertising({name: schema.empty_table() for name, schema in SCHEMAS.items()}, ())
    ads = read_ads(rows, zone)
    months = Months(ads, interval)
    payers = advertisers(ads, months, subjects(questions, ads))
    private = set(payers.filter(payers["may_be_private"])["advertiser_id"].to_pylist())
    tables = {
        "advertising": advertising(ads, private),
        "advertisers": payers,
        "advertising_audience": audience(ads, private),
        "advertising_trends": trends(ads, months, interval),
    }
    return Advertising(tables, _caveats(ads))


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

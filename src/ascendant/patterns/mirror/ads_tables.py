"""Who targets the owner, and by what: columns of these tables of the mirror, and their meaning."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from ascendant.patterns.mirror.columns import number as _float
from ascendant.patterns.mirror.columns import schema as _schema
from ascendant.patterns.mirror.columns import text as _text
from ascendant.patterns.mirror.columns import time as _time
from ascendant.patterns.mirror.columns import whole as _whole
from ascendant.patterns.mirror.columns import yes as _yes

ADS: Final = {
    "advertisers": _schema(
        ("platform", _text, ""),
        ("advertiser", _text, "as the platform calls it; null where an ad names none"),
        ("account_id", _text, "its account where the archive tells"),
        ("n_shown", _whole, "ads shown to the owner"),
        ("n_opened", _whole, "ads that the owner opened or answered on purpose"),
        ("by_list", _yes, "it uploaded contact data in which the owner is; this and what follows: null where not told"),
        ("by_lookalike", _yes, "it asked for people like its customers"),
        ("by_visit", _yes, "the owner used its site, app or shop (retargeting, store visit)"),
        ("by_criteria", _yes, "by what the platform thinks of the owner: interests, age, place ..."),
        ("first_at", _time, "first ad with a time"),
        ("last_at", _time, ""),
    ),
    "criteria": _schema(
        ("platform", _text, ""),
        ("class", _text, "demographic, interest, behaviour, context, lookalike, uploaded_list, retargeting, platform"),
        ("type", _text, "as the platform calls it: Age, Locations, Follower look-alikes ..."),
        ("value", _text, "as the platform writes it; may be empty"),
        ("n_shown", _whole, "ads shown by it"),
        ("n_advertisers", _whole, "distinct advertisers that used it"),
    ),
    "ad_months": _schema(
        ("platform", _text, ""),
        ("month", pa.date32(), "first day; null: ads without a date"),
        (
            "criteria_class",
            _text,
            "one of advertising.ways.WAYS; any: all ads; none: nothing narrows; untold: no criteria",
        ),
        ("n_shown", _whole, "ads shown; one may stand in several classes"),
        ("n_advertisers", _whole, "distinct advertisers of these"),
    ),
    "ad_trend": _schema(
        ("platform", _text, ""),
        ("n_shown", _whole, "ads with a month and told criteria"),
        ("n_untold", _whole, "ads of which no criterion is told"),
        ("n_months", _whole, "months with enough of them"),
        ("first_month", pa.date32(), "of these months"),
        ("last_month", pa.date32(), ""),
        ("fineness", _float, "kinds of criteria by which an average ad narrowed whom it met; null where none is told"),
        ("trend", _float, "kinds more a month; null with too few months"),
        ("low", _float, "90 % interval"),
        ("high", _float, ""),
        ("p_value", _float, "chance of as much where nothing changes"),
        ("verdict", _text, "finer, coarser, flat, too_few, untold"),
    ),
    "inferred": _schema(
        ("platform", _text, ""),
        ("class", _text, "as in criteria"),
        ("type", _text, ""),
        ("value", _text, ""),
        (
            "is_declared",
            _yes,
            "the owner wrote it there (LinkedIn: profile, follows): not inferred",
        ),
    ),
    "trackers": _schema(
        ("platform", _text, "whom it was told to"),
        ("site", _text, "site, shop or app that told it"),
        ("n_events", _whole, ""),
        ("first_at", _time, ""),
        ("last_at", _time, ""),
    ),
}

"""Tables of advertising -> the section "Who pays to reach whom" of a briefing; nothing where a study holds no ads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from ascendant.errors import mark
from ascendant.report import advertising_aim_words as aim_words
from ascendant.report import advertising_words as words
from ascendant.report.advertising_names import is_hidden, shown_advertiser, shown_pages, shown_words
from ascendant.report.drawn import Drawn
from ascendant.report.inputs import BriefingInputs
from ascendant.report.language import Language
from ascendant.report.naming import Names

SHOWN_ADVERTISERS: Final = 12
_PAGES: Final = 5


def advertising_content(inputs: BriefingInputs, names: Names, language: Language) -> dict[str, Any] | None:
    """What a page and its JSON say of it; None without advertisements."""
    tables = inputs.tables
    if "advertisers" not in tables or not tables["advertisers"].num_rows:
        return None
    from ascendant.report.charts.advertising_aim import aim  # noqa: PLC0415  slow to start
    from ascendant.report.charts.advertising_payers import comparable, payers  # noqa: PLC0415  slow to start
    from ascendant.report.charts.theme import HALF  # noqa: PLC0415  slow to start
    from ascendant.report.drawings import given_of, shown_chart, small_chart  # noqa: PLC0415  slow to start

    source = language.say(mark("Source: {what}, as the platforms give them"), what=_sources(tables, language))
    given = given_of(inputs, language, source=source)
    narrow = replace(given, width=HALF)  # for telephones: its words stay large enough
    charts = {
        name: {**shown_chart(draw(given)), **small_chart(draw(narrow))}
        for name, draw in (("payers", payers), ("aim", aim))
    }
    every = comparable(tables["advertisers"])
    ranked = {row["advertiser_id"] for row in every}
    others = [row for row in tables["advertisers"].to_pylist() if row["advertiser_id"] not in ranked]
    others.sort(key=lambda row: (-row["n_ads"], row["advertiser_id"]))  # amounts of two currencies have no order
    first = [*every, *others][:SHOWN_ADVERTISERS]
    return {
        "title": words.title(every, names, language),
        "sentences": words.sentences(tables, names, language),
        "payers": charts["payers"],
        "aim": charts["aim"],
        "n_advertisers": tables["advertisers"].num_rows,
        "advertisers": [_advertiser(row, names, language) for row in first],
    }


def _sources(tables: Mapping[str, Any], language: Language) -> str:
    used = sorted({one for row in tables["advertisers"]["sources"].to_pylist() for one in row})
    return language.listed([language.say(_SOURCES[one]) for one in used])


def _advertiser(row: dict[str, Any], names: Names, language: Language) -> dict[str, Any]:
    hidden = is_hidden(row, names)
    others = [one for one in row["page_ids"] or () if one != row["advertiser_id"]]
    dates = [words.month_words(row[name], language) for name in ("first_month", "last_month")]
    return {
        "advertiser": shown_advertiser(row, names),
        "is_named": not hidden,
        **{name: row[name] for name in _FIGURES},
        "n_ads_words": Drawn(language.number(max(row["n_ads"], row["n_reported"] or 0))),
        "paid": words.amount(row["spend_low"], row["spend_high"], row["currency"], language),
        "when": dates[0] if dates[0] == dates[1] else "–".join(dates),
        "aimed_by": aim_words.classes_words(row, language),
        "grows_finer": row["grows_finer"],
        "trend_words": aim_words.trend_words(row, language),
        "pages": [] if hidden else shown_pages(others[:_PAGES], names),
        "subjects": [] if hidden else shown_words(row["subjects"] or [], names),
    }


_FIGURES: Final = (
    *("platform", "n_ads", "n_reported", "n_disclaimed", "currency", "spend_basis", "spend_low", "spend_high"),
    *("impressions_low", "impressions_high", "trend", "trend_low", "trend_high", "q_value"),
)
_SOURCES: Final = {
    "library": mark("public libraries of ads"),
    "report": mark("reports of such libraries"),
    "archive": mark("ads in own archives"),
    "list": mark("lists in own archives"),
}

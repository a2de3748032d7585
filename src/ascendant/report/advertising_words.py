"""Tables of advertising -> the sentences of its section: who pays, for whom, and whom it reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pyarrow as pa
from babel.numbers import format_currency

from ascendant.errors import mark
from ascendant.report.advertising_names import is_hidden, shown_advertiser, shown_pages
from ascendant.report.language import Language
from ascendant.report.naming import Names, safe_words

_SOME: Final = 3
Row = Mapping[str, Any]


def amount(low: float | None, high: float | None, currency: str | None, language: Language) -> str:
    """Two ends of an amount in words.

    >>> en = Language("en")
    >>> amount(100, 199, "EUR", en), amount(100, None, "USD", en), amount(0, 100, "EUR", en)
    ('€100 to €199', 'at least $100', 'at most €100')
    """
    if low is None or currency is None:
        return "–"
    if high is None:
        return language.say(mark("at least {amount}"), amount=money(low, currency, language))
    if low == high:
        return money(low, currency, language)
    if low == 0:
        return language.say(mark("at most {amount}"), amount=money(high, currency, language))
    ends = {"low": money(low, currency, language), "high": money(high, currency, language)}
    return language.say(mark("{low} to {high}"), **ends)


def money(value: float, currency: str, language: Language) -> str:
    """An amount in whole units of its currency."""
    form = "#,##0\u00a0¤" if language.code == "fr" else "¤#,##0"
    return str(format_currency(value, currency, form, locale=language.code, currency_digits=False))


def month_words(day: date | None, language: Language) -> str:
    """A month and its year.

    >>> month_words(date(2026, 3, 1), Language("fr"))
    'mars 2026'
    """
    if day is None:
        return "–"
    return language.date(day).split(" ", 1)[1]


def leaders(rows: Sequence[Row]) -> list[Row]:
    """Of advertisers paid in one currency, those of which none surely paid more."""
    told = [row for row in rows if row["spend_low"] is not None]
    most = max((row["spend_low"] for row in told), default=0.0)
    return [row for row in told if row["spend_high"] is None or row["spend_high"] >= most]


def title(rows: Sequence[Row], names: Names, language: Language) -> str:
    """Who pays most, as far as the intervals tell them apart; `rows` are those of one currency."""
    first = leaders(rows)
    if not first:
        return language.say(mark("Who advertises is told, and not what they paid"))
    if len(first) == 1:
        [one] = first
        paid = amount(one["spend_low"], one["spend_high"], one["currency"], language)
        return language.say(mark("{who} pays most: {amount}"), who=shown_advertiser(one, names), amount=paid)
    if len(first) <= _SOME:
        who = language.listed([shown_advertiser(one, names) for one in first])
        return language.say(mark("{who} may each have paid most: their intervals overlap"), who=who)
    return language.say(mark("{n} advertisers may have paid most: their intervals overlap"), n=len(first))


def sentences(tables: Mapping[str, pa.Table], names: Names, language: Language) -> list[str]:
    """What an analyst asks next; each only where the files tell it."""
    rows = tables["advertisers"].to_pylist()
    found = [_how_many(rows, language), _for_others(rows, names, language), _new(rows, names, language)]
    found += _reached(tables["advertising_audience"].to_pylist(), language)
    return [one for one in found if one]


def signed(value: float, language: Language) -> str:
    """A change with its sign.

    >>> signed(0.051, Language("fr")), signed(-0.2, Language("en"))
    ('+0,05', '−0.20')
    """
    return ("−" if value < 0 else "+") + language.number(abs(value), 2)


def _how_many(rows: Sequence[Row], language: Language) -> str:
    n_ads = sum(max(row["n_ads"], row["n_reported"] or 0) for row in rows)
    n_said = sum(row["n_disclaimed"] for row in rows)
    said = mark("{advertisers} had {ads} shown; {n} of these say who paid.")
    return language.say(
        said,
        advertisers=language.plural("One advertiser", "{n} advertisers", len(rows)),
        ads=language.plural("one ad", "{n} ads", n_ads),
        n=n_said,
    )


def _for_others(rows: Sequence[Row], names: Names, language: Language) -> str | None:
    """Who pays for pages of another name."""
    found = []
    for row in rows:
        others = [one for one in row["page_ids"] or () if one != row["advertiser_id"]]
        if others and {"library", "report"} & set(row["sources"]) and not is_hidden(row, names):
            found.append((shown_advertiser(row, names), shown_pages(others[:_SOME], names), len(others)))
    if not found:
        return None
    pairs = [
        language.say(
            mark("{who} for {pages}"), who=who, pages=language.listed([*pages, *_more(n - len(pages), language)])
        )
        for who, pages, n in found[:_SOME]
    ]
    return language.plural(
        "One advertiser pays for pages that bear another name: {pairs}.",
        "{n} advertisers pay for pages that bear another name, among them {pairs}.",
        len(found),
        pairs="; ".join(pairs),
    )


def _more(n: int, language: Language) -> list[str]:
    return [language.plural("one other page", "{n} other pages", n)] if n else []


def _new(rows: Sequence[Row], names: Names, language: Language) -> str | None:
    """Who is first seen in the last month; nothing where there is but one month."""
    dated = [row for row in rows if row["first_month"] is not None]
    last = max((row["last_month"] for row in dated), default=None)
    if last is None or all(row["first_month"] == last for row in dated):
        return None
    new = [row for row in dated if row["first_month"] == last]
    if not new:
        return None
    return language.plural(
        "One is first seen in {month}, the last month held: {who}.",
        "{n} are first seen in {month}, the last month held, among them {who}.",
        len(new),
        month=month_words(last, language),
        who=language.listed([shown_advertiser(row, names) for row in new[:_SOME]]),
    )


def _reached(rows: Sequence[Row], language: Language) -> list[str]:
    """The commonest age, sex and region of those reached, by platform."""
    found = []
    for kind, template in _REACHED.items():
        first = next((row for row in rows if row["kind"] == kind and row["advertiser_id"] is None), None)
        if first is not None:
            value = safe_words(first["value"], longest=40)
            sexes = {"female": mark("women"), "male": mark("men"), "unknown": mark("people whose sex is not known")}
            if kind == "sex":
                value = language.say(sexes.get(first["value"].casefold(), "{value}"), value=value)
            found.append(
                language.say(
                    template,
                    value=value,
                    share=language.percent(first["share"]),
                    interval=language.share_interval(first["low"], first["high"]),
                    ads=language.plural("one ad", "{n} ads", first["n_ads"]),
                )
            )
    return found


_REACHED: Final = {
    "sex": mark("Of those reached by {ads} of which the delivery is told, {share} are {value} (interval {interval})."),
    "age": mark("The age most reached by {ads} is {value}: {share} (interval {interval})."),
    "region": mark("The region most reached by {ads} is {value}: {share} (interval {interval})."),
}

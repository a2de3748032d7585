"""How finely advertisements are aimed -> sentences: whether the aim grows finer, and by which ways it narrows."""

from __future__ import annotations

from typing import Final

from ascendant.errors import mark
from ascendant.patterns.advertising.trend import CHANCE, FEWEST_ADVERTISERS, FEWEST_MONTHS
from ascendant.report.advertising_words import Row, month_words, signed
from ascendant.report.language import Language

WAYS: Final = {
    "age": mark("age"),
    "sex": mark("sex"),
    "place": mark("place"),
    "interest": mark("interests"),
    "behaviour": mark("what people do or look for"),
    "context": mark("what people are looking at"),
    "lookalike": mark("likeness to customers or visitors"),
    "uploaded_list": mark("a list of contacts"),
    "retargeting": mark("a visit to the site, app or shop"),
}


def aim_title(trend: Row, language: Language) -> str:
    """Whether the aim grows finer, as a finding."""
    facts = {"mean": language.number(trend["fineness"], 1)}
    if trend["verdict"] in ("finer", "coarser"):
        since, until = (month_words(trend[name], language) for name in ("first_month", "last_month"))
        finer = mark("The same advertisers aim more finely from {since} to {until}")
        coarser = mark("The same advertisers aim less finely from {since} to {until}")
        return language.say(finer if trend["verdict"] == "finer" else coarser, since=since, until=until)
    if trend["verdict"] == "flat":
        flat = mark("An ad narrows its audience by {mean} kinds of criteria on average; no trend can be told")
        return language.say(flat, **facts)
    few = mark("An ad narrows its audience by {mean} kinds of criteria on average; it is too early to tell a trend")
    return language.say(few, **facts)


def aim_sentences(trend: Row, language: Language) -> list[str]:
    """What the trend rests on, and what is not told."""
    found = []
    if trend["trend"] is not None:
        facts = {
            "change": signed(trend["trend"], language),
            "low": signed(trend["low"], language),
            "high": signed(trend["high"], language),
        }
        found.append(
            language.plural(
                "Compared with itself, one advertiser changes by {change} kinds of criteria an ad a month"
                " (interval {low} to {high}).",
                "Compared each with itself, {n} advertisers change by {change} kinds of criteria an ad a month"
                " (interval {low} to {high}).",
                trend["n_compared"],
                **facts,
            )
        )
    else:
        needed = {"advertisers": FEWEST_ADVERTISERS, "months": FEWEST_MONTHS}
        few = mark(
            "A trend is told from {advertisers} advertisers that can each be compared with themselves, over {months}"
            " months; here there are {n} of them and {n_months}."
        )
        found.append(language.say(few, n=trend["n_compared"], n_months=_months(trend["n_months"], language), **needed))
    if trend["n_tested"]:
        found.append(
            language.plural(
                "Of one advertiser with months enough, {finer} aims more finely and {coarser} less.",
                "Of {n} advertisers with months enough, {finer} aim more finely and {coarser} less.",
                trend["n_tested"], finer=trend["n_finer"], coarser=trend["n_coarser"],
            )
        )  # fmt: skip
    if trend["source"] == "library":
        found.append(
            language.say(
                mark(
                    "Public libraries tell ages, sexes and places alone. Interests, lists of contacts and look-alikes"
                    " are not told, so that an ad may be aimed more finely than it shows here."
                )
            )
        )
    if trend["n_untold"]:
        found.append(
            language.plural(
                "Of one more ad nothing is told of its aim: it is left out.",
                "Of {n} more ads nothing is told of their aim: they are left out.",
                trend["n_untold"],
            )
        )
    if (trend["largest_share"] or 0) >= 0.5 and trend["n_advertisers"] > 1:
        share = language.percent(trend["largest_share"])
        found.append(
            language.say(mark("One advertiser has {share} of these ads: the bars show it most of all."), share=share)
        )
    return found


def trend_words(row: Row, language: Language) -> str:
    """Whether one advertiser's aim grows finer, in a word and a number."""
    if row["trend"] is None:
        return language.say(mark("too few months")) if row["n_told"] else language.say(mark("not told"))
    side = mark("no trend")
    if row["q_value"] <= CHANCE and row["trend_low"] > 0:
        side = mark("finer")
    elif row["q_value"] <= CHANCE and row["trend_high"] < 0:
        side = mark("less fine")
    return language.say(side)


def classes_words(row: Row, language: Language) -> str:
    """By which kinds of criteria it aims."""
    if row["classes"] is None:
        return language.say(mark("not told"))
    return language.listed([language.say(WAYS[one]) for one in row["classes"]]) or language.say(
        mark("nothing narrower")
    )


def _months(n: int, language: Language) -> str:
    return language.plural("one month", "{n} months", n)

"""The advice of a mirror -> three things to do: what, with which effect, resting on what, and where to click."""

from __future__ import annotations

from typing import Any, Final

from ascendant.errors import mark
from ascendant.report.charts.called import platform_name
from ascendant.report.charts.dates import hour_words
from ascendant.report.language import Language
from ascendant.report.naming import Names, safe_words

_TITLES: Final = {
    "mute_sources": mark("Mute these accounts for a month"),
    "wait_before_passing": mark("Wait before you pass anything on"),
    "leave_lists": mark("Get off the lists of these advertisers"),
    "refuse_criteria": mark("Refuse ads chosen by what the network thinks of you"),
    "quiet_hours": mark("Keep these hours free of networks"),
    "widen_sources": mark("Widen the circle of those whom you read"),
}
_WHERE: Final = {
    "mute_sources": mark(
        "On the page of each account, open its menu and choose to mute or to unfollow it. The account is not told."
    ),
    "wait_before_passing": mark(
        "No setting does it: save the item, close the network, and come back to it later. What still seems worth it"
        " then, pass on with a word of yours."
    ),
    "leave_lists": mark(
        "In the settings for ads, look for the advertisers that use a list with you on it, and hide their ads; or write"
        " to them and ask that they erase your data."
    ),
    "refuse_criteria": mark("In the settings for privacy and ads, switch off personalised ads and interests."),
    "quiet_hours": mark(
        "In the settings of your telephone, the screen-time rules can close an application at given hours."
    ),
    "widen_sources": mark(
        "Follow a few accounts that you would not meet otherwise, and read them as a list, in the order of time, rather"
        " than in the order that the network chooses."
    ),
}  # fmt: skip
_OF: Final = {
    "moved_acts": mark("of your acts that others move"),
    "passed_without_words": mark("of what you pass on without a word"),
    "ads_shown": mark("of the ads that you are shown"),
}
_SHOWN: Final = 6  # subjects named


def advice(rows: list[dict[str, Any]], names: Names, language: Language, *, is_shared: bool) -> list[dict[str, Any]]:
    """Each thing to do in words, with its figures."""
    return [_one(row, names, language, is_shared=is_shared) for row in sorted(rows, key=lambda row: row["rank"])[:3]]


def _one(row: dict[str, Any], names: Names, language: Language, *, is_shared: bool) -> dict[str, Any]:
    say, key = language.say, row["key"]
    subjects = _subjects(row, names, language, is_shared=is_shared)
    return {
        "rank": row["rank"],
        "key": key,
        "platform": row["platform"] and platform_name(row["platform"]),
        "title": say(_TITLES[key]),
        "subjects": subjects[:_SHOWN],
        "n_more": max(0, len(row["subjects"] or ()) - _SHOWN) if subjects else 0,
        "where": say(_WHERE[key]),
        "measure": row["measure"],
        "of": say(_OF[row["measure"]]),
        "n": row["n"],
        "rests_on": _rests_on(row, language),
        "effect": row["effect"],
        "low": row["low"],
        "high": row["high"],
        "shown": _signed(row["effect"], language),
        "interval": _interval(row, language),
    }


def _subjects(row: dict[str, Any], names: Names, language: Language, *, is_shared: bool) -> list[str]:
    """Whom or what it is about; what the network thinks of the owner is left out of a page that is shared."""
    subjects = [str(one) for one in row["subjects"] or () if one]
    if row["key"] in ("mute_sources", "widen_sources"):
        return [names.shown(one) for one in subjects]
    if row["key"] == "quiet_hours":
        return [hour_words(int(one), language) if one.isdigit() else safe_words(one) for one in subjects]
    if row["key"] == "refuse_criteria" and is_shared:
        return []
    return [safe_words(one) for one in subjects]


def _rests_on(row: dict[str, Any], language: Language) -> str:
    n = row["n"] or 0
    if row["measure"] == "moved_acts":
        return language.plural("Rests on one act that others moved.", "Rests on {n} acts that others moved.", n)
    if row["measure"] == "passed_without_words":
        return language.plural(
            "Rests on one thing passed on without a word.", "Rests on {n} things passed on without a word.", n
        )
    return language.plural("Rests on one ad.", "Rests on {n} ads.", n)


def _signed(effect: float | None, language: Language) -> str | None:
    if effect is None:
        return None
    return ("\u2212" if effect < 0 else "+") + language.percent(abs(effect))


def _interval(row: dict[str, Any], language: Language) -> str | None:
    """Both ends without their sign where both are falls: the words beside it say which way."""
    low, high = row["low"], row["high"]
    if low is None or high is None:
        return None
    if high <= 0:
        return language.share_interval(-high, -low)
    return f"{_signed(low, language)} … {_signed(high, language)}"

"""What communities and topics are called on a chart, without telling of private persons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ascendant.errors import mark
from ascendant.report.charts.chart import FEWEST_PERSONS, Given
from ascendant.report.charts.font import fitted, width_of
from ascendant.report.charts.theme import TEXT
from ascendant.report.language import Language
from ascendant.report.naming import safe_words

_PLATFORMS: Final = {"x": "X", "facebook": "Facebook", "linkedin": "LinkedIn", "instagram": "Instagram"}
_WORDS: Final = 2  # hashtags that tell a community


def name_within(given: Given, account_id: str, width: float, *, size: float = TEXT, is_bold: bool = False) -> str:
    """The shown name of an account in a width: without its handle, then cut, where that is needed."""
    whole = given.names.shown(account_id)
    if width_of(whole, size, is_bold=is_bold) > width and " (@" in whole:
        whole = whole[: whole.rindex(" (@")]
    return fitted(whole, width, size, is_bold=is_bold)


def source_words(
    language: Language,
    *,
    platforms: Sequence[str],
    n_files: int,
    since: datetime | None,
    until: datetime | None,
    is_of_time: bool = False,
) -> str:
    """The line under each chart: what it was made from; `is_of_time` where acts that name nobody are told by time.

    >>> source_words(Language(), platforms=["x"], n_files=2, since=datetime(2026, 3, 1), until=None)
    "Source: 2 files, X, from 1 March 2026; acts that name another account's, as the files record them"
    """
    return language.say(
        mark("Source: {files}, {platforms}, {period}; links as the files record them, the rest told from time")
        if is_of_time
        else mark("Source: {files}, {platforms}, {period}; acts that name another account's, as the files record them"),
        files=language.plural("one file", "{n} files", n_files),
        platforms=language.listed([platform_name(platform) for platform in platforms]),
        period=language.window(since, until),
    )


def platform_name(platform: str) -> str:
    """A network by the name that people know.

    >>> platform_name("linkedin"), platform_name("bluesky")
    ('LinkedIn', 'bluesky')
    """
    return _PLATFORMS.get(platform, safe_words(platform))


def topic_words(given: Given, kind: str, topic: str) -> str:
    """A hashtag with its sign, or a site; a tag that is a private person's handle goes by the pseudonym.

    Only topics of ten accounts or more get here: what so many say is public, whom it names may not be.
    """
    if kind != "hashtag":
        return safe_words(given.names.hide_in(topic), longest=60)
    hidden = given.names.hide_in(f"@{topic}")
    is_private = not hidden.startswith("@")  # an unknown handle stays one: @…
    return "#" + safe_words(hidden if is_private else topic, longest=60)


def community_names(given: Given) -> dict[int, str]:
    """A number for each of the largest communities, with the hashtags that tell it from the others."""
    words: dict[int, list[str]] = {}
    for row in given.tables["community_topics"].to_pylist():
        if row["n_accounts"] >= FEWEST_PERSONS:
            words.setdefault(row["community"], []).append(topic_words(given, "hashtag", row["topic"]))
    return {
        community: " ".join([community_number(given, community), *words.get(community, [])[:_WORDS]])
        for community in given.tables["borders"]["community"].drop_null().to_pylist()
    }


def share_words(given: Given, share: float | None, low: float | None, high: float | None) -> str:
    """A share with its interval."""
    return f"{given.language.percent(share)} ({given.language.share_interval(low, high)})"


def counted(given: Given, n: int, of: int) -> str:
    """A number of accounts with its share."""
    return f"{given.language.number(n)} ({given.language.percent(n / of)})"


def community_number(given: Given, community: int) -> str:
    """People count from one."""
    return given.language.say(mark("Community {n}"), n=community + 1)

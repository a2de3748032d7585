"""Groups in words: what members do together, against what one would expect, and what else may explain it.

A group is a finding on times and objects. Nothing here says who asked whom, or what anybody meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ascendant.errors import mark
from ascendant.report.group_words import DOUBT
from ascendant.report.language import Language

GENERAL: Final = mark(
    "Acting together is no proof of an order, nor of deceit: a newsroom, a party, fans, or a publishing tool that many"
    " use leave the same trace. Who asked whom, and why, is not in the files."
)
_DONE: Final = {
    "repost": mark("pass on the same posts"),
    "fast_repost": mark("pass on a post within a minute of it"),
    "link": mark("share the same links"),
    "text": mark("publish nearly the same text"),
    "hashtags": mark("use the same rows of hashtags"),
    "image": mark("publish the same pictures"),
    "reply": mark("answer the same posts"),
}
_OBJECTS: Final = {
    "repost": mark("The same post, passed on"),
    "fast_repost": mark("The same post, passed on within a minute"),
    "link": mark("The same link"),
    "text": mark("Nearly the same text"),
    "hashtags": mark("The same row of hashtags"),
    "image": mark("The same picture"),
    "reply": mark("Answers to the same post"),
}
_SHORT: Final = {
    "repost": mark("post passed on"),
    "fast_repost": mark("passed on fast"),
    "link": mark("link"),
    "text": mark("text"),
    "hashtags": mark("hashtags"),
    "image": mark("picture"),
    "reply": mark("answers"),
}
INNOCENT: Final = {
    "one_source": mark(
        "Nearly all that it does together is to pass on one author: staff, fans, or a tool of its followers would do"
        " so."
    ),
    "one_community": mark(
        "It makes up a good part of one community: people who know each other see the same things at the same time."
    ),
    "few_objects": mark("It rests on fewer than five objects: a coincidence weighs more."),
    "to_the_minute": mark("It mostly acts on full minutes: planned posts look so, from a tool that anybody may use."),
}


def title(groups: Sequence[dict[str, Any]], language: Language) -> str:
    """What was found, largest group first."""
    if not groups:
        return language.say(mark("No group of accounts is seen to act together"))
    facts = {"n": len(groups), "members": language.number(groups[0]["n_members"])}
    if len(groups) == 1:  # no plural: a title that begins with a figure, "1 groupe", is no French
        return language.say(
            mark("One group of {members} accounts acts together more, and faster, than chance explains"), **facts
        )
    return language.say(
        mark("{n} groups act together more, and faster, than chance explains; the largest has {members} accounts"),
        **facts,
    )


def looked_at(language: Language) -> str:
    """What was compared, where no group was found."""
    return language.say(
        mark(
            "Compared were reposts, links, nearly identical texts, rows of hashtags, pictures and replies, within a"
            " minute to a day. No accounts meet on the same ones both more often than chance gives and faster than"
            " people with one interest do. A group that keeps clear of these traces would not be seen."
        )
    )


def sentences(row: dict[str, Any], language: Language) -> list[str]:
    """What a group does, how often against chance and the usual pace, and how sure that is; `row` is of GROUPS."""
    say = language.say
    done = language.listed([say(_DONE[one]) for one in row["traces"]])
    window = language.span(row["window_seconds"])
    told = [say(mark("Within {window} of one another, its members {done}."), done=done, window=window)]
    if row["tempo_seconds"] is not None:
        told.append(
            say(
                mark("Half of the time, the nearest other member acts at most {tempo} before or after."),
                tempo=language.span(row["tempo_seconds"]),
            )
        )
    told += [
        language.plural(
            "Once, a member met others of its group in this way; chance gives {expected} to accounts as active in the"
            " same places and hours.",
            "{n} times, a member met others of its group in this way; chance gives {expected} to accounts as active in"
            " the same places and hours.",
            row["n_meetings"],
            expected=_rate(row["expected"], language),
        ),
        language.plural(
            "Counted object by object this is one meeting; if each member came as late as accounts usually come to"
            " such objects, there would be {usual}.",
            "Counted object by object these are {n} meetings; if each member came as late as accounts usually come to"
            " such objects, there would be {usual}.",
            row["n_on_objects"],
            usual=_rate(row["usual_pace"], language),
        ),
        say(DOUBT, share=language.percent(row["q_value"])),
    ]
    if row["community_share"] is not None:
        told.append(
            say(mark("{share} of its members belong to one community."), share=language.percent(row["community_share"]))
        )
    return told


def innocent(keys: Sequence[str], language: Language) -> list[str]:
    """The innocent explanations that fit one group, beyond the general one."""
    return [language.say(INNOCENT[key]) for key in keys]


def object_words(trace: str, language: Language) -> str:
    """What an object of this trace is.

    >>> object_words("link", Language("en"))
    'The same link'
    """
    return language.say(_OBJECTS[trace])


def short_words(trace: str, language: Language) -> str:
    """The same where there is little room.

    >>> short_words("reply", Language("en"))
    'answers'
    """
    return language.say(_SHORT[trace])


def group_name(group_id: int, n_members: int, language: Language) -> str:
    """A group by its number and size; people count from one.

    >>> group_name(0, 24, Language("en"))
    'Group 1: 24 accounts'
    """
    return language.plural(
        "Group {number}: one account", "Group {number}: {n} accounts", n_members, number=group_id + 1
    )


def _rate(value: float, language: Language) -> str:
    """An expected number: with a decimal where it is small."""
    return language.number(value, 0 if value >= 10 else 1)

"""A group in words: what its accounts do, how it stands against chance and pace, and what else would explain it.

Accounts act together: who runs them, and why, is not said. The innocent explanations never stay away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ascendant.errors import mark
from ascendant.report.language import Language
from ascendant.report.relay_words import of_group

Row = Mapping[str, Any]
_WHOLE_FROM: Final = 10.0  # meetings: above, no decimals

DOES: Final = {
    "repost": mark("pass on the same posts"),
    "fast_repost": mark("pass on posts within a minute of their appearing"),
    "link": mark("link to the same pages"),
    "text": mark("post the same texts, or nearly"),
    "hashtags": mark("use the same rows of hashtags"),
    "image": mark("show the same pictures"),
    "reply": mark("answer the same posts"),
}
OBJECTS: Final = {
    "repost": mark("The same post, passed on"),
    "fast_repost": mark("The same post, passed on within a minute"),
    "link": mark("The same page"),
    "text": mark("The same text, or nearly"),
    "hashtags": mark("The same row of hashtags"),
    "image": mark("The same picture"),
    "reply": mark("The same post, answered"),
}
_INNOCENT: Final = {
    "one_source": mark(
        "Nearly all that they do together is to pass on one author's posts: staff, fans, or a tool of its followers"
        " would do so."
    ),
    "one_community": mark("They are a good part of one community: people who know one another see the same things."),
    "few_objects": mark("All rests on fewer than five objects: that is little."),
    "to_the_minute": mark(
        "At least half of these acts fall on full minutes: posts that were planned, with a tool that anybody may use."
    ),
}
ITEMS: Final = ("repost", "fast_repost", "reply")  # traces whose object is another's item
# The second figure: docs/explanation/groups-measured.md, twelve conversations taken apart by chance, the worst of them.
DOUBT: Final = mark(
    "Doubt: by company alone, up to {share} of accounts like the least sure one may be there by chance. A group asks"
    " for more, several partners and an unusual pace: where chance had taken conversations apart, fewer than one in"
    " fifty of those shown did not belong."
)
ALWAYS: Final = mark("A newsroom, a party, fans or a scheduling tool may act so too.")
_HIDDEN: Final = mark("not shown: it would lead to private persons; with --reveal it is shown")
_NOT_HELD: Final = mark("not shown: not in the files, or a private person's")


def called(group_id: int, language: Language) -> str:
    """What a group is called within a sentence; tables count from 0."""
    return language.say(mark("group {number}"), number=group_id + 1)


def group_lines(group: Row, language: Language) -> list[str]:
    """Sentences on a group, `group` as `report.groups` gives it: the innocent explanation is always among them."""
    say = language.say
    lines = [
        say(
            mark("These accounts {does}."),
            does=language.listed([say(DOES[trace]) for trace in group["traces"]]),
        ),
        say(
            mark("When: {when}; within {window} of one another, half of these acts within {tempo}."),
            when=language.window(group["first_at"], group["last_at"]),
            window=language.span(group["window_seconds"]),
            tempo=language.span(group["tempo_seconds"]),
        ),
        language.plural(
            "They met once; chance gives about {expected} to whoever acts in the same places and hours.",
            "They met {n} times; chance gives about {expected} to whoever acts in the same places and hours.",
            group["n_meetings"],
            expected=about(group["expected"], language),
        ),
        language.plural(
            "Object by object, they met once; accounts that come upon the same objects at the usual pace would about"
            " {usual} times.",
            "Object by object, they met {n} times; accounts that come upon the same objects at the usual pace would"
            " about {usual} times.",
            group["n_on_objects"],
            usual=about(group["usual_pace"], language),
        ),
        say(DOUBT, share=language.percent(group["q_value"])),
        *innocent_lines(group, language),
    ]
    return lines if group["spread"] is None else [*lines, of_group(group["spread"], language)]


def innocent_lines(group: Row, language: Language) -> list[str]:
    """What else would explain a group: what the files speak for, and always what they cannot rule out."""
    return [*(language.say(_INNOCENT[key]) for key in group["innocent"]), language.say(ALWAYS)]


def object_head(row: Row, language: Language) -> str:
    """What was acted on together, by how many, within what time."""
    members = language.plural("one account of the group", "{n} accounts of the group", row["n_members"])
    others = (
        language.plural("one other at any time", "{n} others at any time", row["n_others"])
        if row["n_others"]
        else language.say("nobody else at any time")
    )
    return language.say(
        mark("{what}: {members} within {span}; {others}"),
        what=language.say(OBJECTS[row["trace"]]),
        members=members,
        span=language.span(row["span_seconds"]),
        others=others,
    )


def object_words(row: Row, language: Language) -> str:
    """The words of an object, or why they are not shown."""
    return row["words"] or language.say(_NOT_HELD if row["trace"] in ITEMS else _HIDDEN)


def about(expected: float, language: Language) -> str:
    """An expected number of meetings."""
    return language.number(expected, 1 if 0 < expected < _WHOLE_FROM else 0)

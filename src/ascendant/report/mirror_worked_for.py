"""The owner of an archive against the groups of a study -> its part of the mirror: what they passed on, and when.

No word on what they knew or believed: archives do not hold it.
"""

from __future__ import annotations

from typing import Any, Final

from ascendant.errors import mark
from ascendant.patterns.mirror.beside import WorkedFor
from ascendant.report.language import Language
from ascendant.report.mirror_inputs import MirrorInputs
from ascendant.report.naming import Names
from ascendant.report.relay_words import ratio

_LONGEST: Final = 220  # characters of a post


def worked_for(found: WorkedFor, inputs: MirrorInputs, names: Names, language: Language) -> dict[str, Any]:
    """The part as plain values. `groups` has those that the owner amplifies; of the others `checked` tells in words."""
    rows = found["worked_for"].to_pylist()
    shown = [row for row in rows if row["status"] == "relay"]
    others = [row for row in rows if row["status"] != "relay"]
    return {
        "is_relay": bool(shown),
        "title": _title(rows, language),
        "groups": [_group(row, found, inputs, names, language) for row in shown],
        "checked": [
            _checked(found, language),
            *(" ".join(_other(row, language)) for row in others),
        ],
        "rows": [{name: value for name, value in row.items() if name != "account_id"} for row in rows],
        "caveats": [names.hide_in(language.caveat(names.in_caveat(caveat))) for caveat in found.caveats],
        "limits": [language.say(limit) for limit in _LIMITS],
    }


def _title(rows: list[dict[str, Any]], language: Language) -> str:
    shown = [row for row in rows if row["status"] == "relay"]
    if any(row["status"] in ("member", "synchronous") for row in rows) and not shown:
        return language.say(mark("Your acts are as close in time to those of a group of accounts as a member's"))
    if not shown:
        return language.say(mark("Nothing shows that you work for a group"))
    if len(shown) == 1:
        return language.say(
            mark("You pass on what one group of accounts brings; nothing shows that you act together with it")
        )
    return language.say(
        mark("You pass on what {n} groups of accounts bring; nothing shows that you act together with them"),
        n=len(shown),
    )


def _group(
    row: dict[str, Any], found: WorkedFor, inputs: MirrorInputs, names: Names, language: Language
) -> dict[str, Any]:
    examples = [one for one in found["worked_for_examples"].to_pylist() if one["group_id"] == row["group_id"]]
    return {
        "group_id": row["group_id"],
        "name": language.say(mark("A group of {n} accounts"), n=row["group_size"]),
        "lines": _lines(row, language),
        # A post tells who wrote it: the version to be shared has none.
        "examples": [] if inputs.is_shared else [_example(one, inputs, names) for one in examples],
    }


def _lines(row: dict[str, Any], language: Language) -> list[str]:
    lines = [
        language.plural(
            "One of your acts passes on what these accounts brought, later than they. In your place others of your"
            " community who saw them would have done so {expected} times (ratio {ratio}, interval {low} to {high}).",
            "{n} of your acts pass on what these accounts brought, later than they. In your place others of your"
            " community who saw them would have done so {expected} times (ratio {ratio}, interval {low} to {high}).",
            row["n_passed"],
            **ratio(row, language),
        )
    ]
    if row["median_lag_seconds"] is not None and row["others_lag_seconds"] is not None:
        lines.append(
            language.say(
                mark("Half of your acts came within {lag} of theirs; of the others' acts, half within {others}."),
                lag=language.span(row["median_lag_seconds"]),
                others=language.span(row["others_lag_seconds"]),
            )
        )
    if row["n_unlinked"]:
        lines.append(
            language.plural(
                "One of your acts names none of them: it posts what they had posted before.",
                "{n} of your acts name none of them: they post what these accounts had posted before.",
                row["n_unlinked"],
            )
        )
    return [*lines, *_apart(row, language)]


def _apart(row: dict[str, Any], language: Language) -> list[str]:
    """What the owner did with posts of the group in words of their own."""
    lines = []
    if row["n_quoted"]:
        lines.append(
            language.plural(
                "You quoted these accounts once, with words of your own: whether for or against them, no file tells. It"
                " is not counted as passing on.",
                "You quoted these accounts {n} times, with words of your own: whether for or against them, no file"
                " tells. It is not counted as passing on.",
                row["n_quoted"],
            )
        )
    if row["n_answered"]:
        lines.append(
            language.plural(
                "You answered these accounts once: who answers may object. It is not counted as passing on.",
                "You answered these accounts {n} times: who answers may object. It is not counted as passing on.",
                row["n_answered"],
            )
        )
    return lines


def _example(one: dict[str, Any], inputs: MirrorInputs, names: Names) -> dict[str, Any]:
    """Own post, delay, and the post of the group."""
    return {
        "account": names.shown(one["source_id"]),
        "happened_at": one["happened_at"],
        "delay_seconds": one["delay_seconds"],
        "is_unlinked": one["is_unlinked"],
        "yours": _words(one["act_id"], inputs, names),
        "theirs": _words(one["source_act_id"], inputs, names),
    }


def _words(act_id: str, inputs: MirrorInputs, names: Names) -> str | None:
    post = inputs.posts.get(act_id)
    return None if post is None else names.words(post.text, post.writer_id, longest=_LONGEST)


def _checked(found: WorkedFor, language: Language) -> str:
    [row] = found["worked_for_checked"].to_pylist()
    facts = {
        "n": row["n_groups"],
        "accounts": language.plural("one account", "{n} accounts", row["n_group_accounts"]),
    }
    if row["n_groups"] == 1:
        return language.say(
            mark(
                "Among the collected posts are those of one group that acts together, {accounts} in all. Your acts were"
                " compared with what it posted, and with what others of your community pass on of it."
            ),
            **facts,
        )
    return language.say(
        mark(
            "The collected posts hold {n} groups of accounts that act together, {accounts} in all. Your acts were"
            " compared with what they posted, and with what others of your community pass on of them."
        ),
        **facts,
    )


_OTHER: Final = {
    "member": mark(
        "One of your accounts is counted in a group of {size}, by times alone: your acts are as close in time as a"
        " member's. Whether anything was agreed no file tells."
    ),
    "member, by words": mark(
        "By times alone, one of your accounts would be counted in a group of {size} others: your acts are as close in"
        " time as a member's. Your archive does not name the posts that you passed on; this shows since they were found"
        " by their words. Whether anything was agreed no file tells."
    ),
    "synchronous": mark(
        "Your acts come as close to those of a group of {size} accounts as its own do: that you pass it on afterwards"
        " cannot be said."
    ),
    "more": mark(
        "Of a group of {size} accounts you pass on more than others of your community ({n} acts, {expected} expected),"
        " but delays and accounts do not tell you from the many who simply follow it."
    ),
    "alike": mark(
        "Of a group of {size} accounts you do not clearly pass on more than others of your community ({n} against"
        " {expected})."
    ),
    "answers": mark("Of a group of {size} accounts you passed nothing on."),
}


def _other(row: dict[str, Any], language: Language) -> list[str]:
    """Sentences on a group that the owner does not amplify, as far as can be told."""
    if row["status"] == "few":
        first = language.plural(
            "Of a group of {size} accounts you passed on one thing: too little, at an unknown time, or with too few"
            " others of your community beside it, to tell.",
            "Of a group of {size} accounts you passed on {n} things: too few, at unknown times, or with too few others"
            " of your community beside them, to tell.",
            row["n_passed"],
            size=row["group_size"],
        )
    else:
        first = language.say(
            _OTHER["member, by words" if row["is_by_words"] else row["status"]],
            size=row["group_size"],
            n=row["n_passed"],
            expected=language.number(row["expected"], 1) if row["expected"] is not None else "",
        )
    return [first, *_met(row, language), *_apart(row, language)]


def _met(row: dict[str, Any], language: Language) -> list[str]:
    if row["status"] != "member" or row["n_meetings"] is None:
        return []
    return [
        language.plural(
            "On one occasion you and another of these accounts acted on the same thing close in time; chance would give"
            " {expected}.",
            "On {n} occasions you and another of these accounts acted on the same thing close in time; chance would"
            " give {expected}.",
            row["n_meetings"],
            expected=language.number(row["expected_meetings"], 1),
        )
    ]


_LIMITS: Final = (
    mark("What you knew of the group, and what you meant: no file holds it, and nothing is said of it here."),
    mark(
        "Whether the group is what it seems. Accounts act together for good reasons too: a newsroom, a party, friends."
        " The study tells only that they do."
    ),
    mark(
        "What is not in the collected posts: a post of the group that was not collected cannot be found before yours,"
        " and that yours came after one of theirs is no proof that it came from it."
    ),
)

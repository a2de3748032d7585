"""What time tells of the owner's acts that name nobody -> its part of the mirror: how many, who most likely, examples.

It is an estimate, and worded as one. It gives the owner no fault: most people answer what they read.
"""

from __future__ import annotations

from typing import Any

from ascendant.errors import Caveat, mark
from ascendant.patterns.mirror.beside import Unlinked
from ascendant.report.language import Language
from ascendant.report.mirror_inputs import MirrorInputs
from ascendant.report.naming import Names

_LONGEST = 220  # characters of a post


def unlinked(found: Unlinked, inputs: MirrorInputs, names: Names, language: Language) -> dict[str, Any]:
    """The part as plain values; where the files cannot tell, `missing` says why and there is no number."""
    if found.reason is not None:
        return {"missing": [_missing(found.reason, names, language)]}
    [row] = found["unlinked"].to_pylist()
    return {
        "missing": [],
        **row,
        "title": _title(row, language),
        "reading": _reading(row, language),
        "strangers": _strangers(row, language),
        "sources": [
            {"account": names.shown(one["account_id"]), "n": one["n"]} for one in found["unlinked_sources"].to_pylist()
        ],
        # A post tells who wrote it: the version to be shared has none.
        "examples": [] if inputs.is_shared else _examples(found, inputs, names),
        "without_examples": None if inputs.is_shared else _without_examples(found, row, language),
        "limits": _limits(row, language),
    }


def _missing(reason: Caveat, names: Names, language: Language) -> str:
    why = names.hide_in(language.caveat(names.in_caveat(reason)))
    return language.say(mark("It cannot be told from these files: {reason}."), reason=why)


def _title(row: dict[str, Any], language: Language) -> str:
    n, of = round(row["n_moved"]), row["n_acts"]
    if n == 0:
        return language.say(
            mark("Of your {n} acts without a link, hardly any seems to come from posts of accounts that you read"), n=of
        )
    return language.plural(
        "Of your {of} acts without a link, about one seems to come from posts of accounts that you read",
        "Of your {of} acts without a link, about {n} seem to come from posts of accounts that you read",
        n,
        of=of,
    )


def _reading(row: dict[str, Any], language: Language) -> str:
    facts = {"low": round(row["low"]), "high": round(row["high"]), "since": row["since"], "until": row["until"]}
    if facts["low"] == 0:
        between = language.say(mark("Perhaps none, perhaps up to {high}"), high=facts["high"])
    else:
        between = language.say(mark("Between {low} and {high}"), low=facts["low"], high=facts["high"])
    return language.say(
        mark(
            "{between}, in nine cases out of ten. From {since} to {until}, these acts pass on, quote and answer nobody:"
            " only their moment speaks. The number estimates how many followed posts of accounts that you read more"
            " closely than chance would have it."
        ),
        between=between,
        since=language.date(row["since"]),
        until=language.date(row["until"]),
    )


def _strangers(row: dict[str, Any], language: Language) -> str | None:
    """What the same reckoning gives to strangers, beside what it gives to those who were read."""
    if row["study_share"] is None or row["strangers_share"] is None:
        return None
    return language.say(
        mark(
            "To see what chance alone gives, the reckoning was made again with strangers: accounts that are not read,"
            " in the place of those that are. Over everybody in these files, strangers are given {strangers} of such"
            " acts, and accounts that are read {read}. What strangers are given is taken off your number."
        ),
        strangers=language.percent(row["strangers_share"], 1),
        read=language.percent(row["study_share"], 1),
    )


def _examples(found: Unlinked, inputs: MirrorInputs, names: Names) -> list[dict[str, Any]]:
    """Own post, delay, and what the account had posted last before."""
    return [
        {
            "account": names.shown(one["source"]),
            "happened_at": one["happened_at"],
            "delay_seconds": one["delay_seconds"],
            "yours": _words(one["act_id"], inputs, names),
            "theirs": _words(one["source_act_id"], inputs, names),
        }
        for one in found["unlinked_examples"].to_pylist()
    ]


def _words(act_id: str, inputs: MirrorInputs, names: Names) -> str | None:
    post = inputs.posts.get(act_id)
    return None if post is None else names.words(post.text, post.writer_id, longest=_LONGEST)


def _without_examples(found: Unlinked, row: dict[str, Any], language: Language) -> str | None:
    """Why no example is shown."""
    if found["unlinked_examples"].num_rows or not round(row["n_moved"]):
        return None
    return language.say(
        mark("No example is shown, since no single act fits well enough: the number holds for all of them together.")
    )


def _limits(row: dict[str, Any], language: Language) -> list[str]:
    """What is not known of it, the gravest first."""
    say, found = language.say, []
    if row["is_doubted"]:
        found.append(
            say(
                mark(
                    "A check speaks against part of the number: what these accounts posted afterwards seems to move"
                    " people too, which cannot be. So part of it is people who do the same things at the same time."
                )
            )
        )
    found += [
        say(
            mark(
                "Whether you saw these posts: your archives do not show what stood before your eyes. That one act came"
                " after another is no proof that it came from it."
            )
        ),
        say(
            mark(
                "What moved you from elsewhere: accounts whose posts are not in these files, or of which nothing shows"
                " that you read them before {since}. The true number may be larger."
            ),
            since=language.date(row["since"]),
        ),
        say(
            mark(
                "Which acts these are. The number is for all of them together; for a single act, or a single account,"
                " take the order and not the figure."
            )
        ),
    ]
    if row["n_outside"]:
        found.append(
            language.plural(
                "One more act without a link falls outside of the days of the collected posts, or has no time of day:"
                " it is not counted.",
                "{n} more acts without a link fall outside of the days of the collected posts, or have no time of day:"
                " they are not counted.",
                row["n_outside"],
            )
        )
    return found

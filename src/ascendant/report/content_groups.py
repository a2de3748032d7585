"""Tables of groups -> the section "Who acts together" of a briefing; what was looked at where no group is found.

Members stand under names or pseudonyms; of objects the words of public accounts alone are shown. Relays are counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.patterns.groups.limits import LIMITS
from ascendant.report import briefing_group_words as words
from ascendant.report.charts.called import platform_name
from ascendant.report.charts.chart import FEWEST_PERSONS
from ascendant.report.content_tiers import shown_post
from ascendant.report.inputs import BriefingInputs
from ascendant.report.language import Language
from ascendant.report.naming import Names, safe_words
from ascendant.report.relay_words import of_group

SHOWN_GROUPS: Final = 5
SHOWN_MEMBERS: Final = 12
_SIDE_BY_SIDE: Final = 2
_SHOWN_ACTS: Final = 8
_LONGEST: Final = 120


def groups_content(inputs: BriefingInputs, names: Names, language: Language) -> dict[str, Any] | None:
    """What a page and its JSON say of groups; None where none was looked for."""
    tables = inputs.tables
    if "groups" not in tables:
        return None
    groups = _largest_first(tables["groups"])
    shown = groups[:SHOWN_GROUPS]
    spread = {row["group_id"]: row for row in tables["group_spread"].to_pylist()}
    return {
        "title": words.title(groups, language),
        "general": language.say(words.GENERAL) if groups else words.looked_at(language),
        "n_groups": len(groups),
        "n_more": len(groups) - len(shown),
        "groups": [_group(row, spread.get(row["group_id"]), inputs, names, language) for row in shown],
        "limits": [language.caveat(names.in_caveat(one)) for one in inputs.caveats if one.template in LIMITS],
    }


def evidence_acts(tables: dict[str, pa.Table]) -> list[str]:
    """The acts of which a briefing may show the words: on the objects of the groups that it shows."""
    shown = _largest_first(tables["groups"])[:SHOWN_GROUPS]
    return [
        act
        for group in shown
        for row in _objects(tables["group_objects"], group["group_id"])
        for act in row["act_ids"]
        if act
    ]


def _largest_first(groups: pa.Table) -> list[dict[str, Any]]:
    return sorted(groups.to_pylist(), key=lambda row: (-row["n_members"], row["group_id"]))


def _objects(objects: pa.Table, group_id: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = objects.filter(pc.equal(objects["group_id"], group_id)).to_pylist()
    return rows


def _side_by_side(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The object of most members, and one more: if possible one of which the words are shown, and of another trace."""
    first, others = objects[:1], objects[1:]
    others.sort(key=lambda row: (row["hidden"] is not None, row["trace"] == first[0]["trace"]))
    return [*first, *others[: _SIDE_BY_SIDE - 1]]


def _group(
    row: dict[str, Any], spread: dict[str, Any] | None, inputs: BriefingInputs, names: Names, language: Language
) -> dict[str, Any]:
    tables, group_id = inputs.tables, row["group_id"]
    table = tables["group_members"]
    ids = table.filter(pc.equal(table["group_id"], group_id))["account_id"].to_pylist()
    ids.sort(key=lambda one: not names.is_shown(one))  # the closest first, in each half
    told = {name: row[name] for name in _FIGURES}
    return {
        "number": group_id + 1,
        "name": words.group_name(group_id, row["n_members"], language),
        **told,
        "members": [{"account": names.shown(one), "is_named": names.is_shown(one)} for one in ids[:SHOWN_MEMBERS]],
        "n_more_members": max(0, row["n_members"] - len(ids[:SHOWN_MEMBERS])),
        "sentences": words.sentences(row, language),
        "innocent_words": words.innocent(row["innocent"], language),
        "relays": None if spread is None else {name: spread[name] for name in _SPREAD},
        "relay_words": None if spread is None else _relays(spread, language),
        "evidence": _side_by_side(
            [_object(one, inputs, names, language) for one in _objects(tables["group_objects"], group_id)]
        ),
        "barcode": _barcode(inputs, group_id, language),
    }


def _relays(spread: dict[str, Any], language: Language) -> str:
    told = of_group(spread, language)
    return f"{told} {language.say(UNKNOWN)}" if spread["n_relays"] else told


def _object(row: dict[str, Any], inputs: BriefingInputs, names: Names, language: Language) -> dict[str, Any]:
    first = min(row["happened_at"], default=None)
    acts = sorted(zip(row["happened_at"], row["account_ids"], strict=True))[:_SHOWN_ACTS]
    post = shown_post(inputs, names, row["act_ids"], language)
    what = _public_words(row, names)
    is_hidden = what is None and post is None
    return {
        "trace": row["trace"],
        "what": words.object_words(row["trace"], language),
        "words": what,
        "post": post,
        "hidden": language.say(HIDDEN) if is_hidden else None,
        "n_members": row["n_members"],
        "n_others": row["n_others"],
        "first_at": first,
        "span_seconds": row["span_seconds"],
        "acts": [
            {
                "account": names.shown(account),
                "is_named": names.is_shown(account),
                "happened_at": at,
                "seconds_after": (at - first).total_seconds(),
            }
            for at, account in acts
        ],
        "n_more": max(0, row["n_members"] - len(acts)),
    }


def _public_words(row: dict[str, Any], names: Names) -> str | None:
    """A link or a row of hashtags, from as many accounts as an aggregate takes; of a link from fewer, its site alone.

    Texts, items and pictures are somebody's own: their words come with the post, where its writer may be shown.
    """
    is_many = names.revealed or row["n_members"] + row["n_others"] >= FEWEST_PERSONS
    told = row["object"]
    if row["trace"] == "link":
        told = told if is_many else told.partition("/")[0]
    elif row["trace"] == "hashtags" and is_many:
        told = " ".join(_tag(one, names) for one in told.replace("#", " ").split())
    else:
        return None
    return safe_words(names.hide_in(told), longest=_LONGEST) or None


def _tag(tag: str, names: Names) -> str:
    """A hashtag with its sign; one that is a private person's handle goes by the pseudonym."""
    hidden = names.hide_in(f"@{tag}")
    return "#" + (tag if hidden.startswith("@") else hidden)


def _barcode(inputs: BriefingInputs, group_id: int, language: Language) -> dict[str, Any]:
    from ascendant.report.charts.barcode import barcode  # noqa: PLC0415  slow to start
    from ascendant.report.charts.theme import HALF  # noqa: PLC0415  slow to start
    from ascendant.report.drawings import given_of, shown_chart, small_chart  # noqa: PLC0415  slow to start

    source = language.say(
        mark("Source: {files}, {platforms}, {period}; times as the files record them"),
        files=language.plural("one file", "{n} files", inputs.counts.files),
        platforms=language.listed([platform_name(platform) for platform in inputs.platforms]),
        period=language.window(inputs.since, inputs.until),
    )
    given = given_of(inputs, language, source=source)
    narrow = replace(given, width=HALF)  # for telephones: its words stay large enough
    return {**shown_chart(barcode(given, group_id)), **small_chart(barcode(narrow, group_id))}


UNKNOWN: Final = mark("Whether these accounts know of the group is not observable, and is not claimed.")
HIDDEN: Final = mark("What it says is not shown: its authors are private persons, or not known.")
_FIGURES: Final = (
    *("n_members", "traces", "window_seconds", "tempo_seconds", "n_objects", "n_meetings", "expected", "n_on_objects"),
    *("usual_pace", "q_value", "first_at", "last_at", "community_share", "innocent"),
)
_SPREAD: Final = ("n_spread", "n_by_relays", "n_relays", "share", "low", "high")

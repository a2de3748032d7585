"""Results of a study -> its groups (`groups`), and one of them with its members and evidence, pseudonyms applied.

Tables count groups from 0; people are told numbers from 1. Words of an act are shown of accounts whose name may be
shown; a page, a row of hashtags or a picture also where enough accounts share it that it tells of nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat, NoSuchGroup
from ascendant.patterns.groups import limits as of_groups
from ascendant.patterns.relays import limits as of_relays
from ascendant.report.group_words import ITEMS
from ascendant.report.inputs import EvidencePost
from ascendant.report.naming import FEWEST_PERSONS, Names, safe_words

GROUP_TABLES: Final = ("groups", "group_members", "group_objects", "relays", "group_spread")
_LONGEST_PAGE: Final = 200
_LONGEST_WORDS: Final = 280


@dataclass(frozen=True, kw_only=True)
class OneGroup:
    """A group: its row with `number` and `spread`, its members by closeness, what they did together, side by side."""

    group: dict[str, Any]
    members: list[dict[str, Any]]
    objects: list[dict[str, Any]]


def limits_of_groups(caveats: Sequence[Caveat], *, some: bool) -> list[Caveat]:
    """Of all limits of a study those that concern groups; those on relays only where there are `some` groups."""
    wanted = of_groups.LIMITS | (of_relays.LIMITS if some else frozenset())
    return [caveat for caveat in caveats if caveat.template in wanted]


def groups_answer(tables: Mapping[str, pa.Table]) -> list[dict[str, Any]]:
    """Every group, the largest first: its row of `groups`, the `number` it is shown with, its row of `group_spread`."""
    spread = {row["group_id"]: row for row in tables["group_spread"].to_pylist()}
    return [
        {"number": row["group_id"] + 1, **row, "spread": spread.get(row["group_id"])}
        for row in tables["groups"].sort_by("group_id").to_pylist()
    ]


def act_ids_of_group(tables: Mapping[str, pa.Table], number: int) -> list[str]:
    """Acts and items whose words and links may stand beside a group. Raises `NoSuchGroup`."""
    _of_number(tables, number)
    rows = _rows(tables["group_objects"], number)
    items = [row["object"] for row in rows if row["trace"] in ITEMS]
    return list(dict.fromkeys([*items, *(act for row in rows for act in row["act_ids"])]))


def group_answer(
    tables: Mapping[str, pa.Table], names: Names, number: int, posts: Mapping[str, EvidencePost]
) -> OneGroup:
    """One group; `posts` are those of `act_ids_of_group` that the study holds. Raises `NoSuchGroup`."""
    group = _of_number(tables, number)
    members = [
        {"account": names.shown(row["account_id"]), **_without(row, "group_id", "account_id")}
        for row in _rows(tables["group_members"], number)
    ]
    objects = [_object(row, names, posts) for row in _rows(tables["group_objects"], number)]
    return OneGroup(group=group, members=members, objects=objects)


def _of_number(tables: Mapping[str, pa.Table], number: int) -> dict[str, Any]:
    found = groups_answer(tables)
    for group in found:
        if group["number"] == number:
            return group
    raise NoSuchGroup(number=number, found=len(found))


def _object(row: Mapping[str, Any], names: Names, posts: Mapping[str, EvidencePost]) -> dict[str, Any]:
    """What was acted on, as far as it may be shown, and the acts side by side."""
    words, url = _words(row, names, posts)
    acts = [
        {
            "account": names.shown(account),
            "happened_at": at,
            "act": names.shown_act(act, account),
            "url": _own_link(posts.get(act), names),
        }
        for account, act, at in zip(row["account_ids"], row["act_ids"], row["happened_at"], strict=True)
    ]
    kept = ("trace", "n_members", "n_others", "first_at", "span_seconds")
    return {**{name: row[name] for name in kept}, "words": words, "url": url, "acts": acts}


def _words(row: Mapping[str, Any], names: Names, posts: Mapping[str, EvidencePost]) -> tuple[str | None, str | None]:
    """Words of the object and a link to it; None where they are a private person's, or are not in the files."""
    held = [posts[act] for act in row["act_ids"] if act in posts]
    told: list[tuple[str | None, str | None]]
    match row["trace"]:
        case "text":
            told = [(names.words(post.text, post.writer_id, longest=_LONGEST_WORDS), None) for post in held]
        case "repost" | "fast_repost" | "reply":
            # Words and link of a reply or a quote are its own, and not the item's.
            passed = [post for post in held if post.verb == "repost"]
            item = posts.get(row["object"])
            told = [
                (
                    names.words(post.text, post.writer_id, longest=_LONGEST_WORDS),
                    names.link(post.url, post.writer_id),
                )
                for post in ([item] if item is not None else passed)
            ]
        case _:
            n_accounts = row["n_members"] + row["n_others"]
            is_told = n_accounts >= FEWEST_PERSONS or any(map(names.is_shown, row["account_ids"]))
            shown = safe_words(names.hide_in(row["object"]), longest=_LONGEST_PAGE) if is_told else None
            told = [(shown or None, None)]
    return next((one for one in told if one[0] is not None), (None, None))


def _own_link(post: EvidencePost | None, names: Names) -> str | None:
    """A link to an act itself: of a repost the files know that to the item alone."""
    return None if post is None or post.verb == "repost" else names.link(post.url, post.writer_id)


def _rows(table: pa.Table, number: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.filter(pc.equal(table["group_id"], number - 1)).to_pylist()
    return rows


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}

"""Groups and relays of a study -> which group its owner may have worked for, with the posts side by side.

The owner's acts stand in their archives, those of the group in collected posts. What is told is what was passed on and
when, against others of the community; what the owner knew of the group is not observable, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.groups.tables import GROUP_MEMBERS
from ascendant.patterns.mirror.beside import WorkedFor, worked_for_table
from ascendant.patterns.mirror.owner import Questions
from ascendant.patterns.relays.tables import Relays

MOST_EXAMPLES: Final = 6


NOBODY: Final = GROUP_MEMBERS.empty_table()


@dataclass(frozen=True)
class Apart:
    """Acts of the owner on what accounts of a group wrote, in words of their own: no passing on, whatever they say."""

    n_quoted: int = 0
    n_answered: int = 0


def answered(named_by: pa.Table, mine: pa.Array, members: pa.Table) -> dict[int, Apart]:
    """By group; further replies in a conversation count too. A group that the owner never quoted or answered is not
    there. `named_by` has the columns of `infer.named.NAMED_BY`, `members` at least account_id and group_id."""
    own = named_by.filter(
        pc.and_(pc.is_in(named_by["actor_id"], mine), pc.is_in(named_by["verb"], pa.array(["quote", "reply"])))
    )
    others = members.filter(pc.invert(pc.is_in(members["account_id"], mine)))
    place = pc.index_in(own["author_id"], others["account_id"].combine_chunks())
    own = own.append_column("group_id", others["group_id"].combine_chunks().take(place.combine_chunks()))
    found: dict[int, Apart] = {}
    for row in own.filter(place.is_valid()).select(["group_id", "verb", "n"]).to_pylist():
        before = found.get(row["group_id"], Apart())
        is_quote = row["verb"] == "quote"
        found[row["group_id"]] = Apart(
            n_quoted=before.n_quoted + is_quote * row["n"], n_answered=before.n_answered + (not is_quote) * row["n"]
        )
    return found


def worked_for(
    questions: Questions,
    me: pa.Table,
    members: pa.Table,
    relays: Relays,
    *,
    seats: pa.Table = NOBODY,
    apart: Mapping[int, Apart] = MappingProxyType({}),
) -> WorkedFor | None:
    """The owner against each group of the study; None where the study has no group.

    `me` has the owner's accounts (`Owner.me`), `members` the columns of `patterns.groups.tables.GROUP_MEMBERS`, and so
    have `seats`: accounts of the owner that were found in groups only afterwards (`seats`). `relays` tells of what was
    passed on, `apart` by group of what was answered.
    """
    if members.num_rows == 0:
        return None
    mine = me["account_id"].combine_chunks()
    held = members.filter(pc.is_in(members["account_id"], mine)).select(_SEAT).to_pylist()
    by_words = seats.select(_SEAT).to_pylist()
    inside = {seat["group_id"] for seat in (*held, *by_words)}
    here = relays.relays.filter(pc.is_in(relays.relays["group_id"], members["group_id"].combine_chunks()))
    own = here.filter(pc.is_in(here["account_id"], mine)).to_pylist()
    sizes = dict(zip(*(column.to_pylist() for column in _sizes(members)), strict=True))
    rows = [
        {
            "group_id": group,
            "group_size": sizes[group],
            **_counted([row for row in own if row["group_id"] == group], is_inside=group in inside),
            **_spread(relays.spread, group),
            **_met([*held, *by_words], group),
            "is_by_words": group in inside - {seat["group_id"] for seat in held},
            **asdict(apart.get(group, Apart())),
        }
        for group in sorted({row["group_id"] for row in own} | inside | apart.keys())
    ]
    rows.sort(key=lambda row: (_ORDER.index(row["status"]), -row["n_passed"], row["group_id"]))
    checked = {"n_groups": len(sizes), "n_group_accounts": members.num_rows, "n_others": here.num_rows}
    shown = [row["group_id"] for row in rows if row["status"] == "relay"]
    return WorkedFor(
        tables={
            "worked_for": worked_for_table("worked_for", rows),
            "worked_for_checked": worked_for_table("worked_for_checked", [checked]),
            "worked_for_examples": _examples(questions, [row for row in own if row["group_id"] in shown]),
        },
        caveats=relays.caveats,
    )


_ORDER: Final = ("relay", "member", "synchronous", "more", "alike", "few", "answers")


def _sizes(members: pa.Table) -> tuple[pa.Array, pa.Array]:
    counted = members.group_by("group_id").aggregate([([], "count_all")]).sort_by("group_id")
    return counted["group_id"], counted["count_all"]


def _counted(rows: list[dict[str, Any]], *, is_inside: bool) -> dict[str, Any]:
    """One row of the accounts of one owner: figures of the account that passed on most, which is nearly always one."""
    if not rows:
        return {
            **dict.fromkeys(_FIGURES),
            "status": "member" if is_inside else "answers",
            "n_passed": 0,
            "n_unlinked": 0,
        }
    first = max(rows, key=lambda row: (row["is_relay"], row["n_passed"], row["account_id"]))
    return {**{name: first[name] for name in _FIGURES}, "status": _status(first, is_inside=is_inside)}


_FIGURES: Final = (
    "account_id",
    "n_passed",
    "n_unlinked",
    "n_members",
    "expected",
    "ratio",
    "low",
    "high",
    "q_value",
    "median_lag_seconds",
    "others_lag_seconds",
)


def _status(row: dict[str, Any], *, is_inside: bool) -> str:
    """What can be said; `few` where it cannot."""
    if is_inside:
        return "member"
    if row["is_relay"]:
        return "relay"
    if row["is_synchronous"]:
        return "synchronous"
    if row["q_value"] is None:
        return "few"
    return "more" if row["low"] > 1 else "alike"


_SEAT: Final = ["group_id", "n_meetings", "expected"]


def _met(seats: list[dict[str, Any]], group: int) -> dict[str, Any]:
    """Of a member: how often it acted close in time to others of the group, of the account that did most often."""
    here = [seat for seat in seats if seat["group_id"] == group]
    if not here:
        return {"n_meetings": None, "expected_meetings": None}
    most = max(here, key=lambda seat: seat["n_meetings"])
    return {"n_meetings": most["n_meetings"], "expected_meetings": most["expected"]}


def _spread(spread: pa.Table, group: int) -> dict[str, Any]:
    found = spread.filter(pc.equal(spread["group_id"], group)).to_pylist()
    return {"n_spread": found[0]["n_spread"] if found else None}


def _examples(questions: Questions, rows: list[dict[str, Any]]) -> pa.Table:
    """Acts of the owner with the group's beside them: the acts that name nobody first, then by time."""
    pairs = [
        (row["group_id"], act, source, place < row["n_unlinked"])
        for row in rows
        for place, (act, source) in enumerate(zip(row["act_ids"], row["group_act_ids"], strict=True))
    ]
    wanted = pa.table(
        {
            "act_id": pa.array([act for _, act, _, _ in pairs], pa.string()),
            "source_act_id": pa.array([source for _, _, source, _ in pairs], pa.string()),
        }
    )
    known = {
        (row["act_id"], row["source_act_id"]): row for row in questions.ask("relays_beside", wanted=wanted).to_pylist()
    }
    found = []
    for group, act, source, is_unlinked in pairs:
        row = known.get((act, source))
        if row is None or row["source_at"] is None or row["happened_at"] is None:
            continue
        delay = (row["happened_at"] - row["source_at"]).total_seconds()
        found.append({**row, "group_id": group, "is_unlinked": is_unlinked, "delay_seconds": delay})
    return worked_for_table("worked_for_examples", _both_sorts(found))


def _both_sorts(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most `MOST_EXAMPLES` of each group, half of them without a link as far as there are."""
    kept: list[dict[str, Any]] = []
    for group in dict.fromkeys(row["group_id"] for row in found):
        here = [row for row in found if row["group_id"] == group]
        unlinked = [row for row in here if row["is_unlinked"]]
        linked = [row for row in here if not row["is_unlinked"]]
        n_unlinked = min(len(unlinked), max(MOST_EXAMPLES // 2, MOST_EXAMPLES - len(linked)))
        kept += unlinked[:n_unlinked] + linked[: MOST_EXAMPLES - n_unlinked]
    return kept

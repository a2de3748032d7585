"""Results of a study -> one account with groups, and with what others bring: member, relay, kind as influenced.

Behaviour only: that an account acts together with others, or passes them on, says nothing of what anybody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.report.group_words import ALWAYS, DOUBT, about, called
from ascendant.report.influenced_claims import words_for
from ascendant.report.influenced_words import influenced_sentences
from ascendant.report.language import Language
from ascendant.report.naming import Names
from ascendant.report.relay_words import in_who

_TABLES: Final = ("groups", "group_members", "relays", "kinds", "influenced_behaviour")
_INFLUENCED: Final = ("kind_as_influenced", "best_influenced", "p_target", "p_consumer", "p_relay", "n_acts")
_EVIDENCE: Final = mark("`ascendant groups {number}` shows what they did together.")


def roles_answer(tables: Mapping[str, pa.Table], names: Names, account_id: str) -> dict[str, Any] | None:
    """`member_of` and `relay_of`, a row for each group; `influenced`, its kind with `behaviours`; None without tables.

    `is_borne_out` tells whether its own counts show what is said of the likeliest kind; else only they are told.
    Acts stand in it as they may be shown: ids of a private person's are pseudonyms.
    """
    if any(name not in tables for name in _TABLES):
        return None
    sizes = dict(zip(*(tables["groups"][name].to_pylist() for name in ("group_id", "n_members")), strict=True))
    members = _rows(tables["group_members"], account_id)
    relays = [row for row in _rows(tables["relays"], account_id) if row["is_relay"] or row["is_synchronous"]]
    kinds = _rows(tables["kinds"], account_id)
    influenced = None
    if kinds:
        behaviours = _rows(tables["influenced_behaviour"], account_id)
        is_relay = any(row["is_relay"] for row in relays)
        influenced = {
            **{name: kinds[0][name] for name in _INFLUENCED},
            "behaviours": behaviours,
            "is_relay": is_relay,
            "is_borne_out": words_for(kinds[0]["best_influenced"], behaviours, is_relay=is_relay) is not None,
        }
    return {
        "member_of": [{**row, "n_members": sizes.get(row["group_id"])} for row in members],
        "relay_of": [_shown(row, names, account_id) for row in relays],
        "influenced": influenced,
    }


def role_paragraphs(roles: Mapping[str, Any], language: Language) -> list[str]:
    """What is said of them, a paragraph each."""
    said = []
    if roles["influenced"] is not None:
        kind = roles["influenced"]
        group = next((row["group_id"] for row in kind["behaviours"] if row["group_id"] is not None), None)
        name = None if group is None else called(group, language)
        sentences = influenced_sentences(kind, kind["behaviours"], language, group=name, is_relay=kind["is_relay"])
        said.append(" ".join(one.words(language) for one in sentences))
    said += [" ".join(_member(row, language)) for row in roles["member_of"]]
    relays = (in_who(row, called(row["group_id"], language), language) for row in roles["relay_of"])
    return [*said, *(" ".join(lines) for lines in relays)]


def _member(row: Mapping[str, Any], language: Language) -> list[str]:
    return [
        language.plural(
            "Acts together with others: it is in {group} (one account).",
            "Acts together with others: it is in {group} ({n} accounts).",
            row["n_members"],
            group=called(row["group_id"], language),
        ),
        language.plural(
            "It met them once within the time that is usual in the group; chance gives about {expected}.",
            "It met them {n} times within the time that is usual in the group; chance gives about {expected}.",
            row["n_meetings"],
            expected=about(row["expected"], language),
        ),
        language.say(DOUBT, share=language.percent(row["q_value"])),
        language.say(ALWAYS),
        language.say(_EVIDENCE, number=row["group_id"] + 1),
    ]


def _shown(row: Mapping[str, Any], names: Names, account_id: str) -> dict[str, Any]:
    """A relay without ids that lead to private persons; whose the acts of the group are is not held here."""
    return {
        **row,
        "act_ids": [names.shown_act(act, account_id) for act in row["act_ids"]],
        "group_act_ids": [names.shown_act(act, None) for act in row["group_act_ids"]],
    }


def _rows(table: pa.Table, account_id: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.filter(pc.equal(table["account_id"], account_id)).to_pylist()
    return [{name: value for name, value in row.items() if name != "account_id"} for row in rows]

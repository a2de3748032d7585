"""Tables of groups, relays and kinds -> as they may leave the study: acts, words and causes of private persons.

An act's id leads to its page, and the words of an object to whoever posted them; a cause says what somebody stands for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.kinds.private import OPINIONS, UNNAMED
from ascendant.patterns.kinds.terms import HEADS, POLITICAL
from ascendant.report.group_words import ITEMS
from ascendant.report.naming import FEWEST_PERSONS, Names

_CAUSE, _UNDETERMINED = "cause", "undetermined"
_SORTS: Final = ("p_company", "p_cause", "p_individual", "p_media", "p_institution")


def shown_group_acts(columns: Mapping[str, pa.ChunkedArray], names: Names, owners: Mapping[str, str]) -> pa.Array:
    """The lists of `act_ids`: of one account, or one for each of `account_ids` beside them."""
    acts = columns["act_ids"].to_pylist()
    if "account_ids" in columns:
        whose = columns["account_ids"].to_pylist()
    elif "account_id" in columns:
        whose = [[one] * len(row or ()) for one, row in zip(columns["account_id"].to_pylist(), acts, strict=True)]
    else:
        whose = [[owners.get(act) for act in row or ()] for row in acts]
    told = [
        row and [names.shown_act(act, owner) for act, owner in zip(row, own, strict=True)]
        for row, own in zip(acts, whose, strict=True)
    ]
    return pa.array(told, columns["act_ids"].type)


def shown_objects(table: pa.Table, names: Names, owners: Mapping[str, str]) -> pa.Array:
    """What was acted on: an item by its id or a pseudonym; words where all who wrote them are known and public; a page,
    a row of hashtags or a picture also where ten accounts share it.
    """
    columns = ("trace", "object", "account_ids", "n_members", "n_others")
    told = []
    for row in table.select(columns).to_pylist():
        if row["object"] is None or row["trace"] in ITEMS:
            told.append(names.shown_act(row["object"], owners.get(row["object"])))
            continue
        n_accounts = row["n_members"] + row["n_others"]
        is_told = len(row["account_ids"]) == n_accounts and all(map(names.is_public, row["account_ids"]))
        is_told |= row["trace"] != "text" and n_accounts >= FEWEST_PERSONS
        told.append(names.hide_in(row["object"]) if is_told else None)
    return pa.array(told, table.schema.field("object").type)


def hide_kinds(table: pa.Table, names: Names) -> pa.Table:
    """Kinds and their terms without causes of accounts that go by a pseudonym.

    A small organisation is among these accounts: whether it is a cause was asked, and does not leave either. Nor do the
    chances beside it, out of which it could be told, nor the best guess.
    """
    if "p_cause" not in table.column_names and "head" not in table.column_names:
        return table
    private = pa.array([not names.is_public(one) for one in table["account_id"].to_pylist()], pa.bool_())
    if "p_cause" in table.column_names:
        kind = pc.fill_null(table["kind_as_influencer"], "")
        is_cause = pc.and_(private, pc.equal(kind, _CAUSE))
        changes = {"kind_as_influencer": pc.if_else(is_cause, _UNDETERMINED, table["kind_as_influencer"])}
        asked = pc.and_(private, pc.is_valid(table["p_cause"]))
        for name in (*_SORTS, "best_influencer"):
            changes[name] = pc.if_else(asked, pa.scalar(None, table.schema.field(name).type), table[name])
        return _with(table, changes)
    is_told = pc.invert(pc.and_(private, pc.equal(table["head"].combine_chunks(), HEADS[POLITICAL])))
    table, private = table.filter(is_told), private.filter(is_told)
    term = [
        UNNAMED if hide and name.partition("@")[0] in OPINIONS else name
        for name, hide in zip(table["term"].to_pylist(), private.to_pylist(), strict=True)
    ]
    return _with(table, {"term": pa.array(term, table.schema.field("term").type)})


def owners_of_group_acts(tables: Mapping[str, pa.Table]) -> dict[str, str]:
    """Whose each act of groups and of relays is, as far as these tables tell: act id -> account id."""
    owners: dict[str, str] = {}
    if "group_objects" in tables:
        for row in tables["group_objects"].select(["account_ids", "act_ids"]).to_pylist():
            owners |= dict(zip(row["act_ids"], row["account_ids"], strict=True))
    if "relays" in tables:
        for row in tables["relays"].select(["account_id", "act_ids"]).to_pylist():
            owners |= dict.fromkeys(row["act_ids"], row["account_id"])
    named = tables["named_by"]
    if "object_id" in named.column_names:  # whose item was passed on
        items = named.select(["object_id", "author_id"]).drop_null()
        owners |= dict(zip(items["object_id"].to_pylist(), items["author_id"].to_pylist(), strict=True))
    return owners


def _with(table: pa.Table, changes: Mapping[str, Any]) -> pa.Table:
    for name, column in changes.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(place, table.schema.field(place), column)
    return table

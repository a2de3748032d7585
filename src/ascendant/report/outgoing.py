"""A table of a study -> the same table as it may leave the study.

Each column has a rule: ids of accounts and acts become pseudonyms where the owner is private, words and traces of
private persons go, plain words and numbers stay. A column of words without a rule is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.report.advertising_names import hide_advertisers, is_of_advertising
from ascendant.report.language import Language
from ascendant.report.naming import FEWEST_PERSONS, Names
from ascendant.report.outgoing_groups import hide_kinds, shown_group_acts, shown_objects

ACCOUNT_COLUMNS: Final = (
    *("account_id", "actor_id", "object_author_id", "author_id", "source_id", "target_id"),
    *("likeliest_source_id", "passed_by_id"),
)
ACCOUNT_LISTS: Final = ("mentions", "account_ids")
# An act's id leads to its page, so it is as good as a name: shown where the account in the second column is public.
ACT_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "activity_id": ("actor_id",),
    "act_id": ("actor_id", "account_id"),
    "object_id": ("object_author_id", "author_id"),
    "cascade_id": (),
    "thread_id": (),
    "context_id": (),
}
ACT_LISTS: Final = ("evidence", "evidence_inferred", "group_act_ids")  # `act_ids`: see `outgoing_groups`
# Words and traces that identify who left them.
TRACE_COLUMNS: Final = frozenset(
    "text handle name bio url urls hashtags media_hash created_at followers following advertiser ad basis_source"
    " detail".split()
)
# Files are named after whom they were collected from, so that a public account's row may tell of a private one.
KEPT_IN_COLUMNS: Final = frozenset({"source_file", "source_pointer"})
# Words of ours, that tell nothing of a person.
PLAIN_COLUMNS: Final = frozenset(
    "platform verb direction time_basis lang relay time_precision object_kind audience missing reader declared_kind"
    " resolved standing evidence sphere label kind unit what kind_as_influencer best_influencer kind_as_influenced"
    " best_influenced basis layer term head behaviour trace traces innocent".split()
)


def pseudonymise_table(table: pa.Table, names: Names, *, owners: Mapping[str, str] | None = None) -> pa.Table:
    """A table as it may leave the study: ids, words and traces of private persons go through `names`.

    Raises `ValueError` for a column of words of which this module does not know what it may tell: a new one is
    added to one of the lists above.

    Pseudonyms in tables are the English ones, so that tables of a French and of an English session join.
    `owners` says whose acts are those of a column whose owner is in no column: act id -> account id.

    >>> ties = pa.table({"source_id": ["x:1"], "target_id": ["x:2"], "n_moved": [3]})
    >>> names = Names(pa.table({"account_id": ["x:1"], "handle": ["bbc"], "followers": [6000]}), b"a key of the study")
    >>> pseudonymise_table(ties, names).to_pylist()
    [{'source_id': 'x:1', 'target_id': 'person-BM6F-PTNV', 'n_moved': 3}]
    """
    names = names.speaking(Language("en"))
    if names.revealed:
        return table
    if is_of_advertising(table):
        return hide_advertisers(table, names)
    table = hide_kinds(table, names)
    columns = {name: table[name] for name in table.column_names}
    changed: dict[str, pa.Array | pa.ChunkedArray] = {}
    for name, column in columns.items():
        if name in ACCOUNT_COLUMNS:
            changed[name] = _mapped(column, lambda one: one if names.is_public(one) else names.pseudonym(one))
        elif name in ACCOUNT_LISTS:
            changed[name] = _lists(column, lambda one: one if names.is_public(one) else names.pseudonym(one))
        elif name in ACT_LISTS and _is_list(column.type):
            changed[name] = _lists(column, lambda act: names.shown_act(act, (owners or {}).get(act)))
        elif name == "act_ids":
            changed[name] = shown_group_acts(columns, names, owners or {})
        elif name == "object":
            changed[name] = shown_objects(table, names, owners or {})
        elif name in ACT_COLUMNS:
            changed[name] = _acts(columns, name, names, owners or {})
        elif name in KEPT_IN_COLUMNS:
            changed[name] = pa.nulls(len(table), column.type)
        elif name == "topic":
            is_shared = pc.greater_equal(table["n_accounts"], FEWEST_PERSONS)
            changed[name] = pc.if_else(is_shared, column, pa.scalar(None, column.type))
        elif name in TRACE_COLUMNS:
            changed[name] = _traces(table, column, names)
        elif name not in PLAIN_COLUMNS and name != "metrics" and not _is_number(column.type):
            raise ValueError(f"no rule says whether {name!r} may leave the study")
    fields = [field.with_type(changed[field.name].type) if field.name in changed else field for field in table.schema]
    arrays = [changed.get(name, column) for name, column in columns.items()]
    return pa.table(arrays, schema=pa.schema(fields, metadata=table.schema.metadata))


def _acts(
    columns: Mapping[str, pa.ChunkedArray], name: str, names: Names, owners: Mapping[str, str]
) -> pa.Array | pa.ChunkedArray:
    column = columns[name]
    whose = next((columns[one] for one in ACT_COLUMNS[name] if one in columns), None)
    if whose is None:
        return _mapped(column, lambda act: names.shown_act(act, owners.get(act)))
    pairs = zip(column.to_pylist(), whose.to_pylist(), strict=True)
    return pa.array([names.shown_act(act, owner) for act, owner in pairs], column.type)


def _traces(table: pa.Table, column: pa.ChunkedArray, names: Names) -> pa.Array:
    """Kept where everybody whose traces they may be is public, with others hidden in them."""
    who = [table[name].to_pylist() for name in ACCOUNT_COLUMNS if name in table.column_names]
    verbs = table["verb"].to_pylist() if "verb" in table.column_names else [None] * len(table)
    kept = []
    for value, verb, *accounts in zip(column.to_pylist(), verbs, *who, strict=True):
        involved = [one for one in accounts if one is not None]
        # in anything but a post, a missing author is somebody whom we do not know
        whole = bool(involved) and (verb == "post" or len(involved) == len(accounts))
        kept.append(_hidden(value, names) if whole and all(map(names.is_public, involved)) else None)
    return pa.array(kept, column.type)


def _hidden(value: object, names: Names) -> object:
    if isinstance(value, str):
        return names.hide_in(value)
    return [_hidden(one, names) for one in value] if isinstance(value, list) else value


def _mapped(column: pa.ChunkedArray, change: Callable[[Any], Any]) -> pa.ChunkedArray:
    values = pc.unique(column)
    changed = [None if one is None else change(one) for one in values.to_pylist()]
    return pa.array(changed, column.type).take(pc.index_in(column, value_set=values))


def _lists(column: pa.ChunkedArray, change: Callable[[Any], Any]) -> pa.Array:
    rows = column.to_pylist()
    return pa.array([row and [change(one) for one in row if one is not None] for row in rows], column.type)


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _is_number(kind: pa.DataType) -> bool:
    types = pa.types
    known = (types.is_integer, types.is_floating, types.is_boolean, types.is_temporal, types.is_null)
    return any(test(kind) for test in known) or (_is_list(kind) and _is_number(kind.value_type))

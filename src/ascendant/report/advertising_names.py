"""Advertisers and the pages that they paid for -> what may be shown of them.

Libraries of advertisements publish who paid because the law asks for it, and advertisers are organisations mostly: they
stand under their names. One that may be a private person (a name like a person's, few advertisements, little paid)
goes by a pseudonym like everybody else, and nothing is told of what it advertised.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.patterns.advertising.payers import is_like_a_person
from ascendant.patterns.advertising.tables import SCHEMAS
from ascendant.report.naming import Names, safe_words

_TRACES: Final = ("advertiser", "page_ids", "beneficiaries", "subjects")
_LONGEST: Final = 60


def shown_advertiser(row: Mapping[str, Any], names: Names) -> str:
    """The name of an advertiser, from a row with `advertiser_id`, `advertiser` and `may_be_private`."""
    if row["advertiser_id"] is None:
        return names.language.say(mark("nobody is named"))
    if is_hidden(row, names):
        return names.pseudonym(row["advertiser_id"])
    return safe_words(row["advertiser"] or "", longest=_LONGEST) or names.shown(row["advertiser_id"])


def is_hidden(row: Mapping[str, Any], names: Names) -> bool:
    """Whether an advertiser goes by a pseudonym."""
    return bool(row["may_be_private"]) and not names.is_shown(row["advertiser_id"])


def shown_pages(page_ids: list[str], names: Names) -> list[str]:
    """Pages by their names, where these are no person's."""
    table = names.accounts
    if "name" not in table.column_names:
        return [names.shown(one) for one in page_ids]
    held = table.filter(pc.is_in(table["account_id"], pa.array(page_ids, pa.string())))
    called = dict(zip(held["account_id"].to_pylist(), held["name"].to_pylist(), strict=True))
    return [
        safe_words(called[one], longest=_LONGEST) if not is_like_a_person(called.get(one)) else names.shown(one)
        for one in page_ids
    ]


def shown_words(words: list[str], names: Names) -> list[str]:
    """Beneficiaries and subjects, without private persons in them."""
    kept = [one for one in words if names.revealed or not (" " in one and is_like_a_person(one))]
    return [safe_words(names.hide_in(one), longest=_LONGEST) for one in kept]


def is_of_advertising(table: pa.Table) -> bool:
    """Whether a table is one of `patterns.advertising.tables.SCHEMAS`, whatever columns others have of these names."""
    return any(table.column_names == schema.names for schema in SCHEMAS.values())


def hide_advertisers(table: pa.Table, names: Names) -> pa.Table:
    """A table of advertising as it may leave the study: of advertisers that may be private, a pseudonym alone.

    >>> table = pa.table({"advertiser_id": ["x:1", "x:2"], "advertiser": ["Ville Demain", "Ann Lee"],
    ...                   "may_be_private": [False, True], "n_ads": [20, 1]})
    >>> names = Names(pa.table({"account_id": ["x:2"], "followers": [80]}), b"a key of the study")
    >>> hide_advertisers(table, names).to_pylist()[1]
    {'advertiser_id': 'person-BM6F-PTNV', 'advertiser': None, 'may_be_private': True, 'n_ads': 1}
    """
    if "advertiser_id" not in table.column_names:
        return table  # of all advertisers together
    rows = table.select(["advertiser_id", "may_be_private"])
    hidden = [one["advertiser_id"] is not None and is_hidden(one, names) for one in rows.to_pylist()]
    ids = table["advertiser_id"].to_pylist()
    for place, name in enumerate(table.column_names):
        column = table[name].to_pylist() if name in ("advertiser_id", *_TRACES) else None
        if column is None:
            continue
        if name == "advertiser_id":
            shown: list[Any] = [names.pseudonym(one) if hide else one for one, hide in zip(ids, hidden, strict=True)]
        else:
            shown = [
                None if hide else _told(name, one, own, names)
                for one, own, hide in zip(column, ids, hidden, strict=True)
            ]
        table = table.set_column(place, table.schema.field(place), pa.array(shown, table.schema.field(place).type))
    return table


def _told(name: str, value: Any, own: str | None, names: Names) -> Any:
    if name == "page_ids":
        return value and [one if one == own or names.is_public(one) else names.pseudonym(one) for one in value]
    return value if name == "advertiser" or value is None else shown_words(value, names)

"""Declarations, groups and advertisers -> the layers `list`, `coordination` and `advertising`."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.kinds.terms import Terms, term, together
from ascendant.patterns.kinds.weights import declarations

_NEWSROOM = frozenset({"one_source"})


def list_terms(accounts: pa.Table) -> Terms:
    """Terms of `declared_kind`, the detail saying who declares what; an unknown declaration says nothing."""
    kinds = [None if kind is None else kind.lower() for kind in accounts["declared_kind"].to_pylist()]
    details = [sources(*row) for row in zip(accounts["platform"].to_pylist(), kinds, strict=True)]
    parts = []
    for name, declared in declarations().items():
        says = np.array([kind == name for kind in kinds], np.float64)
        if says.any():
            parts.append(term("declared", says, declared.log_odds, details))
    return together(parts)


def sources(platform: str | None, kind: str | None) -> str:
    """Who declares what, in a word.

    >>> sources("x", "business")
    'x: business'
    """
    return f"{platform or '?'}: {kind or '?'}"


def declared_kinds(accounts: pa.Table) -> list[str | None]:
    """The kind that a declaration names, where it names one."""
    found = (declarations().get((kind or "").lower()) for kind in accounts["declared_kind"].to_pylist())
    return [None if one is None else one.kind for one in found]


def coordination_terms(account_ids: pa.ChunkedArray, groups: pa.Table | None, members: pa.Table | None) -> Terms:
    """Of members of groups (columns of `GROUPS`, `GROUP_MEMBERS`); the detail is the number of the group.

    Acting together speaks for somebody who is organised. It speaks for a cause, too, unless the group may well be one
    organisation's own accounts, such as a newsroom.
    """
    if groups is None or members is None or members.num_rows == 0:
        return together(())
    innocent = dict(zip(groups["group_id"].to_pylist(), groups["innocent"].to_pylist(), strict=True))
    best = members.sort_by([("q_value", "ascending"), ("group_id", "ascending"), ("account_id", "ascending")])
    group_of: dict[str, int] = {}
    for account_id, group in zip(best["account_id"].to_pylist(), best["group_id"].to_pylist(), strict=True):
        group_of.setdefault(account_id, group)
    group = [group_of.get(one) for one in account_ids.to_pylist()]
    details = ["" if one is None else str(one + 1) for one in group]  # as pages count them
    of_one = np.array([one is not None and not _NEWSROOM.isdisjoint(innocent.get(one) or ()) for one in group])
    of_many = np.array([one is not None for one in group]) & ~of_one
    return together(
        [
            term("group_of_one", of_one.astype(float), {"organisation": 0.5, "media": 1.0}, details),
            term("group", of_many.astype(float), {"organisation": 1.0, "political": 1.0}, details),
        ]
    )


def advertising_terms(account_ids: pa.ChunkedArray, advertisers: pa.Table | None) -> Terms:
    """Of those who pay for advertisements (columns of `ADVERTISERS`); the detail is how many.

    Whom a report of advertisers counts pays on social issues, elections or politics: that is what the report is of.
    Companies stand in it, too, so that it is no proof of a cause.
    """
    if advertisers is None or advertisers.num_rows == 0:
        return together(())
    n_ads: dict[str, int] = {}
    n_reported: dict[str, int] = {}
    columns = ("advertiser_id", "page_ids", "n_ads", "n_reported")
    for advertiser, pages, ads, reported in zip(*(advertisers[name].to_pylist() for name in columns), strict=True):
        for account in {advertiser, *(pages or ())} - {None}:
            n_ads[account] = n_ads.get(account, 0) + (ads or 0)
            n_reported[account] = n_reported.get(account, 0) + (reported or 0)
    ids = account_ids.to_pylist()
    n, reported = (np.array([found.get(one, 0) for one in ids]) for found in (n_ads, n_reported))
    details = [str(max(pair)) for pair in zip(n.tolist(), reported.tolist(), strict=True)]
    on_politics = (reported > 0).astype(float)
    return together(
        [
            term("pays", (n > 0) * (1 - on_politics), {"organisation": 1.0, "company": 1.0}, details),
            term("pays_on_politics", on_politics, {"organisation": 1.0, "political": 1.5}, details),
        ]
    )


def known(table: pa.Table, account_ids: pa.ChunkedArray) -> pa.Table:
    """The rows of known accounts in the order of the ids; a row of nulls for one that no file describes."""
    place = pc.index_in(account_ids, table["account_id"].combine_chunks())
    rows = table.take(place)
    return rows.set_column(rows.schema.get_field_index("account_id"), "account_id", account_ids)

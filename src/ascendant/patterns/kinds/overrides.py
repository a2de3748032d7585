"""Kinds as computed, and those that the user gives -> kinds as they are shown.

What was computed stays beside: the best guess, the probabilities, and the terms.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pyarrow as pa

from ascendant.patterns.kinds.influencers import KINDS, OVERRIDE, UNDETERMINED
from ascendant.patterns.kinds.private import is_public
from ascendant.patterns.kinds.weights import public_declarations

CHOICES = (*KINDS, UNDETERMINED)


class Override(Protocol):
    """The kind that the user gives to an account, and why."""

    @property
    def account(self) -> str:
        """Its id."""

    @property
    def kind(self) -> str:
        """One of `CHOICES`."""

    @property
    def reason(self) -> str:
        """In the user's own words."""


def overridden(kinds: pa.Table, accounts: pa.Table, overrides: Iterable[Override]) -> pa.Table:
    """The kinds with the user's own in the place of those computed.

    One that would give an opinion to a private person is passed over, as is one of an account that is not there.
    """
    given = {one.account: one for one in overrides if one.kind in CHOICES}
    if not given or kinds.num_rows == 0:
        return kinds
    allowed = may_be_cause(kinds, accounts)
    columns = {name: kinds[name].to_pylist() for name in ("kind_as_influencer", "basis", "basis_source")}
    for place, account_id in enumerate(kinds["account_id"].to_pylist()):
        one = given.get(account_id)
        if one is None or (one.kind == "cause" and account_id not in allowed):
            continue
        columns["kind_as_influencer"][place] = one.kind
        columns["basis"][place], columns["basis_source"][place] = OVERRIDE, one.reason
    for name, values in columns.items():
        kinds = kinds.set_column(kinds.schema.get_field_index(name), name, pa.array(values, pa.string()))
    return kinds


def may_be_cause(kinds: pa.Table, accounts: pa.Table) -> frozenset[str]:
    """The accounts of which politics may be spoken: public ones, and those that were found to be organisations."""
    public = accounts.filter(pa.array(is_public(accounts, public_declarations())))["account_id"].to_pylist()
    asked = kinds.filter(kinds["p_cause"].is_valid())["account_id"].to_pylist()
    return frozenset(public) | frozenset(asked)

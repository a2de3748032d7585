"""What the page of a mirror is made of, and what it may show of others: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.mirror.tables import Mirror
from ascendant.report.inputs import EvidencePost
from ascendant.report.language import Language
from ascendant.report.naming import Names


@dataclass(frozen=True, kw_only=True)
class MirrorInputs:
    """All that the page says. `names` shows whatever the owner may see; a shared page hides it again by itself.

    `posts` are those that the examples of `mirror.unlinked` and `mirror.worked_for` name, by their ids.
    """

    mirror: Mirror
    names: Names
    made_on: datetime
    version: str
    title: str | None = None
    is_shared: bool = False
    posts: Mapping[str, EvidencePost] = field(default_factory=dict)

    def shown_names(self, language: Language) -> Names:
        """The names of this version of the page."""
        names = names_to_share(self.names, self.mirror["me"]) if self.is_shared else self.names
        return names.speaking(language)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A table as rows; only for tables that are small in every archive."""
        found: list[dict[str, Any]] = self.mirror[name].to_pylist()
        return found

    def whole(self, name: str) -> dict[str, Any] | None:
        """The row of a table that tells of all platforms together."""
        return next((row for row in self.rows(name) if row["platform"] is None), None)


def names_to_share(names: Names, me: pa.Table) -> Names:
    """The same names, with the owner as private as anybody: public accounts alone stay."""
    accounts = names.accounts
    kept = [
        "account_id",
        *(name for name in ("handle", "name", "followers", "declared_kind") if name in accounts.column_names),
    ]
    others = accounts.select(kept)
    mine = pc.is_in(others["account_id"], pc.cast(me["account_id"].combine_chunks(), others["account_id"].type))
    if "is_me" in accounts.column_names:
        mine = pc.or_(mine, pc.fill_null(accounts["is_me"], fill_value=False))
    owner = me.select(["account_id", "handle", "name"])
    held = others.filter(mine)
    was = held.select([name for name in ("account_id", "handle", "name") if name in held.column_names])
    hidden = pa.concat_tables([owner, was], promote_options="permissive")
    return replace(
        names,
        accounts=pa.concat_tables([others.filter(pc.invert(mine)), hidden], promote_options="permissive"),
        revealed=False,
    )

"""What a reader finds in an export, sorted by kind. Shared by tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.errors import BrokenFile
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.readers import Reader


@dataclass
class Found:
    """Items of one reading, by kind."""

    acts: list[Activity] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    rows: list[Coverage] = field(default_factory=list)
    damage: BrokenFile | None = None

    @classmethod
    def by(cls, reader: Reader, path: Path, **options: Any) -> Self:
        """What the reader finds at a path; damage is kept beside what came before it."""
        found = cls()
        kinds: dict[type, list[Any]] = {
            Activity: found.acts,
            Account: found.accounts,
            Reject: found.rejects,
            Coverage: found.rows,
        }
        try:
            for item in reader.read(Export.at(path), ReadOptions(**options)):
                kinds[type(item)].append(item)
        except BrokenFile as error:
            found.damage = error
        return found

    @property
    def only(self) -> Activity:
        assert [(reject.reason, reject.detail) for reject in self.rejects] == []
        (act,) = self.acts
        return act

    @property
    def me(self) -> Account:
        (account,) = [account for account in self.accounts if account.is_me]
        return account

    def of(self, verb: str) -> list[Activity]:
        return [act for act in self.acts if act.verb == verb]

    def coverage(self, name: str) -> Coverage:
        (row,) = [row for row in self.rows if f"/{row.member}".endswith(f"/{name}")]
        return row

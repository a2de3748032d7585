"""A study -> whose archives it holds: the owner's accounts, and which platforms there are.

Somebody may have several accounts of one platform (a handle and its number, a page of their own): one stands for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import pyarrow as pa

PLATFORMS: Final = {"x_archive": "x", "facebook_archive": "facebook", "linkedin_archive": "linkedin"}  # by reader
_text = pa.string()


class Questions(Protocol):
    """What a study can be asked; `ascendant.store` gives one."""

    def ask(self, name: str, /, **tables: pa.Table) -> pa.Table:
        """The answer of `store/sql/<name>.sql`; `tables` are relations of those names while it runs."""
        ...

    def stream(self, name: str, rows: int, /, **tables: pa.Table) -> Iterator[pa.RecordBatch]:
        """The same answer in batches of about so many rows; at least one, be it empty."""
        ...


@dataclass(frozen=True)
class Owner:
    """Accounts of the owner, as the questions need them, and one row of what is known for each platform.

    `me` (account_id, main_id) has each account, `owner` (platform, main_id) the one that stands for all. `known` has
    the columns of the question `mirror_owner`, by platform. `has_collected` by platform.
    """

    me: pa.Table
    owner: pa.Table
    known: dict[str, dict[str, object]]
    collected: frozenset[str]

    @property
    def platforms(self) -> list[str]:
        """In the order of their names."""
        return sorted(self.known)

    @property
    def relations(self) -> dict[str, pa.Table]:
        """What the questions of the mirror need."""
        return {"me": self.me, "owner": self.owner}


def find_owner(questions: Questions, coverage: pa.Table) -> Owner:
    """A platform is the owner's where an archive of it was read, be it empty, or where an account is declared."""
    rows = questions.ask("mirror_owner").to_pylist()
    mine = [row for row in rows if row["is_declared"] or row["n_rows"]]
    readers = {(name or "").partition(" ")[0] for name in coverage["reader"].to_pylist()}
    platforms = {row["platform"] for row in mine} | {PLATFORMS[name] for name in readers & PLATFORMS.keys()}
    me: list[tuple[str, str]] = []
    owner: list[tuple[str, str]] = []
    known: dict[str, dict[str, object]] = {}
    for platform in sorted(platforms):
        accounts = [row for row in mine if row["platform"] == platform]
        named = sorted((row for row in accounts if row["account_id"] is not None), key=_rank)
        first = named[0] if named else {}
        # An id that nobody can bear, where no archive says whose it is.
        main = str(first.get("account_id") or f"{platform}:(owner)")
        made_at = [row["collected_at"] for row in accounts if row["collected_at"] is not None]
        known[platform] = {**first, "main_id": main, "collected_at": max(made_at, default=None)}
        for name in ("handle", "name", "followers", "following"):
            known[platform][name] = next((row[name] for row in named if row[name] is not None), None)
        owner.append((platform, main))
        me += [(str(row["account_id"]), main) for row in named]
    collected = frozenset(str(row["platform"]) for row in rows if row["n_collected"])
    return Owner(_pairs(me, "account_id", "main_id"), _pairs(owner, "platform", "main_id"), known, collected)


def _rank(row: dict[str, object]) -> tuple[object, ...]:
    """The account that acts most stands for all; of equals one with a number, since handles change hands."""
    return -int(str(row["n_by_me"])), not row["is_declared"], ":@" in str(row["account_id"]), row["account_id"]


def _pairs(rows: list[tuple[str, str]], first: str, second: str) -> pa.Table:
    columns = [[one for one, _ in rows], [other for _, other in rows]]
    return pa.table([pa.array(column, _text) for column in columns], names=[first, second])

"""`named_by` -> named acts as numbers: who, whose item, how fast. Conversation is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

QUICKEST: Final = 0.2  # of the acts of a platform


@dataclass(frozen=True)
class NamedActs:
    """L named acts; `actor` and `author` are places of accounts. Fast and quick are so within their platform."""

    n_accounts: int
    actor: Whole
    author: Whole
    weight: Whole
    is_reply: Flags
    has_delay: Flags
    is_fast: Flags
    is_quick: Flags

    @classmethod
    def of(cls, named_by: pa.Table, ids: pa.Array, platform: Whole) -> NamedActs:
        moved = named_by.filter(pc.invert(named_by["is_conversation"]))
        actor, author = places(moved["actor_id"], ids), places(moved["author_id"], ids)
        is_here = (actor >= 0) & (author >= 0)
        delay = numbers(moved["delay_seconds"])[is_here]
        actor, author = actor[is_here], author[is_here]
        is_fast, is_quick = (np.zeros(actor.size, bool) for _ in range(2))
        has_delay = delay >= 0
        for one in np.unique(platform[actor[has_delay]]):
            here = has_delay & (platform[actor] == one)
            half, fifth = np.quantile(delay[here], [0.5, QUICKEST])
            is_fast[here], is_quick[here] = delay[here] < half, delay[here] < fifth
        return cls(
            n_accounts=len(ids),
            actor=actor,
            author=author,
            weight=numbers(moved["n"])[is_here],
            is_reply=pc.equal(moved["verb"], "reply").to_numpy()[is_here],
            has_delay=has_delay,
            is_fast=is_fast,
            is_quick=is_quick,
        )

    @property
    def total(self) -> Whole:
        return self.count(np.ones(self.actor.size, bool))

    def count(self, chosen: Flags) -> Whole:
        """Acts of each account among the chosen links."""
        return spread(self.weight[chosen], self.actor[chosen], self.n_accounts)

    def most_named(self) -> Whole:
        """Acts of each account that name the source it names most."""
        pairs, place = np.unique(self.actor * self.n_accounts + self.author, return_inverse=True)
        most = np.zeros(self.n_accounts, np.int64)
        np.maximum.at(most, pairs // self.n_accounts, spread(self.weight, place, pairs.size))
        return most

    def is_of(self, group_id: Whole, member_of: Whole) -> Flags:
        """Links that name a member of the group of their actor's `group_id`."""
        wanted = group_id[self.actor]
        return np.asarray((wanted >= 0) & (member_of[self.author] == wanted))


def spread(values: Whole, places: Whole, size: int) -> Whole:
    return np.bincount(places, values, minlength=size).astype(np.int64)


def places(column: pa.ChunkedArray, ids: pa.Array) -> Whole:
    return numbers(pc.index_in(flat(column), ids))


def numbers(column: pa.Array | pa.ChunkedArray) -> Whole:
    """Whole numbers; -1 where there is none."""
    found: Whole = pc.fill_null(column, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def flat(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column

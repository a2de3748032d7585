"""Each act once: though two files tell it, though a file is there twice, and though two acts look the same.

Facebook gives acts no ids. An act's id is made of what it is and when; so that the same act of a file that was
downloaded twice is one row, and that of two exports too.
"""

from __future__ import annotations

from collections.abc import Collection
from operator import itemgetter
from typing import Final

import msgspec

from ascendant.activity import Activity, content_id

_FIELDS: Final = Activity.__struct_fields__
# Where a row stands says nothing of the act.
_BESIDE: Final = frozenset({"activity_id", "collected_at", "source_file", "source_pointer", "reader"})
_facts: Final = itemgetter(*(number for number, name in enumerate(_FIELDS) if name not in _BESIDE))


class Ledger:
    """The acts of one archive. `newer` are those of a newer archive of the same owner, by the hash of their id."""

    def __init__(self, newer: Collection[int] = ()) -> None:
        self.newer = newer
        self._by_entry: dict[str, set[int]] = {}
        self._facts: dict[int, int] = {}  # by the hash of an id, that of what its row says

    def admit(self, row: Activity, entry: str, after: str | None, *, is_repeated: bool) -> Activity | None:
        """The row, under an id that no other act has; None when the entry `after` or a newer archive told its act.

        The acts of an entry are kept by its name where another one repeats them.
        """
        key = hash(row.activity_id)
        if key in self.newer or (after is not None and key in self._by_entry.get(after, ())):
            return None
        facts = hash(_facts(msgspec.structs.astuple(row)))
        number = 1
        while self._facts.setdefault(key, facts) != facts:
            # Another act of the same second.
            number += 1
            row = msgspec.structs.replace(row, activity_id=content_id("facebook", row.activity_id, number))
            key = hash(row.activity_id)
        if is_repeated:
            self._by_entry.setdefault(entry, set()).add(key)
        return row

    @property
    def told(self) -> frozenset[int]:
        """All acts, for an older archive of the same owner."""
        return frozenset(self._facts)

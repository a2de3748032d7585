"""Rows of own acts, and of others' acts on the owner's items -> arrays, for all that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.patterns.clock import DAY
from ascendant.patterns.mirror.bursts import aloneness
from ascendant.patterns.mirror.chains import roots, threads
from ascendant.patterns.mirror.delays import delays, micros_of, published
from ascendant.patterns.mirror.owner import Owner, Questions
from ascendant.patterns.mirror.reposts import found_posts

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

KINDS: Final = ("post", "link_with_words", "repost", "quote", "link", "reply", "conversation")
POST, LINK_WITH_WORDS, REPOST, QUOTE, LINK, REPLY, CONVERSATION = range(7)
PART_OF: Final = ("start", "start", "pass_on", "pass_on", "pass_on", "answer", "answer")
RESPONSE: Final = ("platform", "verb", "other_id", "object_id", "happened_at", "n_first", "n_conversation")
BATCH: Final = 20_000  # rows


@dataclass(frozen=True)
class Acts:
    """Own acts, a row each: `platform` a place in `platforms`, `kind` in `KINDS`, `source` in `sources` (-1: unknown).

    `n` is how many acts a row stands for. An answer `is_unsure` where nothing tells what conversation it is in.
    Times are microseconds (UTC), 0 where unknown; delays are seconds.
    """

    platforms: list[str]
    sources: list[str]
    act_id: pa.ChunkedArray
    platform: Whole
    kind: Whole
    source: Whole
    n: Whole
    is_self: Flags
    is_unsure: Flags
    happened: Whole
    is_timed: Flags
    has_clock: Flags
    appeared: Whole
    is_dated: Flags
    delay: Whole
    has_delay: Flags
    bases: frozenset[str]

    @property
    def is_act(self) -> Flags:
        """All but conversation."""
        found: Flags = self.kind != CONVERSATION
        return found

    @property
    def is_moved(self) -> Flags:
        """Reposts, quotes and first replies to others."""
        found: Flags = np.isin(self.kind, (REPOST, QUOTE, REPLY)) & ~self.is_self
        return found

    @property
    def is_attributed(self) -> Flags:
        """Of these, with a known source."""
        found: Flags = self.is_moved & (self.source >= 0)
        return found

    def n_unsure(self, is_here: Flags) -> int:
        """How many of the first replies may only go on with a conversation that the archive does not show whole: all
        that are unsure, but one of each account to which no reply is sure."""
        is_first = is_here & (self.kind == REPLY) & ~self.is_self
        width = len(self.sources) + 1
        key = self.platform * width + self.source + 1
        unsure = np.bincount(key[is_first & self.is_unsure], self.n[is_first & self.is_unsure], width * 128)
        sure = np.bincount(key[is_first & ~self.is_unsure], minlength=width * 128)
        return int((unsure - ((unsure > 0) & (sure == 0))).sum())

    def aloneness(self, is_it: Flags, kind: Whole) -> float:
        """How much one of these acts is worth, of those that come in weeks (`bursts`)."""
        row = np.flatnonzero(is_it & self.is_timed)
        return aloneness((self.happened[row] // DAY + 3) // 7, kind[row], self.n[row])

    def sides(self) -> list[tuple[str | None, Flags]]:
        """All platforms together, then each."""
        found: list[tuple[str | None, Flags]] = [(None, np.ones(self.n.size, bool))]
        return found + [(name, self.platform == number) for number, name in enumerate(self.platforms)]


@dataclass(frozen=True)
class Read:
    """Own acts, and others' acts on the owner's items (columns of `mirror_acts`).

    `n_backward` acts are older than what they name, `n_loose` replies name neither a thread nor an item.
    """

    acts: Acts
    responses: pa.Table
    n_backward: int
    n_loose: int


def read_acts(questions: Questions, owner: Owner) -> Read:
    """Acts of the owner, and those that name the owner's items. Rows come in batches and leave as numbers: an archive
    may hold a million acts, and their ids are long."""
    some = _Some(owner)
    relations = {
        "found": found_posts(questions, owner),
        "root": roots(questions),
        "thread": threads(questions),
        **owner.relations,
    }
    pa.default_memory_pool().release_unused()  # what the chains took
    for batch in questions.stream("mirror_acts", BATCH, **relations):
        some.take(pa.Table.from_batches([batch]))
    return some.read()


class _Some:
    """Acts in the making, batch by batch; sources are numbered as they come, and put in order at the end."""

    def __init__(self, owner: Owner) -> None:
        self._platforms = owner.platforms
        self._number: dict[str, int] = {}
        self._columns: dict[str, list[NDArray[Any]]] = {}
        self._act_ids: list[pa.Array] = []
        self._responses: list[pa.Table] = []
        self._bases: set[str] = set()
        self._n_backward = self._n_loose = 0

    def take(self, table: pa.Table) -> None:
        self._responses.append(table.filter(pc.invert(table["is_mine"])).select(RESPONSE))
        own, n, is_conversation = _parted(table.filter(table["is_mine"]))
        happened, is_timed = micros_of(own["happened_at"])
        appeared, is_dated, _ = published(own)
        delay, has_delay, n_backward = delays(own)
        is_self = _flags(own["is_self"])
        columns: dict[str, NDArray[Any]] = {
            "platform": _places(own["platform"], pa.array(self._platforms, pa.string())).astype(np.int8),
            "kind": np.where(is_conversation, CONVERSATION, _kinds(own)).astype(np.int8),
            "source": np.where(is_self, -1, self._sources(own["other_id"])).astype(np.int32),
            "n": n,
            "is_self": is_self,
            "is_unsure": _flags(own["is_unsure"]),
            "happened": happened,
            "is_timed": is_timed,
            "has_clock": is_timed & _flags(own["has_clock"]),
            "appeared": appeared,
            "is_dated": is_dated,
            "delay": delay,
            "has_delay": has_delay,
        }
        for name, values in columns.items():
            self._columns.setdefault(name, []).append(values)
        self._act_ids += own["act_id"].chunks
        self._bases.update(pc.unique(own["time_basis"]).drop_null().to_pylist())
        self._n_backward += n_backward
        self._n_loose += int(n[_flags(own["is_loose"])].sum())

    def read(self) -> Read:
        """All that was taken."""
        names = sorted(self._number)
        place = np.full(len(names) + 1, -1, np.int64)  # the last one is that of no source
        place[[self._number[name] for name in names]] = np.arange(len(names))
        columns: dict[str, Any] = {name: np.concatenate(parts) for name, parts in self._columns.items()}
        columns["source"] = place[columns["source"]]
        acts = Acts(
            platforms=self._platforms,
            sources=names,
            act_id=pa.chunked_array(self._act_ids, pa.string()),
            **{name: values if values.dtype == bool else values.astype(np.int64) for name, values in columns.items()},
            bases=frozenset(self._bases),
        )
        return Read(acts, pa.concat_tables(self._responses), self._n_backward, self._n_loose)

    def _sources(self, column: pa.ChunkedArray) -> Whole:
        known = column.cast(pa.string()).combine_chunks().dictionary_encode()
        codes = [self._number.setdefault(name, len(self._number)) for name in known.dictionary.to_pylist()]
        found: Whole = np.array([*codes, -1], np.int64)[known.indices.fill_null(-1).to_numpy()]
        return found


def _parted(own: pa.Table) -> tuple[pa.Table, Whole, Flags]:
    """Rows that are all of one kind, how many acts each stands for, and which are conversation: a row that stands for
    several replies to one account may be its first and further ones."""
    first, further = own["n_first"].to_numpy(), own["n_conversation"].to_numpy()
    is_both = (first > 0) & (further > 0)
    n, is_conversation = np.where(first > 0, first, further), first == 0
    if is_both.any():
        own = pa.concat_tables([own, own.filter(pa.array(is_both))])
        n = np.concatenate([n, further[is_both]])
        is_conversation = np.concatenate([is_conversation, np.ones(int(is_both.sum()), bool)])
    return own, n, is_conversation


def _flags(column: pa.ChunkedArray) -> Flags:
    found: Flags = column.to_numpy().astype(bool)
    return found


def _places(column: pa.ChunkedArray, among: pa.Array) -> Whole:
    found: Whole = pc.fill_null(pc.index_in(column, among), -1).to_numpy().astype(np.int64)
    return found


def _kinds(own: pa.Table) -> Whole:
    verb = _places(own["verb"], pa.array(["post", "repost", "quote", "reply"]))
    relay = _places(own["relay"], pa.array(["with_comment", "link"]))
    kind: Whole = np.array([POST, REPOST, QUOTE, REPLY], np.int64)[verb]
    kind = np.where((kind == POST) & (relay == 0), LINK_WITH_WORDS, kind)
    found: Whole = np.where((kind == POST) & (relay == 1), LINK, kind)
    return found

"""Own acts of all kinds -> the balance and the least share of reaction; and the acts as arrays, for what follows.

A repost, a quote and the first reply to another's item were moved. An act on an item of one's own was not, and what
follows between a pair in a thread is conversation. A quote, repost or reply whose author no file tells was moved all
the same: archives name the posts of others by number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.patterns.clock import DAY
from ascendant.patterns.mirror.bursts import aloneness, share_interval
from ascendant.patterns.mirror.chains import roots, threads
from ascendant.patterns.mirror.delays import delays, has_clock, micros_of, published
from ascendant.patterns.mirror.owner import Owner, Questions
from ascendant.patterns.mirror.tables import table_of
from ascendant.patterns.options import PatternOptions

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

KINDS: Final = ("post", "link_with_words", "repost", "quote", "link", "reply", "conversation")
POST, LINK_WITH_WORDS, REPOST, QUOTE, LINK, REPLY, CONVERSATION = range(7)
PART_OF: Final = ("start", "start", "pass_on", "pass_on", "pass_on", "answer", "answer")
_PART_OF_FACT: Final = {
    **dict.fromkeys(("react", "vote"), "like"),
    **dict.fromkeys(("view", "click", "ad_view", "ad_click"), "take_in"),
}
_time = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class Acts:
    """Own acts, a row each: `platform` a place in `platforms`, `kind` in `KINDS`, `source` in `sources` (-1: unknown).

    `n` is how many acts a row stands for; times are microseconds (UTC), 0 where unknown; delays are seconds.
    """

    platforms: list[str]
    sources: list[str]
    act_id: pa.ChunkedArray
    platform: Whole
    kind: Whole
    source: Whole
    n: Whole
    is_self: Flags
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
    """Acts of the owner, and those that name the owner's items."""
    table = questions.ask("mirror_acts", root=roots(questions), thread=threads(questions), **owner.relations)
    own, n, is_conversation = _parted(table.filter(table["is_mine"]))
    responses = table.filter(pc.invert(table["is_mine"]))
    happened, is_timed = micros_of(own["happened_at"])
    appeared, is_dated, _ = published(own)
    delay, has_delay, n_backward = delays(own)
    is_self = own["is_self"].to_numpy(zero_copy_only=False).astype(bool)
    source = own["other_id"].cast(pa.string())
    source = pc.if_else(pa.array(is_self), pa.scalar(None, pa.string()), source)
    sources = pc.unique(source).drop_null()
    sources = sources.take(pc.sort_indices(sources))
    acts = Acts(
        platforms=owner.platforms,
        sources=sources.to_pylist(),
        act_id=own["act_id"],
        platform=_places(own["platform"], pa.array(owner.platforms, pa.string())),
        kind=np.where(is_conversation, CONVERSATION, _kinds(own)),
        source=_places(source, sources),
        n=n,
        is_self=is_self,
        happened=happened,
        is_timed=is_timed,
        has_clock=is_timed & has_clock(own["time_precision"], own["time_basis"]),
        appeared=appeared,
        is_dated=is_dated,
        delay=delay,
        has_delay=has_delay,
        bases=frozenset(pc.unique(own["time_basis"]).drop_null().to_pylist()),
    )
    n_loose = int(acts.n[own["is_loose"].to_numpy(zero_copy_only=False).astype(bool)].sum())
    return Read(acts, responses, n_backward, n_loose)


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


def balance(acts: Acts, facts: pa.Table) -> pa.Table:
    """One row for each kind that was seen, and the sums over platforms where there are several. `facts` is the answer
    of `mirror_facts`."""
    rows: list[dict[str, object]] = []
    for name, is_here in acts.sides():
        for number, kind in enumerate(KINDS):
            if (is_it := is_here & (acts.kind == number)).any():
                rows.append({"platform": name, "part": PART_OF[number], "kind": kind, **_span(acts, is_it)})
        of_kind: dict[str, list[dict[str, object]]] = {}
        for row in facts.to_pylist():
            if name is None or row["platform"] == name:
                of_kind.setdefault(row["verb"], []).append(row)
        for kind, part in _PART_OF_FACT.items():
            if kind in of_kind:
                rows.append({"platform": name, "part": part, "kind": kind, **_together(of_kind[kind])})
    return table_of("balance", rows)


def _span(acts: Acts, is_it: Flags) -> dict[str, object]:
    is_timed = is_it & acts.is_timed
    times = pa.array(acts.happened[is_timed]).cast(_time)
    ends = pc.min_max(times).as_py()
    return {
        "n": int(acts.n[is_it].sum()),
        "n_timed": int(acts.n[is_timed].sum()),
        "first_at": ends["min"],
        "last_at": ends["max"],
    }


def _together(rows: list[dict[str, object]]) -> dict[str, object]:
    first = [row["first_at"] for row in rows if row["first_at"] is not None]
    last = [row["last_at"] for row in rows if row["last_at"] is not None]
    return {
        "n": sum(int(str(row["n"])) for row in rows),
        "n_timed": sum(int(str(row["n_timed"])) for row in rows),
        "first_at": min(first, default=None),  # type: ignore[type-var]
        "last_at": max(last, default=None),  # type: ignore[type-var]
    }


def me(acts: Acts, owner: Owner) -> pa.Table:
    """One row for each platform of the owner."""
    rows: list[dict[str, object]] = []
    for name, is_here in acts.sides()[1:]:
        known = owner.known[str(name)]
        span = _span(acts, is_here)
        rows.append(
            {
                "platform": name,
                **{key: known.get(key) for key in ("account_id", "handle", "name", "followers", "following")},
                "n_acts": span.pop("n"),
                **span,
                "collected_at": known["collected_at"],
            }
        )
    return table_of("me", rows)


def reaction(acts: Acts, options: PatternOptions) -> pa.Table:
    """How much of what the owner does is surely reaction, as a share of acts without conversation."""
    rows: list[dict[str, object]] = []
    for name, is_here in acts.sides():
        n_acts = int(acts.n[is_here & acts.is_act].sum())
        n_moved = int(acts.n[is_here & acts.is_moved].sum())
        n_links = int(acts.n[is_here & (acts.kind == LINK)].sum())
        row: dict[str, object] = {
            "platform": name,
            "n_acts": n_acts,
            "n_reaction": n_moved,
            "n_links": n_links,
            "n_conversation": int(acts.n[is_here & (acts.kind == CONVERSATION)].sum()),
        }
        if n_acts:
            worth = acts.aloneness(is_here & acts.is_act, acts.is_moved.astype(np.int64))
            low, high = share_interval(np.array([n_moved]), np.array([n_acts]), options.interval, worth)
            row |= {"share": n_moved / n_acts, "low": float(low[0]), "high": float(high[0])}
            row["share_with_links"] = (n_moved + n_links) / n_acts
        rows.append(row)
    return table_of("reaction", rows)

"""Own acts of all kinds -> the balance, and the least share of reaction.

A repost, a quote and the first reply to another's item were moved. An act on an item of one's own was not, and what
follows between a pair in a thread is conversation. A quote, repost or reply whose author no file tells was moved all
the same: archives name the posts of others by number.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.mirror.acts import CONVERSATION, KINDS, LINK, PART_OF, Acts, Flags
from ascendant.patterns.mirror.bursts import share_interval
from ascendant.patterns.mirror.owner import Owner
from ascendant.patterns.mirror.tables import table_of
from ascendant.patterns.options import PatternOptions

_PART_OF_FACT = {
    **dict.fromkeys(("react", "vote"), "like"),
    **dict.fromkeys(("view", "click", "ad_view", "ad_click"), "take_in"),
}
_time = pa.timestamp("us", tz="UTC")


def balance(acts: Acts, facts: pa.Table) -> pa.Table:
    """One row for each kind that was seen, and the sums over platforms where there are several. `facts` is the answer
    of `mirror_facts`."""
    rows: list[dict[str, object]] = []
    for name, is_here in acts.sides():
        for number, kind in enumerate(KINDS):
            if (is_it := is_here & (acts.kind == number)).any():
                rows.append({"platform": name, "part": PART_OF[number], "kind": kind, **_span(acts, is_it)})
        of_kind: dict[str, list[dict[str, Any]]] = {}
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


def _together(rows: list[dict[str, Any]]) -> dict[str, object]:
    first = [row["first_at"] for row in rows if row["first_at"] is not None]
    last = [row["last_at"] for row in rows if row["last_at"] is not None]
    return {
        "n": sum(row["n"] for row in rows),
        "n_timed": sum(row["n_timed"] for row in rows),
        "first_at": min(first, default=None),
        "last_at": max(last, default=None),
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
    """How much of what the owner does is surely reaction, as a share of acts without conversation.

    Answers that may only go on with a conversation are left out: with them, the share would not be the least.
    """
    rows: list[dict[str, object]] = []
    for name, is_here in acts.sides():
        n_unsure = acts.n_unsure(is_here)
        n_acts = int(acts.n[is_here & acts.is_act].sum()) - n_unsure
        n_moved = int(acts.n[is_here & acts.is_moved].sum()) - n_unsure
        n_links = int(acts.n[is_here & (acts.kind == LINK)].sum())
        row: dict[str, object] = {
            "platform": name,
            "n_acts": n_acts,
            "n_reaction": n_moved,
            "n_links": n_links,
            "n_conversation": int(acts.n[is_here & (acts.kind == CONVERSATION)].sum()),
            "n_unsure": n_unsure,
        }
        if n_acts:
            worth = acts.aloneness(is_here & acts.is_act, acts.is_moved.astype(np.int64))
            low, high = share_interval(np.array([n_moved]), np.array([n_acts]), options.interval, worth)
            row |= {"share": n_moved / n_acts, "low": float(low[0]), "high": float(high[0])}
            row["share_with_links"] = (n_moved + n_links) / n_acts
        rows.append(row)
    return table_of("reaction", rows)

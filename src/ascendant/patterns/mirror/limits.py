"""What the figures of a mirror do not know, in words. How many of each is counted; nothing is said of none."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat, mark
from ascendant.patterns.mirror.acts import QUOTE, REPLY, REPOST, Read
from ascendant.patterns.mirror.audience import n_unnamed

WITHOUT_DAY = mark("{n} acts have no date: they count, but not in anything that goes by time")
SOURCE_UNKNOWN = mark("of {n} acts that answer or pass on somebody's item, the archives do not tell whose it was")
BACKWARD = mark("{n} acts are dated before the item that they name; their delay is left out")
NO_DELAY = mark("how fast something was passed on is known for {n} of {of} acts without words")
LIKES_WITHOUT_TIME = mark("{n} likes have no date: they are in no figure that goes by time")
LIKES_WITHOUT_AUTHOR = mark("of {n} likes, the archives do not tell whose item was liked")
LOCAL_CLOCK = mark("some times stand without a time zone: hours and delays leave them out")
ASSUMED_UTC = mark("some times stand without a time zone where the platform is known to write UTC")
BY_NAME = mark("{n} accounts are known by their name only: two people of one name would be one here")
UNNAMED_RESPONSES = mark("of {n} responses of others, nothing tells whose they are")
NO_THREAD = mark(
    "{n} replies name neither a thread nor an item: of those to one account on one day, only the first counts"
)
UNSURE = mark(
    "{n} answers may only go on with a conversation whose beginning no archive shows: what is surely reaction leaves"
    " them out"
)


def caveats(read: Read, likes: pa.Table, tables: dict[str, pa.Table], by_name: pa.Table) -> tuple[Caveat, ...]:
    """In the order in which the mirror is read."""
    acts = read.acts
    mine = likes.filter(pc.and_(likes["is_mine"], pc.equal(likes["verb"], "react")))
    bare = tables["passing"].to_pylist()[0]
    likes_of = [row for row in tables["balance"].to_pylist() if row["platform"] is None and row["kind"] == "react"]
    n_likes = sum(row["n"] - row["n_timed"] for row in likes_of)
    is_moving = (acts.kind == REPOST) | (acts.kind == QUOTE) | (acts.kind == REPLY)
    found: tuple[tuple[str, dict[str, object]], ...] = (
        (WITHOUT_DAY, {"n": int(acts.n[~acts.is_timed].sum())}),
        (SOURCE_UNKNOWN, {"n": int(acts.n[is_moving & ~acts.is_self & (acts.source < 0)].sum())}),
        (BACKWARD, {"n": read.n_backward}),
        (NO_THREAD, {"n": read.n_loose}),
        (UNSURE, {"n": acts.n_unsure(np.ones(acts.n.size, bool))}),
        (LIKES_WITHOUT_TIME, {"n": n_likes}),
        (LIKES_WITHOUT_AUTHOR, {"n": _sum(mine.filter(pc.invert(mine["other_id"].is_valid())))}),
        (UNNAMED_RESPONSES, {"n": n_unnamed(read.responses)}),
        (BY_NAME, {"n": _n_by_name(tables["sources"], by_name)}),
    )
    told = [Caveat(template, facts) for template, facts in found if facts["n"]]
    if bare["n_without_words"] > bare["n_delays"]:
        told.append(Caveat(NO_DELAY, {"n": bare["n_delays"], "of": bare["n_without_words"]}))
    if "local_unknown" in acts.bases:
        told.append(Caveat(LOCAL_CLOCK))
    if "assumed_utc" in acts.bases:
        told.append(Caveat(ASSUMED_UTC))
    return tuple(told)


def _sum(table: pa.Table) -> int:
    return int(pc.sum(table["n"]).as_py() or 0)


def _n_by_name(sources: pa.Table, by_name: pa.Table) -> int:
    """Sources whose id is made of a name."""
    return int(pc.sum(pc.is_in(sources["account_id"], by_name["account_id"].combine_chunks())).as_py() or 0)

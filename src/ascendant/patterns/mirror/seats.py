"""Reposts found by their words -> whether an account of the owner stands in a group of the study by them.

An archive of X does not name the post that was reposted, so that the search for groups sees nothing of it. Once the
posts are found, the search is made again with these reposts among all others: what counts for everybody else counts
for the owner, and nothing more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.patterns.groups.find import find_groups
from ascendant.patterns.groups.objects import FAST_SECONDS, TRACES
from ascendant.patterns.groups.strings import hashes_of
from ascendant.patterns.groups.tables import GROUP_MEMBERS
from ascendant.patterns.groups.traces import Traces

Whole = NDArray[np.int64]

FEWEST_MEETINGS: Final = 2  # of a member, within the window of its group: `groups.said` asks for as many
_FEWEST_SHARED: Final = 2  # members of the study's group that stand in the one found again: a group has three at least
_OF_REPOSTS: Final = ("repost", "fast_repost")


def may_meet(named_by: pa.Table, found: pa.Table, members: pa.Table, groups: pa.Table) -> bool:
    """Whether the search is worth its time: a found repost came as close to a group's as its window, more than once.

    `named_by` has the items of the `found` reposts already; `groups` has group_id and window_seconds.
    """
    if found.num_rows == 0:
        return False
    items = found["object_id"].combine_chunks()
    rows = named_by.filter(
        pc.and_(pc.is_in(named_by["verb"], pa.array(["repost", "quote"])), pc.is_in(named_by["object_id"], items))
    )
    group_of = dict(zip(members["account_id"].to_pylist(), members["group_id"].to_pylist(), strict=True))
    window = dict(zip(groups["group_id"].to_pylist(), groups["window_seconds"].to_pylist(), strict=True))
    own = set(found["act_id"].to_pylist())
    mine: list[dict[str, Any]] = []
    theirs: dict[str, list[dict[str, Any]]] = {}
    for row in rows.select(["act_id", "actor_id", "object_id", "happened_at"]).to_pylist():
        if row["happened_at"] is None:
            continue
        if row["act_id"] in own:
            mine.append(row)
        elif row["actor_id"] in group_of:
            theirs.setdefault(row["object_id"], []).append(row)
    n: dict[int, int] = {}
    for row in mine:
        near = {
            group
            for one in theirs.get(row["object_id"], ())
            for group in [group_of[one["actor_id"]]]
            if abs((row["happened_at"] - one["happened_at"]).total_seconds()) <= window[group]
        }
        for group in near:
            n[group] = n.get(group, 0) + 1
    return max(n.values(), default=0) >= FEWEST_MEETINGS


def seats_by_words(
    traces: Traces, named_by: pa.Table, found: pa.Table, mine: pa.Array, members: pa.Table, communities: pa.Table
) -> pa.Table:
    """Rows of `GROUP_MEMBERS` of the owner's accounts (`mine`), in groups of the study to which they did not belong.

    A group found again is that of the study with which it shares most members; one that shares fewer than two is none
    of the study's, and nothing is said of it.
    """
    outside = mine.filter(pc.invert(pc.is_in(mine, members["account_id"].combine_chunks())))
    again = find_groups(with_reposts(traces, named_by, found), communities).members
    seats = again.filter(pc.is_in(again["account_id"], outside)).to_pylist()
    rows = []
    for seat in seats:
        beside = again.filter(pc.equal(again["group_id"], seat["group_id"]))["account_id"].combine_chunks()
        shared = members.filter(pc.is_in(members["account_id"], beside))["group_id"].to_pylist()
        group = max(sorted({*shared}), key=shared.count, default=None)
        if group is not None and shared.count(group) >= _FEWEST_SHARED:
            rows.append({**seat, "group_id": group})
    return pa.Table.from_pylist(rows, schema=GROUP_MEMBERS)


def with_reposts(traces: Traces, named_by: pa.Table, found: pa.Table) -> Traces:
    """Traces with the reposts among them; those that nobody else passed on are left out, as is one without a clock.

    No act can be looked up by the `row` of such a repost: it is -1.
    """
    place = pc.index_in(named_by["act_id"], found["act_id"].combine_chunks())
    reposts = named_by.filter(place.is_valid())
    place = place.drop_null()
    told = pa.table(
        {
            "account": pc.index_in(reposts["actor_id"], traces.account_ids),
            "at": reposts["happened_at"].cast(pa.int64()),
            "delay": reposts["delay_seconds"],
            "object_id": found["object_id"].take(place),
            "has_clock": found["has_clock"].take(place),
            "is_to_the_second": found["is_to_the_second"].take(place),
        }
    )
    told = told.filter(pc.and_(told["has_clock"], pc.and_(told["account"].is_valid(), told["at"].is_valid())))
    exact, delay = (told[name].to_numpy(zero_copy_only=False) for name in ("is_to_the_second", "delay"))
    is_fast = exact.astype(bool) & (delay >= 0) & (delay <= FAST_SECONDS)  # an unknown delay is nan: not fast
    item = hashes_of(told["object_id"].combine_chunks())
    columns: dict[str, list[NDArray[Any]]] = {
        name: [getattr(traces, name)] for name in ("trace", "account", "object", "at", "row", "is_to_the_minute")
    }
    for name, wanted in zip(_OF_REPOSTS, (np.ones(item.size, bool), is_fast), strict=True):
        number = TRACES.index(name)
        objects = traces.object[traces.trace == number]
        if objects.size == 0:
            continue
        # The objects of one trace stand together, their numbers ascending.
        first, last = int(objects.min()), int(objects.max()) + 1
        known = traces.object_hash[first:last]
        code = np.minimum(np.searchsorted(known, item), known.size - 1)
        here = np.flatnonzero(wanted & (known[code] == item))
        columns["trace"].append(np.full(here.size, number, np.int8))
        columns["account"].append(told["account"].to_numpy()[here].astype(np.int32))
        columns["object"].append(first + code[here])
        columns["at"].append(told["at"].to_numpy()[here])
        columns["row"].append(np.full(here.size, -1, np.int64))
        columns["is_to_the_minute"].append(~exact.astype(bool)[here])
    one = _once({name: np.concatenate(parts) for name, parts in columns.items()})
    return replace(
        traces,
        trace=one["trace"],
        account=one["account"],
        object=one["object"],
        at=one["at"],
        row=one["row"],
        is_to_the_minute=one["is_to_the_minute"],
    )


def _once(columns: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Of each account on each object the first act, in the order of (trace, object, time, account)."""
    order = np.lexsort((columns["at"], columns["account"], columns["object"]))
    same = (np.diff(columns["object"][order]) == 0) & (np.diff(columns["account"][order]) == 0)
    order = order[np.append(True, ~same)[: order.size]]
    order = order[np.lexsort((columns["account"][order], columns["at"][order], columns["object"][order]))]
    return {name: values[order] for name, values in columns.items()}

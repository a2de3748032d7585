"""Traces and communities -> groups: accounts that act on the same objects together, beyond what chance gives.

An account is shown where its company is beyond chance with the false share held (`chance`), and where it acts together
again and again with others so shown: groups are the communities of these pairs, of three accounts and more.
What is said of a group beside is made in `tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import Caveat, mark
from ascendant.infer.communities import by_size, leiden
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.threads import n_threads
from ascendant.patterns.groups.chance import FEWEST_EVENTS, p_values, q_values, stratum_of
from ascendant.patterns.groups.company import Events, Places, events_of
from ascendant.patterns.groups.said import meetings_of, pace_of
from ascendant.patterns.groups.shown import act_ids, object_words
from ascendant.patterns.groups.sources import shares_of_one_source
from ascendant.patterns.groups.tables import (
    GROUP_MEMBERS,
    GROUP_OBJECTS,
    GROUPS,
    group_rows,
    member_rows,
    object_rows,
    with_one_source,
)
from ascendant.patterns.groups.traces import Questions, Traces
from ascendant.patterns.options import GroupOptions

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_GRAIN: Final = 0.5  # of the communities of pairs: below 1, a group whose halves meet less often stays whole
_SURE: Final = 0.05  # of an account's p-value in a window, for its pairs in that window to make a group


_FEWEST_ACCOUNTS: Final = 50
_FEW: Final = mark(
    "only {n} accounts act on what others act on too: among so few, acting together cannot be told from chance"
)
_NO_COMMUNITIES: Final = mark("without ties there are no communities: shared interests may look like acting together")


@dataclass(frozen=True)
class Groups:
    """The tables, the beginnings of groups for other rooms, and what limits them."""

    groups: pa.Table
    members: pa.Table
    objects: pa.Table
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True)
class Found:
    """Group of each account (-1: none; 0 is the largest), its q-value, and the pairs inside groups."""

    group: Places
    q: Floats
    first: Places
    second: Places
    count: Floats  # of each pair, the largest of its windows
    window: Places  # of each group: the window in which most of its pairs are closest


def find_groups(
    traces: Traces, communities: pa.Table | None, options: GroupOptions = GroupOptions(), *, questions: Questions | None
) -> Groups:
    """The groups of a study: columns of `GROUPS`, `GROUP_MEMBERS`, `GROUP_OBJECTS`.

    `communities` has the columns of `infer.communities.COMMUNITIES`. Without `questions` the words of objects and the
    ids of acts are left empty.
    """
    events = events_of(traces, options)
    community = _community_of(traces.account_ids, communities)
    caveats = list(traces.caveats)
    n_judged = int(np.count_nonzero(events.n_events >= FEWEST_EVENTS))
    if n_judged < _FEWEST_ACCOUNTS:
        few = Caveat(_FEW, {"n": n_judged})
        empty = (pa.Table.from_pylist([], schema) for schema in (GROUPS, GROUP_MEMBERS, GROUP_OBJECTS))
        return Groups(*empty, caveats=(*caveats, *([few] if traces.names else [])))
    if (community < 0).all():
        caveats.append(Caveat(_NO_COMMUNITIES))
    found = groups_in(events, community, options)
    stratum = stratum_of(events, community, options.stratum_acts)
    meetings = meetings_of(events, stratum, found.group, found.window)
    pace = pace_of(events, found.group, found.window, meetings.is_meeting, options.group_seed)
    groups = group_rows(found, events, meetings, pace, community)
    rows, numbers = object_rows(found, events, meetings, traces)
    if questions is not None:
        acts = np.flatnonzero(meetings.is_meeting)
        places = events.place[acts]
        groups = with_one_source(groups, shares_of_one_source(questions, traces, places, found.group[events.account[acts]]))
    return Groups(
        groups=groups,
        members=member_rows(found, events, meetings, traces),
        objects=_shown_objects(rows, numbers, traces, questions),
        caveats=tuple(caveats),
    )


def _community_of(account_ids: pa.Array, communities: pa.Table | None) -> Places:
    """The community of each account; -1 where it has none."""
    if communities is None or communities.num_rows == 0:
        return np.full(len(account_ids), -1, np.int32)
    place = pc.index_in(account_ids, communities["account_id"].combine_chunks())
    found: Places = communities["community"].combine_chunks().take(place).fill_null(-1).to_numpy().astype(np.int32)
    return found


def _shown_objects(
    rows: list[dict[str, Any]], numbers: NDArray[np.int64], traces: Traces, questions: Questions | None
) -> pa.Table:
    """Objects with their words and the ids of their acts."""
    if not rows:
        return pa.Table.from_pylist([], GROUP_OBJECTS)
    sizes = [len(row["rows"]) for row in rows]
    if questions is None:
        words, ids = [""] * len(rows), [""] * sum(sizes)
    else:
        words = object_words(questions, traces, numbers)
        ids = act_ids(questions, np.concatenate([row["rows"] for row in rows]))
    ends = np.cumsum(sizes)
    for row, word, end, size in zip(rows, words, ends, sizes, strict=True):
        row["object"], row["act_ids"] = word, ids[end - size : end]
        del row["rows"]
    return pa.Table.from_pylist(rows, GROUP_OBJECTS)


def groups_in(events: Events, community: Places, options: GroupOptions) -> Found:
    """The groups. `community` of each account; -1 where it has none."""
    stratum = stratum_of(events, community, options.stratum_acts)
    p, by_window = p_values(events, stratum, options.group_seed, n_threads(options.n_threads))
    q = q_values(p, events.n_events >= FEWEST_EVENTS)
    shown = q <= options.false_share
    first, second, count = events.pairs(shown)
    beyond = np.maximum(count - 1.0, 0.0) * ((by_window[first] <= _SURE) & (by_window[second] <= _SURE))
    tie = beyond.max(axis=1, initial=0.0)
    kept = tie > 0
    first, second, count, beyond, tie = first[kept], second[kept], count[kept], beyond[kept], tie[kept]
    group = _parted(events.n_accounts, first, second, tie, options.least_members)
    inside = (group[first] >= 0) & (group[first] == group[second])
    n_groups = int(group.max(initial=-1)) + 1
    window = np.zeros((n_groups, events.windows.size))
    np.add.at(window, group[first[inside]], beyond[inside])
    return Found(
        group=group,
        q=q,
        first=first[inside],
        second=second[inside],
        count=count[inside].max(axis=1, initial=0.0).astype(np.float64),
        window=window.argmax(axis=1).astype(np.int32) if n_groups else np.zeros(0, np.int32),
    )


def _parted(n_accounts: int, first: Places, second: Places, tie: Floats, least: int) -> Places:
    """The group of each account: communities of the pairs, those of fewer than `least` left out."""
    group = np.full(n_accounts, -1, np.int32)
    members = np.unique(np.concatenate([first, second]))
    if members.size == 0:
        return group
    edges = (np.searchsorted(members, side).astype(np.int64) for side in (first, second))
    part = by_size(leiden(members.size, *edges, tie.astype(float), InfluenceOptions(community_grain=_GRAIN)))
    is_large = np.bincount(part)[part] >= least
    group[members[is_large]] = part[is_large]
    return group

"""Traces and communities -> groups: accounts that act on the same objects together, beyond what chance gives.

The path: `traces` (who acted on what) -> `company` (with whom) -> `chance` (beyond what chance deals) -> `circles` (who
belongs together) -> `pace` (faster than fans) -> `joining` (who came again and again) -> `said` (against what one would
expect) -> `tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import Caveat
from ascendant.patterns.groups.chance import FEWEST_EVENTS, strata_of
from ascendant.patterns.groups.circles import Found, groups_in
from ascendant.patterns.groups.company import Events, Places, Strata, events_of
from ascendant.patterns.groups.joining import with_joined
from ascendant.patterns.groups.limits import FEW, NO_COMMUNITIES, USUAL_PACE
from ascendant.patterns.groups.pace import Pace, at_pace
from ascendant.patterns.groups.said import meetings_of
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

DEFAULTS: Final = GroupOptions()
_FEWEST_ACCOUNTS: Final = 50


@dataclass(frozen=True)
class Groups:
    """The tables, the beginnings of groups for other rooms, and what limits them."""

    groups: pa.Table
    members: pa.Table
    objects: pa.Table
    caveats: tuple[Caveat, ...]


def find_groups(
    traces: Traces,
    communities: pa.Table | None,
    options: GroupOptions = DEFAULTS,
    *,
    questions: Questions | None = None,
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
        few = Caveat(FEW, {"n": n_judged})
        told = (*caveats, *([few] if traces.names else []))
        return Groups(GROUPS.empty_table(), GROUP_MEMBERS.empty_table(), GROUP_OBJECTS.empty_table(), told)
    if (community < 0).all():
        caveats.append(Caveat(NO_COMMUNITIES))
    alike = groups_in(events, community, options)
    strata = strata_of(events, community, options.stratum_acts)
    found, pace = _settled(events, strata, alike, options)
    found, pace = _settled(events, strata, with_joined(events, strata, found, pace.window), options)
    if found.n_groups < alike.n_groups:
        caveats.append(Caveat(USUAL_PACE, {"n": alike.n_groups - found.n_groups}))
    found, order = found.by_size()
    pace = pace.take(order)
    meetings = meetings_of(events, strata.of, found.group, pace.window)
    groups = group_rows(found, events, meetings, pace, community)
    rows, numbers = object_rows(found, events, meetings, traces)
    if questions is not None:
        acts = np.flatnonzero(meetings.is_meeting)
        places = events.place[acts]
        groups = with_one_source(
            groups, shares_of_one_source(questions, traces, places, found.group[events.account[acts]])
        )
    return Groups(
        groups=groups,
        members=member_rows(found, events, meetings, traces),
        objects=_shown_objects(rows, numbers, traces, questions),
        caveats=tuple(caveats),
    )


def _settled(events: Events, strata: Strata, found: Found, options: GroupOptions) -> tuple[Found, Pace]:
    """Groups beyond the usual pace, whose members all keep it and meet the others more often than chance gives."""
    while True:
        found, pace = at_pace(events, found, options.group_seed, options.least_members)
        meetings = meetings_of(events, strata.of, found.group, pace.window)
        strays = meetings.member[meetings.is_stray]
        if strays.size == 0:
            return found, pace
        found, _ = found.without(strays, options.least_members)


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
        return GROUP_OBJECTS.empty_table()
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

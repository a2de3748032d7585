"""Groups found -> their tables: groups, members, and what was done together, side by side.

A group never stands without its innocent explanations, where they fit:
  one_source      nearly all that it does together comes from one author or site: staff, fans, a tool of its followers
  one_community   it is a good part of one community: people who know each other see the same things
  few_objects     it rests on fewer than five objects
  to_the_minute   it acts on full minutes: planned posts, of a tool that anybody may use
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ascendant.patterns.groups.circles import Found
from ascendant.patterns.groups.company import SECOND, Events
from ascendant.patterns.groups.objects import TRACES
from ascendant.patterns.groups.pace import Pace
from ascendant.patterns.groups.said import Meetings, tempo_of
from ascendant.patterns.groups.traces import Traces

_text, _whole, _number, _time = pa.string(), pa.int64(), pa.float64(), pa.timestamp("us", tz="UTC")
GROUPS: Final = pa.schema(
    [
        ("group_id", pa.int32()),  # 0 is the largest
        ("n_members", pa.int32()),  # accounts of it
        ("q_value", _number),  # the largest of its members': the false share at which it would still be shown
        ("traces", pa.list_(_text)),  # those that confirm it, the most frequent first
        ("window_seconds", _whole),  # how close in time its members act
        ("tempo_seconds", _number),  # median gap between a member's act and the nearest of another member
        ("n_objects", _whole),  # acted on together within the window
        ("n_meetings", _whole),  # moments in which a member met others of the group, summed over members
        ("expected", _number),  # of these, as many as chance gives to whoever acts in the same places and hours
        ("n_on_objects", _whole),  # meetings counted object by object
        ("usual_pace", _number),  # of these, as many as on the same objects at the usual pace
        ("pace_distance", _number),  # standard deviations between the two
        ("first_at", _time),  # the first act within the window of another member's
        ("last_at", _time),  # the last
        ("community", pa.int32()),  # of most members; null where unknown
        ("community_share", _number),  # of the members, in it
        ("innocent", pa.list_(_text)),  # one_source, one_community, few_objects, to_the_minute: those that fit
    ]
)
GROUP_MEMBERS: Final = pa.schema(
    [
        ("group_id", pa.int32()),
        ("account_id", _text),
        ("q_value", _number),  # of accounts shown on evidence no better, the share expected to be there by chance
        ("n_meetings", _whole),  # moments in which it met others of the group
        ("expected", _number),  # of these, as many as chance gives
        ("n_partners", pa.int32()),  # members with whom it acted together more than once
        ("closeness", _number),  # the same, each by how far beyond once, up to 1
        ("traces", pa.list_(_text)),  # those on which it met them, the most frequent first
        ("tempo_seconds", _number),  # median gap between its acts and the nearest of another member
    ]
)
GROUP_OBJECTS: Final = pa.schema(
    [
        ("group_id", pa.int32()),
        ("trace", _text),  # repost, fast_repost, link, text, hashtags, image, reply
        ("object", _text),  # words to show; filled in by `shown`
        ("n_members", pa.int32()),  # members that met on it
        ("n_others", _whole),  # accounts outside of the group that acted on it
        ("first_at", _time),  # the first of these acts
        ("span_seconds", _number),  # from the first to the last member, of those that met
        ("account_ids", pa.list_(_text)),  # those that met, by time, twelve at most
        ("act_ids", pa.list_(_text)),  # beside each, its act
        ("happened_at", pa.list_(_time)),  # and when it was done
    ]
)
SHOWN_OBJECTS: Final = 12  # of a group
_SHOWN_ACTS: Final = 12
_ONE_SOURCE, _ONE_COMMUNITY, _PART_OF_COMMUNITY, _FEW_OBJECTS = 0.8, 0.9, 0.25, 5
_FULL_MINUTES: Final = 0.5
Whole = NDArray[np.int64]


def group_rows(found: Found, events: Events, meetings: Meetings, pace: Pace, community: NDArray[np.int32]) -> pa.Table:
    """One row a group: columns of `GROUPS`, without what only names and authors tell of the innocent explanations."""
    tempo, own = tempo_of(events, found.group), found.group[events.account]
    met = np.where(meetings.is_meeting, own, -1)
    member_group = found.group[meetings.member]
    rows = []
    for group in range(found.n_groups):
        members, acts = meetings.member[member_group == group], np.flatnonzero(met == group)
        known = community[members][community[members] >= 0]
        numbers, counts = np.unique(known, return_counts=True)
        n_objects = np.unique(events.object[acts]).size
        home = int(numbers[counts.argmax()]) if known.size else None
        share = float(counts.max() / members.size) if known.size else None
        at_once = member_group == group
        rows.append(
            {
                "group_id": group,
                "n_members": members.size,
                "q_value": float(found.q[members].max()),
                "traces": _traces(events.trace[acts]),
                "window_seconds": int(events.windows[pace.window[group]] // SECOND),
                "tempo_seconds": _median(tempo[acts]),
                "n_objects": n_objects,
                "n_meetings": int(meetings.n[at_once].sum()),
                "expected": float(meetings.expected[at_once].sum()),
                "n_on_objects": int(pace.n[group]),
                "usual_pace": float(pace.usual[group]),
                "pace_distance": float(pace.distance[group]),
                "first_at": int(events.at[acts].min(initial=2**62)) if acts.size else None,
                "last_at": int(events.at[acts].max(initial=-(2**62))) if acts.size else None,
                "community": home,
                "community_share": share,
                "innocent": _innocent(
                    n_objects=n_objects,
                    part=0.0 if home is None else members.size / max(1, int((community == home).sum())),
                    share=share or 0.0,
                    seconds=events.at[acts[~events.is_to_the_minute[acts]]] // SECOND,
                ),
            }
        )
    return pa.Table.from_pylist(rows, GROUPS)


def member_rows(found: Found, events: Events, meetings: Meetings, traces: Traces) -> pa.Table:
    """One row a member: columns of `GROUP_MEMBERS`, by group, the closest first."""
    n = events.n_accounts
    partners = np.bincount(found.first, minlength=n) + np.bincount(found.second, minlength=n)
    beyond = np.minimum(found.count - 1.0, 1.0)
    closeness = np.bincount(found.first, beyond, n) + np.bincount(found.second, beyond, n)
    tempo = tempo_of(events, found.group)
    order = np.lexsort((meetings.member, -closeness[meetings.member], found.group[meetings.member]))
    rows = []
    for place in order:
        account = int(meetings.member[place])
        acts = events.own.instead[events.account_first[account] : events.account_first[account + 1]]
        acts = acts[meetings.is_meeting[acts]]
        rows.append(
            {
                "group_id": int(found.group[account]),
                "account_id": traces.account_ids[account].as_py(),
                "q_value": float(found.q[account]),
                "n_meetings": int(meetings.n[place]),
                "expected": float(meetings.expected[place]),
                "n_partners": int(partners[account]),
                "closeness": float(closeness[account]),
                "traces": _traces(events.trace[acts]),
                "tempo_seconds": _median(tempo[acts]),
            }
        )
    return pa.Table.from_pylist(rows, GROUP_MEMBERS)


def object_rows(found: Found, events: Events, meetings: Meetings, traces: Traces) -> tuple[list[dict[str, Any]], Whole]:
    """Of each group the objects that most members met on: columns of `GROUP_OBJECTS`, `act_ids` as rows of the traces.

    Beside them the objects' numbers in the traces, for their words.
    """
    own = np.where(meetings.is_meeting, found.group[events.account], -1)
    rows, numbers = [], []
    on_object = np.diff(events.object_first)
    for group in range(found.n_groups):
        acts = np.flatnonzero(own == group)
        objects, n_members = np.unique(events.object[acts], return_counts=True)
        for place in np.lexsort((objects, on_object[objects], -n_members))[:SHOWN_OBJECTS]:
            here = acts[events.object[acts] == objects[place]]
            first, last = events.object_first[objects[place]], events.object_first[objects[place] + 1]
            outside = np.count_nonzero(found.group[events.account[first:last]] != group)
            at = events.at[here]
            numbers.append(traces.object[events.place[here[0]]])
            rows.append(
                {
                    "group_id": group,
                    "trace": TRACES[events.trace[here[0]]],
                    "n_members": here.size,
                    "n_others": outside,
                    "first_at": int(at.min()),
                    "span_seconds": float(at.max() - at.min()) / SECOND,
                    "account_ids": traces.account_ids.take(pa.array(events.account[here[:_SHOWN_ACTS]])).to_pylist(),
                    "rows": traces.row[events.place[here[:_SHOWN_ACTS]]],
                    "happened_at": at[:_SHOWN_ACTS].tolist(),
                }
            )
    return rows, np.array(numbers, np.int64)


def with_one_source(groups: pa.Table, share_of_one: dict[int, float]) -> pa.Table:
    """Groups, and beside their innocent explanations that of one source, where it fits."""
    told = [
        [*(["one_source"] if share_of_one.get(row["group_id"], 0.0) >= _ONE_SOURCE else []), *row["innocent"]]
        for row in groups.to_pylist()
    ]
    place = groups.schema.get_field_index("innocent")
    return groups.set_column(place, GROUPS.field("innocent"), pa.array(told, pa.list_(_text)))


def _innocent(*, n_objects: int, part: float, share: float, seconds: Whole) -> list[str]:
    full = np.mean(seconds % 60 == 0) if seconds.size else 0.0
    told = {
        "one_community": share >= _ONE_COMMUNITY and part >= _PART_OF_COMMUNITY,
        "few_objects": n_objects < _FEW_OBJECTS,
        "to_the_minute": full >= _FULL_MINUTES,
    }
    return [key for key, fits in told.items() if fits]


def _traces(codes: NDArray[np.int8]) -> list[str]:
    numbers, counts = np.unique(codes, return_counts=True)
    return [TRACES[numbers[place]] for place in np.lexsort((numbers, -counts))]


def _median(values: NDArray[np.float64]) -> float | None:
    values = values[~np.isnan(values)]
    return float(np.median(values)) if values.size else None

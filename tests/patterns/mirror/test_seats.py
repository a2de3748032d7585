"""Reposts found by their words stand among the traces as if the file had named their posts, and no other way."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from ascendant.activity import Activity
from ascendant.infer.named import NAMED_BY
from ascendant.patterns.groups.traces import find_traces
from ascendant.patterns.mirror.reposts import FOUND
from ascendant.patterns.mirror.seats import may_meet, with_reposts
from strategies import study_of

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
MICROS = 1_767_603_600_000_000  # the same
ITEMS = range(4)
FAST = 30  # seconds after the item: fast; the other half come late


def row(ident, verb, who, seconds, **columns):
    when = MICROS + seconds * 1_000_000
    return Activity(activity_id=ident, platform="x", verb=verb, actor_id=who, happened_at=when, **columns)


def seconds_of(item):
    return item * 3600 + (FAST if item % 2 else 900)


def traces(*, is_named):
    """Three accounts repost four items; the owner does too, with their posts named or, as in an archive, not."""
    rows = [row(f"x:i{n}", "post", "x:press", n * 3600) for n in ITEMS]
    rows += [
        row(f"x:{who}{n}", "repost", f"x:{who}", n * 3600 + 60 * k, object_id=f"x:i{n}", object_author_id="x:press")
        for n in ITEMS
        for k, who in enumerate("abc")
    ]
    rows += [
        row(
            f"x:m{n}",
            "repost",
            "x:me",
            seconds_of(n),
            object_id=f"x:i{n}" if is_named else None,
            object_author_id="x:press",
        )
        for n in ITEMS
    ]
    with study_of(rows) as questions:
        return find_traces(questions)


NAMED = pa.Table.from_pylist(
    [
        {
            "act_id": f"x:m{n}",
            "actor_id": "x:me",
            "author_id": "x:press",
            "verb": "repost",
            "object_id": f"x:i{n}",
            "happened_at": START + timedelta(seconds=seconds_of(n)),
            "delay_seconds": seconds_of(n) - n * 3600,
            "n": 1,
        }
        for n in ITEMS
    ],
    schema=NAMED_BY,
)


def found(item="x:i{n}", has_clock=True):
    rows = [
        {"act_id": f"x:m{n}", "object_id": item.format(n=n), "has_clock": has_clock, "is_to_the_second": has_clock}
        for n in ITEMS
    ]
    return pa.Table.from_pylist(rows, schema=FOUND)


def acts(held):
    """What is acted on by whom and when; numbers of objects by what they stand for."""
    return {
        (int(t), held.account_ids[int(a)].as_py(), int(held.object_hash[o]), int(at))
        for t, a, o, at in zip(held.trace, held.account, held.object, held.at, strict=True)
    }


def test_a_repost_whose_post_was_found_is_a_trace_like_one_whose_post_is_named():
    without, named = traces(is_named=False), traces(is_named=True)
    assert acts(without) < acts(named)
    again = with_reposts(without, NAMED, found())
    assert acts(again) == acts(named)
    assert (np.diff(again.object) >= 0).all()
    once = with_reposts(again, NAMED, found())
    assert acts(once) == acts(again)
    assert once.at.size == again.at.size


@pytest.mark.parametrize("nothing", [found(has_clock=False), found("x:else{n}"), FOUND.empty_table()])
def test_without_a_clock_or_anybody_else_on_the_same_post_nothing_is_added(nothing):
    without = traces(is_named=False)
    assert acts(with_reposts(without, NAMED, nothing)) == acts(without)


@pytest.mark.parametrize(("seconds", "n_items", "expected"), [(50, 2, True), (50, 1, False), (70, 4, False)])
def test_the_search_is_made_again_only_where_the_owner_met_a_group_more_than_once(seconds, n_items, expected):
    theirs = [
        one
        | {"act_id": f"{one['act_id']}-a", "actor_id": "x:a", "happened_at": one["happened_at"] + timedelta(0, seconds)}
        for one in NAMED.to_pylist()[:n_items]
    ]
    named = pa.concat_tables([NAMED, pa.Table.from_pylist(theirs, schema=NAMED_BY)])
    members = pa.table({"account_id": ["x:a"], "group_id": pa.array([3], pa.int32())})
    groups = pa.table({"group_id": pa.array([3], pa.int32()), "window_seconds": [60]})
    assert may_meet(named, found(), members, groups) == expected
    assert not may_meet(named, FOUND.empty_table(), members, groups)

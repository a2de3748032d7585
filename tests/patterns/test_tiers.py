"""Tiers: what shares one, what starts the next, and on how many items it rests."""

import pyarrow as pa
import pytest
from hypothesis import given

from ascendant.activity import Activity
from ascendant.infer.named import named_layer
from ascendant.patterns.options import PatternOptions
from ascendant.patterns.tiers import TIERS, find_tiers, interval
from strategies import activities, asks_a_study, study_of

HOUR = 3_600_000_000


def tiers(rows, **options):
    with study_of(rows) as questions:
        named = named_layer(questions)
    return find_tiers(named.named_by, named.accounts, PatternOptions(**options))


def reposts(author, n_items, n_each, *, with_ids=True):
    return [
        Activity(
            activity_id=f"{author}/{item}/{n:03}",
            platform="x",
            verb="repost",
            actor_id=f"x:fan{n}",
            object_id=f"{author}/{item}" if with_ids else None,
            object_author_id=author,
            happened_at=1_600_000_000_000_000 + item * 24 * HOUR + n,
        )
        for item in range(n_items)
        for n in range(n_each)
    ]


def test_accounts_whose_intervals_reach_the_leaders_low_end_share_its_tier():
    rows = reposts("x:ann", 40, 10) + reposts("x:bob", 38, 10) + reposts("x:cem", 20, 10) + reposts("x:dia", 4, 10)
    found = tiers(rows)
    assert found["account_id"].to_pylist() == ["x:ann", "x:bob", "x:cem", "x:dia"]
    assert found["tier"].to_pylist() == [1, 1, 2, 3]
    assert found["reach"].to_pylist() == [10] * 4
    assert found["n_equal_items"].to_pylist() == pytest.approx([40, 38, 20, 4])


def test_as_many_acts_on_one_item_are_known_less_well():
    one, many = tiers(reposts("x:ann", 1, 300)), tiers(reposts("x:bob", 30, 10))
    widths = [t["high"][0].as_py() - t["low"][0].as_py() for t in (one, many)]
    assert widths[0] > 4 * widths[1]


def test_without_ids_what_was_named_within_a_few_hours_is_one_item():
    assert tiers(reposts("x:ann", 12, 5, with_ids=False))["n_equal_items"].to_pylist() == [12]


def test_evidence_is_the_first_act_on_each_of_the_items_that_moved_most():
    late = Activity(
        activity_id="x:late",
        platform="x",
        verb="repost",
        actor_id="x:zoe",
        object_id="x:ann/2",
        object_author_id="x:ann",
    )
    rows = [*reposts("x:ann", 3, 2), late]
    assert tiers(rows)["evidence"].to_pylist() == [["x:ann/2/000", "x:ann/0/000", "x:ann/1/000"]]


def test_only_the_top_is_kept():
    rows = [row for k in range(9) for row in reposts(f"x:a{k}", 1, k + 1)]
    found = tiers(rows, n_top_accounts=3)
    assert found["account_id"].to_pylist() == ["x:a8", "x:a7", "x:a6"]


@pytest.mark.parametrize("n_equal", [1, 1.5, 30, 1e6])
def test_an_interval_holds_what_was_seen_and_has_a_width(n_equal):
    low, high = interval(50, n_equal, 0.9)
    assert 0 <= low < 50 < high


@asks_a_study
@given(activities())
def test_tiers_start_at_one_and_go_up_by_one(rows):
    found = tiers(rows)
    assert found.schema.equals(TIERS)
    numbers = found["tier"].to_pylist()
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, len(set(numbers)) + 1))
    moved = found["n_moved_by_it"].to_pylist()
    assert moved == sorted(moved, reverse=True)
    assert isinstance(found, pa.Table)

"""Cascades: who stands in them, in which order, with what weight."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.activity import Account, Activity
from ascendant.infer.cascades import CASCADES, INFLUENCE, find_cascades
from ascendant.infer.named import named_layer
from reference import cascade as reference
from strategies import accounts, activities, asks_a_study, study_of

SECOND = 1_000_000
START = 1_600_000_000 * SECOND


def post(number, actor, seconds):
    return Activity(
        activity_id=f"x:{number}", platform="x", verb="post", actor_id=actor, happened_at=START + seconds * SECOND
    )


def repost(number, actor, item, seconds=None, author=None):
    happened_at = None if seconds is None else START + seconds * SECOND
    return Activity(
        activity_id=f"x:{number}", platform="x", verb="repost", actor_id=actor, object_id=item,
        object_author_id=author, happened_at=happened_at,
    )  # fmt: skip


def find(rows, account_rows=()):
    with study_of(rows, account_rows) as questions:
        return find_cascades(questions, named_layer(questions).accounts)


@asks_a_study
@given(activities(), accounts())
def test_an_item_led_to_all_acts_of_its_cascade_and_nobody_stands_there_twice(rows, account_rows):
    found = find(rows, account_rows)
    by_cascade = {}
    for row in found.cascades.to_pylist():
        by_cascade.setdefault(row["cascade_id"], []).append(row)
    for cascade_id, members in by_cascade.items():
        assert len(members) >= 2
        assert {member["n_in_cascade"] for member in members} == {len(members)}
        assert members[0]["act_id"] == cascade_id
        assert members[0]["influence"] == pytest.approx(len(members) - 1)
        who = [member["account_id"] for member in members if member["account_id"]]
        assert len(who) == len(set(who))
        times = [member["happened_at"] for member in members[1:]]
        assert times == sorted(times)
    assert np.isfinite(found.influence["cascade_influence"].to_numpy()).all()
    total = sum(row["influence"] for row in found.cascades.to_pylist() if row["account_id"])
    assert sum(found.influence["cascade_influence"].to_pylist()) == pytest.approx(total)


@asks_a_study
@given(activities(), accounts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, account_rows, random):
    one = find(rows, account_rows)
    other = find(random.sample(rows, len(rows)), random.sample(account_rows, len(account_rows)))
    assert one.cascades.equals(other.cascades)
    assert one.influence.equals(other.influence)


def test_own_reposts_and_second_reposts_are_left_out():
    rows = [
        post(0, "x:ann", 0),
        repost(1, "x:bob", "x:0", 10),
        repost(2, "x:ann", "x:0", 20),
        repost(3, "x:bob", "x:0", 30),
        repost(4, "x:cem", "x:0", 40),
    ]
    table = find(rows).cascades.to_pydict()
    assert table["act_id"] == ["x:0", "x:1", "x:4"]
    expected = reference.cascade_influence([0, 10, 40], [1, 1, 1], 6.8e-5)
    np.testing.assert_allclose(table["influence"], expected)


def test_an_item_that_is_in_no_file_opens_its_cascade_at_the_first_repost():
    rows = [repost(1, "x:bob", "x:gone", 1000, "x:ann"), repost(2, "x:cem", "x:gone", 1000, "x:ann")]
    found = find(rows)
    table = found.cascades.to_pydict()
    assert table["account_id"] == ["x:ann", "x:bob", "x:cem"]
    assert table["happened_at"][0] is None
    assert table["influence"] == [2, 0.5, 0]
    by_account = {row["account_id"]: row for row in found.influence.to_pylist()}
    assert by_account["x:ann"]["n_moved_direct"] == 2
    assert by_account["x:bob"]["cascade_influence"] == 0.5


def test_an_item_of_an_unknown_author_still_takes_its_part():
    found = find([repost(1, "x:bob", "x:gone", 0), repost(2, "x:cem", "x:gone", 0)])
    assert found.cascades["account_id"].to_pylist() == [None, "x:bob", "x:cem"]
    assert found.influence["cascade_influence"].to_pylist() == [0.5, 0.0]


def test_reposts_of_reposts_stand_in_the_cascade_of_the_root():
    rows = [post(0, "x:ann", 0), repost(1, "x:bob", "x:0", 10), repost(2, "x:cem", "x:1", 20)]
    assert find(rows).cascades["cascade_id"].to_pylist() == ["x:0"] * 3


def test_followers_weigh_where_most_are_known_and_not_otherwise():
    rows = [
        post(0, "x:ann", 0),
        repost(1, "x:bob", "x:0", 0),
        repost(2, "x:cem", "x:0", 0),
        repost(3, "x:dia", "x:0", 0),
    ]
    known = [
        Account(account_id="x:ann", platform="x", followers=1),
        Account(account_id="x:bob", platform="x", followers=9),
    ]
    expected = reference.cascade_influence([0] * 4, [1, 9, 1, 1], 6.8e-5)  # the lower median of 1 and 9 is 1
    np.testing.assert_allclose(find(rows, known).cascades["influence"].to_numpy(), expected)
    equal = reference.cascade_influence([0] * 4, [1] * 4, 6.8e-5)
    np.testing.assert_allclose(find(rows, known[1:]).cascades["influence"].to_numpy(), equal)


def test_what_cannot_stand_in_a_cascade_is_counted():
    rows = [
        post(0, "x:ann", 0),
        repost(1, "x:bob", "x:0"),
        repost(2, "x:bob", None, 5, "x:ann"),
        repost(3, "x:cem", None, 6, "x:ann"),
    ]
    found = find(rows)
    assert found.cascades.num_rows == 0
    assert found.cascades.schema.equals(CASCADES)
    assert found.influence.schema.equals(INFLUENCE)
    assert [caveat.facts for caveat in found.caveats] == [{"n": 2, "of": 3}, {"n": 1, "of": 3}]

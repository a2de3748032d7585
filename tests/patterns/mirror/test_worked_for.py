"""An owner against the groups of a study: status by what can be told, their acts and the group's side by side."""

import pyarrow as pa
import pytest

from ascendant.activity import Activity
from ascendant.infer.named import NAMED_BY
from ascendant.patterns.groups.tables import GROUP_MEMBERS
from ascendant.patterns.mirror.beside import WORKED_FOR
from ascendant.patterns.mirror.worked_for import MOST_EXAMPLES, Apart, answered, worked_for
from ascendant.patterns.relays.tables import GROUP_SPREAD, RELAYS, Relays
from strategies import study_of

START, HOUR = 1_600_000_000_000_000, 3_600_000_000
ME = pa.table({"account_id": ["x:me"], "main_id": ["x:me"]})


def seats(*accounts):
    """These accounts as one group."""
    rows = [{"account_id": one, "group_id": 4, "n_meetings": 17, "expected": 4.5} for one in accounts]
    return pa.Table.from_pylist(rows, schema=GROUP_MEMBERS)


MEMBERS = seats("x:g1", "x:g2")
SPREAD = pa.Table.from_pylist([{"group_id": 4, "n_spread": 30, "n_by_relays": 0, "n_relays": 0}], schema=GROUP_SPREAD)


def post(number, who, hours):
    return Activity(
        activity_id=f"x:{number}", platform="x", verb="post", actor_id=who, happened_at=START + round(hours * HOUR)
    )


ROWS = [post(n, "x:g1", n) for n in range(10)] + [post(100 + n, "x:me", n + 2) for n in range(10)]


def relay(account="x:me", **changes):
    row = {"account_id": account, "group_id": 4, "n_passed": 10, "n_unlinked": 4, "n_members": 1, "is_relay": True}
    row |= {"low": 1.5, "ratio": 2.0, "high": 3.0, "q_value": 0.01, "is_synchronous": False}
    row |= {"act_ids": [f"x:{100 + n}" for n in range(10)], "group_act_ids": [f"x:{n}" for n in range(10)]}
    return row | changes


def found(*rows, members=MEMBERS, **beside):
    relays = Relays(pa.Table.from_pylist(list(rows), schema=RELAYS), SPREAD, ())
    with study_of(ROWS) as questions:
        return worked_for(questions, ME, members, relays, **beside)


def test_a_study_without_groups_has_no_such_part():
    assert found(relay(), members=MEMBERS.slice(0, 0)) is None


def test_a_relay_sees_own_acts_beside_the_group_s_with_the_delay_both_sorts():
    part = found(relay(), relay("x:else"))
    [row] = part["worked_for"].to_pylist()
    assert (row["status"], row["n_passed"], row["group_size"], row["n_spread"]) == ("relay", 10, 2, 30)
    examples = part["worked_for_examples"].to_pylist()
    assert len(examples) == MOST_EXAMPLES
    assert [one["is_unlinked"] for one in examples] == [True] * 3 + [False] * 3
    for one in examples:
        assert int(one["act_id"][2:]) - 100 == int(one["source_act_id"][2:])
        assert one["delay_seconds"] == 7200
        assert one["source_id"] == "x:g1"
    for name, schema in WORKED_FOR.items():
        assert part[name].schema == schema


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"is_synchronous": True}, "synchronous"),
        ({"q_value": None}, "few"),
        ({}, "more"),
        ({"low": 0.8}, "alike"),
    ],
)
def test_who_is_no_relay_has_a_status_and_no_example(changes, status):
    part = found(relay(is_relay=False, **changes))
    assert part["worked_for"]["status"].to_pylist() == [status]
    assert part["worked_for_examples"].num_rows == 0


def test_an_owner_in_the_group_and_one_who_passed_nothing_on():
    inside = found(members=seats("x:me", "x:g1"))
    [row] = inside["worked_for"].to_pylist()
    assert (row["status"], row["n_meetings"], row["expected_meetings"]) == ("member", 17, 4.5)
    outside = found(relay("x:else"))
    assert outside["worked_for"].num_rows == 0
    assert outside["worked_for_checked"].to_pylist() == [{"n_groups": 1, "n_group_accounts": 2, "n_others": 1}]


def test_an_act_of_the_group_that_is_not_held_is_no_example():
    part = found(relay(group_act_ids=["x:gone", None, *(f"x:{n}" for n in range(2, 10))]))
    assert "x:gone" not in part["worked_for_examples"]["source_act_id"].to_pylist()
    assert part["worked_for_examples"].num_rows == MOST_EXAMPLES


def test_a_seat_found_by_words_is_told_as_such_and_the_group_keeps_its_size():
    [row] = found(seats=seats("x:me"))["worked_for"].to_pylist()
    assert (row["status"], row["is_by_words"], row["group_size"], row["n_meetings"]) == ("member", True, 2, 17)
    [row] = found(members=seats("x:me", "x:g1"))["worked_for"].to_pylist()
    assert (row["status"], row["is_by_words"]) == ("member", False)


def test_who_only_answers_a_group_passes_nothing_on():
    [row] = found(apart={4: Apart(n_quoted=1, n_answered=3)})["worked_for"].to_pylist()
    assert (row["status"], row["n_passed"], row["n_quoted"], row["n_answered"]) == ("answers", 0, 1, 3)
    [row] = found(relay(), apart={4: Apart(n_answered=3)})["worked_for"].to_pylist()
    assert (row["status"], row["n_passed"], row["n_answered"]) == ("relay", 10, 3)


def test_answers_are_the_owner_s_to_others_of_a_group_conversation_included():
    def act(actor, author, verb, n=1, **changes):
        return {"actor_id": actor, "author_id": author, "verb": verb, "n": n, "is_conversation": False} | changes

    rows = [
        act("x:me", "x:g1", "reply"),
        act("x:me", "x:g2", "reply", n=2, is_conversation=True),
        act("x:me", "x:g1", "quote"),
        act("x:me", "x:g1", "repost"),
        act("x:me", "x:else", "reply"),
        act("x:else", "x:g1", "reply"),
        act("x:me", "x:me", "reply"),
    ]
    named_by = pa.Table.from_pylist(rows, schema=NAMED_BY)
    assert answered(named_by, pa.array(["x:me"]), seats("x:g1", "x:g2", "x:me")) == {4: Apart(1, 3)}
    assert answered(named_by.slice(0, 0), pa.array(["x:me"]), MEMBERS) == {}

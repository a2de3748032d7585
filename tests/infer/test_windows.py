"""A question narrowed to a window or a topic: the answer on the whole, for the acts that are asked about."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ascendant.activity import Activity
from ascendant.infer.cascades import find_cascades
from ascendant.infer.named import named_layer
from ascendant.store.options import Question
from reference.named import named_acts
from strategies import accounts, activities, asks_a_study, study_of

HOUR = 3_600_000_000
START = 1_600_000_000_000_000  # the first hour of `activities()`: 2020-09-13T12:26:40
ADDING_UP = ("n_acts_held", "n_posts_held", "n_moved", "n_moved_by_it", "n_conversation")


def hour(number):
    """A moment between the hours of invented acts, as somebody would write it."""
    minutes = 26 + 60 * (12 + number) - 30
    return f"2020-09-13T{minutes // 60:02}:{minutes % 60:02}:00"


windows = st.builds(
    lambda first, last: Question(
        since=first and hour(min(first, last or 9)), until=last and hour(max(first or 0, last))
    ),
    st.none() | st.integers(1, 6),
    st.none() | st.integers(1, 6),
).filter(lambda question: question.since is None or question.since != question.until)


def asked_ids(rows, question):
    since, until = question.window_us()
    return {
        row.activity_id
        for row in rows
        if (since is None or (row.happened_at is not None and row.happened_at >= since))
        and (until is None or (row.happened_at is not None and row.happened_at < until))
        and (question.about is None or question.about in (row.text or ""))
    }


def named(rows, question=Question(), account_rows=()):
    with study_of(rows, account_rows, question) as questions:
        return named_layer(questions)


def cascades(rows, question=Question(), account_rows=()):
    with study_of(rows, account_rows, question) as questions:
        return find_cascades(questions, named_layer(questions).accounts)


def only(table, ids, column="act_id"):
    return table.filter(pc.is_in(table[column], pa.array(sorted(ids), pa.string())))


@asks_a_study
@given(activities(), windows)
def test_named_acts_of_a_window_are_those_of_the_whole_that_fall_into_it(rows, question):
    asked = asked_ids(rows, question)
    assert named(rows, question).named_by.equals(only(named(rows).named_by, asked))


@asks_a_study
@given(activities(), st.data())
def test_named_acts_on_a_topic_are_those_of_the_whole_that_are_about_it(rows, data):
    rows = [replace(row, text=data.draw(st.sampled_from(["rivers", "roads", None]))) for row in rows]
    question = Question(about="rivers")
    asked = asked_ids(rows, question)
    assert named(rows, question).named_by.equals(only(named(rows).named_by, asked))


@asks_a_study
@given(activities(), windows)
def test_named_acts_of_a_window_are_what_the_obvious_reading_says(rows, question):
    asked = asked_ids(rows, question)
    found = named(rows, question).named_by.to_pylist()
    said = {(r["act_id"], r["actor_id"], r["author_id"], r["object_id"], r["is_conversation"], r["n"]) for r in found}
    assert said == {act for act in named_acts(rows) if act[0] in asked}


@asks_a_study
@given(activities(), st.integers(1, 6))
def test_counts_of_accounts_before_and_after_a_moment_add_up(rows, moment):
    rows = [row for row in rows if row.happened_at is not None]
    parts = [Question(until=hour(moment)), Question(since=hour(moment)), Question()]
    before, after, whole = (
        {row["account_id"]: row for row in named(rows, question).accounts.to_pylist()} for question in parts
    )
    for account, row in whole.items():
        for name in ADDING_UP:
            assert row[name] == sum(part[account][name] for part in (before, after) if account in part), (account, name)


@asks_a_study
@given(activities(), windows)
def test_an_account_that_moved_others_in_a_window_has_an_act(rows, question):
    for row in named(rows, question).accounts.to_pylist():
        assert row["n_acts"] >= row["n_acts_held"] >= row["n_moved"] >= 0
        assert row["n_acts_held"] >= row["n_posts_held"] >= 0
        assert row["n_acts"] > 0 or row["n_moved_by_it"] == 0


@asks_a_study
@given(activities(), accounts(), windows)
def test_a_cascade_of_a_window_is_the_whole_cascade_up_to_its_last_act_in_it(rows, account_rows, question):
    asked = asked_ids(rows, question)
    found = cascades(rows, question, account_rows).cascades.to_pylist()
    whole = {}
    for row in cascades(rows, account_rows=account_rows).cascades.to_pylist():
        whole.setdefault(row["cascade_id"], []).append(row)
    wanted = []
    for members in whole.values():
        last = max((place for place, row in enumerate(members) if place and row["act_id"] in asked), default=-1)
        wanted += [(row["act_id"], row["account_id"], row["happened_at"]) for row in members[: last + 1]]
    assert [(row["act_id"], row["account_id"], row["happened_at"]) for row in found] == wanted
    led_to = {row["act_id"]: row["influence"] for row in found if row["act_id"] == row["cascade_id"]}
    for cascade_id, influence in led_to.items():
        n_asked = sum(row["act_id"] in asked for row in whole[cascade_id][1:])
        assert influence == pytest.approx(n_asked)


@asks_a_study
@given(activities(), accounts(), st.integers(1, 6))
def test_influence_before_and_after_a_moment_adds_up(rows, account_rows, moment):
    parts = [Question(until=hour(moment)), Question(since=hour(moment)), Question()]
    before, after, whole = (cascades(rows, question, account_rows) for question in parts)
    for table, key, value in (("cascades", "act_id", "influence"), ("influence", "account_id", "cascade_influence")):
        summed = {}
        for part in (before, after):
            for row in getattr(part, table).to_pylist():
                summed[row[key]] = summed.get(row[key], 0) + row[value]
        for row in getattr(whole, table).to_pylist():
            assert summed.get(row[key], 0) == pytest.approx(row[value], abs=1e-9)


def act(number, verb, actor, *, at, **facts):
    return Activity(
        activity_id=f"x:{number}", platform="x", verb=verb, actor_id=actor, happened_at=START + at * HOUR, **facts
    )


def test_an_original_outside_the_window_keeps_its_author_and_its_time():
    rows = [act(0, "post", "x:ann", at=0), act(1, "repost", "x:bob", at=3, object_id="x:0")]
    (row,) = named(rows, Question(since=hour(2))).named_by.to_pylist()
    assert (row["author_id"], row["delay_seconds"]) == ("x:ann", 3 * 3600)


def test_a_chain_of_reposts_leads_beyond_the_window_s_edge():
    rows = [
        act(0, "post", "x:ann", at=0),
        act(1, "repost", "x:bob", at=1, object_id="x:0"),
        act(2, "repost", "x:cem", at=3, object_id="x:1", object_author_id="x:bob"),
    ]
    (row,) = named(rows, Question(since=hour(2))).named_by.to_pylist()
    assert (row["author_id"], row["object_id"]) == ("x:ann", "x:0")


def test_a_reply_in_the_window_goes_on_with_what_was_begun_before_it():
    rows = [
        act(0, "post", "x:ann", at=0),
        act(1, "reply", "x:bob", at=1, object_id="x:0", object_author_id="x:ann"),
        act(2, "reply", "x:bob", at=3, object_id="x:0", object_author_id="x:ann"),
    ]
    (row,) = named(rows, Question(since=hour(2))).named_by.to_pylist()
    assert row["is_conversation"]


def test_a_second_repost_in_the_window_moves_nobody_and_the_first_one_before_it_may_have():
    rows = [
        act(0, "post", "x:ann", at=0),
        act(1, "repost", "x:bob", at=1, object_id="x:0"),
        act(2, "repost", "x:bob", at=3, object_id="x:0"),
        act(3, "repost", "x:cem", at=3, object_id="x:0"),
    ]
    found = cascades(rows, Question(since=hour(2)))
    assert found.cascades["act_id"].to_pylist() == ["x:0", "x:1", "x:3"]
    influence = {row["account_id"]: row["cascade_influence"] for row in found.influence.to_pylist()}
    assert influence["x:ann"] == pytest.approx(1), "of the two acts it led to, one is asked about"
    assert 0 < influence["x:bob"] < 1


def test_items_of_before_the_window_that_moved_somebody_in_it_are_own_acts_one_each():
    rows = [
        act(0, "post", "x:ann", at=0),
        act(1, "post", "x:ann", at=0),
        act(2, "post", "x:ann", at=0),
        *(act(n, "repost", f"x:{n}", at=3, object_id=f"x:{n % 2}") for n in range(3, 9)),
    ]
    ann = next(row for row in named(rows, Question(since=hour(2))).accounts.to_pylist() if row["account_id"] == "x:ann")
    assert (ann["n_acts_held"], ann["n_items_unheld"], ann["n_acts"], ann["n_moved_by_it"]) == (0, 2, 2, 6)

"""The named layer against its slow twin, and the traps by hand."""

from random import Random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.activity import Account, Activity
from ascendant.infer.named import NAMED_BY, TIES, named_layer
from reference.named import named_acts, own_acts
from strategies import accounts, activities, asks_a_study, study_of

SECOND = 1_000_000
START = 1_600_000_000 * SECOND


def act(number, verb, actor, *, seconds=None, **facts):
    happened_at = None if seconds is None else START + seconds * SECOND
    return Activity(
        activity_id=f"x:{number}", platform="x", verb=verb, actor_id=actor, happened_at=happened_at, **facts
    )


def layer(rows, account_rows=()):
    with study_of(rows, account_rows) as questions:
        return named_layer(questions)


def counts(named, account):
    return next(row for row in named.accounts.to_pylist() if row["account_id"] == account)


@asks_a_study
@given(activities())
def test_each_named_act_is_what_the_obvious_reading_says(rows):
    found = layer(rows).named_by.to_pylist()
    said = {(r["act_id"], r["actor_id"], r["author_id"], r["object_id"], r["is_conversation"], r["n"]) for r in found}
    assert said == named_acts(rows)
    assert len(found) == len(said)


@asks_a_study
@given(activities())
def test_own_acts_are_what_the_obvious_reading_says(rows):
    found = {row["account_id"]: row["n_acts"] for row in layer(rows).accounts.to_pylist() if row["n_acts"]}
    assert found == own_acts(rows)


@asks_a_study
@given(activities(), accounts())
def test_everyone_seen_has_one_row_and_nothing_is_lost_or_doubled(rows, account_rows):
    named = layer(rows, account_rows)
    table, by = named.accounts.to_pydict(), named.named_by.to_pydict()
    seen = {row.actor_id for row in rows} | {row.object_author_id for row in rows}
    seen |= {account.account_id for account in account_rows} | set(by["author_id"])
    assert sorted(seen - {None}) == table["account_id"]
    moved = sum(n for n, talk in zip(by["n"], by["is_conversation"], strict=True) if not talk)
    talked = sum(by["n"]) - moved
    assert sum(table["n_moved"]) == sum(table["n_moved_by_it"]) == moved == sum(named.ties["n_moved"].to_pylist())
    assert sum(table["n_conversation"]) == talked == sum(named.ties["n_conversation"].to_pylist())
    for n_acts, n_held, n_moved in zip(table["n_acts"], table["n_acts_held"], table["n_moved"], strict=True):
        assert n_acts >= n_held >= n_moved >= 0
    assert all(n_acts > 0 for n_acts, n in zip(table["n_acts"], table["n_moved_by_it"], strict=True) if n > 0)
    assert all(actor != author for actor, author in zip(by["actor_id"], by["author_id"], strict=True))


@asks_a_study
@given(activities(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, random: Random):
    shuffled = random.sample(rows, len(rows))
    one, other = layer(rows), layer(shuffled)
    assert one.named_by.equals(other.named_by)
    assert one.ties.equals(other.ties)
    assert one.accounts.equals(other.accounts)
    assert one.caveats == other.caveats


def test_tables_keep_their_columns_when_nothing_happened():
    named = layer([])
    assert named.named_by.schema.equals(NAMED_BY)
    assert named.ties.schema.equals(TIES)
    assert (named.named_by.num_rows, named.ties.num_rows, named.accounts.num_rows) == (0, 0, 0)


def test_a_repost_of_a_repost_of_a_repost_names_the_root_author():
    rows = [
        act(0, "post", "x:ann", seconds=0),
        act(1, "repost", "x:bob", object_id="x:0", object_author_id="x:ann", seconds=10),
        act(2, "repost", "x:cem", object_id="x:1", object_author_id="x:bob", seconds=20),
        act(3, "repost", "x:dia", object_id="x:2", object_author_id="x:cem", seconds=30),
    ]
    found = layer(rows).named_by.to_pylist()
    assert {(r["author_id"], r["object_id"]) for r in found} == {("x:ann", "x:0")}
    assert sorted(r["delay_seconds"] for r in found) == [10, 20, 30]


def test_a_chain_whose_root_is_in_no_file_still_gives_the_root_author():
    rows = [
        act(1, "repost", "x:bob", object_id="x:gone", object_author_id="x:ann"),
        act(2, "repost", "x:cem", object_id="x:1", object_author_id="x:bob"),
    ]
    assert set(layer(rows).named_by["author_id"].to_pylist()) == {"x:ann"}


def test_the_author_of_a_held_item_is_known_without_being_said():
    named = layer([act(0, "post", "x:ann"), act(1, "quote", "x:bob", object_id="x:0")])
    assert named.named_by["author_id"].to_pylist() == ["x:ann"]


def test_only_the_first_reply_of_a_pair_in_a_thread_is_moved_whoever_speaks():
    rows = [
        act(0, "post", "x:ann", seconds=0),
        act(1, "reply", "x:bob", object_id="x:0", object_author_id="x:ann", seconds=1),
        act(2, "reply", "x:ann", object_id="x:1", object_author_id="x:bob", seconds=2),
        act(3, "reply", "x:bob", object_id="x:2", object_author_id="x:ann", seconds=3),
        act(4, "reply", "x:cem", object_id="x:3", object_author_id="x:bob", seconds=4),
    ]
    named = layer(rows)
    moved = [r["act_id"] for r in named.named_by.to_pylist() if not r["is_conversation"]]
    assert sorted(moved) == ["x:1", "x:4"]
    assert set(named.named_by["thread_id"].to_pylist()) == {"x:0"}, "the item at the top of the chain"
    assert counts(named, "x:bob")["n_acts"] == 1
    assert counts(named, "x:bob")["n_conversation"] == 1
    assert counts(named, "x:ann")["n_acts"] == 1, "her reply was conversation, her post is an act"


def test_replies_that_say_nothing_of_their_thread_count_once_a_pair_and_this_is_said():
    rows = [act(n, "reply", "x:bob", object_author_id="x:ann", seconds=n) for n in range(4)]
    named = layer(rows)
    assert counts(named, "x:bob")["n_moved"] == 1
    assert [c.facts["n"] for c in named.caveats] == [4]


def test_a_row_for_many_replies_counts_as_as_many_rows():
    apart = layer([act(n, "reply", "x:bob", object_author_id="x:ann") for n in range(4)])
    at_once = layer([act(0, "reply", "x:bob", object_author_id="x:ann", count=4)])
    columns = ["account_id", "n_acts", "n_moved", "n_moved_by_it", "n_conversation"]
    assert apart.accounts.select(columns).equals(at_once.accounts.select(columns))


def test_a_post_known_only_by_whom_it_mentions_is_one_act():
    rows = [
        act(0, "mention", "x:ann", object_author_id="x:bob", seconds=0),
        act(1, "mention", "x:ann", object_author_id="x:cem", seconds=0),  # the same post
        act(2, "mention", "x:ann", object_author_id="x:bob", seconds=1),
        act(3, "repost", "x:ann", object_author_id="x:bob", seconds=1),  # is what the mention above belongs to
        act(4, "reply", "x:ann", object_author_id="x:ann", seconds=2),
        act(5, "mention", "x:ann", object_author_id="x:ann", seconds=2),  # belongs to a reply to oneself: no act
    ]
    named = layer(rows)
    assert counts(named, "x:ann")["n_acts"] == 2
    assert counts(named, "x:ann")["n_moved"] == 1
    assert counts(named, "x:cem")["n_acts"] == 0, "being mentioned is not an act"


def test_items_that_are_in_no_file_are_acts_of_whoever_wrote_them():
    rows = [
        act(1, "repost", "x:bob", object_id="x:a", object_author_id="x:ann"),
        act(2, "repost", "x:cem", object_id="x:a", object_author_id="x:ann"),
        act(3, "quote", "x:cem", object_id="x:b", object_author_id="x:ann"),
        act(4, "repost", "x:cem", object_author_id="x:dia"),
    ]
    named = layer(rows)
    assert counts(named, "x:ann")["n_acts"] == 2
    assert counts(named, "x:ann")["n_acts_held"] == 0
    assert counts(named, "x:dia")["n_acts"] == 1


@pytest.mark.parametrize(("precision", "delay"), [("s", 60), ("min", 60), (None, 60), ("day", None)])
def test_a_delay_needs_a_clock(precision, delay):
    rows = [
        act(0, "post", "x:ann", seconds=0, time_precision=precision),
        act(1, "repost", "x:bob", object_id="x:0", seconds=60),
    ]
    assert layer(rows).named_by["delay_seconds"].to_pylist() == [delay]


def test_an_act_before_its_object_has_no_delay_and_is_counted():
    rows = [act(0, "post", "x:ann", seconds=60), act(1, "repost", "x:bob", object_id="x:0", seconds=0)]
    named = layer(rows)
    assert named.named_by["delay_seconds"].to_pylist() == [None]
    assert "before the item" in str(named.caveats[0])


def test_evidence_is_spread_over_the_time_of_a_tie():
    rows = [act(n, "repost", "x:bob", object_author_id="x:ann", seconds=n) for n in range(9)]
    tie = layer(rows).ties.to_pylist()[0]
    assert tie["evidence"] == ["x:0", "x:4", "x:8"]
    assert tie["n_moved"] == 9
    assert (tie["last_at"] - tie["first_at"]).total_seconds() == 8


def test_the_median_delay_is_of_moved_acts_only():
    rows = [act(0, "post", "x:ann", seconds=0, thread_id="x:0")]
    rows += [act(n, "repost", "x:bob", object_id="x:0", seconds=n * 10) for n in (1, 2, 9)]
    rows += [act(n, "reply", "x:bob", object_id="x:0", thread_id="x:0", seconds=n * 1000) for n in (20, 21, 22, 23)]
    tie = layer(rows).ties.to_pylist()[0]
    assert tie["median_delay_seconds"] == 20, "of 10, 20, 90 and 20,000"
    assert tie["n_conversation"] == 3


def test_the_answer_is_arrow_in_the_promised_types():
    named = layer([act(0, "post", "x:ann", seconds=0), act(1, "repost", "x:bob", object_id="x:0", seconds=5)])
    assert named.named_by.schema.equals(NAMED_BY)
    assert named.ties.schema.equals(TIES)
    assert {field.type for field in named.accounts.schema} == {pa.string(), pa.int64()}


def test_who_only_pays_for_advertisements_or_is_measured_and_where_others_write_has_no_standing():
    rows = [
        Activity(activity_id="x:1", platform="x", verb="post", actor_id="x:a", happened_at=1),
        Activity(activity_id="x:2", platform="x", verb="targeted", actor_id="x:payer"),
        Activity(activity_id="x:3", platform="x", verb="measured", actor_id="x:page"),
        Activity(activity_id="x:4", platform="x", verb="targeted", actor_id="x:a", context_id="x:group"),
    ]
    described = [Account(account_id=f"x:{name}", platform="x") for name in ("a", "payer", "page", "silent", "group")]
    seen = layer(rows, described).accounts["account_id"].to_pylist()
    assert seen == ["x:a", "x:silent"]

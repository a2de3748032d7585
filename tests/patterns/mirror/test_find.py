"""The mirror as a whole: small lives counted by hand, laws that hold for any, and an owner of whom nothing is known."""

import math
import random
import subprocess
import sys
from collections import Counter

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.activity import ACTS, Account, Activity, Ad
from ascendant.infer.named import named_layer
from ascendant.patterns.mirror.tables import PARTS, SCHEMAS, STATUSES, TOPICS
from ascendant.store.options import Question
from mirrors import HOUR, ME, NOTHING, OWNER, SECOND, START, act, coverage, mirror, only
from strategies import activities, asks_a_study, study_of


def a_day():
    """Two posts of one's own, what was passed on, answered and liked."""
    return [
        act(1, "post", text="one"),
        act(2, "post", text="look", relay="with_comment", urls=("https://a.example",)),
        act(3, "repost", object_author_id="x:2", relay="pure"),
        act(4, "quote", object_id="x:901", object_author_id="x:2", relay="quote"),
        act(5, "post", relay="link", urls=("https://b.example",)),
        act(6, "reply", object_id="x:902", object_author_id="x:3"),
        act(7, "reply", object_id="x:902", object_author_id="x:3"),  # the same pair goes on
        act(8, "reply", object_id="x:6", object_author_id=ME),  # to oneself
        act(9, "repost", relay="pure"),  # of nobody knows whom
        act(10, "react", object_id="x:903"),
    ]


def test_a_day_is_counted_by_hand():
    found = mirror(a_day())
    kinds = {row["kind"]: (row["part"], row["n"]) for row in found["balance"].to_pylist() if row["platform"] == "x"}
    assert kinds == {
        "post": ("start", 1), "link_with_words": ("start", 1), "repost": ("pass_on", 2), "quote": ("pass_on", 1),
        "link": ("pass_on", 1), "reply": ("answer", 1), "conversation": ("answer", 2), "react": ("like", 1),
    }  # fmt: skip
    row = only(found["reaction"], platform=None)
    assert (row["n_acts"], row["n_reaction"], row["n_links"], row["n_conversation"]) == (7, 4, 1, 2)
    assert row["share"] == 4 / 7
    assert row["share_with_links"] == 5 / 7
    assert row["low"] < 4 / 7 < row["high"]
    sources = {row["account_id"]: row for row in found["sources"].to_pylist()}
    assert [sources["x:2"][name] for name in ("n", "n_reposts", "n_quotes", "n_replies")] == [2, 1, 1, 0]
    assert [sources["x:3"][name] for name in ("n", "n_replies", "n_conversation")] == [1, 1, 1]
    assert sources["x:2"]["share"] == 2 / 3
    assert ME not in sources
    row = only(found["concentration"], platform="x")
    assert (row["n_attributed"], row["n_unattributed"], row["n_sources"], row["n_half"]) == (3, 1, 2, 1)
    row = only(found["passing"], platform=None)
    assert (row["n_passed_on"], row["n_without_words"]) == (5, 3)
    assert [row["kind"] for row in found["passed_on"].to_pylist()] == ["repost", "quote", "link", "repost"]
    row = only(found["diversity"])
    assert (row["n_acts"], row["n_reaction"], row["n_sources"]) == (7, 4, 2)
    assert only(found["me"])["n_acts"] == 9
    assert not found.has_collected


def test_the_week_stands_on_the_clock_of_the_study():
    [row] = mirror([act(0, "post")], zone="Asia/Tokyo")["week"].to_pylist()
    assert row == {"part": "start", "weekday": 3, "hour": 7, "n": 1}  # Tuesday, 22:13 in London


def test_collected_posts_tell_whose_items_were_liked_when_they_appeared_and_who_responded():
    theirs = [
        Activity(activity_id="x:901", platform="x", verb="post", actor_id="x:2", happened_at=START),
        Activity(activity_id="x:903", platform="x", verb="post", actor_id="x:4", happened_at=START),
        Activity(activity_id="x:50", platform="x", verb="repost", actor_id="x:5", object_id="x:1"),
        Activity(activity_id="x:51", platform="x", verb="reply", actor_id="x:5", object_id="x:1", thread_id="x:1"),
        Activity(activity_id="x:52", platform="x", verb="reply", actor_id="x:5", object_id="x:1", thread_id="x:1"),
        Activity(activity_id="x:53", platform="x", verb="react", actor_id="x:6", object_id="x:1"),
        # the owner's repost again, as it was collected: it names the item, and replaces the archive's
        Activity(activity_id="x:3", platform="x", verb="repost", actor_id=ME, object_id="x:901", object_author_id="x:2",
                 relay="pure", happened_at=START + 3 * HOUR, collected_at=START + 99 * HOUR),
    ]  # fmt: skip
    found = mirror([*a_day(), *theirs])
    assert found.has_collected
    assert only(found["me"])["n_acts"] == 9
    assert only(found["sources"], account_id="x:4")["n_likes"] == 1
    row = only(found["passed_on"], act_id="x:3")
    assert row["delay_seconds"] == 3 * 3_600
    assert row["source"] == "x:2"
    assert only(found["passing"], platform="x")["n_delays"] == 1
    rows = found["moved"].to_pylist()
    assert [(row["account_id"], row["n"], row["n_replies"], row["n_likes"]) for row in rows] == [
        ("x:5", 2, 1, 0),
        ("x:6", 0, 0, 1),
    ]
    assert not only(found["standing"], platform="x")["is_one_sided"]


def test_the_numbers_of_items_tell_when_they_appeared():
    item = (START // 1000 - 1_288_834_974_657) << 22
    rows = [
        act(1, "quote", object_id=f"x:{item}", object_author_id="x:2"),
        act(2, "quote", object_id="x:20", object_author_id="x:2"),  # of before numbers told anything
        act(3, "quote", object_id=f"x:{item}", object_author_id="x:2", time_precision="day"),
        act(4, "quote", object_id=f"x:{item}", object_author_id="x:2", happened_at=START - 5 * SECOND),
        msgspec.structs.replace(
            act(5, "repost", object_id=f"linkedin:{START // 1000 << 22}"), platform="linkedin", actor_id="linkedin:@jo"
        ),
    ]
    found = mirror(rows, (OWNER, Account(account_id="linkedin:@jo", platform="linkedin", is_me=True)))
    delays = {row["act_id"]: row["delay_seconds"] for row in found["passed_on"].to_pylist()}
    assert delays == {"x:1": 3_600, "x:2": None, "x:3": None, "x:4": None, "x:5": 5 * 3_600}
    assert any("dated before" in str(caveat) for caveat in found.caveats)


def test_replies_without_thread_or_item_count_once_a_day_and_account():
    whom = {0: "x:2", 1: "x:2", 2: None, 30: "x:2"}  # the first two on one day
    found = mirror([act(number, "reply", object_author_id=who) for number, who in whom.items()])
    row = only(found["reaction"], platform="x")
    assert (row["n_acts"], row["n_reaction"], row["n_unsure"], row["n_conversation"]) == (2, 2, 1, 1)
    assert any(caveat.facts.get("n") == 4 and "neither a thread" in str(caveat) for caveat in found.caveats)


def test_an_answer_is_sure_where_the_beginning_of_its_conversation_is_held_or_told():
    whom = {"object_author_id": "x:2"}
    rows = [
        act(1, "reply", object_id="x:901", **whom),  # nobody knows what x:901 answers
        act(2, "reply", object_id="x:902", **whom),
        act(3, "reply", object_id="x:903", object_author_id="x:3"),
    ]
    row = only(mirror(rows)["reaction"], platform="x")
    assert (row["n_acts"], row["n_reaction"], row["n_unsure"]) == (2, 2, 1)  # one of x:2, and that of x:3
    told = [act(1, "reply", object_id="x:901", thread_id="x:t1", **whom), *rows[1:]]
    row = only(mirror(told)["reaction"], platform="x")
    assert (row["n_reaction"], row["n_unsure"]) == (2, 1)  # the other may go on with the one that is told
    begun = msgspec.structs.replace(act(901, "post"), activity_id="x:901", actor_id="x:2", direction="third")
    answered = msgspec.structs.replace(act(902, "post"), activity_id="x:902", actor_id="x:2", direction="third")
    row = only(mirror([*rows, begun, answered])["reaction"], platform="x")
    assert (row["n_reaction"], row["n_unsure"]) == (3, 0)


def test_several_accounts_of_the_owner_on_one_platform_are_one():
    rows = [act(1, "post", actor_id="x:@jo_exemple"), act(2, "post"), act(3, "quote", object_author_id="x:77")]
    other = Account(account_id="x:77", platform="x", is_me=True)
    found = mirror(rows, (OWNER, other))
    row = only(found["me"])
    assert (row["account_id"], row["n_acts"], row["handle"]) == (ME, 3, "jo_exemple")
    assert found["sources"].num_rows == 0  # a quote of oneself
    assert only(found["reaction"], platform="x")["n_reaction"] == 0


def test_an_archive_that_does_not_say_whose_it_is_still_has_an_owner():
    rows = [act(1, "post", actor_id=None), act(2, "quote", actor_id=None, object_id="x:1")]
    found = mirror(rows, ())
    row = only(found["me"])
    assert (row["account_id"], row["n_acts"]) == (None, 2)
    assert only(found["reaction"], platform="x")["n_reaction"] == 0  # the quoted post is their own


@pytest.mark.parametrize("covered", [NOTHING, coverage(("x_archive", "data/tweets.js", "empty", 0, 0))])
def test_of_an_owner_of_whom_nothing_is_known_nothing_is_said(covered):
    found = mirror([], (OWNER,) if covered is NOTHING else (), covered)
    assert {name for name, table in found.tables.items() if table.num_rows} <= {
        "me", "answers", "reaction", "concentration", "passing", "standing",
    }  # fmt: skip
    row = only(found["standing"], platform=None)
    assert (row["standing"], row["is_presumed"], row["evidence"]) == ("influenced", True, "none")
    assert only(found["reaction"], platform=None)["share"] is None
    assert found.caveats == ()


def test_without_an_archive_there_is_no_platform():
    found = mirror([Activity(activity_id="x:9", platform="x", verb="post", actor_id="x:2")], ())
    assert found["me"].num_rows == 0
    assert found["answers"].num_rows == 0
    assert found.has_collected
    assert {row["platform"] for row in found["standing"].to_pylist()} == {None}


@st.composite
def lives(draw):
    """Acts of few accounts, one of whom is the owner; some rows are the owner's though they name nobody."""
    rows = draw(activities())
    found = []
    for row in rows:
        if row.actor_id == "x:ann":
            direction = draw(st.sampled_from(["by_me", "third"]))
        else:
            direction = "by_me" if row.actor_id is None and row.verb in ACTS else "third"
        found.append(msgspec.structs.replace(row, direction=direction))
    return found


ANN = Account(account_id="x:ann", platform="x", is_me=True)


@asks_a_study
@given(lives())
def test_parts_make_wholes(rows):
    found = mirror(rows, (ANN,))
    for name, schema in SCHEMAS.items():
        assert found[name].schema == schema
        for column in found[name].columns:
            if pa.types.is_floating(column.type):
                assert not any(value is not None and math.isnan(value) for value in column.to_pylist())
    balance = found["balance"].to_pylist()
    acts = [row for row in balance if row["part"] in PARTS[:3]]
    for platform, n_acts in ((None, sum(row["n_acts"] for row in found["me"].to_pylist())), ("x", None)):
        n = sum(row["n"] for row in acts if row["platform"] == platform)
        reaction = only(found["reaction"], platform=platform)
        assert n == reaction["n_acts"] + reaction["n_unsure"] + reaction["n_conversation"]
        assert n_acts in (None, n)
        half = only(found["concentration"], platform=platform)
        assert half["n_attributed"] + half["n_unattributed"] == reaction["n_reaction"] + reaction["n_unsure"]
        assert half["n_attributed"] == sum(row["n"] for row in found["sources"].to_pylist())
        if half["n_attributed"]:
            assert half["n_half_low"] <= half["n_half"] <= half["n_half_high"] <= half["n_sources"]
    for row in found["sources"].to_pylist():
        assert row["n"] == row["n_reposts"] + row["n_quotes"] + row["n_replies"]
        assert row["share"] is None or row["low"] <= row["share"] <= row["high"]
    for row in found["moved"].to_pylist():
        assert row["n"] == row["n_reposts"] + row["n_quotes"] + row["n_replies"]
    timed = sum(row["n_timed"] for row in acts if row["platform"] == "x")
    assert timed == sum(row["n"] for row in found["week"].to_pylist() if row["part"] != "like")
    for row in found["standing"].to_pylist():
        p = [row[name] for name in ("p_influencer", "p_influenced", "p_both")]
        assert p[0] is None or sum(p) == pytest.approx(1)
        assert row["n_moved_by_it"] or row["standing"] == "influenced"


@asks_a_study
@given(lives(), st.integers(0, 10**6))
def test_the_order_of_reading_changes_nothing(rows, seed):
    shuffled = rows[:]
    random.Random(seed).shuffle(shuffled)
    one, other = mirror(rows, (ANN,)), mirror(shuffled, (ANN,))
    assert one.caveats == other.caveats
    for name in SCHEMAS:
        assert one[name].equals(other[name]), name


@asks_a_study
@given(lives())
def test_sources_and_who_was_moved_are_those_of_the_named_layer(rows):
    """Where threads or items are named; of other replies the layer counts one of a pair, the mirror one a day."""
    rows = [
        msgspec.structs.replace(
            row,
            thread_id=row.thread_id or row.object_id or "x:t9",
            actor_id=row.actor_id or "x:bob",
            direction="third",
        )
        for row in rows
    ]
    with study_of(rows, (ANN,)) as questions:
        named = [row for row in named_layer(questions).named_by.to_pylist() if not row["is_conversation"]]
    found = mirror(rows, (ANN,))
    expected = Counter()
    for row in named:
        if row["actor_id"] == "x:ann":
            expected[row["author_id"]] += row["n"]
    assert {row["account_id"]: row["n"] for row in found["sources"].to_pylist() if row["n"]} == expected
    moved = Counter()
    for row in named:
        if row["author_id"] == "x:ann":
            moved[row["actor_id"]] += row["n"]
    assert {row["account_id"]: row["n"] for row in found["moved"].to_pylist() if row["n"]} == moved


def test_it_loads_no_compiled_kernels_and_no_graphs():
    asks = "import sys; import ascendant.patterns.mirror.find; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "ascendant.patterns.mirror.find" in loaded
    heavy = {"numba", "networkit", "scipy.sparse", "scipy.stats", "duckdb", "ascendant.kernels"}
    assert not loaded & (heavy | {"ascendant.infer.communities", "ascendant.infer.named"})


def test_every_status_and_topic_is_one_of_the_contract():
    rows = mirror(a_day())["answers"].to_pylist()
    assert [row["topic"] for row in rows] == list(TOPICS)
    assert {row["status"] for row in rows} <= set(STATUSES)


def test_a_window_counts_its_own_acts_and_knows_what_came_before():
    rows = [act(number, "reply", object_id="x:902", object_author_id="x:3") for number in (1, 100, 200)]
    rows.append(act(201, "targeted", direction="about_me", actor_id="x:9", happened_at=None, ad=Ad(advertiser="@ex")))
    found = mirror(rows, question=Question(since="2023-11-16"))
    row = only(found["reaction"], platform="x")
    assert (row["n_acts"], row["n_conversation"]) == (0, 2)  # the first was before
    assert found["advertisers"].num_rows == 1  # a list has no time


def test_whether_somebody_is_followed_is_left_open_where_only_a_handle_is_known():
    """X lists follows by number; the link of a quote names its author by the handle alone."""
    rows = [
        act(1, "follow", object_id="x:7", object_author_id="x:7", object_kind="account", happened_at=None),
        act(2, "repost", object_author_id="x:7"),
        act(3, "repost", object_author_id="x:8"),
        act(4, "quote", object_author_id="x:@marin_ex"),
    ]
    told = coverage(("x_archive", "data/following.js", "parsed", 1, 1))
    found = {row["account_id"]: row["is_followed"] for row in mirror(rows, covered=told)["sources"].to_pylist()}
    assert found == {"x:7": True, "x:8": False, "x:@marin_ex": None}

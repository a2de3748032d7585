"""Whether an act was about something new to its actor: by the obvious reading, and how shares of it are told."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from ascendant.activity import Activity
from ascendant.infer.new_topics import NEW_SHARES, new_shares, with_new_topics
from strategies import asks_a_study, study_of

HOUR = 3_600_000_000
START = 1_600_000_000_000_000


@st.composite
def histories(draw):
    """Many acts of two accounts, with topics or without, some at the same moment, some without a time."""
    rows = []
    for number in range(draw(st.integers(0, 45))):
        verb = draw(st.sampled_from(["post", "post", "repost", "reply"]))
        tags = draw(st.none() | st.lists(st.sampled_from(["rivers", "roads", "rain", ""]), max_size=2))
        sites = draw(
            st.none() | st.sampled_from([("https://www.one.example/a",), ("http://two.example",), ("no link",)])
        )
        rows.append(
            Activity(
                activity_id=f"x:{number:03}", platform="x", verb=verb,
                actor_id=draw(st.sampled_from(["x:ann", "x:ann", "x:bob"])),
                object_id=f"x:{draw(st.integers(0, 44)):03}" if verb == "repost" else None,
                happened_at=draw(st.none() | st.integers(0, 30).map(lambda hour: START + hour * HOUR)),
                hashtags=None if tags is None else tuple(tags), urls=sites,
            )
        )  # fmt: skip
    return draw(st.permutations(rows))


def topics(row, by_id):
    of = by_id.get(row.object_id) if row.verb == "repost" else None
    tags = row.hashtags if row.hashtags is not None or of is None else of.hashtags
    urls = row.urls if row.urls is not None or of is None else of.urls
    sites = {url.split("//")[1].removeprefix("www.").split("/")[0] for url in urls or () if "//" in url}
    return {f"#{tag}" for tag in tags or () if tag} | sites


def obvious(rows):
    """act id -> whether it is new, None where it cannot be told."""
    by_id = {row.activity_id: row for row in rows}
    found = {row.activity_id: None for row in rows}
    for actor in {row.actor_id for row in rows}:
        carried, timed = set(), [row for row in rows if row.actor_id == actor and row.happened_at is not None]
        for place, row in enumerate(sorted(timed, key=lambda one: (one.happened_at, one.activity_id))):
            of_act = topics(row, by_id)
            if of_act and place >= 10:
                found[row.activity_id] = not of_act & carried
            carried |= of_act
    return found


@asks_a_study
@given(histories())
def test_an_act_is_new_where_no_earlier_act_of_its_actor_carries_any_of_its_topics(rows):
    wanted = obvious(rows)
    ids = sorted(wanted)
    with study_of(rows) as questions:
        told = with_new_topics(questions, pa.table({"act_id": pa.array(ids, pa.string())}))
    assert dict(zip(told["act_id"].to_pylist(), told["new_to_actor"].to_pylist(), strict=True)) == wanted


def moved(rows):
    actor, p, is_new = zip(*rows, strict=True)
    return pa.table({"actor_id": list(actor), "p_moved": pa.array(p, pa.float32()), "new_to_actor": list(is_new)})


def test_shares_weigh_acts_by_their_chance_and_leave_out_what_is_not_known():
    table = moved([("b", 1.0, True), ("b", 0.5, False), ("b", 0.0, False), ("b", 1.0, None), ("a", 0.25, True)])
    a, b = new_shares(table).to_pylist()
    assert (a["account_id"], b["account_id"]) == ("a", "b")
    assert b["n_moved_on_topic"] == 1.5
    assert b["new_share_moved"] == 1 / 1.5
    assert b["n_own_on_topic"] == 1.5
    assert b["new_share_own"] == 0.0
    assert a["new_share_moved"] == a["new_share_own"] == 1.0
    for row in (a, b):
        for of in ("moved", "own"):
            ends = (row[f"new_share_{of}_low"], row[f"new_share_{of}"], row[f"new_share_{of}_high"])
            assert 0 <= ends[0] <= ends[1] <= ends[2] <= 1
            assert ends[0] < ends[2], "no certainty out of one act"


def test_without_any_act_on_a_topic_there_is_no_share():
    assert new_shares(moved([("a", 0.5, None)])).equals(NEW_SHARES.empty_table())
    (only,) = new_shares(moved([("a", 1.0, True)])).to_pylist()
    assert only["n_own_on_topic"] == 0
    assert only["new_share_own"] is None


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 1, width=32), st.booleans()), min_size=1, max_size=60))
def test_shares_of_any_weights_are_shares(rows):
    table = new_shares(moved(rows))
    for name in table.column_names[1:]:
        assert np.all(np.isfinite(table[name].drop_null().to_numpy())), name

"""Traces: who acted on what, when; the same whatever the order of the rows."""

import numpy as np
import pyarrow as pa
import pytest

from ascendant.activity import ACCOUNT, Activity, activity_batch
from ascendant.patterns.groups.objects import TRACES
from ascendant.patterns.groups.shown import act_ids, object_words
from ascendant.patterns.groups.traces import find_traces
from ascendant.store.duckdb import asking_tables

START = 1_600_000_000_000_000
SENTENCE = "Who decides about the shared garden? Not them. Meet us on Saturday at eight"


def act(number, actor, verb="post", *, seconds=0, **more):
    return Activity(
        activity_id=f"x:{number}",
        platform="x",
        verb=verb,
        actor_id=f"x:{actor}",
        happened_at=more.pop("happened_at", START + round(seconds * 1e6)),
        **more,
    )


def table(acts):
    return pa.Table.from_batches([activity_batch(acts, source_file="f", reader="r")])


def traces_of(acts):
    with asking_tables(table(acts), ACCOUNT.empty_table()) as questions:
        return find_traces(questions)


def listed(acts, trace=None):
    """(trace, account, object in words, act id), as traces hold them."""
    with asking_tables(table(acts), ACCOUNT.empty_table()) as questions:
        found = find_traces(questions)
        words, ids = object_words(questions, found, found.object), act_ids(questions, found.row)
    names = [TRACES[one] for one in found.trace]
    who = found.account_ids.take(pa.array(found.account)).to_pylist()
    rows = list(zip(names, who, words, ids, strict=True))
    return [row[1:] for row in rows if row[0] == trace] if trace else rows


def test_a_repost_and_a_quote_of_one_item_are_one_trace_of_it():
    acts = [
        act(1, "author"),
        act(2, "a", "repost", object_id="x:1", seconds=600),
        act(3, "b", "quote", object_id="x:1", seconds=700),
        act(4, "a", "quote", object_id="x:1", seconds=800),
    ]
    assert listed(acts) == [("repost", "x:a", "x:1", "x:2"), ("repost", "x:b", "x:1", "x:3")]


def test_ones_own_items_are_no_trace():
    acts = [
        act(1, "a", object_author_id=None),
        act(2, "a", "repost", object_id="x:1", seconds=5),
        act(3, "a", "reply", object_id="x:1", seconds=9),
        act(4, "a", "repost", object_id="x:77", object_author_id="x:a"),
    ]
    assert listed(acts) == []


def test_a_repost_of_a_repost_passes_on_the_root():
    acts = [
        act(1, "author"),
        act(2, "a", "repost", object_id="x:1", seconds=600),
        act(3, "b", "repost", object_id="x:2", seconds=700),
    ]
    assert [row[1] for row in listed(acts, "repost")] == ["x:1", "x:1"]


def test_a_repost_within_a_minute_is_fast_and_a_quote_is_not():
    acts = [
        act(1, "author"),
        act(2, "a", "repost", object_id="x:1", seconds=60),
        act(3, "b", "repost", object_id="x:1", seconds=60.000001),
        act(4, "c", "quote", object_id="x:1", seconds=10),
        act(5, "d", "repost", object_id="x:1", seconds=-1),
        act(6, "e", "repost", object_id="x:unknown", seconds=1),
    ]
    assert [row[0] for row in listed(acts, "fast_repost")] == ["x:a"]
    assert len(listed(acts, "repost")) == 5


def test_the_id_of_an_x_post_tells_when_it_was_posted():
    at = 1_700_000_000_000
    item = f"x:{(at - 1_288_834_974_657) << 22}"
    acts = [
        act(2, "a", "repost", object_id=item, happened_at=at * 1000 + 20_000_000),
        act(3, "b", "repost", object_id=item, happened_at=at * 1000 + 70_000_000),
        act(4, "c", "repost", object_id="x:99999999999999999999", happened_at=at * 1000),
    ]
    assert [row[0] for row in listed(acts, "fast_repost")] == ["x:a"]


def test_what_a_repost_carries_is_not_its_own():
    carried = {"text": SENTENCE, "urls": ("https://a.example/x",), "hashtags": ("u", "v", "w"), "media_hash": ("p",)}
    own = [act(1, "author", **carried)]
    passed = [act(2, "a", "repost", object_id="x:1", seconds=600, **carried)]
    assert {row[0] for row in listed(own)} == {"text", "link", "hashtags", "image"}
    assert set(listed(own + passed)) - set(listed(own)) == {("repost", "x:a", "x:1", "x:2")}


def test_one_page_is_one_object_by_whatever_road():
    acts = [
        act(1, "a", urls=("https://www.site.example/page/?utm_source=x", "https://www.site.example/page")),
        act(2, "b", "reply", object_id="x:9", urls=("http://m.site.example/page#top",), seconds=1),
        act(3, "c", urls=("https://site.example/", "https://site.example"), seconds=2),
    ]
    assert listed(acts, "link") == [("x:a", "site.example/page", "x:1"), ("x:b", "site.example/page", "x:2")]


def test_the_link_of_a_quote_to_its_item_is_no_link():
    acts = [act(1, "a", "quote", object_id="x:123456", urls=("https://x.com/b/status/123456", "https://s.example/y"))]
    assert [row[1] for row in listed(acts, "link")] == ["s.example/y"]


def test_hashtags_count_in_their_order_from_three_on():
    acts = [
        act(1, "a", hashtags=("u", "v", "w")),
        act(2, "b", hashtags=("u", "V", "w"), seconds=1),
        act(3, "c", hashtags=("w", "v", "u"), seconds=2),
        act(4, "d", hashtags=("u", "v"), seconds=3),
    ]
    assert sorted(row[1] for row in listed(acts, "hashtags")) == ["#u #v #w", "#u #v #w", "#w #v #u"]


def test_the_first_act_of_an_account_on_an_object_stands():
    acts = [act(n, "a", urls=("https://s.example/y",), seconds=seconds) for n, seconds in ((1, 9), (2, 3), (3, 30))]
    assert listed(acts, "link") == [("x:a", "s.example/y", "x:2")]


def test_texts_that_differ_in_disguise_only_are_one_object():
    acts = [
        act(1, "a", text=SENTENCE),
        act(2, "b", text=f"👉 {SENTENCE.upper()} 🔥 https://t.example/1 @c", seconds=1),
        act(3, "c", text=SENTENCE.replace("garden", "gar\u200bden").replace("a", "а"), seconds=2),  # Cyrillic а
        act(4, "d", text=f"{SENTENCE} cc tous", seconds=3),
        act(5, "e", text="Nothing of the kind was ever said here by anybody before", seconds=4),
    ]
    found = listed(acts, "text")
    assert [row[1] for row in found].count(SENTENCE) == 4
    assert len(found) == 5


def test_rows_without_a_time_of_day_are_left_out_and_counted():
    acts = [
        act(1, "a", urls=("https://s.example/y",), happened_at=None),
        act(2, "b", urls=("https://s.example/y",), time_precision="day"),
        act(3, "c", urls=("https://s.example/y",), time_precision="min"),
        act(4, "d", urls=("https://s.example/y",), count=4),
    ]
    found = traces_of(acts)
    assert found.account_ids.take(pa.array(found.account)).to_pylist() == ["x:c"]
    assert found.is_to_the_minute.tolist() == [True]
    told = " / ".join(str(caveat) for caveat in found.caveats)
    assert "2 acts have no time of day" in told
    assert "1 acts are timed to the minute" in told
    assert "1 rows stand for several" in told


def test_times_to_the_minute_make_no_fast_repost():
    acts = [
        act(1, "author"),
        act(2, "a", "repost", object_id="x:1", seconds=20, time_precision="min"),
        act(3, "author", time_precision="min"),
        act(4, "a", "repost", object_id="x:3", seconds=20),
    ]
    assert listed(acts, "fast_repost") == []


def test_one_trace_alone_is_said():
    found = traces_of([act(2, "a", "repost", object_id="x:1"), act(3, "b", "repost", object_id="x:1", seconds=99)])
    assert found.names == ("repost",)
    assert "one kind of trace" in str(found.caveats[-1])


@pytest.mark.parametrize("acts", [[], [act(1, "a", text="🔥🔥🔥 😀"), act(2, "b", text="", urls=())]])
def test_a_study_without_traces_has_none(acts):
    found = traces_of(acts)
    assert found.names == ()
    assert found.row.size == 0


def invented(seed, n=3000):
    rng = np.random.default_rng(seed)
    words = [f"word{k}" for k in range(400)]
    acts = [act(k, f"author{k % 7}", seconds=int(rng.integers(0, 9000))) for k in range(20)]
    for k in range(20, n):
        kind, seconds, who = rng.integers(5), int(rng.integers(0, 9000)), f"a{rng.integers(200)}"
        if kind == 0:
            acts.append(act(k, who, "repost", object_id=f"x:{rng.integers(20)}", seconds=seconds))
        elif kind == 1:
            acts.append(act(k, who, "reply", object_id=f"x:{rng.integers(20)}", seconds=seconds))
        elif kind == 2:
            links = tuple(f"https://www.s{rng.integers(9)}.example/p?b=1&a={rng.integers(4)}" for _ in range(2))
            acts.append(act(k, who, urls=links, hashtags=("u", "v", f"w{rng.integers(5)}"), seconds=seconds))
        else:
            text = " ".join(rng.choice(words[:40], 12)) if kind == 3 else " ".join(words[rng.integers(9) :][:14])
            acts.append(act(k, who, text=text + " word9" * int(rng.integers(2)), seconds=seconds))
    return acts


def test_the_order_of_rows_changes_nothing():
    acts = invented(200)
    shuffled = [acts[k] for k in np.random.default_rng(201).permutation(len(acts))]
    one, other = traces_of(acts), traces_of(shuffled)
    for name in ("trace", "account", "object", "at", "row", "object_hash"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert one.account_ids == other.account_ids
    assert set(one.names) == {"repost", "fast_repost", "reply", "link", "hashtags", "text"}


def test_rows_are_one_for_each_account_object_and_trace_and_sorted():
    found = traces_of(invented(202))
    pairs = set(zip(found.account.tolist(), found.object.tolist(), strict=True))
    assert len(pairs) == found.row.size
    order = np.lexsort((found.account, found.at, found.object, found.trace))
    np.testing.assert_array_equal(order, np.arange(order.size))
    assert found.account_ids.to_pylist() == sorted(found.account_ids.to_pylist())
    assert np.unique(found.object).size == found.object_hash.size


def test_a_text_of_a_million_characters_is_one_text():
    long = " ".join(f"word{k}" for k in range(120_000))
    found = listed([act(1, "a", text=long), act(2, "b", text=long + " end", seconds=1)], "text")
    assert len({row[1] for row in found}) == 1

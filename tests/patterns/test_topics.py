"""Topics: counted as a slow reader of the rows would count them; spans of time; words that tell communities apart."""

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.activity import ACTS, Activity
from ascendant.infer.communities import COMMUNITIES, find_communities
from ascendant.infer.named import named_layer
from ascendant.patterns.topics import COMMUNITY_TOPICS, MOST_SPANS, TOPIC_TIMES, TOPICS, find_topics, spans
from strategies import activities, asks_a_study, study_of

HOUR = 3_600_000_000
TAGS = st.none() | st.lists(st.sampled_from(["ville30", "سرعة", "🚲"]), max_size=3).map(tuple)
LINKS = st.none() | st.lists(
    st.sampled_from([
        "https://www.Exemple.org/a?x=https://autre.org", "http://exemple.org:8080", "https://me@exemple.org/b",
        "https://t.co/abc", "ftp://exemple.org", "", "not a link",
    ]), max_size=2,
).map(tuple)  # fmt: skip


@st.composite
def tagged(draw):
    return [msgspec.structs.replace(row, hashtags=draw(TAGS), urls=draw(LINKS)) for row in draw(activities())]


def found(rows, zone="UTC"):
    with study_of(rows) as questions:
        named = named_layer(questions)
        communities = find_communities(named.ties, named.accounts["account_id"])
        return named.named_by.to_pylist(), find_topics(questions, named.named_by, communities, zone)


def slowly(rows, named_by):
    """(kind, topic) -> acts, moved acts, accounts, who moved how many."""
    by_id = {row.activity_id: row for row in rows if row.verb in ACTS}
    moved, talk = {}, {}
    for row in named_by:
        into = talk if row["is_conversation"] else moved
        into[row["act_id"]] = (row["n"], row["author_id"])
    topics = {}
    for row in rows:
        parent = by_id.get(row.object_id)
        answered = parent.actor_id if parent is not None and parent.actor_id else row.object_author_id
        if row.verb not in ACTS or row.actor_id is None or row.count < 1:
            continue
        if row.verb == "reply" and answered == row.actor_id:
            continue
        n_acts = row.count - talk.get(row.activity_id, (0, None))[0]
        if n_acts < 1:
            continue
        inherits = row.verb == "repost" and parent is not None
        tags = row.hashtags if row.hashtags is not None or not inherits else parent.hashtags
        links = row.urls if row.urls is not None or not inherits else parent.urls
        carried = {("hashtag", tag) for tag in tags or ()}
        carried |= {("domain", "exemple.org") for link in links or () if "xemple.org" in link and link[:4] == "http"}
        n_moved, author = moved.get(row.activity_id, (0, None))
        for topic in carried:
            one = topics.setdefault(topic, [0, 0, set(), {}])
            one[0] += n_acts
            one[1] += n_moved
            one[2].add(row.actor_id)
            if n_moved:
                one[3][author] = one[3].get(author, 0) + n_moved
    return {topic: one for topic, one in topics.items() if len(one[2]) > 1}


@asks_a_study
@given(tagged())
def test_topics_are_counted_as_the_slow_reader_counts_them(rows):
    named_by, topics = found(rows)
    expected = slowly(rows, named_by)
    assert topics.topics.schema == TOPICS
    table = topics.topics.to_pylist()
    assert {(row["kind"], row["topic"]) for row in table} == set(expected)
    for row in table:
        n_acts, n_moved, accounts, pushers = expected[row["kind"], row["topic"]]
        assert (row["n_acts"], row["n_moved"], row["n_accounts"]) == (n_acts, n_moved, len(accounts))
        assert row["n_pushers"] == len(pushers)
        most = max(pushers.values(), default=0)
        assert row["n_by_source"] == most
        assert row["source_id"] == min((who for who, n in pushers.items() if n == most), default=None)
        held, n_for_half = 0, 0
        for n in sorted(pushers.values(), reverse=True):
            if 2 * held < n_moved:
                held, n_for_half = held + n, n_for_half + 1
        assert row["n_for_half"] == n_for_half
    assert [row["n_accounts"] for row in table] == sorted((row["n_accounts"] for row in table), reverse=True)


@asks_a_study
@given(tagged(), st.randoms())
def test_the_order_of_rows_changes_nothing(rows, random):
    _, one = found(rows)
    random.shuffle(rows)
    _, other = found(rows)
    assert one.topics.equals(other.topics)
    assert one.topic_times.equals(other.topic_times)
    assert one.community_topics.equals(other.community_topics)


@asks_a_study
@given(tagged())
def test_times_of_a_topic_add_up_to_its_timed_acts(rows):
    _, topics = found(rows, "Europe/Paris")
    assert topics.topic_times.schema == TOPIC_TIMES
    by_id = {row.activity_id: row for row in rows}
    per_topic = {}
    for row in topics.topic_times.to_pylist():
        key = row["kind"], row["topic"]
        per_topic[key] = per_topic.get(key, 0) + row["n_acts"]
        assert row["n_moved"] <= row["n_acts"]
    for row in topics.topics.to_pylist():
        assert per_topic.get((row["kind"], row["topic"]), 0) <= row["n_acts"]
        if all(one.happened_at is not None for one in by_id.values()):
            assert per_topic[row["kind"], row["topic"]] == row["n_acts"]


@given(st.lists(st.integers(-(10**9), 10**9).map(lambda minute: minute * 60_000_000), min_size=1, max_size=200))
def test_spans_are_few_start_at_midnight_and_hold_nearly_all(times):
    times = np.array(times)
    since, n_hours = spans(times)
    assert since % (24 * HOUR) == 0
    span = (times - since) // (n_hours * HOUR)
    inside = (span >= 0) & (span < MOST_SPANS)
    assert inside.mean() >= 0.97
    assert n_hours >= 1


def test_one_stray_act_does_not_stretch_the_time():
    times = np.array([*range(0, 20 * 24 * HOUR, HOUR), -10 * 365 * 24 * HOUR])
    assert spans(times)[1] <= 24


def test_the_words_of_a_community_are_those_that_others_do_not_use():
    people = [f"x:{number:03}" for number in range(60)]
    rows = [
        Activity(
            activity_id=f"x:{number}", platform="x", verb="post", actor_id=person, happened_at=number,
            hashtags=("all", ("left", "right")[number % 2]) if number != 7 else ("all",),
        )
        for number, person in enumerate(people)
    ]  # fmt: skip
    parts = [number % 2 for number in range(60)]
    communities = pa.table([people, parts, [30] * 60], schema=COMMUNITIES)
    with study_of(rows) as questions:
        named = named_layer(questions)
        words = find_topics(questions, named.named_by, communities).community_topics
    assert words.schema == COMMUNITY_TOPICS
    assert [(row["community"], row["rank"], row["topic"], row["n_accounts"]) for row in words.to_pylist()] == [
        (0, 1, "left", 30),
        (1, 1, "right", 29),
    ]


def test_shortened_links_are_left_out_and_said():
    rows = [
        Activity(activity_id=f"x:{n}", platform="x", verb="post", actor_id=f"x:a{n}", urls=("https://t.co/1",))
        for n in range(3)
    ]
    _, topics = found(rows)
    assert topics.topics.num_rows == 0
    (caveat,) = topics.caveats
    assert caveat.facts == {"n": 3}


@pytest.mark.parametrize("n_topics", [250])
def test_of_many_topics_the_most_shared_are_kept(n_topics):
    rows = [
        Activity(
            activity_id=f"x:{topic}-{person}", platform="x", verb="post", actor_id=f"x:{person}", happened_at=topic,
            hashtags=(f"tag{topic}",),
        )
        for topic in range(n_topics)
        for person in range(2 + topic % 5)
    ]  # fmt: skip
    _, topics = found(rows)
    assert topics.topics.num_rows == 200
    assert min(topics.topics["n_accounts"].to_pylist()) >= 3

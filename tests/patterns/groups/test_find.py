"""Groups from traces to tables: the planted are found, the ordinary are not, and no input makes it stop."""

import random
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from ascendant.activity import ACCOUNT, Activity, activity_batch
from ascendant.infer.communities import COMMUNITIES
from ascendant.patterns.groups import company
from ascendant.patterns.groups.find import find_groups
from ascendant.patterns.groups.tables import GROUP_MEMBERS, GROUP_OBJECTS, GROUPS
from ascendant.patterns.groups.traces import find_traces
from ascendant.patterns.options import GroupOptions
from ascendant.store.duckdb import asking_tables
from group_worlds import START, act, ordinary, planted, traces_of

OPTIONS = GroupOptions(n_threads=1)
MEMBERS = range(5, 17)


def found_in(rows, n_accounts, *, communities=None, options=OPTIONS, **more):
    return find_groups(traces_of(rows, n_accounts=n_accounts, **more), communities, options)


def shown(found):
    """Numbers of the accounts that are shown."""
    return {int(one.removeprefix("x:")) for one in found.members["account_id"].to_pylist()}


def templates(found):
    return " ".join(caveat.template for caveat in found.caveats)


def test_twelve_who_act_together_are_found_among_two_thousand():
    for seed in (260, 261):
        rows = ordinary(seed, 2000) + planted(seed, MEMBERS, others=np.arange(100, 2000))
        found = found_in(rows, 2000)
        assert len(shown(found) & set(MEMBERS)) >= 11
        assert len(shown(found) - set(MEMBERS)) <= 1
        row = found.groups.to_pylist()[0]
        assert row["traces"] == ["link"]
        assert row["window_seconds"] == 60
        assert 1 <= row["tempo_seconds"] <= 30
        assert row["n_on_objects"] > 5 * row["usual_pace"]
        assert row["n_meetings"] > 5 * row["expected"]
        assert row["innocent"] == []


def test_where_chance_dealt_everything_hardly_a_group_is_shown():
    found = [found_in(ordinary(seed, 500), 500) for seed in range(262, 274)]
    assert sum(one.groups.num_rows > 0 for one in found) <= 1


def test_the_tables_fit_together():
    rows = ordinary(275, 500) + planted(275, MEMBERS, traces=("link", "image")) + planted(276, range(30, 36), name="b")
    found = found_in(rows, 500)
    assert (found.groups.schema, found.members.schema, found.objects.schema) == (GROUPS, GROUP_MEMBERS, GROUP_OBJECTS)
    groups, members = found.groups.to_pylist(), found.members.to_pylist()
    assert len(groups) >= 2
    assert [row["group_id"] for row in groups] == list(range(len(groups)))
    assert len({row["account_id"] for row in members}) == len(members)
    for row in groups:
        mine = [one for one in members if one["group_id"] == row["group_id"]]
        assert row["n_members"] == len(mine) >= 3
        assert row["q_value"] == max(one["q_value"] for one in mine) <= OPTIONS.candidates_share
        assert row["n_meetings"] == sum(one["n_meetings"] for one in mine)
        assert row["expected"] == pytest.approx(sum(one["expected"] for one in mine))
        assert row["first_at"] <= row["last_at"]
    for row in found.objects.to_pylist():
        assert set(row["account_ids"]) <= {one["account_id"] for one in members if one["group_id"] == row["group_id"]}
        assert len(row["account_ids"]) == len(row["act_ids"]) == len(row["happened_at"]) == min(12, row["n_members"])
        assert row["happened_at"] == sorted(row["happened_at"])


def test_threads_change_nothing(monkeypatch):
    rows = ordinary(277, 300) + planted(277, MEMBERS)
    whole = found_in(rows, 300)
    assert whole.groups.num_rows
    monkeypatch.setattr(company, "_PIECE", 23)
    for n_threads in (1, 2):
        found = found_in(rows, 300, options=replace(OPTIONS, n_threads=n_threads))
        assert found.groups.equals(whole.groups)
        assert found.members.equals(whole.members)
        assert found.objects.equals(whole.objects)


@pytest.mark.parametrize("places", [("x", "x", "x"), ("x", "facebook", "linkedin")])
def test_one_person_on_three_platforms_is_no_group_and_three_accounts_on_one_are(places):
    rng = np.random.default_rng(278)
    rows = ordinary(278, 600)
    for n in range(30):  # ten persons, thirty accounts: each says the same on all three within moments
        person = n % 10
        for o in range(12):
            rows += act("link", [n], (person, o), 60_000 * o + 5_000 * person + rng.integers(0, 30))
    ids = [f"{places[n // 10]}:{n:06}" for n in range(30)] + [f"x:{n:06}" for n in range(30, 600)]
    order = np.argsort(ids)
    rank = np.empty(600, int)
    rank[order] = np.arange(600)
    rows = [(trace, rank[who], what, when) for trace, who, what, when in rows]
    found = found_in(rows, 600, ids=[ids[n] for n in order])
    persons = {ids[n] for n in range(30)} & set(found.members["account_id"].to_pylist())
    assert len(persons) == (30 if set(places) == {"x"} else 0)


def test_fans_who_repost_one_author_at_the_usual_pace_are_no_group():
    for seed in (279, 280):
        rng = np.random.default_rng(seed)
        rows = ordinary(seed, 500, traces=("repost",))
        for o in range(60):
            fans = [who for who in range(40) if rng.random() < 0.6]
            start = rng.uniform(0, 864_000)
            rows += act("repost", fans, ("author", o), start + rng.lognormal(np.log(4 * 3600), 1.3, len(fans)))
        found = found_in(rows, 500)
        assert not shown(found) & set(range(40))
        assert "no faster than people with one interest" in templates(found)


def test_acts_timed_to_the_minute_never_make_a_group_of_a_minute():
    rows = ordinary(281, 500) + planted(281, MEMBERS, gap=5.0, others=np.arange(100, 500))
    found = found_in(rows, 500, coarse=range(500))
    assert set(MEMBERS) <= shown(found)
    row = found.groups.to_pylist()[0]
    assert row["window_seconds"] >= 600
    assert row["tempo_seconds"] >= 60
    assert "to_the_minute" not in row["innocent"]  # the file rounds them: no sign that they were planned


def test_acts_on_full_minutes_may_have_been_planned():
    rows = [(*one[:3], one[3] // 60 * 60) for one in planted(281, MEMBERS, gap=5.0)]
    found = found_in(rows + ordinary(281, 500), 500)
    assert set(MEMBERS) <= shown(found)
    assert "to_the_minute" in found.groups["innocent"].to_pylist()[0]


def test_a_link_that_everybody_shares_at_once_hides_nobody_and_makes_nobody_a_member():
    rows = ordinary(282, 1000) + planted(282, MEMBERS, others=np.arange(100, 1000))
    viral = act("link", range(1000), "viral", 400_000 + np.arange(1000) % 50)
    assert set(MEMBERS) <= shown(found_in(rows, 1000))
    found = found_in(rows + viral, 1000)
    assert set(MEMBERS) <= shown(found)
    assert len(shown(found)) <= len(MEMBERS) + 2


def communities_of(parts):
    rows = [
        {"account_id": f"x:{who:06}", "community": part, "size": parts.count(part)} for who, part in enumerate(parts)
    ]
    names = COMMUNITIES.names
    return pa.table([[row.get(name) for row in rows] for name in names], schema=COMMUNITIES)


def test_a_group_that_is_a_good_part_of_its_community_is_told_so():
    rows = ordinary(283, 500) + planted(283, MEMBERS, others=np.arange(100, 500))
    parts = [1 if who < 30 else 0 for who in range(500)]
    found = found_in(rows, 500, communities=communities_of(parts))
    [row] = [row for row in found.groups.to_pylist() if row["community"] == 1]
    assert "one_community" in row["innocent"]
    assert "communities" not in templates(found)
    assert "without ties there are no communities" in templates(found_in(rows, 500))


@pytest.mark.parametrize(
    ("rows", "n_accounts"),
    [
        ([], 0),
        (act("link", [0], "page", 0), 1),
        (act("link", [0, 1], "page", 0), 2),
        (planted(284, range(12)), 49),
        (act("link", range(200), "page", 0), 200),  # one object: nobody has two acts
        (ordinary(285, 20), 20),
    ],
)
def test_where_there_is_too_little_a_caveat_says_so(rows, n_accounts):
    found = found_in(rows, n_accounts)
    assert found.groups.num_rows == found.members.num_rows == found.objects.num_rows == 0
    assert (found.groups.schema, found.members.schema, found.objects.schema) == (GROUPS, GROUP_MEMBERS, GROUP_OBJECTS)
    assert ("among so few" in templates(found)) == bool(rows)


@pytest.mark.parametrize("trace", ["repost", "text", "reply", "image"])
def test_one_trace_alone_is_enough_to_answer(trace):
    rows = ordinary(286, 400, traces=(trace,)) + planted(286, MEMBERS, traces=(trace,), others=np.arange(100, 400))
    found = found_in(rows, 400)
    assert set(MEMBERS) <= shown(found)
    assert found.groups["traces"].to_pylist()[0] == [trace]


@pytest.mark.parametrize("span", [0, 1, 10**6])
def test_everybody_on_everything_at_once_is_answered(span):
    rng = np.random.default_rng(287)
    rows = [one for n in range(20) for one in act("link", range(60), n, rng.integers(0, span + 1, 60))]
    assert found_in(rows, 60).groups.num_rows == 0


# With the acts themselves: words, ids and sources.


def acts_of(seed, doings, n_ordinary=300):
    """Acts of a study: ordinary accounts with links, and (verb, account, seconds, more) beside them."""
    rows = [
        ("post", f"o{who}", when, {"urls": (f"https://{what[1] % 40}.example/{what[1]}",)})
        for _, who, what, when in ordinary(seed, n_ordinary, traces=("link",))
    ]
    return [
        Activity(
            activity_id=f"x:{n}",
            platform="x",
            verb=verb,
            actor_id=f"x:{who}",
            happened_at=START + int(when * 1e6),
            **more,
        )
        for n, (verb, who, when, more) in enumerate([*rows, *doings])
    ]


def asked(acts):
    table = pa.Table.from_batches([activity_batch(acts, source_file="f", reader="r")])
    with asking_tables(table, ACCOUNT.empty_table()) as questions:
        return find_groups(find_traces(questions), None, OPTIONS, questions=questions)


def together(seed, verb, more, *, n_members=12, n_objects=20, gap=20.0, who="m"):
    rng = np.random.default_rng(seed)
    starts = rng.uniform(0, 864_000, n_objects)
    return [
        (verb, f"{who}{member}", start + rng.exponential(gap), more(o))
        for o, start in enumerate(starts)
        for member in range(n_members)
        if rng.random() < 0.8
    ]


def test_the_order_of_rows_changes_nothing():
    acts = acts_of(290, together(290, "post", lambda o: {"urls": (f"https://page{o}.example/a",)}))
    one = asked(acts)
    assert one.groups.num_rows
    random.Random(1).shuffle(acts)
    other = asked(acts)
    for name in ("groups", "members", "objects"):
        assert getattr(one, name).equals(getattr(other, name))
    assert one.caveats == other.caveats


def test_evidence_is_shown_with_its_words_and_its_acts():
    acts = acts_of(291, together(291, "post", lambda o: {"urls": (f"https://page{o}.example/a?utm_source=x",)}))
    by_id = {act.activity_id: act for act in acts}
    found = asked(acts)
    rows = found.objects.to_pylist()
    assert rows
    for row in rows:
        assert row["trace"] == "link"
        for act_id, account, when in zip(row["act_ids"], row["account_ids"], row["happened_at"], strict=True):
            done = by_id[act_id]
            assert done.actor_id == account
            assert done.happened_at == int(when.timestamp() * 1e6) or abs(done.happened_at - when.timestamp() * 1e6) < 2
            assert row["object"] in done.urls[0]


@pytest.mark.parametrize("verb", ["repost", "reply"])
@pytest.mark.parametrize(("author", "is_told"), [("x:star", True), (None, False)])
def test_one_author_is_an_innocent_explanation_and_an_unknown_one_is_not(verb, author, is_told):
    def more(o):
        return {"object_id": f"x:9{o}", "object_author_id": author}

    found = asked(acts_of(292, together(292, verb, more) + spread(293, verb)))
    [row] = [row for row in found.groups.to_pylist() if verb in row["traces"]]
    assert ("one_source" in row["innocent"]) is is_told


def spread(seed, verb, n_objects=150):
    """What others pass on, of many authors, as late as they please."""
    rng = np.random.default_rng(seed)
    rows = []
    for o, when in enumerate(rng.uniform(0, 864_000, n_objects)):
        item = {"object_id": f"x:7{o}", "object_author_id": f"x:a{o}"}
        rows += [(verb, f"o{rng.integers(0, 300)}", when + rng.lognormal(9.5, 1.3), item) for _ in range(10)]
    return rows


@pytest.mark.parametrize("gap", [30.0, 600.0, 3 * 3600.0])
def test_forty_journalists_who_link_to_their_paper_are_no_group_or_explained(gap):
    def more(o):
        return {"urls": (f"https://paper.example/{o}",)}

    found = asked(acts_of(294, together(294, "post", more, n_members=40, n_objects=30, gap=gap, who="j")))
    for row in found.groups.to_pylist():
        assert "one_source" in row["innocent"]

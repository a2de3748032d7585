"""Links of acts: what they say among others, and whether copying is learnt where it is and nowhere else."""

import dataclasses

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.activity import Activity
from ascendant.infer import links as module
from ascendant.infer.attribution import Effort, attribute
from ascendant.infer.doses import planted
from ascendant.infer.exposure import SILENT, exposures, timeline, timeline_of
from ascendant.infer.learning import learn
from ascendant.infer.links import Links, links_of, no_links, telling
from ascendant.infer.named import named_layer
from infer_worlds import START, rows
from reference import attribution as twin
from strategies import study_of


def as_lists(links):
    return [links.number[a:b].tolist() for a, b in zip(links.first, links.first[1:], strict=False)]


def test_roads_to_one_page_have_one_number_and_an_act_has_each_page_once():
    column = pa.chunked_array([
        pa.array([["https://a.fr/x", "http://www.a.fr/x/?utm_medium=s"], None, []], pa.list_(pa.string())),
        pa.array([["https://a.fr/y", None, "https://A.fr/x#top"]], pa.list_(pa.string())),
    ])  # fmt: skip
    found = as_lists(links_of(column))
    assert [len(one) for one in found] == [1, 0, 0, 2]
    assert found[0][0] in found[3]


def test_no_act_has_no_links():
    assert links_of(pa.chunked_array([], pa.list_(pa.string()))).first.tolist() == [0]


def test_who_passes_an_item_on_shows_its_link():
    post = Activity(activity_id="x:1", platform="x", verb="post", actor_id="x:ann", happened_at=START,
                    urls=("https://a.fr/x",))  # fmt: skip
    repost = Activity(activity_id="x:2", platform="x", verb="repost", actor_id="x:bob", object_id="x:1",
                      object_author_id="x:ann", happened_at=START + 1)  # fmt: skip
    with study_of([post, repost]) as questions:
        times = timeline(questions, named_layer(questions).named_by)
    assert as_lists(times.links) == [[0], [0]]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6))
def test_what_links_say_is_counted_as_plainly_as_can_be(seed):
    rng = np.random.default_rng(seed)
    n, n_accounts = 25, 5
    account = np.sort(rng.integers(0, n_accounts, n))
    hours = np.round(rng.uniform(0, 100, n), 2)
    hours = hours[np.lexsort((hours, account))]
    acts = [set(rng.choice(4, rng.integers(0, 3), replace=False).tolist()) for _ in range(n)]
    is_silent, community = rng.random(n) < 0.8, rng.integers(0, 2, n_accounts)
    column = Links(np.append(0, np.cumsum([len(one) for one in acts])).astype(np.int64),
                   np.array([link for one in acts for link in sorted(one)], np.int32))  # fmt: skip
    found = telling(column, is_silent, account, hours, community)
    for i in range(n):
        a, b = found.first[i], found.first[i + 1]
        wanted = twin.lifts(i, acts, hours, account, community[account], is_silent, module._HOURS, module._PSEUDO,
                            module._UNSEEN)  # fmt: skip
        assert found.number[a:b].tolist() == sorted(wanted)
        np.testing.assert_allclose(found.lift[a:b], [wanted[link] for link in sorted(wanted)], rtol=1e-5)


def test_a_link_that_many_carry_at_once_says_less_than_one_that_few_do():
    links = [0] * 20 + list(range(1, 41)) + [41, 41]
    n = len(links)
    column = Links(np.arange(n + 1), np.array(links, np.int32))
    hours = np.append(np.full(20, 50.0), np.linspace(0, 100, n - 20))
    found = telling(column, np.ones(n, bool), np.arange(n), hours, np.zeros(n, np.int64))
    assert found.lift[:20].max() < 3
    assert found.lift[-2:].min() > 30


def copying(seed, chance, together=0.0, n_accounts=60):
    """Accounts that post links of their own; each moves the next two, who may copy them; some share what nobody copied.

    `together` is how many outings each account has with the one that it reads: both post one link, in any order.
    """
    rng = np.random.default_rng(seed)
    n = rng.poisson(40, n_accounts)
    actor = np.repeat(np.arange(n_accounts), n)
    acts = [
        (t, int(v), None, None, i) for i, (t, v) in enumerate(zip(rng.uniform(0, 480, n.sum()), actor, strict=True))
    ]
    for place, (t, v, *_, link) in list(enumerate(acts)):
        for step in (1, 2):
            if rng.random() < 0.3:
                late, mine = t + rng.exponential(1.0), len(acts) + 10**6
                if rng.random() < 0.5:
                    acts.append((late, (v + step) % n_accounts, f"a{v}", place, None))
                else:
                    acts.append((late, (v + step) % n_accounts, None, None, link if rng.random() < chance else mine))
    for v in range(n_accounts):
        for _ in range(rng.poisson(together)):
            t, link = rng.uniform(0, 480), len(acts) + 10**6
            acts += [(t + rng.exponential(1.0), who, None, None, link) for who in (v, (v + 1) % n_accounts)]
    t, u, author, place, link = zip(*acts, strict=True)
    return rows(
        list(t), [f"a{one}" for one in u], authors=list(author),
        objects=[None if one is None else f"x:{one:05}" for one in place],
        object_hours=[None if one is None else acts[one][0] for one in place],
        urls=[None if one is None else [f"https://a.example/{one}"] for one in link],
    )  # fmt: skip


def learnt(table):
    times = timeline_of(table)
    known = exposures(times)
    return times, known, learn(times, known)


@pytest.mark.parametrize("chance", [0.3, 0.7])
def test_the_chance_of_copying_is_learnt(chance):
    found = [learnt(copying(seed, chance))[2].copied for seed in range(3)]
    assert np.mean(found) == pytest.approx(chance, abs=0.12)


def test_where_nothing_is_copied_hardly_anything_is_said_to_be():
    assert np.mean([learnt(copying(seed, 0.0))[2].copied for seed in range(3)]) < 0.03


def test_what_is_shared_for_a_common_cause_is_not_taken_for_copying():
    found = [learnt(copying(seed, 0.0, together=3.0))[2] for seed in range(3)]
    assert np.mean([one.copied for one in found]) < 0.15
    assert np.mean([one.alike.max() for one in found]) > 0.001


def test_a_shared_link_makes_influence_more_certain_and_no_link_leaves_time_alone():
    times, known, frozen = learnt(copying(1, 0.7))
    at = attribute(times, known, frozen, Effort(n_kept=40, n_thin=1))
    bare = dataclasses.replace(times, links=no_links(times.hours.size))
    alone = attribute(bare, known, learn(bare, known), Effort(n_kept=40, n_thin=1))
    copies = np.bincount(times.links.number, minlength=times.links.number.max() + 1) > 1
    owner = np.repeat(np.arange(times.hours.size), np.diff(times.links.first))
    first = np.full(copies.size, np.inf)
    np.minimum.at(first, times.links.number, times.hours[owner])
    is_copy = np.zeros(times.hours.size, bool)
    is_copy[owner] = copies[times.links.number] & (times.hours[owner] > first[times.links.number])
    asked = is_copy & (times.kind == SILENT) & (times.hours >= known.since)
    others = ~is_copy & (times.kind == SILENT) & (times.hours >= known.since)
    assert at.p_moved[asked].mean() > 0.9 > alone.p_moved[asked].mean()
    assert at.p_moved[others].mean() < alone.p_moved[others].mean()


def test_an_act_takes_its_parents_link_by_that_chance_where_both_carry_one():
    rng = np.random.default_rng(1)
    size = rng.integers(0, 3, 4000)
    links = Links(np.append(0, np.cumsum(size)), np.arange(size.sum(), dtype=np.int32))
    acts, parents = np.arange(2000), np.arange(2000, 4000)
    old, new = as_lists(links), as_lists(links.copied(acts, parents, 0.6, rng))
    took = [i for i in acts if new[i] != old[i]]
    assert all(len(new[i]) == 1 and new[i][0] in old[parents[i]] and old[i] for i in took)
    assert new[2000:] == old[2000:]
    assert len(took) == pytest.approx(0.6 * np.count_nonzero((size[acts] > 0) & (size[parents] > 0)), rel=0.1)


def test_planted_acts_take_links_and_their_times_do_not_depend_on_it():
    times, known, frozen = learnt(copying(2, 0.7))
    found = [planted(times, known, known.source, dataclasses.replace(frozen, copied=chance), 0.3, 1) for chance in
             (0.0, 0.6)]  # fmt: skip
    (still, is_planted), (changed, _) = found
    np.testing.assert_array_equal(still.hours, changed.hours)
    assert still.act_id.equals(changed.act_id)
    np.testing.assert_array_equal(np.sort(still.links.number), np.sort(times.links.number))
    differs = np.array([a != b for a, b in zip(as_lists(still.links), as_lists(changed.links), strict=True)])
    assert not differs[~is_planted].any()
    assert 0.3 < differs[is_planted].mean() <= 0.65

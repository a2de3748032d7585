"""Influence from time: the same bits on any threads and batches, bad input, worlds where the answer is known."""

import dataclasses

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.activity import Activity
from ascendant.infer import batches
from ascendant.infer.attribution import Effort, attribute
from ascendant.infer.chains import exerted, transitive
from ascendant.infer.convergence import effective_size, split_r_hat
from ascendant.infer.doubt import strangers
from ascendant.infer.exposure import NAMED, SILENT, exposures, timeline, timeline_of
from ascendant.infer.learning import learn
from ascendant.infer.moved import moved_acts
from ascendant.infer.named import named_layer
from infer_worlds import START, fitted, invented, rows
from strategies import activities, study_of

QUICK = Effort(n_burn=5, n_kept=12, n_thin=2)
SETTLED = Effort(n_burn=10, n_kept=40, n_thin=2, n_worth=40)


def same(one, other):
    for field in dataclasses.fields(one):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name), err_msg=field.name)


def whole_path(table, n_threads):
    """From the table to what accounts move, all of it: frozen quantities, attribution and draws."""
    times, known, frozen = fitted(table, n_threads=n_threads)
    at = attribute(times, known, frozen, dataclasses.replace(SETTLED, n_threads=n_threads))
    return frozen, at, exerted(times, at, n_doubts=2)


def same_path(one, other):
    for name in ("hyper", "speed", "community", "weight", "counts", "week"):
        np.testing.assert_array_equal(getattr(one[0], name), getattr(other[0], name), err_msg=name)
    np.testing.assert_array_equal(one[0].own.density, other[0].own.density)
    np.testing.assert_array_equal(one[0].delay.density, other[0].delay.density)
    same(one[1], other[1])
    same(one[2], other[2])


def test_threads_and_batches_do_not_change_a_bit_from_the_first_pass_to_what_accounts_move(monkeypatch):
    table = invented()[0]
    one = whole_path(table, 1)
    same_path(one, whole_path(table, 2))
    for n_acts in (1, 40, 300):
        monkeypatch.setattr(batches.cut, "__defaults__", (n_acts,))
        same_path(one, whole_path(table, 2))


def test_chains_of_slow_accounts_go_on_until_they_are_worth_enough_and_those_of_others_stay():
    times, known, frozen = fitted(invented()[0])
    once = attribute(times, known, frozen, dataclasses.replace(SETTLED, n_worth=0))
    longer = attribute(times, known, frozen, SETTLED)
    worth = effective_size(once.moved)
    is_short = (worth < SETTLED.n_worth) | (split_r_hat(once.moved) > 1.02)
    assert is_short.any()
    assert not is_short.all()
    np.testing.assert_array_equal(longer.moved[:, :, ~is_short], once.moved[:, :, ~is_short])
    changed = np.any(longer.moved != once.moved, axis=(0, 1))
    assert np.all(changed[is_short])
    assert np.median(effective_size(longer.moved)[is_short]) > max(SETTLED.n_worth, np.median(worth[is_short]))
    mean = np.bincount(times.account, np.where(times.kind == SILENT, np.nan_to_num(longer.p_moved), 0))
    np.testing.assert_allclose(longer.moved.mean(axis=(0, 1)), mean, atol=0.1 + 0.1 * mean.max())


def test_counts_alone_are_the_counts_of_the_whole_fit():
    times, known, frozen = fitted(invented()[0])
    whole = attribute(times, known, frozen, QUICK)
    counts = attribute(times, known, frozen, dataclasses.replace(QUICK, n_thin=0))
    np.testing.assert_array_equal(counts.moved, whole.moved)
    assert counts.parents.size == counts.p_moved.size == 0


def test_some_targets_alone_get_what_they_get_among_all():
    times, known, frozen = fitted(invented()[0])
    whole = attribute(times, known, frozen, QUICK)
    some = attribute(times, known, frozen, QUICK, targets=np.array([3, 17]))
    np.testing.assert_array_equal(some.moved[:, :, [3, 17]], whole.moved[:, :, [3, 17]])
    assert some.moved[:, :, 4].sum() == 0


def test_where_accounts_move_each_other_it_is_found_and_among_strangers_it_is_not():
    found, null, true = [], [], []
    for seed in range(3):
        table, _ = invented(seed)
        times, known, frozen = fitted(table)
        at = attribute(times, known, frozen, Effort(n_kept=60, n_thin=1))
        instead = strangers(times, known, frozen.community)
        instead = np.where(instead < 0, known.source, instead)
        other = attribute(
            times, known, learn(times, known, instead=instead), Effort(n_kept=60, n_thin=1), instead=instead
        )
        n_silent = at.n_silent.sum()
        found.append(at.moved.sum(axis=2).mean() / n_silent)
        null.append(other.moved.sum(axis=2).mean() / n_silent)
        true.append((0.5 * 0.8) / (1 + 0.5 * 0.8))  # silent moved acts of all that name nobody, before generations
    assert np.mean(found) == pytest.approx(np.mean(true), abs=0.08)
    assert np.mean(null) < 0.5 * np.mean(found)


@settings(deadline=None, max_examples=12)
@given(activities())
def test_any_acts_give_a_result_and_never_nan(rows_of):
    with study_of(rows_of) as questions:
        times = timeline(questions, named_layer(questions).named_by)
    _holds(times)


def _holds(times):
    known = exposures(times)
    frozen = learn(times, known)
    at = attribute(times, known, frozen, QUICK)
    late = times.hours >= known.since
    assert np.all(np.isfinite(frozen.hyper))
    assert np.all(frozen.hyper > 0)
    assert np.all(np.isfinite(at.p_moved[late & (times.kind == SILENT)]))
    assert np.all(at.p_moved[late & (times.kind == NAMED)] == 1)
    assert np.all(at.moved.max(axis=(0, 1), initial=0) <= at.n_silent)
    assert np.all(at.parents < times.hours.size)
    parent = at.parents[at.parents >= 0]
    child = np.nonzero(at.parents >= 0)[1]
    assert np.all((times.hours[parent] < times.hours[child]) | (times.kind[child] == NAMED))


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 1000), st.sampled_from(["alone", "at once", "by the minute", "by the day"]))
def test_odd_times_and_single_accounts_give_a_result(seed, oddity):
    rng = np.random.default_rng(seed)
    n = 40
    hours = rng.uniform(0, 300, n)
    hours = {
        "at once": np.full(n, 5.0),
        "by the minute": np.round(hours * 60) / 60,
        "by the day": hours // 24 * 24.0,
    }.get(oddity, hours)
    actors = ["a"] * n if oddity == "alone" else [f"a{i}" for i in rng.integers(0, 4, n)]
    other = [None if rng.random() < 0.6 or oddity == "alone" else f"a{rng.integers(4)}" for _ in range(n)]
    other = [None if author == actor else author for author, actor in zip(other, actors, strict=True)]
    _holds(timeline_of(rows(list(hours), actors, authors=other)))


def test_no_act_at_all_gives_an_empty_result():
    _holds(timeline_of(rows([], [])))


def test_an_account_with_very_many_acts_costs_no_more_than_its_recent_exposures():
    rng = np.random.default_rng(4)
    n = 60_000
    actors = ["busy"] * n + ["source"] * n
    names = [None] * (2 * n)
    names[0] = "source"
    hours = np.append(np.sort(rng.uniform(0, 700, n)), rng.uniform(0, 700, n))
    hours[0] = 0.5
    times = timeline_of(rows(list(hours), actors, authors=names))
    known = exposures(times)
    at = attribute(times, known, learn(times, known, sampled_acts=1000), QUICK)
    assert np.all(np.isfinite(at.p_moved[times.hours >= known.since]))


def test_a_source_named_only_after_the_split_is_no_exposure():
    table = rows([0.0, 1.0, 2.0, 50.0, 51.0], ["a", "b", "c", "a", "b"], authors=[None, "a", None, None, "c"])
    times = timeline_of(table)
    known = exposures(times, since=10.0)
    said = {
        (times.account_id[int(v)].as_py(), times.account_id[int(u)].as_py()): bool(is_exposed)
        for v, u, is_exposed in zip(known.source, known.target, known.is_exposed, strict=True)
    }
    assert said == {("a", "b"): True, ("c", "b"): False}


def test_follows_are_exposures_unless_they_began_after_the_split():
    def follow(number, source, hour):
        at = None if hour is None else START + hour * 3_600_000_000
        return Activity(
            activity_id=f"x:f{number}",
            platform="x",
            verb="follow",
            actor_id="x:ann",
            object_author_id=source,
            happened_at=at,
        )

    posts = [
        Activity(activity_id=f"x:{i}", platform="x", verb="post", actor_id=who, happened_at=START + i * 3_600_000_000)
        for i, who in enumerate(["x:ann", "x:bob", "x:cem", "x:dia"] * 3)
    ]
    with study_of([*posts, follow(1, "x:bob", 0), follow(2, "x:cem", 11), follow(3, "x:dia", None)]) as questions:
        times = timeline(questions, named_layer(questions).named_by)
        known = exposures(times, questions.ask("follows"))
    assert {times.account_id[int(v)].as_py() for v in known.source[known.is_exposed]} == {"x:bob", "x:dia"}


def test_of_very_many_sources_those_named_most_often_stay():
    names = ["s1"] * 3 + ["s2"] + ["s3"] * 2 + ["s4"]
    table = rows([*range(7), 100.0], ["u"] * 8, authors=[*names, None])
    times = timeline_of(table)
    known = exposures(times, since=50.0, most=3)
    kept = [times.account_id[int(v)].as_py() for v in known.source]
    assert kept == ["s1", "s3", "s4"]  # of the two named once, the one named last


def test_transitive_influence_is_at_least_the_direct_one_and_nobody_moves_oneself():
    times, known, frozen = fitted(invented()[0])
    at = attribute(times, known, frozen, QUICK)
    moved, from_others = transitive(times, at)
    for draw in range(at.parents.shape[0]):
        parent = at.parents[draw]
        mover = np.where(parent >= 0, times.account[parent], -2 - parent)
        is_moved = (parent != -1) & (mover != times.account)
        direct = np.bincount(mover[is_moved], minlength=times.n_accounts)
        assert np.all(moved[draw] >= direct)
        n_moved = np.bincount(times.account[is_moved], minlength=times.n_accounts)
        assert from_others[draw].sum() >= 0.8 * n_moved.sum()  # the rest goes back to themselves in a circle of friends
        assert np.all(moved[draw] <= times.hours.size - np.diff(times.first))


def test_each_explained_act_is_told_once_with_its_likeliest_source():
    times, known, frozen = fitted(invented()[0])
    at = attribute(times, known, frozen, QUICK)
    table = moved_acts(times, at).to_pydict()
    late = times.hours >= known.since
    assert table["act_id"] == times.act_id.filter(pa.array(late)).to_pylist()
    assert all(p == 1 for p, is_named in zip(table["p_moved"], table["is_named"], strict=True) if is_named)
    pairs = {(times.account_id[int(u)].as_py(), times.account_id[int(v)].as_py()) for u, v in zip(
        known.target, known.source, strict=True)}  # fmt: skip
    for actor, source, p, best in zip(
        table["actor_id"], table["likeliest_source_id"], table["p_moved"], table["p_likeliest"], strict=True
    ):
        assert source is None or (actor, source) in pairs
        assert best <= p + 1e-5


def test_doubt_about_the_model_widens_what_is_inferred_and_leaves_alone_what_is_named():
    times, known, frozen = fitted(invented(n_accounts=40)[0])
    at = attribute(times, known, frozen, QUICK)
    plain, doubted = exerted(times, at, n_doubts=1, level=0, own=0), exerted(times, at, n_doubts=60)
    assert np.all(doubted.transitive >= doubted.direct)
    assert np.all(doubted.from_others <= np.diff(times.first))
    assert doubted.direct.mean() == pytest.approx(plain.direct.mean(), rel=0.05)  # the level stays, but for the bound
    assert doubted.direct.std(axis=0).mean() > 1.15 * plain.direct.std(axis=0).mean()
    named = dataclasses.replace(at, parents=np.where(times.kind == NAMED, at.parents, -1).astype(np.int32))
    one, other = exerted(times, named, n_doubts=1, level=0, own=0), exerted(times, named, n_doubts=2)
    for name in ("direct", "transitive", "from_others"):
        np.testing.assert_array_equal(np.repeat(getattr(one, name), 2, axis=0), getattr(other, name))
    same(exerted(times, at), exerted(times, at))
    more = exerted(times, at, n_doubts=1, level=0, own=0, scale=1.2)
    silent = dataclasses.replace(at, parents=np.where(times.kind == NAMED, -1, at.parents).astype(np.int32))
    inferred = exerted(times, silent, n_doubts=1, level=0, own=0).direct.sum()
    assert more.direct.sum() - plain.direct.sum() == pytest.approx(0.2 * inferred, rel=0.1)

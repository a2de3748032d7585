"""Simple rules: who is a candidate, what each rule prefers, and that tuning finds what made the world."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.infer.baselines import RULES, Tuning, direct, foretold, habits, scores, tuned
from ascendant.infer.baselines import settings as settings_of
from ascendant.infer.exposure import NAMED, SILENT, exposures, timeline_of
from ascendant.infer.recent import author_of, rank_of, recent, shared
from infer_worlds import invented, rows


def asked_of(table, **options):
    times = timeline_of(table)
    known = exposures(times, **options)
    return times, known, np.flatnonzero((times.hours >= known.since) & (times.kind != 2))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.floats(0.5, 60))
def test_candidates_are_the_exposed_sources_that_acted_before_within_the_horizon(seed, horizon):
    rng = np.random.default_rng(seed)
    n = 60
    actors = [f"a{i}" for i in rng.integers(0, 6, n)]
    names = [f"a{i}" if rng.random() < 0.4 else None for i in rng.integers(0, 6, n)]
    names = [None if name == actor else name for name, actor in zip(names, actors, strict=True)]
    hours = np.round(rng.uniform(0, 100, n), 0 if seed % 2 else 3)  # many at the same moment, or none
    times, known, acts = asked_of(rows(list(hours), actors, authors=names))
    of = recent(times, known, acts, horizon)
    shown_by = times.account[times.shown_act]
    for row, act in enumerate(acts):
        u, t = times.account[act], times.hours[act]
        expected = {}
        for pair in np.flatnonzero((known.target == u) & known.is_exposed):
            ages = t - times.shown_hours[shown_by == known.source[pair]]
            ages = ages[ages > 0]
            if ages.size and ages.min() < horizon:
                expected[int(pair)] = ages.min()
        here = slice(of.first[row], of.first[row + 1])
        assert dict(zip(of.pair[here].tolist(), of.age[here], strict=True)) == pytest.approx(expected)


def test_each_rule_prefers_what_it_is_named_after():
    # `u` named `often` three times and `once` once; both act much, `once` last; all others read `often` too.
    hours, actors, authors = [], [], []
    for t, actor, author in [
        (0.0, "often", None), (0.1, "once", None), (1, "u", "often"), (2, "u", "often"), (3, "u", "often"),
        (4, "u", "once"), (5, "w", "often"), (6, "x", "often"), (99, "often", None), (99.5, "once", None),
        (100, "u", None),
    ]:  # fmt: skip
        hours.append(t)
        actors.append(actor)
        authors.append(author)
    times, known, acts = asked_of(rows(hours, actors, authors=authors), since=50.0)
    acts = acts[times.account[acts] == times.account_id.to_pylist().index("u")]
    of, before = recent(times, known, acts), habits(times, known, 50.0)
    best = {}
    for rule in RULES:
        score = scores(rule, times, of, before, Tuning(fade=-1 if rule == "degree" else 3))
        best[rule] = times.account_id[int(known.source[of.pair[np.argmax(score)]])].as_py()
    assert best == {"last_touch": "once", "count": "often", "rate": "often", "credit": "often", "degree": "often"}


def test_a_rate_without_a_link_of_the_pair_is_drawn_towards_what_others_make_of_the_source():
    names = [("u", "s1"), ("w", "s1"), ("x", "s1"), ("u", "s2"), ("w", "s2")]
    table = rows(
        [0.0, 0.0, *range(1, 6), 20.0, 20.0, 21.0], ["s1", "s2", *(u for u, _ in names), "s1", "s2", "u"],
        authors=[None, None, *(v for _, v in names), None, None, None],
    )  # fmt: skip
    times, known, _ = asked_of(table, since=10.0)
    hidden = timeline_of(table)
    mine = hidden.account == hidden.account_id.to_pylist().index("u")
    hidden.author[mine], hidden.kind[mine] = -1, SILENT
    of = recent(hidden, known, np.flatnonzero(mine & (times.hours > 20)))
    score = scores("rate", hidden, of, habits(hidden, known, 10.0), Tuning(fade=-1))
    source = [times.account_id[int(v)].as_py() for v in known.source[of.pair]]
    assert dict(zip(source, score, strict=True))["s1"] > dict(zip(source, score, strict=True))["s2"]


@pytest.mark.parametrize("rule", RULES)
def test_every_setting_gives_positive_scores_and_an_act_is_shared_out_whole(rule):
    times, known, acts = asked_of(invented(n_accounts=20)[0])
    of = recent(times, known, acts)
    has = np.diff(of.first) > 0
    n_named = np.count_nonzero(times.kind[acts] == NAMED)
    n_shared = np.count_nonzero((times.kind[acts] == SILENT) & has)
    for option in settings_of(rule):
        score = scores(rule, times, of, habits(times, known, known.since, option), option)
        assert np.all(np.isfinite(score))
        assert np.all(score > 0)
        np.testing.assert_allclose(np.bincount(of.row, shared(score, of), acts.size), has)
        assert direct(score, times, known, of).sum() == pytest.approx(n_named + n_shared)


def test_tuning_looks_at_nothing_after_the_split_and_finds_how_fast_sources_fade():
    times, known, acts = asked_of(invented(n_accounts=40, days=40, delay=0.3)[0])
    setting = tuned("count", times, known, known.since)
    late = times.hours >= known.since
    blind = timeline_of(invented(n_accounts=40, days=40, delay=0.3)[0])
    blind.author[late] = 0
    assert tuned("count", blind, known, known.since) == setting
    of = recent(times, known, acts[times.kind[acts] == NAMED])
    is_author = author_of(times, known, of)
    before = habits(times, known, known.since)
    slow = Tuning(fade=4)
    mine = foretold(scores("count", times, of, before, setting), of, is_author)
    assert mine > foretold(scores("count", times, of, before, slow), of, is_author) + 0.1
    assert rank_of(scores("count", times, of, before, setting), of, is_author).mean() < 2


def test_an_unknown_rule_is_refused():
    times, known, acts = asked_of(invented(n_accounts=5)[0])
    of = recent(times, known, acts)
    with pytest.raises(ValueError, match="no rule is called guess"):
        scores("guess", times, of, habits(times, known, known.since), Tuning())

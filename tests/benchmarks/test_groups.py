"""What the benchmark of groups takes for granted: its permutations, its rules, its figures."""

import sys
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
if not (BENCHMARKS / "groups.py").exists():
    pytest.skip("the benchmarks are not part of this copy", allow_module_level=True)
sys.path.append(str(BENCHMARKS))

import groups  # noqa: E402 - found beside the tests
import groups_campaigns as campaigns  # noqa: E402
import groups_peers as peers  # noqa: E402

DAY, SECOND = campaigns.DAY, campaigns.SECOND


def conversation(seed, n=4000, n_accounts=300, n_objects=200):
    """An invented conversation of ten days: busy accounts, popular objects, two platforms."""
    rng = np.random.default_rng(seed)
    account = (n_accounts * rng.random(n) ** 2).astype(int)
    object_ = (n_objects * rng.random(n) ** 2).astype(int)
    trace = np.array([2, 4, 5])[object_ % 3]
    at = (rng.integers(0, 10 * 86_400, n) * SECOND).astype(np.int64)
    nobody, platform = np.full(n_accounts, -1), rng.integers(0, 2, n_accounts)
    return campaigns.sorted_mix(account, object_, trace, at, np.zeros(n, bool), nobody, platform)


def keys(mix):
    return mix.account.astype(np.int64) * 10**9 + mix.object


@pytest.mark.parametrize("scheme", campaigns.SCHEMES + campaigns.STRESS)
def test_a_permutation_keeps_how_much_accounts_do_and_how_popular_objects_are(scheme):
    mix = conversation(1)
    found = campaigns.permuted(mix, scheme, np.random.default_rng(2))
    # An event whose twins cannot be parted is given up: a handful of four thousand.
    assert mix.at.size - 40 <= found.at.size <= mix.at.size
    for column in ("account", "object", "trace"):
        before, after = (np.bincount(getattr(one, column), minlength=300) for one in (mix, found))
        assert np.abs(before - after).sum() <= mix.at.size - found.at.size
    assert np.unique(keys(found)).size == found.at.size
    assert not np.array_equal(keys(found)[np.argsort(found.at)], keys(mix)[np.argsort(mix.at)])


@pytest.mark.parametrize("scheme", ["platform", "clocks"])
def test_a_permutation_stays_within_platform_trace_and_day(scheme):
    mix = conversation(3)
    found = campaigns.permuted(mix, scheme, np.random.default_rng(4))

    def cells(one):
        return np.unique(np.stack([one.platform[one.account], one.trace, one.at // DAY]), axis=1, return_counts=True)

    (cell, n), (cell_found, n_found) = cells(mix), cells(found)
    assert np.array_equal(cell, cell_found)
    assert np.abs(n - n_found).sum() <= mix.at.size - found.at.size


@pytest.mark.parametrize("scheme", [*campaigns.SCHEMES, "platform"])
def test_permuting_takes_a_group_apart(scheme):
    mix = conversation(5, n=40_000, n_accounts=3000, n_objects=600)
    with_group = planted(mix)
    rule = peers.rule_cnt
    assert np.isin(np.arange(20), rule(groups.traces_of(with_group), weight=5).account).all()
    found = campaigns.permuted(with_group, scheme, np.random.default_rng(6))
    assert rule(groups.traces_of(found), weight=5).account.size == 0


def planted(mix, n_members=20, n_objects=10):
    """Accounts 0 to 19 act together on ten new objects, a second apart."""
    who = np.tile(np.arange(n_members), n_objects)
    what = np.repeat(np.arange(n_objects), n_members) + 1000
    at = (np.repeat(np.arange(n_objects) * 86_400, n_members) + who) * SECOND
    group = np.where(np.arange(mix.n_accounts) < n_members, 0, -1)
    columns = [(mix.account, who), (mix.object, what), (mix.trace, np.full(who.size, 2)), (mix.at, at)]
    columns.append((mix.planted, np.ones(who.size, bool)))
    return campaigns.sorted_mix(*(np.concatenate(both) for both in columns), group, mix.platform)


@pytest.mark.parametrize("window", [0, 60, 3600, 86_400])
def test_close_pairs_are_those_of_the_slow_way(window):
    mix = conversation(7, n=400, n_accounts=30, n_objects=20)
    traces = groups.traces_of(mix)
    slow = {
        (a, b)
        for a, b in combinations(range(mix.at.size), 2)
        if mix.object[a] == mix.object[b]
        and mix.account[a] != mix.account[b]
        and abs(mix.at[a] - mix.at[b]) <= window * SECOND
    }
    first, second = peers.close_pairs(traces, window)
    assert {tuple(sorted(pair)) for pair in zip(first.tolist(), second.tolist(), strict=True)} == slow
    assert len(first) == len(slow)


def acts(*rows):
    """Traces from (account, object, second)."""
    account, object_, at = np.array(rows).T
    return SimpleNamespace(account=account, object=object_, at=at * SECOND, account_ids=range(account.max() + 1))


def test_the_toolkits_rule_counts_both_ends_of_its_window():
    assert peers.rule_cnt(acts((0, 1, 0), (1, 1, 60), (0, 2, 500), (1, 2, 560))).account.tolist() == [0, 1]
    assert peers.rule_cnt(acts((0, 1, 0), (1, 1, 61), (0, 2, 500), (1, 2, 560))).account.size == 0


def test_coortweet_keeps_an_account_of_little_part_beside_one_of_enough():
    # 0 meets 1 once and 2 once: enough by itself; 1 and 2 have a second act that nobody shares.
    traces = acts((0, 1, 0), (1, 1, 5), (0, 2, 100), (2, 2, 105), (1, 3, 0), (2, 4, 0))
    assert peers.rule_coortweet(traces, subgraph=0).account.tolist() == [0, 1, 2]
    assert peers.rule_coortweet(traces, subgraph=1).account.size == 0  # no edge is above the median weight


def test_thinning_brings_the_rule_into_its_range_and_leaves_ordinary_acts_alone():
    mix = planted(conversation(8))

    def rule(one):
        return peers.rule_cnt(groups.traces_of(one)).mask()

    found = campaigns.thinned(mix, rule, np.random.default_rng(9))
    assert 0.6 <= campaigns.recall(found, rule(found)) <= 0.7
    assert np.array_equal(found.at[~found.planted], mix.at[~mix.planted])
    assert found.planted.sum() < mix.planted.sum()
    assert np.array_equal(found.members, found.group >= 0)


def test_a_campaign_that_the_rule_cannot_find_is_not_thinned():
    mix = planted(conversation(8))
    assert campaigns.thinned(mix, lambda one: np.zeros(one.n_accounts, bool), np.random.default_rng(9)) is None


def test_planted_campaigns_stay_on_one_platform_a_group_and_lose_no_act_to_ordinary_ones():
    back = conversation(10, n=20_000, n_accounts=1500, n_objects=300)
    plan = campaigns.draw_plan(np.random.default_rng(11))
    mix = campaigns.campaign_planted(back, np.random.default_rng(11), plan)
    for group in range(plan.n_groups):
        assert np.unique(mix.platform[mix.group == group]).size == 1
    assert np.unique(keys(mix)).size == mix.at.size
    assert mix.members.sum() <= (mix.group >= 0).sum()


def test_precision_at_a_recall_takes_ties_along():
    mix = planted(conversation(12))
    score = np.full(mix.n_accounts, -np.inf)
    score[:10], score[[10, 200]] = 2, 1  # ten members above; a member and an ordinary account share the next place
    assert groups.precision_at(mix, score, 0.5) == 1
    assert groups.precision_at(mix, score, 0.55) == pytest.approx(11 / 12)
    assert np.isnan(groups.precision_at(mix, score, 0.6))  # no more is ranked


def test_traces_number_their_objects_trace_by_trace_and_keep_who_met_whom():
    mix = planted(conversation(13))
    traces = groups.traces_of(mix)
    assert np.array_equal(np.unique(traces.object), np.arange(traces.object.max() + 1))
    assert (np.diff(traces.object) >= 0).all()
    assert (np.diff(traces.trace) >= 0).all()
    pairs = np.unique(np.stack([traces.object, mix.object]), axis=1)
    assert np.unique(pairs[0]).size == np.unique(pairs[1]).size == pairs.shape[1]

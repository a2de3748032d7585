"""Joining: who met a group again and again, though never the same two of it."""

import numpy as np
import pytest
from scipy import special, stats

from ascendant.patterns.groups.find import find_groups
from ascendant.patterns.groups.joining import _EXPECTED, false_shares
from ascendant.patterns.options import GroupOptions
from group_worlds import act, ordinary, planted, traces_of


def test_with_fewer_than_two_meetings_nobody_is_told_anything():
    share, p = false_shares(np.int32([0, 1, 1]), np.array([0.0, 1e-9, 3.0]))
    assert share.tolist() == p.tolist() == [1, 1, 1]


@pytest.mark.parametrize("n", [2, 3, 9])
@pytest.mark.parametrize("expected", [0.003, 0.2, 4.0])
def test_a_p_value_is_that_of_poisson_and_never_too_small(n, expected):
    _, p = false_shares(np.int32([n]), np.array([expected]))
    exact = stats.poisson.sf(n - 1, expected)
    assert exact <= p[0] * (1 + 1e-9)
    assert p[0] <= stats.poisson.sf(n - 1, expected * 1.05) * (1 + 1e-9)


def test_a_false_share_is_what_chance_would_bring_for_each_that_came():
    rng = np.random.default_rng(1)
    expected = rng.choice(_EXPECTED[50:330], 400)
    n = rng.poisson(expected)
    n[:30] += 4
    share, p = false_shares(n.astype(np.int32), expected)
    for level in np.unique(p[n >= 2]):
        by_chance = 0.0
        for one in expected:  # each account has the counts that it can have
            tails = special.gammainc(np.arange(2, 25), one)
            by_chance += max((tail for tail in tails if tail <= level), default=0.0)
        here = (p == level) & (n >= 2)
        assert (share[here] <= min(1.0, by_chance / np.count_nonzero(p[n >= 2] <= level)) + 1e-9).all()
    order = np.argsort(p[n >= 2])
    assert (np.diff(share[n >= 2][order]) >= -1e-12).all()


def test_where_all_is_chance_hardly_anybody_comes():
    came = 0
    for seed in range(200, 240):
        rng = np.random.default_rng(seed)
        expected = rng.lognormal(-4, 1.5, 5000)
        share, _ = false_shares(rng.poisson(expected).astype(np.int32), expected)
        came += np.count_nonzero(share <= 0.1)
    assert came <= 10  # of 200,000 accounts


QUIET = 22  # with few acts of its own


def visitors(who, *, n_meetings=3, seed=1):
    """Acts of an account a few seconds after other members each time: it has no partner of two meetings."""
    rng = np.random.default_rng([seed, who])
    return [
        row
        for turn, day in enumerate(rng.permutation(8)[:n_meetings])
        for row in act("link", [2 * turn, 2 * turn + 1, who], f"visited by {who}, {turn}", day * 86_400 + 40_000
                       + np.array([0, 15, 30]) + 1000 * turn)
    ]  # fmt: skip


def members_of(rows, n_accounts):
    found = find_groups(traces_of(rows, n_accounts=n_accounts), None, GroupOptions())
    return found, {int(row["account_id"].partition(":")[2]): row for row in found.members.to_pylist()}


def test_who_met_other_members_each_time_joins_and_its_doubt_is_that_of_joining():
    rows = ordinary(271, 800) + planted(271, range(12), others=np.arange(40, 800))
    _, without = members_of(rows, 800)
    _, members = members_of(rows + visitors(QUIET), 800)
    assert QUIET not in without
    assert set(without) <= set(members)
    assert members[QUIET]["q_value"] <= 0.1
    assert members[QUIET]["n_partners"] == 0
    assert members[QUIET]["n_meetings"] == 3


def test_who_met_a_group_once_does_not_join():
    rows = ordinary(271, 800) + planted(271, range(12), others=np.arange(40, 800)) + visitors(QUIET, n_meetings=1)
    assert QUIET not in members_of(rows, 800)[1]

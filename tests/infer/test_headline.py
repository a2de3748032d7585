"""The four figures: exact where they can be, with intervals that are never a point out of ignorance."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.infer.headline import half_from, headline, share_named
from ascendant.infer.named import NAMED_BY

COUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=60)


def arrays(rows):
    n = np.array([max(pair) for pair in rows], np.int64)
    moved = np.array([min(pair) for pair in rows], np.int64)
    return n, moved


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_share_is_exact_and_its_interval_does_not_depend_on_the_order_of_accounts(rows, random):
    figure = share_named(*arrays(rows))
    assert figure == share_named(*arrays(random.sample(rows, len(rows))))
    n, moved = arrays(rows)
    if n.sum() == 0:
        assert (figure.estimate, figure.low, figure.high, figure.n) == (None, None, None, 0)
        assert figure.caveats
    else:
        assert figure.estimate == moved.sum() / n.sum()
        assert 0 <= figure.low <= figure.estimate <= figure.high <= 1
        assert figure.low < figure.high
        assert figure.n == n.sum()


@given(st.lists(st.integers(0, 30) | st.integers(0, 10**6), max_size=60), st.randoms(use_true_random=False))
def test_half_of_all_moved_acts_comes_from_the_fewest_accounts_that_hold_it(counts, random):
    figure = half_from(np.array(counts, np.int64))
    assert figure == half_from(np.array(random.sample(counts, len(counts)), np.int64))
    falling = sorted((c for c in counts if c > 0), reverse=True)
    if not falling:
        assert figure.estimate is None
        return
    held, n_accounts = 0, 0
    while 2 * held < sum(falling):
        held += falling[n_accounts]
        n_accounts += 1
    assert figure.estimate == n_accounts
    assert 1 <= figure.low <= n_accounts <= figure.high


def test_intervals_narrow_with_the_number_of_accounts():
    rng = np.random.default_rng(5)
    widths = []
    for n_accounts in (50, 5000):
        n = rng.integers(1, 20, n_accounts)
        figure = share_named(n, rng.binomial(n, rng.beta(1, 1, n_accounts)))
        widths.append(figure.high - figure.low)
    assert widths[0] > 5 * widths[1]


@pytest.mark.parametrize("law", ["alike", "apart"])
def test_the_interval_of_the_share_holds_the_truth_nine_times_in_ten(law):
    held = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        n = rng.geometric(0.1, 120)
        share = np.full(120, 0.4) if law == "alike" else rng.beta(0.4, 0.6, 120)
        figure = share_named(n, rng.binomial(n, share))
        held += figure.low <= 0.4 <= figure.high
    # 300 draws: standard error .017; a bootstrap of 120 accounts reads a little narrow.
    assert 0.83 <= held / 300 <= 0.95


def timed(delays, *, actors=None, n_untimed=0):
    n = len(delays) + n_untimed
    actors = actors or [f"x:{k}" for k in range(n)]
    columns = {
        "act_id": [f"x:act{k}" for k in range(n)],
        "actor_id": actors,
        "author_id": ["x:ann"] * n,
        "verb": ["repost"] * n,
        "object_id": [f"x:item{k}" for k in range(n)],
        "happened_at": pa.nulls(n, pa.timestamp("us", tz="UTC")),
        "object_at": pa.nulls(n, pa.timestamp("us", tz="UTC")),
        "delay_seconds": [*delays, *[None] * n_untimed],
        "thread_id": pa.nulls(n, pa.string()),
        "is_conversation": [False] * n,
        "n": [1] * n,
    }
    return pa.table(columns, schema=NAMED_BY)


def delay(named_by):
    accounts = pa.table({name: pa.array([1], pa.int64()) for name in ("n_acts_held", "n_moved", "n_moved_by_it")})
    standing = pa.table({"n_acts": [1], "p_influencer": [0.2], "p_both": [0.1]})
    return headline(accounts, standing, named_by)[3]


def test_the_delay_is_the_median_and_says_of_how_many_acts():
    figure = delay(timed([10, 20, 30, 40, 5000], n_untimed=2))
    assert figure.estimate == 30
    assert figure.low < 30 < figure.high
    assert (figure.n, figure.unit) == (5, "seconds")
    assert figure.caveats[0].facts == {"n": 5, "of": 7}


def test_acts_of_one_account_tell_less_of_the_delay_than_acts_of_many():
    delays = list(range(200))
    apart = delay(timed(delays))
    together = delay(timed(delays, actors=[f"x:{k // 20}" for k in range(200)]))
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_the_interval_of_the_delay_holds_the_truth_nine_times_in_ten():
    held = 0
    for seed in range(300):
        delays = np.random.default_rng(seed).exponential(10_000, 101).astype(int).tolist()
        figure = delay(timed(delays))
        held += figure.low <= 10_000 * np.log(2) <= figure.high
    assert 0.86 <= held / 300 <= 0.96


def test_without_any_act_the_figures_say_so_and_are_empty():
    nothing = pa.table({name: pa.array([0], pa.int64()) for name in ("n_acts_held", "n_moved", "n_moved_by_it")})
    standing = pa.table({"n_acts": [0], "p_influencer": [0.2], "p_both": [0.1]})
    figures = headline(nothing, standing, NAMED_BY.empty_table())
    assert [figure.name for figure in figures] == ["share_named", "influencers", "half_from", "delay"]
    for figure in figures:
        assert (figure.estimate, figure.low, figure.high, figure.n) == (None, None, None, 0)
        assert figure.caveats

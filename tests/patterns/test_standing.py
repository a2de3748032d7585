"""Standing: laws for any input, and the promises of its definition by hand."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascendant.activity import Activity
from ascendant.infer.communities import find_communities
from ascendant.infer.inferred import StandingDraws
from ascendant.infer.named import named_layer
from ascendant.patterns.doubt import Doubt
from ascendant.patterns.intervals import rate_interval, share_interval
from ascendant.patterns.standing import STANDING, STANDINGS, find_standing, probabilities
from strategies import accounts, activities, asks_a_study, study_of

MAY_BE_NULL = ("community", "n_inferred", "n_inferred_by_it")
COUNTS = st.integers(0, 12) | st.integers(0, 10**7)


@st.composite
def counted_accounts(draw):
    """Accounts with any counts that can occur, alike or enormous."""
    rows = draw(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), max_size=40))
    n = np.array([n for n, _, _ in rows], np.int64)
    moved_by_it = np.array([m for _, _, m in rows], np.int64)
    n = np.where((n == 0) & (moved_by_it > 0), 1, n)
    moved = np.minimum(np.array([x for _, x, _ in rows], np.int64), n)
    names = [f"x:{number:03}" for number in range(len(rows))]
    zero = np.zeros(len(rows), np.int64)
    return pa.table(
        {
            "account_id": pa.chunked_array([pa.array(names, pa.string())]),
            "n_acts": n,
            "n_moved": moved,
            "n_moved_by_it": moved_by_it,
            "n_conversation": zero,
            "n_posts_held": np.where(n > 5, n, 0),
            "n_items_seen": n,
            "n_moved_on_seen": moved_by_it,
            "n_squares_on_seen": moved_by_it**2,  # all on one item
        }
    )


def without_communities(table):
    nowhere = pa.nulls(table.num_rows, pa.int32())
    return pa.table({"account_id": table["account_id"], "community": nowhere, "community_size": nowhere})


def keeps_its_laws(table):
    p = np.array([table[f"p_{name}"].to_numpy() for name in STANDINGS])
    np.testing.assert_allclose(p.sum(axis=0), 1, atol=1e-9)
    assert np.all(p >= 0)
    said = np.array([STANDINGS.index(name) for name in table["standing"].to_pylist()], int)
    assert np.all(p[said, np.arange(said.size)] == p.max(axis=0)), "the standing is the likeliest"
    for axis, point in (("share", "influenced_share"), ("rate", "influence_rate")):
        low, middle, high = (table[name].to_numpy() for name in (f"{axis}_low", point, f"{axis}_high"))
        assert np.isfinite([low, middle, high]).all()
        assert np.all((low >= 0) & (low <= middle) & (middle <= high) & (low < high))
    assert np.all(table["share_high"].to_numpy() <= 1)
    for column in table.column_names:
        assert column in MAY_BE_NULL or table[column].null_count == 0


@settings(deadline=None)
@given(counted_accounts())
def test_for_any_counts_nobody_is_neither_and_probabilities_sum_to_one(table):
    found = find_standing(table, without_communities(table)).standing
    assert found.schema.equals(STANDING)
    assert found["account_id"].equals(table["account_id"])
    keeps_its_laws(found)


@asks_a_study
@given(activities(), accounts(), st.randoms(use_true_random=False))
def test_from_any_rows_in_any_order_everyone_has_the_same_standing(rows, account_rows, random):
    tables = []
    for some in (rows, random.sample(rows, len(rows))):
        with study_of(some, account_rows) as questions:
            named = named_layer(questions)
        communities = find_communities(named.ties, named.accounts["account_id"])
        tables.append(find_standing(named.accounts, communities).standing)
    assert tables[0].equals(tables[1])
    assert set(tables[0]["standing"].to_pylist()) <= set(STANDINGS)
    keeps_its_laws(tables[0])


def of(n, x, moved):
    chances = probabilities(np.array([n]), np.array([x]), np.array([moved]), Doubt())
    return STANDINGS[chances.likeliest[0]], bool(chances.is_slight[0])


@pytest.mark.parametrize(
    ("n", "x", "moved", "standing"),
    [
        (60, 60, 0, ("influenced", False)),
        (60, 0, 600, ("influencer", False)),
        (60, 40, 300, ("both", False)),
        (300, 15, 3, ("influenced", True)),
        (300, 3, 15, ("influencer", True)),
        (0, 0, 0, ("influenced", False)),
        (10**7, 10**7, 10**7, ("both", False)),
    ],
)
def test_the_standing_of_plain_cases(n, x, moved, standing):
    assert of(n, x, moved) == standing


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 10**4))
def test_one_more_act_that_was_moved_never_makes_being_influenced_less_likely(n, x, moved):
    n = max(n, x) + 1
    one, more = (probabilities(*(np.array([v]) for v in (n, k, moved)), Doubt()).p for k in (x, x + 1))
    assert more["influenced"] + more["both"] >= one["influenced"] + one["both"] - 1e-9


def test_who_was_only_seen_to_be_there_is_presumed_influenced_whatever_the_others_are():
    n_others = 60  # all of them pure influencers, from whom the priors are learnt
    n = np.array([30] * n_others + [0])
    zero = np.zeros(n_others + 1, np.int64)
    moved = np.array([300] * n_others + [0])
    table = pa.table(
        {
            "account_id": pa.chunked_array([[f"x:{k:03}" for k in range(n_others + 1)]]),
            "n_acts": n,
            "n_moved": zero,
            "n_moved_by_it": moved,
            "n_conversation": zero,
            "n_posts_held": n,
            "n_items_seen": n,
            "n_moved_on_seen": moved,
            "n_squares_on_seen": moved * 10,
        }
    )
    found = find_standing(table, without_communities(table))
    silent = found.standing.filter(pc.equal(found.standing["account_id"], f"x:{n_others:03}")).to_pylist()[0]
    assert silent["standing"] == "influenced"
    assert silent["is_presumed"]
    assert silent["p_influenced"] >= 0.5
    assert silent["evidence"] == "none"
    assert found.caveats[0].facts == {"n": 1}


@pytest.mark.parametrize(
    ("n", "mark"), [(9, "none"), (10, "weak"), (29, "weak"), (30, "fair"), (99, "fair"), (100, "strong")]
)
def test_evidence_is_marked_by_the_number_of_acts(n, mark):
    counts = {name: np.array([0]) for name in ("n_moved", "n_moved_by_it", "n_conversation")}
    seen = {name: np.array([0]) for name in ("n_posts_held", "n_items_seen", "n_moved_on_seen", "n_squares_on_seen")}
    table = pa.table({"account_id": pa.chunked_array([["x:ann"]]), "n_acts": np.array([n]), **counts, **seen})
    assert find_standing(table, without_communities(table)).standing["evidence"].to_pylist() == [mark]


def test_a_rate_is_an_upper_bound_where_the_files_hold_nothing_of_what_moved_others():
    def one(number, verb, actor, **facts):
        return Activity(activity_id=f"x:{number}", platform="x", verb=verb, actor_id=actor, **facts)

    rows = [
        one(1, "repost", "x:eve", object_author_id="x:known only by name"),
        one(2, "repost", "x:eve", object_author_id="x:item in no file", object_id="x:gone"),
        one(3, "repost", "x:eve", object_author_id="x:passes on and is named"),
        one(4, "repost", "x:passes on and is named", object_author_id="x:item in no file", object_id="x:gone"),
        one(5, "repost", "x:eve", object_author_id="x:post is held"),
        one(6, "post", "x:post is held"),
        one(7, "reply", "x:reply is held", object_id="x:6"),
        one(8, "repost", "x:eve", object_id="x:7"),
        one(9, "post", "x:moves nobody"),
    ]
    with study_of(rows) as questions:
        named = named_layer(questions)
    found = find_standing(named.accounts, without_communities(named.accounts)).standing.to_pylist()
    bounds = {row["account_id"] for row in found if row["rate_is_upper_bound"]}
    assert bounds == {"x:known only by name", "x:item in no file", "x:passes on and is named"}
    for row in found:
        assert (row["rate_low"] == 0) == (row["rate_is_upper_bound"] or row["n_moved_by_it"] == 0)


def drawn(table, random, *, most=6):
    """Eight draws for each account: of its own silent acts that others moved, and of others' that it moved."""
    n = table.num_rows
    own = np.minimum(random.integers(0, most, (8, n)), table["n_acts"].to_numpy())
    others = random.integers(0, most, (8, n))
    return StandingDraws(table["account_id"].combine_chunks(), own, others, np.ones(n, bool))


@settings(deadline=None)
@given(counted_accounts(), st.integers(0, 1000))
def test_for_any_draws_the_same_laws_hold_and_no_account_was_moved_to_more_than_it_did(table, seed):
    draws = drawn(table, np.random.default_rng(seed))
    found = find_standing(table, without_communities(table), draws=draws).standing
    keeps_its_laws(found)
    n, named, inferred = (found[name].to_numpy() for name in ("n_acts", "n_moved", "n_inferred"))
    assert np.all((inferred >= 0) & (named + inferred <= n))
    assert np.all(found["n_inferred_by_it"].to_numpy() == draws.n_moves_silent.mean(axis=0))
    acting = n > 0
    share, rate = (found[name].to_numpy()[acting] for name in ("influenced_share", "influence_rate"))
    np.testing.assert_allclose(share, ((named + inferred) / np.maximum(n, 1))[acting])
    moved = table["n_moved_by_it"].to_numpy() + draws.n_moves_silent.mean(axis=0)
    np.testing.assert_allclose(rate, (moved / np.maximum(n, 1))[acting])


@settings(deadline=None)
@given(counted_accounts(), st.integers(0, 1000))
def test_where_nothing_is_inferred_every_figure_is_exactly_what_it_was(table, seed):
    communities = without_communities(table)
    named = find_standing(table, communities).standing
    assert named["n_inferred"].null_count == named["n_inferred_by_it"].null_count == named.num_rows
    draws = drawn(table, np.random.default_rng(seed))
    silent = np.arange(table.num_rows) % 2 == 0
    draws.n_inferred[:, silent] = draws.n_moves_silent[:, silent] = 0
    found = find_standing(table, communities, draws=draws).standing
    same = [name for name in STANDING.names if not name.startswith("n_inferred")]
    assert found.select(same).filter(pa.array(silent)).equals(named.select(same).filter(pa.array(silent)))
    assert found["n_inferred"].filter(pa.array(silent)).to_pylist() == [0.0] * int(silent.sum())


def test_what_is_not_known_is_null_and_not_zero():
    table = counts_of([(20, 5, 0), (20, 5, 0), (20, 5, 0)])
    nothing = np.zeros((8, 2), np.int64)
    ids = table["account_id"].combine_chunks()
    found = find_standing(
        table,
        without_communities(table),
        draws=StandingDraws(ids.slice(0, 2), nothing, nothing, np.array([True, False])),
    ).standing
    assert found["n_inferred"].to_pylist() == [0.0, None, None]
    assert found["n_inferred_by_it"].to_pylist() == [0.0, 0.0, None]


def counts_of(rows):
    n, x, moved = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return pa.table(
        {
            "account_id": pa.chunked_array([[f"x:{k:03}" for k in range(n.size)]]),
            "n_acts": n, "n_moved": x, "n_moved_by_it": moved, "n_conversation": 0 * n, "n_posts_held": n,
            "n_items_seen": n, "n_moved_on_seen": moved, "n_squares_on_seen": moved * 3,
        }
    )  # fmt: skip


def test_probabilities_over_draws_are_the_mean_and_more_acts_moved_count():
    n, x, moved = np.array([30]), np.array([[2], [8], [14], [20]]), np.array([[0], [0], [9], [9]])
    whole = probabilities(n, x, moved, Doubt()).p
    for name in STANDINGS:
        each = [probabilities(n, x[k], moved[k], Doubt()).p[name][0] for k in range(4)]
        assert whole[name][0] == pytest.approx(np.mean(each))


@given(st.integers(1, 60), st.lists(st.integers(0, 60), min_size=8, max_size=8))
def test_the_interval_of_a_mixture_leaves_a_twentieth_of_it_on_either_side(n, drawn_counts):
    x = np.minimum(np.array(drawn_counts), n)[:, None]
    own, doubt = np.array([n]), Doubt()
    for interval, below in ((share_interval, doubt.share_below), (rate_interval, doubt.rate_below)):
        seen, low, high = interval(own, x, doubt)
        assert low[0] <= seen[0] <= high[0]
        mass = [np.mean([below(own, one, end)[0] for one in x]) for end in (low, high)]
        assert mass[0] == pytest.approx(0.05, abs=1e-6) or low[0] in (0.0, seen[0])
        assert mass[1] == pytest.approx(0.95, abs=1e-6) or high[0] in (1.0, seen[0])


def test_doubt_about_what_was_inferred_widens_the_interval():
    own = np.array([40])
    sure, unsure = np.full((8, 1), 20), np.array([4, 8, 12, 18, 22, 28, 32, 36])[:, None]
    for interval in (share_interval, rate_interval):
        _, low, high = interval(own, sure, Doubt())
        _, wider_low, wider_high = interval(own, unsure, Doubt())
        assert wider_low[0] < low[0] < high[0] < wider_high[0]

"""Relays: counted as a slow reader would count, the late found and nobody else, no relay from the group's own clock."""

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.activity import Activity
from ascendant.infer.communities import COMMUNITIES
from ascendant.infer.named import NAMED_BY, named_layer
from ascendant.patterns.relays import find
from ascendant.patterns.relays.amount import amounts
from ascendant.patterns.relays.carried import carried_of
from ascendant.patterns.relays.find import find_relays
from ascendant.patterns.relays.lateness import usual_delays
from ascendant.patterns.relays.tables import CARRIED, GROUP_SPREAD, RELAYS
from ascendant.patterns.relays.told_apart import FEWEST_NEAR
from ascendant.patterns.relays.two_kinds import LEAST_SHIFT, ranks_within, two_kinds
from strategies import activities, asks_a_study, study_of

START = 1_600_000_000_000_000
HOUR = 3_600_000_000
NOBODY = COMMUNITIES.empty_table()
MEMBERS = pa.table({"account_id": ["x:ann", "x:bob"], "group_id": pa.array([3, 3], pa.int32())})


def members_of(*groups):
    rows = [(account, number) for number, accounts in groups for account in accounts]
    return pa.table(
        {
            "account_id": pa.array([a for a, _ in rows], pa.string()),
            "group_id": pa.array([g for _, g in rows], pa.int32()),
        }
    )


def communities_of(accounts, part=0):
    return pa.table([accounts, [part] * len(accounts), [len(accounts)] * len(accounts)], schema=COMMUNITIES)


def found(rows, members=MEMBERS, communities=NOBODY):
    with study_of(rows) as questions:
        named = named_layer(questions)
        return named.named_by.to_pylist(), find_relays(questions, members, named.named_by, communities)


@asks_a_study
@given(activities())
def test_acts_that_name_an_item_of_the_group_are_counted_as_the_slow_reader_counts_them(rows):
    named_by, relays = found(rows)
    assert relays.relays.schema == RELAYS
    assert relays.spread.schema == GROUP_SPREAD
    inside = set(MEMBERS["account_id"].to_pylist())
    expected = {}
    for row in named_by:
        if row["author_id"] in inside and row["actor_id"] not in inside and row["verb"] == "repost":
            expected[row["actor_id"]] = expected.get(row["actor_id"], 0) + row["n"]
    assert {row["account_id"]: row["n_passed"] - row["n_unlinked"] for row in relays.relays.to_pylist()} == expected
    [spread] = relays.spread.to_pylist()
    assert spread["n_spread"] == sum(expected.values())
    assert spread["n_accounts"] == len(expected)
    assert spread["n_by_relays"] == spread["n_relays"] == 0
    assert not any(row["is_relay"] for row in relays.relays.to_pylist())


@asks_a_study
@given(activities(), st.randoms())
def test_the_order_of_rows_changes_nothing(rows, random):
    _, one = found(rows)
    random.shuffle(rows)
    _, other = found(rows)
    assert one.relays.equals(other.relays)
    assert one.spread.equals(other.spread)
    assert one.caveats == other.caveats


def post(number, who, hours, **more):
    return Activity(
        activity_id=f"x:{number:06}",
        platform="x",
        verb="post",
        actor_id=who,
        happened_at=START + round(hours * HOUR),
        **more,
    )


def repost(number, who, hours, item, author):
    return replace_verb(post(number, who, hours), object_id=f"x:{item:06}", object_author_id=author)


def replace_verb(row, **more):
    return msgspec.structs.replace(row, verb="repost", **more)


def world(*, n_readers=60, n_late=12, late=6.0, seed=5, loyal=0.7, with_missed=False, slow_with_all=False):
    """A group of six that acts within seconds; readers who pass it and others on after about an hour; and accounts
    (`x:late..`) that do so `late` times later (or pass on anything later), a share `loyal` of what they pass on."""
    random = np.random.default_rng(seed)
    group = [f"x:g{number}" for number in range(6)]
    others = [f"x:o{number}" for number in range(20)]
    rows, items = [], []
    for day in range(20):
        first = len(rows)
        rows.append(post(first, group[day % 6], 24 * day, urls=(f"https://exemple.org/{day}",)))
        items.append((first, group[day % 6], 24 * day))
        for member in group:
            if member != group[day % 6]:
                at = 24 * day + random.exponential(20) / 3600
                rows.append(repost(len(rows), member, at, first, group[day % 6]))
        if with_missed:
            rows.append(repost(len(rows), "x:missed", 24 * day + random.exponential(20) / 3600, first, group[day % 6]))
        for other in others:
            rows.append(post(len(rows), other, 24 * day + random.uniform(0, 20)))
            items.append((len(rows) - 1, other, (rows[-1].happened_at - START) / HOUR))
    of_group = [item for item in items if item[1] in group]
    of_others = [item for item in items if item[1] not in group]
    people = [(f"x:r{number}", 1.0, 0.35) for number in range(n_readers)]
    people += [(f"x:late{number}", late, loyal) for number in range(n_late)]
    for who, slow, share in people:
        n_group = random.binomial(24, share)
        chosen = [of_group[i] for i in random.choice(len(of_group), min(n_group, 18), replace=False)]
        chosen += [of_others[i] for i in random.choice(len(of_others), 24 - n_group, replace=False)]
        for number, author, at in chosen:
            delay = random.lognormal(0, 0.6) * (slow if author in group or slow_with_all else 1.0)
            rows.append(repost(len(rows), who, at + delay, number, author))
    names = [*group, *others, *(who for who, _, _ in people), "x:missed"]
    return rows, members_of((0, group)), communities_of(names)


def test_who_passes_the_group_on_more_and_later_is_a_relay_and_nobody_else():
    _, relays = found(*world())
    flagged = {row["account_id"] for row in relays.relays.to_pylist() if row["is_relay"]}
    assert len(flagged) >= 8
    assert all(name.startswith("x:late") for name in flagged)
    table = relays.relays.to_pylist()
    assert [row["is_relay"] for row in table] == sorted((row["is_relay"] for row in table), reverse=True)
    for row in table[: len(flagged)]:
        assert row["low"] > 1
        assert row["q_value"] <= find.Q_MOST
        assert row["median_lag_seconds"] > row["others_lag_seconds"]
        assert row["n_passed"] > row["expected"]
    [spread] = relays.spread.to_pylist()
    assert spread["n_relays"] == len(flagged)
    assert spread["low"] <= spread["share"] == spread["n_by_relays"] / spread["n_spread"] <= spread["high"]
    true = sum(row["n_passed"] for row in table if row["account_id"].startswith("x:late"))
    assert spread["low"] <= true / spread["n_spread"] <= spread["high"]


@pytest.mark.parametrize("seed", range(3))
def test_where_all_do_alike_nobody_is_a_relay_and_the_share_has_no_value(seed):
    _, relays = found(*world(n_late=0, n_readers=80, seed=seed))
    assert not any(relays.relays["is_relay"].to_pylist())
    [spread] = relays.spread.to_pylist()
    assert (spread["share"], spread["low"], spread["high"]) == (None, None, None)
    assert any("whether there are relays cannot be told" in str(caveat) for caveat in relays.caveats)


def test_later_alone_or_more_alone_makes_no_relay():
    _, later = found(*world(loyal=0.3))
    assert not any(later.relays["is_relay"].to_pylist())
    _, more = found(*world(late=1.0))
    assert not any(more.relays["is_relay"].to_pylist())


def test_an_account_of_the_group_that_was_not_found_is_synchronous_and_no_relay():
    _, relays = found(*world(with_missed=True))
    missed = next(row for row in relays.relays.to_pylist() if row["account_id"] == "x:missed")
    assert missed["is_synchronous"]
    assert not missed["is_relay"]
    assert missed["q_value"] is None
    late = [row for row in relays.relays.to_pylist() if row["account_id"].startswith("x:late")]
    assert not any(row["is_synchronous"] for row in late)
    assert sum(row["is_relay"] for row in late) >= 8


def test_accounts_of_the_groups_are_never_candidates_but_what_they_pass_on_of_another_counts_as_spread():
    rows = [post(1, "x:ann", 0), repost(2, "x:cem", 1, 1, "x:ann"), repost(3, "x:bob", 1, 1, "x:ann")]
    _, relays = found(rows, members_of((0, ["x:ann"]), (1, ["x:cem"])))
    assert relays.relays["account_id"].to_pylist() == ["x:bob"]
    assert [row["n_spread"] for row in relays.spread.to_pylist()] == [2, 0]


def test_a_link_that_the_group_was_first_to_post_counts_as_unlinked_with_the_post_beside_it():
    link = ("https://exemple.org/a",)
    rows = [
        post(1, "x:ann", 0, urls=link),
        post(2, "x:bob", 1, urls=link),
        post(3, "x:cem", 2, urls=("http://www.exemple.org/a#top",)),
        post(4, "x:dia", 3, urls=("https://exemple.org/b",)),
        post(5, "x:bob", 4, urls=("https://exemple.org/b",)),
    ]
    _, relays = found(rows)
    [cem] = relays.relays.to_pylist()
    assert (cem["account_id"], cem["n_passed"], cem["n_unlinked"]) == ("x:cem", 1, 1)
    assert (cem["act_ids"], cem["group_act_ids"]) == (["x:000003"], ["x:000002"])
    assert cem["median_lag_seconds"] == 3600


def test_words_and_rows_of_hashtags_count_only_after_two_accounts_of_the_group():
    tags, words = ("un", "deux", "trois"), "the same forty letters and a few more of them"
    rows = [post(1, "x:ann", 0, hashtags=tags, text=words), post(3, "x:cem", 2, hashtags=tags, text=words)]
    _, alone = found(rows)
    assert alone.relays.num_rows == 0
    _, both = found([*rows, post(2, "x:bob", 1, hashtags=tags, text=words.upper())])
    [cem] = both.relays.to_pylist()
    assert (cem["n_passed"], cem["n_unlinked"]) == (1, 1)  # one act, though it shares both


def test_an_act_that_names_somebody_else_is_no_act_without_a_link():
    link = ("https://exemple.org/a",)
    rows = [post(1, "x:ann", 0, urls=link), post(2, "x:dia", 1), repost(3, "x:cem", 2, 2, "x:dia")]
    rows[2] = replace_verb(rows[2], urls=link)
    _, relays = found(rows)
    assert relays.relays.num_rows == 0


def bad(kind):
    rows, members, communities = world(n_readers=4, n_late=2)
    if kind == "no groups":
        return rows, members.slice(0, 0), communities
    if kind == "no times":
        return [replace_time(row) for row in rows], members, communities
    if kind == "no communities":
        return rows, members, COMMUNITIES.empty_table()
    if kind == "one act each":
        seen = set()
        return [row for row in rows if not (row.actor_id in seen or seen.add(row.actor_id))], members, communities
    if kind == "unknown members":
        return rows, members_of((7, ["x:nobody", "x:neither"])), communities
    return [], members, communities


def replace_time(row):
    return msgspec.structs.replace(row, happened_at=None)


@pytest.mark.parametrize(
    "kind", ["no groups", "no times", "no communities", "one act each", "unknown members", "nothing"]
)
def test_bad_input_gives_a_result_with_a_caveat(kind):
    _, relays = found(*bad(kind))
    assert relays.relays.schema == RELAYS
    assert relays.spread.schema == GROUP_SPREAD
    assert relays.caveats
    assert not any(relays.relays["is_relay"].to_pylist())
    assert relays.spread.num_rows == (0 if kind == "no groups" else 1)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 3)), min_size=1, max_size=60))
def test_intervals_hold_the_ratio_and_more_passed_on_is_never_a_lower_ratio(rows):
    extra, y, group = (np.array(column) for column in zip(*rows, strict=True))
    n = y + extra
    given_amounts = amounts(y, n, group, group)
    assert np.all(given_amounts.low <= given_amounts.ratio)
    assert np.all(given_amounts.ratio <= given_amounts.high)
    assert np.all(given_amounts.expected <= n)
    for one in np.unique(group):
        same = np.flatnonzero((group == one) & (n == n.max()))
        order = same[np.argsort(y[same])]
        assert np.all(np.diff(given_amounts.ratio[order]) >= -1e-9)


def drawn_kinds(seed, *, share=0.2, late=1.2, keen=0.0):
    """Accounts of two strata, a share of them late by `late` and with traits that are higher by `keen`."""
    random = np.random.default_rng(seed)
    stratum = np.arange(200) % 2
    variance = 0.1 + 0.9 / random.integers(5, 30, 200)
    is_late = random.random(200) < share
    x = random.normal(late * is_late, np.sqrt(variance))
    ranks = tuple(ranks_within(random.normal(keen * is_late), stratum) for _ in range(2))
    return x, variance, stratum, ranks, is_late


def flagged_of_twenty(**choices):
    """False, found and true ones of twenty studies."""
    counts = np.zeros(3, int)
    for seed in range(20):
        *drawn, is_late = drawn_kinds(seed, **choices)
        flagged = two_kinds(*drawn).q_value <= 0.05
        counts += [np.sum(flagged & ~is_late), np.sum(flagged), is_late.sum()]
    return counts


def test_of_two_kinds_the_late_are_found_at_about_the_false_share_that_is_said():
    n_false, n_found, n_true = flagged_of_twenty()
    assert n_found > 0.2 * n_true
    # Twenty studies of about twenty found each: the error of a share of .05 is about .01.
    assert n_false / n_found < 0.09


def test_traits_that_go_with_lateness_let_more_be_found_at_the_same_false_share():
    _, by_time, _ = flagged_of_twenty()
    n_false, n_found, _ = flagged_of_twenty(keen=1.5)
    assert n_found > 1.2 * by_time
    assert n_false / n_found < 0.09


def test_of_one_kind_nobody_is_late_whatever_other_traits_go_together():
    n_studies = 0
    for seed in range(40):
        x, variance, stratum, ranks, _ = drawn_kinds(seed, late=0.0, keen=3.0)
        n_studies += bool(np.any(two_kinds(x, variance, stratum, ranks).q_value <= 0.05))
    assert n_studies <= 2  # one in a hundred is allowed


def test_a_kind_that_is_hardly_later_is_none():
    for seed in range(5):
        *drawn, _ = drawn_kinds(seed, late=0.5 * LEAST_SHIFT, keen=3.0)
        found = two_kinds(*drawn)
        assert found.shift == 0 or found.shift >= LEAST_SHIFT
        assert found.shift > 0 or np.all(found.q_value == 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=40))
def test_ranks_of_a_stratum_stand_evenly_between_0_and_1(rows):
    value, stratum = (np.array(column) for column in zip(*rows, strict=True))
    ranks = ranks_within(value.astype(float), stratum)
    for one in np.unique(stratum):
        here = np.flatnonzero(stratum == one)
        assert ranks[here].mean() == pytest.approx(0.5)
        assert 0 < ranks[here].min() <= ranks[here].max() < 1
        order = here[np.argsort(value[here])]
        assert np.all(np.diff(ranks[order]) >= 0)


def test_the_habit_of_an_account_is_drawn_to_the_others_where_few_acts_show_it():
    random = np.random.default_rng(3)
    account = np.concatenate([np.repeat(np.arange(60), 20), [60, 60, 60], np.repeat(61, 60)])
    slow = np.where(account >= 60, 8.0, 1.0)
    usual = usual_delays(account, slow * random.lognormal(0, 0.6, account.size), 63)
    assert 0 < usual.habit[60] < usual.habit[61]
    assert usual.unknown[62] > usual.unknown[60] > usual.unknown[61]
    assert usual.habit[62] == 0  # of whom nothing is known


def test_who_is_slow_with_everybody_is_no_relay():
    _, relays = found(*world(late=6.0, slow_with_all=True))
    assert not any(relays.relays["is_relay"].to_pylist())


def test_who_has_too_few_of_the_same_community_beside_is_not_judged():
    rows, members, communities = world()
    few = [f"x:late{number}" for number in range(FEWEST_NEAR - 1)]
    names = communities["account_id"].to_pylist()
    apart = pa.table([names, [int(name in few) for name in names], [1] * len(names)], schema=COMMUNITIES)
    _, relays = found(rows, members, apart)
    q_value = {row["account_id"]: row["q_value"] for row in relays.relays.to_pylist()}
    assert all(q_value[name] is None for name in few)
    assert any(q_value[name] is not None for name in q_value if name.startswith("x:r"))


class _Traces:
    account_ids = pa.array(["x:ann", "x:bob", "x:cem"])
    trace = np.array([0, 0, 1, 1, 1], np.int8)
    account = np.array([0, 2, 2, 0, 1], np.int32)
    object = np.array([0, 0, 1, 1, 1])
    at = START + HOUR * np.array([0, 1, 0, 1, 2])
    row = np.arange(5)


def test_traces_that_a_group_began_become_acts_that_carry():
    ids = [f"x:{number:06}" for number in range(5)]
    carried = carried_of(
        _Traces(), ("link", "text"), lambda rows: [ids[row] for row in rows], NAMED_BY.empty_table(), MEMBERS
    )
    assert carried.schema == CARRIED
    assert carried["act_id"].to_pylist() == ids[:2]  # the other object was begun by somebody else
    with study_of([]) as questions:
        relays = find_relays(questions, MEMBERS, NAMED_BY.empty_table(), COMMUNITIES.empty_table(), carried=carried)
    [cem] = relays.relays.to_pylist()
    assert (cem["account_id"], cem["n_unlinked"], cem["act_ids"], cem["group_act_ids"]) == (
        "x:cem",
        1,
        ids[1:2],
        ids[:1],
    )

"""An owner's two accounts are one person, a repost found by its words has the post's time, and no answer passes on."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

from ascendant.activity import Activity
from ascendant.infer.communities import find_communities
from ascendant.infer.named import NAMED_BY, named_layer
from ascendant.patterns.groups.find import find_groups
from ascendant.patterns.groups.traces import find_traces
from ascendant.patterns.mirror.beside_groups import beside_groups, of_others, with_posts
from ascendant.patterns.mirror.owner import Owner
from ascendant.patterns.mirror.reposts import FOUND
from ascendant.patterns.relays.find import find_relays
from strategies import study_of

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
MICROS = 1_767_603_600_000_000  # the same
MEMBERS = pa.table({"account_id": ["x:me", "facebook:me", "x:g1", "x:g2"], "group_id": [1, 1, 2, 2]})


class Known:
    """Times of acts: the item appeared an hour before, or (`later`) an hour after it was passed on."""

    def __init__(self, author="x:g1", hours=1):
        self.author, self.hours = author, hours

    def ask(self, name, /, **tables):
        assert name == "relays_beside"
        rows = tables["wanted"].to_pylist()
        appeared = pa.array([START - timedelta(hours=self.hours)] * len(rows), pa.timestamp("us", tz="UTC"))
        who = pa.array([self.author] * len(rows), pa.string())
        return tables["wanted"].append_column("source_id", who).append_column("source_at", appeared)


def named(**changes):
    row = {"act_id": "x:1", "actor_id": "x:me", "author_id": "x:g1", "verb": "repost", "happened_at": START, "n": 1}
    return pa.Table.from_pylist([row | changes, row | {"act_id": "x:2"}], schema=NAMED_BY)


def found(has_clock=True):
    return pa.table([["x:1"], ["x:item"], [has_clock], [has_clock]], schema=FOUND)


def test_a_group_of_the_owner_s_own_accounts_is_no_group():
    mine = pa.array(["x:me", "facebook:me"])
    assert of_others(MEMBERS, mine)["account_id"].to_pylist() == ["x:g1", "x:g2"]
    alone = pa.array(["x:me"])
    assert of_others(MEMBERS, alone).num_rows == 4


def test_a_repost_found_by_its_words_has_the_item_and_its_delay_and_others_stay_unknown():
    first, second = with_posts(Known(), named(), found()).to_pylist()
    assert (first["object_id"], first["delay_seconds"]) == ("x:item", 3600)
    assert (second["object_id"], second["delay_seconds"]) == (None, None)


def test_what_the_files_say_themselves_is_kept_and_no_delay_is_negative():
    said = named(object_id="x:said", object_at=START, delay_seconds=0)
    assert with_posts(Known(), said, found()).equals(said)
    [first, _] = with_posts(Known(hours=-1), named(), found()).to_pylist()
    assert first["delay_seconds"] is None


def test_a_repost_of_which_only_the_day_is_known_has_an_item_and_no_delay():
    [first, _] = with_posts(Known(), named(), found(has_clock=False)).to_pylist()
    assert (first["object_id"], first["delay_seconds"]) == ("x:item", None)


def test_where_no_post_is_found_nothing_changes():
    table = named()
    assert with_posts(Known(), table, FOUND.empty_table()) is table


# An owner who only reposts what a group does, who only answers it, and one who does neither: whole studies, small.

MEMBERS_OF_IT = [f"x:g{n}" for n in range(5)]
N_ITEMS, N_OTHERS = 60, 90


def item(number):
    words = f"Item {number} of the day: the bridge at Lower Zeel closes {number} days from now, says the harbour office"
    return at("post", f"x:i{number}", "x:press", number * 3600, text=words)


def author(number):
    """Each of the five has posts of its own, too."""
    return MEMBERS_OF_IT[number // 2 % 5]


def at(verb, ident, who, seconds, **columns):
    when = MICROS + round(seconds * 1_000_000)
    direction = "by_me" if who == "x:me" else "third"
    return Activity(
        activity_id=ident, platform="x", verb=verb, actor_id=who, happened_at=when, direction=direction, **columns
    )


def world():
    """A newspaper; five accounts that repost it within seconds of one another, an hour late; others who do at ease."""
    random = np.random.default_rng(7)
    rows = [item(n) for n in range(N_ITEMS)]
    rows += [at("post", f"x:p{n}", author(n), n * 3600, text=f"Of my own, number {n}") for n in range(N_ITEMS)]
    of_press = {"object_author_id": "x:press"}
    for n in range(N_ITEMS):
        base = n * 3600 + 1800
        if n % 2 == 0:
            rows += [
                at("repost", f"x:r{n}-{who}", who, base + random.uniform(0, 30), object_id=f"x:i{n}", **of_press)
                for who in MEMBERS_OF_IT
            ]
        rows += [
            at("repost", f"x:o{n}-{who}", f"x:o{who}", n * 3600 + late, object_id=f"x:i{n}", **of_press)
            for who, late in zip(
                random.choice(N_OTHERS, 12, replace=False), random.exponential(20_000, 12), strict=True
            )
        ]
    return rows


def archived(number, seconds):
    """A repost as an archive of X has it: with the author and the first words, and without the post."""
    words = item(number).text[:90] + "…"
    return at("repost", f"x:m{number}", "x:me", seconds, text=words, relay="pure", object_author_id="x:press")


def against_groups(rows):
    """What is told of the owner, and the study's tables that it rests on."""
    accounts = pa.table({"account_id": ["x:me"], "main_id": ["x:me"]})
    owner = Owner(accounts, accounts, {}, frozenset({"x"}))
    with study_of([*world(), *rows]) as questions:
        named_layer_ = named_layer(questions)
        communities = find_communities(named_layer_.ties, named_layer_.accounts["account_id"])
        groups = find_groups(find_traces(questions), communities, questions=questions)
        relays = find_relays(questions, groups.members, named_layer_.named_by, communities)
        tables = {
            "named_by": named_layer_.named_by,
            "communities": communities,
            "groups": groups.groups,
            "group_members": groups.members,
            "relays": relays.relays,
            "group_spread": relays.spread,
        }
        return beside_groups(questions, owner, tables, ()), tables


def test_an_owner_who_joins_a_group_by_reposts_alone_is_a_member_though_the_study_sees_nothing_of_it():
    told, tables = against_groups([archived(n, n * 3600 + 1815) for n in range(0, N_ITEMS, 2)])
    assert sorted(tables["group_members"]["account_id"].to_pylist()) == MEMBERS_OF_IT
    [row] = told["worked_for"].to_pylist()
    assert (row["status"], row["is_by_words"], row["group_size"]) == ("member", True, 5)
    assert row["n_meetings"] > row["expected_meetings"]
    assert told["worked_for_checked"]["n_group_accounts"].to_pylist() == [5]


def test_an_owner_who_reposts_the_same_hours_later_is_no_member():
    told, _ = against_groups([archived(n, n * 3600 + 30_000) for n in range(0, N_ITEMS, 2)])
    assert told["worked_for"].num_rows == 0


def test_answers_and_quotes_are_counted_apart_and_pass_nothing_on():
    replies = [
        at("reply", f"x:a{n}", "x:me", n * 3600 + 7200, object_id=f"x:p{n}", object_author_id=author(n))
        for n in range(0, 16, 2)
    ]
    quotes = [
        at("quote", f"x:q{n}", "x:me", n * 3600 + 9000, object_id=f"x:p{n}", object_author_id=author(n), text="No.")
        for n in range(0, 6, 2)
    ]
    told, tables = against_groups([*replies, *quotes])
    assert sorted(tables["group_members"]["account_id"].to_pylist()) == MEMBERS_OF_IT
    [row] = told["worked_for"].to_pylist()
    assert (row["status"], row["n_passed"]) == ("answers", 0)
    assert (row["n_answered"], row["n_quoted"]) == (len(replies), len(quotes))
    assert told["worked_for_examples"].num_rows == 0

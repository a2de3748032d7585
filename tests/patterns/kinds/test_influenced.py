"""Kinds of the influenced: laws that hold for any rows, and plain cases."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from ascendant.activity import Activity
from ascendant.infer.communities import find_communities
from ascendant.infer.named import named_layer
from ascendant.patterns.kinds.behaviours import BEHAVIOURS
from ascendant.patterns.kinds.influenced import (
    FEWEST_ACTS,
    INFLUENCED_BEHAVIOUR,
    INFLUENCED_KINDS,
    SHOWN_FROM,
    UNDETERMINED,
    find_influenced_kinds,
)
from ascendant.patterns.kinds.roles import ROLES
from ascendant.patterns.standing import find_standing
from strategies import accounts, activities, asks_a_study, study_of

SECOND, MINUTE, DAY = 1_000_000, 60_000_000, 86_400_000_000
START = 1_600_000_000_000_000


def kinds_of(rows, members=None, account_rows=(), relays=None):
    with study_of(rows, account_rows) as questions:
        named = named_layer(questions)
        communities = find_communities(named.ties, named.accounts["account_id"])
        standing = find_standing(named.accounts, communities).standing
        return find_influenced_kinds(questions, named.named_by, standing, members, relays)


def group_of(*account_ids, group=0):
    ids = pa.array(account_ids, pa.string())
    return pa.table({"account_id": ids, "group_id": pa.array([group] * len(ids), pa.int32())})


def keeps_its_laws(found):
    kinds, behaviours = found.kinds, found.behaviours
    assert kinds.schema.equals(INFLUENCED_KINDS)
    assert behaviours.schema.equals(INFLUENCED_BEHAVIOUR)
    p = np.column_stack([kinds[f"p_{role}"].to_numpy() for role in ROLES])
    assert np.all((p >= 0) & (p <= 1))
    np.testing.assert_allclose(p.sum(axis=1), 1)
    assert [ROLES[place] for place in p.argmax(axis=1)] == kinds["best_influenced"].to_pylist()
    for kind, most, n in zip(
        kinds["kind_as_influenced"].to_pylist(), p.max(axis=1), kinds["n_acts"].to_pylist(), strict=True
    ):
        assert kind in {*ROLES, UNDETERMINED, None}
        assert kind not in ROLES or (most >= SHOWN_FROM and n >= FEWEST_ACTS)
    n, of, share, low, high, usual = (
        behaviours[name].to_numpy() for name in ("n", "of", "share", "low", "high", "study_median")
    )
    assert np.all((n >= 0) & (n <= of) & (of > 0))
    assert np.all((low >= 0) & (low <= share) & (share <= high) & (high <= 1) & (usual >= 0) & (usual <= 1))
    assert set(behaviours["behaviour"].to_pylist()) <= set(BEHAVIOURS)


PEOPLE = ["x:ann", "x:bob", "x:cem", "x:dia", "x:eve", "x:nobody knows"]


@asks_a_study
@for_any(activities(), accounts(), st.randoms(use_true_random=False), st.sets(st.sampled_from(PEOPLE)))
def test_from_any_rows_in_any_order_every_account_has_the_same_chances_that_sum_to_one(rows, known, random, in_group):
    members = group_of(*sorted(in_group))
    found = kinds_of(rows, members, known)
    keeps_its_laws(found)
    again = kinds_of(random.sample(rows, len(rows)), group_of(*sorted(in_group, reverse=True)), known)
    assert again.kinds.equals(found.kinds)
    assert again.behaviours.equals(found.behaviours)


class Town:
    """Two sorts of people: some write, the others pass on what these write, at once; times and links on demand."""

    def __init__(self, *, has_times=True, has_links=True):
        self.rows, self.has_times, self.has_links = [], has_times, has_links

    def act(self, actor, verb, of=None, *, seconds=0, link=False):
        number = len(self.rows)
        item = None if of is None else self.rows[of]
        after = (number // 50) * DAY // 10 if item is None else (item.happened_at or 0) - START + seconds * SECOND
        self.rows.append(
            Activity(
                activity_id=f"x:{number}",
                platform="x",
                verb=verb,
                actor_id=actor,
                object_id=item and item.activity_id,
                object_author_id=item and item.actor_id,
                relay="pure" if verb == "repost" else None,
                happened_at=START + after if self.has_times else None,
                urls=("https://somewhere.example/page",) if link and self.has_links else None,
            )
        )
        return number

    def with_everybody(self, n_acts=30, n_each=15):
        """Writers who now and then answer late with words; sharers who mostly pass on within a minute or so."""
        for who in range(n_each):
            written = [self.act(f"x:writer{who}", "post") for _ in range(n_acts)]
            for k in range(n_acts // 10):
                self.act(f"x:writer{(who + 1) % n_each}", "quote", written[k], seconds=90_000 + 1000 * who)
        posts = [k for k, row in enumerate(self.rows) if row.verb == "post"]
        for who in range(n_each):
            for k in range(n_acts):
                of = posts[(k * 17 + who * 31) % len(posts)]
                if k % 6 == 5:
                    self.act(f"x:sharer{who}", "post", link=True)
                else:
                    self.act(f"x:sharer{who}", "repost", of, seconds=40 + who + k)
        return self


@pytest.mark.parametrize("has_times", [True, False])
@pytest.mark.parametrize("has_links", [True, False])
def test_who_writes_is_a_target_and_who_passes_on_at_once_a_consumer(has_times, has_links):
    found = kinds_of(Town(has_times=has_times, has_links=has_links).with_everybody().rows)
    keeps_its_laws(found)
    rows = {row["account_id"]: row for row in found.kinds.to_pylist()}
    for who, row in rows.items():
        assert row["best_influenced"] == ("target" if "writer" in who else "consumer"), who
    said = " ".join(str(caveat) for caveat in found.caveats)
    assert ("how long after" in said) == (not has_times)
    assert ("no post carries a link" in said) == (not has_links)
    told = {row["behaviour"] for row in found.behaviours.to_pylist()}
    assert ("fast" in told, "links" in told, "group" in told) == (has_times, has_links, False)


def test_without_groups_everybody_has_the_same_small_chance_of_being_a_relay_and_a_caveat_says_so():
    town = Town().with_everybody().rows
    for members in (None, group_of()):
        found = kinds_of(town, members)
        chances = set(found.kinds["p_relay"].to_pylist())
        assert len(chances) == 1
        assert max(chances) < 0.1
        assert any("nobody is called a relay" in str(caveat) for caveat in found.caveats)


def test_who_amplifies_one_group_is_more_likely_a_relay_and_who_does_not_is_no_likelier_than_by_default():
    town = Town().with_everybody()
    posts = [k for k, row in enumerate(town.rows) if row.actor_id in ("x:writer0", "x:writer1", "x:writer2")]
    posts = [k for k in posts if town.rows[k].verb == "post"]
    for k in range(40):
        town.act("x:amplifier", "repost" if k % 3 else "quote", posts[k % len(posts)], seconds=40_000 + 500 * k)
    members = group_of("x:writer0", "x:writer1", "x:writer2")
    rows = {row["account_id"]: row for row in kinds_of(town.rows, members).kinds.to_pylist()}
    others = [row["p_relay"] for who, row in rows.items() if who != "x:amplifier"]
    assert rows["x:amplifier"]["best_influenced"] == "relay"
    assert max(others) < rows["x:amplifier"]["p_relay"]
    assert rows["x:writer5"]["p_relay"] < 0.1


def test_what_an_account_has_of_its_own_group_is_coordination_and_never_makes_it_a_relay():
    town = Town().with_everybody()
    posts = [k for k, row in enumerate(town.rows) if row.actor_id == "x:writer0" and row.verb == "post"]
    for k in range(30):
        town.act("x:amplifier", "repost", posts[k], seconds=40_000 + 500 * k)
    outside = kinds_of(town.rows, group_of("x:writer0", "x:writer1"))
    inside = kinds_of(town.rows, group_of("x:writer0", "x:writer1", "x:amplifier"))
    of = {}
    for name, found in (("outside", outside), ("inside", inside)):
        of[name] = next(row for row in found.kinds.to_pylist() if row["account_id"] == "x:amplifier")
        counts = {r["behaviour"]: r for r in found.behaviours.to_pylist() if r["account_id"] == "x:amplifier"}
        assert counts["group"]["n"] == (30 if name == "outside" else 0)
        assert counts["group"]["group_id"] == (0 if name == "outside" else None)
    assert of["inside"]["p_relay"] < 0.1 < of["outside"]["p_relay"]


def test_acts_that_repeat_a_group_without_naming_it_count_as_its():
    town = Town().with_everybody()
    relays = pa.table({"account_id": ["x:sharer3", "x:not there"], "group_id": [0, 0], "n_unlinked": [9, 4]})
    members = group_of("x:writer0", "x:writer1")
    n = []
    for given in (None, relays):
        found = kinds_of(town.rows, members, relays=given)
        keeps_its_laws(found)
        rows = found.behaviours.to_pylist()
        (row,) = (row for row in rows if (row["account_id"], row["behaviour"]) == ("x:sharer3", "group"))
        n.append((row["n"], row["of"]))
    assert n[0][0] > 0
    assert n[1] == (n[0][0] + 9, n[0][1] + 9)


def test_a_study_too_small_to_show_what_is_usual_shows_no_kind():
    town = Town()
    posts = [town.act("x:writer", "post") for _ in range(40)]
    for of in posts:
        town.act("x:sharer", "repost", of, seconds=30)
    found = kinds_of(town.rows)
    rows = {row["account_id"]: row for row in found.kinds.to_pylist()}
    assert rows["x:sharer"]["kind_as_influenced"] == UNDETERMINED
    assert rows["x:writer"]["kind_as_influenced"] is None, "it moves, and nothing is seen to move it"
    assert any("too few accounts" in str(caveat) for caveat in found.caveats)


def test_few_acts_stay_undetermined_with_a_best_guess_and_a_silent_account_has_one_too():
    town = Town().with_everybody()
    posts = [k for k, row in enumerate(town.rows) if row.verb == "post"]
    for k in range(FEWEST_ACTS - 1):
        town.act("x:few", "repost", posts[k * 7], seconds=20)
    for k in range(FEWEST_ACTS):
        town.act("x:enough", "repost", posts[k * 7], seconds=20)
    town.rows.append(Activity(activity_id="x:r", platform="x", verb="react", actor_id="x:silent"))
    rows = {row["account_id"]: row for row in kinds_of(town.rows).kinds.to_pylist()}
    assert (rows["x:few"]["kind_as_influenced"], rows["x:few"]["best_influenced"]) == (UNDETERMINED, "consumer")
    assert rows["x:enough"]["kind_as_influenced"] == "consumer"
    assert (rows["x:silent"]["kind_as_influenced"], rows["x:silent"]["n_acts"]) == (UNDETERMINED, 0)


@settings(deadline=None, max_examples=10)
@for_any(st.sampled_from(["repost", "post", "reply", "quote"]))
def test_a_study_of_one_verb_gives_a_result(verb):
    town = Town(has_times=False)
    for k in range(60):
        town.act(
            f"x:{k % 25}", "post" if k < 25 or verb == "post" else verb, None if verb == "post" or k < 25 else k % 25
        )
    keeps_its_laws(kinds_of(town.rows, group_of("x:0", "x:1")))

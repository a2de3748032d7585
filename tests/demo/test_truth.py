"""The truth tables against slow and obvious countings of the same acts, and of the files themselves."""

import csv
import json
from collections import Counter

import numpy as np
import pyarrow.parquet as pq
import pytest

from ascendant.demo.truth import STANDINGS, acts_table, standing_of


@pytest.fixture(scope="module")
def acts(written):
    return pq.read_table(written.truth / "acts.parquet").to_pylist()


@pytest.fixture(scope="module")
def accounts(written):
    return {row["account_id"]: row for row in pq.read_table(written.truth / "accounts.parquet").to_pylist()}


def test_parents_roots_and_objects_are_acts_of_the_table(acts):
    by_id = {act["act_id"]: act for act in acts}
    assert len(by_id) == len(acts)
    for act in acts:
        for column in ("parent_id", "object_id"):
            other = by_id.get(act[column])
            assert (other is None) == (act[column] is None)
            assert other is None or other["happened_at"] < act["happened_at"]
        parent = by_id.get(act["parent_id"])
        assert act["parent_author_id"] == (parent and parent["account_id"])
        root = by_id[act["root_id"]]
        assert root["account_id"] == act["root_author_id"]
        assert act["root_id"] == (by_id[act["parent_id"]]["root_id"] if parent else act["act_id"])


def test_the_counts_of_an_account_are_those_of_its_acts(acts, accounts):
    here = [act for act in acts if act["is_in_window"]]
    counts = {
        "n_acts_world": Counter(act["account_id"] for act in here if act["is_act"]),
        "n_named_world": Counter(act["account_id"] for act in here if act["named"]),
        "n_named_by_others_world": Counter(act["named_author_id"] for act in here if act["named"]),
        "n_moved_world": Counter(act["account_id"] for act in here if act["cause"] == "influence"),
        "n_moved_by_it_world": Counter(act["parent_author_id"] for act in here if act["cause"] == "influence"),
    }
    for name, count in counts.items():
        assert count.total() > 100
        assert {account: row[name] for account, row in accounts.items() if row[name]} == dict(count)


def named_in_files(written):
    """Per platform: act -> the act that its own file says it passes on or answers, None for a post."""
    found = {}
    for line in written.posts[0].read_text(encoding="utf-8").splitlines():
        for post in json.loads(line)["data"]:
            references = post.get("referenced_tweets") or [{"id": None}]
            found[f"x:{post['id']}"] = references[0]["id"] and f"x:{references[0]['id']}"
    for path, platform, key, columns in (
        (written.posts[1], "facebook", "id", ("shared_post_id",)),
        (written.posts[2], "linkedin", "post_id", ("reshared_post_id", "parent_post_id")),
    ):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                named = next((row[column] for column in columns if row[column]), None)
                found[f"{platform}:{row[key]}"] = named and f"{platform}:{named}"
    return found


def test_the_files_hold_the_collected_acts_and_name_what_the_truth_says(written, acts):
    in_files = named_in_files(written)
    collected = {act["act_id"]: act["object_id"] for act in acts if act["is_collected"]}
    assert in_files == collected
    assert written.n_collected == len(collected) > 3000
    # Named is exactly what names somebody else in the file, but for turns of a conversation.
    author = {act["act_id"]: act["account_id"] for act in acts}
    for act in acts:
        if act["is_collected"] and act["cause"] != "conversation":
            named = in_files[act["act_id"]]
            assert act["named"] == (named is not None and act["named_author_id"] != act["account_id"])
            if act["named"] and act["verb"] == "reply":
                assert act["named_author_id"] == author[named]


def test_ties_carry_what_moved_over_them(written, acts):
    ties = pq.read_table(written.truth / "ties.parquet").to_pylist()
    moved = Counter(
        (act["parent_author_id"], act["account_id"])
        for act in acts
        if act["cause"] == "influence" and act["is_in_window"]
    )
    told = {(tie["source_id"], tie["target_id"]): tie["n_moved_by_pair"] for tie in ties}
    assert {pair: n for pair, n in told.items() if n} == dict(moved)
    assert all(0 < tie["pull"] <= 0.5 for tie in ties)
    hidden = {(tie["source_id"], tie["target_id"]) for tie in ties if tie["is_hidden"]}
    shown = {(tie["source_id"], tie["target_id"]) for tie in ties if not tie["is_hidden"]}
    for act in acts:
        pair = (act["parent_author_id"], act["account_id"])
        if act["cause"] == "influence" and pair in hidden - shown:
            assert act["verb"] == "post", "a hidden tie never shows as a link"


def test_an_account_has_one_kind_and_group_members_are_causes(accounts):
    for row in accounts.values():
        assert (row["kind_as_influencer"] is None) != (row["kind_as_influenced"] is None)
        assert (row["group"] is not None) == (row["kind_as_influencer"] == "cause")
        assert row["is_relay"] == (row["kind_as_influenced"] == "relay") == (row["relays_for"] is not None)
        assert not row["is_coordinated"] or row["group"] is not None
    kinds = Counter(row["kind_as_influencer"] or row["kind_as_influenced"] for row in accounts.values())
    assert kinds.keys() == {"company", "cause", "individual", "media", "institution", "target", "consumer", "relay"}
    persons = Counter(row["person"] for row in accounts.values())
    assert max(persons.values()) in (2, 3), "some have accounts on several platforms"


def test_standing_has_the_limits_of_the_definition():
    third = 1 / 3
    share = np.array([third, third, 0.9, 0.1, 0.2, 0.0, 0.3])
    rate = np.array([0.0, third, 5.0, third, 0.1, 0.0, 0.32])
    said = [STANDINGS[place] for place in standing_of(share, rate)]
    assert said == ["influenced", "both", "both", "influencer", "influenced", "influenced", "influencer"]


def test_what_is_written_about_the_world_is_enough_to_make_it_again(written, world):
    about = json.loads((written.truth / "world.json").read_text(encoding="utf-8"))
    from ascendant.demo.make import make_world
    from ascendant.demo.options import WorldOptions
    from ascendant.demo.prior import WorldParameters

    again = make_world(WorldOptions(**about["options"]), WorldParameters(**about["parameters"]))
    assert acts_table(again).equals(acts_table(world))

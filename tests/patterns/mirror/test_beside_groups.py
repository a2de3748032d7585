"""An owner's two accounts are one person, and a repost found by its words has the post's time."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa

from ascendant.infer.named import NAMED_BY
from ascendant.patterns.mirror.beside_groups import of_others, with_posts
from ascendant.patterns.mirror.reposts import FOUND

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
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


FOUND_ONE = pa.table([["x:1"], ["x:item"]], schema=FOUND)


def test_a_group_of_the_owner_s_own_accounts_is_no_group():
    mine = pa.chunked_array([["x:me", "facebook:me"]])
    assert of_others(MEMBERS, mine)["account_id"].to_pylist() == ["x:g1", "x:g2"]
    alone = pa.chunked_array([["x:me"]])
    assert of_others(MEMBERS, alone).num_rows == 4


def test_a_repost_found_by_its_words_has_the_item_and_its_delay_and_others_stay_unknown():
    first, second = with_posts(Known(), named(), FOUND_ONE, MEMBERS).to_pylist()
    assert (first["object_id"], first["delay_seconds"]) == ("x:item", 3600)
    assert (second["object_id"], second["delay_seconds"]) == (None, None)


def test_what_the_files_say_themselves_is_kept_and_no_delay_is_negative():
    said = named(object_id="x:said", object_at=START, delay_seconds=0)
    assert with_posts(Known(), said, FOUND_ONE, MEMBERS).equals(said)
    [first, _] = with_posts(Known(hours=-1), named(), FOUND_ONE, MEMBERS).to_pylist()
    assert first["delay_seconds"] is None


def test_posts_of_nobody_in_a_group_change_nothing():
    table = named()
    assert with_posts(Known("x:else"), table, FOUND_ONE, MEMBERS) is table
    assert with_posts(Known(), table, FOUND.empty_table(), MEMBERS) is table

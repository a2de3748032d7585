"""One invented story in every form: nine posts of three accounts, with the traps of FORMATS.md planted in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ascendant.activity import Account, Activity
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.readers import known_readers
from ascendant.read.x_posts import READER
from ascendant.testing import check_reader

SAMPLES = Path(__file__).resolve().parents[1] / "exports" / "x_posts"
ALL = sorted(path.name for path in SAMPLES.iterdir())
POSTS = [name for name in ALL if "users" not in name]
STORY = "api_v1.jsonl"

SAME = (
    "verb actor_id object_id object_author_id relay text lang urls hashtags mentions happened_at platform direction"
).split()
ACCOUNT_SAME = "handle name bio url followers following created_at verified declared_kind".split()

# What a form does not know. (column, how its value follows from the story's)
BO, ANA, CY = "x:40438998", "x:1730000000000000101", "x:1690000000000000303"
HASHED = "x:q1Zt8bYc+4m2rX0vN7uLw/5sKpD3eJhGfAi6oTzCB9U="
HANDLES = {BO: "x:@bo_lille", ANA: "x:@anariviere", CY: "x:@cyclesdumont"}
P1, P2, P3, P5, P6, P7 = (
    f"x:{key}"
    for key in (
        "2028523247498166273",
        "2028525009105846274",
        "2028526015738806275",
        "2028528029004726277",
        "2028529035637686278",
        "2028531048903606279",
    )
)


def rows(name: str) -> dict[str, Activity]:
    items = READER.read(Export.at(SAMPLES / name), ReadOptions())
    return {item.activity_id: item for item in items if isinstance(item, Activity) and item.verb != "ad_view"}


def accounts(name: str) -> dict[str, Account]:
    items = READER.read(Export.at(SAMPLES / name), ReadOptions())
    return {item.account_id: item for item in items if isinstance(item, Account)}


def expected(name: str, act: Activity, column: str) -> object:
    """The story's value, less what the form cannot tell."""
    value = getattr(act, column)
    by_handle = name.startswith("four_cat")
    if column == "urls" and act.activity_id == P6 and (by_handle or name in ("twarc_csv.csv", "release.csv")):
        # the table does not tell that what was reposted is itself a quote: the link stays a link
        return (f"https://twitter.com/AnaRiviere/status/{P1[2:]}",)
    if column == "mentions" and value and (by_handle or name == "twarc_csv.csv"):
        return tuple(one if by_handle and one == act.actor_id else HANDLES[one] for one in value)
    if by_handle:
        if column == "object_author_id" and value and value != act.actor_id:
            return HANDLES[value]
        if column == "object_id" and act.verb != "quote":
            return None  # of a quote, the address is among the links
    if name == "release.csv":
        if column in ("actor_id", "object_author_id") and act.verb == "quote" and column == "object_author_id":
            return HANDLES[value]
        if column in ("actor_id", "object_author_id"):
            return HASHED if value == BO else value
        if column == "mentions" and value:
            return tuple(HASHED if one == BO else one for one in value)
        if column == "happened_at":
            return value // 60_000_000 * 60_000_000
        if column == "text" and act.activity_id == P2:
            return value[:123] + "…"
    return value


@pytest.mark.parametrize("name", ALL)
def test_every_promise_of_a_reader_is_kept(name):
    check_reader(READER, SAMPLES / name)


@pytest.mark.parametrize("name", POSTS)
def test_the_same_story_is_read_from_every_form(name):
    story, found = rows(STORY), rows(name)
    assert found.keys() == story.keys()
    told = {(key, column): getattr(found[key], column) for key in story for column in SAME}
    assert told == {(key, column): expected(name, story[key], column) for key in story for column in SAME}


@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith(("four_cat", "release"))])
def test_the_same_accounts_are_read_from_every_form_that_describes_them(name):
    told = {key: [getattr(one, column) for column in ACCOUNT_SAME] for key, one in accounts(name).items()}
    story = {key: [getattr(one, column) for column in ACCOUNT_SAME] for key, one in accounts(STORY).items()}
    assert told == story


@pytest.mark.parametrize("name", ALL)
def test_no_other_reader_claims_the_file(name):
    export = Export.at(SAMPLES / name)
    assert [r.name for r in known_readers().values() if r.recognises(export, ReadOptions())] == ["x_posts"]


def test_the_story_is_told_as_it_was_invented():
    story = rows(STORY)
    told = {key: (act.verb, act.object_id, act.object_author_id, act.relay) for key, act in story.items()}
    assert told[P2] == ("repost", P1, ANA, "pure")
    assert told[P3] == ("quote", P1, ANA, "quote")
    assert told[P5] == ("reply", P1, ANA, None), "going on with one's own thread stays a reply"
    assert told[P6] == ("repost", P3, CY, "pure"), "the object of a repost of a quote is the quote"
    assert told[P7] == ("quote", P3, CY, "quote"), "inside a reply to oneself, quoting somebody is what counts"
    reply, mention = list(story.values())[-2:]
    assert (reply.verb, reply.object_author_id, reply.urls) == (
        "reply",
        ANA,
        (f"https://twitter.com/CyclesDumont/status/{P3[2:]}",),
    )
    assert (mention.verb, mention.object_id, mention.mentions) == ("post", None, (CY,))
    assert (mention.hashtags, mention.lang) == (None, None), "#1 is no hashtag, und is no language"


def test_a_repost_carries_the_whole_words_of_its_original():
    for name in POSTS:
        if name != "release.csv":  # the original is not in that table: its words break off, and the row says so
            found = rows(name)
            assert found[P2].text == found[P1].text
            assert found[P2].missing is None or "text" not in found[P2].missing
    cut = rows("release.csv")[P2]
    assert cut.text is not None
    assert not cut.text.startswith("RT @")
    assert cut.missing == ("text",)


def test_counts_stand_on_the_original_and_never_on_its_repost():
    for name in POSTS:
        found = rows(name)
        assert found[P2].metrics is None
        assert found[P1].metrics is not None
        assert (found[P1].metrics.likes, found[P1].metrics.reposts) == (41, 9)


def test_what_a_table_does_not_name_is_said_to_be_missing():
    for name in ("four_cat_v2.csv", "four_cat_zeeschuimer.csv"):
        found = rows(name)
        assert found[P2].missing == ("object_id",)
        assert found[P5].object_author_id == found[P5].actor_id, "a reply to one's own handle is one to oneself"


def test_conversations_and_times_of_collection_are_kept_where_they_are_told():
    for name in POSTS:
        act = rows(name)[P5]
        told = name.startswith(("api_v2", "twarc", "four_cat", "zeeschuimer"))
        assert act.thread_id == (P1 if told else None)
        assert (act.collected_at is not None) == (not name.startswith(("api_v1", "four_cat", "release")))
        assert act.time_basis == {"four": "epoch", "mine": "epoch", "gazo": "epoch", "rele": "assumed_utc"}.get(
            name[:4], "explicit"
        )
        assert act.time_precision == ("min" if name == "release.csv" else "s")

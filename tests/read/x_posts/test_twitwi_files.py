"""Real payloads against the normalisation that twitwi's authors expect of them.

Every post is compared in author, time, relation, root author, links, hashtags and mentions. Each difference stands in
`twitwi_differences.tsv` with its reason, and each reason is checked on the case: a difference that is not listed,
is no longer there, or is not explained by its reason fails.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from ascendant.activity import Activity
from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.x_posts import READER, api_v1

PAGES = ("payload-v2", "payload-v2-tweet-retweet", "payload-v2-geo", "payload-v2-video", "payload-v2-singletweet")
EXPECTATIONS = {
    "normalized-tweets-v2.json": PAGES,
    "normalized-tweets-v2-all.json": PAGES,
    "normalized-alternative-payload.json": ("alternative-payload-v2",),
}
PAIRS = ("normalization.json", "normalization-no-api-key.json")
N_COMPARED = {
    "normalization.json": 13,
    "normalization-no-api-key.json": 5,
    "normalized-tweets-v2.json": 20,
    "normalized-tweets-v2-all.json": 24,
    "normalized-alternative-payload.json": 157,
}


class Case(NamedTuple):
    """One post: our row, our rows beside it, what twitwi expects, and which posts X says that it refers to."""

    act: Activity
    rows: dict[str, Activity]
    theirs: dict[str, Any]
    references: set[str]


class Difference(NamedTuple):
    field: str
    ours: Any
    theirs: Any


def _refers(post: dict[str, Any]) -> set[str]:
    named = {one["id"] for one in post.get("referenced_tweets", [])}
    return named | {post[key] for key in ("in_reply_to_status_id_str", "quoted_status_id_str") if post.get(key)}


def cases_of(expectation: str, research: Path, read: Callable[..., Any]) -> list[Case]:
    folder = research / "twitwi"
    if expectation in PAIRS:
        found = []
        for pair in json.loads((folder / expectation).read_bytes()):
            facts = api_v1.read(json.dumps(pair["source"]).encode(), "item 1")
            assert isinstance(facts, list)
            rows = {fact.activity_id: fact for fact in facts if isinstance(fact, Activity)}
            found += [Case(rows[f"x:{n['id']}"], rows, n, _refers(pair["source"])) for n in pair["normalized"]]
        return found
    rows, references = {}, {}
    for page in EXPECTATIONS[expectation]:
        path = folder / f"{page}.json"
        rows |= read(path).by_id
        payload = json.loads(path.read_bytes())
        data = payload["data"] if isinstance(payload["data"], list) else [payload["data"]]
        references |= {post["id"]: _refers(post) for post in [*data, *payload["includes"].get("tweets", [])]}
    expected = json.loads((folder / expectation).read_bytes())
    return [Case(rows[f"x:{n['id']}"], rows, n, references[n["id"]]) for n in expected]


def relation_of(theirs: dict[str, Any]) -> tuple[str, str | None, str | None]:
    for verb, key, author in (
        ("repost", "retweeted_id", "retweeted_user_id"),
        ("reply", "to_tweetid", "to_userid"),
        ("quote", "quoted_id", "quoted_user_id"),
    ):
        if theirs.get(key):
            return verb, f"x:{theirs[key]}", f"x:{theirs[author]}" if theirs.get(author) else None
    return "post", None, None


def differences(case: Case) -> list[Difference]:
    act, theirs = case.act, case.theirs
    verb, object_id, root_author = relation_of(theirs)
    compared = (
        Difference("author", act.actor_id, f"x:{theirs['user_id']}"),
        Difference("time", act.happened_at, int(theirs["timestamp_utc"]) * 1_000_000),
        Difference("relation", (act.verb, act.object_id), (verb, object_id)),
        Difference("root author", act.object_author_id, root_author),
        Difference("links", set(act.urls or ()), set(theirs["links"])),
        Difference("hashtags", set(act.hashtags or ()), set(theirs["hashtags"])),
        Difference("mentions", set(act.mentions or ()), {f"x:{key}" for key in theirs["mentioned_ids"]}),
    )
    return [one for one in compared if one.ours != one.theirs]


def _lists(act: Activity, field: str) -> set[str]:
    return set({"links": act.urls, "hashtags": act.hashtags, "mentions": act.mentions}[field] or ())


def _repost(case: Case, one: Difference) -> bool:
    root = case.rows[case.act.object_id or ""]
    if one.ours != _lists(root, one.field):
        return False
    lower = {name.lower() for name in one.theirs}
    return one.field == "links" or lower - {root.actor_id} <= one.ours


def _quoted_lists(case: Case, one: Difference) -> bool:
    quoted = case.rows[case.act.object_id or ""]
    return one.ours < one.theirs <= one.ours | _lists(quoted, one.field) | {quoted.actor_id}


def _plain(url: str) -> str:
    return unquote(url).partition("?")[0].rstrip("/")


def _left_out(one: Difference, pattern: str) -> bool:
    gone = one.theirs - one.ours
    return one.ours < one.theirs and all(re.search(pattern, url) for url in gone)


REASONS: dict[str, tuple[str, Callable[[Case, Difference], bool]]] = {
    "repost": (
        "the links, hashtags and mentions of a repost are its original's: twitwi lists those of the cut `RT @` text,"
        " where whom it reposts counts as a mention, and what was cut off is lost",
        lambda case, one: case.act.verb == "repost" and _repost(case, one),
    ),
    "quoted lists": (
        "twitwi adds the quoted post's hashtags, mentions and author to those of the post that quotes it",
        lambda case, one: case.act.verb == "quote" and _quoted_lists(case, one),
    ),
    "thread that quotes": (
        "a reply to oneself that quotes somebody is a quote here, a reply in twitwi",
        lambda case, one: (
            case.act.verb == "quote"
            and one.field in ("relation", "root author")
            and case.theirs["to_userid"] == case.theirs["user_id"]
        ),
    ),
    "answered": (
        "X says which post is answered; twitwi leaves it out of posts that it met inside others",
        lambda case, one: (
            case.act.verb == "reply"
            and not case.theirs.get("to_tweetid")
            and (case.act.object_id or "")[2:] in case.references
        ),
    ),
    "quoted author": (
        "the quoted post is not in the payload: its author is named by its address or among the mentions",
        lambda case, one: case.act.verb == "quote" and one.ours is not None and one.theirs is None,
    ),
    "own address": (
        "the address of the post itself, which X puts where it cut the text, is no link",
        lambda case, one: _left_out(one, rf"/i/web/status/{case.theirs['id']}$"),
    ),
    "own media": (
        "the address of the post's own picture or film is no link (twitwi leaves it out in v1.1, keeps it in v2)",
        lambda case, one: _left_out(one, rf"/status/{case.theirs['id']}/(photo|video)/\d$"),
    ),
    "quoted address": (
        "the address of the quoted post is the relation, no link (twitwi keeps it where the quoted post is absent)",
        lambda case, one: _left_out(one, rf"/status/{(case.act.object_id or '')[2:]}$"),
    ),
    "shortened": (
        "twitwi rewrites addresses (no last slash, no tracking parameters); here they stay as X expanded them",
        lambda case, one: {_plain(url) for url in one.ours} == {_plain(url) for url in one.theirs},
    ),
    "case": (
        "hashtags are lower case here; in twitwi in v1.1 only",
        lambda case, one: one.ours == {tag.lower() for tag in one.theirs},
    ),
}


def listed(expectation: str) -> dict[tuple[str, str], str]:
    with Path(__file__).with_name("twitwi_differences.tsv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t") if row["expectation"] == expectation]
    return {(row["post"], row["field"]): row["reason"] for row in rows}


@pytest.mark.parametrize("expectation", N_COMPARED)
def test_each_difference_from_the_expected_normalisation_is_listed_with_its_reason(expectation, research, read):
    cases = cases_of(expectation, research, read)
    known = listed(expectation)
    found = {(case.theirs["id"], one.field): (case, one) for case in cases for one in differences(case)}
    assert len(cases) == N_COMPARED[expectation]
    assert found.keys() - known.keys() == set(), "differences that are not listed"
    assert known.keys() - found.keys() == set(), "listed differences that are no longer there"
    unexplained = {key: known[key] for key, (case, one) in found.items() if not REASONS[known[key]][1](case, one)}
    assert unexplained == {}


def test_every_listed_reason_is_used():
    assert {reason for expectation in N_COMPARED for reason in listed(expectation).values()} == REASONS.keys()


def test_author_and_time_never_differ():
    fields = {field for expectation in N_COMPARED for _, field in listed(expectation)}
    assert fields == {"relation", "root author", "links", "hashtags", "mentions"}


def _unlinked(text: str) -> str:
    return re.sub(r" https://t.co/\w+$", "", text)


def test_one_post_is_the_same_from_search_show_and_stream(research, read):
    """Except that streams leave the address of the quoted post out of the words."""
    columns = ("activity_id", "verb", "actor_id", "object_id", "object_author_id", "happened_at", "urls", "mentions")
    told = []
    for source in ("search", "show", "stream"):
        acts = read(research / "twitwi" / f"normalization-payload-{source}.json").acts
        assert [act.verb for act in acts] == ["repost", "quote", "post"]
        told.append(
            [[*(getattr(act, c) for c in columns), re.sub(r" https://t.co/\w+$", "", act.text)] for act in acts]
        )
    assert told[0] == told[1] == told[2]


def test_the_words_of_every_repost_are_those_of_its_original(research, read):
    n_reposts = 0
    for page in ("alternative-payload-v2", *PAGES):
        rows = read(research / "twitwi" / f"{page}.json").by_id
        for act in rows.values():
            if act.verb == "repost":
                assert act.text == rows[act.object_id].text
                n_reposts += 1
    assert n_reposts == 73 + 11


def test_exported_tables_and_records_of_minet_tell_the_same(research, read):
    table, lines = read(research / "twitwi" / "tweet-export.csv"), read(research / "twitwi" / "tweet-export.jsonl")
    columns = ("activity_id", "verb", "actor_id", "object_id", "object_author_id", "happened_at", "text", "hashtags")
    told = [[[getattr(act, column) for column in columns] for act in found.acts] for found in (table, lines)]
    assert told[0] == told[1]
    assert [act.verb for act in table.acts] == ["reply", "reply", "quote", "repost"]
    assert table.rejects == lines.rejects == []


def test_users_of_api_v1_are_accounts(research, read):
    found = read(research / "twitwi" / "api-users-v1.json")
    expected = json.loads((research / "twitwi" / "normalized-users.json").read_bytes())
    told = [(a.account_id, a.handle, a.name, a.followers, a.following, a.created_at, a.url) for a in found.accounts]
    assert told == [
        (
            f"x:{u['id']}",
            u["screen_name"],
            u["name"],
            u["followers"],
            u["friends"],
            u["timestamp_utc"] * 10**6,
            u["url"],
        )
        for u in expected
    ]
    assert (found.acts, found.rejects) == ([], [])


@pytest.mark.parametrize(
    "prefix", ["bluesky", "normalization-no-api-key", "normalized-users", "user-export", "LICENSE"]
)
def test_files_of_others_are_not_claimed(prefix, research):
    paths = [path for path in (research / "twitwi").iterdir() if path.name.startswith(prefix)]
    assert paths
    assert [path.name for path in paths if READER.recognises(Export.at(path), ReadOptions())] == []

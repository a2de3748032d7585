"""X's own pages: what JavaScript rounded, what is promoted or withheld, and layouts that came and went."""

from __future__ import annotations

import json
from pathlib import Path

from ascendant.read.x_posts.refusals import UNAVAILABLE

SAMPLES = Path(__file__).resolve().parents[1] / "exports" / "x_posts"
JACK = {"result": {"rest_id": "12", "legacy": {"screen_name": "Jack"}}}
LEGACY = {"id_str": "1830000000000000001", "full_text": "words", "user_id_str": "12"}
POST = {"rest_id": "1830000000000000001", "core": {"user_results": JACK}, "legacy": LEGACY}


def test_the_number_that_javascript_rounded_is_never_an_id(read):
    lines = [json.loads(line) for line in (SAMPLES / "zeeschuimer.ndjson").read_text(encoding="utf-8").splitlines()]
    rounded = {f"x:{line['data']['id']}" for line in lines}
    ids = read(SAMPLES / "zeeschuimer.ndjson").by_id.keys()
    assert rounded.isdisjoint(ids)
    assert ids == {f"x:{line['data']['rest_id']}" for line in lines}


def test_a_promoted_post_is_its_author_s_post_and_an_advertisement_that_somebody_saw(read):
    found = read([{"timestamp_collected": 1772524800123, "data": {**POST, "promoted": True}}])
    post, view = found.acts
    assert (post.verb, post.direction, post.actor_id) == ("post", "third", "x:12")
    assert (view.verb, view.direction, view.object_id, view.ad.advertiser) == (
        "ad_view",
        "to_me",
        post.activity_id,
        "x:12",
    )
    assert view.happened_at == post.collected_at == 1772524800123000
    assert post.happened_at != view.happened_at
    again = read([{"timestamp_collected": 1772524800124, "data": {**POST, "promoted": True}}]).acts[1]
    assert again.activity_id != view.activity_id, "each time it is shown is a view"


def test_a_post_that_x_did_not_show_is_refused_by_that_name(read):
    found = read([POST, {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "secret"}}, "rest_id": "5"}])
    assert [(reject.pointer, reject.reason, reject.detail) for reject in found.rejects] == [("line 2", UNAVAILABLE, "")]


def test_a_repost_of_a_post_that_x_did_not_show_names_its_author_by_the_words(read):
    gone = {"result": {"__typename": "TweetTombstone", "tombstone": {}}}
    mention = {"user_mentions": [{"screen_name": "biz", "id_str": "13"}]}
    legacy = {**LEGACY, "full_text": "RT @Biz: cut…", "retweeted_status_result": gone, "entities": mention}
    act = read([{**POST, "legacy": legacy}]).only
    assert (act.verb, act.object_id, act.object_author_id, act.text) == ("repost", None, "x:13", "cut…")
    assert act.missing == ("text", "object_id")


def test_a_quote_of_a_post_that_x_did_not_show_keeps_its_id(read):
    address = {"expanded": "https://twitter.com/Biz/status/55"}
    legacy = {**LEGACY, "quoted_status_id_str": "55", "quoted_status_permalink": address}
    for box in ({}, {"result": {"__typename": "TweetTombstone"}}):
        act = read([{**POST, "legacy": legacy, "quoted_status_result": box}]).only
        assert (act.verb, act.object_id, act.object_author_id) == ("quote", "x:55", "x:@biz")


def test_a_post_of_restricted_visibility_stands_one_level_deeper(read):
    restricted = {"__typename": "TweetWithVisibilityResults", "rest_id": None, "tweet": POST}
    line = {"nav_index": "1:2:0", "source_platform": "x.com", "data": {**restricted, "legacy": None}}
    found = read([json.dumps({"data": POST}), line])
    assert [act.activity_id for act in found.acts] == ["x:1830000000000000001"] * 2


def test_posts_of_older_pages_are_read(read):
    user = {"id_str": "12", "screen_name": "Jack", "followers_count": 5}
    found = read([{"type": "adaptive", "id": 1830000000000000000, "legacy": LEGACY, "user": user}])
    assert (found.only.activity_id, found.only.actor_id) == ("x:1830000000000000001", "x:12")
    assert found.accounts[0].followers == 5


def test_views_and_the_moment_of_collection_are_kept(read):
    found = read(SAMPLES / "zeeschuimer_4cat.ndjson")
    first = found.acts[0]
    assert (first.metrics.views, first.collected_at) == (1041, 1772524800123000)
    assert found.accounts[0].collected_at == 1772524800123000
    assert [act.thread_id for act in found.acts].count(first.thread_id) >= 4

"""API v1.1: ids, relations, words, links and accounts where records are old, cut or incomplete."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.activity import Activity
from ascendant.read.x_posts import api_v1

JACK = {"id": 12, "id_str": "12", "screen_name": "Jack", "name": "jack"}
BIZ = {"id": 13, "id_str": "13", "screen_name": "Biz", "followers_count": 7, "friends_count": 8}
ROOT = {"id_str": "1050118621198920000", "full_text": "original words", "user": BIZ, "lang": "en", "retweet_count": 3}
POST = {"id_str": "1050118621198921728", "full_text": "words", "user": JACK}


@given(st.integers(1, 2**63 - 1))
def test_ids_stay_exact_to_the_last_digit(number):
    for fields in ({"id_str": str(number), "id": int(float(number))}, {"id": number}):
        line = api_v1_line({**POST, "id_str": None, "created_at": "2018-10-10T20:19:24.000Z", **fields})
        (act, _) = api_v1.read(line, "line 1")
        assert isinstance(act, Activity)
        assert act.activity_id == f"x:{number}"


def api_v1_line(post):
    import json

    return json.dumps(post).encode()


def test_numeric_ids_are_used_only_where_there_are_no_others(read):
    reply = {"in_reply_to_status_id": 1050118621198920001, "in_reply_to_user_id": 1050118621198920003}
    assert read([{**POST, **reply}]).only.object_id == "x:1050118621198920001"
    rounded = {**reply, "in_reply_to_status_id_str": "1050118621198920009", "in_reply_to_user_id_str": "99"}
    act = read([{**POST, **rounded}]).only
    assert (act.object_id, act.object_author_id) == ("x:1050118621198920009", "x:99")


def test_a_repost_has_the_words_lists_and_language_of_its_original(read):
    root = {
        **ROOT,
        "entities": {"hashtags": [{"text": "Été"}], "user_mentions": [{"screen_name": "ev", "id_str": "20"}]},
    }
    cut = {
        "entities": {"user_mentions": [{"screen_name": "Biz", "id_str": "13"}]},
        "full_text": "RT @Biz: original wo…",
    }
    found = read([{**POST, **cut, "lang": "und", "retweet_count": 3, "retweeted_status": root}])
    repost, original = found.acts
    assert (repost.text, repost.lang, repost.hashtags, repost.mentions) == ("original words", "en", ("été",), ("x:20",))
    assert (original.source_pointer, original.metrics.reposts) == ("line 1/retweeted_status", 3)
    assert repost.metrics is None


def test_the_words_of_a_streamed_original_are_taken_whole(read):
    root = {
        **ROOT,
        "full_text": None,
        "text": "original wo…",
        "extended_tweet": {"full_text": "original words &amp; more"},
    }
    assert [act.text for act in read([{**POST, "retweeted_status": root}]).acts] == ["original words & more"] * 2


def test_what_a_repost_quotes_is_read_once_wherever_it_stands(read):
    quoted = {**ROOT, "id_str": "1050118621198910000"}
    inside = {**POST, "retweeted_status": {**ROOT, "quoted_status": quoted}, "quoted_status": quoted}
    outside = {**POST, "retweeted_status": {**ROOT, "quoted_status_id_str": quoted["id_str"]}, "quoted_status": quoted}
    for post in (inside, outside):
        acts = read([post]).acts
        assert [act.verb for act in acts] == ["repost", "quote", "post"]
        assert acts[0].object_id == acts[1].activity_id
        assert acts[1].object_id == acts[2].activity_id


def test_a_quote_whose_original_is_gone_names_its_author_by_the_address(read):
    gone = {"quoted_status_id_str": "55", "quoted_status_permalink": {"expanded": "https://twitter.com/Ev/status/55"}}
    act = read([{**POST, **gone}]).only
    assert (act.verb, act.object_id, act.object_author_id, act.missing) == ("quote", "x:55", "x:@ev", None)
    act = read([{**POST, "quoted_status_id_str": "55"}]).only
    assert (act.object_author_id, act.missing) == (None, ("object_author_id",))


def test_links_are_expanded_and_the_post_s_own_addresses_left_out(read):
    urls = [
        {"url": "https://t.co/1", "expanded_url": "https://bit.ly/1", "unwound": {"url": "https://news.example/1"}},
        {"url": "https://t.co/2", "expanded_url": "https://news.example/2"},
        {"url": "https://t.co/3", "expanded_url": None},
        {"url": "https://t.co/2", "expanded_url": "https://news.example/2"},
        {"url": "https://t.co/4", "expanded_url": f"https://twitter.com/i/web/status/{POST['id_str']}"},
        {"url": "https://t.co/5", "expanded_url": "https://twitter.com/Ev/status/55?s=20"},
        {"url": "https://t.co/6", "expanded_url": "https://twitter.com/Ev/status/555"},
    ]
    act = read([{**POST, "entities": {"urls": urls}, "quoted_status_id_str": "55"}]).only
    assert act.urls == (
        "https://news.example/1",
        "https://news.example/2",
        "https://t.co/3",
        "https://twitter.com/Ev/status/555",
    )
    assert act.object_author_id == "x:@ev"


@pytest.mark.parametrize(
    ("mention", "account"), [({"id_str": "-1"}, "x:@ev"), ({"id": None}, "x:@ev"), ({"id": 20}, "x:20")]
)
def test_a_mention_without_an_id_is_known_by_its_handle_in_lower_case(mention, account, read):
    entities = {"user_mentions": [{"screen_name": "Ev", **mention}]}
    assert read([{**POST, "entities": entities}]).only.mentions == (account,)


def test_words_are_unescaped_once(read):
    assert read([{**POST, "full_text": "a &amp;amp; b &lt;c&gt; &quot;"}]).only.text == 'a &amp; b <c> "'


def test_an_account_of_which_only_the_id_is_known_is_no_account_row(read):
    found = read([{**POST, "user": {"id_str": "12"}}])
    assert (found.only.actor_id, found.accounts) == ("x:12", [])


def test_a_post_without_author_says_so(read):
    act = read(
        [{key: value for key, value in POST.items() if key != "user"} | {"entities": {}, "favorite_count": 1}]
    ).only
    assert (act.actor_id, act.missing) == (None, ("actor_id",))


def test_accounts_without_names_do_not_collapse_into_one(read):
    nameless = [
        {**POST, "id_str": str(n), "created_at": "2018-10-10", "user": {"screen_name": "", "name": ""}} for n in (1, 2)
    ]
    found = read(nameless)
    assert [act.actor_id for act in found.acts] == [None, None]
    assert found.accounts == []


def test_a_time_that_is_not_written_is_derived_from_the_id(read):
    act = read([POST]).only
    assert (act.happened_at, act.time_basis, act.time_precision) == (1539202764211000, "derived_from_id", "ms")


def test_any_kind_of_verification_counts_and_only_declared_kinds_are_kept(read):
    marks = [
        {"verified": True},
        {"ext_is_blue_verified": True},
        {"verified_type": "Government"},
        {"verified": False},
        {},
    ]
    found = read([{**POST, "user": {**JACK, "id_str": str(n), **mark}} for n, mark in enumerate(marks, start=1)])
    assert [one.verified for one in found.accounts] == [True, True, True, False, None]
    assert [one.declared_kind for one in found.accounts] == [None, None, "government", None, None]


def test_notices_of_the_stream_are_counted_and_no_rejects(read):
    notices = [
        {"delete": {"status": {"id_str": "1"}}},
        {"limit": {"track": 5}},
        {"disconnect": {}},
        {"limit": {"track": 9}},
    ]
    found = read([POST, *notices])
    assert found.rejects == []
    assert [(one.rows_in, one.note) for one in found.coverage] == [(5, "delete: 1, disconnect: 1, limit: 2")]


def test_a_file_of_notices_only_is_known_and_read(read):
    found = read([{"limit": {"track": 5, "timestamp_ms": "1"}}])
    assert [(one.status, one.rows_in) for one in found.coverage] == [("parsed", 1)]

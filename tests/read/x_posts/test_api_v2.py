"""API v2: what a post refers to may be in the page, in its words, or nowhere."""

from __future__ import annotations

POST = {"id": "1380242611781386245", "text": "words", "author_id": "12", "conversation_id": "1380242611781386240"}
ROOT = {"id": "1380242611781386000", "text": "original words", "author_id": "13"}


def post(kind, **changes):
    return {**POST, "referenced_tweets": [{"type": kind, "id": ROOT["id"]}], **changes}


def test_a_reply_knows_whom_it_answers_even_when_the_post_is_gone(read):
    act = read([{"data": [post("replied_to", in_reply_to_user_id="13")], "errors": [{"resource_id": ROOT["id"]}]}]).only
    assert (act.verb, act.object_id, act.object_author_id) == ("reply", f"x:{ROOT['id']}", "x:13")
    assert (act.missing, act.thread_id) == (None, "x:1380242611781386240")


def test_an_author_that_nothing_names_is_said_to_be_missing(read):
    for kind, verb in (("replied_to", "reply"), ("quoted", "quote")):
        act = read([{"data": [post(kind)]}]).only
        assert (act.verb, act.object_author_id, act.missing) == (verb, None, ("object_author_id",))


def test_a_repost_whose_original_is_gone_keeps_its_words_without_the_mark_and_says_when_they_are_cut(read):
    mentions = {"mentions": [{"username": "Biz", "id": "13"}]}
    for text, words, missing in (
        ("RT @biz: short words", "short words", None),
        ("RT @biz: cut wor…", "cut wor…", ("text",)),
    ):
        act = read([{"data": [post("retweeted", text=text, entities=mentions)]}]).only
        assert (act.verb, act.object_author_id, act.text, act.missing) == ("repost", "x:13", words, missing)
    assert read([{"data": [post("retweeted", text="RT @Biz: a")]}]).only.object_author_id == "x:@biz"


def test_a_quote_whose_original_is_gone_is_known_by_its_address_and_the_accounts_of_the_page(read):
    urls = {"urls": [{"url": "https://t.co/1", "expanded_url": f"https://twitter.com/Biz/status/{ROOT['id']}"}]}
    data = [post("quoted", entities=urls)]
    act = read([{"data": data}]).only
    assert (act.object_author_id, act.urls) == ("x:@biz", None)
    users = [{"id": "13", "username": "biz", "created_at": "2006-03-22T00:00:00.000Z"}]
    assert read([{"data": data, "includes": {"users": users}}]).only.object_author_id == "x:13"


def test_a_mention_without_an_id_is_looked_up_among_the_accounts_of_the_page(read):
    mentioning = {**POST, "entities": {"mentions": [{"username": "BIZ"}, {"username": "Ev"}]}}
    users = [{"id": "13", "username": "Biz", "created_at": "2006-03-22T00:00:00.000Z"}]
    act = read([{"data": mentioning, "includes": {"users": users}}]).only
    assert act.mentions == ("x:13", "x:@ev")


def test_own_pictures_are_no_links_and_shortened_ones_are_unwound(read):
    urls = [
        {"expanded_url": "https://bit.ly/1", "unwound_url": "https://news.example/1"},
        {"expanded_url": "https://twitter.com/ev/status/5/photo/1", "media_key": "3_1"},
        {"expanded_url": "https://twitter.com/ev/status/5/video/1", "display_url": "pic.twitter.com/x"},
        {"expanded_url": f"https://twitter.com/jack/status/{POST['id']}/photo/1"},
        {"url": "https://t.co/2"},
    ]
    assert read([{"data": [{**POST, "entities": {"urls": urls}}]}]).only.urls == (
        "https://news.example/1",
        "https://t.co/2",
    )


def test_a_post_that_is_listed_and_included_is_read_once(read):
    found = read([{"data": [POST], "includes": {"tweets": [POST, ROOT]}}])
    assert [act.source_pointer for act in found.acts] == ["line 1/data/0", "line 1/includes/tweets/1"]
    assert found.coverage[0].rows_in == 1


def test_a_repost_of_a_quote_is_of_the_quote_and_leaves_the_quoted_address_out(read):
    address = f"https://twitter.com/ev/status/{ROOT['id']}"
    quote = post("quoted", id="1380242611781386100", entities={"urls": [{"expanded_url": address}]})
    repost = {**post("retweeted"), "referenced_tweets": [{"type": "retweeted", "id": quote["id"]}]}
    found = read([{"data": [repost], "includes": {"tweets": [quote, ROOT]}}])
    repost_row, quote_row, _ = found.acts
    assert (repost_row.object_id, repost_row.object_author_id) == ("x:1380242611781386100", "x:12")
    assert repost_row.urls is quote_row.urls is None
    assert quote_row.object_author_id == "x:13"


def test_users_are_accounts_and_their_pinned_posts_are_posts(read):
    user = {"id": "12", "username": "jack", "name": "jack", "verified": False, "pinned_tweet_id": POST["id"]}
    user |= {"public_metrics": {"followers_count": 5, "following_count": 6}, "verified_type": "blue"}
    found = read([{"data": [user, {**user, "id": "13", "verified_type": "none"}], "includes": {"tweets": [POST]}}])
    assert [(a.account_id, a.followers, a.following, a.verified) for a in found.accounts] == [
        ("x:12", 5, 6, True),
        ("x:13", 5, 6, False),
    ]
    assert found.only.actor_id == "x:12"
    assert found.coverage[0].rows_in == 2
    assert [a.handle for a in read([{**user, "__twarc": {}}]).accounts] == ["jack"], "flattened users, one a line"


def test_pages_that_list_no_post_are_notices(read):
    found = read([{"data": [POST]}, {"meta": {"result_count": 0}}, {"errors": [{"title": "Not Found Error"}]}])
    assert found.rejects == []
    assert found.coverage[0].note == "empty page: 1, errors: 1"


def test_an_included_post_that_is_answered_gives_its_author(read):
    act = read([{"data": [post("replied_to")], "includes": {"tweets": [ROOT]}}]).acts[0]
    assert act.object_author_id == "x:13"

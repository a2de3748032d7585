import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.x_archive.posts import LongTexts, Posts
from ascendant.read.x_archive.records import NoteCore, NoteLine, PostLine
from ascendant.read.x_archive.story import Owner, Place
from x_archives import ME, entities, found_in, post

HERE = Place("tweets.js", "item 1", 0, is_repaired=False)


def act(archive, **told):
    return found_in(archive({"tweets": [post(**told)]})).only


def answer(key, user, handle):
    return {
        "in_reply_to_status_id_str": key,
        "in_reply_to_status_id": key,
        "in_reply_to_user_id_str": user,
        "in_reply_to_user_id": user,
        "in_reply_to_screen_name": handle,
    }


def test_a_repost_is_known_by_its_text_since_retweeted_is_always_false(archive):
    told = act(
        archive, text="RT @Ana_B: Bonjour &amp; merci", entities=entities([("2002", "ana_b", 3)]), retweeted=False
    )
    assert (told.verb, told.relay, told.object_author_id) == ("repost", "pure", "x:2002")
    assert told.text == "Bonjour & merci"
    assert told.object_id is None
    assert told.missing == ("object_id",)


def test_words_of_a_repost_that_break_off_are_missing_words(archive):
    told = act(archive, text="RT @ana_b: " + "m" * 120 + "…", entities=entities([("2002", "ana_b", 3)]))
    assert "text" in told.missing
    whole = act(archive, text="Je pense que…")
    assert whole.missing is None


def test_the_author_of_a_repost_is_the_mention_at_its_fourth_sign_not_the_first_of_the_list(archive):
    mentions = entities([("7", "other", 30), ("2002", "ana_b", 3), ("8", "third", 40)])
    told = act(archive, text="RT @ana_b: avec @other et @third", entities=mentions)
    assert told.object_author_id == "x:2002"
    assert told.mentions == ("x:7", "x:2002", "x:8")


def test_an_account_that_is_gone_is_named_by_its_handle(archive):
    gone = entities([("-1", "gone", 3)])
    assert act(archive, text="RT @gone: a", entities=gone).object_author_id == "x:@gone"
    assert act(archive, text="RT @gone: a").object_author_id == "x:@gone"


def test_the_likes_and_shares_of_a_repost_are_not_its_own(archive):
    told = act(archive, text="RT @ana_b: a", favorite_count="0", retweet_count="120")
    assert told.metrics is None
    own = act(archive, favorite_count="12", retweet_count="3")
    assert (own.metrics.likes, own.metrics.reposts, own.metrics.replies) == (12, 3, None)


def test_a_text_that_only_speaks_of_a_repost_is_a_post(archive):
    assert act(archive, text="D'accord ! RT @ana_b: a").verb == "post"
    assert act(archive, text="RT @ana_b sans deux points").verb == "post"


@pytest.mark.parametrize(
    ("link", "author"),
    [
        ("https://twitter.com/Ana_B/status/1995200000000000000", "x:2002"),
        ("https://x.com/ana_b/status/1995200000000000000?s=20", "x:2002"),
        ("https://mobile.twitter.com/nobody/status/1995200000000000000", "x:@nobody"),
        ("https://twitter.com/i/web/status/1995200000000000000", None),
        ("https://twitter.com/jo_exemple/status/1995200000000000000", f"x:{ME}"),
    ],
)
def test_a_quote_is_known_by_its_link_to_a_post(archive, link, author):
    told = act(archive, text="@ana_b voyez", entities=entities([("2002", "ana_b", 0)], [link]))
    assert (told.verb, told.relay, told.object_id) == ("quote", "quote", "x:1995200000000000000")
    assert told.object_author_id == author
    assert ("object_author_id" in (told.missing or ())) == (author is None)
    assert told.urls is None


def test_links_to_itself_and_to_its_own_pictures_are_no_quotes(archive):
    links = [f"https://twitter.com/i/web/status/{10**18}", f"https://twitter.com/jo_exemple/status/{10**18}/photo/1"]
    told = act(archive, key=str(10**18), entities=entities(links=links))
    assert (told.verb, told.urls) == ("post", None)


@pytest.mark.parametrize(
    ("text", "relay"),
    [("https://t.co/a", "link"), ("  https://t.co/a\n", "link"), ("Lire : https://t.co/a", "with_comment")],
)
def test_a_bare_link_is_passed_on_and_a_link_with_words_is_told_apart(archive, text, relay):
    told = act(archive, text=text, entities=entities(links=["https://journal.example/article"]))
    assert (told.verb, told.relay, told.urls) == ("post", relay, ("https://journal.example/article",))
    assert act(archive, text="Bonjour").relay is None


def test_of_two_posts_that_are_linked_the_last_is_quoted(archive):
    links = [f"https://x.com/a/status/{n}" for n in (10**17, 10**17 + 1)]
    told = act(archive, entities=entities(links=[*links, "https://journal.example/a?id=1"]))
    assert told.object_id == f"x:{10**17 + 1}"
    assert told.urls == (links[0], "https://journal.example/a?id=1")


def test_a_reply_to_somebody_else_is_a_reply_even_when_it_quotes(archive):
    quoting = entities(links=["https://x.com/a/status/1995100000000000000"])
    told = act(archive, entities=quoting, **answer("1995200000000000000", "2002", "ana_b"))
    assert (told.verb, told.object_id, told.object_author_id) == ("reply", "x:1995200000000000000", "x:2002")
    assert told.urls == ("https://x.com/a/status/1995100000000000000",)


def test_going_on_with_ones_own_thread_is_a_reply_to_oneself_unless_it_quotes(archive):
    own = answer("1995200000000000000", ME, "jo_exemple")
    told = act(archive, **own)
    assert (told.verb, told.object_author_id) == ("reply", told.actor_id)
    quoting = act(archive, entities=entities(links=["https://x.com/a/status/1995100000000000000"]), **own)
    assert quoting.verb == "quote"


def test_a_text_that_starts_with_a_name_and_answers_no_post_is_a_post(archive):
    told = act(archive, text="@ana_b bonjour", in_reply_to_user_id_str="2002", in_reply_to_screen_name="ana_b")
    assert told.verb == "post"


def test_numbers_that_are_text_keep_all_their_digits(archive):
    told = act(archive, key="9007199254740993", **answer("9007199254740995", "9007199254740997", "a"))
    assert (told.activity_id, told.object_id) == ("x:9007199254740993", "x:9007199254740995")
    assert told.object_author_id == "x:9007199254740997"


def test_an_absurd_date_gives_way_to_that_of_the_id_or_to_none(archive):
    told = act(archive, key="1995703198255059044", created_at="Mon Jan 06 11:21:04 +0000 1997")
    assert (told.happened_at, told.time_basis, told.time_precision) == (1764647695493000, "derived_from_id", "ms")
    old = act(archive, key="1234567890", created_at="Mon Jan 06 11:21:04 +0000 2003")
    assert (old.happened_at, old.time_basis) == (None, None)
    assert old.missing == ("happened_at",)
    none = act(archive, key="1995703198255059044", created_at=None)
    assert none.time_basis == "derived_from_id"


def test_a_post_without_an_id_is_refused_alone(archive):
    found = found_in(archive({"tweets": [post(), post(key="12a"), post(key=None), post(key="9" * 5000), post("1")]}))
    assert len(found.acts) == 2
    assert [reject.reason for reject in found.rejects] == ["no usable id"] * 3
    assert found.rejects[0].member.endswith("data/tweets.js")
    assert found.rejects[0].pointer == "item 2"
    assert found.coverage("data/tweets.js").rows_in == 5


def test_deleted_and_community_posts_are_acts_too(archive):
    files = {
        "tweets": [post("1995300000000000000")],
        "deleted-tweets": [post("1995300000000000001", deleted_at="Tue Dec 02 08:00:00 +0000 2025")],
        "community-tweet": [post("1995300000000000002", community_id_str="14")],
    }
    found = found_in(archive(files))
    assert {act.verb for act in found.acts} == {"post"}
    assert len(found.by_id) == 3
    assert found.by_id["x:1995300000000000002"].context_id == "x:community/14"


def test_bare_items_of_old_archives_are_read_as_wrapped_ones(archive):
    new = found_in(archive({"tweets": [post()]}, place="new")).only
    old = found_in(archive({"tweet": [post()["tweet"]]}, place="old")).only
    assert (new.activity_id, new.text, new.happened_at) == (old.activity_id, old.text, old.happened_at)


def test_a_long_post_gets_its_words_back(archive):
    words = "Voici une longue phrase, qui en appelle une autre. " * 12
    files = {
        "tweets": [
            post("1995300000000000000", words[:275] + "… https://t.co/abc"),
            post("1995300000000000001", "Voici une longue phrase, et une autre."),
            post("1995300000000000002", "RT @ana_b: " + words[:125] + "…"),
        ],
        "note-tweet": [
            {"noteTweet": {"noteTweetId": "1", "createdAt": "2025-12-01T01:12:43Z", "core": {"text": words.strip()}}}
        ],
    }
    long, short, repost = found_in(archive(files)).acts
    assert long.text == words.strip()
    assert short.text == "Voici une longue phrase, et une autre."
    assert len(repost.text) == 126
    assert found_in(archive(files)).coverage("note-tweet.js").rows_in == 1


@given(st.text(min_size=101, max_size=400), st.integers(101, 400))
def test_a_long_text_is_found_by_any_long_beginning(words, length):
    texts = LongTexts()
    list(texts.records(NoteLine(core=NoteCore(text=words)), HERE))
    beginning = words[:length].rstrip()
    found = texts.whole(f"{beginning}… https://t.co/abc")
    assert found in (words, f"{beginning}… https://t.co/abc")
    if "&" not in words and len(beginning) > 100 and "http" not in words and not beginning.endswith((".", "…")):
        assert found == words


def test_each_account_that_is_named_is_told_once_with_its_handle(archive):
    named = entities([("2002", "ana_b", 0), ("2003", "ben", 8)])
    again = entities([("2002", "ana_b", 0), (ME, "jo_exemple", 9), ("-1", "gone", 20)])
    found = found_in(archive({"tweets": [post("1", entities=named), post("2", entities=again)]}))
    others = [account for account in found.accounts if not account.is_me]
    assert [(account.account_id, account.handle) for account in others] == [("x:2002", "ana_b"), ("x:2003", "ben")]


def test_a_former_handle_of_the_owner_is_the_owner(archive):
    change = {"changedAt": "2021-05-01T10:00:00.000Z", "changedFrom": "jo_avant", "changedTo": "jo_exemple"}
    quoting = entities(links=["https://twitter.com/jo_avant/status/1200"])
    files = {
        "tweets": [post(entities=quoting)],
        "screen-name-change": [{"screenNameChange": {"accountId": ME, "screenNameChange": change}}],
    }
    assert found_in(archive(files)).only.object_author_id == f"x:{ME}"


def test_what_a_collected_copy_tells_better_does_not_lose_against_the_archive(archive):
    manifest = 'window.__THAR_CONFIG = {"archiveInfo": {"generationDate": "2025-12-02T06:28:10.000Z"}}'
    found = found_in(archive({"manifest": manifest, "tweets": [post("1", "RT @ana_b: a"), post("2")]}))
    repost, own = found.acts
    assert repost.collected_at is None  # names no object: any collected row of it is better
    assert own.collected_at == 1764656890000000


_texts = st.text(max_size=60)
_keys = st.one_of(st.none(), st.integers(0, 2**64), st.text(max_size=5), st.integers(0, 2**64).map(str))


@given(_texts, _keys, _keys, _texts, _texts)
def test_any_text_and_any_keys_make_one_row_or_one_reject(text, answered, user, handle, link):
    posts = Posts(Owner(f"x:{ME}", frozenset({"jo_exemple"})), LongTexts())
    line = PostLine(
        id_str="12",
        full_text=text,
        in_reply_to_status_id=answered,
        in_reply_to_user_id=user,
        in_reply_to_screen_name=handle,
        entities=None,
    )
    rows = list(posts.records(line, HERE))
    assert len(rows) == 1
    assert rows[0].verb in ("post", "reply", "repost", "quote")
    assert rows[0].object_author_id is None or rows[0].object_author_id.startswith("x:")

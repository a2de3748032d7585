"""Tables: lists in four spellings, numbers that went through floats, other separators, and names of others."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.x_posts import READER
from ascendant.read.x_posts.cells import Cells, bracketed
from ascendant.read.x_posts.refusals import INEXACT_ID, UNAVAILABLE, Refused

SAMPLES = Path(__file__).resolve().parents[1] / "exports" / "x_posts"
ID = "898925911294132224"
RELEASE = {"tweetid": ID, "userid": "12", "tweet_time": "2017-08-19 15:13", "tweet_text": "a"}
TWARC = {"id": ID, "author_id": "12", "created_at": "2017-08-19T15:13:20.000Z", "text": "a", "conversation_id": ID}
MINET = {"id": ID, "timestamp_utc": "1503155600.0", "user_screen_name": "jack", "user_id": "12", "text": "a"}
FOUR_CAT = {"id": ID, "thread_id": ID, "timestamp": "2017-08-19 15:13:20", "unix_timestamp": "1503155600", "body": "a"}
FOUR_CAT |= {"author": "Jack", "author_id": "12", "is_retweet": "no"}


def table(*rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=5))
def test_a_list_that_python_wrote_is_read_back(words):
    assert bracketed(repr(words)) == words


def test_a_list_without_quotation_marks_is_read():
    assert bracketed("[un, deux]") == ["un", "deux"]
    assert bracketed("") == bracketed("[]") == []


@given(st.integers(1, 2**63 - 1))
def test_an_id_is_exact_or_refused(number):
    assert Cells({"id": str(number)}).key("id") == str(number)
    for written in (f"{float(number)}", f"{float(number):.0f}.0", f"{float(number):e}"):
        key, reason = told(written)
        if reason is None:
            assert int(key) == number < 2**53
        else:
            assert (key, reason) == (None, INEXACT_ID)


def told(written):
    try:
        return Cells({"id": written}).key("id"), None
    except Refused as refusal:
        return None, refusal.reason


def test_absent_is_never_zero_and_never_a_word(read):
    row = {
        **RELEASE,
        "like_count": "absent",
        "quote_count": "",
        "reply_count": "nan",
        "latitude": "absent",
        "user_display_name": "None",
    }
    found = read(table(row), "t.csv")
    assert found.only.metrics is None
    assert found.accounts[0].name is None


def test_hashed_accounts_keep_their_hash_as_id_and_have_no_handle(read):
    hashed = "ygQRwhQRrh1+6N7J6IMFnzWgqUGimWqg0KZptLpxDY="
    named = {"userid": hashed, "user_screen_name": hashed, "user_display_name": hashed, "retweet_userid": hashed}
    found = read(table({**RELEASE, **named, "is_retweet": "True", "retweet_tweetid": "5"}), "t.csv")
    assert (found.only.actor_id, found.only.object_author_id) == (f"x:{hashed}", f"x:{hashed}")
    assert (found.accounts[0].handle, found.accounts[0].name) == (None, None)


def test_the_published_sample_of_a_release_is_read(research, read):
    act = read(research / "synthetic_headers" / "x_information_operations_tweets.csv").only
    assert (act.verb, act.object_id, act.object_author_id) == ("repost", "x:898000000000000000", "x:123456")
    assert (act.text, act.hashtags, act.urls) == ("texte", ("uno", "dos"), ("http://dlvr.it/PgB3PP",))
    assert (act.time_precision, act.time_basis, act.metrics) == ("min", "assumed_utc", None)


def test_older_lists_of_twarc_hold_objects(read):
    lists = {
        "entities.hashtags": '[{"start": 0, "tag": "Un"}]',
        "entities.mentions": '[{"username": "Ev", "id": "20"}]',
        "entities.urls": '[{"expanded_url": "https://news.example/1", "display_url": "n"}]',
    }
    act = read(table({**TWARC, **lists}), "t.csv").only
    assert (act.hashtags, act.mentions, act.urls) == (("un",), ("x:@ev",), ("https://news.example/1",))


def test_a_repost_that_twarc_did_not_merge_names_its_author_and_says_that_its_words_are_cut(read):
    act = read(table({**TWARC, "text": "RT @Biz: cut…", "referenced_tweets.retweeted.id": "5"}), "t.csv").only
    assert (act.verb, act.object_id, act.object_author_id) == ("repost", "x:5", "x:@biz")
    assert (act.text, act.missing) == ("cut…", ("text",))


def test_line_ends_that_twarc_wrote_as_two_signs_are_line_ends(read):
    assert read(table({**TWARC, "text": "un\\ndeux"}), "t.csv").only.text == "un\ndeux"


def test_the_time_of_a_table_of_minet_does_not_depend_on_the_zone_of_its_maker(read):
    rows = [{**MINET, "local_time": local} for local in ("2017-08-19T17:13:20", "2017-08-19T11:13:20", "", "demain")]
    assert {act.happened_at for act in read(table(*rows), "t.csv").acts} == {1503155600000000}
    assert read(table({**MINET, "timestamp_utc": ""}), "t.csv").only.time_basis == "derived_from_id"


def test_accounts_without_names_do_not_collapse_into_one(read):
    found = read(table({**MINET, "user_screen_name": "", "user_id": ""}, {**MINET, "user_id": ""}), "t.csv")
    assert [act.actor_id for act in found.acts] == [None, "x:@jack"]
    assert [account.account_id for account in found.accounts] == ["x:@jack"]


def test_links_with_commas_stay_whole_in_4cat(read):
    links = "https://a.example/1,2?x=,3,https://b.example/"
    assert read(table({**FOUR_CAT, "urls": links}), "t.csv").only.urls == (
        "https://a.example/1,2?x=,3",
        "https://b.example/",
    )


def test_a_post_that_4cat_could_not_get_is_refused(read):
    found = read(table(FOUR_CAT, {**FOUR_CAT, "author": "UNKNOWN", "author_id": "UNKNOWN"}), "t.csv")
    assert [reject.reason for reject in found.rejects] == [UNAVAILABLE]


def test_reposting_or_answering_one_s_own_handle_is_oneself(read):
    for flag, column, verb in (("is_retweet", "retweeted_user", "repost"), ("is_reply", "replied_user", "reply")):
        act = read(table({**FOUR_CAT, flag: "yes", column: "jACK"}), "t.csv").only
        assert (act.verb, act.actor_id, act.object_author_id) == (verb, "x:12", "x:12")


@pytest.mark.parametrize("name", ["release.csv", "minet.csv", "four_cat_v2.csv", "twarc_csv.csv"])
@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_table_that_was_saved_again_by_a_spreadsheet_is_read_the_same(name, separator, encoding, tmp_path, read):
    with (SAMPLES / name).open(encoding="utf-8", newline="") as original:
        rows = list(csv.reader(original))
    path = tmp_path / "saved.csv"
    with path.open("w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=separator).writerows(rows)
    assert READER.recognises(Export.at(path), ReadOptions())
    assert read(path).acts == read(SAMPLES / name).acts

"""Bad records become rejects that say where, why and what, without a word of a post; the good ones around them stay."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.activity import Activity, Coverage, Reject
from ascendant.errors import BrokenFile
from ascendant.read.export import Export
from ascendant.read.lines import LONGEST_LINE_BYTES
from ascendant.read.options import ReadOptions
from ascendant.read.x_posts import READER, json_files
from ascendant.read.x_posts import refusals as why

SAMPLES = Path(__file__).resolve().parents[1] / "exports" / "x_posts"
USER = {"id_str": "12", "screen_name": "Jack"}
GOOD = {
    "id_str": "1050118621198921728",
    "full_text": "secret words",
    "user": USER,
    "created_at": "Wed Oct 10 20:19:24 +0000 2018",
}


def v1(**changes):
    return json.dumps({**GOOD, **changes})


BAD = {
    "cut": ('{"id_str": "1050118621198921728", "full_text": "secret wo', why.BROKEN_JSON),
    "two in one line": (v1() + v1(), why.BROKEN_JSON),
    "no JSON": ("secret words", why.BROKEN_JSON),
    "an array": (json.dumps([GOOD]), why.NOT_AN_OBJECT),
    "a number": ("17", why.NOT_AN_OBJECT),
    "text": ('"secret words"', why.NOT_AN_OBJECT),
    "invalid UTF-8": (v1().encode().replace(b"secret", b"se\xffret"), why.BAD_UTF8),
    "NUL bytes": (v1().encode().replace(b"secret", b"se\0ret"), why.NUL_BYTES),
    "nothing but NUL": (b"\0" * 40, why.NUL_BYTES),
    "half a character": (v1(full_text="secret \ud83d words"), why.BROKEN_JSON),
    "a list as id": (v1(id_str=[1]), why.WRONG_TYPE),
    "an id that was a float": (v1(id_str=None, id=1.4e18), why.WRONG_TYPE),
    "a text that is a number": (v1(full_text=12), why.WRONG_TYPE),
    "an author that is a text": (v1(user="secret"), why.WRONG_TYPE),
    "a count that is too large": (v1(favorite_count=10**30), why.WRONG_TYPE),
    "an id that is no number": (v1(id_str="secret"), why.NO_ID),
    "an empty id": (v1(id_str=""), why.NO_ID),
    "an absurd date": (v1(created_at="Wed Oct 10 20:19:24 +0000 1997"), why.ABSURD_TIME),
    "no date": (v1(created_at="yesterday"), why.BAD_TIME),
    "an absurd id": (v1(id_str="9" * 30, created_at=None), why.ABSURD_TIME),
    "another object": ('{"hello": "secret"}', why.UNKNOWN_RECORD),
    "an empty object": ("{}", why.UNKNOWN_RECORD),
    "nested without end": ('{"a":' * 100_000, why.TOO_DEEP),
    "a deep tree of quotes": ('{"id_str":"1","user":{},"quoted_status":' * 50_000, why.TOO_DEEP),
}


@pytest.mark.parametrize("bad", BAD, ids=BAD)
def test_a_bad_line_is_refused_with_its_number_and_reason_and_its_neighbours_are_read(bad, read):
    content, reason = BAD[bad]
    content = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    found = read(v1().encode() + b"\n" + content + b"\n\n" + v1(id_str="1050118621198921729").encode() + b"\n")
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 2", reason)]
    assert [act.source_pointer for act in found.acts] == ["line 1", "line 4"]
    assert [(one.status, one.rows_in) for one in found.coverage] == [("parsed", 3)]
    assert "secret" not in found.rejects[0].detail


def test_a_line_of_50_mb_is_refused_in_little_memory(read, tmp_path):
    path = tmp_path / "long.jsonl"
    with path.open("wb") as out:
        out.write(v1().encode() + b'\n{"id_str":"5","full_text":"')
        for _ in range(50):
            out.write(b"x" * 1_000_000)
        out.write(b'"}\n' + v1(id_str="1050118621198921729").encode())
    found = read(path)
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 2", why.TOO_LONG)]
    assert len(found.acts) == 2
    assert LONGEST_LINE_BYTES < 50_000_000


def test_a_truncated_gzip_keeps_what_came_before_and_says_where_it_breaks_off(tmp_path):
    lines = "\n".join(
        v1(id_str=str(1050118621198921728 + n), full_text=f"{n * 7919 % 1000} " * 40) for n in range(3000)
    )
    path = tmp_path / "posts.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-20_000])
    items: list[object] = []
    with pytest.raises(BrokenFile):
        items.extend(READER.read(Export.at(path), ReadOptions()))
    assert sum(type(item) is Activity for item in items) > 100
    assert isinstance(items[-1], Coverage)
    assert items[-1].status == "unreadable"


def test_an_array_that_breaks_off_keeps_the_elements_before(read):
    whole = json.dumps([GOOD, {**GOOD, "id_str": "1050118621198921729"}, {**GOOD, "id_str": "1050118621198921730"}])
    found = read(whole[: whole.rindex("secret")], "array.json")
    assert [act.source_pointer for act in found.acts] == ["item 1", "item 2"]
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("item 3", why.BROKEN_JSON)]


def test_an_element_of_an_array_that_is_no_post_is_refused_alone(read):
    found = read(json.dumps([GOOD, 5, {"id_str": [1], "text": "a", "user": {}}, GOOD]), "array.json")
    assert [(r.pointer, r.reason) for r in found.rejects] == [("item 2", why.NOT_AN_OBJECT), ("item 3", why.WRONG_TYPE)]
    assert len(found.acts) == 2


def test_a_document_that_breaks_off_is_refused(read):
    text = json.dumps({"data": [{"id": "20", "text": "secret", "author_id": "12"}]}, indent=1)
    found = read(text[:-5], "document.json")
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("document", why.BROKEN_JSON)]


def test_items_of_a_page_are_refused_one_by_one(read):
    post = {"id": "1380242611781386245", "text": "secret", "author_id": "12"}
    page = {
        "data": [post, {**post, "id": [1]}, {**post, "text": 5}, {"id": "1380242611781386246"}, {**post, "id": "x"}],
        "includes": {
            "tweets": [{**post, "id": "1380242611781386247"}, {**post, "entities": 5}],
            "users": [{"id": "12", "username": "jack", "created_at": "2006-03-21T20:50:14.000Z"}, {"id": {}}],
        },
        "__twarc": {"retrieved_at": "2021-04-08T19:34:32+00:00"},
    }
    found = read([page])
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [
        ("line 1/data/4", why.NO_ID),
        ("line 1/data/1", why.WRONG_TYPE),
        ("line 1/data/2", why.WRONG_TYPE),
        ("line 1/data/3", why.UNKNOWN_RECORD),
        ("line 1/includes/tweets/1", why.WRONG_TYPE),
        ("line 1/includes/users/1", why.WRONG_TYPE),
    ]
    assert [act.source_pointer for act in found.acts] == ["line 1/data/0", "line 1/includes/tweets/0"]
    assert [account.handle for account in found.accounts] == ["jack"]
    assert found.acts[0].collected_at == 1617910472000000
    assert found.coverage[0].rows_in >= 5


def test_one_bad_byte_costs_one_post_of_a_page_not_all(read):
    posts = [{"id": str(1380242611781386245 + n), "text": f"secret{n}", "author_id": "12"} for n in range(5)]
    found = read(json.dumps({"data": posts}).encode().replace(b"secret3", b"secr\xfft"))
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 1/data/3", why.BAD_UTF8)]
    assert len(found.acts) == 4


def test_nul_written_as_an_escape_is_left_out_of_every_text(read):
    found = read([{**GOOD, "full_text": "a\0b", "user": {**USER, "name": "J\0", "description": "\0bio"}}])
    assert found.only.text == "ab"
    assert (found.accounts[0].name, found.accounts[0].bio) == ("J", "bio")


def test_an_author_that_cannot_be_dated_costs_no_post(read):
    found = read([{**GOOD, "user": {**USER, "created_at": "Thu Jan 01 00:00:00 +0000 1970"}}])
    assert found.only.actor_id == "x:12"
    assert found.accounts[0].created_at is None


def test_an_embedded_post_is_refused_without_the_one_around_it(read):
    quoted = {**GOOD, "id_str": "1050118621198921000", "created_at": "Wed Oct 10 20:19:24 +0000 1997"}
    found = read([{**GOOD, "quoted_status": quoted}])
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 1/quoted_status", why.ABSURD_TIME)]
    assert [act.verb for act in found.acts] == ["quote"]


def test_other_forms_among_the_lines_are_read_in_their_own(read):
    v2 = {"id": "1380242611781386245", "text": "a", "author_id": "13", "conversation_id": "1"}
    graphql = {"rest_id": "1380242611781386246", "legacy": {"full_text": "b", "user_id_str": "14"}, "core": {}}
    found = read([GOOD, v2, graphql])
    assert [act.actor_id for act in found.acts] == ["x:12", "x:13", "x:14"]
    assert found.rejects == []


def test_a_file_that_was_forced_on_this_reader_is_refused_as_a_whole(read):
    found = read("a,b\n1,2\n", "table.csv")
    assert [reject.reason for reject in found.rejects] == [why.UNKNOWN_FILE]
    assert [one.status for one in found.coverage] == ["unknown"]


HEADER = "tweetid,userid,tweet_time,tweet_text,is_retweet,like_count\n"
ROW = "898925911294132224,12,2017-08-19 15:13,secret words,False,0.0\n"
BAD_ROWS = {
    "an id that was a float": ("8.98925911294132e+17,12,2017-08-19 15:13,secret,False,1\n", why.INEXACT_ID),
    "an id with a comma part": ("898925911294132224.0,12,2017-08-19 15:13,secret,False,1\n", why.INEXACT_ID),
    "an author that was a float": ("898925911294132224,8.9e17,2017-08-19 15:13,secret,False,1\n", why.INEXACT_ID),
    "no id": (",12,2017-08-19 15:13,secret,False,1\n", why.NO_ID),
    "a count that is none": ("898925911294132224,12,2017-08-19 15:13,secret,False,many\n", why.WRONG_TYPE),
    "a flag that is none": ("898925911294132224,12,2017-08-19 15:13,secret,perhaps,1\n", why.WRONG_TYPE),
    "a date that is none": ("898925911294132224,12,secret,secret,False,1\n", why.BAD_TIME),
    "an absurd date": ("898925911294132224,12,1917-08-19 15:13,secret,False,1\n", why.ABSURD_TIME),
}


@pytest.mark.parametrize("bad", BAD_ROWS, ids=BAD_ROWS)
def test_a_bad_row_of_a_table_is_refused_and_its_neighbours_are_read(bad, read):
    row, reason = BAD_ROWS[bad]
    found = read(HEADER + ROW + row + ROW.replace("224", "225"), "release.csv")
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 3", reason)]
    assert [act.source_pointer for act in found.acts] == ["line 2", "line 4"]
    assert found.coverage[0].rows_in == 3


@pytest.mark.parametrize(
    "row",
    [
        b"898925911294132224,12,2017\n",
        ROW.encode().replace(b"secret", b"se\xffret"),
        ROW.encode().replace(b"secret", b"se\0ret"),
    ],
)
def test_a_damaged_row_of_a_table_is_refused(row, read):
    many = b"".join(ROW.replace("224", str(300 + n)).encode() for n in range(30))
    found = read(HEADER.encode() + ROW.encode() + row + many, "release.csv")
    assert [reject.pointer for reject in found.rejects] == ["line 3"]
    assert len(found.acts) == 31


def test_a_table_without_rows_is_empty(read):
    found = read(HEADER, "release.csv")
    assert [(one.status, one.rows_in) for one in found.coverage] == [("empty", 0)]


LINES = [
    line
    for name in ("api_v1", "api_v2_pages", "api_v2_flat", "minet")
    for line in (SAMPLES / f"{name}.jsonl").read_bytes().splitlines()
]
LINES += (SAMPLES / "zeeschuimer.ndjson").read_bytes().splitlines()


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(LINES), st.data())
def test_no_damage_to_a_line_ever_escapes_as_an_error(line, data):
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, min(len(line), start + 40)))
    patch = data.draw(
        st.one_of(st.binary(max_size=8), st.sampled_from([b"null", b"[]", b"{}", b'"', b"1e400", b"-1", b"\\u0000"]))
    )
    damaged = line[:start] + patch + line[end:]
    for shape in json_files.FORMS:
        tally = json_files._Tally()
        for fact in json_files._facts(damaged, "line 1", shape, tally):
            if isinstance(fact, Reject):
                assert "Réunion publique" not in fact.detail
        assert tally.n_records >= 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=300)
@given(st.sampled_from([line for line in LINES if len(line) < 20_000]), st.data())
def test_no_value_of_any_type_in_any_field_ever_escapes_as_an_error(line, data):
    record = json.loads(line)
    place, key = record, data.draw(st.sampled_from(sorted(record)))
    while isinstance(place[key], dict) and place[key] and data.draw(st.booleans()):
        place = place[key]
        key = data.draw(st.sampled_from(sorted(place)))
    place[key] = data.draw(JSON)
    damaged = json.dumps(record).encode("utf-8", "surrogatepass")
    for shape in json_files.FORMS:
        json_files._facts(damaged, "line 1", shape, json_files._Tally())


def test_an_array_that_opens_more_brackets_than_any_record_is_refused_in_little_memory(tmp_path):
    path = tmp_path / "deep.json"
    path.write_bytes(b'[{"id_str": "1", "full_text": "a", "user": ' + b"[" * 40_000 + b"]" * 40_000 + b"}]")
    found = list(json_files.items(Export.at(path).members[0], b"[", "v1"))
    assert [item.reason for item in found if isinstance(item, Reject)] == [why.TOO_DEEP]

"""A file is known by its keys or columns, in any of its first bytes, and by nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.x_posts import READER
from ascendant.read.x_posts.shapes import is_document, json_shape

SAMPLES = Path(__file__).resolve().parents[1] / "exports" / "x_posts"

OTHERS = {
    "ad library": {"data": [{"id": "1", "page_id": "7", "ad_creation_time": "2024-01-01"}], "paging": {}},
    "graph api": {"data": [{"id": "1_2", "message": "bonjour", "created_time": "2024-01-01"}]},
    "bluesky": {"uri": "at://did:plc:x", "cid": "b", "author": {"did": "d"}, "record": {"text": "a"}},
    "mastodon": {"id": "1", "uri": "https://m.example/1", "content": "<p>a</p>", "account": {"id": "2"}},
    "weibo": {"id": 1, "idstr": "1", "text": "a", "user": {"id": 2}, "reposts_count": 1},
    "zeeschuimer of another site": {"nav_index": "1:2:0", "item_id": "1", "data": {"id": "1", "desc": "a"}},
    "anything": {"a": {"legacy": 1}, "text": "a", "id": 1},
    "text that looks like keys": {"note": '{"id_str": "20", "text": "a", "user": {}}'},
    "nothing": {},
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_other_json_is_not_claimed(other, tmp_path):
    for n, content in enumerate(
        (json.dumps(other), json.dumps([other], indent=1), json.dumps(other) + "\n" + json.dumps(other))
    ):
        path = tmp_path / f"{n}.json"
        path.write_text(content, encoding="utf-8")
        assert READER.recognises(Export.at(path), ReadOptions()) is False


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02", b"id,text\n1,a\n", b"[1, 2, 3]", b"\xff\xfe{", b"<html>", b"[[[[", b'{"', b"\n\n"]
)
def test_strange_bytes_are_not_claimed(content, tmp_path):
    path = tmp_path / "strange"
    path.write_bytes(content)
    assert READER.recognises(Export.at(path), ReadOptions()) is False


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.*js*")))
def test_the_name_does_not_matter_and_a_mark_or_blank_lines_before_do_not_hide_it(name, tmp_path):
    content = (SAMPLES / name).read_bytes()
    for n, before in enumerate((b"", b"\xef\xbb\xbf", b"\r\n\n")):
        path = tmp_path / f"file{n}"
        path.write_bytes(before + content)
        assert READER.recognises(Export.at(path), ReadOptions()) is True


def test_a_first_line_that_is_longer_than_the_head_is_known_by_its_first_keys():
    user = {"id": "1", "username": "a", "name": "A", "description": "x" * 300, "public_metrics": {}}
    post = {"id": "20", "text": "a" * 200, "author_id": "12", "conversation_id": "20"}
    for page in (
        {"data": [post] * 500, "includes": {}},
        {"includes": {"users": [user] * 500}, "data": [post]},
        {"includes": {"tweets": [post] * 500}, "data": [post]},
        {"__twarc": {}, "data": [post] * 500},
    ):
        head = json.dumps(page).encode()[: 1 << 16]
        assert len(head) == 1 << 16
        assert json_shape(head) == "v2"


def test_tweets_of_the_smallest_form_are_known():
    assert json_shape(b'{"data":[{"id":"20","text":"a","edit_history_tweet_ids":["20"]}]}') == "v2"


def test_a_document_is_told_from_lines():
    one = {"id_str": "20", "user": {"id_str": "12"}}
    assert is_document(json.dumps(one, indent=2).encode())
    assert is_document(b"\xef\xbb\xbf  [\n" + json.dumps(one).encode())
    assert not is_document(json.dumps(one).encode())
    assert not is_document(json.dumps(one).encode() + b"\n" + json.dumps(one, indent=1).encode())


def test_several_members_are_left_to_be_read_one_by_one(tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes((SAMPLES / "api_v1.jsonl").read_bytes())
    export = Export.at(tmp_path)
    assert READER.recognises(export, ReadOptions()) is False
    assert [READER.recognises(one, ReadOptions()) for one in export.each()] == [True, True]

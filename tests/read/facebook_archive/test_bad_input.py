"""Damaged and hostile exports: what can be read is read, the rest is told, and nothing is thrown."""

import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.errors import AscendantError
from ascendant.read.export import Export
from ascendant.read.facebook_archive import READER
from ascendant.read.options import ReadOptions
from ascendant.testing import check_reader
from facebook_archives import A_DAY, ADA, PROFILE, as_json, found_in, mutated, zipped

POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
FRIENDS = "connections/friends/your_friends.json"


def said(text, at=A_DAY, **more):
    return {"timestamp": at, "data": [{"post": text}], **more}


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_a_mutated_export_is_read_or_refused_with_reason(tmp_path, seed):
    path = zipped(tmp_path / "export.zip", mutated(seed))
    try:
        recognised = READER.recognises(Export.at(path), ReadOptions())
        found = found_in(path, with_messages=True)
    except AscendantError:
        return
    secrets = [reject for reject in found.rejects if "secret" in reject.detail]
    assert secrets == []
    if recognised and len(found.acts) + len(found.accounts) > 1:
        check_reader(READER, path, ReadOptions(with_messages=True), expect_rejects=bool(found.rejects))


WRONG = {
    "a number": 42,
    "a text": "secret",
    "a list": [[]],
    "null": None,
    "a time in words": said("secret", "yesterday"),
    "data that is no list": {"timestamp": A_DAY, "data": "secret"},
    "a post that is a number": {"timestamp": A_DAY, "data": [{"post": 5}]},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_record_is_refused_alone_with_its_place_and_no_word_of_it(read, wrong):
    content = json.dumps([said("un"), WRONG[wrong], said("trois", A_DAY + 3)])
    found = read({POSTS: content})
    assert found.texts == ["un", "trois"]
    (reject,) = found.rejects
    assert (reject.pointer, reject.member) == ("item 2", POSTS)
    assert "secret" not in reject.detail
    assert found.coverage(POSTS).rows_in == 3


@pytest.mark.parametrize("at", [-1, 10**15, 10**400, 1e300, 99])
def test_a_time_that_cannot_be_is_unknown(read, at):
    assert read({POSTS: json.dumps([said("x", at), said("y")])}).acts[0].happened_at is None


def test_a_file_that_breaks_off_keeps_what_came_before(read):
    content = as_json([said(f"n {n}", A_DAY + n) for n in range(9)])
    found = read({POSTS: content[: len(content) * 2 // 3]})
    assert 3 < len(found.acts) < 9
    assert [reject.reason for reject in found.rejects] == ["the file breaks off here"]


def test_a_damaged_member_does_not_take_the_others_with_it(tmp_path):
    many = [said(f"texte {n * 7919 % 1013} {n}", A_DAY + n) for n in range(20_000)]
    friends = {"friends_v2": [{"name": "Bo", "timestamp": A_DAY}]}
    path = zipped(tmp_path / "a.zip", {PROFILE: ADA, POSTS: many, FRIENDS: friends})
    with zipfile.ZipFile(path) as packed:
        info = packed.getinfo(POSTS)
    content = bytearray(path.read_bytes())
    middle = info.header_offset + info.compress_size * 2 // 3
    content[middle : middle + 64] = bytes(64)
    path.write_bytes(content)
    found = found_in(path)
    assert found.damage is not None
    assert POSTS in str(found.damage)
    row = found.coverage(POSTS)
    assert (row.status, "damaged" in row.note) == ("unreadable", True)
    assert len(found.of("post")) > 1000
    assert len(found.of("accept")) == 1


def test_lists_in_lists_without_end_are_refused_or_read_to_a_depth(read):
    deep = {"name": "a", "entries": []}
    for _ in range(300):
        deep = {"name": "a", "children": [deep]}
    labels: dict[str, object] = {"label": "a", "value": "b"}
    for _ in range(300):
        labels = {"label": "a", "dict": [labels]}
    found = read({
        "logged_information/interactions/recently_viewed.json": json.dumps({"recently_viewed": [deep]}),
        "ads_information/ad_preferences.json": json.dumps({"label_values": [labels]}),
        POSTS: '[{"data":' * 5000,
    })  # fmt: skip
    assert found.acts == []
    assert found.coverage(POSTS).status == "unreadable"


def test_a_profile_that_cannot_be_read_leaves_an_owner_without_a_name(read):
    found = read({PROFILE: b"\xff\xfe not json", POSTS: [said("x"), said("y", A_DAY + 1)]})
    assert found.me.account_id == "facebook:me"
    assert found.coverage(PROFILE).status == "unreadable"
    assert {act.actor_id for act in found.acts} == {"facebook:me"}


def test_an_owner_without_a_profile_is_named_after_the_folder_and_that_is_said(tmp_path):
    path = zipped(tmp_path / "facebook-adaexemple-2025-06-04-Ab1.zip", {POSTS: [said("x")]})
    found = found_in(path)
    assert (found.me.account_id, found.me.resolved) == ("facebook:me:adaexemple", "derived")
    assert "whose archive" in found.coverage(PROFILE).note

import json

import pytest

from ascendant.read.x_archive import ELSEWHERE, FEWER_THAN_HEADERS, NO_MANIFEST
from ascendant.read.x_archive.owner import PARTIAL
from ascendant.read.x_archive.reading import COUNT_DIFFERS
from x_archives import EXPORTS, ME, found_in, post


def manifest(counts=(), **about):
    files = [{"fileName": f"data/{name}", "globalName": f"YTD.{name}", "count": str(n)} for name, n in counts]
    told = {"userInfo": {"accountId": ME, "userName": "jo"}, "archiveInfo": about, "dataTypes": {"x": {"files": files}}}
    return f"window.__THAR_CONFIG = {json.dumps(told)}"


def test_absent_empty_read_and_unknown_are_told_apart_and_absent_is_never_zero(archive):
    found = found_in(archive({"tweets": [post()], "mute": [], "new-thing": [{"a": 1}]}))
    assert (found.coverage("tweets.js").status, found.coverage("tweets.js").rows_in) == ("parsed", 1)
    assert found.coverage("mute.js").status == "empty"
    assert found.coverage("block.js").status == "absent"
    assert found.coverage("new-thing.js").status == "unknown"
    assert found.coverage("block.js").expected is None


def test_every_part_is_checked_against_the_manifest(archive):
    counts = [("tweets.js", 2), ("tweets-part1.js", 2), ("like.js", 0)]
    files = {
        "tweets": [post("1"), post("2")],
        "tweets-part1": [post("3")],
        "like": [],
        "manifest": manifest(counts),
    }
    found = found_in(archive(files))
    assert (found.coverage("tweets.js").expected, found.coverage("tweets.js").note) == (2, None)
    part = found.coverage("tweets-part1.js")
    assert (part.rows_in, part.expected, part.note) == (1, 2, COUNT_DIFFERS)
    assert (found.coverage("like.js").status, found.coverage("like.js").note) == ("empty", None)


def test_parts_are_read_in_the_order_of_their_numbers(archive):
    parts = {f"tweets-part{n}": [post(str(100 + n))] for n in (1, 2, 10, 11)}
    found = found_in(archive({"tweets": [post("100")], **parts}))
    assert [act.activity_id for act in found.acts] == ["x:100", "x:101", "x:102", "x:110", "x:111"]


def test_a_part_that_is_announced_and_not_there_is_said(archive):
    counts = [("tweets.js", 1), ("tweets-part1.js", 4000), ("block.js", 3)]
    found = found_in(archive({"tweets": [post()], "manifest": manifest(counts)}))
    part = found.coverage("tweets-part1.js")
    assert (part.status, part.expected, part.note) == ("absent", 4000, ELSEWHERE)
    assert (found.coverage("block.js").status, found.coverage("block.js").expected) == ("absent", 3)


def test_a_missing_manifest_is_said(archive):
    row = found_in(archive({"tweets": [post()]})).coverage("manifest.js")
    assert (row.status, row.note) == ("absent", NO_MANIFEST)


@pytest.mark.parametrize(("value", "note"), [(True, PARTIAL), ("true", PARTIAL), (False, None), ("false", None)])
def test_an_archive_that_is_only_a_part_is_said(archive, value, note):
    found = found_in(archive({"manifest": manifest(isPartialArchive=value)}, place=str(value)))
    assert found.coverage("manifest.js").note == note


def test_fewer_posts_than_headers_are_said(archive):
    headers = [{"tweet": {"tweet_id": str(n), "user_id": ME, "created_at": ""}} for n in (1, 2)]
    whole = found_in(archive({"tweets": [post("1"), post("2")], "tweet-headers": headers}, place="whole"))
    assert FEWER_THAN_HEADERS not in whole.coverage("tweet-headers.js").note
    less = found_in(archive({"tweets": [post("1")], "tweet-headers": headers}, place="less"))
    assert FEWER_THAN_HEADERS in less.coverage("tweet-headers.js").note
    assert len(less.acts) == 1  # a header is no act


def test_pictures_are_told_by_folder_and_never_opened(archive):
    pictures = {f"data/tweets_media/{n}.jpg": b"\xff\xd8" for n in range(20)}
    rows = found_in(archive({"tweets": [post()], **pictures})).rows
    assert [(row.member, row.status, row.rows_in) for row in rows if "media" in row.member] == [
        ("data/tweets_media/", "unread", 20)
    ]


def test_what_is_private_and_moves_nobody_is_left_unread_and_said(archive):
    left = {"ip-audit": [{"ipAudit": {"loginIp": "192.0.2.1"}}], "contact": [{"contact": {"emails": ["a@b.example"]}}]}
    found = found_in(archive(left))
    for name in left:
        assert found.coverage(f"{name}.js").status == "unread"
    assert "192.0.2.1" not in repr(found)
    assert "a@b.example" not in repr(found)


def test_every_file_of_every_sample_is_told_once():
    for layout in ("2025", "2019", "2017"):
        names = [row.member for row in found_in(EXPORTS / layout).rows]
        assert len(set(names)) == len(names)
    assert not [row for row in found_in(EXPORTS / "2017").rows if row.status == "absent"]  # another layout's files


def test_the_index_of_an_old_archive_is_its_manifest(tmp_path):
    import shutil

    shutil.copytree(EXPORTS / "2017", tmp_path / "old")
    (tmp_path / "old" / "data" / "js" / "tweets" / "2010_03.js").unlink()
    rows = {row.member: row for row in found_in(tmp_path / "old").rows}
    assert (rows["data/js/tweets/2010_03.js"].status, rows["data/js/tweets/2010_03.js"].expected) == ("absent", 1)
    assert rows["data/js/tweets/2016_11.js"].expected == 2

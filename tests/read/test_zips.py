import io
import os
import random
import resource
import stat
import struct
import zipfile
from collections import deque

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.errors import BrokenFile, EmptyFile, ExportError, ProtectedFile, UnknownPacking, UnsafeFile
from ascendant.read import zips
from ascendant.read.export import Export

CONTENT = b"".join(b"%d,%d\n" % (n, n * 7919 % 1013) for n in range(60_000))
fresh = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def packed(path, files, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def content_of(member, size=1 << 16):
    with member.open() as stream:
        return b"".join(iter(lambda: stream.read(size), b""))


def patched(path, place, layout, value):
    """The file with a number changed."""
    content = bytearray(path.read_bytes())
    struct.pack_into(layout, content, place, value)
    path.write_bytes(content)


def reason(path):
    with pytest.raises(UnsafeFile) as raised:
        Export.at(path)
    return raised.value.facts["reason"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("size", [1, 997, 1 << 20])
def test_every_way_of_packing_gives_the_bytes_that_were_packed(tmp_path, method, size):
    path = packed(tmp_path / "a.zip", {"a.csv": CONTENT[: 400 * size], "b.csv": b"", "c.csv": CONTENT}, method)
    members = Export.at(path).members
    assert [content_of(member, size) for member in members] == [CONTENT[: 400 * size], b"", CONTENT]
    assert [member.size for member in members] == [len(CONTENT[: 400 * size]), 0, len(CONTENT)]


@pytest.mark.parametrize(
    "name", ["../a.csv", "data/../../a.csv", "/etc/a.csv", "C:\\a.csv", "C:/a.csv", "..\\a.csv", "data/..", "a\0.csv"]
)
def test_a_member_whose_path_leads_out_is_refused(tmp_path, name):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("x" * len(name))
        archive.writestr(info, b"1")
    path.write_bytes(path.read_bytes().replace(b"x" * len(name), name.encode()))
    assert reason(path) == zips.LEADS_OUT


@pytest.mark.parametrize("name", ["data/a..b.csv", "a.csv..", "C-a.csv", "./data/a.csv", "data//a.csv"])
def test_paths_that_only_look_odd_are_kept(tmp_path, name):
    path = packed(tmp_path / "a.zip", {name: b"1", "z.csv": b"2"})
    assert name in [member.name for member in Export.at(path).members]


def test_backslashes_between_folders_are_slashes(tmp_path):
    path = tmp_path / "a.zip"
    packed(path, {"data/tweets.js": b"1"})
    path.write_bytes(path.read_bytes().replace(b"data/tweets.js", b"data\\tweets.js"))
    assert [member.name for member in Export.at(path).members] == ["data/tweets.js"]
    assert content_of(Export.at(path).members[0]) == b"1"


def test_names_in_utf8_are_read_even_when_the_zip_does_not_say_so(tmp_path):
    path = packed(tmp_path / "a.zip", {"who_you’ve_followed.json": b"1"})
    content = bytearray(path.read_bytes())
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(magic) + place + 1] &= ~0x08
    path.write_bytes(content)
    assert [member.name for member in Export.at(path).members] == ["who_you’ve_followed.json"]


def test_a_link_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("data/tweets.js")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/hostname")
    assert reason(path) == zips.A_LINK


def test_two_members_of_one_name_are_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/tweets.js", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("data/tweets.js", "2")
    assert reason(path) == zips.TWICE


def test_a_bomb_is_refused_by_its_list_before_anything_is_unpacked(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.js", "w") as out:
        for _ in range(600):
            out.write(bytes(1 << 20))
    assert path.stat().st_size < 1 << 20
    assert reason(path) == zips.A_BOMB


def test_many_small_bombs_are_one(tmp_path):
    path = tmp_path / "a.zip"
    zeros = bytes(20 << 20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(30):
            archive.writestr(f"{n}.js", zeros)
    assert reason(path) == zips.A_BOMB


def test_members_that_lie_one_over_the_other_are_refused(tmp_path):
    """The trick of the bomb that needs no nesting: all members share the same packed bytes."""
    path = packed(tmp_path / "a.zip", {"a.js": CONTENT, "b.js": CONTENT})
    content = path.read_bytes()
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    patched(path, second + 42, "<L", 0)
    assert reason(path) == zips.OVERLAP


def test_a_size_that_lies_is_found_out(tmp_path):
    for difference, said in ((-1000, "holds more"), (1000, "ends too early")):
        path = packed(tmp_path / "a.zip", {"a.js": CONTENT})
        place = path.read_bytes().index(b"PK\x01\x02") + 24
        patched(path, place, "<L", len(CONTENT) + difference)
        (member,) = Export.at(path).members
        blocks = []
        with member.open() as stream, pytest.raises(BrokenFile, match=said):
            deque(map(blocks.append, iter(lambda stream=stream: stream.read(1 << 14), b"")))
        assert sum(map(len, blocks)) <= len(CONTENT) + min(difference, 0)
        assert CONTENT.startswith(b"".join(blocks))


def test_a_size_in_the_list_of_contents_is_believed_only_as_far_as_the_file_goes(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.js": b"1" * 1000}, zipfile.ZIP_STORED)
    start = path.read_bytes().index(b"PK\x01\x02")
    patched(path, start + 20, "<L", 1 << 20)
    with pytest.raises(BrokenFile):
        Export.at(path)


def test_a_wrong_checksum_is_said(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.js": CONTENT}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[len(CONTENT) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(BrokenFile, match="checksum"):
        content_of(Export.at(path).members[0])


def test_a_list_that_says_to_be_longer_than_any_is_not_read_into_memory(tmp_path):
    path = tmp_path / "a.zip"
    with path.open("wb") as out:
        out.write(b"PK\x03\x04")
        out.truncate(zips.MOST_LIST_BYTES + (1 << 20))
        out.seek(0, os.SEEK_END)
        n_bytes = zips.MOST_LIST_BYTES + 1
        out.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, n_bytes, (1 << 20) - 1, 0))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert reason(path) == zips.TOO_MANY
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_protected_members_and_unknown_packing_are_said(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.js": CONTENT})
    start = path.read_bytes().index(b"PK\x01\x02")
    patched(path, start + 10, "<H", 9)
    with pytest.raises(UnknownPacking, match="Deflate64"):
        Export.at(path)
    patched(path, start + 8, "<H", 1)
    with pytest.raises(ProtectedFile):
        Export.at(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_of_zips_is_opened_one_level_deep(tmp_path, method):
    innermost = packed(tmp_path / "c.zip", {"data/x.js": b"3"}).read_bytes()
    inner = packed(tmp_path / "b.zip", {"data/a.js": CONTENT, "data/c.zip": innermost}).read_bytes()
    path = packed(tmp_path / "a.zip", {"one/b.zip": inner, "README.txt": b"mine"}, method)
    members = {member.name: member for member in Export.at(path).members}
    assert sorted(members) == ["README.txt", "one/b.zip/data/a.js", "one/b.zip/data/c.zip"]
    assert content_of(members["one/b.zip/data/a.js"]) == CONTENT
    assert content_of(members["one/b.zip/data/c.zip"]) == innermost
    assert "one/b.zip/data/a.js" in members["one/b.zip/data/a.js"].label


def test_a_zip_that_was_sent_in_a_message_is_no_part_of_an_archive(tmp_path):
    sent = packed(tmp_path / "b.zip", {"homework.csv": b"1"}).read_bytes()
    path = packed(tmp_path / "a.zip", {"messages/files/b.zip": sent, "posts/posts.json": b"[]"})
    assert [member.name for member in Export.at(path).members] == ["messages/files/b.zip", "posts/posts.json"]
    folder = tmp_path / "unpacked" / "activity" / "messages" / "inbox" / "files"
    folder.mkdir(parents=True)
    (folder / "b.zip").write_bytes(sent)
    names = [member.name for member in Export.at(tmp_path / "unpacked").members]
    assert names == ["activity/messages/inbox/files/b.zip"]


def test_what_is_wrong_with_one_zip_of_several_is_kept_beside_the_others(tmp_path):
    good = packed(tmp_path / "b.zip", {"data/a.js": CONTENT}).read_bytes()
    path = packed(tmp_path / "a.zip", {"1.zip": good, "2.zip": good[:-40], "3.zip": b"PK\x03\x04 and no more"})
    export = Export.at(path)
    assert [member.name for member in export.members] == ["1.zip/data/a.js"]
    assert [type(problem) for problem in export.problems] == [BrokenFile, BrokenFile]
    assert "2.zip" in str(export.problems[0])


def test_a_zip_packed_inside_another_leaves_nothing_on_the_disk(tmp_path, monkeypatch):
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    inner = packed(tmp_path / "b.zip", {"data/a.js": CONTENT}).read_bytes()
    path = packed(tmp_path / "a.zip", {"b.zip": inner})
    (member,) = Export.at(path).members
    assert list(place.iterdir()) == []  # its file has no name
    with member.open() as one, member.open() as other:  # two readers of it do not disturb each other
        mixed = [stream.read(5000) for _ in range(20) for stream in (one, other)]
    assert mixed[0::2] == mixed[1::2]
    assert b"".join(mixed[0::2]) == CONTENT[:100_000]


def test_the_hash_of_an_archive_does_not_read_its_films(tmp_path):
    for name, film in (("a.zip", b"1"), ("b.zip", b"2"), ("c.zip", b"33")):
        packed(tmp_path / name, {"data/tweets.js": CONTENT, "media/film.mp4": film})
    first, other, longer = (Export.at(tmp_path / name).sha256() for name in ("a.zip", "b.zip", "c.zip"))
    assert first == other != longer
    (tmp_path / "folder" / "data").mkdir(parents=True)
    (tmp_path / "folder" / "media").mkdir()
    (tmp_path / "folder" / "data" / "tweets.js").write_bytes(CONTENT)
    (tmp_path / "folder" / "media" / "film.mp4").write_bytes(b"1")
    assert Export.at(tmp_path / "folder").sha256() == first  # unpacked or not, it is the same archive


def test_a_zip_without_members_is_empty(tmp_path):
    with pytest.raises(EmptyFile):
        Export.at(packed(tmp_path / "a.zip", {}))


def test_a_zip_with_something_before_it_is_opened(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.js": CONTENT})
    path.write_bytes(b"#!/bin/sh\nexit\n" + path.read_bytes())
    assert content_of(Export.at(path).members[0]) == CONTENT


def test_a_zip_of_more_than_four_gigabytes_is_opened(tmp_path):
    """Written sparse: the member before the one that is read is 4.5 GB of nothing, stored."""
    path = tmp_path / "a.zip"
    hole = (9 << 29) + 5
    with path.open("wb") as out:
        name = b"film.mp4"
        extra = struct.pack("<HHQQ", 1, 16, hole, hole)
        out.write(
            struct.pack("<4s5H3L2H", b"PK\x03\x04", 45, 0, 0, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF, 8, 20) + name + extra
        )
        out.seek(hole, os.SEEK_CUR)
        second = out.tell()
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data/a.js", CONTENT)
        info = archive.getinfo("data/a.js")
        size = zipfile.sizeFileHeader + 9 + info.compress_size
        out.write(inner.getvalue()[:size])
        start = out.tell()
        for one, sizes, place in (
            (name, (hole, hole), 0),
            (b"data/a.js", (info.file_size, info.compress_size), second),
        ):
            extra = struct.pack("<HHQQQ", 1, 24, *sizes, place)
            crc, method = (0, 0) if one == name else (info.CRC, 8)
            fields = (
                b"PK\x01\x02",
                45,
                45,
                0,
                method,
                0,
                0,
                crc,
                *(0xFFFFFFFF,) * 2,
                len(one),
                28,
                0,
                0,
                0,
                0,
                0xFFFFFFFF,
            )
            out.write(struct.pack("<4s6H3L5H2L", *fields) + one + extra)
        end = out.tell()
        out.write(struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2, 2, end - start, start))
        out.write(struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1))
        out.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    members = {member.name: member for member in Export.at(path).members}
    assert content_of(members["data/a.js"]) == CONTENT
    assert members["film.mp4"].size == hole


GOOD = io.BytesIO()
with zipfile.ZipFile(GOOD, "w", zipfile.ZIP_DEFLATED) as _archive:
    for _name in ("data/tweets.js", "data/like.js", "data/manifest.js"):
        _archive.writestr(_name, CONTENT[:3000])


@fresh
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD.getvalue()) - 1), st.integers(0, 255)), max_size=8), st.integers(0, 200)
)
def test_a_zip_with_changed_bytes_is_read_or_refused_in_our_words(tmp_path, changes, n_cut):
    content = bytearray(GOOD.getvalue())
    for place, value in changes:
        content[place] = value
    path = tmp_path / "a.zip"
    path.write_bytes(content[: len(content) - n_cut])
    try:
        for member in Export.at(path).members:
            if not member.packed or member.packed.size < 1 << 20:
                content_of(member)
    except ExportError:
        pass


def test_a_list_of_many_members_is_read_in_bounded_memory(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(30_000):
            archive.writestr(f"data/tweets_media/{random.Random(n).getrandbits(64)}-{n}.jpg", b"")
    assert len(Export.at(path).members) == 30_000
    assert zips.MOST_MEMBERS == 300_000

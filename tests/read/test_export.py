import gzip
import os
import random
import zipfile
from collections import deque
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ascendant.errors import (
    BrokenFile,
    EmptyFile,
    FileMissing,
    FileRefused,
    NotAFile,
    ProtectedFile,
    UnknownPacking,
)
from ascendant.read.export import Export
from ascendant.read.streams import DAMAGED, NOT_PACKED, TOO_SHORT, WRONG_SUM

CONTENT = b"".join(b"%d,%d\n" % (n, n * 7919 % 1013) for n in range(300_000))
PACKS = {"plain": bytes, "gzip": gzip.compress, "zstandard": zstandard.compress}
PACKED = {name: pack(CONTENT) for name, pack in PACKS.items()}
fresh = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)


def content_of(member, size=1 << 16):
    blocks = []
    with member.open() as stream:
        while block := stream.read(size):
            blocks.append(block)
    return b"".join(blocks)


def only(path):
    (member,) = Export.at(path).members
    return member


@pytest.mark.parametrize("pack", PACKS)
def test_a_packed_file_is_seen_as_what_it_holds(tmp_path, pack):
    path = tmp_path / "posts.CSV.x"
    path.write_bytes(PACKS[pack](CONTENT))
    assert content_of(only(path)) == CONTENT
    assert only(path).head(1000) == CONTENT[:1000]
    assert only(path).size == path.stat().st_size


@pytest.mark.parametrize("pack", ["gzip", "zstandard"])
def test_several_packed_streams_one_after_the_other_are_one_file(tmp_path, pack):
    path = tmp_path / "a"
    path.write_bytes(PACKS[pack](b"first\n") + PACKS[pack](b"second\n"))
    assert content_of(only(path)) == b"first\nsecond\n"


@fresh
@given(st.sampled_from(["gzip", "zstandard"]), st.floats(0.001, 0.999))
def test_a_packed_file_that_breaks_off_anywhere_is_said_after_all_that_came_before(tmp_path, pack, share):
    packed = PACKED[pack]
    path = tmp_path / "a"
    path.write_bytes(packed[: max(8, int(len(packed) * share))])
    member, found = only(path), []
    with member.open() as stream, pytest.raises(BrokenFile) as raised:
        deque(map(found.append, iter(lambda: stream.read(1 << 20), b"")))
    n_read = sum(map(len, found))
    assert CONTENT.startswith(b"".join(found))
    assert str(raised.value.facts["place"]) == f"byte {n_read:,} of its contents"
    # Nothing is given up but what the unpacker still held back: some blocks of it.
    assert n_read >= len(CONTENT) * share - (1 << 20)
    assert member.head() == CONTENT[: len(member.head())]


def test_the_head_of_a_small_file_that_breaks_off_is_what_it_still_holds(tmp_path):
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(bytes(random.Random(0).choices(b"abc,\n", k=3000)))[:600])
    assert len(only(path).head()) > 500


def test_garbage_behind_or_inside_a_packed_stream_is_said(tmp_path):
    for name, pack in (("a.gz", gzip.compress), ("a.zst", zstandard.compress)):
        packed = bytearray(pack(CONTENT))
        middle = len(packed) // 2
        packed[middle : middle + 200] = bytes(200)
        (tmp_path / name).write_bytes(packed)
        with pytest.raises(BrokenFile, match=name):
            content_of(only(tmp_path / name))


def test_a_little_file_that_holds_a_lot_is_unpacked_in_pieces(tmp_path):
    path = tmp_path / "a.zst"
    path.write_bytes(zstandard.compress(bytes(300 << 20)))
    with only(path).open() as stream:
        assert len(stream.read(1 << 20)) <= 1 << 20
    assert len(only(path).head()) == 1 << 16


def test_the_members_of_a_zip_are_its_files_without_what_systems_leave_there(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", "")
        archive.writestr("folder/b.csv", CONTENT)
        archive.writestr("folder/a.csv.gz", gzip.compress(b"a"))
        archive.writestr("__MACOSX/folder/._b.csv", "x")
        archive.writestr("folder/.DS_Store", "x")
    export = Export.at(path)
    assert [(member.name, member.suffix) for member in export.members] == [
        ("folder/a.csv.gz", ".csv"),
        ("folder/b.csv", ".csv"),
    ]
    assert [content_of(member) for member in export.members] == [b"a", CONTENT]


def test_the_members_of_a_folder_are_in_the_order_of_their_names_and_zips_in_it_are_opened(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.csv").write_text("c")
    (tmp_path / "d.csv").write_text("")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("in.csv", "i")
    export = Export.at(tmp_path)
    assert [member.name for member in export.members] == ["a.zip/in.csv", "b/c.csv", "d.csv"]
    assert [content_of(member) for member in export.members] == [b"i", b"c", b""]
    assert [one.members for one in export.each()] == [(member,) for member in export.members]


def test_a_zip_that_is_protected_or_damaged_is_said(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in.csv", CONTENT)
    good = path.read_bytes()
    protected = bytearray(good)
    protected[good.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(protected)
    with pytest.raises(ProtectedFile):
        Export.at(path)
    damaged = bytearray(good)
    damaged[len(good) // 2 : len(good) // 2 + 100] = bytes(100)
    path.write_bytes(damaged)
    with pytest.raises(BrokenFile, match=r"in\.csv"):
        content_of(only(path))


def test_what_is_not_there_or_holds_nothing_is_said(tmp_path):
    with pytest.raises(FileMissing):
        Export.at(tmp_path / "none")
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(EmptyFile):
        Export.at(tmp_path / "empty")
    (tmp_path / "folder").mkdir()
    with pytest.raises(EmptyFile):
        Export.at(tmp_path / "folder")
    (tmp_path / "folder" / ".DS_Store").write_text("x")
    with pytest.raises(EmptyFile):
        Export.at(tmp_path / "folder")


def test_the_hash_follows_contents_and_names_and_not_times(tmp_path):
    (tmp_path / "a.csv").write_text("1")
    (tmp_path / "b.csv").write_text("2")
    first = Export.at(tmp_path).sha256()
    os.utime(tmp_path / "a.csv", (1, 1))
    assert Export.at(tmp_path).sha256() == first
    (tmp_path / "b.csv").rename(tmp_path / "c.csv")
    assert Export.at(tmp_path).sha256() != first
    (tmp_path / "c.csv").rename(tmp_path / "b.csv")
    (tmp_path / "a.csv").write_text("2")
    (tmp_path / "b.csv").write_text("1")
    assert Export.at(tmp_path).sha256() != first
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "a.csv").write_text("2")
    assert Export.at(tmp_path / "alone").sha256() == Export.at(tmp_path / "a.csv").sha256()


@pytest.mark.parametrize("pack", PACKS)
def test_a_reader_can_tell_how_far_it_came(tmp_path, pack):
    path = tmp_path / "a"
    path.write_bytes(PACKS[pack](CONTENT))
    told = []
    content_of(replace(only(path), watcher=told.append))
    assert sum(told) == path.stat().st_size


def zipped(folder, name="a.zip"):
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in.csv", CONTENT)
    return path


def test_a_zip_that_was_cut_anywhere_is_said(tmp_path):
    whole = zipped(tmp_path).read_bytes()
    for n in (4, 100, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut.zip").write_bytes(whole[:n])
        with pytest.raises(BrokenFile, match="list of contents") as raised:
            Export.at(tmp_path / "cut.zip")
        assert raised.value.facts["reason"] == TOO_SHORT


def test_a_zip_of_another_method_or_of_a_newer_kind_is_said(tmp_path):
    path = zipped(tmp_path)
    whole = path.read_bytes()
    start = whole.index(b"PK\1\2")
    for place, value in ((10, 9), (6, 99)):  # the method, the version that is needed
        changed = bytearray(whole)
        changed[start + place] = value
        path.write_bytes(changed)
        with pytest.raises(UnknownPacking, match=r"a\.zip"):
            Export.at(path)


def test_the_hash_of_a_damaged_zip_is_that_of_what_can_be_unpacked_and_stays_the_same(tmp_path):
    path = zipped(tmp_path)
    whole = Export.at(path).sha256()
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2 : len(damaged) // 2 + 100] = bytes(100)
    path.write_bytes(damaged)
    assert Export.at(path).sha256() == Export.at(path).sha256() != whole


def test_the_words_for_damage_are_ours(tmp_path):
    packed = gzip.compress(CONTENT)
    wrong_sum = bytearray(packed)
    wrong_sum[-6] ^= 1
    torn = bytearray(zstandard.compress(CONTENT))
    torn[len(torn) // 2 : len(torn) // 2 + 200] = bytes(200)
    cases = {
        TOO_SHORT: packed[:-100],
        NOT_PACKED: packed + b"garbage",
        WRONG_SUM: bytes(wrong_sum),
        DAMAGED: bytes(torn),
    }
    for reason, content in cases.items():
        (tmp_path / "a.gz").write_bytes(content)
        with pytest.raises(BrokenFile) as raised:
            content_of(only(tmp_path / "a.gz"))
        assert raised.value.facts["reason"] == reason


def test_a_bad_archive_of_a_folder_is_a_problem_and_its_neighbours_are_members(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.csv").write_text("who\n")
    (folder / "cut.zip").write_bytes(zipped(tmp_path).read_bytes()[:1000])
    zipped(folder, "good.zip")
    export = Export.at(folder)
    assert [member.name for member in export.members] == ["a.csv", "good.zip/in.csv"]
    assert [member.label for member in export.members][1] == f"{folder / 'good.zip'} › in.csv"
    assert [type(problem) for problem in export.problems] == [BrokenFile]
    (folder / "a.csv").unlink()
    (folder / "good.zip").unlink()
    with pytest.raises(BrokenFile):
        Export.at(folder)


def test_a_broken_link_and_a_folder_that_may_not_be_listed_are_told_when_they_are_opened(tmp_path, monkeypatch):
    (tmp_path / "link.csv").symlink_to("nowhere")
    (tmp_path / "closed").mkdir()
    walked = os.walk

    def walk(top, onerror):
        for place, folders, names in walked(top):
            if place.endswith("closed"):
                onerror(PermissionError(13, "Permission denied", place))
            else:
                yield place, folders, names

    monkeypatch.setattr(os, "walk", walk)
    closed, link = Export.at(tmp_path).members
    assert (closed.name, link.name) == ("closed", "link.csv")
    with pytest.raises(FileMissing, match=r"link\.csv"):
        content_of(link)
    with pytest.raises(FileRefused, match="closed"):
        content_of(closed)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are Unix's")
def test_a_pipe_or_a_device_is_no_file_and_is_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/null"):
        with pytest.raises(NotAFile):
            Export.at(tmp_path / path)
    with pytest.raises(EmptyFile):
        Export.at(tmp_path)
    (tmp_path / "a.csv").write_text("who\n")
    assert [member.name for member in Export.at(tmp_path).members] == ["a.csv"]


def test_a_path_that_no_system_takes_is_missing_or_refused():
    with pytest.raises(FileMissing):
        Export.at(Path("a\0b"))
    with pytest.raises((FileMissing, FileRefused)):
        Export.at(Path("x" * 5000))


def test_what_the_disk_does_not_give_back_is_told_with_its_place(tmp_path):
    (tmp_path / "a.csv").write_bytes(CONTENT)

    def watcher(n_bytes):
        raise OSError(5, "Input/output error")

    with pytest.raises(BrokenFile, match=r"a\.csv .* byte 0 of its contents: Input/output error"):
        content_of(replace(only(tmp_path / "a.csv"), watcher=watcher))


def test_a_file_is_called_what_the_user_calls_it(tmp_path):
    (tmp_path / "spool").write_bytes(gzip.compress(CONTENT)[:-9])
    export = Export.at(tmp_path / "spool", called="standard input")
    assert export.label == "standard input"
    with pytest.raises(BrokenFile, match=r"^standard input breaks off"):
        content_of(export.members[0])

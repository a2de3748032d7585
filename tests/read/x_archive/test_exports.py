import zipfile
from collections import Counter

import pytest

from ascendant.read.export import Export
from ascendant.read.options import ReadOptions
from ascendant.read.readers import reader_for
from ascendant.read.x_archive import READER
from ascendant.testing import check_reader
from x_archives import EXPORTS, found_in, zipped

WRAP = "twitter-2025-12-02-0f1e2d/"
_WHERE = ("source_file", "source_pointer")


def facts(found):
    """What was read, without where it stood."""
    acts = Counter(repr([(f, getattr(a, f)) for f in a.__struct_fields__ if f not in _WHERE]) for a in found.acts)
    people = Counter(repr([(f, getattr(a, f)) for f in a.__struct_fields__ if f not in _WHERE]) for a in found.accounts)
    return acts, people, len(found.rejects)


@pytest.mark.parametrize("layout", ["2025", "2019", "2017"])
@pytest.mark.parametrize("is_zip", [False, True])
@pytest.mark.parametrize("with_messages", [False, True])
def test_the_promises_of_a_reader_are_kept_for_every_layout(tmp_path, layout, is_zip, with_messages):
    path = EXPORTS / layout
    if is_zip:
        path = zipped(path, tmp_path / "archive.zip")
    check_reader(READER, path, ReadOptions(with_messages=with_messages))


@pytest.mark.parametrize("layout", ["2025", "2019", "2017"])
def test_an_archive_is_recognised_by_this_reader_alone(layout):
    assert reader_for(Export.at(EXPORTS / layout), ReadOptions()) is READER


def test_folders_zips_wrapped_zips_zips_of_zips_and_parts_tell_the_same(tmp_path):
    inside = EXPORTS / "2025" / WRAP.rstrip("/")
    expected = facts(found_in(EXPORTS / "2025"))
    assert sum(expected[0].values()) > 40
    bare = zipped(inside, tmp_path / "bare.zip")
    wrapped = zipped(EXPORTS / "2025", tmp_path / "wrapped.zip")
    twice = zipped(EXPORTS / "2025", tmp_path / "twice.zip", within="Archive/takeout/")
    places = [inside, bare, wrapped, twice]
    for method, name in ((zipfile.ZIP_STORED, "stored"), (zipfile.ZIP_DEFLATED, "packed")):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w", method) as outer:
            outer.write(wrapped, "mine/twitter-2025-12-02.zip")
            outer.writestr("mine/.DS_Store", "x")
        places.append(tmp_path / f"{name}.zip")
    (tmp_path / "kept").mkdir()
    wrapped.rename(tmp_path / "kept" / "wrapped.zip")
    places[2] = tmp_path / "kept"
    parts = tmp_path / "parts"
    parts.mkdir()
    for number in (1, 2):
        with zipfile.ZipFile(parts / f"twitter-2025-part{number}.zip", "w") as part:
            for n, file in enumerate(sorted(inside.rglob("*"))):
                if file.is_file() and n % 2 == number - 1:
                    part.write(file, f"{WRAP}{file.relative_to(inside)}")
    places.append(parts)
    for place in places:
        assert READER.recognises(Export.at(place), ReadOptions()), place
        assert facts(found_in(place)) == expected, place


def test_what_macos_and_browsers_leave_in_an_archive_changes_nothing(tmp_path):
    path = zipped(EXPORTS / "2025", tmp_path / "a.zip")
    expected = facts(found_in(path))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"__MACOSX/{WRAP}data/._tweets.js", b"\x00\x05\x16\x07")
        archive.writestr(f"{WRAP}data/._like.js", b"\x00\x05\x16\x07")
        archive.writestr(f"{WRAP}.DS_Store", b"\x00\x00\x00\x01Bud1")
    assert facts(found_in(path)) == expected


def test_an_archive_that_was_downloaded_twice_into_one_folder_is_read_once(tmp_path):
    zipped(EXPORTS / "2025", tmp_path / "twitter.zip")
    expected = facts(found_in(tmp_path))
    (tmp_path / "twitter (1).zip").write_bytes((tmp_path / "twitter.zip").read_bytes())
    assert facts(found_in(tmp_path)) == expected


def test_files_of_other_people_and_platforms_are_not_taken(tmp_path):
    empty = {"data/app.js": "console.log(1)", "data/tweets.json": "[]"}
    facebook = {"your_facebook_activity/posts/your_posts_1.json": "[]", "connections/friends/your_friends.json": "{}"}
    linkedin = {"Connections.csv": "Notes:\n", "Profile.csv": "First Name,Last Name\n"}
    program = {"src/app.js": "window.x = 1", "src/account.js": "export default {}", "tweets.csv": "id,text\n1,a\n"}
    page = {"Your archive.html": "<!doctype html><title>X</title>", "assets/js/main.js": "window.YTD = {}"}
    for number, files in enumerate((empty, facebook, linkedin, program, page)):
        for name, content in files.items():
            path = tmp_path / str(number) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        assert not READER.recognises(Export.at(tmp_path / str(number)), ReadOptions()), files


def test_one_file_of_an_archive_can_be_read_alone(tmp_path):
    (tmp_path / "tweets.js").write_bytes((EXPORTS / "2025" / WRAP / "data" / "tweets.js").read_bytes())
    found = found_in(tmp_path / "tweets.js")
    assert len(found.acts) == 5
    assert {act.actor_id for act in found.acts} == {None}  # nobody is guessed
    assert all("actor_id" in (act.missing or ()) for act in found.acts)
    assert not any(account.is_me for account in found.accounts)
    check_reader(READER, tmp_path / "tweets.js")


def test_the_table_of_posts_is_read_where_nothing_else_is_left(tmp_path):
    (tmp_path / "tweets.csv").write_bytes((EXPORTS / "2017" / "tweets.csv").read_bytes())
    check_reader(READER, tmp_path)
    found, whole = found_in(tmp_path), found_in(EXPORTS / "2017")
    assert found.by_id.keys() == whole.by_id.keys()
    assert [act.verb for act in found.acts] == ["repost", "reply", "post"]
    repost = found.acts[0]
    assert (repost.object_id, repost.object_author_id) == ("x:800000000000000001", "x:2001")
    assert "text" in (repost.missing or ())  # the table cuts it; the months do not
    assert whole.by_id[repost.activity_id].text.endswith("jusqu’au dernier")
    assert found.by_id["x:10000000001"].text == "Un vieux message\nsur deux lignes"


def test_ids_are_those_of_collected_posts():
    found = found_in(EXPORTS / "2025")
    assert found.me.account_id == "x:1200000000000000001"
    assert all(act.activity_id.removeprefix("x:").isdecimal() for act in found.acts if act.verb in ("post", "repost"))

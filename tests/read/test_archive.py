import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascendant.activity import Coverage
from ascendant.errors import AmbiguousMember
from ascendant.read.archive import Archive, archives_in, covered, plain, stem_and_number
from ascendant.read.export import Export, Member

KNOWN = frozenset(
    {"posts/your_posts.json", "connections/friends.json", "activity/posts/your_posts.json", "profile.json"}
)
ME = frozenset({"profile.json"})


def export_of(*names):
    return Export(Path("x"), tuple(Member(name, 1, Path("x")) for name in names))


def archives(*names):
    return archives_in(export_of(*names), KNOWN.__contains__, ME)


def names(members):
    return [member.name for member in members]


@pytest.mark.parametrize(
    "spelling", ["who_you've_followed", "who_you’ve_followed", "who_you_ve_followed", "Who_You_VE_followed"]
)
def test_the_kind_of_apostrophe_does_not_matter(spelling):
    (archive,) = archives("profile.json", f"connections/{spelling}.json")
    assert archive.find("connections/who_you've_followed.json").name == f"connections/{spelling}.json"


def test_letters_that_are_composed_in_another_way_are_the_same():
    assert plain("caf\u00e9.json") == plain("cafe\u0301.JSON")


def test_a_file_is_found_by_the_end_of_its_path_between_folders_only():
    (archive,) = archives("profile.json", "new_folder/search/your_search_history.json")
    assert archive.find("search/your_search_history.json") is not None
    assert archive.find("your_search_history.json") is not None
    assert archive.find("search_history.json") is None
    assert archive.find("h/your_search_history.json") is None


def test_a_name_that_two_folders_have_is_refused_and_never_chosen():
    (archive,) = archives("profile.json", "search/history.json", "marketplace/history.json")
    assert archive.find("marketplace/history.json").name == "marketplace/history.json"
    with pytest.raises(AmbiguousMember):
        archive.find("history.json")
    with pytest.raises(AmbiguousMember):
        archive.family("history.json")


def test_a_file_that_stands_exactly_there_wins_over_one_deeper():
    (archive,) = archives("profile.json", "history.json", "marketplace/history.json")
    assert archive.find("history.json").name == "history.json"


@pytest.mark.parametrize("sign", ["_{}", "-part{}", " ({})", "({})", "_part_{}"])
def test_a_family_is_in_the_order_of_its_numbers_in_each_way_of_numbering(sign):
    numbered = [f"posts/your_posts{sign.format(n)}.json" for n in (10, 2, 1, 11)]
    (archive,) = archives("posts/your_posts.json", *numbered, "posts/your_posts_archive.json")
    found = names(archive.family("posts/your_posts.json"))
    assert found == ["posts/your_posts.json", *(f"posts/your_posts{sign.format(n)}.json" for n in (1, 2, 10, 11))]


@given(st.text("abc_- .()123/", min_size=1, max_size=15))
def test_a_path_is_its_stem_with_or_without_a_number(path):
    stem, number = stem_and_number(path)
    assert (stem == path) == (number == -1)
    assert number == -1 or str(number) in path.replace("0", "") or "0" in path


def test_archives_are_found_in_whatever_they_are_wrapped():
    for wrapping in ("", "facebook-jo/", "takeout/facebook-jo/", "a.zip/facebook-jo/"):
        (archive,) = archives(f"{wrapping}profile.json", f"{wrapping}activity/posts/your_posts_1.json")
        assert archive.root == wrapping.rstrip("/")
        assert sorted(archive.places) == ["activity/posts/your_posts_1.json", "profile.json"]


def test_the_longest_known_path_is_taken():
    (archive,) = archives("w/activity/posts/your_posts_1.json")
    assert archive.root == "w"


def test_parts_in_several_zips_are_one_archive():
    parts = [
        ("fb-part1.zip", "fb-part2.zip"),
        ("fb-001.zip", "fb-002.zip"),
        ("fb.zip", "fb (1).zip"),
    ]
    for first, second in parts:
        (archive,) = archives(f"{first}/profile.json", f"{second}/posts/your_posts_1.json", f"{second}/profile.json")
        assert archive.find("posts/your_posts_1.json") is not None
        assert len(archive.family("profile.json")) == 2


def test_archives_of_different_days_are_not_parts():
    found = archives("fb-2025-01-02.zip/profile.json", "fb-2025-01-05.zip/profile.json")
    assert [archive.root for archive in found] == ["fb-2025-01-02.zip", "fb-2025-01-05.zip"]


def test_what_names_nobody_joins_the_only_archive_that_names_somebody():
    (archive,) = archives("a/profile.json", "b/posts/your_posts_1.json", "notes.txt")
    assert sorted(archive.places) == ["notes.txt", "posts/your_posts_1.json", "profile.json"]
    assert archive.root == "a"


def test_where_two_name_somebody_nothing_changes_hands():
    found = archives(
        "a/profile.json", "a/posts/your_posts_1.json", "b/profile.json", "c/posts/your_posts_1.json", "d.txt"
    )
    assert {archive.root: sorted(names(archive.members)) for archive in found} == {
        "a": ["a/posts/your_posts_1.json", "a/profile.json"],
        "b": ["b/profile.json"],
        "": ["c/posts/your_posts_1.json", "d.txt"],
    }


def test_an_export_without_a_known_path_holds_no_archive():
    assert archives("notes.txt", "posts/other.json") == []


def test_the_same_bytes_packed_twice_are_one_member(tmp_path):
    for name in ("fb.zip", "fb (1).zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            packed.writestr("profile.json", "{}")
            packed.writestr("posts/your_posts_1.json", "[1]" if name == "fb.zip" else "[2]")
    (archive,) = archives_in(Export.at(tmp_path), KNOWN.__contains__, ME)
    assert len(archive.family("profile.json")) == 1
    assert len(archive.family("posts/your_posts.json")) == 2


def test_coverage_tells_every_member_and_every_known_file_once():
    (archive,) = archives(
        "w/profile.json",
        "w/posts/your_posts_1.json",
        "w/posts/media/1.jpg",
        "w/posts/media/2.mp4",
        "w/new.json",
        "w/ip.json",
    )
    told = {"w/profile.json": Coverage(member="w/profile.json", status="parsed", rows_in=1)}
    known = ["profile.json", "posts/your_posts.json", "connections/friends.json"]
    rows = {row.member: row.status for row in covered(archive, told, known, {"ip.json"}.__contains__)}
    assert rows == {
        "w/profile.json": "parsed",
        "w/posts/your_posts_1.json": "unknown",
        "w/posts/media/": "unread",
        "w/new.json": "unknown",
        "w/ip.json": "unread",
        "w/connections/friends.json": "absent",
    }


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("facebook-jo-2025-06-04-Ab1.zip", 1748995200000000),
        ("Complete_LinkedInDataExport_07-20-2026.zip", 1784505600000000),
        ("twitter-20251202-ab.zip", 1764633600000000),
        ("archive-2025-13-45.zip", None),
        ("archive.zip", None),
        ("99912025-06-041.zip", None),
    ],
)
def test_the_day_in_a_name_is_read_where_it_is_one(name, day):
    assert Archive(Export(Path(name), ()), "", {}).named_date() == day

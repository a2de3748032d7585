"""Archives of one person are read together; those of several are refused whole, or chosen by name."""

from __future__ import annotations

import json
import shutil

import pytest

import facebook_archives as facebook
import linkedin_archives as linkedin
import x_archives as x
from ascendant.errors import AnotherOwner, StudyOfAnother, UnknownOwner
from ascendant.store.owners import kept_owners
from ascendant.store.parts import reading
from ascendant.study import Study
from ascendant.study.owners import owners_in
from study.bad_files import GOOD, N_GOOD, n_rows

POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
BO = {
    "profile_v2": {
        "name": {"full_name": "Bo Muster"},
        "registration_timestamp": 1_400_000_000,
        "profile_uri": "https://www.facebook.com/bo.muster",
    }
}
SHARES = (
    "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
    "2026-07-01 10:00:00,https://www.linkedin.com/feed/update/urn:li:share:7480319724748812345,Bonjour,,,\n"
)


@pytest.fixture
def made(tmp_path):
    """Archives by name: of Jo and Bo on X, of Ada and Bo on Facebook, of Camille on LinkedIn."""
    jo = x.archive_in(tmp_path / "in" / "jo", {"tweets": [x.post("1"), x.post("2")]})
    bo = x.archive_in(tmp_path / "in" / "bo", {"tweets": [x.post("3")]}, x.account("77", "bo_muster"))
    camille = linkedin.archive_in(tmp_path / "in" / "li", {"Shares.csv": SHARES})
    return {
        "jo": x.zipped(jo, tmp_path / "jo.zip"),
        "bo": x.zipped(bo, tmp_path / "bo.zip"),
        "ada": facebook.zipped(tmp_path / "ada.zip", {facebook.PROFILE: facebook.ADA, POSTS: [said("a")]}),
        "bo_fb": facebook.zipped(tmp_path / "bo_fb.zip", {facebook.PROFILE: BO, POSTS: [said("b")]}),
        "camille": linkedin.zipped(camille, tmp_path / "camille.zip"),
    }


def said(text, at=facebook.A_DAY):
    return {"timestamp": at, "data": [{"post": text}]}


def study_in(tmp_path):
    return Study.make(tmp_path / "study")


def ids(tmp_path):
    """Ids of all acts that the study holds, as often as they stand in it."""
    import pyarrow.parquet as pq

    with reading(tmp_path / "study") as manifest:
        parts = manifest.parts("activity")
    return [
        one for name in parts for one in pq.read_table(tmp_path / "study/activity" / name)["activity_id"].to_pylist()
    ]


def test_a_look_tells_whose_archives_they_are_and_reads_nothing_else(made, tmp_path):
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    found = owners_in([*made.values(), tmp_path / "good.jsonl", tmp_path / "absent.zip"])
    assert [(one.platform, one.words) for one in found] == [
        ("x", "@jo_exemple"),
        ("x", "@bo_muster"),
        ("facebook", "Ada Exemple"),
        ("facebook", "Bo Muster"),
        ("linkedin", "Camille Exemple"),
    ]
    assert found[0].file == str(made["jo"])
    assert (found[2].account_id, found[2].created_at) == (facebook.ME, 1_300_000_000_000_000)


@pytest.mark.parametrize("pair", [("jo", "bo"), ("ada", "bo_fb")])
def test_archives_of_two_people_on_one_platform_are_refused_before_a_row_is_written(pair, made, tmp_path):
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    with pytest.raises(AnotherOwner) as raised:
        study_in(tmp_path).read([tmp_path / "good.jsonl", *(made[name] for name in pair)])
    assert all(made[name].name in raised.value.facts["owners"] for name in pair)
    assert n_rows(tmp_path / "study") == 0


def test_the_archives_of_one_are_read_where_a_name_says_whose(made, tmp_path):
    done = study_in(tmp_path).read([made["jo"], made["bo"]], owner="Bo_Muster")
    assert [one.words for one in done.owners] == ["@bo_muster"]
    assert [one.words for one in done.left_out] == ["@jo_exemple"]
    assert done.problems == []
    assert ids(tmp_path) == ["x:3"]


def test_a_name_restricts_only_the_platforms_on_which_somebody_bears_it(made, tmp_path):
    done = study_in(tmp_path).read([made["jo"], made["bo"], made["ada"]], owner="@jo_exemple")
    assert [one.words for one in done.owners] == ["@jo_exemple", "Ada Exemple"]
    done = Study.make(tmp_path / "other").read([made["jo"], made["bo"], made["ada"], made["bo_fb"]], owner="bo muster")
    assert [one.words for one in done.owners] == ["@bo_muster", "Bo Muster"]


def test_different_names_on_different_platforms_are_taken_as_one_person(made, tmp_path):
    done = study_in(tmp_path).read([made["jo"], made["ada"], made["camille"]])
    assert [(one.platform, one.words) for one in done.owners] == [
        ("x", "@jo_exemple"),
        ("facebook", "Ada Exemple"),
        ("linkedin", "Camille Exemple"),
    ]


@pytest.mark.parametrize("wanted", ["zoe", ""])
def test_a_name_that_nobody_bears_is_a_wrong_use_that_names_those_who_are_there(wanted, made, tmp_path):
    with pytest.raises(UnknownOwner) as raised:
        study_in(tmp_path).read([made["jo"]], owner=wanted)
    assert "@jo_exemple" in raised.value.advice
    assert n_rows(tmp_path / "study") == 0


def test_a_name_without_archives_is_a_wrong_use(tmp_path):
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    with pytest.raises(UnknownOwner, match="jo"):
        study_in(tmp_path).read([tmp_path / "good.jsonl"], owner="jo")


def test_a_study_of_somebody_takes_no_archive_of_somebody_else_later(made, tmp_path):
    study = study_in(tmp_path)
    study.read([made["jo"]])
    for owner in (None, "bo_muster"):
        with pytest.raises(StudyOfAnother) as raised:
            study.read([made["bo"]], owner=owner)
        assert raised.value.facts["kept"] == "@jo_exemple"
    study.read([made["ada"]])
    assert study.read([made["jo"]]).known, "the same archive again is nothing new"
    assert [row["account_id"] for row in kept_owners(tmp_path / "study")] == [facebook.ME, f"x:{x.ME}"]


def test_posts_that_somebody_collected_have_no_owner_and_are_read_beside(made, tmp_path):
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    study_in(tmp_path).read([tmp_path / "good.jsonl", made["jo"], made["bo"]], owner="jo_exemple")
    assert n_rows(tmp_path / "study") == N_GOOD + 2


def test_an_owner_whose_account_has_another_address_now_is_known_by_the_second_in_which_it_was_made(tmp_path):
    new = {"profile_v2": {**facebook.ADA["profile_v2"], "profile_uri": "https://www.facebook.com/ada.nouveau"}}
    paths = [
        facebook.zipped(tmp_path / name, {facebook.PROFILE: profile, POSTS: [said("a")]})
        for name, profile in (("old.zip", facebook.ADA), ("new.zip", new))
    ]
    done = study_in(tmp_path).read(paths)
    assert len(done.owners) == 2
    assert len(set(ids(tmp_path))) == 1


def test_two_accounts_of_one_name_are_two_until_somebody_says_that_they_are_one(tmp_path):
    profiles = [
        {"profile_v2": {"name": {"full_name": "Ada Exemple"}, "profile_uri": f"https://www.facebook.com/ada.{n}"}}
        for n in (1, 2)
    ]
    paths = [
        facebook.zipped(tmp_path / f"{n}.zip", {facebook.PROFILE: profile, POSTS: [said(f"{n}")]})
        for n, profile in enumerate(profiles)
    ]
    with pytest.raises(AnotherOwner) as raised:
        study_in(tmp_path).read(paths)
    assert raised.value.facts["first"] == "ada.1", "what is advised tells one from the other"
    one = Study.make(tmp_path / "one").read(paths, owner="ada.1")
    assert [len(one.owners), len(one.left_out)] == [1, 1]
    both = Study.make(tmp_path / "both").read(paths, owner="Ada Exemple")
    assert [len(both.owners), len(both.left_out)] == [2, 0]


# ------------------------------------------------------------------------------------------------ parts and folders
def parts(tmp_path, names=("twitter-2025-part1.zip", "twitter-2025-part2.zip")):
    files = [
        {"fileName": f"data/{name}", "globalName": "a", "count": n}
        for name, n in (("tweets.js", "1"), ("tweets-part1.js", "2"))
    ]
    manifest = {
        "userInfo": {"accountId": x.ME, "userName": "jo_exemple"},
        "archiveInfo": {"generationDate": "2025-12-02T06:28:10.000Z"},
        "dataTypes": {"tweets": {"files": files}},
    }
    first = {"tweets": [x.post("1")], "manifest": f"window.__THAR_CONFIG = {json.dumps(manifest)}"}
    second = {"account": None, "tweets-part1": [x.post("2"), x.post("3")]}
    return [
        x.zipped(x.archive_in(tmp_path / "parts" / name, content), tmp_path / name)
        for name, content in zip(names, (first, second), strict=True)
    ]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("names", [("twitter-2025-part1.zip", "twitter-2025-part2.zip"), ("a.zip", "b.zip")])
def test_parts_of_one_archive_in_two_paths_are_one_archive_of_one_person(names, order, tmp_path):
    done = study_in(tmp_path).read(parts(tmp_path, names)[::order])
    assert sorted(ids(tmp_path)) == ["x:1", "x:2", "x:3"]
    rows = [row for row in study_in(tmp_path).coverage().to_pylist() if row["expected"]]
    assert [(row["expected"], row["rows_in"], row["note"]) for row in rows] == [(1, 1, None), (2, 2, None)]
    assert len(done.owners) == 1
    with_owner = {row["account_id"] for row in kept_owners(tmp_path / "study")}
    assert with_owner == {f"x:{x.ME}"}
    assert actors(tmp_path) == {f"x:{x.ME}"}, "the part that names nobody is its owner's too"
    assert [caveat.template for caveat in done.notes] == ([] if "part" in names[0] else [done.notes[0].template])


def actors(tmp_path):
    import pyarrow.parquet as pq

    with reading(tmp_path / "study") as manifest:
        found = manifest.parts("activity")
    return {one for name in found for one in pq.read_table(tmp_path / "study/activity" / name)["actor_id"].to_pylist()}


def test_a_part_alone_is_kept_and_told_to_be_nobodys(tmp_path):
    done = study_in(tmp_path).read(parts(tmp_path)[1:])
    assert sorted(ids(tmp_path)) == ["x:2", "x:3"]
    assert done.owners == []
    assert "whose archive it is" in str(done.notes[0])


def test_a_part_that_names_nobody_goes_with_the_one_that_is_asked_for(made, tmp_path):
    done = study_in(tmp_path).read([*parts(tmp_path), made["bo"]], owner="jo_exemple")
    assert sorted(ids(tmp_path)) == ["x:1", "x:2", "x:3"]
    assert [one.words for one in done.left_out] == ["@bo_muster"]


def test_reading_parts_again_adds_nothing(tmp_path):
    study = study_in(tmp_path)
    study.read(parts(tmp_path))
    done = study.read([tmp_path / "twitter-2025-part2.zip", tmp_path / "twitter-2025-part1.zip"])
    assert all(file.was_known for file in done.files)
    assert n_rows(tmp_path / "study") == 3


@pytest.mark.parametrize("deep", ["", "deeper/still/"])
def test_a_folder_of_archives_of_several_platforms_is_read_as_if_each_had_been_given(deep, made, tmp_path):
    folder = tmp_path / "downloads" / deep
    folder.mkdir(parents=True)
    for name in ("jo", "ada", "camille"):
        shutil.copy(made[name], folder)
    done = study_in(tmp_path).read([tmp_path / "downloads"])
    assert {one.platform for one in done.owners} == {"x", "facebook", "linkedin"}
    again = study_in(tmp_path).read([made["jo"], made["ada"], made["camille"]])
    assert all(file.was_known for file in again.files)


def test_a_folder_of_archives_of_two_people_is_refused_or_read_in_part(made, tmp_path):
    folder = tmp_path / "downloads"
    folder.mkdir()
    for name in ("jo", "bo"):
        shutil.copy(made[name], folder)
    with pytest.raises(AnotherOwner):
        study_in(tmp_path).read([folder])
    done = study_in(tmp_path).read([folder], owner="jo_exemple")
    assert ids(tmp_path) == ["x:1", "x:2"]
    assert [one.file for one in done.left_out] == [f"{folder}/bo.zip"]


# ------------------------------------------------------------------------------------------------ nothing counts twice
def test_the_quick_and_the_complete_archive_of_linkedin_in_two_paths_double_nothing(tmp_path):
    study = study_in(tmp_path)
    study.read([linkedin.COMPLETE])
    n_acts = len(set(ids(tmp_path)))
    before = n_rows(tmp_path / "study")
    study.read([linkedin.QUICK])
    assert n_rows(tmp_path / "study") > before, "there is something to double"
    assert len(set(ids(tmp_path))) == n_acts


def test_the_remark_that_the_larger_archive_comes_later_is_not_made_where_it_is_there(command, tmp_path):
    alone = command("read", linkedin.QUICK, "--study", "one", "--lang", "en")
    assert "comes with the larger one" in alone.err
    both = command("read", linkedin.QUICK, linkedin.COMPLETE, "--study", "two", "--lang", "en")
    assert "comes with the larger one" not in both.err


# ------------------------------------------------------------------------------------------------ on the screen
@pytest.mark.parametrize(
    ("lang", "read", "left"),
    [
        ("en", "archives read: X: @jo_exemple; Facebook: Ada Exemple", "left out: {bo}, the archive of @bo_muster"),
        (
            "fr",
            "archives lues\u202f: X\u202f: @jo_exemple\u202f; Facebook\u202f: Ada Exemple",
            "laissé de côté\u202f: {bo}",
        ),
    ],
)
def test_the_screen_says_whose_archives_were_read_and_whose_left_out(lang, read, left, made, command):
    done = command("read", made["jo"], made["bo"], made["ada"], "--owner", "jo_exemple", "--lang", lang)
    assert done.code == 0
    assert read in done.err
    assert left.format(bo=made["bo"]) in done.err
    told = json.loads(command("read", made["jo"], made["bo"], "--owner", "@jo_exemple", "--study", "s", "--json").out)
    assert [one["account_id"] for one in told["owners"]] == [f"x:{x.ME}"]
    assert [one["handle"] for one in told["left_out"]] == ["bo_muster"]


@pytest.mark.parametrize("door", ["read", "brief"])
@pytest.mark.parametrize(
    ("lang", "said", "hint"),
    [("en", "not all of one person", '--owner "@jo_exemple"'), ("fr", "pas toutes à la même personne", "--owner")],
)
def test_every_door_refuses_archives_of_two_people(door, lang, said, hint, made, command):
    done = command(door, made["jo"], made["bo"], "--study", "study", "--lang", lang)
    assert done.code == 3
    message, _, advice = done.err.partition("  -> ")
    assert said in message
    assert "jo.zip (@jo_exemple)" in message
    assert "bo.zip (@bo_muster)" in message
    assert hint in advice
    chosen = command(door, made["jo"], made["bo"], "--study", "chosen", "--owner", "@jo_exemple", "--lang", lang)
    assert chosen.code == 0


def test_a_wrong_name_is_a_wrong_use(made, command):
    done = command("read", made["jo"], "--study", "study", "--owner", "zoe", "--lang", "en")
    assert done.code == 2
    assert "“zoe”" in done.err

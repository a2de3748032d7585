import unicodedata
import zipfile
from collections import Counter

import msgspec
import pytest

from ascendant.activity import Activity
from ascendant.read.export import Export
from ascendant.read.linkedin_archive import COPY, READER
from ascendant.read.options import ReadOptions
from ascendant.read.readers import reader_for
from ascendant.testing import check_reader
from linkedin_archives import COMPLETE, EXPORTS, QUICK, WRAP, facts, found_in, zipped


@pytest.mark.parametrize("place", ["complete", "quick", ""])
@pytest.mark.parametrize("is_zip", [False, True])
@pytest.mark.parametrize("with_messages", [False, True])
def test_the_promises_of_a_reader_are_kept(tmp_path, place, is_zip, with_messages):
    path = EXPORTS / place
    if is_zip:
        path = zipped(path, tmp_path / "archive.zip")
    check_reader(READER, path, ReadOptions(with_messages=with_messages))


@pytest.mark.parametrize("place", ["complete", "quick"])
def test_an_archive_is_recognised_by_this_reader_alone(place):
    assert reader_for(Export.at(EXPORTS / place), ReadOptions()) is READER


def test_every_file_of_the_complete_archive_gives_its_acts():
    found = found_in(COMPLETE, with_messages=True)
    assert found.rejects == []
    assert found.n_rows == {
        "Ad_Targeting.csv": 1,
        "Ads Clicked.csv": 2,
        "Comments_100200300.csv": 5,
        "Company Follows.csv": 2,
        "Connections.csv": 4,
        "Endorsement_Given_Info.csv": 1,
        "Endorsement_Received_Info.csv": 1,
        "Events.csv": 3,
        "Hashtag_Follows_100200300.csv": 2,
        "Inferences_about_you.csv": 3,
        "InstantReposts_100200300.csv": 1,
        "Invitations.csv": 2,
        "LAN Ads Engagement.csv": 2,
        "Learning.csv": 3,
        "Logins.csv": 1,
        "Member_Follows_100200300.csv": 2,
        "Profile.csv": 1,
        "Reactions_100200300.csv": 3,
        "Recommendations_Given.csv": 1,
        "Recommendations_Received.csv": 1,
        "Registration.csv": 1,
        "Saved_Items_100200300.csv": 2,
        "SearchQueries.csv": 1,
        "Shares_100200300.csv": 7,
        "Votes_100200300.csv": 1,
        "messages.csv": 5,
        "une-rue-pour-tous-7n5pe.html": 1,
    }
    assert found.verbs == {
        ("accept", "by_me"): 2,
        ("ad_click", "by_me"): 3,
        ("ad_view", "to_me"): 1,
        ("follow", "by_me"): 4,
        ("inferred", "about_me"): 8,
        ("invite", "by_me"): 1,
        ("invite", "to_me"): 1,
        ("join", "by_me"): 1,
        ("mention", "by_me"): 2,
        ("mention", "to_me"): 2,
        ("post", "by_me"): 6,
        ("quote", "by_me"): 1,
        ("react", "by_me"): 4,
        ("react", "to_me"): 1,
        ("reply", "by_me"): 5,
        ("repost", "by_me"): 2,
        ("save", "by_me"): 4,
        ("search", "by_me"): 1,
        ("session", "by_me"): 1,
        ("targeted", "about_me"): 8,
        ("unfollow", "by_me"): 2,
        ("view", "by_me"): 1,
        ("vote", "by_me"): 1,
    }


def test_folders_zips_wrapped_zips_and_zips_of_zips_tell_the_same(tmp_path):
    inside = COMPLETE / WRAP
    expected = facts(found_in(COMPLETE))
    bare = zipped(inside, tmp_path / "Complete_LinkedInDataExport_07-20-2026.zip")
    wrapped = zipped(COMPLETE, tmp_path / "wrapped.zip")
    deep = zipped(COMPLETE, tmp_path / "deep.zip", within="Downloads/mine/")
    copy = zipped(inside, tmp_path / "Complete_LinkedInDataExport_07-20-2026 (1).zip")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w", zipfile.ZIP_DEFLATED) as outer:
        outer.write(bare, bare.name)
    for place in (inside, bare, wrapped, deep, copy, tmp_path / "outer.zip"):
        assert READER.recognises(Export.at(place), ReadOptions()), place
        assert facts(found_in(place)) == expected, place


def test_the_day_of_the_archive_is_in_its_name(tmp_path):
    quick = zipped(next(QUICK.iterdir()), tmp_path / "Basic_LinkedInDataExport_07-19-2026.zip")
    for place, day in ((COMPLETE, 1784505600000000), (QUICK, 1784419200000000), (quick, 1784419200000000)):
        assert {act.collected_at for act in found_in(place).acts} == {day}, place
    assert {act.collected_at for act in found_in(COMPLETE / WRAP).acts} == {1784505600000000}


def test_what_macos_leaves_in_an_archive_changes_nothing(tmp_path):
    path = zipped(COMPLETE, tmp_path / "a.zip")
    expected = facts(found_in(path))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"__MACOSX/{WRAP}/._Shares_100200300.csv", b"\x00\x05\x16\x07")
        archive.writestr(f"{WRAP}/._Connections.csv", b"Date,Link\n\x00\x05\x16\x07")
        archive.writestr(f"{WRAP}/.DS_Store", b"\x00\x00\x00\x01Bud1")
    assert facts(found_in(path)) == expected


def test_names_of_files_drift_and_mean_the_same(tmp_path):
    other = {
        "Shares_100200300.csv": "Shares.csv",
        "Reactions_100200300.csv": "reactions_7.csv",
        "Member_Follows_100200300.csv": "Member Follows.csv",
        "Company Follows.csv": "Company_Follows.csv",
        "Endorsement_Given_Info.csv": "Endorsement Given Info.csv",
        "Saved_Items_100200300.csv": "Saved_Items_100200300 (1).csv",
        "messages.csv": "Messages.csv",
        "Ad_Targeting.csv": "Ad Targeting.csv",
        "LAN Ads Engagement.csv": "LAN_Ads_Engagement.csv",
    }
    expected = facts(found_in(COMPLETE, with_messages=True))
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted((COMPLETE / WRAP).rglob("*")):
            if file.is_file():
                name = str(file.relative_to(COMPLETE / WRAP))
                archive.write(file, f"{WRAP}/{other.pop(name, name)}")
    assert other == {}
    found = found_in(path, with_messages=True)
    assert facts(found) == expected
    assert not [row for row in found.rows if row.status == "absent" and "Follows" in row.member]


def test_the_quick_archive_and_the_complete_one_double_nothing(tmp_path):
    """Given together they are one; given one after the other the same fact has the same id."""
    quick, complete, both = found_in(QUICK), found_in(COMPLETE), found_in(EXPORTS)
    assert {act.activity_id for act in quick.acts} < {act.activity_id for act in complete.acts}
    assert {act.activity_id for act in both.acts} == {act.activity_id for act in complete.acts}
    assert {account.account_id for account in both.accounts} == {account.account_id for account in complete.accounts}
    n_same = Counter(act.activity_id for act in both.acts)
    assert set(n_same.values()) == {1, 2}
    for name in ("Basic_LinkedInDataExport_07-19-2026", WRAP):
        (tmp_path / "two").mkdir(exist_ok=True)
        zipped(EXPORTS / ("quick" if name[0] == "B" else "complete") / name, tmp_path / "two" / f"{name}.zip")
    assert facts(found_in(tmp_path / "two")) == facts(both)


def test_messages_are_counted_in_the_latest_archive_alone():
    """Each archive holds all of them until its day: a count of a part would contradict that of the whole."""
    together = [act for act in found_in(EXPORTS, with_messages=True).acts if act.context_id]
    alone = [act for act in found_in(COMPLETE, with_messages=True).acts if act.context_id]
    assert together == [msgspec.structs.replace(act, source_file=f"complete/{act.source_file}") for act in alone]


def test_a_file_that_was_downloaded_twice_is_read_once(tmp_path):
    for number in ("", " (1)"):
        zipped(COMPLETE / WRAP, tmp_path / f"{WRAP}{number}.zip")
    found = found_in(tmp_path)
    assert Counter(act.activity_id for act in found.acts).most_common(1)[0][1] == 1
    copies = [row for row in found.rows if row.note == COPY]
    assert {row.status for row in copies} == {"unread"}
    check_reader(READER, tmp_path)


def test_an_article_whose_name_has_accents_is_an_article_however_they_are_composed(archive):
    page = "<html><head><title>Été</title></head><body><h1>Été</h1></body></html>"
    name = "Articles/Articles/l-été-développé.html"
    for form in ("NFC", "NFD"):
        found = found_in(archive({unicodedata.normalize(form, name): page}, place=form))
        (act,) = [act for act in found.of("post") if isinstance(act, Activity)]
        assert (act.text, act.happened_at, act.missing) == ("Été", None, ("happened_at",))


def test_an_archive_of_another_platform_is_not_taken(archive, tmp_path):
    facebook = {"your_facebook_activity/comments_and_reactions/comments.json": '{"comments_v2": []}'}
    x = {"data/account.js": "window.YTD.account.part0 = []", "data/tweets.js": "window.YTD.tweets.part0 = []"}
    videos = {"Takeout/YouTube/comments/comments.csv": "Comment ID,Channel ID,Comment Text\na,b,c\n"}
    table = {"posts.csv": "Date,Link,Message\n2026-01-01,https://example.org/1,Bonjour\n"}
    link = "https://www.linkedin.com/feed/update/urn:li:activity:7480319724748812345"
    wide = {"heard.csv": f"Date,Link,Message,Author,Reach\n2026-01-01,{link},Bonjour,Ada,12\n"}
    for number, files in enumerate((facebook, x, videos, table, wide)):
        export = Export.at(archive(files, place=str(number), owner=False))
        assert not READER.recognises(export, ReadOptions()), files


def test_a_table_of_another_name_is_known_by_its_columns(archive):
    post = "https://www.linkedin.com/feed/update/urn:li:activity:7480319724748812345"
    found = found_in(archive({"mes_votes.csv": f"Date,Link,OptionText\n2026-07-01 10:00:00,{post},Oui\n"}, owner=False))
    assert found.only.verb == "vote"
    assert found.coverage("mes_votes.csv").status == "parsed"


def test_the_ids_are_those_of_collected_posts():
    """So that the owner's archive and posts that somebody collected tell of the same things."""
    posts_table = pytest.importorskip("ascendant.read.linkedin_posts.posts_table")
    from ascendant.read.known_tables import Row

    names = ("post_id", "author_id", "reshared_post_id", "parent_post_id")
    for act in found_in(COMPLETE).acts:
        if not act.activity_id.removeprefix("linkedin:").isdecimal():
            continue
        number, root = act.activity_id.removeprefix("linkedin:"), (act.object_id or "").removeprefix("linkedin:")
        cells = [f"urn:li:share:{number}", "https://www.linkedin.com/in/Camille-Exemple", "", ""]
        cells[3 if act.verb == "reply" else 2] = root
        columns = {name: place for place, name in enumerate(names)}
        collected, *_ = posts_table.PostsTable(columns).read(Row(columns, cells), "line 2")
        assert (collected.activity_id, collected.actor_id) == (act.activity_id, act.actor_id)
        assert collected.object_id == act.object_id

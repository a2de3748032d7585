"""The traps of Facebook's exports, one test each; a reader that takes the files at their word fails all of them."""

import json

import pytest

from ascendant.errors import SeveralOwners
from ascendant.read.export import Export
from ascendant.read.facebook_archive import READER
from ascendant.read.options import ReadOptions
from ascendant.testing import check_reader
from facebook_archives import A_DAY, ADA, ME, PROFILE, archive_in, as_json, found_in, label, record, zipped

POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
REACTIONS = "your_facebook_activity/comments_and_reactions/likes_and_reactions"
FRIENDS = "connections/friends/your_friends.json"
BO = {FRIENDS: {"friends_v2": [{"name": "Bo Muster", "timestamp": A_DAY}]}}


def said(text, at=A_DAY, **more):
    return {"timestamp": at, "data": [{"post": text}], "title": "Ada Exemple.", **more}


def old_reaction(at, kind="LIKE", title="Ada Exemple aime la publication de Bo Muster."):
    return {"timestamp": at, "data": [{"reaction": {"reaction": kind, "actor": "Ada Exemple"}}], "title": title}


def new_reaction(at, kind="J’aime", url="https://www.facebook.com/acme/posts/1"):
    return record(label("Réaction", kind), label("URL", url, href=url), timestamp=at)


def test_text_is_spelled_in_utf8_bytes_whole_mixed_and_cut(read):
    mixed, cut = "“Mixte” caf\xc3\xa9 \xf0\x9f\x98\x82", "Coup\xc3\xa9 \xf0\x9f\x98"
    files = json.dumps(
        [said("d\xc3\xa9j\xc3\xa0 vu"), said(mixed, A_DAY + 1), said(cut, A_DAY + 2), said("propre é", 0)]
    )
    found = read({POSTS: files})
    assert found.texts == ["déjà vu", "“Mixte” café 😂", "Coupé ", "propre é"]
    assert [act.text_repaired for act in found.acts] == [True, True, True, False]


def test_a_list_of_one_record_is_that_record_alone(read):
    assert read({POSTS: said("seul")}).texts == ["seul"]
    assert len(read({f"{REACTIONS}.json": new_reaction(A_DAY)}, place="new").of("react")) == 1


def test_a_reaction_that_stands_in_both_layouts_is_counted_once_with_what_both_tell(read):
    both = {
        **BO,
        f"{REACTIONS}.json": [
            new_reaction(A_DAY),
            new_reaction(A_DAY + 9, "J’adore", "https://www.facebook.com/reel/7"),
        ],
        f"{REACTIONS}_1.json": [old_reaction(A_DAY), old_reaction(A_DAY + 5), old_reaction(A_DAY + 9, "LOVE")],
    }
    found = read(both)
    assert [(act.happened_at // 10**6 - A_DAY, act.object_author_id) for act in found.of("react")] == [
        (0, "facebook:@acme"),
        (9, "facebook:name:Bo Muster"),
        (5, "facebook:name:Bo Muster"),
    ]
    assert "counted once" in found.coverage("likes_and_reactions.json").note


def test_reactions_of_one_second_that_differ_in_kind_are_two(read):
    files = {f"{REACTIONS}.json": [new_reaction(A_DAY)], f"{REACTIONS}_1.json": [old_reaction(A_DAY, "ANGER")]}
    assert len(read(files).of("react")) == 2


def test_a_kind_in_a_language_that_is_not_known_may_be_any(read):
    files = {f"{REACTIONS}.json": [new_reaction(A_DAY, "Pidän tästä")], f"{REACTIONS}_1.json": [old_reaction(A_DAY)]}
    assert len(read(files).of("react")) == 1


def test_reactions_have_the_same_ids_in_an_export_of_one_layout_and_of_both(read):
    old = {f"{REACTIONS}_1.json": [old_reaction(A_DAY), old_reaction(A_DAY + 5)]}
    new = {f"{REACTIONS}.json": [new_reaction(A_DAY)]}
    alone, both = read(old, place="old"), read({**old, **new}, place="both")
    assert {act.activity_id for act in alone.of("react")} == {act.activity_id for act in both.of("react")}


def test_the_actor_of_a_reaction_is_the_owner_and_not_the_author_of_the_post(read):
    found = read({f"{REACTIONS}_1.json": [old_reaction(A_DAY, title="Ada Exemple aime ceci.")]})
    (act,) = found.of("react")
    assert (act.actor_id, act.object_author_id) == (ME, None)
    assert "object_author_id" in act.missing
    assert act.confidence < 1


@pytest.mark.parametrize(
    ("title", "verb", "is_sure"),
    [
        ("Ada Exemple became a member of Voisins.", "join", True),
        ("Ada Exemple stopped being a member of Voisins.", "leave", True),
        ("Ada Exemple est devenue membre de Voisins.", "join", True),
        ("Ada Exemple n’est plus membre de Voisins.", "leave", True),
        ("Ada Exemple ist kein Mitglied mehr von Voisins.", "leave", True),
        ("Ada Exemple liittyi ryhmään Voisins.", "join", False),
        ("", "join", False),
    ],
)
def test_joining_and_leaving_are_told_by_a_sentence_in_any_language_or_said_to_be_unsure(read, title, verb, is_sure):
    joined = {"groups_joined_v2": [{"timestamp": A_DAY, "data": [{"name": "Voisins"}], "title": title}]}
    act = read({"your_facebook_activity/groups/your_group_membership_activity.json": joined}).only
    assert (act.verb, act.object_id) == (verb, "facebook:group:Voisins")
    assert (act.confidence, act.missing) == ((1.0, None) if is_sure else (0.5, ("verb",)))


def test_the_name_of_a_group_is_not_taken_for_a_word_of_its_sentence(read):
    name = "People who left the group"
    joined = [{"timestamp": A_DAY, "data": [{"name": name}], "title": f"Ada Exemple became a member of {name}."}]
    path = "your_facebook_activity/groups/your_group_membership_activity.json"
    assert read({path: {"groups_joined_v2": joined}}).only.verb == "join"


@pytest.mark.parametrize("path", ["who_you've_followed.json", "who_you_ve_followed.json", "Who_You’ve_Followed.json"])
def test_an_apostrophe_in_the_name_of_a_file_is_written_in_three_ways(read, path):
    found = read({f"connections/followers/{path}": {"following_v3": [{"name": "Acme", "timestamp": A_DAY}]}})
    assert found.only.verb == "follow"


def test_empty_is_not_absent_and_absent_is_never_zero(read):
    found = read({FRIENDS: {"friends_v2": []}})
    assert (found.coverage("your_friends.json").status, found.coverage("your_friends.json").rows_in) == ("empty", 0)
    absent = {row.member for row in found.rows if row.status == "absent"}
    assert "connections/followers/who_you've_followed.json" in absent
    assert "your_facebook_activity/comments_and_reactions/comments.json" in absent
    assert "connections/friends/your_friends.json" not in absent


def test_accounts_that_are_gone_do_not_become_one(read):
    gone = [
        {"name": name, "timestamp": A_DAY + n}
        for n, name in enumerate(["", "", "Facebook user", "Utilisateur Facebook"])
    ]
    found = read({FRIENDS: {"friends_v2": gone}})
    assert len(found.of("accept")) == 4
    assert {act.object_id for act in found.acts} == {None}
    assert {act.missing for act in found.acts} == {("object_author_id",)}
    assert [account.is_me for account in found.accounts] == [True]


def test_a_name_is_one_account_here_and_of_no_other_platform(read):
    found = read({FRIENDS: {"friends_v2": [{"name": "Jo Namesake", "timestamp": A_DAY}] * 2}})
    assert {act.object_id for act in found.acts} == {"facebook:name:Jo Namesake"}
    (account,) = [account for account in found.accounts if not account.is_me]
    assert (account.platform, account.resolved) == ("facebook", "name_only")


def test_a_friend_who_is_named_as_the_owner_is_not_the_owner(read):
    found = read({FRIENDS: {"friends_v2": [{"name": "Ada Exemple", "timestamp": A_DAY}]}})
    assert found.only.object_id != ME
    nameless = read({FRIENDS: {"friends_v2": [{"name": "X", "timestamp": A_DAY}]}}, place="b", with_profile=False)
    assert nameless.me.account_id == "facebook:me"


def test_dates_on_pages_are_in_the_zone_of_the_account_where_it_is_told(read):
    date = '<footer><div class="_a72d">Jan 05, 2024 1:00:00 pm</div></footer>'
    page = f'<section class="_a6-g"><h2>Acme</h2>{date}</section>'
    files = {"connections/followers/who_you've_followed.html": page}
    zone = {"logged_information/location/timezone.json": {"timezone_v2": "America/New_York"}}
    local, zoned = read(files, place="local").only, read({**files, **zone}, place="zoned").only
    assert (local.time_basis, zoned.time_basis) == ("local_unknown", "account_tz")
    assert zoned.happened_at - local.happened_at == 5 * 3_600_000_000


def test_what_macos_adds_is_no_file_of_the_export(tmp_path):
    path = zipped(
        tmp_path / "a.zip", {PROFILE: ADA, POSTS: [said("un")], f"__MACOSX/._{POSTS}": b"\0\5\x16\7", ".DS_Store": b"x"}
    )
    found = found_in(path)
    assert found.texts == ["un"]
    assert found.rejects == []
    check_reader(READER, path)


def test_numbers_of_three_kinds_are_one_family_and_a_copy_adds_nothing(read):
    start = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos"
    found = read({
        f"{start}_10.json": [said("dix", A_DAY + 10)],
        f"{start}_9.json": [said("neuf", A_DAY + 9)],
        f"{start}_9 (1).json": [said("neuf", A_DAY + 9)],
    })  # fmt: skip
    assert list(dict.fromkeys(found.texts)) == ["neuf", "dix"]
    assert len({act.activity_id for act in found.acts}) == 2


def test_parts_of_one_download_are_one_archive(tmp_path):
    folder = tmp_path / "downloads"
    folder.mkdir()
    root = "facebook-adaexemple-2025-06-04-Ab1/"
    zipped(folder / "facebook-adaexemple-2025-06-04-Ab1-part1.zip", {f"{root}{PROFILE}": ADA})
    zipped(folder / "facebook-adaexemple-2025-06-04-Ab1-part2.zip", {f"{root}{POSTS}": [said("deux")]})
    found = found_in(folder)
    assert (found.only.text, found.only.actor_id) == ("deux", ME)
    assert found.only.collected_at == 1_748_995_200_000_000
    check_reader(READER, folder)


def test_a_zip_of_a_folder_of_zips_is_opened(tmp_path):
    inner = zipped(tmp_path / "facebook-a-2025-06-04-Ab1.zip", {PROFILE: ADA, POSTS: [said("dedans")]})
    outer = zipped(tmp_path / "outer.zip", {"drive/facebook-a-2025-06-04-Ab1.zip": inner.read_bytes()})
    assert found_in(outer).only.text == "dedans"


def test_two_exports_of_one_person_tell_each_act_once(tmp_path):
    comments = {
        "comments": [{"timestamp": A_DAY, "data": [{"comment": {"comment": "Oui", "author": "Ada"}}], "title": ""}]
    }
    older = {
        "profile_information/profile_information.json": {"profile": ADA["profile_v2"]},
        "comments/comments.json": comments,
    }
    newer = {
        PROFILE: {"profile_v2": {**ADA["profile_v2"], "profile_uri": "https://www.facebook.com/ada.nouveau"}},
        "your_facebook_activity/comments_and_reactions/comments.json": {
            "comments_v2": [*comments["comments"], {"timestamp": A_DAY + 1, "data": [{"comment": {"comment": "Non"}}]}]
        },
    }
    files = {f"facebook-ada-2020-01-01-x/{name}": value for name, value in older.items()}
    files |= {f"facebook-ada-2025-01-01-y/{name}": value for name, value in newer.items()}
    folder = archive_in(tmp_path / "both", files)
    found = found_in(folder)
    assert found.texts == ["Oui", "Non"]
    assert {act.collected_at // 10**6 for act in found.acts} == {1_735_689_600}
    check_reader(READER, folder)


def test_an_export_of_somebody_else_added_by_mistake_is_refused(tmp_path):
    other = {"profile_v2": {"name": {"full_name": "Bo Muster"}, "registration_timestamp": 1_400_000_000}}
    folder = archive_in(tmp_path / "both", {f"a/{PROFILE}": ADA, f"a/{POSTS}": [said("x")], f"b/{PROFILE}": other})
    with pytest.raises(SeveralOwners, match="Bo Muster"):
        found_in(folder)


@pytest.mark.parametrize(
    "files",
    [
        {"data/tweets.js": "window.YTD.tweets.part0 = []", "data/account.js": "window.YTD.account.part0 = []"},
        {
            "your_instagram_activity/comments/post_comments_1.json": [{"string_map_data": {}}],
            "personal_information/personal_information/personal_information.json": {"profile_user": []},
        },
        {"ads_information/instagram_ads_and_businesses/ads_about_meta.json": record(label("a", "b"))},
        {"Connections.csv": "First Name,Last Name\n", "Profile.csv": "First Name\n"},
        {"comments/comments.json": [{"id": 1, "body": "from another program"}], "friends/friends.json": [{"id": 2}]},
        {"Takeout/My Activity/Ads/MyActivity.html": "<html><body>x</body></html>"},
        {"posts.json": [{"id": 1}], "reactions.json": []},
        {"a.txt": "x"},
    ],
)  # fmt: skip
def test_the_export_of_another_platform_is_not_taken(tmp_path, files):
    assert not READER.recognises(Export.at(archive_in(tmp_path / "other", files)), ReadOptions())


@pytest.mark.parametrize(
    "files",
    [
        {"comments/comments.json": {"comments": []}},
        {"x/y/friends/friends.json": {"friends": [{"name": "Bo", "timestamp": 1}]}},
        {"posts/your_posts_1.json": [said("x")]},
        {"your_posts_1.json": [said("x")]},
        {"apps_and_websites_off_of_facebook/your_off-facebook_activity.json": {}},
        {"ads_information/advertisers_you've_interacted_with.json": record(label("Action", "x"))},
        {"html/timeline.htm": "<html></html>"},
    ],
)
def test_a_few_files_are_enough_to_know_an_export(tmp_path, files):
    assert READER.recognises(Export.at(archive_in(tmp_path / "few", files)), ReadOptions())


def test_a_file_in_an_unknown_place_is_known_by_its_name_or_by_its_key(read):
    follows = {"following_v3": [{"name": "Acme", "timestamp": A_DAY}]}
    assert read({"moved/who_you've_followed.json": follows}, place="a").only.verb == "follow"
    found = read({"your_facebook_activity/new/renamed.json": {"page_likes_v7": [{"name": "Acme", "timestamp": A_DAY}]}})
    assert found.only.verb == "follow"


def test_a_layout_that_nobody_knows_is_told_and_not_read_as_nothing(read):
    found = read({FRIENDS: {"amis_v9": [{"nom": "Bo"}]}, "your_facebook_activity/a/b.json": {"new_v1": []}})
    assert found.coverage("your_friends.json").status == "unknown"
    assert "does not know" in found.coverage("your_friends.json").note
    assert found.coverage("a/b.json").status == "unknown"


def test_a_file_that_facebook_itself_wrote_wrong_is_told_and_the_others_are_read(read):
    found = read({POSTS: "[object Object]", FRIENDS: {"friends_v2": [{"name": "Bo", "timestamp": A_DAY}]}})
    assert found.coverage(POSTS).status == "unreadable"
    assert [act.verb for act in found.acts] == ["accept"]


def test_an_export_of_before_2018_is_told_and_asked_for_again(read):
    found = read({"html/timeline.htm": "<html></html>"})
    assert found.coverage("timeline.htm").status == "unread"
    assert "2018" in found.coverage("timeline.htm").note


def test_a_time_of_zero_is_unknown(read):
    act = read({POSTS: [said("sans date", 0)]}).only
    assert (act.happened_at, act.missing) == (None, ("happened_at",))


def test_one_file_is_read_the_same_in_one_line_and_indented(read):
    posts = [said(f"n {n}", A_DAY + n) for n in range(5)]
    lines = read({POSTS: json.dumps(posts)}, place="a"), read({POSTS: as_json(posts)}, place="b")
    assert lines[0].texts == lines[1].texts == [f"n {n}" for n in range(5)]

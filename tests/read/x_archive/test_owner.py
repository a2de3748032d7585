import json

import pytest

from ascendant.errors import SeveralOwners
from x_archives import ME, account, entities, found_in, post, zipped


def manifest(key=ME, handle="jo_exemple", **about):
    told = {"userInfo": {"accountId": key, "userName": handle, "displayName": "Jo"}, "archiveInfo": about}
    return f"window.__THAR_CONFIG = {json.dumps(told, indent=2)}"


def test_the_owner_comes_from_the_profile_files_and_never_from_the_name_that_is_met_most(archive):
    loud = [post(str(n), "RT @ana_b: a", entities=entities([("2002", "ana_b", 3)])) for n in range(1, 30)]
    profile = {"description": {"bio": "Jardin &amp; ville", "website": "https://t.co/jo", "location": "Ici"}}
    files = {
        "tweets": loud,
        "profile": [{"profile": profile}],
        "verified": [{"verified": {"accountId": ME, "verified": True}}],
        "manifest": manifest(generationDate="2025-12-02T06:28:10.000Z"),
    }
    me = found_in(archive(files)).me
    assert (me.account_id, me.handle, me.name, me.bio) == (f"x:{ME}", "jo_exemple", "Jo", "Jardin & ville")
    assert (me.verified, me.created_at, me.collected_at) == (True, 1574928000000000, 1764656890000000)
    assert me.url == "https://t.co/jo"


def test_an_email_address_is_nowhere_in_what_is_read(archive):
    assert "jo@example.org" not in repr(found_in(archive({"tweets": [post()]})))


def test_an_account_file_that_somebody_edited_by_hand_is_said_and_the_manifest_names_the_owner(archive):
    edited = "window.YTD.account.part0 = [ { account: { accountId: '12', // mine\n } } ]"
    found = found_in(archive({"manifest": manifest(), "tweets": [post()]}, owner=edited))
    assert found.me.account_id == f"x:{ME}"
    assert found.coverage("account.js").status == "unreadable"
    (reject,) = found.rejects
    assert (reject.reason, reject.member) == ("not valid JSON", "data/account.js")


@pytest.mark.parametrize("named", ["data/account.js", "data/manifest.js", "data/verified.js"])
def test_any_file_that_names_the_owner_will_do(archive, named):
    files = {
        "data/account.js": f"window.YTD.account.part0 = {json.dumps(account())}",
        "data/manifest.js": manifest(),
        "data/verified.js": f'window.YTD.verified.part0 = [{{"verified":{{"accountId":"{ME}","verified":false}}}}]',
    }
    found = found_in(archive({"account": None, named: files[named], "tweets": [post()]}, place=named.replace("/", "-")))
    assert found.me.account_id == f"x:{ME}"
    assert found.only.actor_id == f"x:{ME}"


def test_where_no_file_names_the_owner_nobody_is_guessed(archive):
    found = found_in(archive({"account": None, "tweets": [post()], "like": [{"like": {"tweetId": "1"}}]}))
    assert not any(one.is_me for one in found.accounts)
    assert {act.actor_id for act in found.acts} == {None}
    assert found.coverage("account.js").status == "absent"


def test_archives_of_two_people_in_one_folder_are_refused_and_named(archive, tmp_path):
    archive({"tweets": [post("1")]}, place="both/mine")
    archive({"tweets": [post("2")]}, place="both/theirs", owner=account("77", "autre"))
    with pytest.raises(SeveralOwners) as raised:
        found_in(tmp_path / "both")
    assert raised.value.facts["owners"] == "autre, jo_exemple"
    zipped(tmp_path / "both" / "mine", tmp_path / "both" / "mine.zip")
    zipped(tmp_path / "both" / "theirs", tmp_path / "both" / "theirs.zip")
    with pytest.raises(SeveralOwners):
        found_in(tmp_path / "both")


def test_files_of_somebody_else_in_ones_own_archive_are_refused(archive):
    with pytest.raises(SeveralOwners):
        found_in(archive({"manifest": manifest("77", "autre"), "tweets": [post()]}))


def test_two_archives_of_one_person_are_both_read_and_give_the_same_ids(archive, tmp_path):
    old = {"tweets": [post("1", favorite_count="1")], "manifest": manifest(generationDate="2023-01-01T00:00:00.000Z")}
    new = {
        "tweets": [post("1", favorite_count="5"), post("2")],
        "manifest": manifest(generationDate="2025-01-01T00:00:00.000Z"),
    }
    archive(old, place="both/2023")
    archive(new, place="both/2025")
    found = found_in(tmp_path / "both")
    assert sorted(act.activity_id for act in found.acts) == ["x:1", "x:1", "x:2"]
    latest = max((act for act in found.acts if act.activity_id == "x:1"), key=lambda act: act.collected_at)
    assert latest.metrics.likes == 5


def test_the_day_in_the_name_of_the_folder_stands_in_for_a_manifest(archive):
    found = found_in(archive({"tweets": [post()]}, place="twitter-2025-12-02-0f1e2d"))
    assert found.only.collected_at == 1764633600000000
    assert found_in(archive({"tweets": [post()]}, place="kept")).only.collected_at is None

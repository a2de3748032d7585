import pytest

from ascendant.errors import SeveralOwners
from ascendant.read.linkedin_archive.owner import Identity, owner_of
from linkedin_archives import COMPLETE, EXPORTS, ME, PROFILE, archive_in, found_in, micros

HEADER = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
REACTIONS = "Date,Type,Link\n2026-07-12 10:00:00,LIKE,urn:li:activity:7480319724748812345\n"


def invited(name, slug, n=1):
    row = f"{name},Paul Inventé,2026-07-08 18:05:0{{}} UTC,,OUTGOING,https://www.linkedin.com/in/{slug},\n"
    return HEADER + "".join(row.format(number) for number in range(n))


def test_the_owner_is_named_by_the_profile_and_known_by_the_address_in_own_invitations():
    me = found_in(COMPLETE).me
    assert (me.account_id, me.handle, me.resolved) == (ME, "camille-exemple", "exact")
    assert (me.name, me.bio) == ("Camille Exemple", "Urbaniste, autrice")
    assert me.url == "https://www.linkedin.com/in/camille-exemple"
    assert me.created_at == micros("2011-05-20T09:15:00")
    assert [account.account_id for account in found_in(COMPLETE).accounts].count(ME) == 1


def test_without_an_address_the_owner_is_a_name(read):
    found = read("Reactions.csv", REACTIONS)
    assert (found.me.account_id, found.me.resolved, found.me.handle) == (
        "linkedin:name:camille exemple",
        "name_only",
        None,
    )
    assert found.only.actor_id == "linkedin:name:camille exemple"


def test_without_a_profile_and_invitations_nobody_is_the_owner_and_acts_say_so(read):
    found = read("Reactions.csv", REACTIONS, owner=False)
    assert found.accounts == []
    assert found.only.actor_id is None
    assert set(found.only.missing) == {"actor_id", "object_author_id"}


def test_the_owner_is_never_the_one_who_is_named_most_often(archive):
    ada = "Ada Modèle,Camille Exemple,2026-07-0{} 18:05:00 UTC,,INCOMING,https://www.linkedin.com/in/ada-modele,{}\n"
    mine = "https://www.linkedin.com/in/camille-exemple"
    rows = "".join(ada.format(day, mine if day == 1 else "") for day in range(1, 9))
    found = found_in(archive({"Invitations.csv": HEADER + rows}))
    assert found.me.account_id == ME


def test_an_archive_of_somebody_else_beside_is_refused_with_both_names(tmp_path):
    for name in ("Camille", "Claude"):
        profile = f"First Name,Last Name,Headline\n{name},Exemple,\n"
        archive_in(tmp_path / name, {"Profile.csv": profile, "Reactions.csv": REACTIONS}, owner=False)
    with pytest.raises(SeveralOwners) as refused:
        found_in(tmp_path)
    assert (refused.value.facts["n"], refused.value.facts["owners"]) == (2, "Camille Exemple, Claude Exemple")


def test_two_archives_of_one_person_have_one_owner_though_only_one_of_them_knows_the_address(tmp_path):
    archive_in(tmp_path / "quick", {"Profile.csv": PROFILE, "Reactions.csv": REACTIONS}, owner=False)
    archive_in(
        tmp_path / "complete",
        {"Profile.csv": PROFILE, "Invitations.csv": invited("Camille Exemple", "camille-exemple")},
    )
    found = found_in(tmp_path)
    assert {act.actor_id for act in found.acts} == {ME}
    assert {account.account_id for account in found.accounts if account.is_me} == {ME}


def test_somebody_who_changed_name_is_known_by_the_address(tmp_path):
    for name, last in (("before", "Exemple"), ("after", "Exemple-Nouveau")):
        profile = f"First Name,Last Name,Headline\nCamille,{last},\n"
        files = {"Profile.csv": profile, "Invitations.csv": invited(f"Camille {last}", "camille-exemple")}
        archive_in(tmp_path / name, files, owner=False)
    found = found_in(tmp_path)
    assert {act.actor_id for act in found.acts} == {ME}
    assert len({act.activity_id for act in found.acts}) == 1


def test_parts_of_an_archive_that_name_nobody_belong_to_the_one_that_does(tmp_path):
    archive_in(tmp_path / "one", {"Profile.csv": PROFILE}, owner=False)
    archive_in(tmp_path / "other", {"Reactions_1.csv": REACTIONS}, owner=False)
    assert found_in(tmp_path).only.actor_id == "linkedin:name:camille exemple"


def test_owners_who_share_nothing_are_several_in_whatever_order_they_come():
    one = Identity(name="A B", profile="linkedin:@ab")
    link = Identity(name="A C", profile="linkedin:@ab")
    last = Identity(name="A C")
    for order in ((one, link, last), (last, one, link), (one, last, link)):
        assert owner_of(order, "x").key == "linkedin:@ab"
    with pytest.raises(SeveralOwners):
        owner_of((one, last), "x")


def test_a_different_owner_in_another_reading_is_another_account_of_ones_own(tmp_path):
    profile = "First Name,Last Name,Headline\nClaude,Exemple,\n"
    other = found_in(archive_in(tmp_path / "b", {"Profile.csv": profile, "Reactions.csv": REACTIONS}, owner=False))
    mine = found_in(EXPORTS / "quick")
    assert mine.me.is_me
    assert other.me.is_me
    assert mine.me.account_id != other.me.account_id

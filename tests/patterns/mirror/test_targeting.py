"""Who pays to reach the owner: one advertiser under its name and its account, and what is not told is not denied."""

from ascendant.activity import Account, Activity, Ad
from mirrors import OWNER, START, coverage, mirror, only

LISTS_TOLD = coverage(("x_archive", "data/personalization.js", "parsed", 1, 3))
AGE, LIST = ("Age", "25 to 49", "demographic"), ("List", "", "uploaded_list")
INTEREST, ALIKE = ("Interests", "Vélo", "interest"), ("Follower look-alikes", "@ville_ex", "lookalike")


def ad(number, *criteria, advertiser="Vélos Exemple", who="x:@velos_ex", verb="ad_view", platform="x"):
    by_me = verb == "ad_click"
    return Activity(
        activity_id=f"{platform}:{verb}/{number}",
        platform=platform,
        verb=verb,
        direction="by_me" if by_me else "to_me" if verb == "ad_view" else "about_me",
        actor_id="x:1" if by_me else who,
        object_author_id=who if verb != "targeted" else None,
        happened_at=START + number if verb != "targeted" else None,
        ad=Ad(advertiser=advertiser, criteria=criteria),
    )


def listed(number, who, way=LIST, platform="x", name=None):
    return ad(number, way, advertiser=name or who.partition(":")[2], who=who, verb="targeted", platform=platform)


def test_an_advertiser_is_one_under_its_name_and_its_handle():
    rows = [
        ad(1, AGE, INTEREST),
        ad(2, LIST, advertiser="VÉLOS  exemple", who=None),
        ad(3, verb="ad_click"),
        listed(4, "x:@velos_ex"),
        listed(5, "x:@tram_ex", ("Catalog audience", "", "retargeting")),
        ad(6, AGE, advertiser=None, who=None),
    ]
    found = mirror(rows, (OWNER,), LISTS_TOLD)
    table = found["advertisers"]
    assert table.num_rows == 3
    row = only(table, advertiser="Vélos Exemple")
    assert (row["account_id"], row["n_shown"], row["n_opened"]) == ("x:@velos_ex", 2, 1)
    assert [row[f"by_{way}"] for way in ("list", "lookalike", "visit", "criteria")] == [True, False, False, True]
    row = only(table, account_id="x:@tram_ex")
    assert (row["n_shown"], row["by_visit"], row["by_list"], row["by_criteria"]) == (0, True, False, None)
    assert only(table, advertiser=None)["n_shown"] == 1
    assert only(found["criteria"], type="Age")["n_shown"] == 2
    assert only(found["criteria"], type="Age")["n_advertisers"] == 1  # the other ad names none


def test_the_handle_of_a_list_meets_the_number_of_an_ad():
    account = Account(account_id="x:77", platform="x", handle="Velos_Ex", name="Vélos Exemple")
    [row] = mirror([ad(1, AGE), listed(2, "x:@velos_ex")], (OWNER, account), LISTS_TOLD)["advertisers"].to_pylist()
    assert (row["account_id"], row["advertiser"], row["by_list"]) == ("x:77", "Vélos Exemple", True)


def test_two_accounts_of_one_name_stay_two_and_a_name_alone_is_neither():
    rows = [ad(1, AGE), ad(2, AGE, who="x:@velos_nord"), ad(3, AGE, who=None)]
    assert mirror(rows)["advertisers"].num_rows == 3


def test_an_account_made_of_a_name_is_the_page_of_that_name():
    page = Account(account_id="facebook:velos", platform="facebook", name="Vélos Exemple", resolved="exact")
    named = Account(account_id="facebook:name:V", platform="facebook", name="Vélos Exemple", resolved="name_only")
    rows = [
        ad(1, who="facebook:velos", platform="facebook"),
        listed(2, "facebook:name:V", platform="facebook", name="Vélos Exemple"),
    ]
    [row] = mirror(rows, (page, named))["advertisers"].to_pylist()
    assert (row["account_id"], row["n_shown"], row["by_list"]) == ("facebook:velos", 1, True)
    assert (row["by_lookalike"], row["by_criteria"]) == (None, None)  # Facebook never tells


def test_whom_people_follow_is_no_list_of_customers():
    [row] = mirror([ad(1, ALIKE)], (OWNER,), LISTS_TOLD)["advertisers"].to_pylist()
    assert (row["by_lookalike"], row["by_criteria"]) == (False, True)


def test_where_lists_are_not_told_nobody_is_cleared():
    [row] = mirror([ad(1)])["advertisers"].to_pylist()
    assert [row[f"by_{way}"] for way in ("list", "lookalike", "visit", "criteria")] == [None] * 4


def test_what_linkedin_took_from_the_profile_is_told_from_what_it_inferred():
    facts = [("targeted", "Job Titles", "Urbaniste"), ("inferred", "Member Age", "35-54")]
    rows = [
        Activity(activity_id=f"linkedin:{kind}", platform="linkedin", verb=verb, direction="about_me",
                 ad=Ad(criteria=((kind, what, "demographic"),)))
        for verb, kind, what in facts
    ]  # fmt: skip
    found = mirror(rows, ())
    assert {row["type"]: row["is_declared"] for row in found["inferred"].to_pylist()} == {
        "Job Titles": True,
        "Member Age": False,
    }
    assert found["advertisers"].num_rows == 0


def test_sites_that_tell_are_counted():
    rows = [
        Activity(activity_id=f"x:t{number}", platform="x", verb="tracked", direction="about_me", count=n,
                 happened_at=START + number, ad=Ad(advertiser=site))
        for number, site, n in ((1, "Atelier", 1), (2, "Jeu", 3), (3, "Atelier", 1))
    ]  # fmt: skip
    found = [(row["site"], row["n_events"]) for row in mirror(rows)["trackers"].to_pylist()]
    assert found == [("Jeu", 3), ("Atelier", 2)]


def test_an_application_goes_by_its_own_name_and_not_by_its_makers():
    rows = [
        Activity(activity_id=f"x:t{kind}", platform="x", verb="tracked", direction="about_me",
                 object_kind=kind, text="Mots du soir", ad=Ad(advertiser="Atelier Exemple"))
        for kind in ("account", "event")
    ]  # fmt: skip
    assert {row["site"] for row in mirror(rows)["trackers"].to_pylist()} == {"Mots du soir", "Atelier Exemple"}


def test_the_page_where_an_ad_stood_says_nothing_of_how_the_owner_was_chosen():
    place = ("Page/App", "journal.example", "context")
    [row] = mirror([ad(1, place, who=None, platform="linkedin")], ())["advertisers"].to_pylist()
    assert [row[f"by_{way}"] for way in ("list", "lookalike", "visit", "criteria")] == [None] * 4
    assert mirror([ad(1, place, AGE)])["advertisers"]["by_criteria"].to_pylist() == [True]

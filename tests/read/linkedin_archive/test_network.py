import pytest

from ascendant.read.linkedin_archive.network import DECLINED, NO_DIRECTION
from ascendant.read.linkedin_archive.story import NAMELESS, NOTHING, name_key
from linkedin_archives import COMPLETE, ME, archive_in, found_in, micros

NOTES = 'Notes:\n"When exporting your connection data, you may notice ..."\n\n'
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def test_connections_stand_below_notes_and_are_followed_from_that_day_on():
    found = found_in(COMPLETE)
    ada, jean = found.of("accept")
    assert (ada.actor_id, ada.object_id, ada.object_author_id) == (ME, "linkedin:@ada-modele", "linkedin:@ada-modele")
    assert (ada.happened_at, ada.time_precision, ada.source_pointer) == (micros("2026-07-14"), "day", "line 5")
    account = found.account("linkedin:@ada-modele")
    assert (account.name, account.handle, account.resolved) == ("Ada Modèle", "ada-modele", "exact")
    assert account.bio == "Directrice, Atelier Fictif, SARL"
    assert jean.object_id == "linkedin:@jean-homonyme-1"


@pytest.mark.parametrize(
    "notes",
    [
        "", NOTES, "Notes:\n\n", 'Notes:\n"First Name, and Last Name, may be empty ""here"""\n\n\n',
        "Notes:\nplain words, with commas\n\n", 'Notes:\n"badly "quoted" words"\n\n', "\n\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_whatever_stands_before_the_header_is_passed_over(read, notes, start, end):
    text = f"{notes}{HEADER}Ada,Modèle,https://www.linkedin.com/in/ada-modele,,,,14 Jul 2026\n".replace("\n", end)
    found = read("Connections.csv", start + text.encode())
    assert found.only.object_id == "linkedin:@ada-modele"
    assert found.coverage("Connections.csv").rows_in == 1


def test_closed_accounts_are_counted_and_nobody_is_made_of_them(read):
    """Their rows are all alike: as an account they would be the owner's greatest friend."""
    rows = "".join(f",,,,,,{day:02} Mar 2015\n" for day in range(1, 20))
    found = read("Connections.csv", f"{NOTES}{HEADER}{rows}Ada,Modèle,,,,,14 Jul 2026\n")
    assert [act.object_id for act in found.of("accept")] == ["linkedin:name:ada modèle"]
    assert [account.account_id for account in found.accounts if not account.is_me] == ["linkedin:name:ada modèle"]
    row = found.coverage("Connections.csv")
    assert (row.rows_in, row.note) == (20, NAMELESS)
    assert found.rejects == []


def test_the_name_that_linkedin_gives_to_those_who_left_is_nobody(read):
    header = (
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status\n"
    )
    found = read("Endorsement_Received_Info.csv", f"{header}2025/03/05 05:06:07 UTC,Cartes,LinkedIn,Member,,ACCEPTED\n")
    assert found.acts == []
    assert found.coverage("Endorsement_Received_Info.csv").note == NAMELESS


def test_somebody_known_by_name_alone_is_not_the_one_whose_address_is_known():
    found = found_in(COMPLETE)
    (followed,) = [act for act in found.of("follow") if act.source_file.endswith("Member_Follows_100200300.csv")]
    assert followed.object_id == "linkedin:name:jean homonyme"
    assert found.account("linkedin:name:jean homonyme").resolved == "name_only"
    assert found.account("linkedin:name:jean homonyme").handle is None
    assert found.account("linkedin:@jean-homonyme-1").resolved == "exact"


def test_a_name_is_one_id_however_it_is_written_and_never_that_of_another_platform():
    assert name_key("Éloïse  EXEMPLE") == name_key("E\u0301loïse Exemple") == "linkedin:name:éloïse exemple"


def test_an_address_is_known_with_and_without_its_beginning_and_in_any_country(read):
    for url in (
        "https://www.linkedin.com/in/Ada-Modele", "www.linkedin.com/in/ada-modele", "linkedin.com/in/ada-modele/",
        "https://fr.linkedin.com/in/ada-modele?x=1", "http://linkedin.com/in/ada-modele",
    ):  # fmt: skip
        assert read("Connections.csv", f"{HEADER}Ada,M,{url},,,,14 Jul 2026\n").only.object_id == "linkedin:@ada-modele"
    for url in ("", "NULL", "https://example.com/profile/1", "<NA>"):
        act = read("Connections.csv", f"{HEADER}Ada,M,{url},,,,14 Jul 2026\n").only
        assert act.object_id == "linkedin:name:ada m"


def test_connections_of_before_they_had_addresses_are_read(read):
    header = "First Name,Last Name,Email Address,Company,Position,Connected On\n"
    act = read("Connections.csv", f"{header}Ada,Modèle,,,,14 Jul 2016\n").only
    assert (act.object_id, act.happened_at) == ("linkedin:name:ada modèle", micros("2016-07-14"))


def test_the_same_connection_on_the_same_day_is_another_fact_for_another_owner(tmp_path):
    """Colleagues meet the same person; by the day alone their facts could not be told apart."""
    table = f"{HEADER}Ada,Modèle,https://www.linkedin.com/in/ada-modele,,,,14 Jul 2026\n"
    ids = set()
    for name in ("Camille", "Claude"):
        profile = f"First Name,Last Name,Headline\n{name},Exemple,\n"
        files = {"Profile.csv": profile, "Connections.csv": table}
        ids.add(found_in(archive_in(tmp_path / name, files, owner=False)).only.activity_id)
    assert len(ids) == 2


def test_who_was_invited_and_who_invited_is_told_by_the_direction():
    found = found_in(COMPLETE)
    by_me, to_me = (next(act for act in found.of("invite") if act.direction == d) for d in ("by_me", "to_me"))
    assert (by_me.actor_id, by_me.object_id) == (ME, "linkedin:@paul-invente")
    assert (to_me.actor_id, to_me.object_id, to_me.object_author_id) == ("linkedin:@ada-modele", ME, ME)
    assert {act.audience for act in (by_me, to_me)} == {"private"}
    assert {act.text for act in (by_me, to_me)} == {None}, "what goes with an invitation is a private message"


def test_without_a_direction_the_owners_address_or_name_tells(archive):
    header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    mine = "https://www.linkedin.com/in/camille-exemple"
    rows = (
        f"Camille Exemple,Paul Inventé,2026-07-08 18:05:00 UTC,,OUTGOING,{mine},\n"
        f"Ada Modèle,Camille Exemple,2026-07-09 18:05:00 UTC,,,,{mine}\n"
        f"Camille Exemple,Zoé Réelle,2026-07-09 18:05:00 UTC,,,{mine},\n"
        "Ada Modèle,Paul Inventé,2026-07-10 18:05:00 UTC,,,,\n"
    )
    found = found_in(archive({"Invitations.csv": header + rows}))
    assert [act.direction for act in found.of("invite")] == ["by_me", "to_me", "by_me"]
    assert [(reject.pointer, reject.reason) for reject in found.rejects] == [("line 5", NO_DIRECTION)]


def test_a_follow_that_ended_is_an_unfollow():
    found = found_in(COMPLETE)
    person, topic = found.of("unfollow")
    assert (person.object_id, person.happened_at) == ("linkedin:name:anne fictive", micros("2026-07-05T10:25:25"))
    assert (topic.object_id, topic.hashtags) == ("linkedin:hashtag/voiture", ("voiture",))
    assert topic.happened_at == micros("2025-05-06T07:08:09"), "when it ended, not when it began"


@pytest.mark.parametrize("header", ["Date,Status,FullName", "Date,Status,Full Name", "Date,FullName,Status"])
def test_who_is_followed_is_found_whatever_the_column_is_called(read, header):
    values = {"Date": "2026-07-05 10:25:25", "Status": "Active", "FullName": "Anne F", "Full Name": "Anne F"}
    act = read("Member_Follows_1.csv", f"{header}\n{','.join(values[name] for name in header.split(','))}\n").only
    assert (act.verb, act.object_id) == ("follow", "linkedin:name:anne f")


def test_a_topic_is_followed_under_either_header(read):
    for table in ("Date,Hashtag\n2026-07-05 10:25:25,#Ville\n", "HashTag,CreatedTime\nVille,2026-07-05 10:25:25\n"):
        act = read("Hashtag_Follows_1.csv", table).only
        assert (act.hashtags, act.happened_at) == (("ville",), micros("2026-07-05T10:25:25"))


def test_organisations_are_known_by_name_and_declared_to_be_companies():
    found = found_in(COMPLETE)
    account = found.account("linkedin:name:route, rail & cie")
    assert (account.name, account.declared_kind, account.resolved) == ("Route, Rail & Cie", "company", "name_only")


def test_endorsements_go_both_ways():
    found = found_in(COMPLETE)
    given = next(act for act in found.of("react") if act.text == "Urbanisme")
    received = next(act for act in found.of("react") if act.text == "Cartographie")
    assert (given.actor_id, given.object_id, given.direction) == (ME, "linkedin:@ada-modele", "by_me")
    assert (received.actor_id, received.object_id, received.direction) == ("linkedin:@ada-modele", ME, "to_me")
    assert {act.object_kind for act in (given, received)} == {"account"}


def test_the_words_of_a_recommendation_are_kept_where_they_are_the_owners():
    found = found_in(COMPLETE)
    words = {act.direction: act.text for act in found.of("mention")}
    assert words == {"by_me": 'Paul sait "écouter".', "to_me": None}


def test_the_time_of_an_event_is_not_taken_for_the_time_of_joining_it():
    found = found_in(COMPLETE)
    (joined,) = found.of("join")
    assert (joined.text, joined.happened_at, joined.object_kind) == ("Fête de la rue", None, "event")
    (kept,) = [act for act in found.of("save") if act.object_kind == "event"]
    assert kept.text == "Salon des plans"
    row = found.coverage("Events.csv")
    assert (row.rows_in, row.note) == (3, DECLINED)


def test_no_address_of_a_private_mailbox_is_kept(read):
    found = read("Connections.csv", f"{HEADER}Ada,M,https://www.linkedin.com/in/ada,ada@example.org,,,14 Jul 2026\n")
    assert "ada@example.org" not in repr(found)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("Connections.csv", f"{HEADER},,,x@example.org,,,\n"),
        ("Member_Follows.csv", "Date,Status,FullName\n,Active,\n"),
        ("Hashtag_Follows.csv", "HashTag,State\n,Follow\n"),
        ("Events.csv", "Event Name,Event Time,Status,External Url\n,2026-01-01 08:00:00 UTC,APPROVED,\n"),
        ("Recommendations_Given.csv", "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n,,A,B,,,\n"),
    ],
)
def test_a_row_that_says_nothing_is_a_reject(read, name, table):
    found = read(name, table)
    assert [(reject.pointer, reject.reason, reject.member) for reject in found.rejects] == [("line 2", NOTHING, name)]
    assert found.acts == []

"""Other people's samples, all of them, with how many rows each file has and what they give."""

import pytest

from ascendant.read.export import Export
from ascendant.read.linkedin_archive import READER
from ascendant.read.linkedin_archive.dates import UNREADABLE
from ascendant.read.linkedin_archive.posts import BARE
from ascendant.read.options import ReadOptions
from ascendant.read.readers import reader_for
from ascendant.testing import check_reader
from linkedin_archives import facts, found_in

SILKYRICH = {
    "Ad_Targeting.csv": 1,
    "Comments.csv": 60,
    "Company Follows.csv": 52,
    "Connections.csv": 2000,
    "Endorsement_Given_Info.csv": 1500,
    "Endorsement_Received_Info.csv": 700,
    "Events.csv": 9,
    "Invitations.csv": 162,
    "Learning.csv": 165,
    "Profile.csv": 1,
    "Reactions.csv": 80,
    "Recommendations_Given.csv": 21,
    "Recommendations_Received.csv": 27,
    "Registration.csv": 1,
    "Shares.csv": 25,
    "Votes.csv": 15,
    "saved_articles.csv": 8,
    "2018-07-15_on-shipping-small.html": 1,
    "2020-03-02_the-cost-of-good-abstractions.html": 1,
    "2022-11-09_async-rust-a-year-in.html": 1,
    "2024-05-18_flutter-web-renderer-tradeoffs.html": 1,
    "2026-02-01_browser-first-apps.html": 1,
}
VERBS = {
    ("accept", "by_me"): 2000,
    ("follow", "by_me"): 52,
    ("inferred", "about_me"): 32,
    ("invite", "by_me"): 85,
    ("invite", "to_me"): 77,
    ("join", "by_me"): 4,
    ("mention", "by_me"): 21,
    ("mention", "to_me"): 27,
    ("post", "by_me"): 30,
    ("react", "by_me"): 1580,
    ("react", "to_me"): 700,
    ("reply", "by_me"): 60,
    ("save", "by_me"): 13,
    ("targeted", "about_me"): 26,
    ("view", "by_me"): 165,
    ("vote", "by_me"): 15,
}


@pytest.mark.parametrize("form", ["sample_export", "sample_export.zip"])
def test_a_whole_export_of_2026(shared, form):
    path = shared / "silkyrich" / "fixtures" / form
    found = found_in(path)
    assert found.rejects == []
    assert found.n_rows == SILKYRICH
    assert found.verbs == VERBS
    assert found.me.account_id == "linkedin:@fake-ada-byron-lovelace"
    check_reader(READER, path)


def test_its_messages_are_counted_when_they_are_asked_for(shared):
    path = shared / "silkyrich" / "fixtures" / "sample_export.zip"
    found = found_in(path, with_messages=True)
    talks = [act for act in found.acts if act.context_id is not None]
    assert found.coverage("messages.csv").rows_in == 20_000
    assert 0 < sum(act.count for act in talks) <= 20_000
    assert {act.direction for act in talks} == {"by_me", "to_me"}
    assert {act.text for act in talks} == {None}


def test_its_times_of_before_linkedin_are_unknown_and_said(shared):
    found = found_in(shared / "silkyrich" / "fixtures" / "sample_export")
    assert {act.happened_at for act in found.of("accept")} == {None}
    assert found.coverage("Connections.csv").note == UNREADABLE
    assert None not in {act.happened_at for act in found.of("follow")}


def test_the_folder_and_the_zip_of_one_export_double_nothing(shared):
    whole = found_in(shared / "silkyrich" / "fixtures" / "sample_export")
    both = found_in(shared / "silkyrich" / "fixtures")
    assert {act.activity_id for act in both.acts} == {act.activity_id for act in whole.acts}
    assert {row.account_id for row in both.accounts} == {row.account_id for row in whole.accounts}


def test_files_with_the_number_of_the_member_in_their_names(shared):
    path = shared / "synthetic_suffixed"
    found = found_in(path)
    assert found.rejects == []
    assert found.n_rows == {
        "Ads Clicked.csv": 1,
        "Comments_100200300.csv": 1,
        "Company Follows.csv": 1,
        "Connections.csv": 2,
        "InstantReposts_100200300.csv": 1,
        "Invitations.csv": 1,
        "LAN Ads Engagement.csv": 1,
        "Member_Follows_100200300.csv": 2,
        "Reactions_100200300.csv": 2,
        "Saved_Items_100200300.csv": 1,
        "SearchQueries.csv": 1,
        "Shares_100200300.csv": 2,
        "Votes_100200300.csv": 1,
    }
    assert found.verbs == {
        ("accept", "by_me"): 1,
        ("ad_click", "by_me"): 2,
        ("follow", "by_me"): 2,
        ("invite", "to_me"): 1,
        ("post", "by_me"): 2,
        ("react", "by_me"): 2,
        ("reply", "by_me"): 1,
        ("repost", "by_me"): 1,
        ("save", "by_me"): 1,
        ("search", "by_me"): 1,
        ("unfollow", "by_me"): 1,
        ("vote", "by_me"): 1,
    }
    assert found.coverage("Hashtag_Follows_100200300.csv").status == "empty"
    assert found.coverage("LearningCoachMessages.csv").status == "empty"
    assert found.coverage("Shares_100200300.csv").note == BARE
    assert [act.text for act in found.of("post")] == ["Première ligne \n\ndeuxième ligne", None]
    assert found.of("reply")[0].text == 'il a "dit" oui'
    assert {act.happened_at is None for act in found.acts} == {False}
    check_reader(READER, path)


def test_files_with_a_byte_order_mark_and_a_bad_row(shared):
    path = shared / "kawsay"
    found = found_in(path, with_messages=True)
    assert found.n_rows == {"Connections.csv": 2, "messages.csv": 3}
    assert found.verbs == {("accept", "by_me"): 2, ("mention", "third"): 2}
    assert [(reject.pointer, reject.member) for reject in found.rejects] == [("line 5", "messages.csv")]
    assert found.coverage("Rich_Media.csv").status == "unread"
    check_reader(READER, path)
    check_reader(READER, path, ReadOptions(with_messages=True), expect_rejects=True)


HERMIONE = {
    "e2e/BrowserXlsx.csv": (6, {("reply", "by_me"): 6}),
    "e2e/Comments.csv": (1, {("reply", "by_me"): 1}),
    "e2e/Connections.csv": (2, {("accept", "by_me"): 2}),
    "e2e/ConnectionsWide.csv": (53, {("accept", "by_me"): 53}),
    "e2e/Messages.csv": (1, {("mention", "third"): 1}),
    "e2e/MessagesThreads.csv": (4, {("mention", "third"): 4}),
    "e2e/Shares.csv": (1, {("post", "by_me"): 1}),
    "parity/comments-corpus.csv": (220, {("reply", "by_me"): 220}),
    "parity/comments-parity.csv": (5, {("reply", "by_me"): 5}),
    "parity/connections-corpus.csv": (220, None),
    "parity/connections-parity.csv": (5, {("accept", "by_me"): 4}),
    "parity/messages-corpus.csv": (220, None),
    "parity/messages-parity.csv": (3, None),
    "parity/shares-corpus.csv": (220, {("post", "by_me"): 220}),
    "parity/shares-parity.csv": (6, {("post", "by_me"): 6}),
}


@pytest.mark.parametrize("name", HERMIONE)
def test_tables_that_were_made_to_be_hard(shared, name):
    n_rows, verbs = HERMIONE[name]
    path = shared / "hermione" / name
    assert reader_for(Export.at(path), ReadOptions()) is READER
    found = found_in(path, with_messages=True)
    assert found.rejects == []
    assert found.n_rows == {path.name: n_rows}
    assert verbs is None or found.verbs == verbs
    check_reader(READER, path, ReadOptions(with_messages=True))


def test_what_is_hard_in_them_is_read_right(shared):
    shares = found_in(shared / "hermione" / "parity" / "shares-parity.csv").acts
    assert shares[0].text == 'He said "hi".\n\nNext "line" here.'
    assert shares[3].text == "=SUM(A1:B2)"
    assert (shares[3].urls, shares[4].happened_at) == (None, None)
    comments = found_in(shared / "hermione" / "parity" / "comments-parity.csv").acts
    assert comments[0].text == 'She wrote "great post" yesterday.\n📌 Naïve “smart quotes” line.'
    corpus = {act.text for act in found_in(shared / "hermione" / "parity" / "comments-corpus.csv").acts}
    assert {"path C:\\Users\\Ada\\Documents", 'literal slash before \\"quote\\"', 'wrote "great post" today'} <= corpus


def test_a_table_of_somebody_else_is_not_taken(shared):
    assert reader_for(Export.at(shared / "hermione" / "e2e" / "Invalid.csv"), ReadOptions()) is None


def test_a_file_alone_tells_what_it_tells_in_its_folder(shared):
    folder = shared / "synthetic_suffixed"
    alone = found_in(folder / "Reactions_100200300.csv")
    whole = found_in(folder)
    ids = {act.activity_id for act in whole.of("react")}
    assert {act.activity_id for act in alone.acts} == ids, "to the second an act is known without its owner"
    assert facts(alone) != facts(whole), "whose it is, is not"

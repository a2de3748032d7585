"""Which questions an archive answers: absent is not empty, empty is not never; every file that is read has a place."""

from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from ascendant.activity import Account
from ascendant.patterns.mirror.answers import files_of_topics, kind_of_file, kind_of_name
from ascendant.patterns.mirror.find import find_mirror
from ascendant.patterns.mirror.tables import PARTS, TOPICS
from ascendant.read.archive import plain
from ascendant.read.facebook_archive.files import table as facebook_files
from ascendant.read.linkedin_archive.catalogue import READ
from ascendant.read.options import ReadOptions
from ascendant.read.x_archive.catalogue import stories
from ascendant.read.x_archive.story import Owner
from ascendant.store.duckdb import asking, coverage_now
from ascendant.store.parts import create_folder
from ascendant.study.importing import import_files
from mirrors import act, coverage, mirror, only

# Read, and told of elsewhere or nowhere: who somebody is, settings, what is steered, kept, invited, suggested.
NOT_ASKED = {
    "x": {
        "note-tweet.js", "deleted-note-tweet.js", "block.js", "mute.js", "lists-created.js", "lists-member.js",
        "lists-subscribed.js", "saved-search.js", "direct-message-headers.js", "direct-message-group-headers.js",
    },
    "facebook": {
        "pages_unfollowed", "page_recommendations", "own_pages", "removed_friends", "received_requests",
        "rejected_requests", "sent_requests", "groups", "own_groups", "group_invites", "group_invites_sent",
        "unfollowed_profiles", "snoozed", "feed_preferences", "feed_controls", "event_responses", "event_invitations",
        "saves", "collections", "watching", "video_summary", "reels", "comment_days", "story_views", "ad_preferences",
        "ad_consent", "subscription", "consents", "feed_reduction", "daily_limit", "ad_feedback", "wall", "tagged",
        "page_mentions", "people_you_may_know", "suggested_friends", "people_to_follow", "suggested_groups", "profile",
        "time_zone", "messages",
    },
    "linkedin": {
        "Profile.csv", "Registration.csv", "Saved_Items.csv", "saved_articles.csv", "Invitations.csv",
        "Endorsement_Given_Info.csv", "Endorsement_Received_Info.csv", "Recommendations_Given.csv",
        "Recommendations_Received.csv", "Events.csv", "Logins.csv", "articles/",
    },
}  # fmt: skip
READ_BY = {
    "x": {name for name, _ in stories(Owner(), ReadOptions(with_messages=True))},
    "facebook": set(facebook_files().entries),
    "linkedin": {file.name for file in READ} | {"articles/"},
}


@pytest.mark.parametrize("platform", sorted(READ_BY))
def test_every_file_that_is_read_answers_a_question_or_is_left_out_by_name(platform):
    named = {name for topic in files_of_topics().values() for name in topic.get(platform, ())}
    assert named <= READ_BY[platform]
    assert READ_BY[platform] - named == NOT_ASKED[platform] - {"articles/"}


def test_every_topic_has_its_files():
    assert set(files_of_topics()) == set(TOPICS)


@pytest.mark.parametrize("platform", sorted(READ_BY))
def test_a_file_is_known_in_whatever_folder_and_part_it_stands(platform):
    for topic in files_of_topics().values():
        for name in topic.get(platform, ()):
            path = facebook_files().entries[name].current if platform == "facebook" else name
            if not path or name == "articles/":
                continue
            stem, dot, suffix = path.rpartition(".")
            for member in (path, f"export of Jo/{path}", f"{stem} (1){dot}{suffix}"):
                assert kind_of_file(platform, member) == kind_of_name(platform, name), member
    assert kind_of_file("linkedin", "Jo/Articles/Articles/une-rue.html") == "articles/"
    assert kind_of_file("x", "jo/data/js/tweets/2016_04.js") == "tweets.js"
    assert PurePosixPath(plain("X/Tweets.JS")).name == "tweets.js"


WINDOW = {"window_from": datetime(2024, 1, 1, tzinfo=UTC), "window_to": datetime(2024, 6, 1, tzinfo=UTC)}
X_ARCHIVE = coverage(
    ("x_archive", "data/tweets.js", "parsed", 5, 5, {"expected": 6, **WINDOW}),
    ("x_archive", "data/tweets-part1.js", "parsed", 4, 3, {"expected": 4, "rejected": 1}),
    ("x_archive", "data/deleted-tweets.js", "absent", 0, 0),
    ("x_archive", "data/like.js", "parsed", 0, 0, {"expected": 0}),
    ("x_archive", "data/following.js", "unreadable", 0, 0),
    ("x_archive", "data/follower.js", "unreadable", 9, 8),  # damaged, and read up to there
    ("x_archive", "data/ad-impressions.js", "absent", 0, 0),
    ("x_archive", "data/ad-engagements.js", "absent", 0, 0),
    ("x_archive", "data/personalization.js", "unread", 0, 0),
)


def test_absent_is_not_empty_and_empty_is_not_never():
    answers = mirror([], covered=X_ARCHIVE)["answers"]
    status = {row["topic"]: row["status"] for row in answers.to_pylist()}
    assert {name: status[name] for name in ("posts", "likes", "follows", "followers")} == {
        "posts": "parsed", "likes": "empty", "follows": "unreadable", "followers": "parsed",
    }  # fmt: skip
    assert (status["ads_seen"], status["targeting"], status["seen"], status["responses"]) == (
        "absent", "unread", "absent", "never",
    )  # fmt: skip


def test_the_files_of_a_topic_are_counted_together():
    row = only(mirror([], covered=X_ARCHIVE)["answers"], topic="posts")
    assert (row["n_rows"], row["n_rejected"], row["expected"]) == (8, 1, 10)
    assert row["files"] == ["tweets-part1.js", "tweets.js"]
    assert (row["first_at"], row["last_at"]) == (WINDOW["window_from"], WINDOW["window_to"])


def test_what_was_looked_for_is_named_where_it_is_absent():
    rows = mirror([], covered=X_ARCHIVE)["answers"]
    assert only(rows, topic="ads_opened")["files"] == ["ad-engagements.js"]
    assert only(rows, topic="responses")["files"] == []
    assert only(rows, topic="likes")["expected"] == 0
    assert only(rows, topic="follows")["expected"] is None


@pytest.mark.parametrize(
    ("member", "status"),
    [
        ("your_facebook_activity/comments_and_reactions/likes_and_reactions_1.json", "parsed"),
        ("likes_and_reactions/posts_and_comments.json", "parsed"),
        ("your_facebook_activity/comments_and_reactions/likes_and_reactions.html", "parsed"),
        ("your_facebook_activity/saved_items_and_collections/collections.json", "absent"),
    ],
)
def test_one_topic_of_facebook_has_other_names_in_other_years(member, status):
    rows = mirror([], (), coverage(("facebook_archive", member, "parsed", 3, 3)))["answers"]
    assert only(rows, topic="likes", platform="facebook")["status"] == status


def test_archives_of_several_platforms_and_years_answer_together():
    covered = coverage(
        ("x_archive", "data/like.js", "absent", 0, 0, {"file": "one.zip"}),
        ("x_archive", "data/like.js", "parsed", 2, 2, {"file": "other.zip"}),
        ("linkedin_archive", "Comments_100200300.csv", "parsed", 1, 1),
        ("linkedin_archive", "Shares.csv", "absent", 0, 0),
        ("x_posts", "data/following.js", "parsed", 7, 7),  # no archive of theirs
    )
    rows = mirror([], (Account(account_id="x:1", platform="x", is_me=True),), covered)["answers"]
    assert only(rows, topic="likes", platform="x")["status"] == "parsed"
    assert only(rows, topic="follows", platform="x")["status"] == "absent"
    assert only(rows, topic="posts", platform="linkedin")["status"] == "parsed"
    assert {row["platform"] for row in rows.to_pylist()} == {"x", "linkedin"}


def test_a_file_of_an_unusual_name_answers_by_what_it_told():
    covered = coverage(("x_archive", "my posts.js", "parsed", 2, 2), ("x_archive", "data/tweets.js", "absent", 0, 0))
    row = only(mirror([act(1, "post"), act(2, "post")], covered=covered)["answers"], topic="posts")
    assert (row["status"], row["n_rows"], row["files"]) == ("parsed", 2, [])


EXPORTS = Path(__file__).parents[2] / "read" / "exports"
# Tables and columns that only a topic fills.
FILLED_BY = {
    "posts": lambda found: found["week"].num_rows + found["passed_on"].num_rows,
    "likes": lambda found: sum(row["part"] == "like" for row in found["balance"].to_pylist()),
    "ads_seen": lambda found: found["criteria"].num_rows + sum(found["advertisers"]["n_shown"].to_pylist()),
    "ads_opened": lambda found: sum(found["advertisers"]["n_opened"].to_pylist()),
    "inferred": lambda found: found["inferred"].num_rows,
    "tracked": lambda found: found["trackers"].num_rows,
    "responses": lambda found: found["moved"].num_rows,
}


@pytest.mark.parametrize(
    "export",
    [
        path
        for name in ("x_archive", "facebook_archive", "linkedin_archive", "page_analytics")
        for path in sorted((EXPORTS / name).iterdir())
    ],
    ids=lambda path: f"{path.parent.name}-{path.name}",
)
def test_of_a_topic_that_was_not_read_nothing_is_told(export, tmp_path):
    create_folder(tmp_path / "study")
    import_files(tmp_path / "study", [export])
    covered = coverage_now(tmp_path / "study")
    with asking(tmp_path / "study") as questions:
        found = find_mirror(questions, covered, time_zone="Europe/Paris")
    for row in found["answers"].to_pylist():
        if row["status"] != "parsed" and row["topic"] in FILLED_BY:
            assert not FILLED_BY[row["topic"]](found), row
        assert row["status"] != "parsed" or row["n_rows"] or row["n_rejected"] or row["topic"] in ("posts", "follows")
    acts = [row["n"] for row in found["balance"].to_pylist() if row["platform"] is None and row["part"] in PARTS[:3]]
    assert sum(acts) == sum(row["n_acts"] for row in found["me"].to_pylist())

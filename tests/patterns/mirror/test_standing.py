"""The owner's standing and audience: what is counted, what is heard, and that silence makes nobody an influencer."""

import pytest

from ascendant.activity import Account, Activity, Metrics
from mirrors import ME, OWNER, act, coverage, mirror, only

HEARD = coverage(("facebook_archive", "logged_information/notifications/notifications.json", "parsed", 3, 3))
FRIEND = Account(account_id="facebook:me", platform="facebook", is_me=True)


def posts(n, **columns):
    return [act(number, "post", **columns) for number in range(n)]


def of_facebook(row):
    return Activity(**{
        **{name: getattr(row, name) for name in row.__struct_fields__},
        "platform": "facebook", "actor_id": "facebook:me", "activity_id": f"facebook:{row.activity_id}",
    })  # fmt: skip


@pytest.mark.parametrize("n", [0, 1, 5, 9, 10, 100])
def test_silence_makes_no_influencer(n):
    for rows, accounts, covered in (
        (posts(n), (OWNER,), coverage()),
        ([of_facebook(row) for row in posts(n)], (FRIEND,), HEARD),
    ):
        for row in mirror(rows, accounts, covered)["standing"].to_pylist():
            assert (row["standing"], row["is_presumed"]) == ("influenced", True)
            assert row["p_influencer"] is None or row["p_influencer"] < 0.05
            assert row["n_moved_by_it"] == (0 if covered is HEARD else None)


def test_who_is_moved_is_influenced_whatever_is_told_of_the_others():
    rows = [act(number, "repost", object_author_id="x:2") for number in range(30)]
    row = only(mirror(rows)["standing"], platform="x")
    assert (row["standing"], row["is_presumed"], row["n_moved_by_it"]) == ("influenced", False, None)
    assert row["p_influenced"] > 0.99
    assert (row["p_influencer"], row["p_both"]) == (None, None)


def test_what_the_platform_counts_makes_an_influencer():
    found = mirror(posts(40, metrics=Metrics(reposts=8, likes=2)))
    row = only(found["standing"], platform=None)
    assert (row["standing"], row["n_moved_by_it"], row["is_one_sided"]) == ("influencer", 320, True)
    row = only(found["audience"], platform="x")
    assert (row["n_posts"], row["n_counted"], row["likes"], row["reposts"]) == (40, 40, 80, 320)
    assert (row["replies"], row["views"]) == (None, None)


def test_the_counts_of_what_was_passed_on_are_not_the_owners():
    rows = [act(1, "repost", object_author_id="x:2", metrics=Metrics(reposts=900))]
    assert mirror(rows)["audience"].num_rows == 0


def test_replies_to_oneself_are_no_audience():
    rows = [
        act(1, "post", metrics=Metrics(replies=2, reposts=0)),
        *(act(n, "reply", object_id="x:1", object_author_id=ME) for n in (2, 3)),
    ]
    assert only(mirror(rows)["standing"], platform="x")["n_moved_by_it"] == 0


def test_responses_that_are_held_count_where_they_are_more():
    rows = [act(1, "post", metrics=Metrics(reposts=1))]
    rows += [Activity(activity_id=f"x:r{n}", platform="x", verb="repost", actor_id=f"x:{n}", object_id="x:1")
             for n in (5, 6, 7)]  # fmt: skip
    found = mirror(rows)
    assert only(found["standing"], platform="x")["n_moved_by_it"] == 3
    assert found["moved"].num_rows == 3


def test_notifications_tell_who_responded():
    rows = [
        Activity(activity_id=f"facebook:n{number}", platform="facebook", verb=verb, direction="to_me", actor_id=who,
                 object_id="facebook:p", object_author_id="facebook:me", thread_id="facebook:p")
        for number, (verb, who) in enumerate(
            [("reply", "facebook:bo"), ("reply", "facebook:bo"), ("react", "facebook:ada"), ("reply", None)]
        )
    ]  # fmt: skip
    found = mirror(rows, (FRIEND,), HEARD)
    assert [(row["account_id"], row["n"], row["n_likes"]) for row in found["moved"].to_pylist()] == [
        ("facebook:bo", 1, 0),
        ("facebook:ada", 0, 1),
    ]
    assert only(found["standing"], platform="facebook")["n_moved_by_it"] == 2
    assert any("nothing tells whose" in str(caveat) for caveat in found.caveats)


def test_follows_tell_whom_the_owner_follows_and_unfollowed():
    rows = [
        act(1, "repost", object_author_id="x:2"),
        act(2, "repost", object_author_id="x:3"),
        act(3, "repost", object_author_id="x:4"),
        act(4, "follow", object_id="x:2", object_author_id="x:2", object_kind="account", happened_at=None),
        act(5, "follow", object_id="x:3", object_author_id="x:3", object_kind="account"),
        act(6, "unfollow", object_id="x:3", object_author_id="x:3", object_kind="account"),
    ]
    told = coverage(("x_archive", "data/following.js", "parsed", 2, 2))
    found = {row["account_id"]: row["is_followed"] for row in mirror(rows, covered=told)["sources"].to_pylist()}
    assert found == {"x:2": True, "x:3": False, "x:4": False}
    silent = {row["is_followed"] for row in mirror(rows[:3])["sources"].to_pylist()}
    assert silent == {None}

"""Whose export it is."""

import pytest

from facebook_archives import ADA, PROFILE, label, record


@pytest.mark.parametrize(
    ("profile", "key", "name"),
    [
        ({"profile_uri": "https://www.facebook.com/ada.exemple"}, "facebook:@ada.exemple", None),
        ({"profile_uri": "https://www.facebook.com/profile.php?id=100012"}, "facebook:100012", None),
        ({"username": "Ada.Exemple"}, "facebook:@ada.exemple", None),
        ({"name": {"full_name": "Élodie Exemple"}}, "facebook:me:Élodie Exemple", "Élodie Exemple"),
        ({"name": "Ada Exemple"}, "facebook:me:Ada Exemple", "Ada Exemple"),
        ({}, "facebook:me", None),
    ],
)
@pytest.mark.parametrize("version", ["profile", "profile_v2"])
def test_the_owner_is_known_by_an_address_else_by_a_name_that_is_theirs_alone(read, profile, key, name, version):
    me = read({PROFILE: {version: profile}}).me
    assert (me.account_id, me.name, me.is_me) == (key, name, True)


def test_the_owner_is_never_who_is_named_most(read):
    posts = [{"timestamp": 1_700_000_000 + n, "data": [{"post": "x"}], "title": "Bo Muster."} for n in range(50)]
    path = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
    found = read({path: posts}, with_profile=False)
    assert found.me.account_id == "facebook:me"


def test_the_profile_of_the_newest_layout_is_labels(read):
    url = "https://www.facebook.com/ada.exemple"
    me = read({PROFILE: record(label("Full name", "Ada Exemple"), label("URL", url, href=url))}).me
    assert (me.account_id, me.name) == ("facebook:@ada.exemple", "Ada Exemple")


def test_earlier_names_are_the_owners_too(read):
    profile = {
        "profile_v2": {
            **ADA["profile_v2"],
            "previous_names": [{"name": "Ada Modèle", "timestamp": 1}],
            "other_names": [],
        }
    }
    friends = {"friends_v2": [{"name": "Ada Modèle", "timestamp": 1_700_000_000}]}
    comment = {"timestamp": 1_700_000_000, "data": [{"comment": {"comment": "x"}}], "title": "Ada Modèle a commenté."}
    found = read({
        PROFILE: profile,
        "connections/friends/your_friends.json": friends,
        "your_facebook_activity/comments_and_reactions/comments.json": {"comments_v2": [comment]},
    })  # fmt: skip
    assert found.of("reply")[0].object_author_id is None

"""What two exports of one person tell in different layouts has the same id in both: read one after the other, it
counts once. Each fact stands here as an export of 2021 writes it, then as one of today does."""

from __future__ import annotations

from typing import Any

import pytest

from facebook_archives import A_DAY, ADA, PROFILE, archive_in, found_in, label, record

NOW = "your_facebook_activity"
LIKED = "Ada Exemple a aimé la publication de Bo Muster."
POSTS = [
    {"timestamp": A_DAY, "data": [{"post": "Bonjour été"}], "title": "Ada"},
    {"timestamp": A_DAY, "attachments": [{"data": [{"external_context": {"url": "https://journal.example/a"}}]}]},
]
COMMENTS = {
    "comments_v2": [
        {"timestamp": A_DAY, "data": [{"comment": {"comment": "Oui", "author": "Ada Exemple"}}], "title": ""}
    ]
}
GROUPS = {"groups_joined_v2": [{"timestamp": A_DAY, "data": [{"name": "Voisins"}], "title": "Ada a rejoint Voisins."}]}
SEARCHES = {"searches_v2": [{"timestamp": A_DAY, "data": [{"text": "fromage"}], "title": "Vous avez recherché"}]}
PAGE = "https://www.facebook.com/cie.exemple"


def old_reaction(kind: str) -> dict[str, Any]:
    return {
        "reactions_v2": [{"timestamp": A_DAY, "data": [{"reaction": {"reaction": kind, "actor": "A"}}], "title": LIKED}]
    }


def new_reaction(kind: str) -> dict[str, Any]:
    url = "https://www.facebook.com/bo.muster/posts/1"
    return record(label("Réaction", kind), label("URL", url, href=url), timestamp=A_DAY)


def shown(entry: str, url: str) -> dict[str, Any]:
    return {"dict": [label("Événement", entry), label("URL", url, href=url), label("Heure", timestamp_value=A_DAY)]}


def viewed(title: str, name: str, url: str) -> dict[str, Any]:
    entry = {"timestamp": A_DAY, "data": {"name": name, "uri": url}}
    return {"recently_viewed": [{"name": title, "description": "x", "entries": [entry]}]}


SEARCHED = {"id": 1, "type": "SEARCH"}
REPORTED = [label("ID", "1"), label("Event", "SEARCH"), label("Received on", timestamp_value=A_DAY)]

# fact -> its file and content in 2021, and today
FACTS: dict[str, tuple[tuple[str, Any], tuple[str, Any]]] = {
    "posts": (
        ("posts/your_posts_1.json", POSTS),
        (f"{NOW}/posts/your_posts__check_ins__photos_and_videos_1.json", POSTS),
    ),
    "comments": (
        ("comments_and_reactions/comments.json", COMMENTS),
        (f"{NOW}/comments_and_reactions/comments.json", COMMENTS),
    ),
    "likes": (
        ("comments_and_reactions/posts_and_comments.json", old_reaction("LIKE")),
        (f"{NOW}/comments_and_reactions/likes_and_reactions.json", new_reaction("J’aime")),
    ),
    "other reactions": (
        ("comments_and_reactions/posts_and_comments.json", old_reaction("SORRY")),
        (f"{NOW}/comments_and_reactions/likes_and_reactions.json", new_reaction("Triste")),
    ),
    "friends": (
        ("friends_and_followers/friends.json", {"friends_v2": [{"name": "Bo", "timestamp": A_DAY}]}),
        ("connections/friends/your_friends.json", {"friends_v2": [{"name": "Bo", "timestamp": A_DAY}]}),
    ),
    "follows": (
        ("friends_and_followers/who_you_follow.json", {"following_v2": [{"name": "Krant", "timestamp": A_DAY}]}),
        ("connections/followers/who_you_ve_followed.json", {"following_v3": [{"name": "Krant", "timestamp": A_DAY}]}),
    ),
    "pages, whose address is told today": (
        ("pages/pages_you've_liked.json", {"page_likes_v2": [{"name": "Cie Exemple", "timestamp": A_DAY}]}),
        (
            f"{NOW}/pages/pages_you_ve_liked.json",
            {"page_likes_v2": [{"name": "Cie Exemple", "timestamp": A_DAY, "url": PAGE}]},
        ),
    ),
    "groups": (
        ("groups/your_group_membership_activity.json", GROUPS),
        (f"{NOW}/groups/your_group_membership_activity.json", GROUPS),
    ),
    "searches": (
        ("search/your_search_history.json", SEARCHES),
        ("logged_information/search/your_search_history.json", SEARCHES),
    ),
    "interests": (
        ("other_logged_information/ads_interests.json", {"topics_v2": ["Fromage"]}),
        ("logged_information/other_logged_information/ads_interests.json", {"topics_v2": ["Fromage"]}),
    ),
    "advertisers": (
        (
            "ads_information/advertisers_using_your_activity_or_information.json",
            {"custom_audiences_all_types_v2": [{"advertiser_name": "Cie", "has_data_file_custom_audience": True}]},
        ),
        (
            "ads_information/advertisers_using_your_activity_or_information.json",
            record(label("Une liste importée ou utilisée par l’annonceur", vec=[{"value": "Cie"}])),
        ),
    ),
    "clicks on ads, whose address is told today": (
        (
            "ads_information/advertisers_you've_interacted_with.json",
            {"history_v2": [{"title": "Promo", "action": "Clic", "timestamp": A_DAY}]},
        ),
        (
            "ads_information/advertisers_you_ve_interacted_with.json",
            [record(label("Action", "Clic"), label("Titre", "Promo"), label("URL", PAGE, href=PAGE), timestamp=A_DAY)],
        ),
    ),
    "what sites report": (
        (
            "apps_and_websites_off_of_facebook/your_off-facebook_activity.json",
            {"off_facebook_activity_v2": [{"name": "example.com", "events": [{**SEARCHED, "timestamp": A_DAY}]}]},
        ),
        (
            "apps_and_websites_off_of_facebook/your_activity_off_meta_technologies.json",
            [
                record(
                    label("Events", vec=[{"dict": REPORTED}]),
                    title="example.com",
                )
            ],
        ),
    ),
    "ads that were shown": (
        ("your_interactions_on_facebook/recently_viewed.json", viewed("Publicités", "Pub", f"{PAGE}/posts/9")),
        (
            "logged_information/interactions/ads.json",
            record(label("Ads", vec=[shown("Pub", f"{PAGE}/posts/9")])),
        ),
    ),
}


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_has_one_id_in_an_old_export_and_in_a_new_one(fact, tmp_path):
    (old_path, old), (new_path, new) = FACTS[fact]
    older = archive_in(tmp_path / "a", {"profile_information/profile_information.json": ADA, old_path: old})
    newer = archive_in(tmp_path / "b", {PROFILE: ADA, new_path: new})
    ids = [sorted(act.activity_id for act in found_in(path).acts) for path in (older, newer)]
    assert ids[0], "there is something to compare"
    assert ids[0] == ids[1]


def test_two_pages_of_one_name_that_are_liked_in_one_second_are_two(tmp_path):
    likes = [{"name": "Cie Exemple", "timestamp": A_DAY, "url": f"{PAGE}.{n}"} for n in (1, 2)]
    path = archive_in(tmp_path / "a", {PROFILE: ADA, f"{NOW}/pages/pages_you_ve_liked.json": {"page_likes_v2": likes}})
    assert len({act.activity_id for act in found_in(path).acts}) == 2

"""Who pays, who has the owner on a list, what is inferred, what sites report."""

import pytest

from facebook_archives import A_DAY, ME, label, record

ADS = "ads_information/"
CATEGORIES = f"{ADS}other_categories_used_to_reach_you.json"


def test_advertisers_and_how_they_came_are_the_same_in_every_layout(read):
    layouts = {
        "ads/advertisers_who_uploaded_a_contact_list_with_your_information.json": {"custom_audiences": ["Acme"]},
        f"{ADS}advertisers_who_uploaded_a_contact_list_with_your_information.json": {
            "custom_audiences_v2": [{"advertiser": "Acme"}]
        },
        f"{ADS}advertisers_using_your_activity_or_information.json": {
            "custom_audiences_all_types_v2": [{"advertiser_name": "Acme", "has_data_file_custom_audience": True}]
        },
        "ads_and_businesses/advertisers_using_your_activity_or_information.json": record(
            label("A list uploaded or used by the advertiser", vec=[{"value": "Acme"}])
        ),
    }
    ids = set()
    for number, (path, content) in enumerate(layouts.items()):
        act = read({path: content}, place=str(number)).only
        assert (act.verb, act.direction, act.actor_id, act.object_id) == (
            "targeted",
            "about_me",
            "facebook:name:Acme",
            ME,
        )
        assert act.ad.criteria == (("List", "", "uploaded_list"),)
        ids.add(act.activity_id)
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Liste importée ou utilisée par l’annonceur", "uploaded_list"),
        ("Una lista subida o utilizada por el anunciante", "uploaded_list"),
        ("Eine vom Werbetreibenden hochgeladene Liste", "uploaded_list"),
        ("Interaction avec le site Web, l’application ou le magasin de l’annonceur", "retargeting"),
        ("Interactions you may have had with the advertiser's website, app or store", "retargeting"),
        ("Jotain muuta", "other"),
    ],
)
def test_the_way_of_an_advertiser_is_told_by_a_label_in_the_account_s_language(read, name, group):
    path = f"{ADS}advertisers_using_your_activity_or_information.json"
    act = read({path: record(label(name, vec=[{"value": "Acme"}]))}).only
    assert act.ad.criteria[0][2] == group
    assert act.missing == ("happened_at",)


def test_an_advertiser_of_several_ways_has_a_row_each(read):
    marks = {
        "has_data_file_custom_audience": True,
        "has_remarketing_custom_audience": True,
        "has_in_person_store_visit": True,
    }
    content = {"custom_audiences_all_types_v2": [{"advertiser_name": "Acme", **marks}]}
    found = read({f"{ADS}advertisers_using_your_activity_or_information.json": content})
    assert [act.ad.criteria[0][2] for act in found.acts] == ["uploaded_list", "retargeting", "store_visit"]


def test_a_click_on_an_ad_names_the_page_by_its_address_and_else_nobody(read):
    url = "https://www.facebook.com/901/posts/7"
    new = record(label("Action", "Clicked ad"), label("Title", "Soldes"), label("URL", url, href=url), timestamp=A_DAY)
    old = {"history_v2": [{"title": "Soldes", "action": "Clic sur publicité", "timestamp": A_DAY}]}
    path = f"{ADS}advertisers_you've_interacted_with.json"
    act = read({path: new}, place="new").only
    assert (act.verb, act.text, act.object_author_id, act.object_id) == (
        "ad_click",
        "Soldes",
        "facebook:901",
        "facebook:7",
    )
    act = read({path: old}, place="old").only
    assert (act.text, act.object_author_id, act.missing) == ("Soldes", None, ("object_author_id",))


@pytest.mark.parametrize(
    ("path", "content", "criterion"),
    [
        ("ads/ads_interests.json", {"topics": ["Jardin"]}, ("Interests", "Jardin", "interest")),
        ("your_topics/your_topics.json", {"inferred_topics_v2": ["Jardin"]}, ("Topics", "Jardin", "interest")),
        (CATEGORIES, {"bcts": ["Pendulaires"]}, ("Categories", "Pendulaires", "behaviour")),
        (CATEGORIES, record(label("?", vec=[{"value": "X"}])), ("Categories", "X", "behaviour")),
        ("about_you/friend_peer_group.json", {"friend_peer_group": "A"}, ("Friend peer group", "A", "demographic")),
    ],
)
def test_what_is_inferred_has_the_class_of_its_criterion(read, path, content, criterion):
    act = read({path: content}).only
    assert (act.verb, act.direction, act.actor_id, act.object_id) == ("inferred", "about_me", None, ME)
    assert act.ad.criteria == (criterion,)


@pytest.mark.parametrize("is_new", [False, True])
def test_what_a_site_reports_twice_in_a_second_is_two(read, is_new):
    event = {"id": 1, "type": "PAGE_VIEW", "timestamp": A_DAY}
    old = {"off_facebook_activity_v2": [{"name": "shop.example", "events": [event, event]}]}
    parts = {"dict": [label("ID", "1"), label("Event", "PAGE_VIEW"), label("Received on", timestamp_value=A_DAY)]}
    new = [record(label("Events", vec=[parts, parts]), title="shop.example")]
    found = read({"apps_and_websites_off_of_facebook/your_activity_off_meta_technologies.json": new if is_new else old})
    assert [(act.actor_id, act.text) for act in found.acts] == [("facebook:name:shop.example", "PAGE_VIEW")] * 2
    assert len({act.activity_id for act in found.acts}) == 2


def test_both_layouts_of_off_meta_activity_have_the_same_ids(read):
    path = "apps_and_websites_off_of_facebook/your_activity_off_meta_technologies.json"
    old = {
        "off_facebook_activity_v2": [{"name": "a.example", "events": [{"id": 1, "type": "LEAD", "timestamp": A_DAY}]}]
    }
    parts = {"dict": [label("ID", "1"), label("Ereignis", "LEAD"), label("Empfangen", timestamp_value=A_DAY)]}
    new = [record(label("?", vec=[parts]), title="a.example")]
    assert read({path: old}, place="a").only.activity_id == read({path: new}, place="b").only.activity_id


def test_applications_are_trackers_since_they_were_added(read):
    app = {
        "name": "Jeu",
        "added_timestamp": A_DAY,
        "user_app_scoped_id": 12,
        "category": "active",
        "removed_timestamp": 0,
    }
    act = read(
        {"apps_and_websites_off_of_facebook/connected_apps_and_websites.json": {"installed_apps_v2": [app]}}
    ).only
    assert (act.verb, act.actor_id, act.happened_at) == ("tracked", "facebook:name:Jeu", A_DAY * 10**6)

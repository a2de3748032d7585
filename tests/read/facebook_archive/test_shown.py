"""What was shown, seen, looked for, and how long it took."""

import json

from facebook_archives import A_DAY, ME, label, misspelled, record

SHOWN = "logged_information/interactions/"


def entry(name, uri, at=A_DAY):
    return {"timestamp": at, "data": {"name": name, "uri": uri}}


def seen(what, url, at=A_DAY):
    return {"dict": [label("Event", what), label("URL", url, href=url), label("Time", timestamp_value=at)]}


def test_ads_are_told_from_posts_by_the_title_of_their_list(read):
    lists = [
        {"name": "Ads", "entries": [entry("Ad by Acme", "https://www.facebook.com/acme/posts/1")]},
        {"name": "Posts", "entries": [entry("Post by Acme", "https://www.facebook.com/acme/posts/2", A_DAY + 1)]},
    ]
    ad, post = read({f"{SHOWN}recently_viewed.json": {"recently_viewed": lists}}).acts
    assert (ad.verb, ad.ad.advertiser, ad.actor_id, ad.object_kind) == ("ad_view", "Acme", "facebook:@acme", "ad")
    assert (post.verb, post.actor_id, post.direction) == ("view", "facebook:@acme", "to_me")


def test_a_film_in_three_lists_is_told_once_and_counters_are_left_out_and_said(read):
    watched = [entry("Film", "https://www.facebook.com/watch/?v=5", A_DAY + n) for n in range(3)]
    lists = {"name": "Watch", "children": [
        {"name": "Time spent", "entries": watched[:1]},
        {"name": "Time viewed", "entries": [watched[1], entry("Other", "https://www.facebook.com/watch/?v=6")]},
        {"name": "Shows", "entries": [watched[2], {"data": {"value": "2024-01-01"}}]},
    ]}  # fmt: skip
    found = read({f"{SHOWN}recently_viewed.json": {"recently_viewed": [lists]}})
    assert sorted(act.object_id for act in found.acts) == ["facebook:5", "facebook:6"]
    note = found.coverage("recently_viewed.json").note
    assert "told once" in note
    assert "counters" in note


def test_lists_of_the_newest_layout_are_read_entry_by_entry(read):
    lists = record(label("Posts", vec=[seen("a", "https://www.facebook.com/acme/posts/1")]), label("Videos", vec=[]))
    act = read({f"{SHOWN}content_that_has_been_shown_to_you_in_your_feed.json": lists}).only
    assert (act.verb, act.object_id, act.text, act.happened_at) == ("view", "facebook:1", "a", A_DAY * 10**6)


def test_a_large_list_is_read_the_same_in_little_memory(read):
    import tracemalloc

    many = [seen(f"été {n} {'x' * 400}", f"https://www.facebook.com/acme/posts/{n}", A_DAY + n) for n in range(13_000)]
    whole = record(label("Posts", vec=many))
    content = json.dumps(misspelled(whole), indent=2)
    assert len(content) > 8 << 20
    tracemalloc.start()
    found = read({f"{SHOWN}content_that_has_been_shown_to_you_in_your_feed.json": content})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.acts) == len({act.activity_id for act in found.acts}) == 13_000
    assert found.acts[7].text.startswith("été 7 ")
    assert peak < 60 << 20  # the rows themselves are kept by the test


def test_ads_of_the_newest_layout_name_the_page_that_pays(read):
    ad = record(
        label("Ad", "Soldes", href="https://www.facebook.com/901/posts/2"), label("Time", timestamp_value=A_DAY)
    )
    act = read({f"{SHOWN}ads.json": [ad]}).only
    assert (act.verb, act.actor_id, act.object_id, act.text) == ("ad_view", "facebook:901", "facebook:2", "Soldes")


def test_visits_are_by_the_owner_and_those_of_the_week_are_not_told_twice(read):
    found = read({
        f"{SHOWN}profile_visits.json": [record(label("Name", "Bo Muster"), timestamp=A_DAY)],
        "your_facebook_activity/other_activity/profiles_you_visited_in_the_past_7_days.json": record(
            label("Profiles", vec=[{"value": "Bo Muster"}, {"value": "Cy"}])
        ),
    })  # fmt: skip
    told = [(act.direction, act.actor_id, act.object_id, act.happened_at is None) for act in found.acts]
    assert told == [("by_me", ME, "facebook:name:Bo Muster", False), ("by_me", ME, "facebook:name:Cy", True)]


def test_time_spent_is_counted_in_seconds_whichever_of_two_times_is_the_end(read):
    stretch = [label("?", timestamp_value=A_DAY + 90), label("??", timestamp_value=A_DAY)]
    spent = [
        record(
            label("Intervals", vec=[{"dict": stretch}, {"dict": stretch[:1]}]), label("Update", timestamp_value=A_DAY)
        )
    ]
    act = read({"your_facebook_activity/other_activity/time_spent_on_facebook.json": spent}).only
    assert (act.verb, act.happened_at, act.count, act.object_id) == ("session", A_DAY * 10**6, 90, "facebook:seconds")


def test_days_of_use_are_told_by_device_and_to_the_day(read):
    days = {"last_activity_v2": {"last_activity_time": {"Aplicație": {"activity_by_day": [A_DAY, 0]}}}}
    act = read({"security_and_login_information/your_facebook_activity_history.json": days}).only
    assert (act.object_id, act.time_precision) == ("facebook:day:Aplicație", "day")


def test_a_search_for_a_person_has_their_name_among_attachments(read):
    search = {"timestamp": A_DAY, "data": [], "attachments": [{"data": [{"text": "Bo Muster"}]}], "title": "Recherche"}
    act = read({"logged_information/search/your_search_history.json": {"searches_v2": [search]}}).only
    assert (act.verb, act.text, act.object_kind) == ("search", "Bo Muster", "query")


def test_a_vote_tells_the_question_and_what_was_chosen(read):
    poll = {
        "poll": {"question": "Où ?", "options": [{"option": "Là", "voted": True}, {"option": "Ici", "voted": False}]}
    }
    votes = {"poll_votes_v2": [{"timestamp": A_DAY, "attachments": [{"data": [poll]}], "title": ""}]}
    act = read({"your_facebook_activity/polls/polls_you_voted_on.json": votes}).only
    assert (act.verb, act.text) == ("vote", "Où ?: Là")


def test_figures_and_settings_stay_words(read):
    found = read({
        "your_facebook_activity/other_activity/your_video_consumption_summary.json": record(label("Films", "12 min")),
        "ads_information/subscription_for_no_ads.json": record(label("Abonné", "Non")),
    })  # fmt: skip
    assert {(act.verb, act.object_kind, act.text) for act in found.acts} == {
        ("measured", "metric", "Films: 12 min"),
        ("measured", "setting", "Abonné: Non"),
    }

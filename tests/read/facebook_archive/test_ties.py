"""Whom the owner follows and knows, what they belong to, what they do not want to see."""

from facebook_archives import A_DAY, ME, label, record

PAGES = "your_facebook_activity/pages/"


def named(key, *names):
    return {key: [{"name": name, "timestamp": A_DAY + n} for n, name in enumerate(names)]}


def test_a_page_that_was_liked_and_so_followed_at_one_second_is_one_act(read):
    found = read({
        f"{PAGES}pages_you've_liked.json": named("page_likes_v2", "Acme"),
        f"{PAGES}pages_and_profiles_you_follow.json": {
            "pages_followed_v2": [{"timestamp": A_DAY, "data": [{"name": "Acme"}], "title": "Acme"}]
        },
        "connections/followers/who_you've_followed.json": named("following_v3", "Acme"),
    })  # fmt: skip
    assert len({act.activity_id for act in found.of("follow")}) == 1


def test_invitations_are_told_by_who_sent_them_and_a_refusal_has_no_time_of_theirs(read):
    found = read({
        "connections/friends/received_friend_requests.json": named("received_requests_v2", "Bo"),
        "connections/friends/sent_friend_requests.json": named("sent_requests_v2", "Cy"),
        "connections/friends/rejected_friend_requests.json": named("rejected_requests_v2", "Di"),
        "connections/friends/removed_friends.json": named("deleted_friends_v2", "Ed"),
    })  # fmt: skip
    told = {(act.verb, act.direction, act.actor_id, act.object_id, act.happened_at is None) for act in found.acts}
    assert told == {
        ("invite", "to_me", "facebook:name:Bo", ME, False),
        ("invite", "by_me", ME, "facebook:name:Cy", False),
        ("invite", "to_me", "facebook:name:Di", ME, True),
        ("unfollow", "by_me", ME, "facebook:name:Ed", False),
    }


def test_followers_are_to_the_owner(read):
    act = read({"following_and_followers/followers.json": {"followers": [{"name": "Bo"}]}}).only
    assert (act.verb, act.direction, act.actor_id, act.object_id) == ("follow", "to_me", "facebook:name:Bo", ME)


def test_what_was_followed_lately_is_told_where_no_other_list_told_it(read):
    lately = record(label("Recent", vec=[{"dict": [label("Name", "Acme")]}, {"dict": [label("Name", "New")]}]))
    found = read({
        "connections/followers/who_you've_followed.json": named("following_v3", "Acme"),
        "your_facebook_activity/other_activity/your_recently_followed_history.json": lately,
    })  # fmt: skip
    assert [act.object_id for act in found.of("follow")] == ["facebook:name:Acme", "facebook:name:New"]


def test_what_is_to_be_seen_less_is_muted_in_any_known_language_and_else_unsure(read):
    entry = {"timestamp": A_DAY, "data": {"name": "Acme", "uri": "https://www.facebook.com/acme"}}
    lists = [{"name": name, "entries": [entry]} for name in ("Show less", "Favoris", "Näytä vähemmän")]
    lists.append({"name": "Show more", "entries": [{"timestamp": A_DAY, "data": {"value": "Gardening"}}]})
    found = read({"preferences/feed/controls.json": {"controls": lists}})
    assert [(act.verb, act.object_id, act.confidence) for act in found.acts] == [
        ("mute", "facebook:@acme", 1.0),
        ("follow", "facebook:@acme", 1.0),
        ("mute", "facebook:@acme", 0.5),
        ("follow", "facebook:topic:Gardening", 1.0),
    ]


def test_profiles_that_were_unfollowed_in_the_feed_are_muted(read):
    path = "preferences/feed/unfollowed_profiles.json"
    address = record(
        label("Profile", "Bo", href="https://www.facebook.com/bo.muster"), label("Time", timestamp_value=A_DAY)
    )
    act = read({path: address}, place="a").only
    assert (act.verb, act.object_id, act.happened_at) == ("mute", "facebook:@bo.muster", A_DAY * 10**6)
    names = record(label("Profiles", vec=[{"value": "Bo"}, {"value": "Cy"}]))
    assert [act.object_id for act in read({path: names}, place="b").acts] == ["facebook:name:Bo", "facebook:name:Cy"]


def test_answers_to_events_are_told_from_each_other(read):
    events = {
        key: [{"name": key, "start_timestamp": A_DAY}]
        for key in ("events_joined", "events_declined", "events_interested")
    }
    found = read({"your_facebook_activity/events/your_event_responses.json": {"event_responses_v2": events}})
    assert [(act.verb, act.object_id, act.confidence) for act in found.acts] == [
        ("join", f"facebook:event:events_joined/{A_DAY}", 1.0),
        ("join", f"facebook:event:events_interested/{A_DAY}", 0.5),
    ]
    row = found.coverage("your_event_responses.json")
    assert (row.status, row.rows_in) == ("parsed", 3)
    assert "declined" in row.note


def test_pages_of_the_owner_are_accounts_and_no_acts(read):
    own = {"pages_v2": [{"name": "Ada liest", "timestamp": A_DAY, "url": "https://www.facebook.com/ada.liest"}]}
    found = read({f"{PAGES}your_pages.json": own})
    assert found.acts == []
    assert ("facebook:@ada.liest", "page") in {(one.account_id, one.declared_kind) for one in found.accounts}
    assert found.coverage("your_pages.json").status == "parsed"

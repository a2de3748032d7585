"""Notifications, suggestions, messages: what comes to the owner."""

import json

import pytest

from facebook_archives import A_DAY, ME, label, record

FRIENDS = {"connections/friends/your_friends.json": {"friends_v2": [{"name": "Bo Muster", "timestamp": A_DAY}]}}
NOTIFICATIONS = "logged_information/notifications/notifications.json"
INBOX = "your_facebook_activity/messages/inbox/"


def notice(text, href="https://www.facebook.com/ada.exemple/posts/77"):
    return {"notifications_v2": [{"timestamp": A_DAY, "unread": True, "href": href, "text": text}]}


@pytest.mark.parametrize(
    ("text", "href", "verb", "actor"),
    [
        (
            "Bo Muster a réagi à votre publication.",
            "https://www.facebook.com/ada.exemple/posts/77",
            "react",
            "name:Bo Muster",
        ),
        (
            "Bo Muster commented on your post: “Hi”",
            "https://www.facebook.com/ada.exemple/posts/77",
            "reply",
            "name:Bo Muster",
        ),
        ("Jemand hat auf dein Foto reagiert.", "https://www.facebook.com/photo/?fbid=5", "react", None),
        ("Onbekend", "https://www.facebook.com/ada/posts/1?notif_t=comment_mention", "mention", None),
        ("Bo Muster ???", "https://www.facebook.com/bo.muster?notif_t=follow_profile", "follow", "@bo.muster"),
        ("Bo Muster has a birthday today.", "https://www.facebook.com/birthdays/", "recommended", None),
        ("You have memories.", "", "recommended", None),
    ],
)
def test_who_did_what_is_told_where_it_is_sure_and_else_it_is_a_push(read, text, href, verb, actor):
    (act,) = [act for act in read({**FRIENDS, NOTIFICATIONS: notice(text, href)}).acts if act.direction == "to_me"]
    assert (act.verb, act.actor_id) == (verb, f"facebook:{actor}" if actor else None)
    assert act.confidence < 1
    assert act.text is None


def test_what_others_react_to_is_the_owners(read):
    act = read({**FRIENDS, NOTIFICATIONS: notice("Bo Muster likes your post.")}).of("react")[0]
    assert (act.object_id, act.object_author_id) == ("facebook:77", ME)


def test_suggestions_are_pushes_and_nobody_is_not_suggested(read):
    people = record(label("People", vec=[{"value": "Hal Fremd"}, {"value": ""}, {"value": "Facebook user"}]))
    act = read({"connections/friends/people_you_may_know.json": people}).only
    assert (act.verb, act.direction, act.object_id) == ("recommended", "to_me", "facebook:name:Hal Fremd")


def test_those_who_tag_the_owner_are_told(read):
    url = "https://www.facebook.com/photo.php?fbid=55"
    tag = record(label("URL", url, href=url), label("Tagged by", "Bo Muster"), timestamp=A_DAY)
    act = read({"your_facebook_activity/activity_you're_tagged_in/photos_and_videos_you're_tagged_in.json": [tag]}).only
    assert (act.verb, act.actor_id, act.object_id, act.mentions) == (
        "mention",
        "facebook:name:Bo Muster",
        "facebook:55",
        (ME,),
    )


def thread(*senders):
    messages = [
        {"sender_name": name, "timestamp_ms": (A_DAY + n) * 1000 + 5, "content": "SECRET"}
        for n, name in enumerate(senders)
    ]
    return {
        "participants": [{"name": name} for name in dict.fromkeys((*senders, "Ada Exemple"))],
        "messages": messages,
        "title": "x",
    }


def test_messages_are_not_opened_unless_it_is_asked_for(read):
    found = read({f"{INBOX}bo_1/message_1.json": "SECRET no JSON at all"})
    assert found.acts == found.rejects == []
    assert found.coverage("message_1.json").status == "unread"


def test_messages_are_counted_by_sender_and_never_read(read):
    found = read({f"{INBOX}bo_1/message_1.json": thread("Bo Muster", "Ada Exemple", "Bo Muster")}, with_messages=True)
    bo, ada = found.acts
    assert (bo.count, bo.actor_id, bo.object_id, bo.direction) == (2, "facebook:name:Bo Muster", ME, "to_me")
    assert (ada.count, ada.actor_id, ada.object_id, ada.direction) == (1, ME, "facebook:name:Bo Muster", "by_me")
    assert bo.happened_at == (A_DAY + 2) * 10**6 + 5000
    assert (bo.audience, bo.verb) == ("private", "mention")
    assert "SECRET" not in json.dumps([str(item) for item in (*found.acts, *found.accounts, *found.rows)])


def test_in_a_conversation_of_several_nobody_writes_to_one(read):
    found = read({f"{INBOX}many_1/message_1.json": thread("Bo", "Cy", "Ada Exemple")}, with_messages=True)
    assert {act.object_id for act in found.acts} == {None}
    assert {act.context_id for act in found.acts} == {"facebook:conversation:many_1"}

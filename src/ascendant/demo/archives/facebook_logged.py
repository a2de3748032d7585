"""Facts of Facebook -> what its export logs: what was seen and sought, for how long, who answered, who it is."""

from __future__ import annotations

from typing import Final

from ascendant.demo.archives import facebook_records as records
from ascendant.demo.archives.facebook_records import Record, Sayings, labelled
from ascendant.demo.archives.facts import Life
from ascendant.demo.archives.person import Person

# By file: the key under which the records stand, none for records of the newest layout, posts and reactions.
Lists = dict[str, tuple[str | None, list[Record] | list[str]]]

DONE: Final = "your_facebook_activity/"
LOGGED: Final = "logged_information/"


def logged(person: Person, life: Life, tell: Sayings) -> Lists:
    """What was seen, opened, searched, kept, and what others did: key and records by file."""
    looked = sorted(life.looked, key=lambda one: -(one.at or 0))
    notes = [records.notification(one, person) for one in life.met if one.verb != "message"]

    def entries(kind: str) -> Record:
        return {"label": tell.labels[kind], "vec": [records.seen(one, tell) for one in looked if one.verb == kind]}

    feed = labelled(7, entries("post"), entries("video"), entries("link"))
    shows = labelled(8, entries("show"))
    visits = [
        labelled(
            n, tell.label("name", one.account.name), records.url(f"{records.SITE}/{one.account.handle}"), at=one.at
        )
        for n, one in enumerate(looked)
        if one.verb == "visit" and one.account is not None
    ]
    groups = [
        labelled(n, tell.label("name", person.groups[one.key % len(person.groups)]), at=one.at)
        for n, one in enumerate(looked)
        if one.verb == "visit_group"
    ]
    stays = [
        {"dict": [tell.at("start", one.at or 0), tell.at("end", (one.at or 0) + one.seconds)]}
        for one in looked
        if one.verb == "session"
    ]
    time_spent = labelled(
        9, {"label": tell.labels["intervals"], "vec": stays}, tell.at("updated", life.last_at), at=life.last_at
    )
    clicks = [
        labelled(n, tell.label("page", one.text), records.url(one.link or ""), at=one.at)
        for n, one in enumerate(looked)
        if one.verb == "click"
    ]
    searches = [
        {"timestamp": one.at, "data": [{"text": one.text}], "title": tell("search")}
        for one in looked
        if one.verb == "search"
    ]
    saves = [
        {
            "timestamp": one.at,
            "title": tell("save"),
            "attachments": [{"data": [{"external_context": {"name": one.text, "source": "", "url": one.link}}]}],
        }
        for one in looked
        if one.verb == "save"
    ]
    near = f"{LOGGED}interactions/"
    return {
        f"{near}content_that_has_been_shown_to_you_in_your_feed.json": (None, [feed]),
        f"{near}shows_you_have_watched.json": (None, [shows]),
        f"{near}profile_visits.json": (None, visits),
        f"{near}groups_and_events_you've_visited.json": (None, groups),
        f"{LOGGED}notifications/notifications.json": ("notifications_v2", notes),
        f"{LOGGED}search/your_search_history.json": ("searches_v2", searches),
        f"{DONE}saved_items_and_collections/your_saved_items.json": ("saves_v2", saves),
        f"{DONE}other_activity/time_spent_on_facebook.json": (None, [time_spent]),
        f"{DONE}other_activity/link_history.json": (None, clicks),
    }


def others(person: Person, life: Life, tell: Sayings) -> dict[str, tuple[int, Record]]:
    """Files of other shapes than a list, with how many records each has."""
    names = {"full_name": person.name, "first_name": person.given, "middle_name": "", "last_name": person.family}
    profile = {
        "name": names,
        "registration_timestamp": person.registered_at,
        "profile_uri": f"{records.SITE}/{person.slug}",
    }
    zone = labelled(11, tell.label("zone", person.zone))
    days = sorted({one.at // 86_400 * 86_400 for one in life.looked if one.verb == "session" and one.at})
    used = {
        "last_activity_time": {"Website": {"activity_by_day": days}, "Facebook app": {"activity_by_day": days[::2]}}
    }
    answers = {"join_event": "events_joined", "interested": "events_interested", "declined": "events_declined"}
    events: dict[str, list[Record]] = {name: [] for name in answers.values()}
    for tie in life.ties:
        if tie.verb in answers:
            event = {"name": tie.name, "start_timestamp": tie.at, "end_timestamp": (tie.at or 0) + 7200}
            events[answers[tie.verb]].append(event)
    files: dict[str, tuple[int, Record]] = {
        "personal_information/profile_information/profile_information.json": (1, {"profile_v2": profile}),
        f"{LOGGED}location/timezone.json": (1, zone),
        "security_and_login_information/your_facebook_activity_history.json": (1, {"last_activity_v2": used}),
        f"{DONE}events/your_event_responses.json": (
            sum(map(len, events.values())),
            {"event_responses_v2": events},
        ),
    }
    talks: dict[str, list[Record]] = {}
    for one in (found for found in life.met if found.verb == "message"):
        sender = person.name if one.key % 2 == 0 else one.account.name
        message = {"sender_name": sender, "timestamp_ms": one.at * 1000, "content": "(entre nous)"}
        talks.setdefault(f"{one.account.handle.replace('.', '')}_{one.account.key}\n{one.account.name}", []).append(
            message
        )
    for place, messages in talks.items():
        folder, _, name = place.partition("\n")
        talk = {"participants": [{"name": name}, {"name": person.name}], "messages": messages[::-1], "title": name}
        files[f"{DONE}messages/inbox/{folder}/message_1.json"] = (len(messages), talk)
    return files

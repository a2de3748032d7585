"""Facts of Facebook -> the zip of "Export your information" as JSON, in the layout of 2026.

Text is spelled as Facebook spells it: each byte of UTF-8 as a sign of its own. One record alone stands bare, without a
list around it. Old and new kinds of records stand side by side, and most reactions are there in both.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import msgspec

from ascendant.demo.archives import facebook_records as records
from ascendant.demo.archives.facebook_records import Record, Sayings, labelled
from ascendant.demo.archives.facts import Life
from ascendant.demo.archives.packing import pack
from ascendant.demo.archives.person import Person

_DONE: Final = "your_facebook_activity/"
_ADS: Final = "ads_information/"
_LOGGED: Final = "logged_information/"
ABSENT: Final = (
    f"{_DONE}stories/story_reactions.json",
    f"{_DONE}groups/your_contributions.json",
    f"{_DONE}posts/posts_on_other_pages_and_profiles.json",
    f"{_DONE}posts/content_sharing_links_you_have_created.json",
    "preferences/feed/snooze.json",
)
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")


def name_of(person: Person) -> str:
    """What Facebook calls the zip."""
    return f"facebook-{person.slug.replace('.', '')}-2026-08-31-AbCdEfGh.zip"


def write_facebook(path: Path, person: Person, life: Life) -> dict[str, int]:
    """Write the archive; returns how many records stand in each file."""
    say = Sayings(person)
    # A list without a key is of records of the newest layout, or of posts and reactions.
    lists: dict[str, tuple[str | None, list[Record] | list[str]]] = {
        **_said(person, life, say),
        **_tied(person, life, say),
        **_paid(life, say),
        **_logged(person, life, say),
    }
    files, counts = {}, {}
    for name, (key, found) in lists.items():
        bare = found[0] if len(found) == 1 and key is None else found
        files[name] = spelled(bare if key is None else {key: found})
        counts[name] = len(found)
    for name, (n, value) in _others(person, life, say).items():
        files[name], counts[name] = spelled(value), n
    files["start_here.html"] = b"<!doctype html><title>Facebook</title>\n"
    pack(path, files)
    return counts


def spelled(value: object) -> bytes:
    """JSON in ASCII, in which each byte of a sign stands for itself: `é` is `\\u00c3\\u00a9`."""
    plain = msgspec.json.format(msgspec.json.encode(value), indent=2)
    return _NOT_ASCII.sub(lambda found: b"\\u00%02x" % found[0][0], plain)


def _said(person: Person, life: Life, say: Sayings) -> dict[str, tuple[str | None, list[Record] | list[str]]]:
    acts = sorted(life.acts, key=lambda act: -act.at)
    posts = [act for act in acts if act.kind in ("post", "link", "link_with_words", "repost", "quote")]
    reactions = [act for act in acts if act.kind == "react"]
    old = [records.old_reaction(act, say, person) for act in reactions if records.is_in_old(act)]
    half = len(old) // 2
    new = [records.new_reaction(act, say, person) for act in reactions if records.is_in_new(act)]
    comments = [records.comment(act, say, person) for act in acts if act.kind == "reply"]
    votes = [records.vote(act, say) for act in acts if act.kind == "vote"]
    in_groups = [records.group_post(act, say) for act in posts if act.group]
    own = [records.post(act, say) for act in posts if not act.group]
    about = f"{_DONE}comments_and_reactions/"
    return {
        f"{_DONE}posts/your_posts__check_ins__photos_and_videos_1.json": (None, own),
        f"{_DONE}groups/group_posts_and_comments.json": ("group_posts_v2", in_groups),
        f"{about}comments.json": ("comments_v2", comments),
        f"{about}likes_and_reactions.json": (None, new),
        f"{about}likes_and_reactions_1.json": (None, old[:half]),
        f"{about}likes_and_reactions_2.json": (None, old[half:]),
        f"{_DONE}polls/polls_you_voted_on.json": ("poll_votes_v2", votes),
    }


def _tied(person: Person, life: Life, say: Sayings) -> dict[str, tuple[str | None, list[Record] | list[str]]]:
    def ties(verb: str) -> list[tuple[str, int]]:
        return [(tie.name, tie.at or 0) for tie in life.ties if tie.verb == verb]

    def named(verb: str) -> list[Record]:
        return [{"name": name, "timestamp": at} for name, at in ties(verb)]

    followed = [
        {"timestamp": at, "data": [{"name": name}], "title": say("follow", who=name)} for name, at in ties("follow")
    ]
    liked = [
        {"name": tie.name, "timestamp": tie.at, "url": f"{records.SITE}/{tie.account.handle}"}
        for tie in life.ties
        if tie.verb == "like" and tie.account is not None
    ]
    groups = [
        {"timestamp": at, "data": [{"name": name}], "title": say(verb, group=name)}
        for verb in ("join", "leave")
        for name, at in ties(verb)
    ]
    muted = [labelled(n, say.label("name", name)) for n, (name, _) in enumerate(ties("mute"))]
    suggested = labelled(1, say.listed("suggested", [name for name, _ in ties("suggested")]))
    engaging = labelled(2, say.listed("groups", [name for name, _ in ties("suggested_group")]))
    return {
        "connections/friends/your_friends.json": ("friends_v2", named("friend")),
        "connections/friends/people_you_may_know.json": (None, [suggested]),
        f"{_DONE}pages/pages_and_profiles_you_follow.json": ("pages_followed_v2", followed),
        f"{_DONE}pages/pages_you've_liked.json": ("page_likes_v2", liked),
        f"{_DONE}pages/pages_and_profiles_you've_unfollowed.json": ("pages_unfollowed_v2", []),
        f"{_DONE}groups/your_group_membership_activity.json": ("groups_joined_v2", groups),
        f"{_DONE}groups/groups_and_pages_that_you_may_find_engaging.json": (None, [engaging]),
        "preferences/feed/unfollowed_profiles.json": (None, muted),
    }


def _paid(life: Life, say: Sayings) -> dict[str, tuple[str | None, list[Record] | list[str]]]:
    def inferred(kind: str) -> list[str]:
        return [one.value for one in life.told if one.verb == "inferred" and one.type == kind]

    def holding(way: str) -> list[str]:
        return [one.type for one in life.told if one.verb == "targeted" and one.value == way]

    shown = sorted(life.shown, key=lambda one: -one.at)
    told = labelled(3, say.listed("list", holding("uploaded_list")), say.listed("visit", holding("retargeting")))
    events: dict[str, list[Record]] = {}
    for n, one in enumerate(life.told):
        if one.verb == "tracked":
            labels = [{"label": "ID", "value": str(10**15 + n)}, say.label("event", one.value)]
            events.setdefault(one.type, []).append({"dict": [*labels, say.at("received", one.at or 0)]})
    sites = [
        labelled(n, {"label": say.labels["events"], "vec": found}, title=site)
        for n, (site, found) in enumerate(events.items())
    ]
    apps = [
        {"name": one.type, "added_timestamp": one.at, "user_app_scoped_id": 10**15 + n}
        for n, one in enumerate(one for one in life.told if one.verb == "app")
    ]
    away = "apps_and_websites_off_of_facebook/"
    other = f"{_LOGGED}other_logged_information/"
    return {
        f"{_LOGGED}interactions/ads.json": (None, [records.ad(one, say) for one in shown if one.files != "clicks"]),
        f"{_ADS}advertisers_you've_interacted_with.json": (
            None,
            [records.ad_click(one, say) for one in shown if one.files == "clicks"],
        ),
        f"{_ADS}advertisers_using_your_activity_or_information.json": (None, [told]),
        f"{_ADS}other_categories_used_to_reach_you.json": (
            None,
            [labelled(4, say.listed("categories", inferred("Categories")))],
        ),
        f"{other}ads_interests.json": ("topics_v2", inferred("Interests")),
        f"{other}locations_of_interest.json": (None, [labelled(5, say.listed("locations", inferred("Locations")))]),
        "personal_information/profile_information/predicted_languages.json": (
            None,
            [labelled(6, *(say.label("language", one) for one in inferred("Languages")))],
        ),
        f"{away}your_activity_off_meta_technologies.json": (None, sites),
        f"{away}connected_apps_and_websites.json": ("installed_apps_v2", apps),
    }


def _logged(person: Person, life: Life, say: Sayings) -> dict[str, tuple[str | None, list[Record] | list[str]]]:
    looked = sorted(life.looked, key=lambda one: -(one.at or 0))
    notes = [records.notification(one, person) for one in life.met if one.verb != "message"]

    def entries(kind: str) -> Record:
        return {"label": say.labels[kind], "vec": [records.seen(one, say) for one in looked if one.verb == kind]}

    feed = labelled(7, entries("post"), entries("video"), entries("link"))
    shows = labelled(8, entries("show"))
    visits = [
        labelled(n, say.label("name", one.account.name), records.url(f"{records.SITE}/{one.account.handle}"), at=one.at)
        for n, one in enumerate(looked)
        if one.verb == "visit" and one.account is not None
    ]
    groups = [
        labelled(n, say.label("name", person.groups[one.key % len(person.groups)]), at=one.at)
        for n, one in enumerate(looked)
        if one.verb == "visit_group"
    ]
    stays = [
        {"dict": [say.at("start", one.at or 0), say.at("end", (one.at or 0) + one.seconds)]}
        for one in looked
        if one.verb == "session"
    ]
    time_spent = labelled(
        9, {"label": say.labels["intervals"], "vec": stays}, say.at("updated", life.last_at), at=life.last_at
    )
    clicks = [
        labelled(n, say.label("page", one.text), records.url(one.link or ""), at=one.at)
        for n, one in enumerate(looked)
        if one.verb == "click"
    ]
    searches = [
        {"timestamp": one.at, "data": [{"text": one.text}], "title": say("search")}
        for one in looked
        if one.verb == "search"
    ]
    saves = [
        {
            "timestamp": one.at,
            "title": say("save"),
            "attachments": [{"data": [{"external_context": {"name": one.text, "source": "", "url": one.link}}]}],
        }
        for one in looked
        if one.verb == "save"
    ]
    near = f"{_LOGGED}interactions/"
    return {
        f"{near}content_that_has_been_shown_to_you_in_your_feed.json": (None, [feed]),
        f"{near}shows_you_have_watched.json": (None, [shows]),
        f"{near}profile_visits.json": (None, visits),
        f"{near}groups_and_events_you've_visited.json": (None, groups),
        f"{_LOGGED}notifications/notifications.json": ("notifications_v2", notes),
        f"{_LOGGED}search/your_search_history.json": ("searches_v2", searches),
        f"{_DONE}saved_items_and_collections/your_saved_items.json": ("saves_v2", saves),
        f"{_DONE}other_activity/time_spent_on_facebook.json": (None, [time_spent]),
        f"{_DONE}other_activity/link_history.json": (None, clicks),
    }


def _others(person: Person, life: Life, say: Sayings) -> dict[str, tuple[int, Record]]:
    """Files of other shapes than a list, with how many records each has."""
    names = {"full_name": person.name, "first_name": person.given, "middle_name": "", "last_name": person.family}
    profile = {
        "name": names,
        "registration_timestamp": person.registered_at,
        "profile_uri": f"{records.SITE}/{person.slug}",
    }
    zone = labelled(11, say.label("zone", person.zone))
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
        f"{_LOGGED}location/timezone.json": (1, zone),
        "security_and_login_information/your_facebook_activity_history.json": (1, {"last_activity_v2": used}),
        f"{_DONE}events/your_event_responses.json": (
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
        files[f"{_DONE}messages/inbox/{folder}/message_1.json"] = (len(messages), talk)
    return files

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
from ascendant.demo.archives.facebook_logged import DONE, LOGGED, Lists, logged, others
from ascendant.demo.archives.facebook_records import Record, Sayings, labelled
from ascendant.demo.archives.facts import Life
from ascendant.demo.archives.packing import pack
from ascendant.demo.archives.person import Person

_ADS: Final = "ads_information/"
ABSENT: Final = (
    f"{DONE}stories/story_reactions.json",
    f"{DONE}groups/your_contributions.json",
    f"{DONE}posts/posts_on_other_pages_and_profiles.json",
    f"{DONE}posts/content_sharing_links_you_have_created.json",
    "preferences/feed/snooze.json",
)
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")


def name_of(person: Person) -> str:
    """What Facebook calls the zip."""
    return f"facebook-{person.slug.replace('.', '')}-2026-08-31-AbCdEfGh.zip"


def write_facebook(path: Path, person: Person, life: Life) -> dict[str, int]:
    """Write the archive; returns how many records stand in each file."""
    tell = Sayings(person)
    lists: Lists = {
        **_said(person, life, tell),
        **_tied(person, life, tell),
        **_paid(life, tell),
        **logged(person, life, tell),
    }
    files, counts = {}, {}
    for path_of, (key, found) in lists.items():
        # Of some, the names of files have no apostrophes.
        name = path_of.replace("you've", "you_ve") if person.member % 2 else path_of
        bare = found[0] if len(found) == 1 and key is None else found
        files[name] = spelled(bare if key is None else {key: found})
        counts[name] = len(found)
    for name, (n, value) in others(person, life, tell).items():
        files[name], counts[name] = spelled(value), n
    files["start_here.html"] = b"<!doctype html><title>Facebook</title>\n"
    pack(path, files)
    return counts


def spelled(value: object) -> bytes:
    """JSON in ASCII, in which each byte of a sign stands for itself: `é` is `\\u00c3\\u00a9`."""
    plain = msgspec.json.format(msgspec.json.encode(value), indent=2)
    return _NOT_ASCII.sub(lambda found: b"\\u00%02x" % found[0][0], plain)


def _said(person: Person, life: Life, tell: Sayings) -> Lists:
    acts = sorted(life.acts, key=lambda act: -act.at)
    posts = [act for act in acts if act.kind in ("post", "link", "link_with_words", "repost", "quote")]
    reactions = [act for act in acts if act.kind == "react"]
    old = [records.old_reaction(act, tell, person) for act in reactions if records.is_in_old(act)]
    half = len(old) // 2
    new = [records.new_reaction(act, tell, person) for act in reactions if records.is_in_new(act)]
    comments = [records.comment(act, tell, person) for act in acts if act.kind == "reply"]
    votes = [records.vote(act, tell) for act in acts if act.kind == "vote"]
    in_groups = [records.group_post(act, tell) for act in posts if act.group]
    own = [records.post(act, tell) for act in posts if not act.group]
    about = f"{DONE}comments_and_reactions/"
    return {
        f"{DONE}posts/your_posts__check_ins__photos_and_videos_1.json": (None, own),
        f"{DONE}groups/group_posts_and_comments.json": ("group_posts_v2", in_groups),
        f"{about}comments.json": ("comments_v2", comments),
        f"{about}likes_and_reactions.json": (None, new),
        f"{about}likes_and_reactions_1.json": (None, old[:half]),
        f"{about}likes_and_reactions_2.json": (None, old[half:]),
        f"{DONE}polls/polls_you_voted_on.json": ("poll_votes_v2", votes),
    }


def _tied(person: Person, life: Life, tell: Sayings) -> Lists:
    def ties(verb: str) -> list[tuple[str, int]]:
        return [(tie.name, tie.at or 0) for tie in life.ties if tie.verb == verb]

    def named(verb: str) -> list[Record]:
        return [{"name": name, "timestamp": at} for name, at in ties(verb)]

    followed = [
        {"timestamp": at, "data": [{"name": name}], "title": tell("follow", who=name)} for name, at in ties("follow")
    ]
    liked = [
        {"name": tie.name, "timestamp": tie.at, "url": f"{records.SITE}/{tie.account.handle}"}
        for tie in life.ties
        if tie.verb == "like" and tie.account is not None
    ]
    groups = [
        {"timestamp": at, "data": [{"name": name}], "title": tell(verb, group=name)}
        for verb in ("join", "leave")
        for name, at in ties(verb)
    ]
    muted = [labelled(n, tell.label("name", name)) for n, (name, _) in enumerate(ties("mute"))]
    suggested = labelled(1, tell.listed("suggested", [name for name, _ in ties("suggested")]))
    engaging = labelled(2, tell.listed("groups", [name for name, _ in ties("suggested_group")]))
    return {
        "connections/friends/your_friends.json": ("friends_v2", named("friend")),
        "connections/followers/who_you've_followed.json": ("following_v3", named("person")),
        "connections/friends/people_you_may_know.json": (None, [suggested]),
        f"{DONE}pages/pages_and_profiles_you_follow.json": ("pages_followed_v2", followed),
        f"{DONE}pages/pages_you've_liked.json": ("page_likes_v2", liked),
        f"{DONE}pages/pages_and_profiles_you've_unfollowed.json": ("pages_unfollowed_v2", []),
        f"{DONE}groups/your_group_membership_activity.json": ("groups_joined_v2", groups),
        f"{DONE}groups/groups_and_pages_that_you_may_find_engaging.json": (None, [engaging]),
        "preferences/feed/unfollowed_profiles.json": (None, muted),
    }


def _paid(life: Life, tell: Sayings) -> Lists:
    def inferred(kind: str) -> list[str]:
        return [one.value for one in life.told if one.verb == "inferred" and one.type == kind]

    def holding(way: str) -> list[str]:
        return [one.type for one in life.told if one.verb == "targeted" and one.value == way]

    shown = sorted(life.shown, key=lambda one: -one.at)
    told = labelled(3, tell.listed("list", holding("uploaded_list")), tell.listed("visit", holding("retargeting")))
    events: dict[str, list[Record]] = {}
    for n, one in enumerate(life.told):
        if one.verb == "tracked":
            labels = [{"label": "ID", "value": str(10**15 + n)}, tell.label("event", one.value)]
            events.setdefault(one.type, []).append({"dict": [*labels, tell.at("received", one.at or 0)]})
    sites = [
        labelled(n, {"label": tell.labels["events"], "vec": found}, title=site)
        for n, (site, found) in enumerate(events.items())
    ]
    apps = [
        {"name": one.type, "added_timestamp": one.at, "user_app_scoped_id": 10**15 + n}
        for n, one in enumerate(one for one in life.told if one.verb == "app")
    ]
    away = "apps_and_websites_off_of_facebook/"
    other = f"{LOGGED}other_logged_information/"
    return {
        f"{LOGGED}interactions/ads.json": (None, [records.ad(one, tell) for one in shown if one.files != "clicks"]),
        f"{_ADS}advertisers_you've_interacted_with.json": (
            None,
            [records.ad_click(one, tell) for one in shown if one.files == "clicks"],
        ),
        f"{_ADS}advertisers_using_your_activity_or_information.json": (None, [told]),
        f"{_ADS}other_categories_used_to_reach_you.json": (
            None,
            [labelled(4, tell.listed("categories", inferred("Categories")))],
        ),
        f"{other}ads_interests.json": ("topics_v2", inferred("Interests")),
        f"{other}locations_of_interest.json": (None, [labelled(5, tell.listed("locations", inferred("Locations")))]),
        "personal_information/profile_information/predicted_languages.json": (
            None,
            [labelled(6, *(tell.label("language", one) for one in inferred("Languages")))],
        ),
        f"{away}your_activity_off_meta_technologies.json": (None, sites),
        f"{away}connected_apps_and_websites.json": ("installed_apps_v2", apps),
    }

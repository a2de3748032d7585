"""Which function tells the records of which story; the names are those of files.toml."""

from __future__ import annotations

from typing import Final

from ascendant.read.facebook_archive import (
    addressed,
    advertising,
    figures,
    new_posts,
    posts,
    reactions,
    shown,
    sought,
    ties,
)
from ascendant.read.facebook_archive.story import Tell

STORIES: Final[dict[str, Tell]] = {
    "posts": new_posts.of_either_layout,
    "group_posts": posts.group_posts,
    "contributions": new_posts.contributions,
    "elsewhere": new_posts.elsewhere,
    "share_links": new_posts.share_links,
    "photos": posts.photos,
    "comments": posts.comments,
    "own_events": posts.own_events,
    "story_reactions": reactions.story_reactions,
    "follows": ties.follows("follow"),
    "pages_followed": ties.follows("follow", "page"),
    "page_likes": ties.follows("follow", "page"),
    "page_recommendations": ties.follows("recommended", "page"),
    "pages_unfollowed": ties.follows("unfollow", "page"),
    "friends": ties.follows("accept"),
    "removed_friends": ties.follows("unfollow"),
    "sent_requests": ties.follows("invite"),
    "followers": ties.by_others("follow"),
    "received_requests": ties.by_others("invite"),
    "rejected_requests": ties.rejected,
    "recently_followed": ties.recently_followed,
    "own_pages": ties.own_pages,
    "own_groups": ties.own_groups,
    "groups": ties.groups,
    "group_invites": ties.group_invites("to_me"),
    "group_invites_sent": ties.group_invites("by_me"),
    "muted": ties.muted,
    "steering": ties.steered,
    "event_responses": ties.event_responses,
    "event_invitations": ties.event_invitations,
    "shown": shown.shown,
    "ads_shown": shown.ads_shown,
    "visited": shown.visited,
    "visited_groups": shown.visited_groups,
    "items": shown.items,
    "clicks": sought.clicks,
    "searches": sought.searches,
    "saves": sought.saves,
    "polls": sought.polls,
    "time_spent": figures.time_spent,
    "measures": figures.measures,
    "settings": figures.settings,
    "ad_clicks": advertising.ad_clicks,
    "ad_threads": advertising.ad_threads,
    "ad_feedback": advertising.ad_feedback,
    "audiences": advertising.audiences,
    "contact_lists": advertising.contact_lists,
    "interests": advertising.inferred("Interests", "interest"),
    "topics": advertising.inferred("Topics", "interest"),
    "categories": advertising.inferred("Categories", "behaviour"),
    "places_of_interest": advertising.inferred("Locations", "demographic"),
    "languages": advertising.inferred("Languages", "demographic"),
    "peer_group": advertising.inferred("Friend peer group", "demographic"),
    "off_meta": advertising.off_meta,
    "conversions": advertising.conversions,
    "apps": advertising.apps,
    "notifications": addressed.notifications,
    "wall": addressed.wall,
    "tagged": addressed.tagged,
    "suggested_people": addressed.suggested_people,
    "suggested_groups": addressed.suggested_groups,
}
# Some layouts have these as lists of words.
OF_WORDS: Final = frozenset(
    ("contact_lists", "interests", "topics", "categories", "places_of_interest", "languages", "peer_group")
)
# One record of these may be as large as its file: what stands in its lists is read one by one, without their titles.
IN_LISTS: Final = frozenset({"shown", "ads_shown", "visited", "time_spent"})

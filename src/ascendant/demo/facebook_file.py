"""Acts on Facebook -> the CSV of Meta's Content Library: posts and shares of the better known accounts, no comments."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from typing import Final

import numpy as np

from ascendant.demo.columns import REPOST
from ascendant.demo.counts import Counts
from ascendant.demo.make import START, World

COLUMNS: Final = (
    "id creation_time modified_time lang content_type text mcl_url is_branded_content match_type link_attachment.link"
    " link_attachment.name link_attachment.caption link_attachment.description multimedia post_owner.type post_owner.id"
    " post_owner.name post_owner.username surface.type surface.id surface.name surface.username shared_post_id"
    " statistics.like_count statistics.love_count statistics.wow_count statistics.haha_count statistics.sad_count"
    " statistics.angry_count statistics.care_count statistics.reaction_count statistics.comment_count"
    " statistics.share_count statistics.views statistics.views_date_last_refreshed"
).split()
_IN_GROUP: Final = 12  # of so many posts by persons one stands in a group of the community


def write_facebook(path: Path, world: World, counts: Counts) -> int:
    """Write what is collected of Facebook; returns how many posts."""
    acts, names, texts = world.acts, world.names, world.texts
    writer = world.writer()
    chosen = np.flatnonzero(world.is_collected & world.people.on("facebook")[acts.actor])
    seconds = np.datetime_as_string((world.happened_ms // 1000).astype("datetime64[s]")).tolist()
    refreshed = str(START.date() + timedelta(days=world.options.days + 2))
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(COLUMNS)
        for place in chosen.tolist():
            actor, key = int(acts.actor[place]), str(world.key[place])
            is_share = acts.verb[place] == REPOST
            said = writer.write(place)
            link = "" if is_share or said.link is None else said.link
            owner_type = "facebook_page" if names.domain[actor] else "facebook_profile"
            owner = (owner_type, str(world.account_key[actor]), names.name[actor], names.handle[actor])
            surface = owner
            if owner_type == "facebook_profile" and not is_share and texts.key[place] % _IN_GROUP == 0:
                community = int(world.people.community[actor])
                surface = ("facebook_group", str(700_000_000_000_000 + community), f"Groupe {community + 1}", "")
            shares = int(counts.reposts[place] + counts.quotes[place])
            reactions, extra = int(counts.likes[place]), int(texts.key[place])
            loves, angry = reactions * (extra % 3) // 10, reactions * (extra % 2) // 10
            rows.writerow(
                (
                    key,
                    f"{seconds[place]}+00:00",
                    "",
                    "" if is_share else writer.language(place),
                    "links" if link else "status",
                    "" if is_share else said.words,
                    f"https://www.facebook.com/transparency-tools/content-library/{key}",
                    "false",
                    "0",
                    *((link, said.words[:60], link.split("/")[2], "") if link else ("", "", "", "")),
                    "[]",
                    *owner,
                    *surface,
                    str(world.key[acts.object[place]]) if acts.object[place] >= 0 else "",
                    str(reactions - loves - angry),
                    str(loves),
                    *("0", "0", "0", str(angry), "0"),
                    str(reactions),
                    str(reactions // 4),
                    str(shares),
                    str(int(counts.views[place])),
                    refreshed,
                )
            )
    return int(chosen.size)

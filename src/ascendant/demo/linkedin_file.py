"""Acts on LinkedIn -> a CSV of posts and comments, one row each; the number of each holds its millisecond."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import numpy as np

from ascendant.demo.columns import QUOTE, REPLY, REPOST
from ascendant.demo.counts import Counts
from ascendant.demo.make import World

COLUMNS: Final = (
    "post_id author_id author_name author_type author_followers author_headline created_at text url reshared_post_id"
    " reshared_author_id parent_post_id parent_author_id likes comments reposts hashtags mentions"
).split()


def write_linkedin(path: Path, world: World, counts: Counts) -> int:
    """Write what is collected of LinkedIn; returns how many posts and comments."""
    acts, names = world.acts, world.names
    writer = world.writer()
    chosen = np.flatnonzero(world.is_collected & world.people.on("linkedin")[acts.actor])
    millis = np.datetime_as_string(world.happened_ms.astype("datetime64[ms]")).tolist()
    account = [str(key) for key in world.account_key.tolist()]
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(COLUMNS)
        for place in chosen.tolist():
            actor, verb, named = int(acts.actor[place]), int(acts.verb[place]), int(acts.object[place])
            key, said = str(world.key[place]), writer.write(place)
            reshared = parent = ("", "")
            mentions = ""
            if verb in (REPOST, QUOTE):
                item = int(acts.item[place]) if verb == REPOST else named
                reshared = (str(world.key[item]), account[acts.actor[item]])
            elif verb == REPLY:
                parent = (str(world.key[named]), account[acts.actor[named]])
                mentions = account[acts.actor[named]] if acts.thread[place] != named else ""
            text = said.words if said.link is None else f"{said.words}\n\n{said.link}"
            rows.writerow(
                (
                    key,
                    account[actor],
                    names.name[actor],
                    "company" if names.domain[actor] else "person",
                    str(world.followers[actor]),
                    names.bio[actor],
                    f"{millis[place]}Z",
                    "" if verb == REPOST else text,
                    f"https://www.linkedin.com/feed/update/urn:li:activity:{key}/",
                    *reshared,
                    *parent,
                    str(counts.likes[place]),
                    str(counts.replies[place]),
                    str(counts.reposts[place] + counts.quotes[place]),
                    "" if verb == REPOST else "|".join(said.tags),
                    mentions,
                )
            )
    return int(chosen.size)

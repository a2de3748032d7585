"""An account of an invented world as the owner of an archive of X: their acts stand there, and in no other file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.demo.counts import count
from ascendant.demo.make import World, make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import WorldParameters
from ascendant.demo.truth import acts_table
from ascendant.demo.x_file import _Pages, write_x
from x_archives import account, archive_in, entities

Chosen = Callable[[World], np.ndarray]


@dataclass(frozen=True)
class OwnerWorld:
    """The files: an archive and collected posts; what is true of the owner's acts; and the owner's id."""

    archive: Path
    posts: Path
    owner: str
    handle: str
    truth: pa.Table
    world: World


def owner_world(
    folder: Path,
    options: WorldOptions,
    *,
    nth: int = 0,
    follows: bool = True,
    parameters: WorldParameters | None = None,
    chosen: Chosen | None = None,
) -> OwnerWorld:
    """The `nth` of the accounts of a world of X that others moved most without a link, by what they were moved to.

    `chosen` tells of the world which accounts may be the owner, where not all may.
    """
    world = make_world(options, parameters)
    truth = acts_table(world)
    silent = pc.and_(pc.equal(truth["cause"], "influence"), pc.invert(truth["named"]))
    moved = np.bincount(world.acts.actor[pc.and_(silent, truth["is_in_window"]).to_numpy()], minlength=world.people.n)
    able = np.arange(world.people.n) if chosen is None else np.flatnonzero(chosen(world))
    me = int(able[np.argsort(-moved[able], kind="stable")[nth]])
    others = replace(world, is_collected=world.is_collected & (world.acts.actor != me))
    counts = count(others)
    write_x(folder / "posts.jsonl", others, counts)
    pages = _Pages(world, counts)
    mine = np.flatnonzero((world.acts.actor == me) & world.is_in_window).tolist()
    key, handle = str(world.account_key[me]), world.names.handle[me]
    files: dict[str, object] = {"tweets": [_record(pages._post(place)) for place in mine]}
    if follows:
        read = np.unique(world.ties.source[(world.ties.target == me) & ~world.ties.is_hidden]).tolist()
        link = "https://twitter.com/intent/user?user_id="
        ids = [str(world.account_key[one]) for one in read]
        files["following"] = [{"following": {"accountId": one, "userLink": link + one}} for one in ids]
    archive = archive_in(folder / "archive", files, owner=account(key, handle))
    return OwnerWorld(archive, folder / "posts.jsonl", f"x:{key}", handle, truth, world)


def _record(tweet: dict[str, object]) -> dict[str, object]:
    """An item of tweets.js from a tweet of the interface; of a repost an archive does not tell the post."""
    moment = np.datetime64(tweet["created_at"][:-1], "s").item()
    told = tweet.get("entities", {})
    mentions = [(one["id"], one["username"], one["start"]) for one in told.get("mentions", ())]
    links = [one["expanded_url"] for one in told.get("urls", ())]
    plain = {
        "id_str": tweet["id"],
        "id": tweet["id"],
        "full_text": tweet["text"],
        "created_at": moment.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "lang": tweet["lang"],
        "favorite_count": "0",
        "retweet_count": "0",
        "retweeted": False,
        "entities": entities(mentions, links),
    }
    for reference in tweet.get("referenced_tweets", ()):
        if reference["type"] == "replied_to":
            plain["in_reply_to_status_id_str"] = reference["id"]
            plain["in_reply_to_user_id_str"] = tweet["in_reply_to_user_id"]
    return {"tweet": plain}

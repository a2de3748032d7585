"""What the platforms count on each item: reposts, quotes, answers, and the likes and views that go with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ascendant.demo.columns import QUOTE, REPLY, REPOST
from ascendant.demo.make import World
from ascendant.demo.people import Whole


@dataclass(frozen=True)
class Counts:
    """Per act, of the item that it shows, at the end of the world."""

    reposts: Whole
    quotes: Whole
    replies: Whole
    likes: Whole
    views: Whole


def count(world: World) -> Counts:
    """The whole world counts, collected or not: platforms know all."""
    acts = world.acts
    n = acts.n
    reposts = np.bincount(acts.item[acts.verb == REPOST], minlength=n)
    quoted = np.where(acts.item == np.arange(n), acts.object, acts.item)
    quotes = np.bincount(quoted[acts.verb == QUOTE], minlength=n)
    replies = np.bincount(acts.object[acts.verb == REPLY], minlength=n)
    reacted = reposts + quotes + replies
    # Likes come by the handful for each act in words; the key of the text stands for what nobody models.
    likes = reacted * (2 + world.texts.key % 5) + world.texts.key % 7
    views = np.maximum(likes * 20, world.followers[acts.actor] * (5 + world.texts.key % 30) // 100)
    return Counts(reposts, quotes, replies, likes, views)

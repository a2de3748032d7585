"""What each account does of its own accord, by its reason: the rates behind the acts, per account over the files' days.

The moved part of an account's acts comes from `ties.py`; what is left of its acts is split here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ascendant.demo.people import Floats, People
from ascendant.demo.prior import WorldParameters
from ascendant.demo.ties import Ties

SELF_ANSWERS: Final = 0.3  # share of bursts that go on under the own post, where one can answer
_MOST_BURSTS: Final = 0.5  # set off by one act
_LEAST_OWN: Final = 0.05  # share of the own acts that stays free, whatever else is drawn


@dataclass(frozen=True)
class Flows:
    """Expected acts of each account, by reason."""

    free: Floats  # by itself, at its hours or on schedule
    news: Floats
    controlled: Floats  # told by the group's hidden controller
    bursts_per_act: Floats  # own acts that an own act sets off
    outings: Floats  # with friends


def exposing_acts(people: People, parameters: WorldParameters) -> Floats:
    """Acts that others see in their feed: all but answers."""
    named = 1 - people.unnamed_share
    answers = people.moved_share * named * people.verbs[:, 2] * ~people.on("facebook")
    asides = (1 - people.moved_share) * parameters.burst_share * SELF_ANSWERS * ~people.on("facebook")
    return people.acts * (1 - answers - asides)


def make_flows(people: People, parameters: WorldParameters, ties: Ties, exposing: Floats) -> Flows:
    """The acts that nobody moved, shared out."""
    follows = ~ties.is_friend
    moved = np.bincount(ties.target[follows], ties.pull[follows] * exposing[ties.source[follows]], people.n)
    own = np.maximum(people.acts - moved, _LEAST_OWN * people.acts)
    bursts_per_act = np.minimum(parameters.burst_share * own / exposing, _MOST_BURSTS)
    left = own - bursts_per_act * exposing
    controlled = np.where(people.group >= 0, (1 - parameters.group_cover) * left, 0.0)
    left = left - controlled
    news = np.minimum(parameters.news_share * own, 0.9 * left)
    left = left - news
    is_copy = people.primary >= 0
    copied = np.where(is_copy, parameters.crossposts * (left + news)[people.primary], 0.0)
    # Whoever copies the own posts writes less there.
    free = np.maximum(left - copied, _LEAST_OWN * own)
    n_friends = np.bincount(ties.source[ties.is_friend], minlength=people.n)
    outings = parameters.joint_events * n_friends.astype(float)
    return Flows(free, news, controlled, bursts_per_act, outings)

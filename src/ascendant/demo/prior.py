"""A seed -> what a world is like: every number drawn from a wide range, because the real one is not known.

`WorldParameters` is the documented prior: each field has its range, its law and the reason for the range
(`docs/explanation/world.md` shows them as a table; a test holds the two together). A method that works on these worlds
does so where exposure is half hidden, where a third of the posts was collected, where delays follow laws that it
does not know, and where shared news, rhythm and schedulers look like influence.
"""

from __future__ import annotations

import zlib
from dataclasses import Field, dataclass, field, fields, replace
from typing import Any, Final

import numpy as np

DELAY_LAWS: Final = ("lognormal", "weibull", "power law", "two speeds")
VIRALITY_LAWS: Final = ("even", "gamma", "lognormal", "pareto")


def _between(low: float, high: float, why: str, *, log: bool = False) -> Any:
    return field(metadata={"low": low, "high": high, "law": "log-uniform" if log else "uniform", "why": why})


def _one_of(words: tuple[str, ...], why: str) -> Any:
    return field(metadata={"words": words, "law": "equally likely", "why": why})


@dataclass(frozen=True, kw_only=True)
class WorldParameters:
    """What one world is like. Shares are of 1; units are in the names."""

    # How much of it is seen
    sampling_x: float = _between(0.3, 1.0, "share of the posts on X that are collected, each by chance: streams")
    sampling_facebook: float = _between(0.3, 1.0, "share of the accounts on Facebook in the library: the most followed")
    sampling_linkedin: float = _between(0.3, 1.0, "share of the threads on LinkedIn that are collected, with comments")
    hidden_exposure: float = _between(0.0, 0.5, "share of ties that move people and never show as a link")
    unnamed_share: float = _between(0.1, 0.5, "share of moved acts, on ties that do show, that name nobody")

    # Who is moved, and by how much
    moved_target: float = _between(0.15, 0.5, "mean influenced share of those who use a network for themselves")
    moved_consumer: float = _between(0.5, 0.9, "mean influenced share of those who pass on what comes")
    moved_relay: float = _between(0.4, 0.7, "mean influenced share of those who work for a group unknowingly")
    moved_leader: float = _between(0.02, 0.2, "mean influenced share of companies, causes, media, persons with a goal")
    share_evenness: float = _between(2.0, 20.0, "Beta weight: how alike accounts of one kind are", log=True)
    consumer_share: float = _between(0.25, 0.6, "share of ordinary accounts that are consumers")
    active_ties: float = _between(0.3, 0.9, "share of followed accounts that ever move the follower")
    ordinary_pull: float = _between(0.03, 0.3, "pull of ordinary accounts, against about 1.5 of leaders", log=True)
    pull_spread: float = _between(0.3, 3.0, "Gamma shape of pulls: low is few strong ties, high many alike", log=True)

    # Who follows whom, how often they act
    follows: float = _between(8.0, 30.0, "mean number of sources that an account follows", log=True)
    homophily: float = _between(0.5, 0.95, "share of follows inside the own community")
    popularity_tail: float = _between(1.1, 1.8, "Pareto exponent of popularity")
    activity_spread: float = _between(0.8, 1.6, "sigma of the log-normal number of acts")

    # When things happen
    delay_law: str = _one_of(DELAY_LAWS, "none is a mixture of few exponentials as models have it, but the last")
    delay_median_minutes: float = _between(15.0, 360.0, "from a glance at the feed to the evening's look", log=True)
    delay_spread: float = _between(0.0, 1.0, "from narrow to heavy tails, within the law")
    rhythm_strength: float = _between(0.2, 1.0, "how much own acts follow the hour of the day and the week")
    rhythm_phase_hours: float = _between(0.5, 4.0, "how far persons of a community live apart in the day")
    sleep_share: float = _between(0.0, 0.8, "share of persons whose reactions of the night wait for the morning")
    scheduled_leaders: float = _between(0.2, 0.9, "share of organisations that post at fixed minutes")
    scheduled_persons: float = _between(0.0, 0.08, "share of persons who do, with a tool")

    # What looks like influence, or comes without any
    news_share: float = _between(0.0, 0.4, "share of own acts that answer shared news, a cause from outside")
    news_per_week: float = _between(0.5, 6.0, "pieces of news in a community", log=True)
    burst_share: float = _between(0.05, 0.35, "share of own acts that an own act set off")
    friends: float = _between(0.0, 0.6, "friendships per person: they answer each other, and move nobody")
    friend_answers: float = _between(0.02, 0.2, "chance that a friend answers a post", log=True)
    joint_events: float = _between(0.0, 3.0, "outings per friendship that both write about: alike, and no influence")
    talks_on: float = _between(0.2, 0.6, "chance that an answer is answered")
    crossposts: float = _between(0.0, 0.4, "share of posts that a person copies to the own other account")

    # What moved people do
    repost_share: float = _between(0.45, 0.8, "share of reposts among acts that name somebody")
    reply_share: float = _between(0.3, 0.8, "share of replies among the others; the rest are quotes")
    virality_law: str = _one_of(VIRALITY_LAWS, "how unevenly acts fall on posts")
    virality_spread: float = _between(0.0, 1.0, "from mild to heavy tails, within the law")

    # Groups that act together, and those who work for them
    groups_per_1000: float = _between(0.4, 2.0, "coordinated groups per 1,000 accounts", log=True)
    group_size: float = _between(5.0, 30.0, "mean number of coordinated accounts in a group", log=True)
    group_tempo_seconds: float = _between(20.0, 3600.0, "median delay between accounts of one operation", log=True)
    group_turnout: float = _between(0.3, 0.9, "share of a group that takes part in an operation")
    group_cover: float = _between(0.2, 0.8, "share of its members' own acts that are ordinary ones")
    copy_variation: float = _between(0.0, 0.8, "share of copies that are changed a little")
    relays_per_group: float = _between(6.0, 40.0, "accounts that work for a group without knowing", log=True)
    readers_reserve: float = _between(1.0, 8.0, "times weaker a group's pull on who reads it and is no relay", log=True)
    relay_loyalty: float = _between(0.3, 0.8, "share of what else moves such readers that the group takes in a relay")
    relay_lag: float = _between(1.0, 8.0, "how many times slower than others a relay passes the group on", log=True)

    # How far behaviour is from the textbook
    kind_blur: float = _between(0.0, 0.3, "share of ordinary accounts that behave as a mixture of two kinds")

    influence: float = 1.0  # dose: multiplies every influenced share; 0 is a world in which nobody moves anybody


DRAWN: Final = tuple(one for one in fields(WorldParameters) if one.metadata)


def draw_parameters(seed: int) -> WorldParameters:
    """What the world of that seed is like. A field depends on the seed and its own name only.

    >>> draw_parameters(7) == draw_parameters(7)
    True
    >>> 0.3 <= draw_parameters(7).sampling_x <= 1.0
    True
    """
    drawn: dict[str, Any] = {one.name: _drawn(one, seed) for one in DRAWN}
    return WorldParameters(**drawn)


def _drawn(one: Field[Any], seed: int) -> float | str:
    rng = np.random.default_rng([seed, zlib.crc32(one.name.encode())])
    facts = one.metadata
    if "words" in facts:
        return str(facts["words"][rng.integers(len(facts["words"]))])
    if facts["law"] == "log-uniform":
        return float(np.exp(rng.uniform(np.log(facts["low"]), np.log(facts["high"]))))
    return float(rng.uniform(facts["low"], facts["high"]))


_NOBODY: Final[dict[str, Any]] = {"influence": 0.0, "groups_per_1000": 0.0, "crossposts": 0.0}
_ALONE: Final[dict[str, Any]] = {"news_share": 0.0, "friends": 0.0, "joint_events": 0.0, "rhythm_strength": 0.0}
NULLS: Final[dict[str, dict[str, Any]]] = {
    "nothing": {**_NOBODY, **_ALONE, "sleep_share": 0.0},
    "news": {**_NOBODY, **_ALONE, "news_share": 0.4},
    "rhythm": {**_NOBODY, **_ALONE, "rhythm_strength": 1.0},
    "friends": {**_NOBODY, **_ALONE, "friends": 0.6, "friend_answers": 0.2, "joint_events": 3.0, "homophily": 0.95},
}


def null_world(parameters: WorldParameters, name: str) -> WorldParameters:
    """The same world without any influence, where one of `NULLS` is left that looks like it.

    >>> null_world(draw_parameters(7), "news").influence
    0.0
    """
    return replace(parameters, **NULLS[name])

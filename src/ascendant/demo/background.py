"""Acts that no other act set off: free ones, on schedule, about shared news, outings, operations of groups.

Times are hours; 0 is when the files begin. The world begins earlier, so that what moves people is under way by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ascendant.demo.columns import BEFORE_HOURS, NEWS, OUTING, OWN, POST, SCHEDULE, Acts, joined
from ascendant.demo.flows import Flows
from ascendant.demo.operations import operations
from ascendant.demo.people import Floats, People, Whole
from ascendant.demo.prior import WorldParameters
from ascendant.demo.ties import Ties

_GLOBAL_NEWS: Final = 0.15  # share of answers to news that concern all communities
_WEEK: Final = 168


@dataclass(frozen=True)
class Clock:
    """When a world's acts happen: its span, and the profile of a week for each community."""

    end_hours: float
    profile: Floats  # communities x 168, the highest 1

    def draw(self, community: Whole, phase_hours: Floats, rng: np.random.Generator) -> Floats:
        """A time for each act, by its community's week and its account's own phase."""
        hours = rng.uniform(-BEFORE_HOURS, self.end_hours, community.size)
        waiting = np.arange(community.size)
        while waiting.size:
            hour = np.floor(hours[waiting] - phase_hours[waiting]).astype(np.int64) % _WEEK
            refused = rng.random(waiting.size) > self.profile[community[waiting], hour]
            waiting = waiting[refused]
            hours[waiting] = rng.uniform(-BEFORE_HOURS, self.end_hours, waiting.size)
        return hours

    @property
    def stretch(self) -> float:
        """Hours that are lived, for each hour that the files cover."""
        return (self.end_hours + BEFORE_HOURS) / self.end_hours


def make_clock(people: People, parameters: WorldParameters, days: int, rng: np.random.Generator) -> Clock:
    """Two humps a day, other hours and weekends for each community."""
    hour = np.arange(_WEEK)
    of_day = hour % 24
    profile = np.empty((people.n_communities, _WEEK))
    for community in range(people.n_communities):
        noon, evening, weight = rng.normal(12, 1), rng.normal(20, 1), rng.uniform(0.3, 0.7)
        awake = np.exp(-(((of_day - noon) / 3.0) ** 2)) * weight + np.exp(-(((of_day - evening) / 2.5) ** 2))
        weekend = np.where(hour // 24 >= 5, rng.uniform(0.6, 1.3), 1.0)
        shaped = (0.03 + awake) * weekend
        strength = parameters.rhythm_strength
        profile[community] = strength * shaped / shaped.mean() + (1 - strength)
    return Clock(days * 24.0, profile / profile.max(axis=1, keepdims=True))


def background(
    people: People, parameters: WorldParameters, ties: Ties, flows: Flows, clock: Clock, rng: np.random.Generator
) -> Acts:
    """All acts of the first generation; an act that shows content of its own is its own item and thread."""
    blocks = [
        _free(people, flows, clock, rng),
        _news(people, parameters, flows, clock, rng),
        _outings(people, flows, ties, clock, rng),
    ]
    acts = joined(blocks)
    acts.item = acts.thread = np.arange(acts.n)
    return joined([acts, *operations(people, parameters, flows, clock.end_hours, acts, rng)])


def _free(people: People, flows: Flows, clock: Clock, rng: np.random.Generator) -> Acts:
    actor = np.repeat(np.arange(people.n), rng.poisson(flows.free * clock.stretch))
    hours = clock.draw(people.community[actor], people.phase_hours[actor], rng)
    on_schedule = people.is_scheduled[actor]
    # One to four fixed minutes of the day for each account; each day's post stands within seconds of one of them.
    minute = np.sort(rng.integers(6 * 60, 22 * 60, (people.n, 4)), axis=1)
    slot = minute[actor, rng.integers(0, 4, actor.size) % rng.integers(1, 5, people.n)[actor]]
    fixed = np.floor(hours / 24) * 24 + slot / 60 + rng.uniform(0, 8, actor.size) / 3600
    return Acts.of(
        actor.size,
        actor=actor,
        hours=np.where(on_schedule, fixed, hours),
        cause=np.where(on_schedule, SCHEDULE, OWN),
        verb=POST,
        topic=people.community[actor],
    )


def _news(people: People, parameters: WorldParameters, flows: Flows, clock: Clock, rng: np.random.Generator) -> Acts:
    """Shared news set off acts in a whole community: alike, close in time, and nobody moved anybody."""
    span = clock.end_hours + BEFORE_HOURS
    n_lists = people.n_communities + 1  # the last is for all
    n_pieces = 1 + rng.poisson(parameters.news_per_week * span / _WEEK, n_lists)
    first = np.append(0, np.cumsum(n_pieces))
    at = rng.uniform(-BEFORE_HOURS, clock.end_hours, first[-1])
    size = rng.lognormal(0, 0.8, first[-1])
    reached = np.cumsum(size)
    actor = np.repeat(np.arange(people.n), rng.poisson(flows.news * clock.stretch))
    which = np.where(rng.random(actor.size) < _GLOBAL_NEWS, people.n_communities, people.community[actor])
    low = np.where(first[which] > 0, reached[first[which] - 1], 0.0)
    high = reached[first[which + 1] - 1]
    event = np.searchsorted(reached, low + rng.random(actor.size) * (high - low), side="right")
    event = np.clip(event, first[which], first[which + 1] - 1)
    hours = at[event] + rng.lognormal(np.log(3.0), 1.2, actor.size)
    return Acts.of(
        actor.size,
        actor=actor,
        hours=hours,
        cause=NEWS,
        verb=POST,
        event=event,
        topic=people.community[actor],
    )


def _outings(people: People, flows: Flows, ties: Ties, clock: Clock, rng: np.random.Generator) -> Acts:
    """Friends who were at the same place write about it within hours of each other."""
    once = ties.is_friend & (ties.source < ties.target)
    one, other = ties.source[once], ties.target[once]
    n_friends = np.bincount(ties.source[ties.is_friend], minlength=people.n)
    per_pair = flows.outings[one] / np.maximum(n_friends[one], 1)
    n_outings = rng.poisson(per_pair * clock.stretch)
    pair = np.repeat(np.arange(one.size), n_outings)
    at = clock.draw(people.community[one[pair]], people.phase_hours[one[pair]], rng)
    actor = np.concatenate([one[pair], other[pair]])
    return Acts.of(
        actor.size,
        actor=actor,
        hours=np.tile(at, 2) + rng.exponential(1.5, actor.size),
        cause=OUTING,
        verb=POST,
        event=np.tile(np.arange(pair.size), 2),
        topic=people.community[actor],
    )

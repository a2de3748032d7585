"""Acts that other acts set off, generation after generation: readers moved, bursts, answers, copies elsewhere.

A branching process in continuous time. Each act shows its content to the followers of its author; each follower is
moved with the pull of their tie, after a delay, and then does one of four things: pass it on, quote it, answer it, or
write something of their own that names nobody. Nobody does two things because of one act, and nobody passes on or
answers one item twice (the second time it is a quote).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ascendant.demo.background import Clock
from ascendant.demo.columns import (
    BURST,
    CONVERSATION,
    CROSSPOST,
    FRIEND,
    INFLUENCE,
    LEAST_DELAY_HOURS,
    NEWS,
    OWN,
    POST,
    QUOTE,
    REPLY,
    REPOST,
    SCHEDULE,
    Acts,
    joined,
)
from ascendant.demo.flows import SELF_ANSWERS, Flows
from ascendant.demo.laws import doses, draw_delays, draw_virality
from ascendant.demo.people import Flags, Floats, People, Whole
from ascendant.demo.prior import WorldParameters
from ascendant.demo.ties import Ties

_MOST_TURNS: Final = 30
_NIGHT_ENDS: Final = 7.0
_COPY_HOURS, _TURN_HOURS, _BURST_HOURS = 0.2, 0.25, 0.4  # means, means, median


def live(
    first: Acts,
    people: People,
    parameters: WorldParameters,
    ties: Ties,
    flows: Flows,
    clock: Clock,
    rng: np.random.Generator,
) -> Acts:
    """All acts, in the order of time, parents before what they set off."""
    generation = _Generation(people, parameters, ties, flows, clock, rng)
    blocks = [first]
    # Later than the files nothing is needed: what an act sets off is later still.
    newest, places = first, np.arange(first.n)
    while newest.n:
        kept = newest.hours < clock.end_hours
        blocks_made = generation.after(newest.take(np.flatnonzero(kept)), places[kept], sum(b.n for b in blocks))
        newest = joined(blocks_made)
        places = sum(b.n for b in blocks) + np.arange(newest.n)
        blocks.append(newest)
    return _sorted(joined(blocks), clock.end_hours)


def _sorted(acts: Acts, end_hours: float) -> Acts:
    order = np.flatnonzero(acts.hours < end_hours)
    order = order[np.argsort(acts.hours[order], kind="stable")]
    place = np.full(acts.n + 1, -1, np.int64)
    place[order] = np.arange(order.size)
    kept = acts.take(order)
    for name in ("item", "parent", "object", "thread"):
        setattr(kept, name, place[getattr(kept, name)])
    return kept


class _Generation:
    """What one generation sets off. Holds who has passed on what already, and the columns of all acts before."""

    def __init__(
        self,
        people: People,
        parameters: WorldParameters,
        ties: Ties,
        flows: Flows,
        clock: Clock,
        rng: np.random.Generator,
    ) -> None:
        self.people, self.parameters, self.ties, self.flows, self.rng = people, parameters, ties, flows, rng
        self.end_hours = clock.end_hours
        self.reached = np.append(0.0, np.cumsum(doses(ties.pull, parameters)))
        self.seen = np.zeros(0, np.int64)  # keys of (account, item) that were passed on or answered, ascending
        self.author = np.zeros(0, np.int64)  # of every act so far
        copies = np.flatnonzero(people.primary >= 0)
        self.copies = copies[np.argsort(people.primary[copies], kind="stable")]
        self.first_copy = np.searchsorted(people.primary[self.copies], np.arange(people.n + 1))

    def after(self, acts: Acts, places: Whole, n_before: int) -> list[Acts]:
        """Acts set off by these, which stand at `places` among the `n_before` acts there are."""
        author = np.full(n_before, -1, np.int64)
        author[: self.author.size] = self.author
        author[places] = acts.actor
        self.author = author
        passed = np.isin(acts.verb, (REPOST, REPLY)) & (acts.cause != CONVERSATION)
        self.seen = np.sort(np.append(self.seen, self._keys(acts.actor[passed], acts.item[passed])))
        moved = self._moved(acts, places, n_before)
        bursts = self._bursts(acts, places, n_before + moved.n)
        copies = self._copies(acts, places, n_before + moved.n + bursts.n)
        talk = self._talk(acts, places, n_before + moved.n + bursts.n + copies.n)
        return [moved, bursts, copies, talk]

    def _keys(self, actor: Whole, item: Whole) -> Whole:
        return item * self.people.n + actor

    def _moved(self, acts: Acts, places: Whole, n_before: int) -> Acts:
        ties, people, rng = self.ties, self.people, self.rng
        is_shown = np.flatnonzero(acts.verb != REPLY)
        who = acts.actor[is_shown]
        low, high = self.reached[ties.first[who]], self.reached[ties.first[who + 1]]
        dose = (high - low) * draw_virality(who.size, self.parameters, rng)
        parent = np.repeat(np.arange(who.size), rng.poisson(dose))
        tie = np.searchsorted(self.reached, low[parent] + rng.random(parent.size) * (high - low)[parent], "right") - 1
        tie = np.clip(tie, ties.first[who[parent]], ties.first[who[parent] + 1] - 1)
        _, once = np.unique(parent * people.n + ties.target[tie], return_index=True)
        parent, tie = is_shown[parent[once]], tie[once]
        # A friend answers what a friend wrote, not what a friend passes on.
        keep = ~(ties.is_friend[tie] & (acts.verb[parent] == REPOST))
        parent, tie = parent[keep], tie[keep]
        target, is_friend = ties.target[tie], ties.is_friend[tie]
        delay = draw_delays(tie.size, self.parameters, rng) * people.speed[target] * ties.lag[tie]
        hours = self._awake(acts.hours[parent] + np.maximum(delay, LEAST_DELAY_HOURS), target)
        kept = np.flatnonzero(hours < self.end_hours)
        kept = kept[np.argsort(hours[kept], kind="stable")]  # who passes an item on first does it first
        parent, tie, target, is_friend, hours = parent[kept], tie[kept], target[kept], is_friend[kept], hours[kept]
        item = acts.item[parent]
        verb = np.where(is_friend, REPLY, self._verbs(target, ties.is_hidden[tie]))
        verb = np.where(self.author[item] == target, POST, verb)  # nobody passes on their own item
        verb = self._not_twice(verb, target, item)
        own = n_before + np.arange(target.size)
        names = verb != POST
        # Facebook says which share was shared, with words or without, and goes on showing what was shared first; the
        # others name the item itself, whoever passed it on, and a quote is an item of its own.
        on_facebook = people.on("facebook")[target]
        shows_own = (verb == POST) | ((verb == QUOTE) & ~on_facebook)
        named = np.where(on_facebook, places[parent], item)
        return Acts.of(
            target.size,
            actor=target,
            hours=hours,
            cause=np.where(is_friend, FRIEND, INFLUENCE),
            verb=verb,
            item=np.where(shows_own, own, item),
            parent=places[parent],
            object=np.where(names, named, -1),
            thread=np.where(verb == REPLY, item, own),
            topic=acts.topic[parent],
        )

    def _verbs(self, target: Whole, is_hidden: Flags) -> Whole:
        """What a moved reader does; on a hidden tie, or by the reader's own habit, something that names nobody."""
        people = self.people
        chance = self.rng.random(target.size)
        verbs = people.verbs[target] * np.where(people.on("facebook")[target][:, None], [1.0, 1.0, 0.0], 1.0)
        reached = np.cumsum(verbs, axis=1) / verbs.sum(axis=1, keepdims=True)
        verb = np.select([chance < reached[:, 0], chance < reached[:, 1]], [REPOST, QUOTE], REPLY)
        is_silent = is_hidden | (self.rng.random(target.size) < people.unnamed_share[target])
        return np.where(is_silent, POST, verb)

    def _not_twice(self, verb: Whole, actor: Whole, item: Whole) -> Whole:
        passes = np.flatnonzero((verb == REPOST) | (verb == REPLY))
        keys = self._keys(actor[passes], item[passes])
        is_first = np.zeros(passes.size, bool)
        is_first[np.unique(keys, return_index=True)[1]] = True
        verb = verb.copy()
        place = np.minimum(np.searchsorted(self.seen, keys), max(self.seen.size - 1, 0))
        is_seen = self.seen[place] == keys if self.seen.size else ~is_first
        verb[passes[~is_first | is_seen]] = QUOTE
        return verb

    def _awake(self, hours: Floats, actor: Whole) -> Floats:
        """Of those who sleep at night, what they would do then waits for the morning."""
        local = (hours - self.people.phase_hours[actor]) % 24
        waits = self.people.sleeps[actor] & (local < _NIGHT_ENDS)
        morning = hours + (_NIGHT_ENDS - local) + self.rng.exponential(0.7, hours.size)
        return np.where(waits, morning, hours)

    def _bursts(self, acts: Acts, places: Whole, n_before: int) -> Acts:
        """Somebody who wrote goes on writing, sometimes under the own post."""
        rng = self.rng
        is_shown = np.flatnonzero(acts.verb != REPLY)
        parent = np.repeat(is_shown, rng.poisson(self.flows.bursts_per_act[acts.actor[is_shown]]))
        actor = acts.actor[parent]
        delay = rng.lognormal(np.log(_BURST_HOURS), 1.0, parent.size)
        under_own = rng.random(parent.size) < SELF_ANSWERS
        under_own &= (acts.item[parent] == places[parent]) & ~self.people.on("facebook")[actor]
        own = n_before + np.arange(parent.size)
        item = np.where(under_own, acts.item[parent], own)
        return Acts.of(
            parent.size,
            actor=actor,
            hours=acts.hours[parent] + np.maximum(delay, LEAST_DELAY_HOURS),
            cause=BURST,
            verb=np.where(under_own, REPLY, POST),
            item=item,
            parent=places[parent],
            object=np.where(under_own, item, -1),
            thread=item,
            topic=acts.topic[parent],
        )

    def _copies(self, acts: Acts, places: Whole, n_before: int) -> Acts:
        """Posts that a person copies to the own accounts elsewhere."""
        rng = self.rng
        posts = np.flatnonzero(np.isin(acts.cause, (OWN, SCHEDULE, NEWS)))
        n_copies = np.diff(self.first_copy)[acts.actor[posts]]
        parent = np.repeat(posts, n_copies)
        nth = np.arange(parent.size) - np.repeat(np.cumsum(n_copies) - n_copies, n_copies)
        actor = self.copies[self.first_copy[acts.actor[parent]] + nth]
        chosen = rng.random(parent.size) < self.parameters.crossposts
        parent, actor = parent[chosen], actor[chosen]
        own = n_before + np.arange(parent.size)
        return Acts.of(
            parent.size,
            actor=actor,
            hours=acts.hours[parent] + np.maximum(rng.exponential(_COPY_HOURS, parent.size), LEAST_DELAY_HOURS),
            cause=CROSSPOST,
            verb=POST,
            item=own,
            parent=places[parent],
            thread=own,
            event=acts.event[parent],
            topic=acts.topic[parent],
        )

    def _talk(self, acts: Acts, places: Whole, n_before: int) -> Acts:
        """After a first answer the two may go on in turns."""
        starts = np.flatnonzero((acts.verb == REPLY) & np.isin(acts.cause, (INFLUENCE, FRIEND)))
        n_turns = np.minimum(self.rng.geometric(1 - self.parameters.talks_on, starts.size) - 1, _MOST_TURNS)
        start = np.repeat(starts, n_turns)
        turn = np.arange(start.size) - np.repeat(np.cumsum(n_turns) - n_turns, n_turns)
        own = n_before + np.arange(start.size)
        before = np.where(turn == 0, places[start], own - 1)
        pause = np.maximum(self.rng.exponential(_TURN_HOURS, start.size), LEAST_DELAY_HOURS)
        waited = np.cumsum(pause)
        first_of_talk = np.repeat(np.cumsum(n_turns) - n_turns, n_turns)
        waited -= waited[first_of_talk] - pause[first_of_talk]
        item = acts.item[start]
        return Acts.of(
            start.size,
            actor=np.where(turn % 2 == 0, self.author[item], acts.actor[start]),
            hours=acts.hours[start] + waited,
            cause=CONVERSATION,
            verb=REPLY,
            item=item,
            parent=before,
            object=before,
            thread=item,
            topic=acts.topic[start],
        )

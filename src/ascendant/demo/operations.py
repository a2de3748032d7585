"""What coordinated groups do: the same thing, within a short time of each other, told by somebody unseen.

Five kinds of operation: one text, one link, one row of hashtags, a post of the group's face passed on, an answer to one
post of somebody else.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ascendant.demo.columns import (
    AMPLIFY,
    BEFORE_HOURS,
    CONTROLLER,
    LEAST_DELAY_HOURS,
    OPERATIONS,
    PILE_ON,
    POST,
    REPLY,
    REPOST,
    Acts,
)
from ascendant.demo.flows import Flows
from ascendant.demo.people import People, Whole
from ascendant.demo.prior import WorldParameters

_CHANCES: Final = np.array([0.3, 0.2, 0.1, 0.3, 0.1])  # of the kinds, as `OPERATIONS` has them


def operations(
    people: People, parameters: WorldParameters, flows: Flows, end_hours: float, others: Acts, rng: np.random.Generator
) -> list[Acts]:
    """Blocks of acts that follow on `others`, the acts that accounts do by themselves: places go on from theirs."""
    stretch = (end_hours + BEFORE_HOURS) / end_hours
    chances = {name: _CHANCES.copy() for name in people.platforms}
    if "facebook" in chances:
        chances["facebook"][PILE_ON] = 0.0  # nobody can answer there
    by_time = np.argsort(others.hours, kind="stable")
    blocks: list[Acts] = []
    n_acts, n_events = others.n, 0
    for group in range(people.n_groups):
        members = np.flatnonzero(people.group == group)
        platform = people.platforms[people.platform[members[0]]]
        expected = flows.controlled[members].sum() * stretch / (members.size * parameters.group_turnout)
        n_operations = int(rng.poisson(expected))
        at = np.sort(rng.uniform(-BEFORE_HOURS, end_hours, n_operations))
        weight = chances[platform] / chances[platform].sum()
        flavour = rng.choice(len(OPERATIONS), n_operations, p=weight)
        outside = by_time[(people.group[others.actor] != group)[by_time]]
        outside = outside[(people.platform[others.actor] == people.platform[members[0]])[outside]]
        answered: set[int] = set()
        for operation in range(n_operations):
            block = _operation(
                members,
                int(flavour[operation]),
                float(at[operation]),
                n_acts,
                others,
                outside,
                answered,
                parameters,
                rng,
            )
            if block is None:
                continue
            block.event[:] = n_events
            block.topic[:] = people.community[members[0]]
            n_events += 1
            n_acts += block.n
            blocks.append(block)
    return blocks


def _operation(
    members: Whole,
    flavour: int,
    at: float,
    n_before: int,
    others: Acts,
    outside: Whole,
    answered_before: set[int],
    parameters: WorldParameters,
    rng: np.random.Generator,
) -> Acts | None:
    """One operation; None where the chance left nobody, or nobody to answer."""
    taking_part = members[rng.random(members.size) < parameters.group_turnout]
    if flavour == AMPLIFY:  # the lead posts, the others pass it on
        taking_part = np.append(members[0], taking_part[taking_part != members[0]])
    if taking_part.size == 0:
        return None
    delay = rng.lognormal(np.log(parameters.group_tempo_seconds), 0.8, taking_part.size) / 3600
    delay = np.maximum(delay, LEAST_DELAY_HOURS)
    places = np.arange(n_before, n_before + taking_part.size)
    block = Acts.of(taking_part.size, actor=taking_part, hours=at + delay, cause=CONTROLLER, verb=POST, flavour=flavour)
    block.item = places.copy()
    block.thread = places.copy()
    if flavour == AMPLIFY:
        block.hours[0] = at
        block.verb[1:] = REPOST
        block.item[1:] = block.object[1:] = block.thread[1:] = n_before
    if flavour == PILE_ON:
        n_earlier = int(np.searchsorted(others.hours[outside], at))
        if n_earlier == 0:
            return None
        answered = outside[max(0, n_earlier - 1 - int(rng.integers(0, 50)))]
        if answered in answered_before:  # nobody gives one post a first answer twice
            return None
        answered_before.add(int(answered))
        block.verb[:] = REPLY
        block.item[:] = block.object[:] = block.thread[:] = answered
    return block

"""Options -> a person, and all that happened to them: one list of facts that every platform writes from.

Whatever is drawn is drawn here, before a file is written: the truth is what was decided, not what can be read back.
"""

from __future__ import annotations

import numpy as np

from ascendant.demo.archives.advertising import ads_shown
from ascendant.demo.archives.clock import Clock
from ascendant.demo.archives.doing import acts_on
from ascendant.demo.archives.facts import Life
from ascendant.demo.archives.known import known_of
from ascendant.demo.archives.meeting import followers, looked, met, ties
from ascendant.demo.archives.options import ArchiveOptions
from ascendant.demo.archives.person import Person, make_person
from ascendant.demo.archives.profile import attributes


def make_life(options: ArchiveOptions) -> tuple[Person, Life]:
    """Who it is, and what happened."""
    seeds = iter(np.random.SeedSequence([options.seed, 77]).spawn(11))

    def rng() -> np.random.Generator:
        return np.random.default_rng(next(seeds))

    person = make_person(options, rng())
    clock = Clock(options, person.zone, rng())
    acts = [act for platform in person.accounts for act in acts_on(platform, options, person, clock, rng())]
    return person, Life(
        first_at=clock.first,
        last_at=clock.end,
        acts=tuple(acts),
        shown=tuple(ads_shown(options, person, clock, rng())),
        told=(*known_of(person, clock, rng()), *attributes(person)),
        ties=tuple(ties(options, person, clock, rng())),
        met=tuple(met(options, person, clock, rng())),
        looked=tuple(looked(options, person, clock, rng())),
        followers=followers(options, person, rng()),
    )

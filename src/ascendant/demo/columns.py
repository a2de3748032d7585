"""The columns of a world's acts, and the words that they count in.

Columns are arrays with a place for each act. Items, parents and objects are places in the same columns; -1 is none.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from ascendant.demo.people import Floats, Whole

CAUSES: Final = (
    "own",
    "schedule",
    "news",
    "outing",
    "controller",
    "crosspost",
    "burst",
    "influence",
    "friend",
    "conversation",
)
OWN, SCHEDULE, NEWS, OUTING, CONTROLLER, CROSSPOST, BURST, INFLUENCE, FRIEND, CONVERSATION = range(len(CAUSES))
VERBS: Final = ("post", "repost", "quote", "reply")
POST, REPOST, QUOTE, REPLY = range(len(VERBS))
OPERATIONS: Final = ("copy", "link", "hashtags", "repost", "reply")
COPY, LINK, HASHTAGS, AMPLIFY, PILE_ON = range(len(OPERATIONS))
BEFORE_HOURS: Final = 48.0
LEAST_DELAY_HOURS: Final = 4 / 3600  # files know whole seconds: an answer stands after what it answers


@dataclass
class Acts:
    """One value an act."""

    actor: Whole
    hours: Floats
    cause: Whole
    verb: Whole
    item: Whole  # the content it shows: itself, or what a repost passes on or a reply answers
    parent: Whole  # the act that set it off
    object: Whole  # what its platform says that it passes on or answers
    thread: Whole  # the item at the top of its conversation
    event: Whole  # the news, outing or operation behind it, numbered by cause
    topic: Whole  # the community whose concern it is about
    flavour: Whole  # of operations: what is done; else -1

    @property
    def n(self) -> int:
        """How many acts."""
        return int(self.actor.size)

    @staticmethod
    def of(n: int, **given: Whole | Floats | int) -> Acts:
        """Acts with these columns; -1 in the others."""
        made = {}
        for one in fields(Acts):
            kind = float if one.name == "hours" else np.int64
            made[one.name] = np.broadcast_to(np.asarray(given.get(one.name, -1), kind), (n,)).copy()
        return Acts(**made)

    def take(self, places: Whole) -> Acts:
        """These acts; places inside them are left as they are."""
        return Acts(**{one.name: getattr(self, one.name)[places] for one in fields(Acts)})


def joined(blocks: list[Acts]) -> Acts:
    """Blocks of acts as one."""
    return Acts(**{one.name: np.concatenate([getattr(block, one.name) for block in blocks]) for one in fields(Acts)})

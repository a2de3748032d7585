"""How much of what a person of scale 1 does on each platform, and at which hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Habit:
    """How much of each kind a person of scale 1 does on one platform."""

    posts: int
    links: int
    links_with_words: int
    reposts: int
    quotes: int
    replies: int
    reactions: int
    votes: int
    hours: tuple[str, str, str]  # of posts, of passing on, of answers


HABITS: Final = {
    "x": Habit(430, 90, 160, 1040, 200, 580, 6000, 24, ("day", "night", "evening")),
    "facebook": Habit(170, 60, 90, 130, 50, 300, 3000, 8, ("day", "night", "evening")),
    "linkedin": Habit(60, 12, 40, 150, 30, 140, 900, 16, ("office", "office", "office")),
}

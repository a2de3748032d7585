"""Choices of an invented world. Nothing heavy is imported, so that `--help` stays fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ascendant.errors import BadSetting, mark

PLATFORMS: Final = ("x", "facebook", "linkedin")
FEWEST_ACCOUNTS: Final = 40  # below, some of the eight kinds of account would have nobody
MOST_ACTS_PER_DAY: Final = 20  # of the average account: more than that and nobody is ordinary


@dataclass(frozen=True, kw_only=True)
class WorldOptions:
    """How large the invented world is, and which one. What else it is like is drawn: `demo/prior.py`.

    Raises `BadSetting` for a world that cannot be.

    >>> WorldOptions(platforms="x, linkedin").platform_names
    ('x', 'linkedin')
    """

    accounts: int = field(default=10_000, metadata={"help": "accounts in the invented world (at least 40)"})
    acts: int = field(default=300_000, metadata={"help": "acts to generate, about"})
    seed: int = field(default=1, metadata={"help": "another seed is another world; the same seed the same bytes"})
    days: int = field(default=28, metadata={"help": "how many days of the world the files cover"})
    platforms: str = field(default=",".join(PLATFORMS), metadata={"help": "platforms of the world, parted by commas"})

    def __post_init__(self) -> None:
        if self.accounts < FEWEST_ACCOUNTS:
            raise _wrong("--accounts", self.accounts, mark("an invented world needs at least 40 accounts"))
        if self.days < 1 or self.seed < 0:
            name = "--days" if self.days < 1 else "--seed"
            raise _wrong(name, self.days if self.days < 1 else self.seed, mark("it has to be a positive number"))
        if not self.accounts <= self.acts <= self.accounts * self.days * MOST_ACTS_PER_DAY:
            reason = mark("it has to be between one act an account and twenty acts an account and day")
            raise _wrong("--acts", self.acts, reason)
        names = self.platform_names
        if not names or len(set(names)) < len(names) or set(names) - {*PLATFORMS}:
            raise _wrong("--platforms", self.platforms, mark("it has to name some of x, facebook, linkedin, each once"))

    @property
    def platform_names(self) -> tuple[str, ...]:
        """The platforms, each by its name."""
        return tuple(name.strip() for name in self.platforms.split(",") if name.strip())


def _wrong(setting: str, value: object, reason: str) -> BadSetting:
    return BadSetting(file="ascendant", setting=setting, value=str(value), reason=reason)

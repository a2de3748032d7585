"""Choices of an invented person's archives. Nothing heavy is imported, so that `--help` stays fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ascendant.errors import BadSetting, mark

LANGUAGES: Final = ("fr", "en")
FEWEST_DAYS: Final = 120  # the ads of 90 days, and a past before them


@dataclass(frozen=True, kw_only=True)
class ArchiveOptions:
    """Who the person is (`seed`), what they speak, and how much they did. Raises `BadSetting`."""

    seed: int = field(default=1, metadata={"help": "another seed is another person; the same seed the same bytes"})
    lang: str = field(default="fr", metadata={"help": "language of the person's accounts: fr or en"})
    n_days: int = field(default=700, metadata={"help": "how many days the archives cover (at least 120)"})
    scale: float = field(default=1.0, metadata={"help": "2 is twice as many acts, likes, ads"})

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise _wrong("--lang", self.lang, mark("it has to be fr or en"))
        if self.seed < 0:
            raise _wrong("--seed", self.seed, mark("it has to be a positive number"))
        if self.n_days < FEWEST_DAYS:
            raise _wrong("--days", self.n_days, mark("the archives have to cover at least 120 days"))
        if not 0.02 <= self.scale <= 100:
            raise _wrong("--scale", self.scale, mark("it has to lie between 0.02 and 100"))

    def n(self, usual: int) -> int:
        """So many of what a person of this scale has `usual` of; at least one."""
        return max(1, round(usual * self.scale))


def _wrong(setting: str, value: object, reason: str) -> BadSetting:
    return BadSetting(file="ascendant", setting=setting, value=str(value), reason=reason)

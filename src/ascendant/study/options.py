"""The choices of all rooms on the main path. Standard library only, so that `--help` stays fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ascendant.infer.options import InfluenceOptions
from ascendant.patterns.options import GroupOptions, PatternOptions


@dataclass(frozen=True, kw_only=True)
class FindOptions:
    """What the figures of a study rest on, room by room."""

    influence: InfluenceOptions = field(default=InfluenceOptions(), metadata={"help": "choices behind influence"})
    patterns: PatternOptions = field(default=PatternOptions(), metadata={"help": "choices behind standing and spheres"})
    groups: GroupOptions = field(default=GroupOptions(), metadata={"help": "choices behind groups"})
    time_zone: str = field(default="UTC", metadata={"help": "zone on whose clock hours and days are counted"})


DEFAULTS: Final = FindOptions()

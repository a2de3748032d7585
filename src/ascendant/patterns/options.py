"""Choices behind standing, spheres and tiers. Standard library only, so that `--help` stays fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from ascendant.errors import BadSetting, mark

_WINDOWS: Final = mark("write seconds from the shortest to the longest, each once and above 0, such as 60, 600, 3600")


@dataclass(frozen=True, kw_only=True)
class PatternOptions:
    """Units are in the names."""

    material_from: float = field(
        default=1 / 3, metadata={"help": "share or rate from which a side of an account's standing is material"}
    )
    interval: float = field(default=0.90, metadata={"help": "how much of the probability an interval holds"})
    n_top_accounts: int = field(default=20, metadata={"help": "accounts that are shown in tiers"})
    # Within the authors of several posts among 1,109 posts of API payloads (twarc, twitwi): .27 to .37 (decision 0003).
    default_evenness: float = field(
        default=0.35, metadata={"help": "how evenly acts fall on an account's items, where the files cannot tell"}
    )
    precise_from: float = field(default=0.5, metadata={"help": "precision from which a sphere is called precise"})
    # Of accounts on X 9.4 % are organisations (McCorriston and others 2015); of those that move others, more.
    prior_organisation: float = field(
        default=0.2,
        metadata={"help": "share of organisations among accounts that move others, before any evidence"},
    )
    prior_political: float = field(
        default=0.1, metadata={"help": "share of political ones among them, before any evidence"}
    )
    kind_shown_from: float = field(
        default=0.7,
        metadata={"help": "probability from which a kind of influencer is shown, not only a best guess"},
    )


@dataclass(frozen=True, kw_only=True)
class GroupOptions:
    """Choices behind groups: accounts that act on the same objects together more than chance gives.

    Raises `BadSetting` for windows of which one does not hold the one before it.

    >>> GroupOptions(windows_seconds=(60, 3600)).windows_seconds
    (60, 3600)
    """

    windows_seconds: tuple[int, ...] = field(
        default=(60, 600, 3600, 86400), metadata={"help": "how close in time acts on one object are together"}
    )
    candidates_share: float = field(
        default=0.2, metadata={"help": "share of the accounts looked at for groups that chance may have put there"}
    )
    least_members: int = field(default=3, metadata={"help": "accounts that make a group"})
    stratum_acts: int = field(
        default=300, metadata={"help": "acts among which chance deals who acted: an hour, or more where it is quiet"}
    )
    most_company: int = field(
        default=64, metadata={"help": "accounts around one act that are looked at, in each ring of time"}
    )
    group_seed: int = field(default=1, metadata={"help": "seed of the dealing"})
    n_threads: int = field(default=0, metadata={"help": "threads of the dealing; 0: as many as there are, to eight"})

    def __post_init__(self) -> None:
        windows = self.windows_seconds
        # Company is looked for in rings: what one window holds and the one before it does not.
        if not windows or windows[0] <= 0 or any(one >= other for one, other in pairwise(windows)):
            value = ", ".join(map(str, windows))
            raise BadSetting(file="GroupOptions", setting="windows_seconds", value=value, reason=_WINDOWS)

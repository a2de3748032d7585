"""Results of a study -> what a briefing is made of: one record, and the counts that fill it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat
from ascendant.report.figure_words import Figure
from ascendant.report.naming import Names

MARKS: Final = ("strong", "fair", "weak", "none")  # of evidence


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much was read."""

    activity: int
    accounts: int
    rejects: int
    files: int


@dataclass(frozen=True, kw_only=True)
class StandingCounts:
    """How many accounts are on which side; `slight_*` and `presumed` are parts of the first three."""

    influencer: int = 0
    influenced: int = 0
    both: int = 0
    slight_influencer: int = 0
    slight_influenced: int = 0
    presumed: int = 0

    @property
    def total(self) -> int:
        """All accounts: each is on one side."""
        return self.influencer + self.influenced + self.both


@dataclass(frozen=True, kw_only=True)
class EvidencePost:
    """A post behind a figure. `writer_id` wrote the words: of a repost the first author. `url` leads to the words."""

    act_id: str
    actor_id: str | None
    writer_id: str | None
    verb: str
    text: str | None = None
    url: str | None = None
    happened_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class BriefingInputs:
    """All that a briefing says. Tables have the columns of `patterns.tiers`, `patterns.standing`, `store.parts`.

    `standing` has a row for each account that was seen; `posts` are those that `tiers.evidence` names, as far as
    they are held. `since` and `until` bound what was read, or what was asked for; `coverage` is always of the whole
    study, also where `is_narrowed` says that only a part of it is asked about.
    """

    title: str
    purpose: str
    made_on: datetime
    version: str
    since: datetime | None
    until: datetime | None
    about: str | None
    platforms: tuple[str, ...]
    counts: Counts
    figures: tuple[Figure, ...]
    standing_counts: StandingCounts
    evidence_counts: Mapping[str, int]
    tiers: pa.Table
    standing: pa.Table
    coverage: pa.Table
    names: Names
    is_narrowed: bool = False
    tables: Mapping[str, pa.Table] = field(default_factory=dict)  # of the study, by name; without them nothing is drawn
    caveats: tuple[Caveat, ...] = ()
    posts: Mapping[str, EvidencePost] = field(default_factory=dict)


def standing_counts(standing: pa.Table) -> StandingCounts:
    """The counts of a standing table.

    >>> standing_counts(pa.table({"standing": ["both", "influenced"], "is_slight": [False, True],
    ...                           "is_presumed": [False, False]}))
    StandingCounts(influencer=0, influenced=1, both=1, slight_influencer=0, slight_influenced=1, presumed=0)
    """
    counted = standing.group_by(["standing", "is_slight", "is_presumed"]).aggregate([([], "count_all")]).to_pylist()

    def n(side: str, *, slight: bool = False, presumed: bool = False) -> int:
        rows = (row for row in counted if row["standing"] == side)
        rows = (row for row in rows if row["is_slight"] and not row["is_presumed"]) if slight else rows
        return sum(row["count_all"] for row in rows if row["is_presumed"] or not presumed)

    return StandingCounts(
        influencer=n("influencer"),
        influenced=n("influenced"),
        both=n("both"),
        slight_influencer=n("influencer", slight=True),
        slight_influenced=n("influenced", slight=True),
        presumed=n("influenced", presumed=True),
    )


def evidence_counts(standing: pa.Table) -> dict[str, int]:
    """How many accounts have which mark of evidence."""
    counted = {row["values"]: row["counts"] for row in pc.value_counts(standing["evidence"]).to_pylist()}
    return {name: counted.get(name, 0) for name in MARKS}

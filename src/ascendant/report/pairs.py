"""Results of a study and two names -> what ties one account to the other (`why`), pseudonyms applied.

Acts that name the source come first: they are exact. Acts that name nobody follow, each with its chance; then how soon
the target acts after the source, beside comparable strangers. What only the timeline knows arrives as `PairInTime`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import NoSuchTie
from ascendant.report.answers import N_SHOWN, find_account
from ascendant.report.inputs import EvidencePost
from ascendant.report.naming import Names

LEAST_CHANCE: Final = 0.1  # that the source moved an act that names nobody: below, it is no evidence


@dataclass(frozen=True, kw_only=True)
class PairInTime:
    """What the timeline tells of a pair. Lists are as long as the acts that were asked about.

    `after_source` and `after_strangers` are numbers of acts by window of `window_hours`.
    """

    since: datetime
    n_acts: int  # of the target since then, that name nobody
    window_hours: tuple[float, ...]
    after_source: tuple[int, ...]
    after_strangers: tuple[float, ...] | None  # the mean over them; None where nobody is comparable
    n_strangers: int
    is_like_source: bool  # strangers are of the source's community
    happened_at: list[datetime | None]
    source_act_ids: list[str | None]  # the source's last act before each that its followers saw
    delay_seconds: list[int | None]


@dataclass(frozen=True, kw_only=True)
class Why:
    """One pair: the acts of `target` that name items of `source`, and acts that name nobody and that it may have moved.

    `n_inferred` is how many of the latter are expected: null where it is less than a tenth of an act.
    """

    source: str
    target: str
    n_moved: int
    n_conversation: int
    median_delay_seconds: int | None
    acts: list[dict[str, Any]]
    n_inferred: float | None = None
    inferred_acts: list[dict[str, Any]] = field(default_factory=list)
    delays: dict[str, Any] | None = None
    source_id: str = ""
    target_id: str = ""
    act_ids: list[str] = field(default_factory=list)
    inferred_ids: list[str] = field(default_factory=list)
    source_act_ids: list[str | None] = field(default_factory=list)

    @property
    def post_ids(self) -> list[str]:
        """Every act whose words may be shown."""
        return [*self.act_ids, *self.inferred_ids, *(one for one in self.source_act_ids if one is not None)]

    def in_time(self, told: PairInTime | None, names: Names) -> Why:
        """The same pair with what the timeline tells of it."""
        if told is None:
            return self
        acts = [
            {
                **act,
                "happened_at": told.happened_at[place],
                "source_act": names.shown_act(told.source_act_ids[place], self.source_id),
                "delay_seconds": told.delay_seconds[place],
            }
            for place, act in enumerate(self.inferred_acts)
        ]
        windows = [
            {
                "hours": hours,
                "n_after_source": told.after_source[place],
                "n_expected": None if told.after_strangers is None else told.after_strangers[place],
            }
            for place, hours in enumerate(told.window_hours)
        ]
        delays = {
            "since": told.since,
            "n_acts": told.n_acts,
            "windows": windows,
            "n_strangers": told.n_strangers,
            "is_like_source": told.is_like_source,
        }
        return replace(self, inferred_acts=acts, delays=delays, source_act_ids=told.source_act_ids)

    def with_posts(self, posts: Mapping[str, EvidencePost], names: Names) -> Why:
        """The same pair with the words and links of posts that may be shown."""
        acts = [{**act, **_post(posts.get(one), names)} for one, act in zip(self.act_ids, self.acts, strict=True)]
        before = self.source_act_ids or [None] * len(self.inferred_ids)
        inferred = []
        for one, other, act in zip(self.inferred_ids, before, self.inferred_acts, strict=True):
            source = _post(posts.get(other or ""), names)
            told = {"source_text": source["text"], "source_url": source["url"]}
            inferred.append({**act, **_post(posts.get(one), names), **told})
        return replace(self, acts=acts, inferred_acts=inferred)

    def plain(self) -> dict[str, Any]:
        """For JSON: no raw id of a private person or of its acts."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if not name.endswith(("_id", "_ids"))}


def why_answer(tables: Mapping[str, pa.Table], accounts: pa.Table, names: Names, source: str, target: str) -> Why:
    """What ties a target to a source. Raises `NoSuchTie` where neither names nor time do."""
    source_id, target_id = (find_account(accounts, names, asked) for asked in (source, target))
    ties = tables["ties"]
    rows = ties.filter(_pair(ties, "source_id", source_id, "target_id", target_id)).to_pylist()
    inferred = _inferred_acts(tables["moved_acts"], source_id, target_id)
    if not rows and not inferred:
        raise NoSuchTie(source=names.shown(source_id), target=names.shown(target_id))
    nothing = {"n_moved": 0, "n_conversation": 0, "median_delay_seconds": None, "n_inferred": 0.0}
    tie: dict[str, Any] = rows[0] if rows else nothing
    named = tables["named_by"]
    acts = named.filter(_pair(named, "author_id", source_id, "actor_id", target_id))
    shown = acts.sort_by([("is_conversation", "ascending"), ("happened_at", "ascending")]).slice(0, N_SHOWN).to_pylist()
    return Why(
        source=names.shown(source_id),
        target=names.shown(target_id),
        n_moved=tie["n_moved"],
        n_conversation=tie["n_conversation"],
        median_delay_seconds=tie["median_delay_seconds"],
        acts=[
            {
                "act": names.shown_act(row["act_id"], target_id),
                "verb": row["verb"],
                "happened_at": row["happened_at"],
                "delay_seconds": row["delay_seconds"],
                "is_conversation": row["is_conversation"],
            }
            for row in shown
        ],
        n_inferred=tie["n_inferred"] or None,
        inferred_acts=[
            {
                "act": names.shown_act(row["act_id"], target_id),
                "chance": row["p_likeliest"],
                "new_to_actor": row["new_to_actor"],
            }
            for row in inferred
        ],
        source_id=source_id,
        target_id=target_id,
        act_ids=[row["act_id"] for row in shown],
        inferred_ids=[row["act_id"] for row in inferred],
    )


def _inferred_acts(moved_acts: pa.Table, source_id: str, target_id: str) -> list[dict[str, Any]]:
    """Acts that name nobody and that the source most likely moved, the likeliest first."""
    found = moved_acts.filter(_pair(moved_acts, "likeliest_source_id", source_id, "actor_id", target_id))
    found = found.filter(pc.and_(pc.invert(found["is_named"]), pc.greater_equal(found["p_likeliest"], LEAST_CHANCE)))
    rows: list[dict[str, Any]] = (
        found.sort_by([("p_likeliest", "descending"), ("act_id", "ascending")]).slice(0, N_SHOWN).to_pylist()
    )
    return rows


def _pair(table: pa.Table, source: str, source_id: str, target: str, target_id: str) -> pa.ChunkedArray:
    return pc.fill_null(pc.and_(pc.equal(table[source], source_id), pc.equal(table[target], target_id)), False)


def _post(post: EvidencePost | None, names: Names) -> dict[str, str | None]:
    if post is None:
        return {"text": None, "url": None}
    return {"text": names.words(post.text, post.writer_id), "url": names.link(post.url, post.writer_id)}

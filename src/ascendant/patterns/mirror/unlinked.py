"""The inferred layer of a study -> what moved its owner without a link: how much of it, who most likely, and examples.

Acts that name nobody may have been moved all the same: they came soon after posts of accounts that the owner reads.
That can be told only where the study holds such posts beside the archives (`docs/decisions/0008-attribution.md`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat, mark
from ascendant.patterns.mirror.beside import UNLINKED, Unlinked
from ascendant.patterns.mirror.owner import Questions
from ascendant.patterns.mirror.tables import table_of

MOST_SOURCES: Final = 5
MOST_EXAMPLES: Final = 3
# That the account named beside an example moved it, as the fit says. In three invented worlds (1,000 accounts, seeds
# 121 to 123) .72 of 520, .32 of 109 and .57 of 155 such acts had been moved by it: the page says so. Where the check
# by later acts speaks (seed 120) it was .31 of 29, and no example is given.
LEAST_CHANCE: Final = 0.5
FEW: Final = 10  # acts below which nothing is concluded (evidence `none`)
LEAST_ACTS: Final = 0.5  # expected acts of a source: below, which rounds to none, it is not named
_TRIED: Final = 30  # acts among which the examples are looked for
_AFTERWARDS: Final = {"after", "before", "strangers"}  # facts of what `infer.placebo` says against an estimate

NO_TIMES: Final = mark("the collected posts have no time of day")
NOTHING_SINCE: Final = mark("none of your acts without a link falls into the days of the collected posts that count")
FEW_ACTS: Final = mark("only {n} of your acts without a link fall into the days of the collected posts that count")
NO_SOURCES: Final = mark("nothing shows that you read, before these days, an account whose posts were collected")


def has_times(questions: Questions, me: pa.Table) -> bool:
    """Whether acts of others have a time of day: a cheap question, before anything is inferred."""
    return bool(questions.ask("mirror_collected", me=me).num_rows)


def cannot_tell(reason: Caveat) -> Unlinked:
    """No number, and why."""
    return Unlinked(tables={name: schema.empty_table() for name, schema in UNLINKED.items()}, reason=reason)


def unlinked(
    questions: Questions,
    me: pa.Table,
    tables: Mapping[str, pa.Table],
    figures: Sequence[Any],
    limits: Sequence[Caveat] = (),
) -> Unlinked:
    """What the study infers of the owner.

    `me` has the owner's accounts (`Owner.me`). Of the whole study are `tables` (`influence`, `moved_acts`, `ties`),
    `figures` (those of `infer.inferred.FIGURES`) and `limits`, its caveats.
    """
    known = {figure.name: figure for figure in figures}
    whole = known.get("influenced_share")
    if whole is None or whole.estimate is None:
        return cannot_tell(whole.caveats[0] if whole is not None and whole.caveats else Caveat(NO_TIMES))
    mine = me["account_id"].combine_chunks()
    own = tables["influence"].filter(pc.is_in(tables["influence"]["account_id"], mine))
    own = own.filter(pc.is_valid(own["n_inferred"]))
    days = questions.ask("mirror_days", me=me, explained=tables["moved_acts"].select(["act_id"]))
    silent = tables["moved_acts"]
    silent = silent.filter(pc.and_(pc.is_in(silent["actor_id"], mine), pc.invert(silent["is_named"])))
    if not silent.num_rows:
        return cannot_tell(Caveat(NOTHING_SINCE))
    if not own.num_rows:
        return cannot_tell(Caveat(NO_SOURCES))
    acts = _timed(questions, silent)
    counted = [row for row in acts if _is_within(row, days)]
    if len(counted) < FEW:
        return cannot_tell(Caveat(FEW_ACTS, {"n": len(counted)}) if counted else Caveat(NOTHING_SINCE))
    # What the fit gives to acts that do not count (no clock, other days) is taken off in proportion.
    total = sum(row["p_moved"] for row in acts)
    part = sum(row["p_moved"] for row in counted) / total if total > 0 else 1.0
    n_moved, low, high = (
        min(part * sum(own[name].to_pylist()), float(len(counted)))
        for name in ("n_inferred", "inferred_low", "inferred_high")
    )
    raw = _estimate(known.get("raw_share"))
    is_doubted = any(limit.facts.keys() >= _AFTERWARDS for limit in limits)
    row = {
        "since": min(day["first_at"] for day in days.to_pylist()),
        "until": max(day["last_at"] for day in days.to_pylist()),
        "n_acts": len(counted),
        "n_outside": silent.num_rows - len(counted),
        "n_sources": sum(own["n_sources"].to_pylist()),
        "n_moved": n_moved,
        "low": low,
        "high": high,
        "study_share": raw,
        "strangers_share": _estimate(known.get("null_share")),
        "is_doubted": is_doubted,
    }
    scale = _scale(known, raw)
    return Unlinked(
        tables={
            "unlinked": table_of("unlinked", [row]),
            "unlinked_sources": _sources(tables["ties"], mine),
            "unlinked_examples": _examples(questions, [] if is_doubted else counted, scale),
        }
    )


def _estimate(figure: Any) -> float | None:
    value = None if figure is None else figure.estimate
    return float(value) if value is not None and np.isfinite(value) else None


def _scale(known: Mapping[str, Any], raw: float | None) -> float:
    """What one act that the fit puts down to others stands for: what strangers are given is no influence."""
    share = _estimate(known.get("inferred_share"))
    n_silent = known["raw_share"].n if "raw_share" in known else 0
    if share is None or not raw or not n_silent:
        return 0.0
    return max(0.0, share * int(known["inferred_share"].n) / int(n_silent) / raw)


def _timed(questions: Questions, silent: pa.Table) -> list[dict[str, Any]]:
    """Own acts that name nobody, with their times, in the order of their ids."""
    nobody = pa.nulls(silent.num_rows, pa.string())
    wanted = pa.table({"act_id": silent["act_id"], "source_id": nobody})
    chance = {row["act_id"]: row for row in silent.to_pylist()}
    rows = questions.ask("mirror_before", wanted=wanted).to_pylist()
    return [{**chance[row["act_id"]], **row} for row in rows]


def _is_within(row: Mapping[str, Any], days: pa.Table) -> bool:
    """Whether others' acts were collected on that platform in those days."""
    spans: dict[str, tuple[datetime, datetime]] = {
        day["platform"]: (day["first_at"], day["last_at"]) for day in days.to_pylist()
    }
    if row["platform"] not in spans or not row["has_clock"]:
        return False
    first, last = spans[row["platform"]]
    return bool(first <= row["happened_at"] <= last)


def _sources(ties: pa.Table, mine: pa.Array) -> pa.Table:
    """The accounts that most likely moved the owner's acts; only those to which about one act at least is put down."""
    here = ties.filter(pc.and_(pc.is_in(ties["target_id"], mine), pc.greater_equal(ties["n_inferred"], LEAST_ACTS)))
    grouped = here.group_by("source_id").aggregate([("n_inferred", "sum")])
    ordered = grouped.sort_by([("n_inferred_sum", "descending"), ("source_id", "ascending")]).slice(0, MOST_SOURCES)
    rows = [{"account_id": row["source_id"], "n": row["n_inferred_sum"]} for row in ordered.to_pylist()]
    return table_of("unlinked_sources", rows)


def _examples(questions: Questions, counted: Sequence[dict[str, Any]], scale: float) -> pa.Table:
    """The acts that fit best, with what the account had posted last before."""
    able = [row for row in counted if row["likeliest_source_id"] and row["p_likeliest"] * scale >= LEAST_CHANCE]
    able.sort(key=lambda row: (-row["p_likeliest"], row["act_id"]))
    chosen = able[:_TRIED]
    wanted = pa.table(
        {
            "act_id": pa.array([row["act_id"] for row in chosen], pa.string()),
            "source_id": pa.array([row["likeliest_source_id"] for row in chosen], pa.string()),
        }
    )
    found = {row["act_id"]: row for row in questions.ask("mirror_before", wanted=wanted).to_pylist()}
    rows = [found[row["act_id"]] for row in chosen if found[row["act_id"]]["source_at"] is not None]
    return table_of(
        "unlinked_examples",
        [
            {
                "act_id": row["act_id"],
                "happened_at": row["happened_at"],
                "source": row["source_id"],
                "source_act_id": row["source_act_id"],
                "source_at": row["source_at"],
                "delay_seconds": (row["happened_at"] - row["source_at"]).total_seconds(),
            }
            for row in rows[:MOST_EXAMPLES]
        ],
    )

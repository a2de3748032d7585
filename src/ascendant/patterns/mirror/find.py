"""Own archives, with or without collected posts -> the mirror of a person. The order of the steps, top to bottom."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import pyarrow as pa

from ascendant.errors import Caveat
from ascendant.patterns.mirror.acts import Acts
from ascendant.patterns.mirror.advice import advice
from ascendant.patterns.mirror.aim import aim
from ascendant.patterns.mirror.answers import answers
from ascendant.patterns.mirror.asked import Asked, ask
from ascendant.patterns.mirror.audience import moved, moved_at_least
from ascendant.patterns.mirror.balance import balance, me, reaction
from ascendant.patterns.mirror.limits import caveats
from ascendant.patterns.mirror.owner import Questions
from ascendant.patterns.mirror.passing import passed_on, passing
from ascendant.patterns.mirror.sources import concentration, diversity, sources
from ascendant.patterns.mirror.standing import standing
from ascendant.patterns.mirror.tables import Mirror, table_of
from ascendant.patterns.mirror.targeting import advertisers, criteria, inferred, trackers
from ascendant.patterns.mirror.week import week
from ascendant.patterns.options import PatternOptions


def find_mirror(
    questions: Questions,
    coverage: pa.Table,
    options: PatternOptions = PatternOptions(),
    *,
    time_zone: str,
) -> Mirror:
    """Every table of `tables.SCHEMAS`. `coverage` has the columns of `store.parts.COVERAGE`; without an archive the
    tables are empty, but for those that tell of all platforms together."""
    return mirror_of(ask(questions, coverage), coverage, options, time_zone=time_zone)


def mirror_of(
    asked: Asked, coverage: pa.Table, options: PatternOptions = PatternOptions(), *, time_zone: str
) -> Mirror:
    """The same, of what was asked before."""
    owner, read, facts, other, likes = asked.owner, asked.read, asked.facts, asked.other, asked.likes
    acts, counted = read.acts, asked.audience
    answered = answers(coverage, owner, _seen(acts, other, facts))
    moved_by_it = moved_at_least(acts, read.responses, counted, answered, owner)
    half = concentration(acts, options)
    tables = {
        "me": me(acts, owner),
        "answers": answered,
        "balance": balance(acts, other),
        "reaction": reaction(acts, options),
        "sources": sources(acts, likes, _followed(asked.follows, answered), options),
        "concentration": half,
        "diversity": diversity(acts, time_zone),
        "passed_on": passed_on(acts),
        "passing": passing(acts, options),
        "advertisers": advertisers(facts, answered),
        "criteria": criteria(facts),
        **aim(facts, time_zone, options),
        "inferred": inferred(facts),
        "trackers": trackers(facts),
        "week": week(acts, likes, time_zone),
        "audience": counted,
        "moved": moved(read.responses, likes),
        "standing": standing(acts, moved_by_it, owner.collected, options),
        "advice": table_of("advice", advice(acts, facts, half.to_pylist(), time_zone, options)),
    }
    told: tuple[Caveat, ...] = caveats(read, likes, tables, asked.by_name)
    return Mirror(tables=tables, caveats=told, has_collected=bool(owner.collected), time_zone=time_zone)


_TOPIC_OF: Final = {
    **dict.fromkeys(("react", "vote"), "likes"),
    **dict.fromkeys(("view", "click"), "seen"),
    "ad_view": "ads_seen",
    "ad_click": "ads_opened",
    "targeted": "targeting",
    "inferred": "inferred",
    "tracked": "tracked",
}


def _seen(acts: Acts, other: pa.Table, facts: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """How many facts are held, by platform and topic."""
    found: Counter[tuple[str, str]] = Counter()
    for name, is_here in acts.sides()[1:]:
        found[str(name), "posts"] += int(acts.n[is_here].sum())
    for row in [*other.to_pylist(), *(row for row in facts if row["verb"] in ("targeted", "inferred", "tracked"))]:
        found[row["platform"], _TOPIC_OF[row["verb"]]] += row["n"]
    return found


def _followed(follows: pa.Table, answered: pa.Table) -> dict[str, set[str]]:
    """Accounts that are followed, by platform; a platform whose archive does not tell is not there."""
    told = {
        row["platform"]
        for row in answered.to_pylist()
        if row["topic"] == "follows" and row["status"] in ("parsed", "empty")
    }
    found: dict[str, set[str]] = {platform: set() for platform in told}
    for row in follows.to_pylist():
        found.setdefault(row["platform"], set()).add(row["account_id"])
    return found

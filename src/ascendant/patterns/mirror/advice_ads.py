"""Criteria of ads that were shown -> what would change without lists, or without criteria.

It is taken that age, place and device narrow down whom an advertiser reaches, and that a list, a look-alike, a visit,
an interest or a behaviour SELECTS. An ad that was selected by such criteria only would not have come; one that was
selected by others too may still come, since archives do not tell whether one or all of them were needed: the interval
runs from the first to both, wider by the doubt of advertisers, whose ads come together. X's "follower look-alikes" have
the interests of those who follow somebody: no list makes them, and they count as a criterion. Where lists are told and
no criteria of ads (Facebook), nothing can be measured: the effect is null.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from ascendant.patterns.mirror.outlook import fall, pooled
from ascendant.patterns.mirror.targeting import class_of, who_paid
from ascendant.patterns.options import PatternOptions

MOST_SUBJECTS: Final = 10
_MOST_TYPES: Final = 3
_FEWEST_ADS: Final = 30
_LISTS: Final = frozenset({"uploaded_list", "lookalike", "retargeting", "store_visit"})
_CRITERIA: Final = frozenset({"interest", "behaviour"})
Row = dict[str, Any]


def leave_lists(facts: list[Row], options: PatternOptions) -> Row | None:
    """Ads by lists, look-alikes of customers, and visits."""
    found = _ads(facts, _selects_by_list, options, "leave_lists")
    named = _advertisers([row for row in facts if any(_selects_by_list(one) for one in row["criteria"] or ())])
    if found is None and named:
        platforms = {row["platform"] for row in facts if any(_selects_by_list(one) for one in row["criteria"] or ())}
        nothing = {"effect": None, "low": None, "high": None}
        platform = min(platforms) if len(platforms) == 1 else None
        found = {"key": "leave_lists", "platform": platform, "measure": "ads_shown", "n": 0, **nothing}
    return None if found is None else {**found, "subjects": named}


def refuse_criteria(facts: list[Row], options: PatternOptions) -> Row | None:
    """Ads by interests and behaviour."""
    found = _ads(facts, _selects_by_criterion, options, "refuse_criteria")
    if found is None:
        return None
    shown = [row for row in facts if row["verb"] == "ad_view" and row["platform"] == found["platform"]]
    types = Counter(
        kind for row in shown for kind in {one["type"] for one in row["criteria"] or () if _selects_by_criterion(one)}
    )
    return {**found, "subjects": sorted(types, key=lambda kind: (-types[kind], kind))[:_MOST_TYPES]}


def _selects_by_list(one: Row) -> bool:
    return class_of(one) in _LISTS


def _selects_by_criterion(one: Row) -> bool:
    return class_of(one) in _CRITERIA


def _ads(facts: list[Row], selects: Callable[[Row], bool], options: PatternOptions, key: str) -> Row | None:
    """The change of ads shown on the platform where it is largest."""
    best: Row | None = None
    for platform in sorted({row["platform"] for row in facts}):
        shown = [row for row in facts if row["verb"] == "ad_view" and row["platform"] == platform]
        is_any = np.array([any(map(selects, row["criteria"] or ())) for row in shown], bool)
        is_other = np.array([_has_other(row["criteria"] or (), selects) for row in shown], bool)
        n = np.array([row["n"] for row in shown], np.int64)
        # Without any criteria nothing tells by which an ad came: such ads say nothing here.
        is_told = np.array([bool(row["criteria"]) for row in shown], bool)
        if int(n[is_told].sum() if is_told.size else 0) < _FEWEST_ADS or not is_any.any():
            continue
        who = np.array([name or f"\0{number}" for number, name in enumerate(who_paid(shown))])[is_told]
        any_of, only = (
            pooled(hit[is_told], n[is_told], [who], options.interval) for hit in (is_any, is_any & ~is_other)
        )
        row = {
            "key": key,
            "platform": platform,
            "measure": "ads_shown",
            "n": any_of.n,
            **fall((any_of.share + only.share) / 2, only.low if only.share else 0.0, any_of.high),
        }
        if best is None or row["effect"] < best["effect"]:
            best = row
    return best


def _has_other(criteria: Any, selects: Callable[[Row], bool]) -> bool:
    """Whether something else selects too."""
    return any(
        not selects(one) and (_selects_by_list(one) or _selects_by_criterion(one) or one["class"] == "other")
        for one in criteria
    )


def _advertisers(facts: list[Row]) -> list[str]:
    """Names of advertisers, those with most ads first."""
    n: Counter[str] = Counter()
    names: dict[str, str] = {}
    for row, who in zip(facts, who_paid(facts), strict=True):
        name = row["name"] or row["advertiser"]
        if who and name:
            n[who] += row["n"] if row["verb"] == "ad_view" else 0
            names[who] = min(name, names.get(who, name))
    return [names[who] for who in sorted(names, key=lambda who: (-n[who], names[who], who))][:MOST_SUBJECTS]

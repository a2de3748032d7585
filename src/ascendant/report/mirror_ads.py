"""Advertisers, criteria, inferences and trackers of a mirror -> what the page says of who targets its owner.

Advertisers stand under their names, also on a page that is shared: they are organisations. What the network thinks of
the owner, and which sites tell on them, is left out of a shared page: it may tell their health, faith or opinions.
"""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.patterns.advertising.tables import ANY, UNTOLD
from ascendant.patterns.advertising.trend import FEWEST_ADS, FEWEST_MONTHS
from ascendant.report.advertising_words import month_words, signed
from ascendant.report.charts.advertising_aim import GROUPS
from ascendant.report.charts.called import platform_name
from ascendant.report.language import Language
from ascendant.report.mirror_inputs import MirrorInputs
from ascendant.report.naming import safe_words

_UPLOADERS: Final = (24, 400)  # named at once, and on demand
_CRITERIA: Final = 10
_TRACKERS: Final = 10
_VALUES: Final = 60  # of one type of inference
_TYPES: Final = 30

CLASSES: Final = {
    "demographic": mark("age, sex, language, place"),
    "interest": mark("interests"),
    "behaviour": mark("what you do or look for"),
    "lookalike": mark("likeness to their customers or followers"),
    "uploaded_list": mark("a list with you on it"),
    "retargeting": mark("a visit to their site, app or shop"),
    "context": mark("what you are looking at"),
    "platform": mark("your device and its system"),
    "other": mark("other"),
}


def uploaders(inputs: MirrorInputs) -> dict[str, Any]:
    """Who gave contact data of the owner to a network; most ads first, then by name."""
    table = inputs.mirror["advertisers"]
    held = table.filter(pc.and_(pc.fill_null(table["by_list"], fill_value=False), pc.is_valid(table["advertiser"])))
    order = [("n_shown", "descending"), ("advertiser", "ascending"), ("platform", "ascending")]
    rows = held.select(["advertiser", "platform", "n_shown"]).sort_by(order)
    names = [safe_words(name, longest=60) for name in rows["advertiser"].slice(0, sum(_UPLOADERS)).to_pylist()]
    return {
        "n": rows.num_rows,
        "first": names[: _UPLOADERS[0]],
        "others": names[_UPLOADERS[0] :],
        "n_more": max(0, rows.num_rows - sum(_UPLOADERS)),
    }


def n_uploaded(inputs: MirrorInputs) -> int:
    """Advertisers that uploaded contact data, whether named or not."""
    return int(pc.sum(inputs.mirror["advertisers"]["by_list"]).as_py() or 0)


def criteria(inputs: MirrorInputs, language: Language) -> dict[str, Any]:
    """What ads were aimed by: each class, and the values most in use where the page is for the owner alone."""
    table = inputs.mirror["criteria"]
    classes = [
        {
            "class": row["class"],
            "label": class_words(row["class"], language),
            "n_shown": row["n_shown_sum"],
            "n_criteria": row["value_count"],
        }
        for row in table.group_by("class").aggregate([("n_shown", "sum"), ("value", "count")]).to_pylist()
    ]
    classes.sort(key=lambda row: (-(row["n_shown"] or 0), str(row["class"])))
    order = [("n_shown", "descending"), ("type", "ascending"), ("value", "ascending")]
    rows = [] if inputs.is_shared else table.sort_by(order).slice(0, _CRITERIA).to_pylist()
    return {
        "n": table.num_rows,
        "classes": classes,
        "most": [
            {
                "platform": platform_name(row["platform"]),
                "type": safe_words(row["type"] or "", longest=60),
                "value": safe_words(row["value"] or "", longest=80),
                "label": class_words(row["class"], language),
                "n_shown": row["n_shown"],
                "n_advertisers": row["n_advertisers"],
            }
            for row in rows
        ],
    }


def aim(inputs: MirrorInputs, language: Language) -> dict[str, Any]:
    """By how many kinds of criteria ads were aimed at the owner, month by month, and whether it grows."""
    say, trends = language.say, [row for row in inputs.rows("ad_trend") if row["n_shown"] or row["n_untold"]]
    trend = max(trends, key=lambda row: (row["n_shown"], row["platform"]), default=None)
    if trend is None:
        return {"sentences": [], "months": []}
    if trend["verdict"] == "untold":
        untold = mark("Your archives do not tell by what the ads were aimed: that is not the same as no aim.")
        return {"sentences": [say(untold)], "months": [], **trend}
    verdict = say(_VERDICTS[trend["verdict"]], months=FEWEST_MONTHS, ads=FEWEST_ADS)
    n = language.plural("one ad", "{n} ads", trend["n_shown"])
    said = mark("{verdict} Of {n} with a known month, an average ad was aimed at you by {mean} kinds of criteria.")
    found = [say(said, verdict=verdict, n=n, mean=language.number(trend["fineness"], 1))]
    if trend["trend"] is not None:
        change, low, high = (signed(trend[name], language) for name in ("trend", "low", "high"))
        each = mark("Each month it changes by {change} (interval {low} to {high}).")
        found.append(say(each, change=change, low=low, high=high))
    held = [row for row in inputs.rows("ad_months") if row["platform"] == trend["platform"]]
    months = []
    for month in sorted({row["month"] for row in held if row["month"] is not None})[-_MONTHS:]:
        n_by = {row["criteria_class"]: row["n_shown"] for row in held if row["month"] == month}
        told = n_by.get(ANY, 0) - n_by.get(UNTOLD, 0)
        parts = [sum(n_by.get(way, 0) for way in ways) / told if told else None for _, ways, _ in GROUPS]
        months.append(
            {
                "month": month, "words": month_words(month, language), "n_shown": told, "parts": parts,
                "fineness": sum(part or 0.0 for part in parts) if told else None,
            }
        )  # fmt: skip
    labels = [say(words) for words, _, _ in GROUPS]
    return {
        **trend,
        "sentences": found,
        "months": months,
        "labels": labels,
        "platform": platform_name(trend["platform"]),
    }


_MONTHS: Final = 24
_VERDICTS: Final = {
    "finer": mark("Ads are aimed at you more and more finely."),
    "coarser": mark("Ads are aimed at you less and less finely."),
    "flat": mark("Whether the aim grows finer cannot be told: no trend stands out."),
    "too_few": mark(
        "Whether the aim grows finer cannot be told: it takes {months} months with at least {ads} ads each."
    ),
}


def inferred(inputs: MirrorInputs, language: Language) -> dict[str, Any]:
    """What the platforms think that the owner is, by platform and type; of a shared page only how much."""
    table = inputs.mirror["inferred"]
    groups: list[dict[str, Any]] = []
    if not inputs.is_shared:
        order = [("platform", "ascending"), ("type", "ascending"), ("value", "ascending")]
        kinds = table.group_by(["platform", "class", "type"]).aggregate([("value", "count")])
        kinds = kinds.sort_by([("platform", "ascending"), ("value_count", "descending"), ("type", "ascending")])
        for kind in kinds.slice(0, _TYPES).to_pylist():
            here = _where(table, {name: kind[name] for name in ("platform", "class", "type")}).sort_by(order)
            values = [safe_words(value or "", longest=60) for value in here["value"].slice(0, _VALUES).to_pylist()]
            groups.append(
                {
                    "platform": platform_name(kind["platform"]),
                    "type": safe_words(kind["type"] or "", longest=60) or class_words(kind["class"], language),
                    "n": here.num_rows,
                    "values": [value for value in values if value],
                    "n_more": max(0, here.num_rows - _VALUES),
                }
            )
    return {"n": table.num_rows, "groups": groups, "n_more": max(0, _n_kinds(table) - _TYPES) if groups else 0}


def trackers(inputs: MirrorInputs) -> dict[str, Any]:
    """Sites and apps that told a network what the owner did there, most events first."""
    table = inputs.mirror["trackers"]
    order = [("n_events", "descending"), ("site", "ascending")]
    rows = [] if inputs.is_shared else table.sort_by(order).slice(0, _TRACKERS).to_pylist()
    return {
        "n": table.num_rows,
        "n_events": int(pc.sum(table["n_events"]).as_py() or 0),
        "platforms": [platform_name(one) for one in pc.unique(table["platform"]).to_pylist()],
        "first": [
            {
                "site": safe_words(row["site"] or "", longest=60),
                "platform": platform_name(row["platform"]),
                "n_events": row["n_events"],
                "since": row["first_at"],
                "until": row["last_at"],
            }
            for row in rows
        ],
    }


def class_words(name: str | None, language: Language) -> str:
    """What a class of criteria asks for; one that is not known stands as other."""
    return language.say(CLASSES.get(name or "other", CLASSES["other"]))


def _n_kinds(table: pa.Table) -> int:
    return int(table.group_by(["platform", "class", "type"]).aggregate([]).num_rows)


def _where(table: pa.Table, wanted: dict[str, Any]) -> pa.Table:
    for name, value in wanted.items():
        mask = pc.is_null(table[name]) if value is None else pc.equal(table[name], value)
        table = table.filter(pc.fill_null(mask, fill_value=False))
    return table

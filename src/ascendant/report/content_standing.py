"""Counts of the standings -> the bar of a briefing, its table, and how much is known of the accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ascendant.errors import mark
from ascendant.report import findings
from ascendant.report.drawn import Drawn
from ascendant.report.figures import SIGNS, standing_svg
from ascendant.report.inputs import MARKS, BriefingInputs
from ascendant.report.language import Language
from ascendant.report.naming import safe_words

COLON: Final = {"en": ":", "fr": "\u202f:"}
MARK_WORDS: Final = {
    "strong": mark("strong evidence"),
    "fair": mark("fair evidence"),
    "weak": mark("weak evidence"),
    "none": mark("next to no evidence"),
}


def standing_content(inputs: BriefingInputs, language: Language, *, small: bool) -> dict[str, Any]:
    """The bar of the standings with its table, and how much is known of the accounts."""
    counts = inputs.standing_counts
    sides = {side: getattr(counts, side) for side in SIGNS}
    slight = {
        "influencer": counts.slight_influencer,
        "influenced": counts.slight_influenced,
        "both": 0,
    }
    parts: list[tuple[str, str, int]] = []  # side, fill, count: in the order of the bar
    for side in ("influencer", "both", "influenced"):
        presumed = counts.presumed if side == "influenced" else 0
        parts.append((side, side, sides[side] - slight[side] - presumed))
        parts += [(side, f"slight-{side}", slight[side])] if side != "both" else []
        parts += [(side, "presumed", presumed)] if side == "influenced" else []
    total = counts.total
    legend: list[dict[str, Any]] = [
        {
            "side": side,
            "fill": fill,
            "label": language.say(_FILLS[fill]),
            "count": count,
            "share": language.percent(count / total) if total else "–",
        }
        for side, fill, count in parts
        if count or fill == side
    ]
    title = findings.standings_title(sides, counts.presumed, language, small=small)
    spoken = "; ".join(f"{row['label']}{COLON[language.code]} {language.number(row['count'])}" for row in legend)
    marks = [
        {"mark": language.say(MARK_WORDS[name]), "key": name, "count": inputs.evidence_counts.get(name, 0)}
        for name in MARKS
    ]
    drawing = standing_svg([(count, fill) for _, fill, count in parts], label=spoken) if total else None
    return {
        **sides,
        "slight": counts.slight_influencer + counts.slight_influenced,
        "presumed": counts.presumed,
        "title": title,
        "parts": legend,
        "evidence": {name: inputs.evidence_counts.get(name, 0) for name in MARKS},
        "marks": Drawn(marks),
        "drawing": Drawn(drawing),
    }


def word_for(words: Mapping[str, str], key: str, language: Language) -> str:
    """What a code of ours is called; a code of another reader stands as it is."""
    return language.say(words[key]) if key in words else safe_words(key)


_FILLS: Final = {
    "influencer": mark("influence"),
    "slight-influencer": mark("influence, slightly"),
    "both": mark("influence and are influenced"),
    "influenced": mark("are influenced"),
    "slight-influenced": mark("are influenced, slightly"),
    "presumed": mark("are presumed to be influenced"),
}

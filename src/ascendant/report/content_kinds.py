"""Ties and kinds -> the section "What kinds move what kinds" of a briefing: acts that name others' items, by kind.

Aggregates alone: a flow from fewer than ten accounts is left out. Companies, causes, media and institutions are
organisations or public figures; of kinds that hold private persons the influencers too must be ten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.patterns.kinds.influencers import KINDS, UNDETERMINED
from ascendant.patterns.kinds.sorts import ROLES
from ascendant.patterns.options import PatternOptions
from ascendant.report.charts.called import source_words
from ascendant.report.charts.chart import FEWEST_PERSONS, Column
from ascendant.report.charts.theme import HALF, WIDE
from ascendant.report.drawn import Drawn
from ascendant.report.inputs import BriefingInputs
from ascendant.report.kinds_sankey import Band, Node, sankey_svg
from ascendant.report.language import Language

_OF_PERSONS: Final = ("individual", UNDETERMINED)  # kinds of influencers that may hold private persons
_MOVING: Final = (*KINDS, UNDETERMINED)
_MOVED: Final = (*ROLES, UNDETERMINED)
_CLEAR: Final = 0.5  # of the acts: "most"


@dataclass
class _Cell:
    """What accounts of one kind moved accounts of another to do."""

    n: int = 0
    sources: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)


def kinds_content(inputs: BriefingInputs, language: Language) -> dict[str, Any] | None:
    """What a page and its JSON say of it; None where kinds were not asked for."""
    tables = inputs.tables
    if "kinds" not in tables or "ties" not in tables:
        return None
    say = language.say
    cells = _cells(tables["ties"], tables["kinds"])
    shown = {key: cell for key, cell in cells.items() if _is_aggregate(key, cell)}
    if not shown:
        return {
            "title": say(mark("Too few accounts are seen to move others to tell which kinds move which")),
            "reason": say(mark("No flow between two kinds rests on ten accounts or more; smaller ones are not shown.")),
        }
    left_out = [cell for key, cell in cells.items() if key not in shown]
    total = sum(cell.n for cell in shown.values())
    by_source = {kind: sum(cell.n for (one, _), cell in shown.items() if one == kind) for kind in _MOVING}
    by_target = {kind: sum(cell.n for (_, one), cell in shown.items() if one == kind) for kind in _MOVED}
    title = _title(by_source, total, language)
    told = {
        "title": title,
        "sentences": [
            _unsure(by_source, total, language),
            say(mark("Kinds of those who are moved describe what they were seen to do; they say nothing of opinions.")),
        ],
        "n_acts": total,
        "influencers": {kind: n for kind, n in by_source.items() if n},
        "influenced": {kind: n for kind, n in by_target.items() if n},
        "flows": [
            {
                "influencer": source,
                "influenced": target,
                "n_acts": cell.n,
                "share": cell.n / total,
                "n_influencers": len(cell.sources),
                "n_influenced": len(cell.targets),
            }
            for (source, target), cell in sorted(shown.items(), key=lambda one: (-one[1].n, one[0]))
        ],
    }
    return {**told, "chart": _chart(told, left_out, inputs, language)}


def _cells(ties: pa.Table, kinds: pa.Table) -> dict[tuple[str, str], _Cell]:
    """Moved acts and accounts by kinds; where an account has no kind on a side, that is undetermined."""
    moved = ties.filter(pc.greater(ties["n_moved"], 0))
    moving, being_moved = (
        dict(zip(kinds["account_id"].to_pylist(), kinds[name].to_pylist(), strict=True))
        for name in ("kind_as_influencer", "kind_as_influenced")
    )
    cells: dict[tuple[str, str], _Cell] = {}
    columns = (moved[name].to_pylist() for name in ("source_id", "target_id", "n_moved"))
    for source, target, n in zip(*columns, strict=True):
        key = moving.get(source) or UNDETERMINED, being_moved.get(target) or UNDETERMINED
        cell = cells.setdefault(key, _Cell())
        cell.n += n
        cell.sources.add(source)
        cell.targets.add(target)
    return cells


def _is_aggregate(key: tuple[str, str], cell: _Cell) -> bool:
    enough = len(cell.sources) >= FEWEST_PERSONS or key[0] not in _OF_PERSONS
    return enough and len(cell.targets) >= FEWEST_PERSONS


def _title(by_source: dict[str, int], total: int, language: Language) -> str:
    first = max(by_source, key=lambda kind: by_source[kind])
    share = by_source[first] / total
    words = _MOST if share > _CLEAR else _FIRST
    return language.say(words[first], share=language.percent(share))


def _unsure(by_source: dict[str, int], total: int, language: Language) -> str:
    return language.say(
        mark(
            "Kinds of those who move others are best guesses from profiles, posts and behaviour. Below a probability of"
            " {least} the kind is left undetermined: so for {share} of these acts, which could belong to any kind."
        ),
        least=language.percent(PatternOptions().kind_shown_from),
        share=language.percent(by_source[UNDETERMINED] / total),
    )


def _chart(told: dict[str, Any], left_out: list[_Cell], inputs: BriefingInputs, language: Language) -> dict[str, Any]:
    say, total = language.say, told["n_acts"]
    bands = [
        Band(one["influencer"], one["influenced"], one["n_acts"], language.number(one["n_acts"]))
        for one in told["flows"]
    ]

    def nodes(counts: dict[str, int], words: dict[str, str]) -> list[Node]:
        ordered = sorted(counts, key=lambda kind: (kind == UNDETERMINED, -counts[kind]))
        return [Node(kind, say(words[kind]), language.percent(counts[kind] / total)) for kind in ordered]

    left, right = nodes(told["influencers"], MOVING_WORDS), nodes(told["influenced"], MOVED_WORDS)
    heads = say(mark("who moves")), say(mark("who is moved"))
    first = told["flows"][0]
    alt = say(
        mark("{title}. The largest flow: {n} acts, {source} to {target}."),
        title=told["title"],
        n=first["n_acts"],
        source=say(MOVING_WORDS[first["influencer"]]),
        target=say(MOVED_WORDS[first["influenced"]]),
    )
    wide, narrow = (
        sankey_svg(bands, left, right, heads=heads, alt=alt, width=width) for width in (float(WIDE), float(HALF))
    )
    columns = (
        Column(say(mark("Who moves")), is_number=False), Column(say(mark("Who is moved")), is_number=False),
        Column(say(mark("Acts moved"))), Column(say(mark("Share"))), Column(say(mark("Accounts that move"))),
        Column(say(mark("Accounts moved"))),
    )  # fmt: skip
    rows = [
        (
            say(MOVING_WORDS[one["influencer"]]), say(MOVED_WORDS[one["influenced"]]), language.number(one["n_acts"]),
            language.percent(one["share"]), language.number(one["n_influencers"]),
            language.number(one["n_influenced"]),
        )
        for one in told["flows"]
    ]  # fmt: skip
    return {
        "key": "kinds-flows",
        "title": told["title"],
        "reading": say(
            mark(
                "The thickness of a band is the number of acts that name an item of an account on the left. Targets"
                " mostly write for themselves; consumers pass on and seldom add a word; relays amplify one group"
                " without a sign of coordinating with it."
            )
        ),
        "n": language.plural("one act that names another account's item", "{n} acts that name another account's item",
                             total),
        "notes": [_left_out(left_out, language)] if left_out else [],
        "source": source_words(
            language, platforms=inputs.platforms, n_files=inputs.counts.files, since=inputs.since, until=inputs.until
        ),
        "drawing": Drawn(wide),
        "narrow": Drawn(narrow),
        "table": Drawn({"columns": columns, "rows": rows, "n_more": 0}),
    }  # fmt: skip


def _left_out(cells: list[_Cell], language: Language) -> str:
    """How many acts the small flows hold: only where their sum is an aggregate itself."""
    accounts = set().union(*(cell.targets for cell in cells))
    if len(cells) < 2 or len(accounts) < FEWEST_PERSONS:
        return language.say(mark("Flows from fewer than ten accounts are left out."))
    return language.plural(
        "Flows from fewer than ten accounts are left out: one act.",
        "Flows from fewer than ten accounts are left out: {n} acts.",
        sum(cell.n for cell in cells),
    )


MOVING_WORDS: Final = {
    "company": mark("companies"),
    "cause": mark("causes"),
    "individual": mark("individuals"),
    "media": mark("media outlets"),
    "institution": mark("institutions"),
    UNDETERMINED: mark("undetermined"),
}
MOVED_WORDS: Final = {
    "target": mark("targets"),
    "consumer": mark("consumers"),
    "relay": mark("relays"),
    UNDETERMINED: mark("undetermined"),
}
_MOST: Final = {
    "company": mark("Companies move most: {share} of the acts that name another account's item"),
    "cause": mark("Causes move most: {share} of the acts that name another account's item"),
    "individual": mark("Individuals move most: {share} of the acts that name another account's item"),
    "media": mark("Media move most: {share} of the acts that name another account's item"),
    "institution": mark("Institutions move most: {share} of the acts that name another account's item"),
    UNDETERMINED: mark("What moves most is of no clear kind: {share} of the acts that name another account's item"),
}
_FIRST: Final = {
    "company": mark("No kind moves most; companies come first, with {share} of the acts that name another's item"),
    "cause": mark("No kind moves most; causes come first, with {share} of the acts that name another's item"),
    "individual": mark("No kind moves most; individuals come first, with {share} of the acts that name another's item"),
    "media": mark("No kind moves most; media come first, with {share} of the acts that name another's item"),
    "institution": mark(
        "No kind moves most; institutions come first, with {share} of the acts that name another's item"
    ),
    UNDETERMINED: mark("No kind moves most; {share} of the acts that name another's item are of no clear kind"),
}

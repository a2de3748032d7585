"""The inferred layer -> its section of a briefing: sentences, limits, raw figures, what the first accounts moved."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.report import inferred_words
from ascendant.report.drawn import Drawn, Words
from ascendant.report.inferred import Inferred, Untold, dated
from ascendant.report.inputs import BriefingInputs
from ascendant.report.language import Language
from ascendant.report.naming import Names

SHOWN_ACCOUNTS: Final = 8


def inferred_content(
    found: Inferred | Untold | None, inputs: BriefingInputs, names: Names, language: Language
) -> dict[str, Any] | None:
    """What a page and its JSON say of it; None where nothing was asked for, or where a study is too small to conclude.

    `status` is `told`, `chance` (it cannot be told from chance) or `unknown`. Shares are of all acts since `since`,
    `raw` and `null` of those that name nobody; `inferred` is signed, and nothing is added up but in `influenced`.
    """
    if found is None:
        return None
    if isinstance(found, Untold):
        return {"status": "unknown", "reason": inferred_words.reason(found, language)}
    marks = found.hundred
    return {
        "status": "told" if found.is_told else "chance",
        "title": inferred_words.title(found, language),
        "sentences": [Words(sentence.pieces(language)) for sentence in inferred_words.sentences(found, language)],
        "since": found.since,
        "n": found.n,
        "n_silent": found.n_silent,
        "named": found.named,
        "inferred": {"estimate": found.share, "low": found.low, "high": found.high},
        "influenced": dict(zip(("estimate", "low", "high"), found.whole, strict=True)),
        "raw": found.raw,
        "null": found.null,
        "of_100_acts": {
            "named": marks.named, "inferred": marks.inferred, "unknown": marks.unknown, "strangers": marks.strangers,
        },
        "basis": list(inferred_words.basis(found, language)),
        "caveats": [language.caveat(dated(names.in_caveat(caveat))) for caveat in found.caveats],
        "since_words": Drawn(language.date(found.since)),
        "accounts": _accounts(inputs, names, language) if found.is_told else [],
    }  # fmt: skip


def _accounts(inputs: BriefingInputs, names: Names, language: Language) -> list[dict[str, Any]]:
    """Of the first accounts of the tiers, in their order: what each moved since then, with and without a link."""
    table = inputs.tables.get("influence")
    if table is None or "n_moves" not in table.column_names:
        return []
    first = inputs.tiers["account_id"].slice(0, SHOWN_ACCOUNTS).to_pylist()
    theirs = table.filter(pc.is_in(table["account_id"], pa.array(first, pa.string()))).to_pylist()
    moved = {row["account_id"]: row for row in theirs if row["n_moves"] is not None}
    return [_account(moved[one], names, language) for one in first if one in moved]


def _account(row: dict[str, Any], names: Names, language: Language) -> dict[str, Any]:
    return {
        "account": names.shown(row["account_id"]),
        "is_named": names.is_shown(row["account_id"]),
        **{name: row[name] for name in _MEASURES},
        "moves": Drawn(_with_interval(row, "n_moves", "moves", language)),
        "transitive": Drawn(_with_interval(row, "n_transitive", "transitive", language)),
    }


def _with_interval(row: dict[str, Any], name: str, ends: str, language: Language) -> tuple[str, str]:
    """The number, and its interval unless both ends are the number itself."""
    low, high = row[f"{ends}_low"], row[f"{ends}_high"]
    shown, interval = language.number(row[name], 0), language.interval(low, high)
    return shown, "" if language.number(low, 0) == language.number(high, 0) == shown else interval


_MEASURES: Final = "n_moves moves_low moves_high n_moves_silent n_transitive transitive_low transitive_high".split()

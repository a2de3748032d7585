"""Tiers of a study -> the table of a briefing: who moves most, each with its interval, its side and one post."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import mark
from ascendant.report import findings
from ascendant.report.content_standing import MARK_WORDS, word_for
from ascendant.report.drawn import Drawn
from ascendant.report.figures import Scale, axis_svg, interval_svg
from ascendant.report.inputs import BriefingInputs
from ascendant.report.language import Language
from ascendant.report.naming import Names

SHOWN_ACCOUNTS: Final = 20


def tiers_content(inputs: BriefingInputs, names: Names, language: Language, *, small: bool) -> dict[str, Any]:
    """The first accounts, tier by tier, each with its interval, its side and one post."""
    title = findings.tiers_title(leaders(inputs, names), language, small=small)
    shown = inputs.tiers.slice(0, SHOWN_ACCOUNTS).to_pylist()
    wanted = pa.array([row["account_id"] for row in shown], pa.string())
    theirs = inputs.standing.filter(pc.is_in(inputs.standing["account_id"], wanted))
    standing = {row["account_id"]: row for row in theirs.to_pylist()}
    scale = Scale.of([row[end] for row in shown for end in ("low", "high", "n_moved_by_it")], is_wide=True)
    rows = [_row(inputs, names, row, standing.get(row["account_id"]), scale, language) for row in shown]
    numbers = sorted({row["tier"] for row in rows})
    return {
        "title": title,
        "n_accounts": pc.sum(pc.greater(inputs.standing["n_moved_by_it"], 0)).as_py() or 0,
        "n_shown": len(rows),
        "axis": Drawn(axis_svg(language.number(scale.low), language.number(scale.high))),
        "is_log": Drawn(bool(rows) and scale.is_log),
        "has_upper_bounds": any(row["known"].get("rate_is_upper_bound") for row in rows),
        "tiers": [{"tier": one, "accounts": [row for row in rows if row["tier"] == one]} for one in numbers],
    }


def leaders(inputs: BriefingInputs, names: Names) -> list[str]:
    """The accounts of the first tier, which cannot be told apart."""
    tiers = inputs.tiers
    first = tiers["tier"][0].as_py() if tiers.num_rows else None
    rows = zip(tiers["tier"].to_pylist(), tiers["account_id"].to_pylist(), strict=True)
    return [names.shown(account_id) for tier, account_id in rows if tier == first]


def _row(
    inputs: BriefingInputs,
    names: Names,
    row: dict[str, Any],
    standing: dict[str, Any] | None,
    scale: Scale,
    language: Language,
) -> dict[str, Any]:
    account_id = row["account_id"]
    account = names.shown(account_id)
    counted, interval = language.number(row["n_moved_by_it"]), language.interval(row["low"], row["high"])
    label = language.say(
        mark("{who} moved {count} acts, interval {interval}"), who=account, count=counted, interval=interval
    )
    known: dict[str, Any] = {}
    if standing is not None:
        side = standing["standing"]
        known = {
            "standing": side,
            "standing_label": language.say(_SIDES[side]),
            "is_slight": bool(standing["is_slight"]),
            "is_presumed": bool(standing["is_presumed"]),
            "probability": standing[f"p_{side}"],
            "likely": Drawn(language.chance(standing[f"p_{side}"])),
            **{name: standing[name] for name in _MEASURES},
            "evidence": standing["evidence"],
            "evidence_label": word_for(MARK_WORDS, standing["evidence"], language),
        }
    return {
        "account": account,
        "is_named": names.is_shown(account_id),
        "tier": row["tier"],
        "n_moved_by_it": row["n_moved_by_it"],
        "low": row["low"],
        "high": row["high"],
        "reach": row["reach"],
        "known": known,
        "post": shown_post(inputs, names, row["evidence"] or (), language),
        "drawing": Drawn(interval_svg(scale, row["n_moved_by_it"], row["low"], row["high"], label=label)),
    }


def shown_post(inputs: BriefingInputs, names: Names, act_ids: Any, language: Language) -> dict[str, Any] | None:
    """The first of the evidence posts whose words may be shown."""
    for act_id in act_ids:
        post = inputs.posts.get(act_id)
        words = post and names.words(post.text, post.writer_id)
        if post is not None and words:
            passed = post.actor_id != post.writer_id
            return {
                "text": words,
                "writer": names.shown(post.writer_id),
                "url": names.link(post.url, post.writer_id),
                "by": names.shown(post.actor_id) if passed else None,
                "did": language.say(_DID.get(post.verb, _DID["post"])),
                "happened_at": post.happened_at,
            }
    return None


_DID: Final = {
    "post": mark("posted"),
    "repost": mark("passed on by"),
    "quote": mark("quoted by"),
    "reply": mark("answered by"),
}
_SIDES: Final = {"influencer": mark("influences"), "influenced": mark("is influenced"), "both": mark("both")}
_MEASURES: Final = (
    "n_acts n_moved influenced_share share_low share_high influence_rate rate_low rate_high rate_is_upper_bound"
    " p_influencer p_influenced p_both".split()
)

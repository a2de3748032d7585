"""What others did with the owner's items: as the platform counts it, and who did it where that is told."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.patterns.mirror.acts import CONVERSATION, Acts
from ascendant.patterns.mirror.owner import Owner, Questions
from ascendant.patterns.mirror.tables import SCHEMAS

_COUNTED = ("likes", "reposts", "replies", "quotes", "views")


def audience(questions: Questions, owner: Owner) -> pa.Table:
    """One row for each platform on which the owner wrote anything, or where statistics tell of it."""
    table = questions.ask("mirror_audience", **owner.relations)
    return table.select(SCHEMAS["audience"].names).cast(SCHEMAS["audience"])


def moved(responses: pa.Table, likes: pa.Table) -> pa.Table:
    """Who responded, those who did most first. Responses of nobody knows whom are not here (`n_unnamed`)."""
    acts = responses.filter(pc.and_(pc.greater(responses["n_first"], 0), responses["other_id"].is_valid()))
    acts = acts.rename_columns([_RENAMED.get(name, name) for name in acts.column_names])
    theirs = likes.filter(pc.and_(pc.invert(likes["is_mine"]), likes["other_id"].is_valid()))
    rows = pa.concat_tables(
        [
            acts.select(["platform", "other_id", "verb", "n"]).cast(_ROWS),
            theirs.select(["platform", "other_id", "verb", "n"]).cast(_ROWS),
        ]
    )
    columns = {"platform": rows["platform"], "account_id": rows["other_id"]}
    for name, verbs in _OF_VERB.items():
        is_it = pc.is_in(rows["verb"], pa.array(verbs))
        columns[name] = pc.if_else(is_it, rows["n"], 0)
    summed = pa.table(columns).group_by(["platform", "account_id"], use_threads=False)
    table = summed.aggregate([(name, "sum") for name in _OF_VERB])
    table = table.rename_columns(["platform", "account_id", *_OF_VERB]).select(SCHEMAS["moved"].names)
    order = [("n", "descending"), ("n_likes", "descending"), ("platform", "ascending"), ("account_id", "ascending")]
    return table.cast(SCHEMAS["moved"]).sort_by(order)


_ROWS = pa.schema([("platform", pa.string()), ("other_id", pa.string()), ("verb", pa.string()), ("n", pa.int64())])
_RENAMED = {"n_first": "n"}
_OF_VERB = {
    "n": ["repost", "quote", "reply"],
    "n_reposts": ["repost"],
    "n_quotes": ["quote"],
    "n_replies": ["reply"],
    "n_likes": ["react", "vote"],
}


def n_unnamed(responses: pa.Table) -> int:
    """Responses of which nothing tells whose they are."""
    unnamed = responses.filter(pc.invert(responses["other_id"].is_valid()))
    return int(pc.sum(unnamed["n_first"]).as_py() or 0)


def moved_at_least(
    acts: Acts, responses: pa.Table, audience: pa.Table, answers: pa.Table, owner: Owner
) -> dict[str, int | None]:
    """By platform, how many acts of others the owner moved, at least; None where the archive tells nothing of it.

    The platform's own counts, or the responses that are held where these are more. Of the counted replies those to
    oneself, which the archive has, are taken off.
    """
    counted = {row["platform"]: row for row in audience.to_pylist()}
    heard = {row["platform"] for row in answers.to_pylist() if row["topic"] == "responses" and _is_told(row)}
    found: dict[str, int | None] = {}
    for number, platform in enumerate(acts.platforms):
        row = counted.get(platform, {})
        n_self = int(acts.n[(acts.platform == number) & (acts.kind == CONVERSATION) & acts.is_self].sum())
        told = [row[name] for name in ("reposts", "quotes") if row.get(name) is not None]
        if row.get("replies") is not None:
            told.append(max(0, row["replies"] - n_self))
        here = responses.filter(pc.equal(responses["platform"], platform))
        if told or here.num_rows or platform in heard or platform in owner.collected:
            found[platform] = max(sum(told), int(np.sum(here["n_first"].to_numpy())))
        else:
            found[platform] = None
    return found


def _is_told(row: dict[str, object]) -> bool:
    return row["status"] in ("parsed", "empty")

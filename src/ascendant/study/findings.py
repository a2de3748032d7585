"""A question to a study -> its findings: those kept in `results/` where they are fresh, else made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat
from ascendant.infer.figure import Figure
from ascendant.report.inputs import EvidencePost
from ascendant.store.duckdb import Questions, asking
from ascendant.store.options import Question
from ascendant.store.parts import reading
from ascendant.study.importing import Progress, no_progress
from ascendant.study.kept import keep, made_from, take
from ascendant.study.options import DEFAULTS, FindOptions

TABLES: Final = tuple(
    "named_by ties communities cascades influence moved_acts passed_by doses standing spheres tiers topics"
    " topic_times community_topics rhythm hours flows borders map map_discs advertising advertisers"
    " advertising_audience advertising_trends groups group_members group_objects relays group_spread"
    " kinds kind_terms influenced_behaviour".split()
)
_ACCOUNTS: Final = "accounts"  # kept beside the tables


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Tables by name (of `TABLES` those asked for), the four figures, the accounts as far as known, and the limits.

    `made_from` tells the version of the study, the code, the options and the seeds behind them.
    """

    question: Question
    made_from: dict[str, Any]
    tables: dict[str, pa.Table]
    figures: tuple[Figure, ...]
    accounts: pa.Table
    posts: dict[str, EvidencePost]
    n_rows: int
    platforms: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None
    caveats: tuple[Caveat, ...]

    @property
    def standing(self) -> pa.Table:
        """One row per account that was seen: columns of `patterns.standing.STANDING`."""
        return self.tables["standing"]


def find(
    folder: Path,
    question: Question,
    options: FindOptions = DEFAULTS,
    *,
    tables: Sequence[str] = TABLES,
    progress: Progress = no_progress,
) -> Findings:
    """Answer a question to the study.

    What the whole study answers is kept in `results/`, and taken from there as long as the same would be made again:
    `tables` says which tables are needed then. Raises `NothingToStudy` when no row is left to ask about.
    """
    if question.is_whole:
        with reading(folder) as manifest:
            origin = made_from(manifest.version(), options)
        found = take(folder, [*tables, _ACCOUNTS], origin)
        restored = None if found is None else _restored(question, origin, *found)
        if restored is not None:
            return restored
    from ascendant.study.rooms import answer  # noqa: PLC0415  what is kept needs no numba and no scipy

    with asking(folder, question) as questions:
        findings = answer(questions, question, options, progress)
    if question.is_whole and _is_current(folder, findings):
        keep(folder, {**findings.tables, _ACCOUNTS: findings.accounts}, _facts(findings), findings.made_from)
    return findings


def _is_current(folder: Path, findings: Findings) -> bool:
    """Whether the study is what it was: rows that were forgotten meanwhile must not come back in a result."""
    with reading(folder) as manifest:
        return manifest.version() == int(findings.made_from["study_version"])


def evidence_posts(questions: Questions, act_ids: list[str]) -> dict[str, EvidencePost]:
    """The posts of these ids that the study holds."""
    wanted = pa.table({"activity_id": pa.array(act_ids, pa.string())})
    return {
        row["activity_id"]: EvidencePost(
            act_id=row["activity_id"],
            actor_id=row["actor_id"],
            writer_id=row["object_author_id"] if row["verb"] == "repost" else row["actor_id"],
            verb=row["verb"],
            text=row["text"],
            url=_link(row),
            happened_at=row["happened_at"],
        )
        for row in questions.ask("posts", wanted=wanted).to_pylist()
    }


def writers_of(findings: Findings) -> pa.Table:
    """Who wrote which post (act_id, account_id), of all posts that are held as evidence or named by an act."""
    parts = [
        pa.table(
            {
                "act_id": pa.array([_item(post.act_id, post.url) for post in findings.posts.values()], pa.string()),
                "account_id": pa.array([post.writer_id for post in findings.posts.values()], pa.string()),
            }
        )
    ]
    if "named_by" in findings.tables:
        named = findings.tables["named_by"]
        written = named.filter(pc.not_equal(named["verb"], "repost"))  # the page of a repost is that of another's post
        parts += [
            rows.select(columns).rename_columns(["act_id", "account_id"])
            for rows, columns in ((written, ["act_id", "actor_id"]), (named, ["object_id", "author_id"]))
        ]
    return pa.concat_tables(parts, promote_options="default")


def _item(act_id: str, url: str | None) -> str:
    """The post that evidence shows: of a repost, what was passed on."""
    return act_id if url is None else f"x:{url.rpartition('/')[2]}"


def _link(row: dict[str, str | None]) -> str | None:
    """Where the words of a row stand on X; other platforms have no link that an id alone gives."""
    item = row["object_id"] if row["verb"] == "repost" else row["activity_id"]
    if row["platform"] != "x" or item is None or not item.removeprefix("x:").isdigit():
        return None
    return f"https://x.com/i/status/{item.removeprefix('x:')}"


def _facts(findings: Findings) -> dict[str, Any]:
    """All but the tables, as JSON has it."""
    return {
        "figures": [asdict(figure) for figure in findings.figures],
        "posts": [{**asdict(post), "happened_at": _written(post.happened_at)} for post in findings.posts.values()],
        "n_rows": findings.n_rows,
        "platforms": findings.platforms,
        "first_at": _written(findings.first_at),
        "last_at": _written(findings.last_at),
        "caveats": [asdict(caveat) for caveat in findings.caveats],
    }


def _restored(
    question: Question, origin: dict[str, Any], tables: dict[str, pa.Table], facts: Mapping[str, Any]
) -> Findings | None:
    """Findings as they were kept; None where somebody has changed the facts."""
    try:
        posts = [EvidencePost(**{**post, "happened_at": _moment(post["happened_at"])}) for post in facts["posts"]]
        return Findings(
            question=question,
            made_from=origin,
            tables={name: table for name, table in tables.items() if name != _ACCOUNTS},
            figures=tuple(
                Figure(**{**figure, "caveats": tuple(Caveat(**caveat) for caveat in figure["caveats"])})
                for figure in facts["figures"]
            ),
            accounts=tables[_ACCOUNTS],
            posts={post.act_id: post for post in posts},
            n_rows=facts["n_rows"],
            platforms=tuple(facts["platforms"]),
            first_at=_moment(facts["first_at"]),
            last_at=_moment(facts["last_at"]),
            caveats=tuple(Caveat(**caveat) for caveat in facts["caveats"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)

"""Rows of a study -> all that one question to it answers: the rooms `infer` and `patterns`, called in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ascendant.errors import Caveat, NothingToStudy
from ascendant.infer.cascades import find_cascades
from ascendant.infer.communities import find_communities
from ascendant.infer.headline import Figure, headline
from ascendant.infer.named import named_layer
from ascendant.patterns.flows import find_flows
from ascendant.patterns.map import find_map
from ascendant.patterns.rhythm import find_rhythm
from ascendant.patterns.spheres import find_spheres
from ascendant.patterns.standing import find_standing
from ascendant.patterns.tiers import find_tiers
from ascendant.patterns.topics import find_topics
from ascendant.report.inputs import EvidencePost
from ascendant.store.duckdb import Questions, asking
from ascendant.store.files import write_parquet
from ascendant.store.options import Question
from ascendant.store.settings import load_settings
from ascendant.study.importing import Progress, no_progress

TABLES = (
    "named_by ties communities cascades influence standing spheres tiers topics topic_times community_topics"
    " rhythm hours flows borders map map_discs".split()
)
_STEPS = ("named links", "cascades", "communities", "standing", "topics", "the map", "figures")


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Tables by name (`TABLES`), the four figures, the accounts as far as they are known, and what limits it all."""

    question: Question
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


def find(folder: Path, question: Question, *, progress: Progress = no_progress) -> Findings:
    """Answer a question to the study. Tables of the whole study are also kept in `results/`.

    Raises `NothingToStudy` when no row is left to ask about.
    """
    with asking(folder, question) as questions:
        findings = _find(questions, question, progress, load_settings(folder).time_zone)
    if question.is_whole:
        for name, table in findings.tables.items():
            write_parquet(folder / "results" / f"{name}.parquet", table)
    return findings


def _find(questions: Questions, question: Question, progress: Progress, zone: str) -> Findings:
    totals = questions.ask("totals").to_pylist()
    if not totals:
        reason = "no row fits what is asked about" if not question.is_whole else "the study holds no row"
        raise NothingToStudy(reason=reason)

    def step(place: int) -> None:
        progress(_STEPS[place], place, len(_STEPS))

    step(0)
    named = named_layer(questions)
    step(1)
    cascades = find_cascades(questions, named.accounts)
    step(2)
    communities = find_communities(named.ties, named.accounts["account_id"])
    step(3)
    standing = find_standing(named.accounts, communities)
    spheres = find_spheres(named.ties, communities)
    tiers = find_tiers(named.named_by, named.accounts)
    step(4)
    topics = find_topics(questions, named.named_by, communities, zone)
    rhythm = find_rhythm(questions, named.named_by, zone)
    flows = find_flows(named.ties, communities)
    step(5)
    places = find_map(named.ties, communities, standing.standing)
    step(6)
    figures = headline(named.accounts, standing.standing, named.named_by)
    progress(_STEPS[-1], len(_STEPS), len(_STEPS))
    evidence = sorted({act for acts in tiers["evidence"].to_pylist() for act in acts or ()})
    return Findings(
        question=question,
        tables={
            "named_by": named.named_by,
            "ties": named.ties,
            "communities": communities,
            "cascades": cascades.cascades,
            "influence": cascades.influence,
            "standing": standing.standing,
            "spheres": spheres,
            "tiers": tiers,
            "topics": topics.topics,
            "topic_times": topics.topic_times,
            "community_topics": topics.community_topics,
            "rhythm": rhythm.rhythm,
            "hours": rhythm.hours,
            "flows": flows.flows,
            "borders": flows.borders,
            "map": places.accounts,
            "map_discs": places.discs,
        },
        figures=figures,
        accounts=_all_accounts(questions.ask("known_accounts"), standing.standing["account_id"]),
        posts=evidence_posts(questions, evidence),
        n_rows=sum(row["n_rows"] for row in totals),
        platforms=tuple(row["platform"] for row in totals),
        first_at=min((row["first_at"] for row in totals if row["first_at"]), default=None),
        last_at=max((row["last_at"] for row in totals if row["last_at"]), default=None),
        caveats=(*named.caveats, *cascades.caveats, *standing.caveats, *topics.caveats, *rhythm.caveats),
    )


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


def _link(row: dict[str, str | None]) -> str | None:
    """Where the words of a row stand on X; other platforms have no link that an id alone gives."""
    item = row["object_id"] if row["verb"] == "repost" else row["activity_id"]
    if row["platform"] != "x" or item is None or not item.removeprefix("x:").isdigit():
        return None
    return f"https://x.com/i/status/{item.removeprefix('x:')}"


def _all_accounts(known: pa.Table, seen: pa.ChunkedArray) -> pa.Table:
    """The known accounts, and a row of nulls for each other one that was seen."""
    others = pa.table({"account_id": seen}).join(known.select(["account_id"]), "account_id", join_type="left anti")
    return pa.concat_tables([known, others], promote_options="default").sort_by("account_id")


def kept(folder: Path, name: str) -> pa.Table:
    """A table of `results/` as it was last kept."""
    return pq.read_table(folder / "results" / f"{name}.parquet")

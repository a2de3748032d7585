"""Rows of a study -> all that one question to it answers: the rooms `infer` and `patterns`, called in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pyarrow as pa

from ascendant.errors import NothingToStudy, mark
from ascendant.infer.cascades import find_cascades
from ascendant.infer.communities import find_communities
from ascendant.infer.figure import Figure
from ascendant.infer.headline import headline
from ascendant.infer.inferred import Inferred, inferred_layer
from ascendant.infer.named import named_layer
from ascendant.infer.new_topics import new_shares, with_new_topics
from ascendant.patterns.advertising.find import find_advertising
from ascendant.patterns.flows import find_flows
from ascendant.patterns.map import find_map
from ascendant.patterns.rhythm import find_rhythm
from ascendant.patterns.spheres import find_spheres
from ascendant.patterns.standing import find_standing
from ascendant.patterns.tiers import find_tiers
from ascendant.patterns.topics import find_topics
from ascendant.report.content_groups import evidence_acts
from ascendant.store.duckdb import Questions
from ascendant.store.options import Question
from ascendant.study.findings import Findings, evidence_posts
from ascendant.study.groups_and_kinds import find_groups_and_kinds
from ascendant.study.importing import Progress
from ascendant.study.kept import made_from
from ascendant.study.options import FindOptions

SINCE: Final = pa.schema(
    [
        ("since", pa.timestamp("us", tz="UTC")),  # t0: from then on time tells of acts; null of whom it tells nothing
    ]
)
_STEPS: Final = (
    "named links",
    "cascades",
    "influence from time",
    "communities",
    "standing",
    "topics",
    "groups and kinds",
    "the map",
    "figures",
)


def answer(questions: Questions, question: Question, options: FindOptions, progress: Progress) -> Findings:
    """All tables, figures and limits. Raises `NothingToStudy` when no row is left to ask about."""
    totals = questions.ask("totals").to_pylist()
    if not totals:
        nothing = mark("the study holds no row") if question.is_whole else mark("no row fits what is asked about")
        raise NothingToStudy(reason=nothing)

    def step(place: int) -> None:
        progress(_STEPS[place], place, len(_STEPS))

    step(0)
    named = named_layer(questions, options.influence)
    step(1)
    cascades = find_cascades(questions, named.accounts, options.influence)
    step(2)
    inferred = inferred_layer(questions, named.named_by, options.influence)
    moved_acts = with_new_topics(questions, inferred.moved_acts)
    step(3)
    communities = find_communities(named.ties, named.accounts["account_id"], options.influence)
    step(4)
    standing = find_standing(named.accounts, communities, options.patterns, inferred.draws)
    spheres = find_spheres(named.ties, communities, options.patterns)
    tiers = find_tiers(named.named_by, named.accounts, options.patterns)
    step(5)
    topics = find_topics(questions, named.named_by, communities, options.time_zone)
    rhythm = find_rhythm(questions, named.named_by, options.time_zone)
    advertising = find_advertising(questions, options.time_zone)
    flows = find_flows(named.ties, communities)
    known = all_accounts(questions.ask("known_accounts"), standing.standing["account_id"])
    step(6)
    others = find_groups_and_kinds(
        questions,
        named_by=named.named_by,
        communities=communities,
        standing=standing.standing,
        accounts=known,
        advertising=advertising,
        options=options,
    )
    step(7)
    places = find_map(named.ties, communities, standing.standing)
    step(8)
    figures = headline(named.accounts, standing.standing, named.named_by, options.influence)
    progress(_STEPS[-1], len(_STEPS), len(_STEPS))
    evidence = {act for acts in tiers["evidence"].to_pylist() for act in acts or ()}
    return Findings(
        question=question,
        made_from=made_from(questions.version, options),
        tables={
            "named_by": named.named_by,
            "ties": _all_ties(named.ties, inferred.ties),
            "communities": communities,
            "cascades": cascades.cascades,
            "influence": _all_influence(cascades.influence, inferred, new_shares(moved_acts)),
            "moved_acts": moved_acts,
            "passed_by": inferred.passed_by,
            "doses": inferred.doses,
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
            **others.tables,
            **advertising.tables,
        },
        figures=(*figures, *_told(inferred)),
        accounts=known,
        posts=evidence_posts(questions, sorted({*evidence, *evidence_acts(others.tables)})),
        n_rows=sum(row["n_rows"] for row in totals),
        platforms=tuple(row["platform"] for row in totals),
        first_at=min((row["first_at"] for row in totals if row["first_at"]), default=None),
        last_at=max((row["last_at"] for row in totals if row["last_at"]), default=None),
        caveats=(
            *named.caveats,
            *cascades.caveats,
            *inferred.caveats,
            *standing.caveats,
            *topics.caveats,
            *rhythm.caveats,
            *others.caveats,
            *advertising.caveats,
        ),
    )


def _told(inferred: Inferred) -> list[Figure]:
    """The figures of the layer; the first carries the limits of them all."""
    first, *others = inferred.figures
    return [first if first.caveats else replace(first, caveats=inferred.caveats), *others]


def all_accounts(known: pa.Table, seen: pa.ChunkedArray) -> pa.Table:
    """The known accounts, and a row of nulls for each other one that was seen."""
    others = pa.table({"account_id": seen}).join(known.select(["account_id"]), "account_id", join_type="left anti")
    return pa.concat_tables([known, others], promote_options="default").sort_by("account_id")


def _all_ties(named: pa.Table, inferred: pa.Table) -> pa.Table:
    """Ties by name, then those that are only inferred; columns of `TIES` and what time says beside them."""
    key = ["source_id", "target_id"]
    beside = inferred.rename_columns([*key, "n_inferred", "evidence_inferred"])
    # Lists cannot be joined: rows are brought together by their places.
    places = pa.table({**{name: beside[name] for name in key}, "place": pa.array(range(beside.num_rows), pa.int64())})
    own = pa.table({**{name: named[name] for name in key}, "own": pa.array(range(named.num_rows), pa.int64())})
    joined = own.join(places, key, join_type="full outer").sort_by([(name, "ascending") for name in key])
    mine, other = joined["own"].combine_chunks(), joined["place"].combine_chunks()
    columns = {name: joined[name] for name in key}
    for name in named.column_names[2:]:
        columns[name] = named[name].take(mine)
    for name in ("n_moved", "n_conversation"):
        columns[name] = columns[name].fill_null(0)
    columns["n_inferred"] = beside["n_inferred"].take(other).fill_null(0.0)
    columns["evidence_inferred"] = beside["evidence_inferred"].take(other)
    return pa.table(columns)


def _all_influence(of_cascades: pa.Table, inferred: Inferred, new: pa.Table) -> pa.Table:
    """What accounts move inside cascades, beside what time says of them and of what they move."""
    since = pa.array([inferred.since] * inferred.influence.num_rows, SINCE.field(0).type)
    told = inferred.influence.add_column(1, SINCE.field(0), since).join(new, "account_id")
    joined = of_cascades.join(told, "account_id", join_type="full outer").sort_by("account_id")
    for name in ("n_moved_direct", "cascade_influence", "n_cascades"):
        place = joined.schema.get_field_index(name)
        joined = joined.set_column(place, name, joined[name].fill_null(0))
    return joined

"""What the rooms found of links and time -> groups, their relays, and what kind each account is: in this order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pyarrow as pa

from ascendant.errors import Caveat
from ascendant.patterns.advertising.tables import Advertising
from ascendant.patterns.groups.find import find_groups
from ascendant.patterns.groups.objects import TRACES
from ascendant.patterns.groups.shown import act_ids
from ascendant.patterns.groups.traces import find_traces
from ascendant.patterns.kinds.find import find_kinds
from ascendant.patterns.kinds.influenced import find_influenced_kinds
from ascendant.patterns.kinds.profile import profile_terms
from ascendant.patterns.relays.carried import carried_of
from ascendant.patterns.relays.find import find_relays
from ascendant.store.duckdb import Questions
from ascendant.study.options import FindOptions


@dataclass(frozen=True)
class GroupsAndKinds:
    """The tables by name, and the limits."""

    tables: dict[str, pa.Table]
    caveats: tuple[Caveat, ...]


def find_groups_and_kinds(
    questions: Questions,
    *,
    named_by: pa.Table,
    communities: pa.Table,
    standing: pa.Table,
    accounts: pa.Table,
    advertising: Advertising,
    options: FindOptions,
) -> GroupsAndKinds:
    """Columns of `patterns.groups.tables`, `patterns.relays.tables` and `patterns.kinds`."""
    traces = find_traces(questions)
    groups = find_groups(traces, communities, options.groups, questions=questions)
    carried = (
        carried_of(traces, TRACES, partial(act_ids, questions), named_by, groups.members)
        if groups.members.num_rows
        else None
    )
    relays = find_relays(questions, groups.members, named_by, communities, options.patterns, carried=carried)
    kinds = find_kinds(
        questions,
        standing,
        accounts,
        options.patterns,
        profile=profile_terms,
        groups=groups.groups,
        members=groups.members,
        advertisers=advertising.advertisers,
    )
    influenced = find_influenced_kinds(questions, named_by, standing, groups.members, relays.relays, options.patterns)
    return GroupsAndKinds(
        tables={
            "groups": groups.groups,
            "group_members": groups.members,
            "group_objects": groups.objects,
            "relays": relays.relays,
            "group_spread": relays.spread,
            "kinds": _beside(kinds.kinds, influenced.kinds),
            "kind_terms": kinds.terms,
            "influenced_behaviour": influenced.behaviours,
        },
        caveats=(*groups.caveats, *relays.caveats, *kinds.caveats, *influenced.caveats),
    )


def _beside(influencers: pa.Table, influenced: pa.Table) -> pa.Table:
    """Both sides of each account in one row: both tables have a row for each account of the standing, in its order."""
    if not influencers["account_id"].equals(influenced["account_id"]):
        raise AssertionError("the two sides of kinds do not tell of the same accounts")
    for name in influenced.column_names[1:]:
        influencers = influencers.append_column(influenced.schema.field(name), influenced[name])
    return influencers

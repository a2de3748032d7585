"""What a study found of groups -> the same for its owner, whose archive tells less of a repost than collected posts do.

An archive of X names the author of what was passed on, and not the post. Where the post was collected, its words give
it (`reposts`), and only then is it known how long after the group the owner passed something on.
"""

from __future__ import annotations

from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat
from ascendant.patterns.groups.objects import TRACES
from ascendant.patterns.groups.shown import act_ids
from ascendant.patterns.groups.traces import find_traces
from ascendant.patterns.mirror.beside import WorkedFor
from ascendant.patterns.mirror.owner import Owner, Questions
from ascendant.patterns.mirror.reposts import found_posts
from ascendant.patterns.mirror.worked_for import worked_for
from ascendant.patterns.relays.carried import carried_of
from ascendant.patterns.relays.find import find_relays
from ascendant.patterns.relays.limits import LIMITS
from ascendant.patterns.relays.tables import Relays


def beside_groups(
    questions: Questions, owner: Owner, tables: dict[str, pa.Table], caveats: tuple[Caveat, ...]
) -> WorkedFor | None:
    """The owner against each group of the study; None where there is none but of the owner's own accounts.

    `tables` are those of the whole study: `named_by`, `communities`, `group_members`, `relays`, `group_spread`;
    `caveats` are its limits, of which those of relays are kept.
    """
    members = of_others(tables["group_members"], owner.me["account_id"])
    if members.num_rows == 0:
        return None
    named_by = with_posts(questions, tables["named_by"], found_posts(questions, owner), members)
    if named_by is tables["named_by"]:
        told = tuple(caveat for caveat in caveats if caveat.template in LIMITS)
        relays = Relays(tables["relays"], tables["group_spread"], told)
    else:
        traces = find_traces(questions)
        carried = carried_of(traces, TRACES, partial(act_ids, questions), named_by, members)
        relays = find_relays(questions, members, named_by, tables["communities"], carried=carried)
    return worked_for(questions, owner.me, members, relays.relays, relays.spread, relays.caveats)


def of_others(members: pa.Table, mine: pa.ChunkedArray) -> pa.Table:
    """Members of the groups that have an account of somebody else: one person who posts the same on two networks at
    once acts together with nobody."""
    is_mine = pc.is_in(members["account_id"], mine.combine_chunks())
    others = members.filter(pc.invert(is_mine))["group_id"].unique()
    return members.filter(pc.is_in(members["group_id"], others))


def with_posts(questions: Questions, named_by: pa.Table, found: pa.Table, members: pa.Table) -> pa.Table:
    """`named_by`, with item and delay of the owner's reposts whose post was found (columns of `reposts.FOUND`).

    The same table where no such post is of an account of a group.
    """
    wanted = pa.table({"act_id": found["act_id"], "source_act_id": found["object_id"]})
    known = questions.ask("relays_beside", wanted=wanted)
    if not pc.any(pc.is_in(known["source_id"], members["account_id"].combine_chunks())).as_py():
        return named_by
    place = pc.index_in(named_by["act_id"], known["act_id"].combine_chunks())
    item, appeared = (known[name].combine_chunks().take(place) for name in ("source_act_id", "source_at"))
    between = pc.subtract(named_by["happened_at"], appeared).cast(pa.int64())
    seconds = pc.divide(between, 1_000_000)  # of microseconds
    later = pc.if_else(pc.greater_equal(between, 0), seconds, pa.scalar(None, pa.int64()))
    for name, values in (("object_id", item), ("object_at", appeared), ("delay_seconds", later)):
        column = pc.coalesce(named_by[name], values)
        named_by = named_by.set_column(named_by.schema.get_field_index(name), named_by.schema.field(name), column)
    return named_by

"""What a study found of groups -> the same for its owner, whose archive tells less of a repost than collected posts do.

An archive of X names the author of what was passed on, and not the post. Where the post was collected, its words give
it (`reposts`), and only then is it known how long after the group the owner passed something on, and whether the owner
passed it on together with the group.

To pass on is to repost, or to post the same link, text, picture or row of hashtags later. Who answers or quotes with
words of their own may be of the contrary opinion: answers and quotes are counted apart, of the owner and of all others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial

import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat
from ascendant.patterns.groups.objects import TRACES
from ascendant.patterns.groups.shown import act_ids
from ascendant.patterns.groups.tables import GROUP_MEMBERS
from ascendant.patterns.groups.traces import Traces, find_traces
from ascendant.patterns.mirror.beside import WorkedFor
from ascendant.patterns.mirror.owner import Owner, Questions
from ascendant.patterns.mirror.reposts import found_posts
from ascendant.patterns.mirror.seats import may_meet, seats_by_words
from ascendant.patterns.mirror.worked_for import answered, worked_for
from ascendant.patterns.relays.carried import carried_of
from ascendant.patterns.relays.find import find_relays
from ascendant.patterns.relays.limits import LIMITS
from ascendant.patterns.relays.tables import Relays


def beside_groups(
    questions: Questions, owner: Owner, tables: dict[str, pa.Table], caveats: tuple[Caveat, ...]
) -> WorkedFor | None:
    """The owner against each group of the study; None where there is none but of the owner's own accounts.

    `tables` are those of the whole study: `named_by`, `communities`, `groups`, `group_members`, `relays`,
    `group_spread`; `caveats` are its limits, of which those of relays are kept.
    """
    mine = owner.me["account_id"].combine_chunks()
    members = of_others(tables["group_members"], mine)
    if members.num_rows == 0:
        return None
    found = found_posts(questions, owner)
    beside = _Beside(questions, with_posts(questions, tables["named_by"], found), members)
    seats = GROUP_MEMBERS.empty_table()
    if may_meet(beside.named_by, found, members, tables["groups"]):
        seats = seats_by_words(beside.traces, beside.named_by, found, mine, members, tables["communities"])
    apart = answered(beside.named_by, mine, members)
    if seats.num_rows or pc.any(pc.is_in(tables["relays"]["account_id"], mine)).as_py():
        seated = pa.concat_tables([members, seats], promote_options="default")
        relays = beside.relays(seated, tables["communities"])
    else:
        told = tuple(caveat for caveat in caveats if caveat.template in LIMITS)
        relays = Relays(tables["relays"], tables["group_spread"], told)
    return worked_for(questions, owner.me, members, relays, seats=seats, apart=apart)


@dataclass(frozen=True)
class _Beside:
    """What is asked of a study once, and only where the owner has to do with a group."""

    questions: Questions
    named_by: pa.Table
    members: pa.Table

    @cached_property
    def traces(self) -> Traces:
        """Who acted on what."""
        return find_traces(self.questions)

    def relays(self, members: pa.Table, communities: pa.Table) -> Relays:
        """Relays by what was passed on alone, of whomever."""
        # An answer that carries a link of the group names somebody: it is in `named_by`, and is no act without a link.
        carried = carried_of(self.traces, TRACES, partial(act_ids, self.questions), self.named_by, members)
        return find_relays(self.questions, members, self.named_by, communities, carried=carried)


def of_others(members: pa.Table, mine: pa.Array) -> pa.Table:
    """Members of the groups that have an account of somebody else: one person who posts the same on two networks at
    once acts together with nobody."""
    is_mine = pc.is_in(members["account_id"], mine)
    others = members.filter(pc.invert(is_mine))["group_id"].unique()
    return members.filter(pc.is_in(members["group_id"], others))


def with_posts(questions: Questions, named_by: pa.Table, found: pa.Table) -> pa.Table:
    """`named_by`, with item and delay of the owner's reposts whose post was found (columns of `reposts.FOUND`)."""
    if found.num_rows == 0:
        return named_by
    wanted = pa.table({"act_id": found["act_id"], "source_act_id": found["object_id"]})
    known = questions.ask("relays_beside", wanted=wanted)
    place = pc.index_in(named_by["act_id"], known["act_id"].combine_chunks())
    item, appeared = (known[name].combine_chunks().take(place) for name in ("source_act_id", "source_at"))
    timed = found["act_id"].filter(found["has_clock"]).combine_chunks()
    between = pc.subtract(named_by["happened_at"], appeared).cast(pa.int64())
    seconds = pc.divide(between, 1_000_000)  # of microseconds
    is_later = pc.and_(pc.greater_equal(between, 0), pc.is_in(named_by["act_id"], timed))
    later = pc.if_else(is_later, seconds, pa.scalar(None, pa.int64()))
    for name, values in (("object_id", item), ("object_at", appeared), ("delay_seconds", later)):
        column = pc.coalesce(named_by[name], values)
        named_by = named_by.set_column(named_by.schema.get_field_index(name), named_by.schema.field(name), column)
    return named_by

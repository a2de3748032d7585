"""What a group was the first to post (links, rows of hashtags, texts) -> acts that post it later and name nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.patterns.groups.traces import Traces
from ascendant.patterns.relays.gaps import Touches
from ascendant.patterns.relays.places import Flags, Whole, array, codes, micros, places, taken
from ascendant.patterns.relays.tables import CARRIED, Questions

# Accounts of a group that must stand before all others on a row of hashtags or a text: of one's own, these meet by
# chance. In ten invented worlds 43 % of what others posted after a single account had been moved by anybody (of links
# 80 %), and none of the texts.
FEWEST_FIRST: Final = 2
_SINGLE: Final = pa.array(["link", "image"])  # of which one account is enough
CARRYING: Final = ("link", "text", "hashtags", "image")


def carried_of(
    traces: Traces,
    names: tuple[str, ...],
    act_ids: Callable[[Whole], list[str]],
    named_by: pa.Table,
    members: pa.Table,
) -> pa.Table:
    """CARRIED from traces that were found for groups: near-identical texts, pages by whatever road, pictures.

    `names` are those of the traces, `act_ids` gives the ids of acts by their rows and is asked for few.
    """
    wanted = np.flatnonzero(np.isin(traces.trace, [names.index(one) for one in CARRYING if one in names]))
    wanted = wanted[np.lexsort((traces.at[wanted], traces.object[wanted]))]
    thing, account = traces.object[wanted], traces.account[wanted].astype(np.int64)
    group = _group_of(traces.account_ids, members)[account]
    starts = np.append(True, np.diff(thing) != 0)[: thing.size]
    begin = np.flatnonzero(starts)
    size = np.diff(np.append(begin, thing.size))
    is_brought = np.repeat((group[begin] >= 0) & (size > 1), size)
    by = np.repeat(group[begin], size)[is_brought]
    chosen = wanted[is_brought]
    table = pa.table(
        {
            "group_id": by,
            "trace": pa.array(np.array(names)[traces.trace[chosen]].tolist(), pa.string()),
            "object": pa.array(traces.object[chosen]).cast(pa.string()),
            "act_id": pa.array(act_ids(traces.row[chosen]), pa.string()),
            "account_id": traces.account_ids.take(pa.array(traces.account[chosen])),
            "happened_at": pa.array(traces.at[chosen]).cast(CARRIED.field("happened_at").type),
        }
    ).cast(CARRIED)
    return table.filter(pc.invert(pc.is_in(table["act_id"], array(named_by["act_id"]))))


def _group_of(account_ids: pa.Array, members: pa.Table) -> Whole:
    """The id of the group of each account; -1 outside of all groups."""
    place = pc.index_in(account_ids, array(members["account_id"]))
    found: Whole = array(members["group_id"]).take(place).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def carried_acts(questions: Questions, named: pa.Table, members: pa.Table) -> pa.Table:
    if members.num_rows == 0:
        return CARRIED.empty_table()
    found = questions.ask(
        "relays_carried", member=members.select(["account_id", "group_id"]), linked=named.select(["act_id"])
    )
    return found.cast(CARRIED)


def unlinked(
    carried: pa.Table, ids: pa.Array, group_id: NDArray[np.int32], group_of: Whole, n_before: int
) -> tuple[dict[str, Any], Touches]:
    """Acts that name nobody and post what a group was the first to post, each once a group: with the shortest delay."""
    account = places(carried["account_id"], ids)
    group = np.searchsorted(group_id, carried["group_id"].to_numpy())
    at = micros(carried["happened_at"])
    words = pc.binary_join_element_wise(carried["trace"], carried["object"], "\n")
    thing = n_before + codes(words)
    own = group_of[account] == group
    order = np.lexsort((~own, at, thing, group))
    brought, last = _brought(group[order], thing[order], account[order], own[order])
    needed = np.where(pc.is_in(array(carried["trace"]), _SINGLE).to_numpy(zero_copy_only=False), 1, FEWEST_FIRST)
    passes = ~own[order] & (last >= 0) & (brought >= needed[order])
    chosen, source = order[passes], order[last[passes]]
    act = codes(carried["act_id"])
    chosen, source = (
        one[np.lexsort((at[chosen] - at[source], act[chosen], group[chosen]))] for one in (chosen, source)
    )
    once = np.ones(chosen.size, bool)
    once[1:] = (np.diff(act[chosen]) != 0) | (np.diff(group[chosen]) != 0)
    chosen, source = chosen[once], source[once]
    rows = {
        "act_id": taken(carried["act_id"], chosen),
        "source_act_id": taken(carried["act_id"], source),
        "account": account[chosen],
        "group": group[chosen],
        "member": account[source],
        "at": at[chosen],
        "delay": at[chosen] - at[source],
        "thing": thing[chosen],
        "is_unlinked": np.ones(chosen.size, bool),
        "n": np.ones(chosen.size, np.int64),
    }
    return rows, Touches(thing, account, at)


def _brought(group: Whole, thing: Whole, account: Whole, own: Flags) -> tuple[Whole, Whole]:
    """Of acts sorted by group, thing and time: how many accounts of the group stood before all others, and the place of
    the group's last act on the same thing so far, -1 without any."""
    n = group.size
    if n == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.append(True, (np.diff(group) != 0) | (np.diff(thing) != 0))
    block = np.cumsum(starts) - 1
    begin = np.flatnonzero(starts)[block]
    last = np.maximum.accumulate(np.where(own, np.arange(n), -1))
    n_others = np.cumsum(~own) - np.append(0, np.cumsum(~own))[begin]
    ahead = np.flatnonzero(own & (n_others == 0))
    pairs = np.unique(np.column_stack([block[ahead], account[ahead]]), axis=0)
    return np.bincount(pairs[:, 0], minlength=block[-1] + 1)[block], np.where(last >= begin, last, -1)

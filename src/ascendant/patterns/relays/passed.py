"""Named acts, acts that carry the same, and members of groups -> who passed on what a group brought, act by act.

A group brings the items that its accounts wrote, and the links, rows of hashtags and texts that one of them was the
first to post. Whoever reposts such an item, or posts the same later without naming anybody, passes it on. Who answers
or quotes with words of their own may be of the contrary opinion, and passes nothing on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.patterns.relays.carried import carried_acts, unlinked
from ascendant.patterns.relays.gaps import Touches, gaps
from ascendant.patterns.relays.places import UNKNOWN, Flags, Floats, Whole, all_ids, codes, micros, places, taken
from ascendant.patterns.relays.tables import Questions

PASSES_ON: Final = "repost"  # of the verbs that name an item
_IDS: Final = ("act_id", "source_act_id")


@dataclass(frozen=True)
class Passed:
    """Acts that pass on what a group brought; accounts and groups are places in `account_id` and `group_id`.

    One row per act and group, by account, group and time. Times are microseconds since 1970, `UNKNOWN` where unknown.
    """

    account_id: pa.Array  # ascending
    group_id: NDArray[np.int32]  # ascending
    group_of: Whole  # of each account; -1 outside of all groups
    n_acts: Whole  # of each account: acts that pass on anything, of whomever
    act_id: pa.Array
    source_act_id: pa.Array  # the act of the group; null where it is in no file
    account: Whole
    group: Whole
    member: Whole  # whose it was
    at: Whole
    delay: Whole  # behind the group
    gap: Whole  # to the nearest act of a member on the same thing
    is_unlinked: Flags
    n: Whole  # how many acts the row stands for
    n_later: Whole  # acts of the account after this one that pass on anything

    @property
    def n_accounts(self) -> int:
        """How many accounts."""
        return len(self.account_id)


def find_passed(
    questions: Questions, named_by: pa.Table, members: pa.Table, carried: pa.Table | None = None
) -> tuple[Passed, Floats]:
    """Acts that pass on, and the tempo of each group: seconds to the nearest act of another member; nan if unknown.

    `named_by` has the columns of `infer.named.NAMED_BY`, `members` at least account_id and group_id. `carried` (columns
    of CARRIED) are acts that carry what a group was the first to post; the study is asked for them where there is none.
    """
    named = named_by.filter(pc.equal(named_by["verb"], PASSES_ON))
    group_id = np.unique(members["group_id"].to_numpy()).astype(np.int32)
    if carried is None:
        carried = carried_acts(questions, named_by, members)  # an answer names somebody too
    ids = all_ids(named["actor_id"], named["author_id"], members["account_id"], carried["account_id"])
    group_of = np.full(len(ids), -1, np.int64)
    group_of[places(members["account_id"], ids)] = np.searchsorted(group_id, members["group_id"].to_numpy())
    linked, touches, n_things = _linked(named, ids, group_of)
    posted, more = unlinked(carried, ids, group_id, group_of, n_things)
    rows = {name: np.concatenate([linked[name], posted[name]]) for name in linked if name not in _IDS}
    names = {name: pa.concat_arrays([linked[name], posted[name]]) for name in _IDS}
    both = Touches(*(np.concatenate([getattr(touches, one), getattr(more, one)]) for one in ("thing", "account", "at")))
    gap, tempo = gaps(rows, both, group_of, group_id.size)
    return _ordered(named, ids, group_id, group_of, rows, names, gap), tempo


def _linked(named: pa.Table, ids: pa.Array, group_of: Whole) -> tuple[dict[str, Any], Touches, int]:
    """Acts of accounts outside that name an item of a member; who touched each item, its author first."""
    actor, author = places(named["actor_id"], ids), places(named["author_id"], ids)
    at, appeared = micros(named["happened_at"]), micros(named["object_at"])
    delay = named["delay_seconds"].fill_null(UNKNOWN).to_numpy()
    group = group_of[author]
    chosen = np.flatnonzero((group >= 0) & (group_of[actor] != group))
    items = named["object_id"].combine_chunks().dictionary_encode()
    item = items.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    has = item >= 0
    first = np.unique(item[has], return_index=True)[1]
    author_of, appeared_at = author[has][first], appeared[has][first]
    is_known = appeared_at != UNKNOWN
    touches = Touches(
        np.concatenate([item[has], item[has][first][is_known]]),
        np.concatenate([actor[has], author_of[is_known]]),
        np.concatenate([at[has], appeared_at[is_known]]),
    )
    rows: dict[str, Any] = {
        "act_id": taken(named["act_id"], chosen),
        "source_act_id": taken(named["object_id"], chosen),
        "account": actor[chosen],
        "group": group[chosen],
        "member": author[chosen],
        "at": at[chosen],
        "delay": np.where(delay[chosen] == UNKNOWN, UNKNOWN, delay[chosen] * 1_000_000),
        "thing": item[chosen],
        "is_unlinked": np.zeros(chosen.size, bool),
        "n": named["n"].to_numpy()[chosen],
    }
    return rows, touches, len(items.dictionary)


def _ordered(
    named: pa.Table,
    ids: pa.Array,
    group_id: NDArray[np.int32],
    group_of: Whole,
    rows: dict[str, Any],
    names: dict[str, pa.Array],
    gap: Whole,
) -> Passed:
    """Rows by account, group and time, with how many acts of the account come after each."""
    actor, when = places(named["actor_id"], ids), micros(named["happened_at"])
    n = named["n"].to_numpy()
    is_once = rows["is_unlinked"]
    # An act that passes on what two groups brought is one act of its account.
    act = codes(pa.chunked_array([names["act_id"]], pa.string()))
    extra = np.flatnonzero(is_once)
    extra = extra[np.unique(act[extra], return_index=True)[1]]
    actor = np.append(actor, rows["account"][extra])
    when = np.append(when, rows["at"][extra])
    n = np.append(n, rows["n"][extra])
    when = np.where(when == UNKNOWN, np.iinfo(np.int64).max, when)  # of an unknown time: last
    order = np.lexsort((when, actor))
    n_acts = np.bincount(actor, n, len(ids)).astype(np.int64)
    by_time = actor[order].astype(float), when[order]
    total = np.append(0, np.cumsum(n[order]))
    first = np.searchsorted(by_time[0], np.arange(len(ids) + 1))
    row_at = np.where(rows["at"] == UNKNOWN, np.iinfo(np.int64).max, rows["at"])
    until = _rank_within(first, by_time[1], rows["account"], row_at)
    n_later = total[first[rows["account"] + 1]] - total[until]
    sort = np.lexsort((rows["at"], rows["group"], rows["account"]))
    return Passed(
        account_id=ids,
        group_id=group_id,
        group_of=group_of,
        n_acts=n_acts,
        act_id=names["act_id"].take(pa.array(sort)),
        source_act_id=names["source_act_id"].take(pa.array(sort)),
        account=rows["account"][sort],
        group=rows["group"][sort],
        member=rows["member"][sort],
        at=rows["at"][sort],
        delay=rows["delay"][sort],
        gap=gap[sort],
        is_unlinked=rows["is_unlinked"][sort],
        n=rows["n"][sort],
        n_later=n_later[sort],
    )


def _rank_within(first: Whole, values: Whole, who: Whole, at: Whole) -> Whole:
    """For each, the place after the last value not above it among those of its account; a search by halves."""
    low, high = first[who].copy(), first[who + 1].copy()
    while np.any(low < high):
        middle = (low + high) // 2
        goes_right = (low < high) & (values[np.minimum(middle, values.size - 1)] <= at)
        low = np.where(goes_right, middle + 1, low)
        high = np.where(goes_right | (low >= high), high, middle)
    return low

"""Acts and links of a study -> what each account does, counted: n of so many, one pair a behaviour.

Behaviours, and not states of mind: passes on, without a word, fast, from one group. A count that the files cannot give
(no times, no links, no group found) is absent for everybody, which is not zero: `Counts.is_known` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.infer.named import Questions
from ascendant.patterns.kinds.named_acts import NamedActs, flat, numbers, places, spread

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Each is n of so many:
BEHAVIOURS: Final = (
    "writes",  # acts that name nobody, of all acts
    "passes_on",  # reposts and quotes, of all acts
    "bare",  # reposts without a word of its own, of what it passes on
    "answers",  # first replies, of acts that name somebody
    "links",  # posts with a link, of its posts
    "fast",  # quicker than half of such acts on the platform, of acts with a known delay
    "quick",  # among the quickest fifth, of the same
    "one_source",  # acts that name the source it names most, of acts that name somebody
    "group",  # acts that name members of one group, the one it names most, of acts that name somebody
    "late",  # slower than half of such acts on the platform, of those that name that group and have a known delay
)
_NEED_TIMES: Final = frozenset({"fast", "quick", "late"})
_NEED_GROUPS: Final = frozenset({"group", "late"})


@dataclass(frozen=True)
class Counts:
    """A accounts. `n[key]` of `of[key]`, each A whole numbers; `platform` is a number, one for each platform."""

    account_id: pa.Array
    n_acts: Whole
    n_moved: Whole
    platform: Whole
    n: dict[str, Whole]
    of: dict[str, Whole]
    is_known: dict[str, bool]
    group_id: Whole  # the group that it names most, its own left out; -1 for none
    n_members_named: Whole  # of that group
    group_usual: Floats  # acts that would name that group if it named it as the others of its platform do

    @property
    def has_groups(self) -> bool:
        """Some group was found."""
        return self.is_known["group"]


def count_behaviours(
    questions: Questions,
    named_by: pa.Table,
    standing: pa.Table,
    members: pa.Table | None,
    relays: pa.Table | None = None,
) -> Counts:
    """Counts of every account of `standing`, in its order.

    `named_by` has the columns of `infer.named.NAMED_BY`; `members` has account_id and group_id, None where no groups
    were looked for; `relays` has account_id, group_id and n_unlinked.
    """
    ids = flat(standing["account_id"])
    acts = questions.ask("influenced_acts", named=named_by)
    at = places(acts["account_id"], ids)
    held = {name: spread(acts[name].to_numpy()[at >= 0], at[at >= 0], len(ids)) for name in acts.column_names[1:]}
    n_acts, n_moved = (standing[name].to_numpy().astype(np.int64) for name in ("n_acts", "n_moved"))
    platform = _platforms(ids)
    links = NamedActs.of(named_by, ids, platform)
    n, of = _own(n_acts, n_moved, held, links)
    group = _group(links, members, ids, platform)
    unlinked = _unlinked(relays, ids, group.group_id)
    n["group"], of["group"] = group.n + unlinked, links.total + unlinked
    is_late = links.is_of(group.group_id, group.member_of) & links.has_delay
    n["late"], of["late"] = links.count(is_late & ~links.is_fast), links.count(is_late)
    is_known = {key: bool(of[key].any()) for key in BEHAVIOURS}
    is_known["links"] = bool(n["links"].any())  # a source without links shows none in any post
    for key in _NEED_GROUPS:
        is_known[key] &= group.is_found
    return Counts(
        account_id=ids,
        n_acts=n_acts,
        n_moved=n_moved,
        platform=platform,
        n={key: np.minimum(n[key], of[key]) for key in BEHAVIOURS},
        of=of,
        is_known=is_known,
        group_id=group.group_id,
        n_members_named=group.n_members_named,
        group_usual=group.usual,
    )


def _own(
    n_acts: Whole, n_moved: Whole, held: dict[str, Whole], links: NamedActs
) -> tuple[dict[str, Whole], dict[str, Whole]]:
    known = links.count(links.has_delay)
    n = {
        "writes": np.maximum(n_acts - n_moved, 0),
        "passes_on": held["n_passed_on"],
        "bare": held["n_bare"],
        "answers": links.count(links.is_reply),
        "links": held["n_links"],
        "fast": links.count(links.is_fast),
        "quick": links.count(links.is_quick),
        "one_source": links.most_named(),
    }
    named, acts = links.total, n_acts
    of = {
        "writes": acts,
        "passes_on": acts,
        "bare": held["n_passed_on"],
        "answers": named,
        "links": held["n_posts"],
        "fast": known,
        "quick": known,
        "one_source": named,
    }
    return n, of


@dataclass(frozen=True)
class _Group:
    """Of each account the group that it names most: how often, how many of its members, and what others would."""

    group_id: Whole
    n: Whole
    n_members_named: Whole
    usual: Floats
    member_of: Whole
    is_found: bool


def _group(links: NamedActs, members: pa.Table | None, ids: pa.Array, platform: Whole) -> _Group:
    size = len(ids)
    nobody = np.full(size, -1, np.int64)
    if members is None or members.num_rows == 0:
        nothing = np.zeros(size, np.int64)
        return _Group(nobody, nothing, nothing, nothing.astype(np.float64), nobody, is_found=False)
    members = members.sort_by([("group_id", "descending"), ("account_id", "ascending")])  # of several, the first group
    at = places(members["account_id"], ids)
    member_of = nobody.copy()
    member_of[at[at >= 0]] = numbers(members["group_id"])[at >= 0]
    # What an account has of its own group is coordination, not relaying.
    named = member_of[links.author]
    outside = (named >= 0) & (named != member_of[links.actor])
    actor, group, weight = links.actor[outside], named[outside], links.weight[outside]
    n_groups = int(member_of.max(initial=-1)) + 1
    pairs, place = np.unique(actor * n_groups + group, return_inverse=True)
    total = spread(weight, place, pairs.size)
    order = np.lexsort((pairs, -total, pairs // max(n_groups, 1)))
    first = order[np.append(True, np.diff(pairs[order] // n_groups) > 0)] if order.size else order
    group_id, n = nobody.copy(), np.zeros(size, np.int64)
    group_id[pairs[first] // n_groups] = pairs[first] % n_groups
    n[pairs[first] // n_groups] = total[first]
    is_most = links.is_of(group_id, member_of)
    distinct = np.unique(links.actor[is_most] * size + links.author[is_most])
    n_members = np.bincount(distinct // size, minlength=size)
    usual = links.total * _share_of_others(n, links.total, group_id, platform)
    return _Group(group_id, n, n_members, usual, member_of, is_found=True)


def _share_of_others(n: Whole, named: Whole, group_id: Whole, cell: Whole) -> Floats:
    """Of the acts of others of the cell that name somebody, the share that names the account's group most."""
    same = np.maximum(_total(n, _keyed(cell, group_id)) - n, 0)
    found: Floats = same / np.maximum(_total(named, cell) - named, 1)
    return found


def _unlinked(relays: pa.Table | None, ids: pa.Array, group_id: Whole) -> Whole:
    """Acts of each account that repeat what its group brought, without naming it."""
    found = np.zeros(len(ids), np.int64)
    if relays is None or relays.num_rows == 0:
        return found
    at, group = places(relays["account_id"], ids), numbers(relays["group_id"])
    is_its = (at >= 0) & (group_id[at] == group)
    np.add.at(found, at[is_its], np.maximum(numbers(relays["n_unlinked"])[is_its], 0))
    return found


def _keyed(first: Whole, second: Whole) -> Whole:
    """A place for each combination of numbers from -1 on."""
    found: Whole = np.unique(first * (second.max(initial=0) + 2) + second + 1, return_inverse=True)[1]
    return found


def _total(values: Whole, key: Whole) -> Whole:
    return np.bincount(key, values)[key].astype(np.int64) if key.size else values


def _platforms(ids: pa.Array) -> Whole:
    names = pc.list_element(pc.split_pattern(ids, ":", max_splits=1), 0)
    return numbers(pc.dictionary_encode(names).indices) if len(ids) else np.zeros(0, np.int64)

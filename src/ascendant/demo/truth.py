"""A world -> what is true of it: tables of its acts, accounts and ties, with the ids that the readers will give.

Three counts are kept apart: what happened in the world (`_world`), what the files let a reader count by the rules of
`docs/decisions/0002-named-acts.md` (`_files`), and the rates behind both (`named_share` and the like), which no count
of few acts can show exactly. Standings are judged by the rates of named links in the whole world.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.demo.columns import (
    CAUSES,
    CONTROLLER,
    INFLUENCE,
    NEWS,
    OUTING,
    VERBS,
)
from ascendant.demo.links import counts_of_files, is_act, is_named, named_author
from ascendant.demo.make import World
from ascendant.demo.people import CAUSE, KINDS, TARGET, Floats, Whole

MATERIAL_FROM: Final = 1 / 3  # DESIGN.md section 5; said again here, since the truth asks nobody
STANDINGS: Final = ("influenced", "both", "influencer")
_EVENTS: Final = {NEWS: "news", OUTING: "outing", CONTROLLER: "operation"}


def standing_of(share: Floats, rate: Floats) -> Whole:
    """Places in `STANDINGS`; where neither side is material, the larger one.

    >>> [STANDINGS[place] for place in standing_of(np.array([0.5, 0.1, 0.0]), np.array([0.5, 0.4, 0.1]))]
    ['both', 'influencer', 'influencer']
    """
    found: Whole = np.select(
        [(share >= MATERIAL_FROM) & (rate >= MATERIAL_FROM), share >= MATERIAL_FROM, rate >= MATERIAL_FROM],
        [1, 0, 2],
        np.where(share >= rate, 0, 2),
    )
    return found


def root_of(parent: Whole) -> Whole:
    """The act at the beginning of each chain of causes.

    >>> root_of(np.array([-1, 0, 1, -1])).tolist()
    [0, 0, 0, 3]
    """
    root = np.where(parent < 0, np.arange(parent.size), parent)
    while True:
        further = root[root]
        if np.array_equal(further, root):
            return root
        root = further


def act_ids(world: World) -> pa.Array:
    """`platform:number` of each act."""
    return _ids(world.people.platforms, world.people.platform[world.acts.actor], world.key)


def account_ids(world: World) -> pa.Array:
    """`platform:number` of each account."""
    return _ids(world.people.platforms, world.people.platform, world.account_key)


def _ids(platforms: tuple[str, ...], platform: Whole, key: Whole) -> pa.Array:
    names = [f"{name}:" for name in platforms]
    return pa.array([names[one] + str(number) for one, number in zip(platform.tolist(), key.tolist(), strict=True)])


def acts_table(world: World) -> pa.Table:
    """One row an act of the world, in the order of time; also of the two days before the files begin."""
    acts = world.acts
    act_id, account_id = act_ids(world), account_ids(world)
    root = root_of(acts.parent)
    author = named_author(world)
    events = np.full(acts.n, "", dtype=object)
    for cause, name in _EVENTS.items():
        chosen = np.flatnonzero(acts.cause == cause)
        events[chosen] = [f"{name}:{number}" for number in acts.event[chosen].tolist()]
    return pa.table(
        {
            "act_id": act_id,
            "account_id": account_id.take(pa.array(acts.actor)),
            "happened_at": pa.array(world.happened_ms * 1000).cast(pa.timestamp("us", tz="UTC")),
            "verb": _worded(VERBS, acts.verb),
            "cause": _worded(CAUSES, acts.cause),
            "named": is_named(world),
            "is_act": is_act(world),
            "named_author_id": _some(account_id, author),
            "object_id": _some(act_id, acts.object),
            "parent_id": _some(act_id, acts.parent),
            "parent_author_id": _some(account_id, np.where(acts.parent >= 0, acts.actor[acts.parent], -1)),
            "root_id": act_id.take(pa.array(root)),
            "root_author_id": account_id.take(pa.array(acts.actor[root])),
            "event": pa.array(events, pa.string(), mask=events == ""),
            "is_in_window": world.is_in_window,
            "is_collected": world.is_collected,
            "is_included": world.is_included,
        }
    )


def accounts_table(world: World) -> pa.Table:
    """One row an account: what it is, the rates behind its counts, its counts in the world and in the files."""
    people, expected = world.people, world.expected
    n = people.n
    kind = _worded(KINDS, people.kind)
    lead_kind = pa.array(people.kind < TARGET)
    nothing = pa.nulls(n, pa.string())
    in_window = world.is_in_window
    counted, named, author = is_act(world) & in_window, is_named(world) & in_window, named_author(world)
    moved = (world.acts.cause == INFLUENCE) & in_window
    mover = world.acts.actor[np.maximum(world.acts.parent, 0)]
    files = counts_of_files(world)
    actor = world.acts.actor
    by_name = standing_of(expected.named_share, expected.named_rate)
    covered = standing_of(expected.covered_share, expected.covered_rate)
    seen = standing_of(expected.seen_share, expected.seen_rate)
    by_all = standing_of(expected.moved_share, expected.moving_rate)
    operations = np.bincount(actor[world.acts.cause == CONTROLLER], minlength=n)
    return pa.table(
        {
            "account_id": account_ids(world),
            "platform": _worded(people.platforms, people.platform),
            "person": people.person,
            "handle": world.names.handle,
            "name": world.names.name,
            "kind_as_influencer": pc.if_else(lead_kind, kind, nothing),
            "kind_as_influenced": pc.if_else(lead_kind, nothing, kind),
            "community": people.community,
            "group": _maybe(people.group),
            "is_lead": people.is_lead,
            "is_coordinated": (people.kind == CAUSE) & (operations > 0),
            "relays_for": _maybe(people.relays_for),
            "is_relay": people.relays_for >= 0,
            "newsroom": _some(account_ids(world), people.newsroom),
            "is_scheduled": people.is_scheduled,
            "is_covered": world.is_covered,
            "named_share": expected.named_share,
            "named_rate": expected.named_rate,
            "covered_share": expected.covered_share,
            "covered_rate": expected.covered_rate,
            "seen_share": expected.seen_share,
            "seen_rate": expected.seen_rate,
            "moved_share": expected.moved_share,
            "moving_rate": expected.moving_rate,
            "standing_named": _worded(STANDINGS, by_name),
            "standing_covered": _worded(STANDINGS, covered),
            "standing_seen": _worded(STANDINGS, seen),
            "standing_moved": _worded(STANDINGS, by_all),
            "n_acts_world": np.bincount(actor[counted], minlength=n),
            "n_named_world": np.bincount(actor[named], minlength=n),
            "n_named_by_others_world": np.bincount(author[named], minlength=n),
            "n_moved_world": np.bincount(actor[moved], minlength=n),
            "n_moved_by_it_world": np.bincount(mover[moved], minlength=n),
            **files,
        }
    )


def ties_table(world: World) -> pa.Table:
    """One row a tie that can move or make answer: its pull, and how many acts it did move in the files' days."""
    ties, acts = world.ties, world.acts
    account_id = account_ids(world)
    moved = np.flatnonzero((acts.cause == INFLUENCE) & world.is_in_window)
    pair = acts.actor[acts.parent[moved]] * world.people.n + acts.actor[moved]
    pairs, n_moved = np.unique(pair, return_counts=True)
    keys = ties.source * world.people.n + ties.target
    # A follower who also saw advertising has two ties from one source: what moved is told of the pair.
    place = np.minimum(np.searchsorted(pairs, keys), max(pairs.size - 1, 0))
    found = pairs[place] == keys if pairs.size else np.zeros(keys.size, bool)
    return pa.table(
        {
            "source_id": account_id.take(pa.array(ties.source)),
            "target_id": account_id.take(pa.array(ties.target)),
            "pull": ties.pull,
            "is_hidden": ties.is_hidden,
            "is_friend": ties.is_friend,
            "expected_moved": world.expected.moved,
            "n_moved_by_pair": np.where(found, n_moved[place], 0) if pairs.size else np.zeros(keys.size, np.int64),
        }
    )


def _worded(words: tuple[str, ...], places: Whole) -> pa.Array:
    return pa.array(words).take(pa.array(places))


def _some(values: pa.Array, places: Whole) -> pa.Array:
    return values.take(pa.array(places, mask=places < 0))


def _maybe(numbers: Whole) -> pa.Array:
    return pa.array(numbers, mask=numbers < 0)

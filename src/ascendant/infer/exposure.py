"""Acts -> a timeline in arrays, and the sources that each account was exposed to, learnt before a moment t0.

An account is exposed to those whose items it named before t0 (conversation included) and to those that it is known to
follow. Being in one thread is no exposure: it would let a crowd in that nobody reads. t0 is when 40 % of the acts
have passed: a tie that its own acts were to certify would always look strong. What happened before t0 is not
attributed, and ties that begin later show in named acts only (`docs/decisions/0008-attribution.md` has the cost).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.infer.links import Links, links_of
from ascendant.infer.named import Questions

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

SILENT, NAMED, TOLD = 0, 1, 2  # kinds of acts: names nobody; names an item of somebody else; beside the count
SHARE_BEFORE: Final = 0.4
MOST_SOURCES: Final = 200
_HOUR_US: Final = 3_600_000_000
_FAR_US: Final = 10 * 8766 * _HOUR_US


@dataclass(frozen=True)
class Timeline:
    """All acts with a time of day. Accounts are places in `account_id`, ascending; acts are sorted by account and time.

    Hours are since `start_us` (microseconds since 1970). -1 is none, nan an unknown time.
    """

    account_id: pa.Array
    act_id: pa.Array
    first: Whole  # A + 1
    hours: Floats
    kind: NDArray[np.int8]
    is_repost: Flags
    author: Whole  # of the item that a named act names
    item: Whole  # number of that item
    item_act: Whole  # the act that it is, where it is held
    item_hours: Floats
    n_items: int
    shown_first: Whole  # A + 1
    shown_act: Whole  # acts that followers see
    start_us: int
    links: Links  # that each act carries; of an item passed on, the item's
    n_far: int = 0  # acts that were left out, since their clock must be wrong

    @property
    def n_accounts(self) -> int:
        """How many accounts, those included that are only named."""
        return self.first.size - 1

    @property
    def account(self) -> Whole:
        """Of each act, whose it is."""
        return np.repeat(np.arange(self.n_accounts), np.diff(self.first))

    @cached_property  # asked for by each batch
    def shown_hours(self) -> Floats:
        """When the shown acts happened."""
        return self.hours[self.shown_act]

    def passes(self) -> tuple[Whole, NDArray[np.int32], Whole]:
        """Who passed on each item: first[I + 1], account and act, in the order of time."""
        acts = np.flatnonzero(self.is_repost & (self.item >= 0))
        acts = acts[np.lexsort((acts, self.hours[acts], self.item[acts]))]
        first = np.append(0, np.cumsum(np.bincount(self.item[acts], minlength=self.n_items)))
        return first, self.account[acts].astype(np.int32), acts


@dataclass(frozen=True)
class Exposure:
    """Sources of each account: first[A + 1], source ascending within a target.

    Pairs that are not `is_exposed` were unknown before t0 and are there because a later act names the source.
    """

    first: Whole
    source: Whole
    is_exposed: Flags
    n_named_before: Whole
    since: float  # t0, in hours
    until: float

    @property
    def target(self) -> Whole:
        """Of each pair, whose source it is."""
        return np.repeat(np.arange(self.first.size - 1), np.diff(self.first))


def timeline(questions: Questions, named_by: pa.Table) -> Timeline:
    """The timeline of a study; `named_by` as `named_layer` returns it."""
    has_clock = named_by["delay_seconds"].is_valid()
    object_at = pc.if_else(has_clock, named_by["object_at"], pa.scalar(None, named_by["object_at"].type))
    named = named_by.set_column(named_by.schema.get_field_index("object_at"), "object_at", object_at)
    rows, n_far = _near(questions.ask("timeline", named=named))
    return replace(timeline_of(rows), n_far=n_far)


def _near(rows: pa.Table) -> tuple[pa.Table, int]:
    """Without the acts that lie ten years before or after nearly all others: one of 1970 would make half a century."""
    happened = rows["happened_at"].cast(pa.int64()).to_numpy()
    if happened.size == 0:
        return rows, 0
    low, high = np.quantile(happened, [0.05, 0.95])
    is_near = (happened >= low - _FAR_US) & (happened <= high + _FAR_US)
    return (rows, 0) if is_near.all() else (rows.filter(pa.array(is_near)), int(np.count_nonzero(~is_near)))


def timeline_of(rows: pa.Table) -> Timeline:
    """The same from the rows of `store/sql/timeline.sql`: sorted by actor, time and act."""
    actor, author, act_id, object_id = (
        pa.concat_arrays([pa.array([], pa.string()), *rows[name].cast(pa.string()).chunks])
        for name in ("actor_id", "author_id", "act_id", "object_id")
    )
    ids = pc.unique(pa.chunked_array([actor, author.drop_null()], pa.string()))
    ids = ids.take(pc.sort_indices(ids))
    place = _places(actor, ids)
    named_author = _places(author, ids)
    is_told = rows["is_told"].to_numpy() == 1
    kind = np.select([is_told, named_author >= 0], [TOLD, NAMED], SILENT).astype(np.int8)
    items = pc.unique(object_id.drop_null())
    held = _places(items, act_id)
    item = _places(object_id, items)
    happened = rows["happened_at"].cast(pa.int64()).to_numpy()
    start = int(happened.min()) if happened.size else 0
    appeared = rows["object_at"].cast(pa.int64())
    known = appeared.is_valid().to_numpy()
    item_hours = np.where(known, (appeared.fill_null(0).to_numpy() - start) / _HOUR_US, np.nan)
    shown = np.flatnonzero((rows["is_shown"].to_numpy() == 1) & ~is_told)
    n_accounts = len(ids)
    first = np.searchsorted(place, np.arange(n_accounts + 1))
    return Timeline(
        account_id=ids,
        act_id=act_id,
        first=first,
        hours=(happened - start) / _HOUR_US,
        kind=kind,
        is_repost=pc.equal(rows["verb"], "repost").to_numpy() & (kind == NAMED),
        author=named_author,
        item=item,
        item_act=np.where(item >= 0, held[item] if len(items) else -1, -1),
        item_hours=item_hours,
        n_items=len(items),
        shown_first=np.searchsorted(shown, first),
        shown_act=shown,
        start_us=start,
        links=links_of(rows["urls"]),
    )


def _places(values: pa.Array, among: pa.Array) -> Whole:
    """Places of the values; -1 for a null and for what is not among them."""
    found: Whole = pc.index_in(values, among).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def split_time(times: Timeline, share: float = SHARE_BEFORE) -> float:
    """t0: when that share of the acts has passed, counted where the acts count."""
    counted = times.hours[times.kind != TOLD]
    if counted.size == 0:
        return 0.0
    return float(np.partition(counted, min(int(share * counted.size), counted.size - 1))[int(share * counted.size)])


def exposures(
    times: Timeline, follows: pa.Table | None = None, *, since: float | None = None, most: int = MOST_SOURCES
) -> Exposure:
    """Sources of each account by what is known before t0; `follows` are the rows of `store/sql/follows.sql`.

    Of more than `most` sources those that were named most often stay, then the last ones named.
    """
    since = split_time(times) if since is None else since
    n = times.n_accounts
    account = times.account
    names = times.author >= 0
    early, late = names & (times.hours < since), names & (times.hours >= since) & (times.kind == NAMED)
    target, source = account[early], times.author[early]
    weight, last = np.ones(target.size, np.int64), times.hours[early]
    if follows is not None and follows.num_rows:
        followed = _followed(follows, times, since)
        target, source = np.append(target, followed[0]), np.append(source, followed[1])
        weight = np.append(weight, np.zeros(followed[0].size, np.int64))
        last = np.append(last, np.full(followed[0].size, -np.inf))
    key, place = np.unique(target * n + source, return_inverse=True)
    n_before = np.bincount(place, weight, key.size).astype(np.int64)
    last_at = np.full(key.size, -np.inf)
    np.maximum.at(last_at, place, last)
    order = np.lexsort((key, -last_at, -n_before, key // max(n, 1)))
    nth = np.arange(key.size) - np.searchsorted(key[order] // max(n, 1), key[order] // max(n, 1))
    stays = np.sort(order[nth < most])
    key, n_before = key[stays], n_before[stays]
    later = np.setdiff1d(account[late] * n + times.author[late], key)
    both = np.concatenate([key, later])
    order = np.argsort(both, kind="stable")
    both = both[order]
    return Exposure(
        first=np.searchsorted(both, np.arange(n + 1) * n),
        source=both % max(n, 1),
        is_exposed=(np.arange(both.size) < key.size)[order],
        n_named_before=np.append(n_before, np.zeros(later.size, np.int64))[order],
        since=since,
        until=float(np.nextafter(times.hours.max(), np.inf)) if times.hours.size else 0.0,
    )


def _followed(follows: pa.Table, times: Timeline, since: float) -> tuple[Whole, Whole]:
    target = _places(follows["target_id"].combine_chunks(), times.account_id)
    source = _places(follows["source_id"].combine_chunks(), times.account_id)
    at = follows["happened_at"].cast(pa.int64())
    late = at.is_valid().to_numpy() & ((at.fill_null(0).to_numpy() - times.start_us) / _HOUR_US >= since)
    known = (target >= 0) & (source >= 0) & ~late
    return target[known], source[known]

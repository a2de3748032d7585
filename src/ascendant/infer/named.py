"""Activity -> who is said to have moved whom: `named_by`, `ties`, and a count of everything for each account.

A repost, a quote and the first reply of a pair in a thread name somebody else's item: each is one act that was
moved, exact. What follows between the pair is conversation, kept beside. Why: `docs/decisions/0002-named-acts.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import Caveat
from ascendant.infer.options import InfluenceOptions
from ascendant.kernels.threads import chain_ends

_text, _whole, _time = pa.string(), pa.int64(), pa.timestamp("us", tz="UTC")

NAMED_BY: Final = pa.schema(
    [
        ("act_id", _text),  # the act that was moved
        ("actor_id", _text),  # who did it
        ("author_id", _text),  # who moved it: the author of the item it names
        ("verb", _text),  # repost, quote, reply
        ("object_id", _text),  # that item, its root where it was a repost; null when unknown
        ("happened_at", _time),  # when the act was done
        ("object_at", _time),  # when that item appeared; null where it is in no file
        ("delay_seconds", _whole),  # from the item to the act; null where either time is unknown
        ("thread_id", _text),  # the conversation it belongs to
        ("is_conversation", pa.bool_()),  # beyond the first reply of the pair in the thread
        ("n", _whole),  # how many acts the row stands for
    ]
)
TIES: Final = pa.schema(
    [
        ("source_id", _text),  # who moved
        ("target_id", _text),  # whose acts were moved
        ("n_moved", _whole),  # acts of the target that name an item of the source
        ("n_conversation", _whole),  # replies beyond the first of the pair in a thread
        ("first_at", _time),  # of these acts
        ("last_at", _time),  # of these acts
        ("median_delay_seconds", _whole),  # the lower of the two in the middle; of moved acts
        ("evidence", pa.list_(_text)),  # act ids spread over the time of the tie
    ]
)
_ROOT: Final = pa.schema([("object_id", _text), ("root_id", _text), ("root_author_id", _text)])
_THREAD: Final = pa.schema([("activity_id", _text), ("found_thread_id", _text)])
_UNKNOWN_TIME: Final = np.iinfo(np.int64).min


class Questions(Protocol):
    """What a study can be asked; `ascendant.store` gives one."""

    def ask(self, name: str, /, **tables: pa.Table) -> pa.Table:
        """The answer of `store/sql/<name>.sql`; `tables` are relations of those names while it runs."""
        ...


@dataclass(frozen=True)
class Named:
    """The named layer of a study. `accounts` has the columns that `store/sql/accounts.sql` explains."""

    named_by: pa.Table
    ties: pa.Table
    accounts: pa.Table
    caveats: tuple[Caveat, ...]


def named_layer(questions: Questions, options: InfluenceOptions = InfluenceOptions()) -> Named:
    """Every act that names somebody else's item, the ties that these make, and the counts of every account."""
    named = questions.ask("named", root=roots(questions), thread=_threads(questions))
    accounts = questions.ask("accounts", named=named)
    named_by, n_backward = _with_delays(named)
    caveats = _caveats(questions.ask("limits").to_pylist()[0], n_backward)
    return Named(named_by, _ties(named_by, options.evidence_per_tie), accounts, caveats)


def roots(questions: Questions) -> pa.Table:
    """Where each reposted repost leads: object_id, root_id, root_author_id. Circles lead nowhere and are left out."""
    links = questions.ask("repost_links")
    if links.num_rows == 0:
        return _ROOT.empty_table()
    ids, parent = _chains(links["activity_id"], links["object_id"])
    end = chain_ends(parent)
    link_of = pc.index_in(ids, _whole_array(links["activity_id"])).to_numpy(zero_copy_only=False)
    # The last link before the end knows the root's author, where any does.
    before_end = _last_link(parent, end)
    moved = np.flatnonzero((end != np.arange(end.size)) & (parent[end] < 0))
    author = _whole_array(links["object_author_id"]).take(pa.array(link_of[before_end[moved]].astype(np.int64)))
    return pa.table([ids.take(pa.array(moved)), ids.take(pa.array(end[moved])), author], schema=_ROOT)


def _last_link(parent: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each item the one before the end of its chain; itself at an end or in a circle."""
    own = np.arange(parent.size)
    is_last = (parent >= 0) & (parent == end) & (parent[end] < 0)
    onward = np.where(is_last | (parent < 0) | (parent[end] >= 0), -1, parent)
    found = chain_ends(onward)
    return np.where(parent < 0, own, found)


def _threads(questions: Questions) -> pa.Table:
    """The thread of each reply that names none: the conversation, or else the item, at the top of its chain."""
    links = questions.ask("reply_links")
    if links.num_rows == 0:
        return _THREAD.empty_table()
    ids, parent = _chains(links["activity_id"], links["object_id"])
    known = _whole_array(links["parent_thread_id"])
    replies = pc.index_in(_whole_array(links["activity_id"]), ids).to_numpy(zero_copy_only=False).astype(np.int64)
    # A reply to an item whose conversation is known is in that conversation: the chain stops there.
    parent[replies[known.is_valid().to_numpy(zero_copy_only=False)]] = -1
    end = chain_ends(parent)
    conversation = _placed(known, replies, len(ids))
    found = pc.coalesce(conversation.take(pa.array(end[replies])), ids.take(pa.array(end[replies])))
    return pa.table([_whole_array(links["activity_id"]), found], schema=_THREAD)


def _chains(child: pa.ChunkedArray, parent: pa.ChunkedArray) -> tuple[pa.Array, NDArray[np.int64]]:
    """All ids in ascending order, and for each the place of what it points at; -1 where it points at nothing."""
    ids = pc.unique(pa.chunked_array([*child.chunks, *parent.chunks], _text))
    ids = ids.take(pc.sort_indices(ids))
    pointing = np.full(len(ids), -1, np.int64)
    pointing[pc.index_in(_whole_array(child), ids).to_numpy(zero_copy_only=False)] = pc.index_in(
        _whole_array(parent), ids
    ).to_numpy(zero_copy_only=False)
    return ids, pointing


def _placed(values: pa.Array, places: NDArray[np.int64], size: int) -> pa.Array:
    """An array of that size with the values at those places and nulls elsewhere."""
    source = np.full(size, -1, np.int64)
    source[places] = np.arange(len(values))
    return values.take(pa.array(source, mask=source < 0))


def _whole_array(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _with_delays(named: pa.Table) -> tuple[pa.Table, int]:
    """`named_by`, and how many acts are older than what they name."""
    happened, has_happened = _microseconds(named["happened_at"])
    appeared, has_appeared = _microseconds(named["object_at"])
    has_clock = named["has_clock"].to_numpy().astype(bool) & has_happened & has_appeared
    delay = (happened - appeared) // 1_000_000
    is_backward = has_clock & (delay < 0)
    delays = pa.array(delay, mask=~has_clock | is_backward)
    table = named.drop_columns(["has_clock"]).append_column("delay_seconds", delays)
    return table.select(NAMED_BY.names).cast(NAMED_BY), int(is_backward.sum())


def _microseconds(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Times as whole microseconds (0 where unknown), and where they are known."""
    known = column.is_valid().to_numpy()
    return column.cast(_time).cast(_whole).fill_null(0).to_numpy(), known


def _ties(named_by: pa.Table, n_evidence: int) -> pa.Table:
    """One row per source and target. `named_by` comes sorted by author, actor, is_conversation, time, act."""
    if named_by.num_rows == 0:
        return TIES.empty_table()
    start = _starts(named_by["author_id"], named_by["actor_id"])
    pair = np.repeat(np.arange(start.size - 1), np.diff(start))
    n = named_by["n"].to_numpy()
    is_conversation = named_by["is_conversation"].to_numpy()
    n_rows_moved = np.bincount(pair, ~is_conversation, start.size - 1).astype(np.int64)
    first_at, last_at = _first_and_last(named_by["happened_at"], start)
    first_row = pa.array(start[:-1])
    return pa.table(
        [
            named_by["author_id"].take(first_row),
            named_by["actor_id"].take(first_row),
            np.add.reduceat(np.where(is_conversation, 0, n), start[:-1]),
            np.add.reduceat(np.where(is_conversation, n, 0), start[:-1]),
            first_at,
            last_at,
            _lower_medians(named_by["delay_seconds"], pair, ~is_conversation, start.size - 1),
            _evidence(named_by["act_id"], start, n_rows_moved, n_evidence),
        ],
        schema=TIES,
    )


def _starts(*columns: pa.ChunkedArray) -> NDArray[np.int64]:
    """The first row of each run of equal values, then the number of rows."""
    is_new = np.zeros(len(columns[0]), bool)
    is_new[0] = True
    for column in columns:
        whole = _whole_array(column)
        is_new[1:] |= pc.not_equal(whole.slice(1), whole.slice(0, len(whole) - 1)).to_numpy(zero_copy_only=False)
    return np.append(np.flatnonzero(is_new), is_new.size)


def _first_and_last(happened_at: pa.ChunkedArray, start: NDArray[np.int64]) -> tuple[pa.Array, pa.Array]:
    times, known = _microseconds(happened_at)
    first = np.minimum.reduceat(np.where(known, times, np.iinfo(np.int64).max), start[:-1])
    last = np.maximum.reduceat(np.where(known, times, _UNKNOWN_TIME), start[:-1])
    unknown = last == _UNKNOWN_TIME
    return pa.array(first, mask=unknown).cast(_time), pa.array(last, mask=unknown).cast(_time)


def _lower_medians(
    delay_seconds: pa.ChunkedArray, pair: NDArray[np.int64], is_wanted: NDArray[np.bool_], n_pairs: int
) -> pa.Array:
    wanted = is_wanted & delay_seconds.is_valid().to_numpy()
    delay, group = delay_seconds.fill_null(0).to_numpy()[wanted], pair[wanted]
    delay = delay[np.lexsort((delay, group))]
    size = np.bincount(group, minlength=n_pairs)
    middle = np.cumsum(size) - size + (size - 1) // 2
    if delay.size == 0:
        return pa.nulls(n_pairs, _whole)
    return pa.array(delay[np.minimum(np.where(size > 0, middle, 0), delay.size - 1)], mask=size == 0)


def _evidence(
    act_id: pa.ChunkedArray, start: NDArray[np.int64], n_rows_moved: NDArray[np.int64], n_evidence: int
) -> pa.Array:
    """First, last and evenly between, of the moved acts; of the conversation where there are no others."""
    n_rows = np.where(n_rows_moved > 0, n_rows_moved, np.diff(start))
    n_kept = np.minimum(n_rows, n_evidence)
    offset = np.append(0, np.cumsum(n_kept))
    rank = np.arange(offset[-1]) - np.repeat(offset[:-1], n_kept)
    steps = np.repeat(np.maximum(n_kept - 1, 1), n_kept)
    row = np.repeat(start[:-1], n_kept) + rank * np.repeat(n_rows - 1, n_kept) // steps
    ids = _whole_array(act_id.take(pa.array(row)))
    return pa.ListArray.from_arrays(pa.array(offset, pa.int32()), ids)


def _caveats(limits: dict[str, int], n_backward: int) -> tuple[Caveat, ...]:
    caveats = (
        Caveat(
            "{n} acts do not say whose they are, and count for nobody",
            {"n": limits["n_without_actor"]},
        ),
        Caveat(
            "{n} reposts, quotes or replies do not say whose item they name: they count as acts that nobody moved",
            {"n": limits["n_without_author"]},
        ),
        Caveat(
            "{n} replies name neither a thread nor an item: of each pair only the first counts as moved, a lower bound",
            {"n": limits["n_replies_without_thread"]},
        ),
        Caveat(
            "{n} acts are dated before the item that they name; their delay is left out",
            {"n": n_backward},
        ),
    )
    return tuple(caveat for caveat in caveats if caveat.facts["n"])

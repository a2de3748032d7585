"""What points at what -> where each chain ends, without compiled code: archives hold few and short chains.

`infer.named` does the same for whole studies with `kernels.threads`.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.patterns.mirror.owner import Questions

Whole = NDArray[np.int64]
_text = pa.string()


def roots(questions: Questions) -> pa.Table:
    """Where each reposted repost leads: object_id, root_id, root_author_id. Circles lead nowhere and are left out."""
    links = questions.ask("repost_links")
    child, up = _whole(links["activity_id"]), _whole(links["object_id"])
    ids, parent = _chains(child, up)
    end, before_end = ends(parent)
    moved = np.flatnonzero((parent >= 0) & (parent[end] < 0))
    link_of = pc.index_in(ids, child).fill_null(0).to_numpy()
    author = _whole(links["object_author_id"]).take(pa.array(link_of[before_end[moved]]))
    columns = [ids.take(pa.array(moved)), ids.take(pa.array(end[moved])), author]
    return pa.table(columns, names=["object_id", "root_id", "root_author_id"])


def threads(questions: Questions) -> pa.Table:
    """The thread of each reply that names none: the conversation (`is_told`), or else the item, at the top of its
    chain."""
    links = questions.ask("reply_links")
    child, up, known = (_whole(links[name]) for name in ("activity_id", "object_id", "parent_thread_id"))
    ids, parent = _chains(child, up)
    place = pc.index_in(child, ids).to_numpy(zero_copy_only=False).astype(np.int64)
    # A reply to an item whose conversation is known is in that conversation: the chain stops there.
    parent[place[known.is_valid().to_numpy(zero_copy_only=False)]] = -1
    end = ends(parent)[0][place]
    conversation = known.take(pc.index_in(ids.take(pa.array(end)), child))
    found = pc.coalesce(conversation, ids.take(pa.array(end)))
    return pa.table([child, found, conversation.is_valid()], names=["activity_id", "found_thread_id", "is_told"])


def ends(parent: Whole) -> tuple[Whole, Whole]:
    """The end of each item's chain, and the item before it (itself at an end); -1 points at nothing.

    Each step doubles how far an item sees. Who is in a circle, or leads to one, ends at the smallest of its members.

    >>> ends(np.array([-1, 0, 1, 4, 3]))[0].tolist(), ends(np.array([-1, 0, 1]))[1].tolist()
    ([0, 0, 0, 3, 3], [0, 1, 1])
    """
    own = np.arange(parent.size)
    is_end = parent < 0
    end = np.where(is_end, own, parent)
    before = np.where(is_end | is_end[end], own, parent)  # runs up to the last link
    for _ in range(max(1, parent.size).bit_length()):
        end, before = end[end], before[before]
    if not is_end[end].all():
        smallest, onward = own, np.where(is_end, own, parent)
        for _ in range(parent.size.bit_length()):
            smallest, onward = np.minimum(smallest, smallest[onward]), onward[onward]
        end = np.where(is_end[end], end, smallest[end])
    return end, before


def _chains(child: pa.Array, parent: pa.Array) -> tuple[pa.Array, Whole]:
    """All ids in ascending order, and for each the place of what it points at; -1 where it points at nothing."""
    ids = pc.unique(pa.concat_arrays([child, parent]))
    ids = ids.take(pc.sort_indices(ids))
    pointing = np.full(len(ids), -1, np.int64)
    places = [pc.index_in(one, ids).to_numpy(zero_copy_only=False).astype(np.int64) for one in (child, parent)]
    pointing[places[0]] = places[1]
    return ids, pointing


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays([pa.array([], _text), *(chunk.cast(_text) for chunk in column.chunks)])

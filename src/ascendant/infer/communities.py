"""Ties -> interest communities: who talks with whom more than with others. Found once a study; every room reads them.

Communities come from the ties themselves, conversation included, without direction. Accounts without a tie have none.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.infer.memory import give_back
from ascendant.infer.options import InfluenceOptions

COMMUNITIES: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("community", pa.int32()),  # 0 is the largest; null without a tie
        ("community_size", pa.int32()),  # accounts in it
    ]
)


def find_communities(
    ties: pa.Table,
    account_id: pa.ChunkedArray,
    options: InfluenceOptions = InfluenceOptions(),
) -> pa.Table:
    """The community of each account: the same for the same ties, in whatever order they come."""
    everyone = account_id.combine_chunks() if isinstance(account_id, pa.ChunkedArray) else account_id
    everyone = everyone.take(pc.sort_indices(everyone))
    if ties.num_rows == 0:
        unknown = pa.nulls(len(everyone), pa.int32())
        return pa.table([everyone, unknown, unknown], schema=COMMUNITIES)
    tied = pc.unique(pa.chunked_array([*ties["source_id"].chunks, *ties["target_id"].chunks], pa.string()))
    tied = tied.take(pc.sort_indices(tied))
    source, target = _places(ties["source_id"], tied), _places(ties["target_id"], tied)
    weight = pc.add(ties["n_moved"], ties["n_conversation"]).to_numpy().astype(float)
    first, second, summed = _edges(source, target, weight, len(tied))
    part = by_size(leiden(len(tied), first, second, summed, options))
    size = np.bincount(part)
    place = pc.index_in(everyone, tied)
    community = pa.array(part.astype(np.int32)).take(place)
    return pa.table(
        [everyone, community, pa.array(size[part].astype(np.int32)).take(place)],
        schema=COMMUNITIES,
    )


def _places(ids: pa.ChunkedArray, among: pa.Array) -> NDArray[np.int64]:
    found: NDArray[np.int64] = pc.index_in(ids, among).to_numpy().astype(np.int64)
    return found


def _edges(
    source: NDArray[np.int64], target: NDArray[np.int64], weight: NDArray[np.float64], n_nodes: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Undirected edges in ascending order, each once; both directions add up."""
    key = np.minimum(source, target) * n_nodes + np.maximum(source, target)
    unique_key, edge = np.unique(key, return_inverse=True)
    summed: NDArray[np.float64] = np.bincount(edge, weight).astype(float)
    return unique_key // n_nodes, unique_key % n_nodes, summed


def leiden(
    n_nodes: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    weight: NDArray[np.float64],
    options: InfluenceOptions,
) -> NDArray[np.int64]:
    """A partition by networkit's Leiden, on one thread: with more, it differs between runs."""
    import networkit as nk  # noqa: PLC0415  slow to import

    n_threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        nk.setSeed(options.community_seed, False)
        graph = nk.GraphFromCoo((weight, (first, second)), n=n_nodes, weighted=True, directed=False)
        found = nk.community.ParallelLeiden(graph, iterations=3, randomize=False, gamma=options.community_grain).run()
        partition: NDArray[np.int64] = np.asarray(found.getPartition().getVector(), np.int64)
        del graph, found
    finally:
        nk.setNumberOfThreads(n_threads)
    give_back()
    return partition


def by_size(part: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers from 0 by falling size, then by the first of their members."""
    _, first_member, number, size = np.unique(part, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first_member, -size))
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    return rank[number]

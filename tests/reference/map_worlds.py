"""Invented studies for the map: ties, the communities that are planted in them, the acts that each account moved."""

import numpy as np
import pyarrow as pa

from ascendant.infer.communities import COMMUNITIES

TIES = pa.schema(
    [("source_id", pa.string()), ("target_id", pa.string()), ("n_moved", pa.int64()), ("n_conversation", pa.int64())]
)


def study_of(source, target, n_moved, community, seed):
    """Tables from places of accounts; `community` is -1 without a tie. Ids are shuffled."""
    rng = np.random.default_rng(seed)
    n = len(community)
    who = np.array([f"x:{number:06}" for number in rng.permutation(n)])
    talk = rng.poisson(0.3, len(source))
    ties = pa.table([pa.array(who[source]), pa.array(who[target]), pa.array(n_moved), pa.array(talk)], schema=TIES)
    size = np.bincount(community[community >= 0], minlength=1)
    order = np.argsort(-size, kind="stable")
    number = np.argsort(order)
    known = community >= 0
    communities = pa.table(
        [
            pa.array(who),
            pa.array(np.where(known, number[community], 0), pa.int32(), mask=~known),
            pa.array(np.where(known, size[community], 0), pa.int32(), mask=~known),
        ],
        schema=COMMUNITIES,
    )
    moved = np.bincount(source, n_moved, n).astype(np.int64)
    return ties, communities, pa.table({"account_id": who, "n_moved_by_it": moved})


def random_study(seed, n, n_communities, share_alone):
    """Communities of very different sizes; lone accounts, and others in pairs; sources as in a power law."""
    rng = np.random.default_rng(seed)
    n_alone = int(share_alone * n)
    n_pairs = min(n_alone, n - n_alone) // 4
    m = n - n_alone - 2 * n_pairs
    weight = rng.pareto(1.0, n_communities) + 0.1
    community = np.sort(rng.choice(n_communities, m, p=weight / weight.sum()))
    community = np.unique(community, return_inverse=True)[1]
    pull = rng.pareto(0.9, m) + 0.01
    target = np.concatenate([np.arange(m), rng.integers(0, m, 2 * m)])
    source = rng.choice(m, 3 * m, p=pull / pull.sum())
    inside = rng.random(3 * m) < 0.85
    near = np.clip(target + rng.integers(-20, 20, 3 * m), 0, m - 1)
    source = np.where(inside & (community[source] != community[target]), near, source)
    pairs = m + np.arange(0, 2 * n_pairs, 2)
    source, target = np.concatenate([source, pairs]), np.concatenate([target, pairs + 1])
    keep = source != target
    source, target = source[keep], target[keep]
    small = community.max(initial=-1) + 1 + np.arange(2 * n_pairs) // 2
    whole = np.concatenate([community, small, np.full(n_alone, -1)]).astype(np.int64)
    n_moved = np.minimum(1 + rng.pareto(1.2, source.size), 5000).astype(np.int64)
    return study_of(source, target, n_moved, whole, seed)


def planted(seed, *, is_null, n_communities=18, size=25):
    """Communities in a circle, each exchanging with the next; or, as a null, each with others drawn at random.

    Returns the study and the pairs that are next to each other in the circle, by the numbers of their communities.
    """
    rng = np.random.default_rng(seed)
    community = np.repeat(np.arange(n_communities), size)
    n = community.size
    target = np.concatenate([np.arange(n)] * 3)
    source = (target // size) * size + rng.integers(0, size, 3 * n)
    circle = rng.permutation(n_communities)
    pairs = list(zip(circle.tolist(), np.roll(circle, 1).tolist(), strict=True))
    exchanging = [rng.choice(n_communities, 2, replace=False).tolist() for _ in pairs] if is_null else pairs
    for one, other in exchanging:
        source = np.concatenate([source, one * size + rng.integers(0, size, 15)])
        target = np.concatenate([target, other * size + rng.integers(0, size, 15)])
    keep = source != target
    source, target = source[keep], target[keep]
    return study_of(source, target, np.ones(source.size, np.int64), community, seed), pairs

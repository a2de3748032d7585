"""Moved acts -> whether each was about something new to its actor, and how often that is so of what others moved.

What one would not have taken up in normal times: beside it stands the same share of the account's own acts, those that
name nobody, each by the chance that nobody moved it. That is no null: people whom others move may differ in what they
take up by themselves. It only says what is usual for this account.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.infer.named import Questions

Floats = NDArray[np.float64]

NEW_SHARES: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("n_moved_on_topic", pa.float64()),  # acts with a topic that others moved, silent ones by chance
        ("new_share_moved", pa.float64()),  # of these, the share that was about something new to the account
        ("new_share_moved_low", pa.float64()),
        ("new_share_moved_high", pa.float64()),
        ("n_own_on_topic", pa.float64()),  # silent acts with a topic, by the chance that nobody moved them
        ("new_share_own", pa.float64()),  # the same share of these: what is usual for the account
        ("new_share_own_low", pa.float64()),
        ("new_share_own_high", pa.float64()),
    ]
)
NEW_TO_ACTOR: Final = pa.schema(
    [
        ("new_to_actor", pa.bool_()),  # none of its topics did the actor carry before; null where it cannot be told
    ]
)
_NORMAL: Final = 1.6449  # 90 % lie within


def with_new_topics(questions: Questions, moved_acts: pa.Table) -> pa.Table:
    """`moved_acts` with the column `new_to_actor`."""
    if moved_acts.num_rows == 0:
        return moved_acts.append_column(NEW_TO_ACTOR.field(0), pa.array([], pa.bool_()))
    asked = questions.ask("new_topics", wanted=moved_acts.select(["act_id"]))
    place = pc.index_in(moved_acts["act_id"], asked["act_id"].combine_chunks())
    is_new = pc.equal(asked["is_new"], 1).take(place)
    return moved_acts.append_column(NEW_TO_ACTOR.field(0), is_new)


def new_shares(moved_acts: pa.Table) -> pa.Table:
    """One row for each account of which something can be told; shares are null where there is nothing to divide by.

    Intervals are Wilson's at 90 %, with as many acts as the weights are worth.
    """
    told = moved_acts.filter(moved_acts["new_to_actor"].is_valid())
    if told.num_rows == 0:
        return NEW_SHARES.empty_table()
    codes = told["actor_id"].combine_chunks().dictionary_encode()
    account = codes.indices.to_numpy()
    n = len(codes.dictionary)
    p = told["p_moved"].to_numpy().astype(np.float64)
    is_new = told["new_to_actor"].to_numpy(zero_copy_only=False).astype(np.float64)
    table = pa.table(
        [codes.dictionary, *_share(account, p, is_new, n), *_share(account, 1 - p, is_new, n)], schema=NEW_SHARES
    )
    return table.sort_by("account_id")


def _share(account: NDArray[np.int32], weight: Floats, is_new: Floats, n: int) -> tuple[pa.Array, ...]:
    """Weight, share and its ends for each account."""
    total, squares = np.bincount(account, weight, n), np.bincount(account, weight**2, n)
    some = total > 1e-9
    share = np.bincount(account, weight * is_new, n) / np.where(some, total, 1.0)
    share = np.clip(share, 0.0, 1.0)
    low, high = _wilson(share, np.where(some, total**2 / np.maximum(squares, 1e-300), 1.0))
    return (pa.array(total), *(pa.array(part, mask=~some) for part in (share, low, high)))


def _wilson(share: Floats, n: Floats) -> tuple[Floats, Floats]:
    """The ends of 90 % for a share of n.

    >>> [round(float(end[0]), 2) for end in _wilson(np.array([0.0]), np.array([10.0]))]
    [0.0, 0.21]
    """
    z2 = _NORMAL**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = _NORMAL * np.sqrt(share * (1 - share) / n + z2 / (4 * n**2)) / (1 + z2 / n)
    return np.clip(np.minimum(middle - reach, share), 0.0, 1.0), np.clip(np.maximum(middle + reach, share), 0.0, 1.0)

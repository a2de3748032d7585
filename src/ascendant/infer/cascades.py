"""Activity -> cascades: of each reposted item, which of its reposts each act caused; and influence account by account.

The item opens its cascade even where it is in no file, since every repost names it: it then stands at the time of its
first repost, the latest it can have been. An account stands once in a cascade, with its first act, so that nobody moves
oneself and an act counts once for each account that led to it. Of a window the acts in it are counted, and laid to the
acts before them, wherever these are. Why: `docs/decisions/0004-cascades.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import Caveat
from ascendant.infer.named import Questions, roots
from ascendant.infer.options import InfluenceOptions
from ascendant.kernels.cascade import cascade_influence

_text, _whole, _time = pa.string(), pa.int64(), pa.timestamp("us", tz="UTC")

CASCADES: Final = pa.schema(
    [
        ("cascade_id", _text),  # the item that was reposted
        ("act_id", _text),  # the item itself, then its reposts in the order of time
        ("account_id", _text),  # null where nothing says who wrote the item
        ("happened_at", _time),  # null where the item is in no file
        ("n_in_cascade", _whole),
        ("influence", pa.float64()),  # expected acts asked about that this one caused, directly or through others
    ]
)
INFLUENCE: Final = pa.schema(
    [
        ("account_id", _text),
        ("n_moved_direct", _whole),  # others' acts that name an item of it
        ("cascade_influence", pa.float64()),  # sum of its acts' influence inside cascades
        ("n_cascades", _whole),  # cascades in which it stands
    ]
)


@dataclass(frozen=True)
class Cascades:
    """The cascades of a study, and what they give each account."""

    cascades: pa.Table
    influence: pa.Table
    caveats: tuple[Caveat, ...]


def find_cascades(
    questions: Questions,
    accounts: pa.Table,
    options: InfluenceOptions = InfluenceOptions(),
) -> Cascades:
    """Influence of each act within its cascade; of each account in `accounts` (named layer) or in a cascade."""
    members = questions.ask("cascades", root=roots(questions))
    start = _starts_of_places(members["place"])
    seconds, mark = _seconds(members["happened_at"], start), _marks(members["followers"], start)
    is_kept, is_before = _until_asked(members, start), _before_asked(members, start)
    # What came after the last act asked about cannot have caused it; what was caused before the first one is not asked.
    influence = np.zeros(members.num_rows)
    for sign, is_part in ((1, is_kept), (-1, is_before)):
        part_start = np.append(0, np.cumsum(is_part))[start]
        influence[is_part] += sign * cascade_influence(
            part_start, seconds[is_part], mark[is_part], options.loss_per_second
        )
    members, influence = members.filter(pa.array(is_kept)), influence[is_kept]
    size = np.diff(_starts_of_places(members["place"]))
    columns = {
        **{name: members[name] for name in ("cascade_id", "act_id", "account_id", "happened_at")},
        "n_in_cascade": np.repeat(size, size),
        "influence": influence,
    }
    cascades = pa.table(columns).cast(CASCADES)
    return Cascades(cascades, _by_account(cascades, accounts), _caveats(questions.ask("limits").to_pylist()[0]))


def _starts_of_places(place: pa.ChunkedArray) -> NDArray[np.int64]:
    """Where each cascade starts, then the number of acts: an item has place 0, its reposts 1."""
    return np.append(np.flatnonzero(place.to_numpy() == 0), len(place))


def _until_asked(members: pa.Table, start: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True for the acts up to the last one asked about of their cascade."""
    n_before = np.append(0, np.cumsum(members["is_asked"].to_numpy()))
    is_until: NDArray[np.bool_] = n_before[:-1] < np.repeat(n_before[start[1:]], np.diff(start))
    return is_until


def _before_asked(members: pa.Table, start: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True for the acts before the first one asked about of their cascade, the item among them."""
    n_before = np.append(0, np.cumsum(members["is_asked"].to_numpy()))
    is_before: NDArray[np.bool_] = n_before[1:] == np.repeat(n_before[start[:-1]], np.diff(start))
    return is_before


def _seconds(happened_at: pa.ChunkedArray, start: NDArray[np.int64]) -> NDArray[np.float64]:
    """Seconds since the item; the item itself no later than its first repost, where its time is unknown or wrong."""
    times = happened_at.cast(_time).cast(_whole)
    first_repost = times.take(pa.array(start[:-1] + 1)).to_numpy()
    micros = times.fill_null(np.iinfo(np.int64).max).to_numpy().copy()
    micros[start[:-1]] = np.minimum(micros[start[:-1]], first_repost)
    seconds: NDArray[np.float64] = (micros - np.repeat(micros[start[:-1]], np.diff(start))) / 1e6
    return seconds


def _marks(followers: pa.ChunkedArray, start: NDArray[np.int64]) -> NDArray[np.float64]:
    """How far each act is seen: followers, the cascade's median where unknown; 1 for all where most are unknown."""
    is_known = followers.is_valid().to_numpy()
    mark = np.maximum(followers.fill_null(0).to_numpy(), 1).astype(float)
    size = np.diff(start)
    cascade = np.repeat(np.arange(size.size), size)
    n_known = np.bincount(cascade, is_known, size.size).astype(np.int64)
    ranked = mark[np.lexsort((mark, ~is_known, cascade))]  # known ones first in each cascade, ascending
    median = ranked[np.minimum(start[:-1] + np.maximum(n_known - 1, 0) // 2, max(mark.size - 1, 0))]
    filled = np.where(is_known, mark, np.repeat(median, size))
    return np.where(np.repeat(2 * n_known >= size, size), filled, 1.0)


def _by_account(cascades: pa.Table, accounts: pa.Table) -> pa.Table:
    """Sums over cascades in their order, so that they come out the same to the last bit."""
    standing_in = cascades["account_id"]
    everyone = pc.unique(pa.chunked_array([*accounts["account_id"].chunks, *standing_in.drop_null().chunks], _text))
    everyone = everyone.take(pc.sort_indices(everyone))
    place = pc.index_in(standing_in, everyone)
    is_known = place.is_valid().to_numpy()
    who = place.fill_null(0).to_numpy()[is_known].astype(np.int64)
    summed = np.bincount(who, cascades["influence"].to_numpy()[is_known], len(everyone))
    n_cascades = np.bincount(who, minlength=len(everyone)).astype(np.int64)
    n_moved = accounts["n_moved_by_it"].take(pc.index_in(everyone, accounts["account_id"].combine_chunks()))
    return pa.table([everyone, n_moved.fill_null(0), summed, n_cascades], schema=INFLUENCE)


def _caveats(limits: dict[str, int]) -> tuple[Caveat, ...]:
    n_reposts = limits["n_reposts"]
    without_object = Caveat(
        "{n} of {of} reposts do not say which item they pass on: files without object ids give ties and standing, but"
        " no cascades",
        {"n": limits["n_reposts_without_object"], "of": n_reposts},
    )
    without_time = Caveat(
        "{n} of {of} reposts have no time and stand in no cascade",
        {"n": limits["n_reposts_without_time"], "of": n_reposts},
    )
    return tuple(caveat for caveat in (without_object, without_time) if caveat.facts["n"])

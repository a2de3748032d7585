"""Moved acts -> whose items they were, on how few accounts they rest, and how that went over time.

Shares are of acts whose source is known. An account that was only liked or talked with has a row too, with n = 0.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.patterns.clock import DAY, local_micros
from ascendant.patterns.mirror.acts import CONVERSATION, QUOTE, REPLY, REPOST, Acts, Flags, Whole
from ascendant.patterns.mirror.bursts import share_interval
from ascendant.patterns.mirror.tables import SCHEMAS, table_of
from ascendant.patterns.options import PatternOptions

N_DRAWS: Final = 400
_SEED: Final = 5_140_229
_FEW: Final = 50  # sources of so many acts are drawn together
_time = pa.timestamp("us", tz="UTC")


def sources(acts: Acts, likes: pa.Table, followed: dict[str, set[str]], options: PatternOptions) -> pa.Table:
    """One row for each account whose items the owner passed on, answered or liked; those that moved most come first.

    `likes` is the answer of `mirror_likes`; `followed` has the accounts that are followed, by platform where told.
    """
    given = likes.filter(pc.and_(likes["is_mine"], likes["other_id"].is_valid()))
    liked = given.group_by(["platform", "other_id"]).aggregate([("n", "sum")])
    pairs = _pairs_of(acts, liked)
    if not len(pairs[0]):
        return SCHEMAS["sources"].empty_table()
    platform, account, place, n_likes = pairs
    size = len(account)
    columns: dict[str, object] = {"platform": platform, "account_id": account}
    is_moved, is_conversation = acts.is_attributed, (acts.kind == CONVERSATION) & (acts.source >= 0) & ~acts.is_self
    n = _sums(place, acts.n, is_moved, size)
    columns["n"] = n
    for name, kind in (("n_reposts", REPOST), ("n_quotes", QUOTE), ("n_replies", REPLY)):
        columns[name] = _sums(place, acts.n, is_moved & (acts.kind == kind), size)
    columns["n_conversation"] = _sums(place, acts.n, is_conversation, size)
    columns["n_likes"] = n_likes
    names = pa.array(acts.platforms)
    total = np.bincount(acts.platform, acts.n * is_moved, len(names)).astype(np.int64)
    number = pc.index_in(platform, names).to_numpy(zero_copy_only=False)
    of = total[number]
    worth = [acts.aloneness(is_moved & (acts.platform == one), acts.source) for one in range(len(names))]
    low, high = share_interval(n, of, options.interval, np.array(worth)[number])
    for name, values in (("share", n / np.maximum(of, 1)), ("low", low), ("high", high)):
        columns[name] = pa.array(values, mask=of == 0)
    columns["n_delays"] = np.bincount(place[is_moved & acts.has_delay], minlength=size)
    columns["median_delay_seconds"] = _medians(acts, place, is_moved & acts.has_delay, size)
    columns["first_at"], columns["last_at"] = _ends(acts, place, is_moved | is_conversation, size)
    columns["is_followed"] = _followed(platform.to_pylist(), account.to_pylist(), followed)
    table = pa.table(columns).select(SCHEMAS["sources"].names).cast(SCHEMAS["sources"])
    order = [("n", "descending"), ("n_conversation", "descending"), ("n_likes", "descending")]
    return table.sort_by([*order, ("platform", "ascending"), ("account_id", "ascending")])


def _pairs_of(acts: Acts, liked: pa.Table) -> tuple[pa.Array, pa.Array, Whole, Whole]:
    """Each source once: platform, account, which of them each act has (-1: none), and how many likes it got."""
    names = pa.array([*acts.platforms, ""], pa.string())
    known = (acts.source >= 0) & ~acts.is_self
    accounts = pa.array(acts.sources, pa.string())
    of_likes = pc.index_in(liked["other_id"], accounts).to_numpy(zero_copy_only=False)
    new = pc.unique(liked["other_id"].filter(pa.array(np.isnan(of_likes.astype(float)))))
    accounts = pa.concat_arrays([accounts, new.cast(pa.string())])
    liked_place = pc.index_in(liked["other_id"], accounts).to_numpy(zero_copy_only=False).astype(np.int64)
    liked_platform = pc.index_in(liked["platform"], names).to_numpy(zero_copy_only=False).astype(np.int64)
    width = max(len(accounts), 1)
    key = np.concatenate([(acts.platform * width + acts.source)[known], liked_platform * width + liked_place])
    keys, where = np.unique(key, return_inverse=True)
    where = where.reshape(-1)
    place = np.full(acts.n.size, -1, np.int64)
    place[known] = where[: int(known.sum())]
    n_likes = np.zeros(keys.size, np.int64)
    np.add.at(n_likes, where[int(known.sum()) :], liked["n_sum"].to_numpy())
    return names.take(pa.array(keys // width)), accounts.take(pa.array(keys % width)), place, n_likes


def _sums(place: Whole, n: Whole, is_it: Flags, size: int) -> Whole:
    return np.bincount(place[is_it], n[is_it], size).astype(np.int64)


def _medians(acts: Acts, place: Whole, is_it: Flags, size: int) -> pa.Array:
    """The middle one, or halfway between the two in the middle."""
    group, delay = place[is_it], acts.delay[is_it]
    if not group.size:
        return pa.nulls(size, pa.float64())
    delay = delay[np.lexsort((delay, group))]
    n = np.bincount(group, minlength=size)
    start = np.cumsum(n) - n
    low, high = (np.minimum(start + np.maximum(middle, 0), delay.size - 1) for middle in ((n - 1) // 2, n // 2))
    return pa.array((delay[low] + delay[high]) / 2, mask=n == 0)


def _ends(acts: Acts, place: Whole, is_it: Flags, size: int) -> tuple[pa.Array, pa.Array]:
    is_it = is_it & acts.is_timed
    bounds = np.iinfo(np.int64)
    first, last = np.full(size, bounds.max), np.full(size, bounds.min)
    np.minimum.at(first, place[is_it], acts.happened[is_it])
    np.maximum.at(last, place[is_it], acts.happened[is_it])
    unknown = last == bounds.min
    return pa.array(first, mask=unknown).cast(_time), pa.array(last, mask=unknown).cast(_time)


def _followed(platform: list[str], account: list[str], followed: dict[str, set[str]]) -> pa.Array:
    """Not told where follows are numbers and the account is known by its handle alone, or the reverse."""
    forms = {name: {_is_number(who) for who in held} for name, held in followed.items()}

    def told(name: str, who: str) -> bool | None:
        if name not in followed:
            return None
        return who in followed[name] or (False if forms[name] <= {_is_number(who)} else None)

    return pa.array([told(*pair) for pair in zip(platform, account, strict=True)], pa.bool_())


def _is_number(account: str) -> bool:
    return account.partition(":")[2].isdecimal()


def concentration(acts: Acts, options: PatternOptions) -> pa.Table:
    """On how few sources half of the moved acts rest. The interval is where this figure lies for as many acts again of
    somebody with the same habits; it says nothing of sources that no act has named yet."""
    rows: list[dict[str, object]] = []
    for name, is_here in acts.sides():
        is_known = is_here & acts.is_attributed
        n = _by_source(acts.source[is_known], acts.n[is_known])
        row: dict[str, object] = {
            "platform": name,
            "n_attributed": int(n.sum()),
            "n_unattributed": int(acts.n[is_here & acts.is_moved & (acts.source < 0)].sum()),
            "n_sources": n.size,
        }
        if n.size:
            low, high = n_half_interval(n, options.interval)
            row |= {"n_half": n_half(n), "n_half_low": low, "n_half_high": high, "share_of_first": n.max() / n.sum()}
        rows.append(row)
    return table_of("concentration", rows)


def _by_source(source: Whole, n: Whole) -> Whole:
    """How many each has, of those that have any."""
    held = np.bincount(source, n).astype(np.int64)
    found: Whole = held[held > 0]
    return found


def n_half(n: NDArray[np.integer]) -> int:
    """The fewest sources that make half of the acts.

    >>> n_half(np.array([1, 5, 2, 2])), n_half(np.array([1, 1, 1, 1])), n_half(np.array([7]))
    (1, 2, 1)
    """
    held = np.cumsum(np.sort(n)[::-1])
    return int(np.searchsorted(2 * held, held[-1]) + 1)


def n_half_interval(n: Whole, interval: float, n_draws: int = N_DRAWS) -> tuple[int, int]:
    """Acts drawn again: the spread of the draws, around what was seen.

    Acts that are drawn again name fewer sources than those that they are drawn from: the draws themselves lie too low,
    and only how much they differ is taken from them. Each source's acts are drawn by Poisson; sources of equally many
    acts are alike, and are drawn together, so that 100,000 of them cost no more than a few hundred.
    """
    seen = n_half(n)
    random = np.random.default_rng(_SEED)
    many = random.poisson(n[n > _FEW], (n_draws, int((n > _FEW).sum())))
    sizes, how_many = np.unique(n[n <= _FEW], return_counts=True)
    most = int(_FEW + 10 * _FEW**0.5 + 10)
    again = np.zeros((n_draws, most + 1), np.int64)
    for size, m in zip(sizes.tolist(), how_many.tolist(), strict=True):
        again += random.multinomial(m, _poisson(size, most), n_draws)
    drawn = np.array([_half_of(many[draw], again[draw]) for draw in range(n_draws)])
    middle = max(float(np.median(drawn)), 1.0)
    tail = (1 - interval) / 2
    low, high = (float(np.quantile(drawn, p)) / middle * seen for p in (tail, 1 - tail))
    return max(1, min(seen, int(np.floor(low)))), min(n.size, max(seen, int(np.ceil(high))))


def _poisson(mean: int, most: int) -> NDArray[np.float64]:
    p = np.exp(-mean + np.concatenate([[0.0], np.cumsum(np.log(mean / np.arange(1, most + 1)))]))
    found: NDArray[np.float64] = p / p.sum()
    return found


def _half_of(each: Whole, of_size: Whole) -> int:
    """`n_half` of single counts, and of `of_size[k]` sources that have k acts each."""
    value = np.concatenate([each, np.arange(of_size.size)])
    number = np.concatenate([np.ones(each.size, np.int64), of_size])
    order = np.argsort(-value, kind="stable")
    value, number = value[order], number[order]
    held = np.cumsum(value * number)
    if not held[-1]:
        return 0
    at = int(np.searchsorted(2 * held, held[-1]))
    before = int(held[at] - value[at] * number[at])
    return int(number[:at].sum() + -((2 * before - int(held[-1])) // (2 * int(value[at]))))


def diversity(acts: Acts, zone: str) -> pa.Table:
    """Sources by quarter of the study's time zone; quarters without an act have no row."""
    is_it = acts.is_timed & acts.is_act
    if not is_it.any():
        return SCHEMAS["diversity"].empty_table()
    day = local_micros(acts.happened[is_it], zone) // DAY
    months = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    quarters, place = np.unique(months // 3, return_inverse=True)
    n, source = acts.n[is_it], acts.source[is_it]
    is_moved, is_known = acts.is_moved[is_it], acts.is_attributed[is_it]
    rows = []
    for number, quarter in enumerate(quarters.tolist()):
        here = place == number
        counts = _by_source(source[here & is_known], n[here & is_known])
        rows.append(
            {
                "quarter": np.datetime64(quarter * 3, "M").astype("datetime64[D]").item(),
                "n_acts": int(n[here].sum()),
                "n_reaction": int(n[here & is_moved].sum()),
                "n_attributed": int(counts.sum()),
                "n_sources": counts.size,
                "n_half": n_half(counts) if counts.size else None,
            }
        )
    return table_of("diversity", rows)

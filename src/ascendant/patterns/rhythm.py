"""Acts -> when others react: day by day, hour by hour, in the clock of the study's time zone.

Reactions on one item come together, and so do those of one day: how sure it is that some hours are the busiest is found
by drawing the items, and the days, again (Poisson bootstrap). The lower of the two chances counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import Caveat
from ascendant.infer.named import Questions
from ascendant.patterns.clock import DAY, HOUR, local_micros

RHYTHM: Final = pa.schema(
    [
        ("day", pa.date32()),  # of the display time zone, like the hour
        ("hour", pa.int32()),  # 0 to 23
        ("n_acts", pa.int64()),
        ("n_moved", pa.int64()),  # of these, acts that another account moved
    ]
)
HOURS: Final = pa.schema(
    [
        ("hour", pa.int32()),  # 0 to 23
        ("n_acts", pa.int64()),
        ("n_moved", pa.int64()),
        # Chance that the three hours from this one on hold the most reactions, the middle one counted twice (a peak of
        # one hour would else lie in three such windows alike); null where too little was seen.
        ("peak_chance", pa.float64()),
    ]
)
PEAK_HOURS: Final = 3
FEWEST_ITEMS: Final = 10  # with reactions, to draw again; and as few days
FEWEST_DAYS: Final = 5
_N_DRAWS: Final = 200
_SEED: Final = 7_310_562

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Rhythm:
    """Reactions by day and hour, and by hour of the day."""

    rhythm: pa.Table
    hours: pa.Table
    caveats: tuple[Caveat, ...]


def find_rhythm(questions: Questions, named_by: pa.Table, zone: str = "UTC") -> Rhythm:
    """When acts and reactions were done; acts of which only the day is known are left out."""
    acts = questions.ask("rhythm", named=named_by)
    times = local_micros(acts["happened_at"].cast(pa.timestamp("us", tz="UTC")).cast(pa.int64()).to_numpy(), zone)
    day, hour = times // DAY, times % DAY // HOUR
    n_acts, n_moved = acts["n_acts"].to_numpy(), acts["n_moved"].to_numpy()
    moment, place = np.unique(day * 24 + hour, return_inverse=True)
    rhythm = pa.table(
        [
            pa.array((moment // 24).astype(np.int32)).cast(pa.date32()),
            (moment % 24).astype(np.int32),
            _sums(place, n_acts, moment.size),
            _sums(place, n_moved, moment.size),
        ],
        schema=RHYTHM,
    )
    is_moved = n_moved > 0
    item = pc.dictionary_encode(acts["item_id"].combine_chunks().filter(pa.array(is_moved))).indices.to_numpy()
    chance = peak_chances(hour[is_moved], n_moved[is_moved], item, day[is_moved])
    hours = pa.table(
        [
            np.arange(24, dtype=np.int32),
            _sums(hour, n_acts, 24),
            _sums(hour, n_moved, 24),
            pa.nulls(24, pa.float64()) if chance is None else pa.array(chance),
        ],
        schema=HOURS,
    )
    return Rhythm(rhythm, hours, _caveats(named_by, int(n_moved.sum())))


def peak_chances(hour: Whole, n: Whole, item: Whole, day: Whole) -> list[float] | None:
    """For each hour, the chance of `HOURS`; None where too little was seen.

    Rows are reactions: their hour of the day, how many, on which item, on which day.
    """
    n_items, n_days = np.unique(item).size, np.unique(day).size
    if n_items < FEWEST_ITEMS or n_days < FEWEST_DAYS:
        return None
    both = np.array([_peaks(_by_cluster(cluster, hour, n)) for cluster in (item, day)])
    found: list[float] = both.min(axis=0).tolist()
    return found


def _by_cluster(cluster: Whole, hour: Whole, n: Whole) -> Whole:
    """Each pattern of hours that a cluster can have, and how many clusters have it: rows of 24 hours and a count."""
    _, place = np.unique(cluster, return_inverse=True)
    table = np.zeros((place.max() + 1, 24), np.int64)
    np.add.at(table, (place, hour), n)
    patterns, count = np.unique(table, axis=0, return_counts=True)
    return np.column_stack([patterns, count]).astype(np.int64)


def _peaks(patterns: Whole) -> NDArray[np.float64]:
    random = np.random.default_rng(_SEED)
    hours, count = patterns[:, :24], patterns[:, 24]
    won = np.zeros(24)
    for _ in range(_N_DRAWS):
        drawn = random.poisson(count) @ hours
        held = drawn + 2 * np.roll(drawn, -1) + np.roll(drawn, -2)
        won[np.argmax(held)] += held.max() > 0
    return won / _N_DRAWS


def _sums(place: Whole, n: Whole, size: int) -> Whole:
    """Exact sums of whole numbers; of floats they would lose the last digits from 2 ** 53 on."""
    found = np.zeros(size, np.int64)
    np.add.at(found, place, n)
    return found


def _caveats(named_by: pa.Table, n_timed: int) -> tuple[Caveat, ...]:
    n_moved = int(pc.sum(named_by.filter(pc.invert(named_by["is_conversation"]))["n"]).as_py() or 0)
    if n_timed >= n_moved:
        return ()
    return (Caveat("the time of day is known for {n} of {of} moved acts", {"n": n_timed, "of": n_moved}),)

"""What the owner passed on: from whom, and how long after it appeared. Items of the owner's own are left out.

An archive of X names the author of what was reposted, not the post: its reposts have no delay, unless collected posts
name the post too, or hold it (`reposts`).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from scipy import special

from ascendant.patterns.mirror.acts import KINDS, LINK, LINK_WITH_WORDS, QUOTE, REPOST, Acts, Flags, Whole
from ascendant.patterns.mirror.tables import SCHEMAS, table_of
from ascendant.patterns.options import PatternOptions

MINUTE, TEN_MINUTES, HOUR, DAY = 60, 600, 3_600, 86_400  # seconds
_time = pa.timestamp("us", tz="UTC")


def passed_on(acts: Acts) -> pa.Table:
    """Each repost, quote and bare link, in the order of time; those of unknown time come last."""
    is_it = np.isin(acts.kind, (REPOST, QUOTE, LINK)) & ~acts.is_self
    row = np.flatnonzero(is_it)
    row = row[np.argsort(np.where(acts.is_timed, acts.happened, np.iinfo(np.int64).max)[row], kind="stable")]
    is_item = acts.kind[row] != LINK
    columns = [
        acts.act_id.take(pa.array(row)),
        pa.array(acts.platforms, pa.string()).take(pa.array(acts.platform[row])),
        pa.array(KINDS).take(pa.array(acts.kind[row])),
        pa.array(acts.sources, pa.string()).take(pa.array(acts.source[row], mask=acts.source[row] < 0)),
        pa.array(acts.happened[row], mask=~acts.is_timed[row]).cast(_time),
        pa.array(acts.appeared[row], mask=~(acts.is_dated[row] & is_item)).cast(_time),
        pa.array(acts.delay[row].astype(float), mask=~acts.has_delay[row]),
    ]
    return pa.table(columns, schema=SCHEMAS["passed_on"])


def without_words(acts: Acts) -> Flags:
    """Reposts and bare links."""
    found: Flags = np.isin(acts.kind, (REPOST, LINK)) & ~acts.is_self
    return found


def passing(acts: Acts, options: PatternOptions) -> pa.Table:
    """How much is passed on, how much of it without words, and how fast."""
    rows: list[dict[str, object]] = []
    for name, is_here in acts.sides():
        is_bare = is_here & without_words(acts)
        delay = np.sort(acts.delay[is_bare & acts.has_delay])
        row: dict[str, object] = {
            "platform": name,
            "n_passed_on": int(acts.n[is_here & np.isin(acts.kind, (QUOTE, LINK_WITH_WORDS)) & ~acts.is_self].sum())
            + int(acts.n[is_bare].sum()),
            "n_without_words": int(acts.n[is_bare].sum()),
            "n_delays": delay.size,
        }
        limits = {"n_minute": MINUTE, "n_ten_minutes": TEN_MINUTES, "n_hour": HOUR, "n_day": DAY}
        row |= {column: int(np.searchsorted(delay, seconds, side="right")) for column, seconds in limits.items()}
        if delay.size:
            low, high = median_interval(delay, options.interval)
            row |= {"median_delay_seconds": float(np.median(delay)), "median_low": low, "median_high": high}
        rows.append(row)
    return table_of("passing", rows)


def median_interval(ordered: Whole, interval: float) -> tuple[float | None, float | None]:
    """The narrowest pair of places in the order, as far from one end as from the other, that holds the median with
    that probability; nothing where even the ends do not.

    >>> median_interval(np.arange(1, 11), 0.9), median_interval(np.arange(4), 0.9)
    ((2.0, 9.0), (None, None))
    """
    n, tail = ordered.size, (1 - interval) / 2
    # With k below the median by chance (Binomial(n, 1/2)), place k (from 0) is above it when k or fewer are.
    k = np.arange(max(0, n // 2 - 4 * int(n**0.5) - 8), n // 2 + 1)
    fitting = np.flatnonzero(special.bdtr(k, n, 0.5) <= tail)
    if not fitting.size:
        return None, None
    place = int(k[fitting[-1]])
    return float(ordered[place]), float(ordered[n - 1 - place])

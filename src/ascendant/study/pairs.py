"""A pair of accounts -> what the timeline tells of it: who acted how soon after whom, beside comparable strangers."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.infer.exposure import exposures, timeline
from ascendant.infer.learning import communities_before
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.pair_delays import WINDOW_HOURS, last_before, pair_delays
from ascendant.report.pairs import PairInTime
from ascendant.store.duckdb import Questions


def pair_in_time(
    questions: Questions,
    named_by: pa.Table,
    source_id: str,
    target_id: str,
    act_ids: list[str],
    options: InfluenceOptions = InfluenceOptions(),
) -> PairInTime | None:
    """`act_ids` are acts of the target; None where one of the two has no act with a time of day."""
    times = timeline(questions, named_by)
    known = exposures(times, questions.ask("follows"))
    if not (known.is_exposed.any() and times.hours.size):
        community = np.zeros(times.n_accounts, np.int64)
    else:
        community = communities_before(times, known, options)
    delays = pair_delays(times, known, community, source_id, target_id)
    if delays is None:
        return None
    place = pc.index_in(pa.array(act_ids, pa.string()), times.act_id).fill_null(-1).to_numpy(zero_copy_only=False)
    hours = np.where(place >= 0, times.hours[np.maximum(place, 0)], np.nan)
    before, ago = last_before(times, source_id, hours)
    before = np.where(place >= 0, before, -1)

    def moment(at: float) -> datetime:
        return datetime.fromtimestamp((times.start_us + round(at * 3.6e9)) / 1e6, UTC)

    return PairInTime(
        since=moment(known.since),
        n_acts=delays.n_acts,
        window_hours=WINDOW_HOURS,
        after_source=delays.after_source,
        after_strangers=delays.after_strangers,
        n_strangers=delays.n_strangers,
        is_like_source=delays.is_like_source,
        happened_at=[moment(at) if np.isfinite(at) else None for at in hours.tolist()],
        source_act_ids=times.act_id.take(pa.array(before, mask=before < 0)).to_pylist(),
        delay_seconds=[
            round(one * 3600) if at >= 0 else None for one, at in zip(ago.tolist(), before.tolist(), strict=True)
        ],
    )

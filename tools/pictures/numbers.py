"""An invented world -> the numbers of the pictures of influence, each from the project's own functions.

One account of the world is looked at closely (`close.py`), the rest is about all accounts. Of an invented world the
truth is known, and shown.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
from pictures.close import Closely, closely

from ascendant.demo.make import make_world
from ascendant.demo.options import WorldOptions
from ascendant.demo.prior import draw_parameters
from ascendant.demo.truth import acts_table
from ascendant.demo.world import write_files
from ascendant.infer.attribution import Attribution, Effort, attribute
from ascendant.infer.batches import Frozen, Law
from ascendant.infer.doses import calibrated, planted
from ascendant.infer.doubt import matched, widened
from ascendant.infer.exposure import SILENT, TOLD, Floats, Timeline, Whole, exposures, timeline
from ascendant.infer.learning import communities_before, learn
from ascendant.infer.named import named_layer
from ascendant.infer.options import InfluenceOptions
from ascendant.store.duckdb import asking
from ascendant.study import Study

# Everything is collected, so that the pictures are about inference and not about samples; the rest is as drawn.
COLLECTED = {"sampling_x": 1.0, "sampling_facebook": 1.0, "sampling_linkedin": 1.0}
DOSES = (0.05, 0.1, 0.2)
_EFFORT = Effort(n_kept=100, n_thin=1)


@dataclass(frozen=True)
class Seen:
    """What the pictures show. Shares are of the acts after t0 that name nobody, unless said."""

    start_us: int
    since: float
    until: float
    n_accounts: int
    n_acts: int
    n_silent: int  # after t0
    n_named: int
    delay: Law
    close: Closely
    raw: float  # B
    null: float  # C
    doses: tuple[float, ...]
    found: tuple[float, ...]
    theta: float
    theta_low: float
    theta_high: float
    true_seen: float  # moved by an account to which their author was known to be exposed
    true_all: float

    @property
    def named_share(self) -> float:
        """A: of all acts after t0."""
        return self.n_named / max(1, self.n_named + self.n_silent)


def seen(options: WorldOptions, doses: tuple[float, ...] = DOSES) -> Seen:
    """The invented world of these options, fitted, with its null and its doses."""
    world = make_world(options, replace(draw_parameters(options.seed), **COLLECTED))
    with tempfile.TemporaryDirectory() as folder:
        written = write_files(Path(folder) / "world", world)
        Study.make(Path(folder) / "study").read(list(written.posts))
        with asking(Path(folder) / "study") as questions:
            times = timeline(questions, named_layer(questions).named_by)
    everybody = exposures(times)
    community = communities_before(times, everybody, InfluenceOptions())
    match = matched(times, everybody, community)
    known = match.judged(everybody)
    instead = np.where(match.instead < 0, known.source, match.instead)

    def fit(of: Timeline, other: Whole | None) -> tuple[Frozen, Attribution]:
        frozen = learn(of, known, community=community, instead=other)
        return frozen, attribute(of, known, frozen, _EFFORT, instead=other)

    frozen, at = fit(times, None)
    of_strangers, null_at = fit(times, instead)
    asked = (times.kind == SILENT) & (times.hours >= known.since)
    given, found = [], []
    for dose in doses:
        changed, is_planted = planted(times, known, instead, frozen, dose, options.seed)
        given.append(float(is_planted.sum() / max(1, asked.sum())))
        found.append(_share(fit(changed, instead)[1]))
    raw, null = _share(at), _share(null_at)
    theta, low, high = _read_off(at, null_at, null, np.array(given), np.array(found))
    truth = acts_table(world)
    rows = truth.take(pc.index_in(times.act_id, truth["act_id"].combine_chunks()))
    moved = pc.equal(rows["cause"], "influence").fill_null(False).to_numpy()
    author = pc.fill_null(pc.index_in(rows["parent_author_id"].combine_chunks(), times.account_id), -1)
    pairs = (everybody.target * times.n_accounts + everybody.source)[everybody.is_exposed]
    by_known = moved & np.isin(times.account * times.n_accounts + author.to_numpy(zero_copy_only=False), pairs)
    return Seen(
        start_us=times.start_us,
        since=known.since,
        until=known.until,
        n_accounts=times.n_accounts,
        n_acts=int(np.count_nonzero(times.kind != TOLD)),
        n_silent=int(at.n_silent.sum()),
        n_named=int(at.n_named.sum()),
        delay=frozen.delay,
        close=closely(times, known, frozen, of_strangers, instead, at),
        raw=raw,
        null=null,
        doses=tuple(given),
        found=tuple(found),
        theta=theta,
        theta_low=low,
        theta_high=high,
        true_seen=float(by_known[asked].mean()),
        true_all=float(moved[asked].mean()),
    )


def _share(at: Attribution) -> float:
    return float(at.moved.sum(axis=2).mean() / max(1, at.n_silent.sum()))


def _read_off(
    at: Attribution, null_at: Attribution, null: float, given: Floats, found: Floats
) -> tuple[float, float, float]:
    """theta with an interval of 90 %: draws of B and of C with the doubt about the model, each read off the doses."""
    n = at.moved.shape[2]
    draws = widened(at.moved.reshape(-1, n), at.n_silent).sum(axis=1) / max(1, at.n_silent.sum())
    beside = null_at.moved.sum(axis=2).ravel() / max(1, at.n_silent.sum())
    read = [calibrated(one - other + null, null, given, found) for one, other in zip(draws, beside, strict=True)]
    low, high = np.quantile(np.clip(read, 0.0, 1.0), [0.05, 0.95])
    return max(0.0, calibrated(_share(at), null, given, found)), float(low), float(high)

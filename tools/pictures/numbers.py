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
from ascendant.infer.batches import Law
from ascendant.infer.exposure import SILENT, TOLD, exposures, timeline
from ascendant.infer.fitted import fit
from ascendant.infer.learning import learn
from ascendant.infer.named import named_layer
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.theta import Theta
from ascendant.store.duckdb import asking
from ascendant.study import Study

# Everything is collected, so that the pictures are about inference and not about samples; the rest is as drawn.
COLLECTED = {"sampling_x": 1.0, "sampling_facebook": 1.0, "sampling_linkedin": 1.0}


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
    theta: Theta
    true_seen: float  # moved by an account to which their author was known to be exposed
    true_all: float

    @property
    def share(self) -> float:
        """theta, and no less than nothing: of acts none can be drawn that are fewer."""
        return max(0.0, self.theta.theta)

    @property
    def interval(self) -> tuple[float, float]:
        """The ends of `share`."""
        low, high = self.theta.interval
        return max(0.0, low), max(0.0, high)

    @property
    def named_share(self) -> float:
        """A: of all acts after t0."""
        return self.n_named / max(1, self.n_named + self.n_silent)


def seen(options: WorldOptions) -> Seen:
    """The invented world of these options, fitted as a study is; ValueError where that cannot tell theta."""
    world = make_world(options, replace(draw_parameters(options.seed), **COLLECTED))
    with tempfile.TemporaryDirectory() as folder:
        written = write_files(Path(folder) / "world", world)
        Study.make(Path(folder) / "study").read(list(written.posts))
        with asking(Path(folder) / "study") as questions:
            times = timeline(questions, named_layer(questions).named_by)
    everybody = exposures(times)
    fitted = fit(times, everybody, InfluenceOptions())
    theta, known, match = fitted.theta, fitted.judged, fitted.match
    if not np.isfinite(theta.theta):
        raise ValueError(f"world {options.seed} is too small for theta; ask for more --accounts and --acts")
    # The null of the fit once more: theta keeps no strangers' fits, and one account is looked at closely among them.
    instead = np.where(match.instead < 0, known.source, match.instead)
    of_strangers = learn(times, known, community=fitted.community, instead=instead)
    asked = (times.kind == SILENT) & (times.hours >= known.since)
    at = fitted.found
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
        delay=fitted.frozen.delay,
        close=closely(times, known, fitted.frozen, of_strangers, instead, at),
        theta=theta,
        true_seen=float(by_known[asked].mean()),
        true_all=float(moved[asked].mean()),
    )

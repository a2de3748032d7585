"""Activity -> the inferred layer: what time says of acts that name nobody, beside what strangers would be given.

The path: timeline, exposures before t0, matched strangers, one fit (`attribution`), theta (`theta`), the second
placebo, and the draws as tables. Where the files cannot tell, tables are empty, figures have no number, and a caveat
says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import numpy as np
import pyarrow as pa

from ascendant.errors import Caveat, mark
from ascendant.infer.attribution import Attribution
from ascendant.infer.chains import Exerted, exerted
from ascendant.infer.convergence import effective_size, split_r_hat
from ascendant.infer.doses import some_targets
from ascendant.infer.doubt import widened
from ascendant.infer.exposure import NAMED, SILENT, Exposure, Timeline, exposures, timeline
from ascendant.infer.figure import Figure
from ascendant.infer.fitted import fit
from ascendant.infer.moved import MOVED_ACTS, PASSED_BY, TIES_INFERRED, moved_acts, passed_by, ties_inferred
from ascendant.infer.named import Questions
from ascendant.infer.options import InfluenceOptions
from ascendant.infer.placebo import QUICK, placebo, placebo_caveats
from ascendant.infer.theta import Theta
from ascendant.infer.threads import n_threads

_whole, _share, _count = pa.int64(), pa.float64(), pa.float64()
INFERRED: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("n_acts_since", _whole),  # own acts since t0
        ("n_named_since", _whole),  # of these, acts that name somebody else's item
        ("n_silent_since", _whole),  # and acts that name nobody
        ("n_sources", _whole),  # accounts that it was exposed to before t0 and that have a null
        ("n_inferred", _count),  # acts that name nobody and that one of these moved; null where there is no source
        ("inferred_low", _count),
        ("inferred_high", _count),
        ("moved_share", _share),  # (n_named_since + n_inferred) / n_acts_since
        ("moved_share_low", _share),
        ("moved_share_high", _share),
        ("n_moves", _count),  # others' acts that it moved at first hand, named ones included
        ("moves_low", _count),
        ("moves_high", _count),
        ("n_moves_silent", _count),  # of these, acts that name nobody
        ("n_transitive", _count),  # others' acts that go back to it at any remove, each once
        ("transitive_low", _count),
        ("transitive_high", _count),
        ("n_from_others", _count),  # its own acts that go back to somebody else's
        ("from_others_low", _count),
        ("from_others_high", _count),
    ]
)
DOSES: Final = pa.schema(
    [
        ("what", pa.string()),  # study, strangers, dose
        ("planted", _share),  # share of the silent acts that was moved; null for the study
        ("found", _share),  # share that the fit says was moved
    ]
)
N_STANDING_DRAWS: Final = 8
_APART: Final = (1, 5, 7, 3, 4, 0, 2, 6)
_FEWEST_ACTS: Final = 40  # that name nobody, since t0: below, strangers and doses say nothing
_TAILS: Final = (0.05, 0.95)
_BLOCK: Final = 4096  # accounts at a time: bounds the memory
_LEAST_SIZE: Final = 200.0
_MOST_R_HAT: Final = 1.02
_CLASSES: Final = (1, 10, 30, 100)
_NO_TIMES = mark("no act has a time of day: what moved acts that name nobody cannot be told")
_NO_SOURCES = mark(
    "of nobody who acts do the files show before {since} that they read somebody else: what moved acts that name nobody"
    " cannot be told"
)
_FEW = mark("only {n} acts since {since} name nobody: too few to tell what moved them")
_SINCE = mark(
    "who reads whom is learnt from what came before {since}; acts from then on are explained, and influence by accounts"
    " that no file shows them to read is not seen: a lower bound"
)
_BLIND = mark("influence that was planted among strangers to try the method is not found again: the files cannot tell")
_FAR = mark(
    "{n} acts lie more than ten years from nearly all others: their clock is taken to be wrong, and they explain"
    " nothing"
)
_UNSETTLED = mark(
    "the sampler had not settled for all accounts (effective sample {size}, split R-hat {r_hat}): intervals are rough"
)


@dataclass(frozen=True)
class Inferred:
    """The inferred layer of a study. `figures` are named in `FIGURES`; draws are for standing."""

    influence: pa.Table  # INFERRED
    moved_acts: pa.Table
    passed_by: pa.Table
    ties: pa.Table
    doses: pa.Table
    figures: tuple[Figure, ...]
    draws: StandingDraws
    caveats: tuple[Caveat, ...]
    since: datetime | None = None  # t0; None where nothing is inferred


@dataclass(frozen=True)
class StandingDraws:
    """Draws of counts that named links do not hold: draws x accounts, accounts as in `account_id`."""

    account_id: pa.Array
    n_inferred: np.ndarray[tuple[int, int], np.dtype[np.int64]]  # own silent acts that others moved
    n_moves_silent: np.ndarray[tuple[int, int], np.dtype[np.int64]]  # others' silent acts that it moved
    is_known: np.ndarray[tuple[int], np.dtype[np.bool_]]  # it has sources, so that none inferred is not unknown


FIGURES: Final = ("influenced_share", "named_since", "inferred_share", "raw_share", "null_share")


def inferred_layer(
    questions: Questions,
    named_by: pa.Table,
    options: InfluenceOptions = InfluenceOptions(),
    progress: Callable[[float], None] = lambda _: None,
) -> Inferred:
    """What time says of a study; `named_by` as `named_layer` returns it, `follows` are asked for."""
    times = timeline(questions, named_by)
    known = exposures(times, questions.ask("follows"))
    return inferred_of(times, known, options, progress)


def inferred_of(
    times: Timeline,
    known: Exposure,
    options: InfluenceOptions = InfluenceOptions(),
    progress: Callable[[float], None] = lambda _: None,
) -> Inferred:
    """The same from a timeline and exposures."""
    late = times.hours >= known.since
    n_silent = int(np.count_nonzero(late & (times.kind == SILENT)))
    since = _moment(times, known.since)
    if times.hours.size == 0:
        return nothing_inferred(Caveat(_NO_TIMES, {}))
    if not known.is_exposed.any():
        return nothing_inferred(Caveat(_NO_SOURCES, {"since": since}))
    if n_silent < _FEWEST_ACTS:
        return nothing_inferred(Caveat(_FEW, {"n": n_silent, "since": since}))
    whole = fit(times, known, options, progress=lambda share: progress(0.7 * share))
    judged, found, theta = whole.judged, whole.found, whole.theta
    if not judged.is_exposed.any():
        return nothing_inferred(*whole.match.caveats(known))
    table, draws = _accounts(times, judged, found, theta, options.inference_seed)
    tables = (
        moved_acts(times, found),
        passed_by(times, found),
        ties_inferred(times, judged, found, float(theta.scale.mean())),
    )
    settled, community, match = _settled(found), whole.community, whole.match
    progress(0.8)
    del whole, found  # draws of each act's parent are large, and the placebo makes fits of its own
    tried = placebo(
        times,
        judged,
        community,
        match.instead,
        options=options,
        effort=replace(QUICK, n_threads=n_threads(options.n_threads)),
        targets=some_targets(times, judged),
    )
    caveats = (
        Caveat(_SINCE, {"since": since}),
        *match.caveats(known),
        *placebo_caveats(tried),
        *settled,
        *((Caveat(_FAR, {"n": times.n_far}),) if times.n_far else ()),
    )
    if not np.isfinite(theta.theta):
        caveats = (*caveats, Caveat(_BLIND, {}))
    progress(1.0)
    return Inferred(
        influence=table,
        moved_acts=tables[0],
        passed_by=tables[1],
        ties=tables[2],
        doses=_doses(theta),
        figures=_figures(times, late, theta),
        draws=draws,
        caveats=caveats,
        since=datetime.fromtimestamp((times.start_us + round(known.since * 3.6e9)) / 1e6, UTC),
    )


def nothing_inferred(*caveats: Caveat) -> Inferred:
    """The layer where the files cannot tell: empty tables, figures without numbers."""
    nothing = np.zeros((1, 0), np.int64)
    return Inferred(
        influence=INFERRED.empty_table(),
        moved_acts=MOVED_ACTS.empty_table(),
        passed_by=PASSED_BY.empty_table(),
        ties=TIES_INFERRED.empty_table(),
        doses=DOSES.empty_table(),
        figures=tuple(Figure(name, None, None, None, 0, "share", caveats) for name in FIGURES),
        draws=StandingDraws(pa.array([], pa.string()), nothing, nothing, np.zeros(0, bool)),
        caveats=caveats,
    )


def _moment(times: Timeline, hours: float) -> str:
    stamp = np.datetime64(times.start_us + round(hours * 3.6e9), "us")
    return str(np.datetime_as_string(stamp, unit="D"))


def _figures(times: Timeline, late: np.ndarray, theta: Theta) -> tuple[Figure, ...]:
    """The headline A + theta, then its parts; of all acts since t0 but B and C, which are of silent ones."""
    n_named = int(np.count_nonzero(late & (times.kind == NAMED)))
    n = n_named + theta.n_silent
    named, silent = n_named / n, theta.n_silent / n
    low, high = theta.interval
    # Clipped once, here: below zero the study shows less than strangers would.
    whole, least, most = (named + silent * float(np.clip(part, 0.0, 1.0)) for part in (theta.theta, low, high))
    if not np.isfinite(theta.theta):
        unknown = (Caveat(_BLIND, {}),)
        return (
            Figure("influenced_share", None, None, None, n, "share", unknown),
            Figure("named_since", named, named, named, n, "share"),
            *(Figure(name, None, None, None, theta.n_silent, "share", unknown) for name in FIGURES[2:]),
        )
    return (
        Figure("influenced_share", whole, least, most, n, "share"),
        Figure("named_since", named, named, named, n, "share"),
        Figure("inferred_share", silent * theta.theta, silent * low, silent * high, n, "share"),
        Figure("raw_share", theta.raw, None, None, theta.n_silent, "share"),
        Figure("null_share", theta.null, None, None, theta.n_silent, "share"),
    )


def _doses(theta: Theta) -> pa.Table:
    what = ["study", "strangers", *("dose" for _ in theta.given)]
    planted = [None, 0.0, *theta.given.tolist()]
    return pa.table([what, planted, [theta.raw, theta.null, *theta.found.tolist()]], schema=DOSES)


def _accounts(
    times: Timeline, judged: Exposure, found: Attribution, theta: Theta, seed: int
) -> tuple[pa.Table, StandingDraws]:
    """Every account of the timeline, with its draws put in numbers."""
    n = times.n_accounts
    scale = theta.scale
    moved = widened(found.moved.reshape(-1, n), found.n_silent, scale=scale, seed=seed + 4)
    passed_on = exerted(times, found, n_doubts=4, scale=scale, seed=seed + 5)
    n_acts = found.n_silent + found.n_named
    n_sources = np.bincount(judged.target[judged.is_exposed], minlength=n)
    inferred = _ends(moved)
    of_acts = np.maximum(n_acts, 1)
    shares = [np.minimum((found.n_named + part) / of_acts, 1.0) for part in inferred]
    unknown = (n_sources == 0) | ~np.isfinite(theta.theta)
    columns = [
        times.account_id,
        *(pa.array(values.astype(np.int64)) for values in (n_acts, found.n_named, found.n_silent, n_sources)),
        *(pa.array(part, mask=unknown) for part in inferred),
        *(pa.array(part, mask=unknown | (n_acts == 0)) for part in shares),
        *_ends(passed_on.direct),
        passed_on.silent.mean(axis=0),
        *_ends(passed_on.transitive),
        *_ends(passed_on.from_others),
    ]
    return pa.table(columns, schema=INFERRED), _standing_draws(times, moved, passed_on, ~unknown)


def _ends(draws: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mean and ends of 90 % of the draws, account by account."""
    n = draws.shape[1]
    mean, low, high = np.zeros(n), np.zeros(n), np.zeros(n)
    for first in range(0, n, _BLOCK):
        some = slice(first, first + _BLOCK)
        mean[some] = draws[:, some].mean(axis=0)
        low[some], high[some] = np.quantile(draws[:, some], _TAILS, axis=0)
    return mean, np.minimum(low, mean), np.maximum(high, mean)


def _standing_draws(times: Timeline, moved: np.ndarray, passed_on: Exerted, is_known: np.ndarray) -> StandingDraws:
    """Of each account the draws at the middle of equal shares of all, so that eight have the mean of all but for
    rounding: eight at random are off by a third of the spread. The two counts are brought together in an order in which
    they do not hang together.
    """
    levels = (np.arange(N_STANDING_DRAWS) + 0.5) / N_STANDING_DRAWS
    own, others = (
        np.quantile(part, levels, axis=0, method="inverted_cdf").astype(np.int64)
        if part.shape[1]
        else np.zeros((N_STANDING_DRAWS, 0), np.int64)
        for part in (moved, passed_on.silent)
    )
    return StandingDraws(times.account_id, own, others[list(_APART)], is_known)


def _settled(found: Attribution) -> tuple[Caveat, ...]:
    """Whether the sampler ran long enough in each class of activity: the median of each, the worst counts."""
    n_acts = found.n_silent + found.n_named
    moves = (found.moved.var(axis=(0, 1)) > 0) & (n_acts > 0)
    if not moves.any():
        return ()
    few = replace(found, moved=found.moved[:, :, moves])
    size, r_hat = effective_size(few.moved), split_r_hat(few.moved)
    of_class = np.searchsorted(_CLASSES, n_acts[moves], side="right")
    worst = min(float(np.median(size[of_class == one])) for one in np.unique(of_class))
    apart = max(float(np.median(r_hat[of_class == one])) for one in np.unique(of_class))
    if worst >= _LEAST_SIZE and apart <= _MOST_R_HAT:
        return ()
    return (Caveat(_UNSETTLED, {"size": round(worst), "r_hat": round(apart, 2)}),)

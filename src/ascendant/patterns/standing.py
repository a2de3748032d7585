"""Counts of each account -> its standing: influencer, influenced or both, never neither.

Two axes: the influenced share s (own acts moved by others / own acts) and the influence rate m (others' acts moved /
own acts). A side is material from one in three. Probabilities of the four regions of (s, m) come from the posteriors
of `doubt.py`; where neither side is material, the larger one counts. A standing is slight where its side is likelier
the larger of two immaterial ones than material. Counts are of named acts and, where time tells of them, of acts that
name nobody: these are draws (`infer/inferred.py`), and everything is the mean over them. They exist for acts since t0
only, and for influence by accounts that the files show to be read: a lower bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ascendant.errors import Caveat
from ascendant.patterns.doubt import Doubt, Floats, Whole, learn
from ascendant.patterns.intervals import rate_interval, share_interval
from ascendant.patterns.options import PatternOptions

if TYPE_CHECKING:
    from ascendant.infer.inferred import StandingDraws

INFLUENCED, BOTH, INFLUENCER = "influenced", "both", "influencer"
# In this order where probabilities are equal: presence is exposure.
STANDINGS: Final = (INFLUENCED, BOTH, INFLUENCER)
EVIDENCE: Final = (("none", 0), ("weak", 10), ("fair", 30), ("strong", 100))  # from how many acts

STANDING: Final = pa.schema(
    [
        ("account_id", pa.string()),
        ("n_acts", pa.int64()),  # own acts
        ("n_moved", pa.int64()),  # own acts that name somebody else's item
        ("n_moved_by_it", pa.int64()),  # others' acts that name an item of it
        # Of acts since t0, beside n_moved and n_moved_by_it; null where nothing can be told of them.
        ("n_inferred", pa.float64()),  # own acts that name nobody and that others moved: expected, a lower bound
        ("n_inferred_by_it", pa.float64()),  # others' acts that name nobody and that it moved: expected, a lower bound
        ("n_conversation", pa.int64()),  # own replies beyond the first of a pair in a thread
        ("influenced_share", pa.float64()),  # (n_moved + n_inferred) / n_acts
        ("share_low", pa.float64()),
        ("share_high", pa.float64()),
        ("influence_rate", pa.float64()),  # (n_moved_by_it + n_inferred_by_it) / n_acts
        ("rate_low", pa.float64()),
        ("rate_high", pa.float64()),
        ("rate_is_upper_bound", pa.bool_()),  # how often it posts is not in the files, only who names it
        ("p_influencer", pa.float64()),  # probability that it only influences; the three sum to 1
        ("p_influenced", pa.float64()),  # that it is only influenced
        ("p_both", pa.float64()),  # that it is both
        ("standing", pa.string()),  # the likeliest of the three
        ("is_slight", pa.bool_()),  # on its side, but rather not materially
        ("is_presumed", pa.bool_()),  # nothing was seen of it: no act, and none moved
        ("evidence", pa.string()),  # none, weak, fair, strong
        ("community", pa.int32()),  # number of its community; null where it has none
    ]
)
_N_STEPS: Final = 96  # of the integral below one in three; .001 is reached with 32


@dataclass(frozen=True)
class Standing:
    """The standing of every account of a study, the doubt it rests on, and its limits."""

    standing: pa.Table
    doubt: Doubt
    caveats: tuple[Caveat, ...]


def find_standing(
    accounts: pa.Table,
    communities: pa.Table,
    options: PatternOptions = PatternOptions(),
    draws: StandingDraws | None = None,
) -> Standing:
    """One row for each account in `accounts`, the counts of the named layer; `draws` are of what names nobody."""
    doubt = learn(accounts, options)
    n, x, moved = (accounts[name].to_numpy() for name in ("n_acts", "n_moved", "n_moved_by_it"))
    inferred = _inferred(accounts["account_id"], draws)
    all_x, all_moved = np.minimum(x + inferred.being_moved, n), moved + inferred.moving
    varies = inferred.varies
    chances = _both(
        varies,
        probabilities(n[~varies], x[~varies], moved[~varies], doubt, options),
        probabilities(n[varies], all_x[:, varies], all_moved[:, varies], doubt, options),
    )
    share, share_low, share_high = _joined(
        varies,
        share_interval(n[~varies], x[~varies], doubt, options),
        share_interval(n[varies], all_x[:, varies], doubt, options),
    )
    rate, rate_low, rate_high = _joined(
        varies,
        rate_interval(n[~varies], moved[~varies], doubt, options),
        rate_interval(n[varies], all_moved[:, varies], doubt, options),
    )
    # Nothing of what moved others is in the files: each item that nobody passed on is missing from its own acts.
    nothing_held = (accounts["n_posts_held"].to_numpy() == 0) & (accounts["n_moved_on_seen"].to_numpy() == 0)
    is_upper_bound = (moved > 0) & nothing_held
    is_presumed = (n == 0) & (moved == 0) & ~varies
    evidence = np.searchsorted([least for _, least in EVIDENCE], n, side="right") - 1
    place = pc.index_in(accounts["account_id"], communities["account_id"].combine_chunks())
    columns = [
        *(accounts[name] for name in ("account_id", "n_acts", "n_moved", "n_moved_by_it")),
        pa.array((all_x - x).mean(axis=0), mask=~inferred.is_known),
        pa.array(inferred.moving.mean(axis=0), mask=~inferred.is_there),
        accounts["n_conversation"],
        *(share, share_low, share_high, rate, np.where(is_upper_bound, 0.0, rate_low), rate_high, is_upper_bound),
        *(chances.p[INFLUENCER], chances.p[INFLUENCED], chances.p[BOTH]),
        pa.array(STANDINGS).take(pa.array(chances.likeliest)),
        chances.is_slight,
        is_presumed,
        pa.array([name for name, _ in EVIDENCE]).take(pa.array(evidence)),
        communities["community"].take(place),
    ]
    return Standing(pa.table(columns, schema=STANDING), doubt, _caveats(n, is_presumed, doubt))


@dataclass(frozen=True)
class Chances:
    """Probabilities of each standing; the likeliest as a place in `STANDINGS`."""

    p: dict[str, Floats]
    likeliest: NDArray[np.int64]
    is_slight: NDArray[np.bool_]


def probabilities(
    n: Whole,
    x: Whole,
    moved: Whole,
    doubt: Doubt,
    options: PatternOptions = PatternOptions(),
) -> Chances:
    """What n own acts, x of them moved, and others' acts moved say of the standing.

    n is one number an account; x and moved are too, or draws x accounts: then probabilities are their mean.

    >>> one = np.array([30])
    >>> chances = probabilities(one, np.array([29]), np.array([0]), Doubt())
    >>> STANDINGS[chances.likeliest[0]], round(float(chances.p["influenced"][0]), 2)
    ('influenced', 1.0)
    """
    x, moved = np.atleast_2d(x), np.atleast_2d(moved)
    (own, being_moved, moving), place = _distinct(np.broadcast_to(n, x.shape).ravel(), x.ravel(), moved.ravel())
    limit = options.material_from
    only_share, both, only_rate, neither = doubt.regions(own, being_moved, moving, limit)
    below = doubt.share_below(own, being_moved, limit) * doubt.rate_below(own, moving, limit)
    above = np.clip(_share_above_rate(own, being_moved, moving, doubt, limit), 0, below)
    share_is_larger = np.where(below > 0, above / np.maximum(below, np.finfo(float).tiny), 1.0)
    nothing = np.zeros(own.size)
    material = np.array([only_share, both, only_rate])
    slight = np.array([neither * share_is_larger, nothing, neither * (1 - share_is_larger)])
    p = material + slight
    # Of who was only seen to be there, half is presumed and half is what the others in the study are like.
    p[:, (own == 0) & (moving == 0)] *= 0.5
    p[0] = np.where((own == 0) & (moving == 0), p[0] + 0.5, p[0])
    p, material, slight = (part[:, place].reshape(3, *x.shape).mean(axis=1) for part in (p, material, slight))
    likeliest = np.argmax(p, axis=0)
    is_slight = (slight > material)[likeliest, np.arange(n.size)]
    return Chances({name: p[number] for number, name in enumerate(STANDINGS)}, likeliest, is_slight)


@dataclass(frozen=True)
class _Inferred:
    """Draws x accounts, in the order of the accounts asked about; 0 where nothing is known."""

    being_moved: Whole
    moving: Whole
    is_known: NDArray[np.bool_]  # something can be told of its own acts
    is_there: NDArray[np.bool_]  # and of what it moves

    @property
    def varies(self) -> NDArray[np.bool_]:
        """Accounts of which any draw says anything: the others are computed once."""
        return np.asarray(np.any((self.being_moved > 0) | (self.moving > 0), axis=0))


def _inferred(account_id: pa.ChunkedArray, draws: StandingDraws | None) -> _Inferred:
    n = len(account_id)
    if draws is None or len(draws.account_id) == 0:
        nothing, nobody = np.zeros((1, n), np.int64), np.zeros(n, bool)
        return _Inferred(nothing, nothing, nobody, nobody)
    place = pc.index_in(account_id, draws.account_id).fill_null(-1).to_numpy()
    is_there = place >= 0
    being_moved, moving = (np.where(is_there, part[:, place], 0) for part in (draws.n_inferred, draws.n_moves_silent))
    return _Inferred(being_moved, moving, is_there & draws.is_known[place], is_there)


def _both(varies: NDArray[np.bool_], first: Chances, second: Chances) -> Chances:
    """Those that do not vary and those that do, in the order of the accounts."""
    p = {name: _joined(varies, (first.p[name],), (second.p[name],))[0] for name in STANDINGS}
    likeliest, is_slight = _joined(varies, (first.likeliest, first.is_slight), (second.likeliest, second.is_slight))
    return Chances(p, likeliest, is_slight)


def _joined(varies: NDArray[np.bool_], first: tuple[Any, ...], second: tuple[Any, ...]) -> list[Any]:
    found = []
    for one, other in zip(first, second, strict=True):
        whole = np.empty(varies.size, one.dtype)
        whole[~varies], whole[varies] = one, other
        found.append(whole)
    return found


def _share_above_rate(n: Whole, x: Whole, moved: Whole, doubt: Doubt, limit: float) -> Floats:
    """Probability that rate < share < limit: the mass of the share in each step times the rate's below it."""
    # Posteriors of few moved acts crowd at 0: the steps grow with the cube.
    steps = limit * (np.arange(_N_STEPS + 1) / _N_STEPS) ** 3
    found = np.zeros(n.size)
    share_before, rate_before = np.zeros(n.size), np.zeros(n.size)
    for step in steps[1:]:
        share, rate = doubt.share_below(n, x, step), doubt.rate_below(n, moved, step)
        found += (share - share_before) * (rate + rate_before) / 2
        share_before, rate_before = share, rate
    return found


def _distinct(*counts: Whole) -> tuple[list[Whole], Whole]:
    """Each combination of counts once, and which of them each account has: accounts are many, combinations few."""
    found, place = np.unique(np.column_stack(counts), axis=0, return_inverse=True)
    return list(found.reshape(-1, len(counts)).T), place.reshape(-1)


def _caveats(n: Whole, is_presumed: NDArray[np.bool_], doubt: Doubt) -> tuple[Caveat, ...]:
    n_presumed = int(np.count_nonzero(is_presumed))
    caveats = []
    if n_presumed:
        caveats.append(
            Caveat(
                "{n} accounts were only seen to be there: they are presumed influenced, since presence is exposure",
                {"n": n_presumed},
            )
        )
    if n.size and not doubt.is_evenness_learnt:
        caveats.append(
            Caveat(
                "the files do not show how unevenly acts fall on items: intervals of influence rates use a value"
                " measured elsewhere ({k})",
                {"k": doubt.evenness},
            )
        )
    return tuple(caveats)

"""The second placebo: what sources did after the target must not move it.

The same fit with time turned round: an act that names nobody is put down to acts that its sources did later. Influence
finds nothing there; what makes accounts act together (news, outings, hours) finds as much as before. But for one thing:
who acts in bursts and moves somebody acts again soon after. How much of real influence comes back that way is measured
with a dose of influence by strangers (`infer/doses.py`), and allowed for. Pairs of accounts that are both exposed to
each other are left out, since whom one moves does act later; and so that only time differs, the fits that it is
compared with leave them out as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa

from ascendant.errors import Caveat
from ascendant.infer.attribution import Effort, attribute
from ascendant.infer.batches import Frozen
from ascendant.infer.doses import planted
from ascendant.infer.exposure import Exposure, Flags, Floats, Timeline, Whole
from ascendant.infer.learning import learn
from ascendant.infer.options import InfluenceOptions

QUICK: Final = Effort(n_burn=40, n_kept=60, n_thin=0)
SILENT_BELOW: Final = 0.25  # of what is found the right way round, beyond strangers: above, the placebo speaks
_LEAST: Final = 0.005  # share of the acts that name nobody: below, nothing is found either way
_LEAST_DOSE: Final = 0.03
_TAIL: Final = 1.645


@dataclass(frozen=True)
class Placebo:
    """Shares of the acts that name nobody, over the pairs that can be judged; nan where no act or no pair is there."""

    before: float  # put down to sources' earlier acts
    after: float  # to their later ones
    strangers: float  # to strangers' earlier ones
    leak: float  # of influence that is real, how much the later acts find of it: 0 to 1
    error: float  # standard error of `after`, accounts drawn again
    n_pairs: int  # judged
    n_mutual: int  # left out: each is exposed to the other

    @property
    def is_silent(self) -> bool:
        """Whether nothing certain stands against the estimate: later acts find little beyond what strangers give."""
        found = max(self.before - self.strangers, 0.0)
        excess = self.after - self.strangers - self.leak * found
        return not excess > max(SILENT_BELOW * found, _LEAST, _TAIL * self.error)


def mutual(exposure: Exposure) -> Flags:
    """Of each pair, whether its source is exposed to its target as well."""
    n = exposure.first.size - 1
    pairs = (exposure.target * n + exposure.source)[exposure.is_exposed]
    turned: Flags = exposure.is_exposed & np.isin(exposure.source * n + exposure.target, pairs)
    return turned


def turned_round(times: Timeline, exposure: Exposure) -> tuple[Timeline, Exposure]:
    """The acts after t0 with time running backwards from the end. Who names whom, and how late, stays."""
    late = np.flatnonzero(times.hours >= exposure.since)
    account = times.account[late]
    hours = exposure.since + (exposure.until - times.hours[late])
    order = np.lexsort((hours, account))
    acts, account, hours = late[order], account[order], hours[order]
    is_shown = np.zeros(times.hours.size, bool)
    is_shown[times.shown_act] = True
    shown = np.flatnonzero(is_shown[acts])
    first = np.searchsorted(account, np.arange(times.n_accounts + 1))
    changed = replace(
        times,
        act_id=times.act_id.take(pa.array(acts)),
        first=first,
        hours=hours,
        kind=times.kind[acts],
        is_repost=np.zeros(acts.size, bool),  # who passed an item on is left to its author, as with no item known
        author=times.author[acts],
        item=np.broadcast_to(np.int64(-1), acts.size),
        item_act=np.broadcast_to(np.int64(-1), acts.size),
        item_hours=hours - (times.hours[acts] - times.item_hours[acts]),
        n_items=0,
        shown_first=np.searchsorted(shown, first),
        shown_act=shown,
        links=times.links.of(acts),
    )
    return changed, replace(exposure, until=float(np.nextafter(hours.max(), np.inf)) if hours.size else exposure.until)


def placebo(
    times: Timeline,
    exposure: Exposure,
    community: Whole,
    instead: Whole,
    *,
    options: InfluenceOptions = InfluenceOptions(),
    effort: Effort = QUICK,
    targets: Whole | None = None,
) -> Placebo:
    """Five fits alike in all but time, sources and dose. `instead` as `strangers` returns it; -1 is left out.

    Of `targets` (`doses.some_targets`), or of all accounts.
    """
    both = mutual(exposure)
    judged = replace(exposure, is_exposed=exposure.is_exposed & ~both & (instead >= 0))
    n_pairs, n_mutual = int(np.count_nonzero(judged.is_exposed)), int(np.count_nonzero(both))
    acts = _without_items(times)
    stranger = np.where(judged.is_exposed, instead, judged.source)

    asked = np.arange(times.n_accounts) if targets is None else targets

    def fit(of: Timeline, other: Whole | None, *, backwards: bool) -> tuple[Floats, Whole, Frozen]:
        of, known = turned_round(of, judged) if backwards else (of, judged)
        frozen = learn(of, known, community=community, instead=other, options=options, n_threads=effort.n_threads)
        found = attribute(of, known, frozen, effort, targets=targets, instead=other)
        return found.moved.mean(axis=(0, 1))[asked], found.n_silent[asked], frozen

    right, n_silent, frozen = fit(acts, None, backwards=False)
    total = max(1, n_silent.sum())
    if n_pairs == 0 or not n_silent.any():
        return Placebo(np.nan, np.nan, np.nan, np.nan, np.nan, n_pairs, n_mutual)
    back, null = fit(acts, None, backwards=True)[0], fit(acts, stranger, backwards=False)[0]
    before, after, of_null = (float(one.sum() / total) for one in (right, back, null))
    dose = max(_LEAST_DOSE, before - of_null)
    dosed = _without_items(planted(acts, judged, stranger, frozen, dose, effort.seed)[0])
    found, returned = (float(fit(dosed, stranger, backwards=way)[0].sum() / total) - of_null for way in (False, True))
    leak = float(np.clip(returned / found, 0.0, 1.0)) if found > 0 else 0.0
    off = back - null - (after - of_null) * n_silent
    error = float(np.sqrt(np.sum(off**2)) / total)
    return Placebo(before, after, of_null, leak, error, n_pairs, n_mutual)


def _without_items(times: Timeline) -> Timeline:
    """The acts as they were, with what `turned_round` leaves out left out as well, and names that no fit reads."""
    n = times.hours.size
    nothing = np.broadcast_to(np.int64(-1), n)  # takes no memory
    no_id = pa.nulls(n)
    is_repost = np.zeros(n, bool)
    return replace(times, act_id=no_id, is_repost=is_repost, item=nothing, item_act=nothing, n_items=0)


def placebo_caveats(found: Placebo) -> tuple[Caveat, ...]:
    """What the second placebo says against an estimate; nothing where it is silent."""
    if np.isnan(found.after):
        return (
            Caveat(
                "whether sources' later acts seem to move people could not be tried: "
                "no pair is left of those that do not read each other",
            ),
        )
    if found.is_silent:
        return ()
    return (
        Caveat(
            "what sources did afterwards seems to move people as well ({after} of 100 acts that name nobody, against "
            "{before} for what they did before and {strangers} for strangers): part of the estimate is people who do "
            "the same things at the same time",
            {
                "after": round(100 * found.after, 1),
                "before": round(100 * found.before, 1),
                "strangers": round(100 * found.strangers, 1),
            },
        ),
    )

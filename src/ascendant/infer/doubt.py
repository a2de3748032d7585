"""What the same fit gives to matched strangers, who were never exposed: how much of an estimate is not influence.

A stranger stands in the place of each source: of the same community, about as active, about as often followed, awake at
the same hours, and never named or followed by the target. Everything else stays: what was named stays with its pairs,
so that pulls are known as well as before, and only the times of the source's acts are somebody else's. The whole fit is
done
again, hyper-parameters included. Where fewer than five accounts fit, the match is widened; where they do not fit even
then, the pair has no null.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascendant.errors import Caveat
from ascendant.infer.exposure import Exposure, Floats, Timeline, Whole
from ascendant.kernels.chance import uniforms

FEWEST: Final = 5
_TRIES: Final = 8
_ANY_COMMUNITY: Final = 3  # of `Match.width`


@dataclass(frozen=True)
class Match:
    """For each pair a stranger: the source itself where the pair was not exposed; -1 where nobody fits."""

    instead: Whole
    width: NDArray[np.int8]  # 0 alike in all; 1 whatever the hours; 2 and the followers; 3 and the community; -1 nobody

    def judged(self, exposure: Exposure) -> Exposure:
        """The exposures that have a null. The others are not inferred: their named acts count, and nothing else."""
        return replace(exposure, is_exposed=exposure.is_exposed & (self.instead >= 0))

    def caveats(self, exposure: Exposure) -> tuple[Caveat, ...]:
        """How many pairs have no null, and how many a pooled one."""
        pairs = exposure.is_exposed
        counts = {"of": int(np.count_nonzero(pairs))}
        found = (
            Caveat(
                "for {n} of {of} pairs of a source and an account that reads it nobody comparable was found: what "
                "names nobody is not put down to these sources",
                {"n": int(np.count_nonzero(pairs & (self.instead < 0))), **counts},
            ),
            Caveat(
                "for {n} of {of} pairs of a source and an account that reads it fewer than {fewest} strangers of the "
                "source's community were comparable: strangers of any community stand for them, so that news of the "
                "community may count as influence",
                {"n": int(np.count_nonzero(pairs & (self.width == _ANY_COMMUNITY))), **counts, "fewest": FEWEST},
            ),
        )
        return tuple(caveat for caveat in found if caveat.facts["n"])


def strangers(times: Timeline, exposure: Exposure, community: Whole, seed: int = 20_260_302) -> Whole:
    """For each pair a matched stranger; the source itself where the pair was not exposed; -1 where nobody fits."""
    return matched(times, exposure, community, seed).instead


def matched(times: Timeline, exposure: Exposure, community: Whole, seed: int = 20_260_302) -> Match:
    """The same with how wide each match had to be made."""
    n = times.n_accounts
    shown = np.diff(times.shown_first)
    degree = np.bincount(exposure.source[exposure.is_exposed], minlength=n)
    activity, followed, hours = size_class(shown), size_class(degree), usual_hours(times, exposure.since)
    keys = exposure.target * n + exposure.source
    levels = (
        ((community * 64 + activity) * 64 + followed) * 4 + hours,
        (community * 64 + activity) * 64 + followed,
        community * 64 + activity,
        activity,
    )
    found = np.where(exposure.is_exposed, -1, exposure.source)
    width = np.where(exposure.is_exposed, -1, 0).astype(np.int8)
    target, source = exposure.target, exposure.source
    is_able = shown > 0
    for depth, level in enumerate(levels):
        members = np.flatnonzero(is_able)
        members = members[np.argsort(level[members], kind="stable")]
        sorted_level = level[members]
        left = np.flatnonzero(found < 0)
        first = np.searchsorted(sorted_level, level[source[left]])
        size = np.searchsorted(sorted_level, level[source[left]], "right") - first
        left, first, size = left[size > FEWEST], first[size > FEWEST], size[size > FEWEST]
        for attempt in range(_TRIES):
            if left.size == 0:
                break
            chance = uniforms(seed + 1009 * depth + attempt, left)
            chosen = members[first + np.minimum((chance * size).astype(np.int64), size - 1)]
            key = target[left] * n + chosen
            place = np.minimum(np.searchsorted(keys, key), keys.size - 1)
            fits = (keys[place] != key) & (chosen != target[left])
            found[left[fits]] = chosen[fits]
            width[left[fits]] = depth
            left, first, size = left[~fits], first[~fits], size[~fits]
    return Match(found, width)


def size_class(count: Whole) -> Whole:
    """Classes a factor of 1.4 wide.

    >>> size_class(np.array([0, 1, 2, 3, 100])).tolist()
    [0, 2, 3, 4, 13]
    """
    found: Whole = np.round(2 * np.log2(count + 1)).astype(np.int64)
    return found


def usual_hours(times: Timeline, since: float) -> Whole:
    """The third of the day in which most acts before t0 stand; 3 where there is none."""
    early = times.hours < since
    third = ((times.start_us // 3_600_000_000 + times.hours[early].astype(np.int64)) % 24) // 8
    held = np.bincount(times.account[early] * 3 + third, minlength=3 * times.n_accounts).reshape(-1, 3)
    return np.where(held.sum(axis=1) > 0, held.argmax(axis=1), 3)


LEVEL_DOUBT: Final = 0.25  # of all accounts together: spread of the logarithm, measured on invented worlds
ACCOUNT_DOUBT: Final = 0.55  # of each account beside


def widened(
    moved: NDArray[np.signedinteger],
    n_silent: Whole,
    *,
    level: float = LEVEL_DOUBT,
    own: float = ACCOUNT_DOUBT,
    scale: Floats | None = None,
    seed: int = 20_260_303,
) -> NDArray[np.signedinteger]:
    """Draws K x A with the doubt about the model itself: what the sampler's spread leaves out, since it trusts the
    model.

    Each draw's counts are multiplied by a factor for all accounts and one for each, both log-normal with median 1, then
    rounded by chance, and bounded by what each account did. `scale` are draws of the level (`theta.Theta.scale`), the
    doubt about it included; without them `level` is that doubt.
    """
    n_draws, n = moved.shape
    random = np.random.default_rng(seed)
    found = np.empty((n_draws, n), moved.dtype)
    for draw in range(n_draws):  # a draw at a time bounds the memory
        usual = np.exp(level * random.standard_normal()) if scale is None else scale[draw % scale.size]
        factor = usual * np.exp(own * random.standard_normal(n))
        found[draw] = np.minimum(np.floor(moved[draw] * factor + random.random(n)), n_silent)
    return found

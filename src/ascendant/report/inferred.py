"""Figures of the inferred layer -> named, inferred and null side by side, and the same as marks for 100 acts.

Sentences (`inferred_words`) and the icon array (`charts.hundred`) come from one `Hundred`, so that they agree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ascendant.errors import Caveat, mark
from ascendant.report.figure_words import Figure

_MOST_PAIRS: Final = 0.5  # of a source and who reads it, without strangers: beyond, the estimate is not of the study
_OF_FEW: Final = mark(
    "what moved the acts that name nobody cannot be told: of most accounts that somebody reads the files hold too"
    " little to compare them with strangers ({n} of {of} pairs of a reader and who is read)"
)
_NEEDED: Final = ("influenced_share", "named_since", "inferred_share", "raw_share", "null_share")


@dataclass(frozen=True)
class Hundred:
    """100 acts as marks: the first five sum to 100. `sure` and `likely` together are the estimate, 0 where chance
    cannot be ruled out; `doubt` are those that only the upper end of the interval has. `strangers` stand apart.
    """

    named: int
    sure: int
    likely: int
    doubt: int
    rest: int
    strangers: int

    @property
    def inferred(self) -> int:
        """Marks of the estimate."""
        return self.sure + self.likely

    @property
    def unknown(self) -> int:
        """All that is neither named nor in the estimate."""
        return self.doubt + self.rest


@dataclass(frozen=True)
class Inferred:
    """Shares of all acts from `since` on, but `raw` and `null`, which are of those that name nobody."""

    since: date | None
    n: int
    n_silent: int
    named: float
    share: float  # theta, below zero where strangers would be given more
    low: float
    high: float
    whole: tuple[float, float, float]  # A + theta with its interval
    raw: float  # B
    null: float  # C
    caveats: tuple[Caveat, ...]

    @property
    def is_told(self) -> bool:
        """Whether it can be told from chance: the whole interval lies above nothing."""
        return self.share > 0.0 and self.low > 0.0

    @property
    def strangers(self) -> float:
        """C as a share of all acts, beside which the others can be read."""
        return self.null * self.n_silent / self.n

    @property
    def of_silent(self) -> tuple[float, float, float]:
        """The estimate and its interval as shares of the acts that name nobody."""
        wider = self.n / self.n_silent
        return self.share * wider, self.low * wider, self.high * wider

    @property
    def hundred(self) -> Hundred:
        """The marks."""
        return hundred(self)


@dataclass(frozen=True)
class Untold:
    """Why nothing can be told, as the figures' own caveats say it; `others` are limits of a figure not shown."""

    reasons: tuple[Caveat, ...]
    others: tuple[Caveat, ...] = ()

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """All that the layer says."""
        return (*self.reasons, *self.others)


def read(figures: Mapping[str, Figure]) -> Inferred | Untold | None:
    """The inferred layer of a study's figures; None where it was not asked for."""
    if "influenced_share" not in figures:
        return None
    whole = figures["influenced_share"]
    for caveat in whole.caveats:
        if _is_of_few(caveat):
            return Untold((Caveat(_OF_FEW, caveat.facts),), whole.caveats)
    known = {name: figures[name] for name in _NEEDED if name in figures and _is_known(figures[name])}
    silent = known.get("null_share")
    if len(known) < len(_NEEDED) or silent is None or silent.n == 0 or whole.n == 0:
        return Untold(whole.caveats)
    share = known["inferred_share"]
    return Inferred(
        since=since_of(whole.caveats),
        n=whole.n,
        n_silent=silent.n,
        named=_value(known["named_since"].estimate),
        share=_value(share.estimate),
        low=_value(share.low),
        high=_value(share.high),
        whole=(_value(whole.estimate), _value(whole.low), _value(whole.high)),
        raw=_value(known["raw_share"].estimate),
        null=_value(silent.estimate),
        caveats=whole.caveats,
    )


def since_of(caveats: tuple[Caveat, ...]) -> date | None:
    """From which day on acts are explained: a caveat of the layer says it.

    >>> since_of((Caveat("acts from {since} on", {"since": "2026-03-12"}),))
    datetime.date(2026, 3, 12)
    """
    for caveat in caveats:
        day = dated(caveat).facts.get("since")
        if isinstance(day, date):
            return day
    return None


def dated(caveat: Caveat) -> Caveat:
    """The caveat with its day as a day, so that each language writes it in its own way."""
    day = caveat.facts.get("since")
    if not isinstance(day, str):
        return caveat
    try:
        return Caveat(caveat.template, {**caveat.facts, "since": date.fromisoformat(day)})
    except ValueError:
        return caveat


def hundred(found: Inferred) -> Hundred:
    """Named, inferred and the rest by largest remainders, so that 100 is 100; the interval's ends as room is left."""
    part = min(max(found.share, 0.0), 1.0 - found.named) if found.is_told else 0.0
    named, inferred, rest = largest_remainders((found.named, part, max(0.0, 1.0 - found.named - part)), 100)
    sure = min(inferred, math.floor(100 * max(found.low, 0.0) + 0.5)) if found.is_told else 0
    doubt = min(rest, max(0, math.floor(100 * found.high + 0.5) - inferred))
    strangers = min(100, math.floor(100 * max(found.strangers, 0.0) + 0.5))
    return Hundred(named, sure, inferred - sure, doubt, rest - doubt, strangers)


def largest_remainders(shares: tuple[float, ...], total: int) -> tuple[int, ...]:
    """Whole numbers that sum to the total, each less than one off its share; of equal remainders the first goes up.

    >>> largest_remainders((0.2337, 0.0558, 0.7105), 100)
    (23, 6, 71)
    """
    whole = math.fsum(shares)
    exact = [total * share / whole for share in shares]
    found = [math.floor(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda place: (found[place] - exact[place], place))
    for place in order[: total - sum(found)]:
        found[place] += 1
    return tuple(found)


def _is_of_few(caveat: Caveat) -> bool:
    """Whether it says that most pairs have no strangers to compare with: what is left speaks of a few pairs alone.

    So it is with one's own archives: whoever is read shows there only by what the owner answered.
    """
    facts = caveat.facts
    if set(facts) != {"n", "of"}:
        return False
    n, of = facts["n"], facts["of"]
    return isinstance(n, int) and isinstance(of, int) and n > _MOST_PAIRS * of


def _is_known(figure: Figure) -> bool:
    return figure.estimate is not None and math.isfinite(figure.estimate)


def _value(number: float | None) -> float:
    return 0.0 if number is None or not math.isfinite(number) else float(number)

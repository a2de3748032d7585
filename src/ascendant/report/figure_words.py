"""One figure -> its words: what it is called, its title as a finding, its number and interval, how to read it."""

from __future__ import annotations

from typing import Final, Protocol

from ascendant.errors import Caveat, mark
from ascendant.report.language import Language


class Figure(Protocol):
    """A number with its doubt: `ascendant.infer.headline.Figure` has these fields."""

    @property
    def name(self) -> str: ...
    @property
    def estimate(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def n(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def caveats(self) -> tuple[Caveat, ...]: ...


def shown(figure: Figure, language: Language) -> str:
    """The estimate in its unit."""
    return _in_unit(figure, figure.estimate, language)


def interval(figure: Figure, language: Language) -> str:
    """The interval in the figure's unit."""
    if figure.low is None or figure.high is None:
        return "–"
    if figure.unit == "share":
        return language.share_interval(figure.low, figure.high)
    if figure.unit == "seconds":
        low, high = language.span(figure.low), language.span(figure.high)
        return low if low == high else language.say(mark("{low} to {high}"), low=low, high=high)
    low, high = language.number(figure.low, 0), language.number(figure.high, 0)
    return low if low == high else f"{low}–{high}"


def label(figure: Figure, language: Language) -> str:
    """What the figure is, in two or three words."""
    return language.say(_LABELS[figure.name])


def title(figure: Figure, language: Language, *, small: bool = False) -> str:
    """The figure as a finding; of a small study, what it counts."""
    if figure.estimate is None:
        return language.say(_UNKNOWN[figure.name])
    if small:
        return language.say(_COUNTED[figure.name])
    if figure.name == "half_from":
        return language.say(mark("Half of the acts moved come from {half}"), half=count_words(figure, language))
    return language.say(_TITLES[figure.name], x=shown(figure, language))


def how_to_read(figure: Figure, language: Language) -> str:
    """What the figure means, and what it does not."""
    return language.say(_READINGS[figure.name])


def two_counts(figure: Figure, n_labelled: int, language: Language) -> str | None:
    """Why "accounts that influence" are fewer by their labels than by their chances; None of other figures."""
    if figure.name != "influencers" or figure.estimate is None:
        return None
    return language.say(
        mark(
            "Counted by the likeliest side of each account, as in the bar below, it is {labelled}; this figure adds up"
            " the chances of all accounts, small ones included: {expected}."
        ),
        labelled=n_labelled,
        expected=shown(figure, language),
    )


def rests_on(figure: Figure, language: Language) -> str:
    """What the figure rests on."""
    match figure.name:
        case "share_named":
            return language.plural("rests on one act", "rests on {n} acts", figure.n)
        case "influencers":
            return language.plural("rests on one account", "rests on {n} accounts", figure.n)
        case "half_from":
            return language.plural("rests on one act moved", "rests on {n} acts moved", figure.n)
    return language.plural("rests on one known delay", "rests on {n} known delays", figure.n)


def count_words(figure: Figure, language: Language) -> str:
    """The estimate as accounts, in words."""
    n = round(figure.estimate or 0)
    return language.say("a single account") if n == 1 else language.plural("one account", "{n} accounts", n)


def _in_unit(figure: Figure, value: float | None, language: Language) -> str:
    if figure.unit == "share":
        return language.percent(value)
    if figure.unit == "seconds":
        return language.span(value)
    return language.number(value, 0)


_LABELS: Final = {
    "share_named": mark("Influenced share (links)"),
    "influencers": mark("Accounts that influence"),
    "half_from": mark("Concentration"),
    "delay": mark("Time to react"),
}
_TITLES: Final = {
    "share_named": mark("{x} of the acts name the account that moved them"),
    "influencers": mark("About {x} accounts influence others"),
    "delay": mark("Half of the reactions come within {x}"),
}
_COUNTED: Final = {  # where there is too little to conclude from
    "share_named": mark("Share of these acts that name another account"),
    "influencers": mark("Accounts that may influence others"),
    "half_from": mark("Accounts that half of the acts moved name"),
    "delay": mark("Time from an item to the acts that name it"),
}
_UNKNOWN: Final = {
    "share_named": mark("The influenced share is not known"),
    "influencers": mark("How many accounts influence is not known"),
    "half_from": mark("No act was moved, so nobody holds a part of them"),
    "delay": mark("The time to react is not known"),
}
_READINGS: Final = {
    "share_named": mark(
        "Of a hundred acts, so many name the act of somebody else. Influence that no link records comes on top, so that"
        " this is a lower bound."
    ),
    "influencers": mark(
        "Accounts that, for three acts of their own, move at least one of somebody else's, each counted with its"
        " probability."
    ),
    "half_from": mark(
        "Put the accounts in order of the acts that they moved: so many, from the top, make up half. The fewer, the"
        " more hangs on them."
    ),
    "delay": mark(
        "Half of the acts moved came sooner than this after the item that they name, half later. It is the time that"
        " there is to answer."
    ),
}

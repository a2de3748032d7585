"""Figures and counts -> the sentences of the briefing: the answer, the titles, how to read them, the limits.

A sentence is a template and its facts, already put in words by the language; a page sets the facts named in
`KEY_FACTS` in bold. What the data cannot say gets a sentence too: nothing is left blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from ascendant.errors import Caveat, mark
from ascendant.report.language import Language

FIGURES: Final = ("share_named", "influencers", "half_from", "delay")
KEY_FACTS: Final = frozenset({"share", "influencers", "half", "delay", "who"})  # set in bold
WHOLE_FACTS: Final = frozenset({"interval", "half_interval"})  # never broken over two lines
# The least from which a finding is drawn. Of thirty acts half of which were moved, the share is known to 15 points
# either way, and an account of thirty acts is the first whose evidence is called fair; of fewer than ten accounts, one
# more or less changes every figure, and `infer.headline` draws none again.
LEAST_ACTS: Final = 30
LEAST_ACCOUNTS: Final = 10


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


@dataclass(frozen=True)
class Sentence:
    """A template with its facts in words."""

    template: str
    facts: Mapping[str, object]

    def pieces(self, language: Language) -> list[tuple[str, str | None]]:
        """Its pieces, each fact with its name."""
        return list(language.pieces(self.template, self.facts))

    def words(self, language: Language) -> str:
        """The sentence as plain text."""
        return "".join(text for text, _ in self.pieces(language))


def answer(
    figures: Mapping[str, Figure], n_acts: int, n_accounts: int, leaders: Sequence[str], language: Language
) -> tuple[Sentence, ...]:
    """Who drives what was read, how surely, and who to look at: three sentences; of a small study, its counts alone.

    `leaders` are the accounts of the first tier, by the names under which they may be shown.
    """
    if is_small(figures):
        return _too_small(figures, language)
    return (
        _first(figures.get("share_named"), n_acts, language),
        _second(figures, n_accounts, language),
        _third(figures.get("delay"), leaders, language),
    )


def is_small(figures: Mapping[str, Figure]) -> bool:
    """True where there are acts, and too few of them, or of too few accounts, to draw a finding from."""
    share, many = figures.get("share_named"), figures.get("influencers")
    n_acts, n_accounts = share.n if share is not None else 0, many.n if many is not None else 0
    return n_acts > 0 and (n_acts < LEAST_ACTS or n_accounts < LEAST_ACCOUNTS)


def _too_small(figures: Mapping[str, Figure], language: Language) -> tuple[Sentence, ...]:
    share, many = figures["share_named"], figures.get("influencers")
    facts = {
        "acts": language.plural("one act", "{n} acts", share.n),
        "accounts": language.plural("one account", "{n} accounts", many.n if many is not None else 0),
        "least_acts": LEAST_ACTS,
        "least_accounts": LEAST_ACCOUNTS,
    }
    first = Sentence(
        mark(
            "These files are too small for a finding: they hold {acts} and {accounts}, and it takes at least"
            " {least_acts} acts and {least_accounts} accounts to draw one. What follows counts, and concludes nothing."
        ),
        facts,
    )
    n_moved = round((share.estimate or 0) * share.n)
    counts = {0: mark("None of these acts names another account."), 1: mark("One of these acts names another account.")}
    return first, Sentence(counts.get(n_moved, mark("{n} of these acts name another account.")), {"n": n_moved})


def _first(share: Figure | None, n_acts: int, language: Language) -> Sentence:
    if not n_acts or share is None or share.estimate is None:
        return Sentence(mark("These files hold no act from which influence could be read."), {})
    acts = language.plural("one act", "{n} acts", n_acts)
    facts = {"acts": acts, "share": shown(share, language), "interval": interval(share, language)}
    if share.estimate == 0:
        return Sentence(mark("Of {acts} in these files, none names another account's."), facts)
    words = language.say(_in_words(share.estimate))
    return Sentence(
        mark(
            "Of {acts} in these files, other accounts moved {words} ({share}, interval {interval}), as reposts,"
            " quotes and answers tell."
        ),
        {**facts, "words": words},
    )


def _second(figures: Mapping[str, Figure], n_accounts: int, language: Language) -> Sentence:
    many, half = figures.get("influencers"), figures.get("half_from")
    if not n_accounts:
        return Sentence(mark("They hold no account either."), {})
    if many is None or many.estimate is None:
        return Sentence(mark("Which accounts influence others cannot be said."), {})
    if many.n == 1:
        return Sentence(mark("A single account has acted: there is nobody to compare it with."), {})
    facts: dict[str, object] = {
        "influencers": shown(many, language),
        "n": many.n,
        "interval": interval(many, language),
    }
    if half is None or half.estimate is None:
        return Sentence(
            mark("About {influencers} of {n} accounts that acted influence others (interval {interval})."), facts
        )
    facts |= {"half": _count(half, language), "half_interval": interval(half, language)}
    return Sentence(
        mark(
            "About {influencers} of {n} accounts that acted influence others (interval {interval}), and half of all the"
            " acts moved come from {half} (interval {half_interval})."
        ),
        facts,
    )


def _third(delay: Figure | None, leaders: Sequence[str], language: Language) -> Sentence:
    known = delay is not None and delay.estimate is not None
    facts: dict[str, object] = {"delay": shown(delay, language)} if delay is not None and known else {}
    if not leaders:
        if known:
            return Sentence(mark("Half of the reactions come within {delay}."), facts)
        return Sentence(mark("Nobody can be named as the one who moves most."), facts)
    if len(leaders) == 1:
        facts["who"] = leaders[0]
        if known:
            return Sentence(mark("{who} moves most, and half of all reactions come within {delay}."), facts)
        return Sentence(mark("{who} moves most; how fast others react cannot be said."), facts)
    facts["who"] = language.listed(leaders[:3])
    facts["n"] = len(leaders)
    if len(leaders) > 3:
        if known:
            return Sentence(
                mark(
                    "{n} accounts move most and cannot be told apart, {who} among them; half of all reactions come"
                    " within {delay}."
                ),
                facts,
            )
        return Sentence(mark("{n} accounts move most and cannot be told apart, {who} among them."), facts)
    if known:
        return Sentence(
            mark("{who} move most, with no telling them apart; half of all reactions come within {delay}."), facts
        )
    return Sentence(mark("{who} move most, with no telling them apart."), facts)


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
        return language.say(mark("Half of the acts moved come from {half}"), half=_count(figure, language))
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


def standings_title(counts: Mapping[str, int], n_presumed: int, language: Language, *, small: bool = False) -> str:
    """What the bar of the standings shows, as a finding; of a small study, what it is."""
    total = sum(counts.values())
    if not total:
        return language.say(mark("No account was seen"))
    if small:
        return language.say(mark("The likeliest side of each account, from very few acts"))
    if 2 * n_presumed > total:
        return language.say(
            mark("Of most accounts ({x}) nothing but their presence was seen"), x=language.percent(n_presumed / total)
        )
    largest = max(counts, key=lambda one: (counts[one], one))
    share = counts[largest] / total
    template = _MOST[largest] if share > 0.5 else _LARGEST[largest]
    return language.say(template, x=language.percent(share))


def tiers_title(leaders: Sequence[str], language: Language, *, small: bool = False) -> str:
    """Who leads, as a finding; of a small study, what the table counts."""
    if not leaders:
        return language.say(mark("No account moved an act of somebody else's"))
    if small:
        return language.say(mark("Acts that name each account, of very few"))
    if len(leaders) == 1:
        return language.say(mark("{who} moves more acts than anybody else"), who=leaders[0])
    return language.say(mark("{n} accounts lead, and cannot be told apart"), n=len(leaders))


def limits(language: Language) -> list[str]:
    """What a briefing of this version cannot say, whatever the data."""
    return [language.say(template) for template in _LIMITS]


def _count(figure: Figure, language: Language) -> str:
    n = round(figure.estimate or 0)
    return language.say("a single account") if n == 1 else language.plural("one account", "{n} accounts", n)


def _in_unit(figure: Figure, value: float | None, language: Language) -> str:
    if figure.unit == "share":
        return language.percent(value)
    if figure.unit == "seconds":
        return language.span(value)
    return language.number(value, 0)


def _in_words(share: float) -> str:
    return next(words for below, words in _FRACTIONS if share < below)


_FRACTIONS: Final = (
    (0.04, mark("fewer than one in twenty-five")),
    (0.08, mark("about one in twenty")),
    (0.12, mark("about one in ten")),
    (0.165, mark("about one in seven")),
    (0.225, mark("about one in five")),
    (0.29, mark("about one in four")),
    (0.365, mark("about one in three")),
    (0.445, mark("about two in five")),
    (0.56, mark("about one in two")),
    (0.63, mark("about three in five")),
    (0.71, mark("about two in three")),
    (0.78, mark("about three in four")),
    (0.86, mark("about four in five")),
    (0.955, mark("about nine in ten")),
    (float("inf"), mark("nearly every one")),
)
_LABELS: Final = {
    "share_named": mark("Influenced share"),
    "influencers": mark("Accounts that influence"),
    "half_from": mark("Concentration"),
    "delay": mark("Time to react"),
}
_TITLES: Final = {
    "share_named": mark("{x} of the acts were moved by another account"),
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
_MOST: Final = {
    "influencer": mark("Most accounts ({x}) influence others more than they are influenced"),
    "influenced": mark("Most accounts ({x}) are influenced rather than influencing"),
    "both": mark("Most accounts ({x}) influence and are influenced at once"),
}
_LARGEST: Final = {
    "influencer": mark("The largest group ({x}) influences others more than it is influenced"),
    "influenced": mark("The largest group ({x}) is influenced rather than influencing"),
    "both": mark("The largest group ({x}) influences and is influenced at once"),
}
_LIMITS: Final = (
    mark(
        "It shows who acted after whom, and not why. Alike people do alike things, and the platform chooses what is"
        " seen: this is attribution, not proof of cause."
    ),
    mark(
        "Only links that the platform records are counted in this version. Ideas taken up without a link, and whatever"
        " was read without a trace, are missing, so that influence is likely to be higher than shown."
    ),
    mark("It speaks of the files that were read. What was not collected is unknown, and was not counted as zero."),
    mark("To move somebody is to make them act, whether they agree or object. It is not to convince them."),
    mark(
        "A standing describes acts in this period. It is no judgement of a person, and must not be used to choose"
        " people because they are easily led."
    ),
)

"""Figures and counts -> the sentences of the briefing: the answer, the titles, how to read them, the limits.

A sentence is a template and its facts, already put in words by the language; a page sets the facts named in
`KEY_FACTS` in bold. What the data cannot say gets a sentence too: nothing is left blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ascendant.errors import mark
from ascendant.report.figure_words import Figure, count_words, interval, shown
from ascendant.report.language import Language

FIGURES: Final = ("share_named", "influencers", "half_from", "delay")
KEY_FACTS: Final = frozenset({"share", "influencers", "half", "delay", "who"})  # set in bold
WHOLE_FACTS: Final = frozenset({"interval", "half_interval", "range"})  # never broken over two lines
# The least from which a finding is drawn. Of thirty acts half of which were moved, the share is known to 15 points
# either way, and an account of thirty acts is the first whose evidence is called fair; of fewer than ten accounts, one
# more or less changes every figure, and `infer.headline` draws none again.
LEAST_ACTS: Final = 30
LEAST_ACCOUNTS: Final = 10


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
    facts |= {"half": count_words(half, language), "half_interval": interval(half, language)}
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
        "Beyond the links that the platform records, influence is only estimated, from time, and only by accounts that"
        " somebody is known to read. What was read without a trace is missing, so that influence is likely to be higher"
        " than shown."
    ),
    mark("It speaks of the files that were read. What was not collected is unknown, and was not counted as zero."),
    mark("To move somebody is to make them act, whether they agree or object. It is not to convince them."),
    mark(
        "A standing describes acts in this period. It is no judgement of a person, and must not be used to choose"
        " people because they are easily led."
    ),
)

"""What no link records -> sentences: named, inferred and null one after the other, never added without saying so."""

from __future__ import annotations

from typing import Final

from ascendant.errors import mark
from ascendant.report.findings import Sentence
from ascendant.report.inferred import Inferred, Untold, dated
from ascendant.report.language import Language


def title(found: Inferred, language: Language) -> str:
    """The finding."""
    if not found.is_told:
        return language.say(mark("Beyond the links, no influence can be told from chance"))
    n = found.hundred.inferred
    if n == 0:
        return language.say(mark("Beyond the links, fewer than one act in a hundred followed what its author read"))
    return language.plural(
        "Beyond the links, about one act in a hundred followed what its author read",
        "Beyond the links, about {n} acts in a hundred followed what their authors read",
        n,
    )


def sentences(found: Inferred, language: Language) -> tuple[Sentence, ...]:
    """Named, inferred, null and rest, one after the other: never added."""
    marks = found.hundred
    facts: dict[str, object] = {"since": language.date(found.since), "named": _named(marks.named, language)}
    if not found.is_told:
        upper = {"upper": language.percent(found.high)}
        return (Sentence(_BY_CHANCE, facts), *([Sentence(_AT_MOST, upper)] if found.high > 0 else []))
    n = marks.inferred
    facts["n"] = n or language.say(mark("fewer than one"))
    facts["range"] = in_hundred(found.low, found.high, language)
    return (
        Sentence(_ONE_MORE if n < 2 else _MORE, facts),
        Sentence(_TAKEN_OFF, {"strangers": strangers_words(found, language)}),
        Sentence(_REST, {"rest": marks.unknown}),
    )


def in_answer(found: Inferred, language: Language) -> Sentence | None:
    """The sentence that the answer gains; None where chance cannot be ruled out."""
    if not found.is_told:
        return None
    facts = {
        "since": language.date(found.since),
        "share": language.percent(found.share),
        "interval": language.share_interval(found.low, found.high),
    }
    return Sentence(
        mark(
            "Another {share} (interval {interval}) of the acts since {since} followed what their authors read, without"
            " naming anybody."
        ),
        facts,
    )


def beside(found: Inferred, language: Language) -> str | None:
    """A + theta, to stand beside the exact share; None where there is nothing to add."""
    if not found.is_told:
        return None
    estimate, low, high = found.whole
    return language.say(
        mark("With what no link records: {share} of the acts since {since} (interval {interval})."),
        share=language.percent(estimate),
        since=language.date(found.since),
        interval=language.share_interval(low, high),
    )


def basis(found: Inferred, language: Language) -> tuple[str, str]:
    """B and C as the fit gives them, and what the doses make of them."""
    estimate, low, high = found.of_silent
    many = language.plural("one act", "{n} acts", found.n_silent)
    raw = language.say(
        mark(
            "Of {acts} since {since} that name nobody, the method puts {raw} down to accounts that their authors read"
            " (called B), and {null} when strangers take the place of these accounts (called C)."
        ),
        acts=many,
        since=language.date(found.since),
        raw=language.percent(found.raw),
        null=language.percent(found.null),
    )
    if not found.is_told:
        return raw, language.say(
            mark(
                "Influence of known size, the doses, was then planted among the strangers, to see how much of it the"
                " method finds. Held against these, what B is more than C may be chance."
            )
        )
    return raw, language.say(
        mark(
            "Influence of known size, the doses, was then planted among the strangers: the method finds a part of it."
            " The dose that would show as much as the study does is {share} of these acts (interval {interval})."
        ),
        share=language.percent(estimate),
        interval=language.share_interval(low, high),
    )


def reason(untold: Untold, language: Language) -> str:
    """Why nothing can be told, as sentences."""
    if not untold.reasons:
        return language.say(mark("What moved the acts that name nobody cannot be told from these files."))
    found = [language.caveat(dated(caveat)) for caveat in untold.reasons]
    return " ".join(f"{words[:1].upper()}{words[1:]}." for words in found)


def strangers_words(found: Inferred, language: Language) -> str:
    """What strangers are given of 100 acts."""
    n = found.hundred.strangers
    return language.say(mark("fewer than one")) if n == 0 else language.number(n)


def in_hundred(low: float, high: float, language: Language) -> str:
    """An interval in acts of 100, with a decimal where whole acts would say nothing."""
    digits = 0 if 100 * low >= 0.95 else 1
    ends = [language.number(100 * max(end, 0.0), digits) for end in (low, high)]
    return language.say(mark("{low} to {high}"), low=ends[0], high=ends[1])


def _named(n: int, language: Language) -> str:
    if n == 0:
        return language.say(mark("none names another account"))
    return language.plural("one names another account", "{n} name another account", n)


_BY_CHANCE: Final = mark(
    "Of 100 acts since {since}, {named}. Whether others followed what their authors read cannot be told from chance."
)
_AT_MOST: Final = mark(
    "If some did, they are most likely not more than {upper} of the acts, as far as the files show who reads whom."
)
_MORE: Final = mark(
    "Of 100 acts since {since}, {named}; about {n} more ({range}) followed what their authors read, without naming"
    " anybody."
)
_ONE_MORE: Final = mark(
    "Of 100 acts since {since}, {named}; {n} more ({range}) followed what its author read, without naming anybody."
)
_TAKEN_OFF: Final = mark(
    "The same method gives {strangers} to strangers whom the authors never read; that much has already been taken off."
)
_REST: Final = mark(
    "What moved the other {rest} is not known: their authors themselves, or something that no file shows."
)

"""Figures of a mirror -> its sentences: the answer, and what archives cannot show. Second person, no blame.

What is not surely reaction is called unknown, and nothing else: an archive does not show what somebody read before
they wrote.
"""

from __future__ import annotations

import math
from typing import Any, Final

from ascendant.errors import mark
from ascendant.report.findings import Sentence
from ascendant.report.language import Language

KEY_FACTS: Final = frozenset({"share", "side", "half", "uploaded"})  # set in bold
FEW: Final = 10  # acts below which nothing is concluded (evidence `none`)

_SIDES: Final = {
    "influenced": mark("others move you more than you move them"),
    "influencer": mark("you move others more than they move you"),
    "both": mark("others move you, and you move them"),
}


def answer(
    reaction: dict[str, Any] | None,
    standing: dict[str, Any] | None,
    concentration: dict[str, Any] | None,
    n_uploaded: int,
    language: Language,
) -> list[Sentence]:
    """How much is reaction at least, on which side that is, and from whom it comes. Rows tell of all platforms."""
    found = [_first(reaction, language)]
    if standing is not None and not standing["is_presumed"] and standing["evidence"] != "none":
        found.append(_second(standing, language))
    third = _third(concentration, n_uploaded, language)
    return [*found, *([third] if third else [])]


def _first(reaction: dict[str, Any] | None, language: Language) -> Sentence:
    if reaction is None or not reaction["n_acts"]:
        return Sentence(
            mark(
                "Your archives hold nothing that you posted, passed on or answered. What moves you cannot be read from"
                " them; what networks and advertisers hold about you stands below, as far as they export it."
            ),
            {},
        )
    n, acts = reaction["n_reaction"], reaction["n_acts"]
    facts: dict[str, object] = {
        "n": n,
        "acts": language.plural("one act", "{n} acts", acts),
        "share": least(reaction["share"], language),
    }
    if acts < FEW:
        return Sentence(
            mark(
                "Your archives hold {acts} only; {n} surely react to others. What follows counts, and concludes"
                " nothing."
            ),
            facts,
        )
    if n == 0:
        return Sentence(
            mark(
                "Of your {acts}, none is plainly a reaction to others. That tells little: an archive does not show what"
                " you read before you wrote."
            ),
            facts,
        )
    if n == acts:
        return Sentence(mark("All that you do there is reaction to others: {share} of your {acts}."), facts)
    return Sentence(
        mark(
            "At least {share} of what you do is reaction to others: {n} of your {acts}. The rest is unknown, since an"
            " archive does not show what you read before you wrote."
        ),
        facts,
    )


def _second(standing: dict[str, Any], language: Language) -> Sentence:
    answers = standing["n_moved_by_it"]
    back = (
        language.say(mark("They do not tell who responds to you."))
        if answers is None
        else language.plural(
            "They show one response of others to what you write.",
            "They show {n} responses of others to what you write.",
            answers,
        )
    )
    facts = {
        "side": language.say(_SIDES[standing["standing"]]),
        "chance": language.chance(standing[f"p_{standing['standing']}"]),
        "back": back,
    }
    if standing["is_one_sided"]:
        return Sentence(mark("As far as your archives show, {side} (chance {chance}). {back}"), facts)
    return Sentence(mark("In all, {side} (chance {chance}). {back}"), facts)


def _third(concentration: dict[str, Any] | None, n_uploaded: int, language: Language) -> Sentence | None:
    uploaded = language.plural("one advertiser", "{n} advertisers", n_uploaded)
    if concentration is None or not concentration["n_half"] or concentration["n_attributed"] < FEW:
        return (
            Sentence(mark("Your contact data were uploaded by {uploaded}."), {"uploaded": uploaded})
            if n_uploaded
            else None
        )
    facts = {
        "half": language.plural("one account", "{n} accounts", concentration["n_half"]),
        "total": concentration["n_sources"],
        "uploaded": uploaded,
    }
    if n_uploaded:
        return Sentence(
            mark(
                "Half of what moves you comes from {half}, out of {total}; your contact data were uploaded by"
                " {uploaded}."
            ),
            facts,
        )
    return Sentence(mark("Half of what moves you comes from {half}, out of {total}."), facts)


def least(share: float | None, language: Language) -> str:
    """A share of which it is said that it is at least so much: rounded down, since rounding up would not be true.

    >>> least(0.4068, Language()), least(0.0799, Language()), least(0.9996, Language()), least(1.0, Language())
    ('40%', '7.9%', '99%', '100%')
    """
    if share is None:
        return "–"
    digits = 1 if 0 < share < 0.1 else 0
    step = 100.0 * 10**digits
    return language.percent(math.floor(share * step + 1e-9) / step, digits)


def limits(language: Language, *, has_collected: bool) -> list[str]:
    """What no archive tells, whoever it belongs to."""
    texts = [
        mark(
            "What you read without reacting, and what you read before you wrote: networks export little of what they"
            " showed you, or nothing. So what is called unknown here may be reaction too."
        ),
        mark(
            "Why you acted. That you passed something on shows that it reached you and made you act; it does not show"
            " that it convinced you."
        ),
        mark("What you deleted, what somebody else deleted, and what happened outside these networks."),
        mark("How the networks sort and push what you see, and who paid for it without naming themselves."),
        mark(
            "An interval says how far a figure would move with other weeks of the same habits. It says nothing of what"
            " the archives leave out."
        ),
    ]
    if not has_collected:
        texts.insert(
            2,
            mark(
                "What others did because of you: archives show little of it, so that the side of those who move others"
                " always looks smaller than it is."
            ),
        )
    return [language.say(text) for text in texts]

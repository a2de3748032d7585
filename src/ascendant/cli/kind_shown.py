"""The kind of an account and what speaks for it, in a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, Final

from ascendant.cli.screen import WIDTH, tell
from ascendant.errors import mark

if TYPE_CHECKING:
    from ascendant.report.language import Language

_SHOWN = mark("Kind               {kind} (probability {chance})")
_UNSURE = mark("Kind               undetermined (best guess: {kind}, {chance})")
_GIVEN = mark("Kind               {kind}, as you decided: {reason}")
_COMPUTED = mark("                   computed: {kind}, {chance}")
_DECLARED = mark("                   declared so ({source})")
_INFLUENCED = mark("As influenced      {kind} (probability {chance})")
_UNSURE_INFLUENCED = mark("As influenced      undetermined (best guess: {kind}, {chance})")
_COUNTED_INFLUENCED = mark("As influenced      undetermined (posts of others passed on: {n} of {of} acts)")
_UNTOLD_INFLUENCED = mark("As influenced      undetermined")
_NOT_ASKED = mark("It may be a private person: whether it is political was not asked.")
_HEAD = mark("What speaks for it, and against")
_UNIT = mark("Log-odds, which add up: +1 multiplies the odds by 2.7, -1 divides them by as much.")
_SUM = mark("together: {chance}")
_SCORE = mark("against other sorts of organisations: {chance}")
_LABEL, _NUMBER, _BAR = 50, 6, 18
_PER_BLOCK: Final = 0.25  # log-odds


def show_kind(kind: dict[str, Any], language: Language) -> None:
    """The kind, on what basis, and how sure."""
    from ascendant.report.kind_words import KIND_WORDS, kind_shown

    best = language.say(KIND_WORDS[kind["best_influencer"]])
    chance = language.chance(kind[f"p_{kind['best_influencer']}"])
    if kind["basis"] == "override":
        _hanging(language.say(_GIVEN, kind=kind_shown(kind, language), reason=kind["basis_source"]))
        _hanging(language.say(_COMPUTED, kind=best, chance=chance))
    elif kind["kind_as_influencer"] == "undetermined":
        _hanging(language.say(_UNSURE, kind=best, chance=chance))
    else:
        _hanging(language.say(_SHOWN, kind=kind_shown(kind, language), chance=chance))
    if kind["basis"] == "declared" and kind["basis_source"]:
        _hanging(language.say(_DECLARED, source=kind["basis_source"]))


def show_influenced(influenced: dict[str, Any] | None, language: Language) -> None:
    """What it does with what others bring, in a few words that its acts bear out, else what was counted; nothing of an
    account that nothing is seen to move."""
    from ascendant.report.influenced_words import label

    if influenced is None or influenced["kind_as_influenced"] is None:
        return
    shown, best = influenced["kind_as_influenced"], influenced["best_influenced"]
    words = label(best, influenced["behaviours"], language, is_relay=influenced["is_relay"])
    if words is not None:
        facts = {"kind": words, "chance": language.chance(influenced[f"p_{best}"])}
        _hanging(language.say(_UNSURE_INFLUENCED if shown == "undetermined" else _INFLUENCED, **facts))
        return
    counted = next((row for row in influenced["behaviours"] if row["behaviour"] == "passes_on"), None)
    if counted is None:
        _hanging(language.say(_UNTOLD_INFLUENCED))
    else:
        _hanging(language.say(_COUNTED_INFLUENCED, n=counted["n"], of=counted["of"]))


def show_waterfall(kind: dict[str, Any], language: Language) -> None:
    """Every term of weight, question by question, and what they add up to."""
    from ascendant.report.kind_words import QUESTIONS, term_shown
    from ascendant.report.kinds import waterfall

    tell()
    tell(language.say(_HEAD))
    for head, total, terms in waterfall(kind):
        tell(f"  {language.say(QUESTIONS[head])}")
        for term in terms:
            _line(term_shown(term, language), term["log_odds"], language)
        if head in ("organisation", "political"):
            held = kind["p_cause"] if head == "political" else 1 - kind["p_person"]
            said = language.say(_SUM, chance=language.chance(held))
        else:
            of_all = sum(kind[f"p_{sort}"] for sort in ("company", "media", "institution"))
            said = language.say(_SCORE, chance=language.chance(kind[f"p_{head}"] / of_all))
        _line(said, total, language, bar=False)
    for line in textwrap.wrap(language.say(_UNIT), WIDTH):
        tell(line)
    if kind["p_cause"] is None:
        for line in textwrap.wrap(language.say(_NOT_ASKED), WIDTH):
            tell(line)


def _line(label: str, log_odds: float, language: Language, *, bar: bool = True) -> None:
    shown = label if len(label) <= _LABEL else label[: _LABEL - 2] + "…)"
    sign = "+" if round(log_odds, 1) > 0 else "−" if round(log_odds, 1) < 0 else " "
    number = f"{sign}{language.number(abs(log_odds), 1)}"
    n_blocks = min(_BAR, round(abs(log_odds) / _PER_BLOCK)) if bar else 0
    tell(f"    {shown:<{_LABEL}}{number:>{_NUMBER}}  {('█' if log_odds > 0 else '░') * n_blocks}".rstrip())


def _hanging(words: str) -> None:
    """A line of the head of the answer, going on under its own words."""
    label = len(words) - len(words.lstrip()) or 19
    for line in textwrap.wrap(words, WIDTH, subsequent_indent=" " * label, drop_whitespace=False):
        tell(line.rstrip())

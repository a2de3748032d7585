"""Kind as influenced and behaviours of one account -> two or three sentences, of it or to its owner (the mirror).

Behaviour only: what it does, how often, and what is usual in the study. What anybody thinks or knows is not said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ascendant.errors import mark
from ascendant.report.findings import Sentence
from ascendant.report.influenced_claims import FEWEST_OCCASIONS, Row, by_key, words_for
from ascendant.report.language import Language

FEWEST_ACTS: Final = 20  # below, no kind is shown

_LABELS: Final = {
    "target": mark("writes for itself, seldom passes on"),
    "target, answers": mark("seldom passes on"),
    "consumer": mark("passes on fast, seldom adds a word"),
    "consumer, not fast": mark("passes on much, seldom adds a word"),
    "consumer, neither": mark("when it passes on, seldom adds a word"),
    "relay": mark("amplifies one group; no sign of coordinating with it"),
}

_OF_IT: Final = {
    "target": mark("This account writes for itself and seldom passes on what others post (probability {p})."),
    "target, answers": mark("This account seldom passes on what others post (probability {p})."),
    "consumer": mark("This account passes on fast and seldom adds a word (probability {p})."),
    "consumer, not fast": mark("This account passes on much and seldom adds a word (probability {p})."),
    "consumer, neither": mark("When this account passes something on, it seldom adds a word (probability {p})."),
    "relay": mark("This account amplifies {group}; there is no sign of coordinating with it (probability {p})."),
    "undetermined": mark(
        "What this account does with what others bring fits no kind clearly; the best guess is: {guess} (probability"
        " {p})."
    ),
    "not borne out": mark("What this account does with what others bring fits no kind clearly."),
    "few": mark(
        "With {acts}, what this account does with what others bring cannot be told; the best guess is: {guess}"
        " (probability {p})."
    ),
    "few, not borne out": mark("With {acts}, what this account does with what others bring cannot be told."),
    "unmoved": mark("Nothing in these files is seen to move this account."),
}
_TO_YOU: Final = {
    "target": mark("You write for yourself and seldom pass on what others post (probability {p})."),
    "target, answers": mark("You seldom pass on what others post (probability {p})."),
    "consumer": mark("You pass on fast and seldom add a word (probability {p})."),
    "consumer, not fast": mark("You pass on much and seldom add a word (probability {p})."),
    "consumer, neither": mark("When you pass something on, you seldom add a word (probability {p})."),
    "relay": mark("You amplify {group}; there is no sign that you coordinate with it (probability {p})."),
    "undetermined": mark(
        "What you do with what others bring fits no kind clearly; the best guess is: {guess} (probability {p})."
    ),
    "not borne out": mark("What you do with what others bring fits no kind clearly."),
    "few": mark(
        "With {acts}, what you do with what others bring cannot be told; the best guess is: {guess} (probability {p})."
    ),
    "few, not borne out": mark("With {acts}, what you do with what others bring cannot be told."),
    "unmoved": mark("Nothing in these files is seen to move you."),
}
# n of `of`, and what half of the accounts of the study stay below:
_COUNTED: Final = {
    "writes": mark("Acts that name nobody: {n} of {of}. Half of the accounts of this study stay below {usual}."),
    "passes_on": mark(
        "Posts of others passed on: {n} of {of} acts. Half of the accounts of this study stay below {usual}."
    ),
    "bare": mark("Passed on without a word: {n} of {of}. Half of the accounts of this study stay below {usual}."),
    "fast": mark("Sooner than most in this study: {n} of {of} acts. Half of the accounts stay below {usual}."),
    "group": mark(
        "Acts that name {group}: {n} of {of} that name somebody. Half of the accounts of this study stay below {usual}."
    ),
    "late": mark(
        "Later than most in this study on what {group} brought: {n} of {of} acts. Half of the accounts stay below"
        " {usual}."
    ),
}
_SHOWN: Final = {
    "target": ("writes", "passes_on"),
    "consumer": ("passes_on", "bare", "fast"),
    "relay": ("group", "late"),
    "undetermined": ("passes_on", "bare"),
}
_MOST_COUNTED: Final = 2


def label(kind: str, behaviours: Iterable[Row], language: Language, *, is_relay: bool = False) -> str | None:
    """A kind in a few words, of which the account's own acts show each; None where they do not show it."""
    words = words_for(kind, behaviours, is_relay=is_relay)
    return None if words is None else language.say(_LABELS[words])


def influenced_sentences(
    kind: Row,
    behaviours: Iterable[Row],
    language: Language,
    *,
    group: str | None = None,
    to_owner: bool = False,
    is_relay: bool = False,
) -> tuple[Sentence, ...]:
    """What the account does with what others bring, then the counts behind it against the study's median.

    `kind` is its row of the table of kinds, `behaviours` are its rows of `influenced_behaviour`; `group` is what the
    group is called that it names most, `is_relay` whether it is shown as a relay of a group.
    """
    counts = by_key(behaviours)
    templates = _TO_YOU if to_owner else _OF_IT
    shown, best = kind["kind_as_influenced"], kind["best_influenced"]
    if shown is None:
        return (Sentence(templates["unmoved"], {}),)
    words = words_for(best, counts.values(), is_relay=is_relay)
    called = group or language.say(mark("one group"))
    facts: dict[str, object] = {"p": language.chance(kind[f"p_{best}"]), "group": called}
    if shown == "undetermined" or words is None:
        shown = "undetermined"
        key = "few" if kind["n_acts"] < FEWEST_ACTS else shown
        facts["acts"] = language.plural("one act", "{n} acts", kind["n_acts"])
        facts["guess"] = None if words is None else language.say(_LABELS[words])
        template = templates[key if words else f"{key}, not borne out".removeprefix("undetermined, ")]
    else:
        template = templates[words]
    rows = [counts[key] for key in _SHOWN[shown] if key in counts and counts[key]["of"] >= FEWEST_OCCASIONS]
    return (Sentence(template, facts), *(_counted(row, called, language) for row in rows[:_MOST_COUNTED]))


def _counted(row: Row, group: str, language: Language) -> Sentence:
    facts = {"n": row["n"], "of": row["of"], "usual": language.percent(row["study_median"]), "group": group}
    return Sentence(_COUNTED[row["behaviour"]], facts)

"""ascendant why SOURCE TARGET: the evidence behind a tie."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ascendant.cli import options as o
from ascendant.cli.screen import WIDTH, asked, show_json, tell
from ascendant.errors import mark

if TYPE_CHECKING:
    from ascendant.report.language import Language
    from ascendant.report.pairs import Why

_EXPECTED = mark(
    "Acts that name nobody and that it moved, by what time tells: about {n}. Single pairs have no interval."
)
_ACTS = mark("{target} did {n} acts that name nobody since {since}, the day from which on time is read.")
_BESIDE = mark(
    "within {hours} after an act of {source}: {found} of {n}; after acts of comparable strangers one would expect"
    " {expected}"
)
_ALONE = mark("within {hours} after an act of {source}: {found} of {n}")
_LIKE = mark(
    "Comparable: the mean over {n} accounts of the same community that act about as often and that {target} is not seen"
    " to read."
)
_UNLIKE = mark(
    "Comparable: the mean over {n} accounts of any community that act about as often and that {target} is not seen to"
    " read; news of a community may make part of the difference."
)
_NOBODY = mark("Nobody is comparable: how many would come so soon by chance cannot be told.")
_SINGLE = mark("Counts of one pair: a hint, and no proof. For a single pair no interval was found that holds.")
_WHOLE_FROM = 10.0  # acts: above, no decimals
VERBS = {"repost": mark("repost"), "quote": mark("quote"), "reply": mark("reply")}


def why(
    source: Annotated[str, typer.Argument(help="the account that moves")],
    target: Annotated[str, typer.Argument(help="the account that is moved")],
    *,
    asking: o.Asking,
) -> None:
    """Show the acts of TARGET that name SOURCE, those that it may have moved, and the delays beside chance.

    Acts that name SOURCE are exact. Of acts that name nobody time tells how likely SOURCE moved them; and how many came
    soon after it is held against what comparable accounts would give that TARGET does not read.
    """
    opened, language, question = asked(asking)
    findings = opened.find(question, tables=("ties", "named_by", "moved_acts"))
    answer = opened.why(findings, opened.names(findings, language, asking.reveal), source, target)
    if asking.json:
        show_json(answer.plain())
        return
    tell(f"{answer.source} -> {answer.target}")
    _named(answer, language)
    _inferred(answer, language)
    _delays(answer, language)


def _named(answer: Why, language: Language) -> None:
    tell(language.plural("one act names it", "{n} acts name it", answer.n_moved))
    if answer.n_conversation:
        tell(
            language.plural(
                "and one more reply in conversation", "and {n} more replies in conversation", answer.n_conversation
            )
        )
    if answer.median_delay_seconds is not None:
        tell(language.say("median delay: {span}", span=language.span(answer.median_delay_seconds)))
    for act in answer.acts:
        tell()
        delay = "" if act["delay_seconds"] is None else f" (+{language.span(act['delay_seconds'])})"
        tell(f"{language.say(VERBS[act['verb']])}, {_when(act, language)}{delay}")
        _words(act["text"])
        if act["url"]:
            tell(f"    {act['url']}")


def _inferred(answer: Why, language: Language) -> None:
    """Acts that name nobody: when, how likely, how long after which act of the source."""
    if answer.n_inferred is None and not answer.inferred_acts:
        return
    tell()
    if answer.n_inferred is not None:
        number = language.number(answer.n_inferred, 1 if answer.n_inferred < _WHOLE_FROM else 0)
        _wrapped(language.say(_EXPECTED, n=number))
    for act in answer.inferred_acts:
        tell()
        tell(language.say("{when}: {chance}", when=_when(act, language), chance=_chance(act["chance"], language)))
        _words(act["text"])
        if act.get("delay_seconds") is not None:
            span = language.span(act["delay_seconds"])
            _wrapped(language.say("{span} after an act of {source}", span=span, source=answer.source), "  ")
            _words(act["source_text"])
        if act["new_to_actor"]:
            _wrapped(language.say("about something that it had not taken up before"), "  ")


def _delays(answer: Why, language: Language) -> None:
    told = answer.delays
    if told is None or not told["n_acts"]:
        return
    tell()
    tell(language.say("The delays beside chance"))
    _wrapped(language.say(_ACTS, target=answer.target, n=told["n_acts"], since=told["since"].date()))
    for window in told["windows"]:
        facts: dict[str, Any] = {
            "hours": language.span(3600 * window["hours"]),
            "found": window["n_after_source"],
            "n": told["n_acts"],
            "source": answer.source,
        }
        if window["n_expected"] is None:
            _wrapped(language.say(_ALONE, **facts), "  ")
        else:
            expected = language.number(window["n_expected"], 1 if 0 < window["n_expected"] < _WHOLE_FROM else 0)
            _wrapped(language.say(_BESIDE, expected=expected, **facts), "  ")
    if told["n_strangers"]:
        words = _LIKE if told["is_like_source"] else _UNLIKE
        _wrapped(language.say(words, n=told["n_strangers"], target=answer.target))
    else:
        _wrapped(language.say(_NOBODY))
    _wrapped(language.say(_SINGLE))


def _when(act: dict[str, Any], language: Language) -> str:
    moment = act.get("happened_at")
    return language.date(moment, time=True) if moment else language.say("time unknown")


def _chance(chance: float, language: Language) -> str:
    """A chance as one would say it.

    >>> from ascendant.report.language import Language
    >>> _chance(0.72, Language("en")), _chance(0.98, Language("en"))
    ('about 7 chances in 10 that it moved it', 'more than 9 chances in 10 that it moved it')
    """
    tenths = round(10 * chance)
    if tenths > 9:
        return language.say("more than {n} chances in 10 that it moved it", n=9)
    return language.plural(
        "about one chance in 10 that it moved it", "about {n} chances in 10 that it moved it", tenths
    )


def _words(text: str | None) -> None:
    for line in textwrap.wrap(text or "", WIDTH - 4):
        tell(f"    {line}")


def _wrapped(words: str, indent: str = "") -> None:
    for line in textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=indent):
        tell(line)


COMMAND = o.with_flags(why)

"""ascendant who ACCOUNT: one account, in a terminal of 80 columns."""

from __future__ import annotations

import math
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ascendant.cli import options as o
from ascendant.cli.kind_shown import show_influenced, show_kind, show_waterfall
from ascendant.cli.screen import WIDTH, asked, show_json, tell
from ascendant.errors import mark

if TYPE_CHECKING:
    from ascendant.report.answers import Who
    from ascendant.report.language import Language

SIDES = {
    "influencer": mark("influencer"),
    "influenced": mark("influenced"),
    "both": mark("both: influences and is influenced"),
}
_BOUND = mark(
    "The files hold no post of it, only the acts of others that name it. What it posted and nobody passed on is not"
    " counted, so that its rate is an upper bound."
)
_OWNER = mark(
    "It is the owner of an archive, which tells little of what others did because of it: the rate is a lower bound, and"
    " the standing one-sided. `ascendant mirror` tells what the archive does show."
)
_TOLD = mark("                   of {acts} acts: {named} name somebody, about {inferred} inferred")
_UNTOLD = mark("                   of {acts} acts: {named} name somebody; inferred: not known")
_MOVES_TOLD = mark("                   acts of others: {named} name it, about {inferred} inferred")
_MOVES_UNTOLD = mark("                   acts of others: {named} name it; inferred: not known")
_FOLLOWED = mark("Since {since}, of {n} acts that name nobody, {about} followed accounts that it reads.")
_NONE = mark("Since {since} it did {n} acts that name nobody; none is seen to follow accounts that it reads.")
_WHOLE = mark("Named and inferred together, {share} ({interval}) of its {n} acts since then were moved by others.")
_MOVES = mark(
    "Since {since} it moved {direct} acts of others at first hand, of which {silent} name nobody; at any remove, {all}."
)
_MOVES_NOBODY = mark("Since {since} it is not seen to have moved anybody.")
_NARROW = mark(
    "For accounts that move as much as this, ranges are too narrow: on invented worlds about eight in ten held the"
    " truth, not nine."
)
_NEW = mark(
    "New to it: {moved} of the acts that others moved are about something that it had not taken up before; of its acts"
    " that nobody is seen to have moved, {own}."
)
_INFERRED = mark(
    "Inferred: acts that name nobody, by what time tells of accounts that the files show to be read. A lower bound, and"
    " not a proof. A dash: nothing, or not known."
)
_LARGE = 30  # acts moved: from there on fewer ranks lie inside the interval (docs/decisions/0008-attribution.md)
_FEWEST_ON_TOPIC = 10.0  # acts on each side: below, the two shares cannot be told apart
_TENTH, _WHOLE_FROM = 0.1, 10.0  # acts: how many decimals are shown
_COLUMNS = (9, 10, 15, 16)
KIND_TABLES = ("kinds", "kind_terms")
ROLE_TABLES = ("groups", "group_members", "relays", "influenced_behaviour")
MARKS = {"none": mark("none"), "weak": mark("weak"), "fair": mark("fair"), "strong": mark("strong")}


def who(
    account: Annotated[str, typer.Argument(help="identifier, handle, name, or a pseudonym of the briefing")],
    *,
    asking: o.Asking,
) -> None:
    """Say on which side an account is, who moves it, and whom it moves.

    What acts name is exact. What is inferred from time stands beside it, with its interval, and is a lower bound.
    """
    opened, language, question = asked(asking)
    findings = opened.find(question, tables=("standing", "spheres", "ties", "influence", *KIND_TABLES, *ROLE_TABLES))
    answer = opened.who(findings, opened.names(findings, language, asking.reveal), account)
    if asking.json:
        not_known = None if answer.not_known is None else language.caveat(answer.not_known)
        caveats = [language.caveat(caveat) for caveat in findings.caveats]
        show_json({**asdict(answer), "not_known": not_known, "caveats": caveats})
        return
    _show(answer, language)


def _show(answer: Who, language: Language) -> None:
    s = answer.standing
    tell(answer.account)
    chance = language.chance(s[f"p_{s['standing']}"])
    tell(language.say("{side} (probability {chance})", side=language.say(SIDES[s["standing"]]), chance=chance))
    if s["is_presumed"]:
        tell(language.say("Presumed: nothing was seen of it, and presence is exposure."))
    evidence = language.say(MARKS[s["evidence"]])
    acts = language.plural("one act", "{n} acts", s["n_acts"])
    tell(language.say("Evidence: {evidence} ({acts})", evidence=evidence, acts=acts))
    if answer.kind is not None:
        show_kind(answer.kind, language)
    if answer.roles is not None:
        show_influenced(answer.roles["influenced"], language)
    tell()
    share = language.share_interval(s["share_low"], s["share_high"])
    tell(
        language.say(
            "Influenced share   {share}  ({interval})", share=language.percent(s["influenced_share"]), interval=share
        )
    )
    digits = 2 if s["influence_rate"] < 1 else 1 if s["influence_rate"] < 10 else 0
    inferred = None if answer.not_known is not None or answer.influence is None else answer.influence["n_inferred"]
    words = _UNTOLD if inferred is None else _TOLD
    tell(language.say(words, acts=s["n_acts"], named=s["n_moved"], inferred=_about(inferred, language)))
    rate = language.interval(s["rate_low"], s["rate_high"], digits)
    template = (
        mark("Influence rate     at least {rate}")
        if answer.is_owner
        else mark("Influence rate     at most {rate}  ({interval})")
        if s["rate_is_upper_bound"]
        else mark("Influence rate     {rate}  ({interval})")
    )
    tell(language.say(template, rate=language.number(s["influence_rate"], digits), interval=rate))
    moves = None if s["n_inferred_by_it"] is None or answer.influence is None else answer.influence["n_moves_silent"]
    words = _MOVES_UNTOLD if moves is None else _MOVES_TOLD
    tell(language.say(words, named=s["n_moved_by_it"], inferred=_about(moves, language)))
    if answer.sphere is not None:
        reach = language.number(answer.sphere["reach"])
        tell(language.say("Reach              {reach} accounts moved", reach=reach))
    if s["rate_is_upper_bound"]:
        tell()
        _wrapped(language.say(_BOUND))
    if answer.is_owner:
        tell()
        _wrapped(language.say(_OWNER))
    _since(answer, language)
    if answer.roles is not None:
        _roles(answer.roles, language)
    _partners(language.say("Who moves it"), answer.moved_by, language)
    _partners(language.say("Whom it moves"), answer.moves, language)
    tell()
    _wrapped(language.say(_INFERRED))
    if answer.kind is not None:
        show_waterfall(answer.kind, language)


def _since(answer: Who, language: Language) -> None:
    """What time tells of acts that name nobody; in plain words where it cannot."""
    told = answer.influence
    tell()
    if answer.not_known is not None:
        _wrapped(language.say("Not known: {reason}.", reason=answer.not_known))
    if told is None or told["since"] is None:
        return
    since = told["since"].date()
    if answer.not_known is None and told["n_silent_since"]:
        words = _FOLLOWED if told["inferred_high"] else _NONE
        about = _range("inferred", told, language)
        _wrapped(language.say(words, since=since, n=told["n_silent_since"], about=about))
    if told["moved_share"] is not None:
        share = language.share_interval(told["moved_share_low"], told["moved_share_high"])
        whole = language.percent(told["moved_share"])
        _wrapped(language.say(_WHOLE, n=told["n_acts_since"], share=whole, interval=share))
    if told["moves_high"] is not None and answer.standing["n_inferred_by_it"] is not None:
        facts = {
            "direct": _range("moves", told, language),
            "all": _range("transitive", told, language),
            "silent": _about(told["n_moves_silent"], language),
        }
        _wrapped(language.say(_MOVES if told["transitive_high"] else _MOVES_NOBODY, since=since, **facts))
        if told["n_moves"] >= _LARGE:
            _wrapped(language.say(_NARROW))
    _new(told, language)


def _roles(roles: dict[str, Any], language: Language) -> None:
    """What it does with what others bring; the groups that it is in, or passes on."""
    from ascendant.report.who_groups import role_paragraphs

    for paragraph in role_paragraphs(roles, language):
        tell()
        _wrapped(paragraph)


def _new(told: dict[str, Any], language: Language) -> None:
    """How much of what others moved was about something new to it, where both shares rest on enough acts."""
    numbers = (told["n_moved_on_topic"], told["n_own_on_topic"])
    if any(number is None or number < _FEWEST_ON_TOPIC for number in numbers):
        return
    shares = {
        of: f"{language.percent(told[f'new_share_{of}'])}"
        f" ({language.share_interval(told[f'new_share_{of}_low'], told[f'new_share_{of}_high'])})"
        for of in ("moved", "own")
    }
    _wrapped(language.say(_NEW, **shares))


def _range(name: str, told: dict[str, Any], language: Language) -> str:
    """An expected number of acts with its ends, as whole acts outwards; alone where it is a count that has no doubt."""
    expected, low, high = told[f"n_{name}"], told[f"{name}_low"], told[f"{name}_high"]
    if low == high:
        return _about(expected, language)
    ends = {"low": math.floor(low), "high": math.ceil(high)}
    return language.say("about {about} ({low} to {high})", about=_about(expected, language), **ends)


def _about(expected: float | None, language: Language) -> str:
    """An expected number of acts; a dash where it is not known."""
    if expected is None:
        return "–"
    if 0 < expected < _TENTH:
        return language.say("fewer than {n}", n=_TENTH)
    return language.number(expected, 1 if 0 < expected < _WHOLE_FROM else 0)


def _wrapped(words: str) -> None:
    for line in textwrap.wrap(words, WIDTH):
        tell(line)


def _partners(title: str, rows: list[dict[str, Any]], language: Language) -> None:
    if not rows:
        return
    tell()
    heads = (
        language.say("named"),
        language.say("inferred"),
        language.say("conversation"),
        language.say("median delay"),
    )
    name_width = WIDTH - sum(_COLUMNS)
    if len(title) > name_width:
        tell(title)
        title = ""
    tell(f"{title:<{name_width}}" + "".join(f"{head:>{width}}" for head, width in zip(heads, _COLUMNS, strict=True)))
    for row in rows:
        cells = (
            language.number(row["n_moved"]),
            _about(row["n_inferred"], language) if row["n_inferred"] else "–",
            language.number(row["n_conversation"]),
            language.span(row["median_delay_seconds"]),
        )
        name = row["account"][: name_width - 3]
        shown = "".join(f"{cell:>{width}}" for cell, width in zip(cells, _COLUMNS, strict=True))
        tell(f"  {name:<{name_width - 2}}{shown}")


COMMAND = o.with_flags(who)

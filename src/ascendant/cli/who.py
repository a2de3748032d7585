"""ascendant who ACCOUNT: one account, in a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ascendant.cli import options as o
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
MARKS = {"none": mark("none"), "weak": mark("weak"), "fair": mark("fair"), "strong": mark("strong")}


def who(
    account: Annotated[str, typer.Argument(help="identifier, handle, name, or a pseudonym of the briefing")],
    study: o.StudyFolder = None,
    about: o.About = None,
    since: o.Since = None,
    until: o.Until = None,
    reveal: o.Reveal = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Say on which side an account is, who moves it, and whom it moves."""
    opened, language, question = asked(study, lang, about=about, since=since, until=until)
    findings = opened.find(question, tables=("standing", "spheres", "ties"))
    answer = opened.who(findings, opened.names(findings, language, reveal), account)
    if json:
        show_json({**asdict(answer), "caveats": [language.caveat(caveat) for caveat in findings.caveats]})
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
    tell()
    share = language.share_interval(s["share_low"], s["share_high"])
    tell(
        language.say(
            "Influenced share   {share}  ({interval})", share=language.percent(s["influenced_share"]), interval=share
        )
    )
    digits = 2 if s["influence_rate"] < 1 else 1 if s["influence_rate"] < 10 else 0
    rate = language.interval(s["rate_low"], s["rate_high"], digits)
    template = (
        mark("Influence rate     at least {rate}")
        if answer.is_owner
        else mark("Influence rate     at most {rate}  ({interval})")
        if s["rate_is_upper_bound"]
        else mark("Influence rate     {rate}  ({interval})")
    )
    tell(language.say(template, rate=language.number(s["influence_rate"], digits), interval=rate))
    if answer.sphere is not None:
        reach = language.number(answer.sphere["reach"])
        tell(language.say("Reach              {reach} accounts moved", reach=reach))
    if s["rate_is_upper_bound"]:
        tell()
        _wrapped(language.say(_BOUND))
    if answer.is_owner:
        tell()
        _wrapped(language.say(_OWNER))
    _partners(language.say("Who moves it"), answer.moved_by, language)
    _partners(language.say("Whom it moves"), answer.moves, language)
    tell()
    _wrapped(language.say("Named links only: what was moved without naming its source is not seen here."))


def _wrapped(words: str) -> None:
    for line in textwrap.wrap(words, WIDTH):
        tell(line)


def _partners(title: str, rows: list[dict[str, Any]], language: Language) -> None:
    if not rows:
        return
    tell()
    heads = (language.say("acts"), language.say("conversation"), language.say("median delay"))
    tell(f"{title:<{WIDTH - 42}}{heads[0]:>8}{heads[1]:>16}{heads[2]:>18}")
    for row in rows:
        delay = language.span(row["median_delay_seconds"])
        name = row["account"][: WIDTH - 45]
        acts, talk = language.number(row["n_moved"]), language.number(row["n_conversation"])
        tell(f"  {name:<{WIDTH - 44}}{acts:>8}{talk:>16}{delay:>18}")


COMMAND = who

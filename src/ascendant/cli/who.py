"""ascendant who ACCOUNT: one account, in a terminal of 80 columns."""

from __future__ import annotations

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
    findings = opened.find(question)
    answer = opened.who(findings, opened.names(findings, language, reveal), account)
    if json:
        show_json({**asdict(answer), "caveats": [str(caveat) for caveat in findings.caveats]})
        return
    _show(answer, language)


def _show(answer: Who, language: Language) -> None:
    s = answer.standing
    tell(answer.account)
    chance = language.percent(s[f"p_{s['standing']}"])
    tell(language.say("{side} (probability {chance})", side=language.say(SIDES[s["standing"]]), chance=chance))
    if s["is_presumed"]:
        tell(language.say("Presumed: nothing was seen of it, and presence is exposure."))
    evidence = language.say(MARKS[s["evidence"]])
    tell(language.say("Evidence: {evidence} ({n} acts)", evidence=evidence, n=s["n_acts"]))
    tell()
    share = language.share_interval(s["share_low"], s["share_high"])
    tell(
        language.say(
            "Influenced share   {share}  ({interval})", share=language.percent(s["influenced_share"]), interval=share
        )
    )
    rate = language.interval(s["rate_low"], s["rate_high"], 2)
    tell(
        language.say(
            "Influence rate     {rate}  ({interval})", rate=language.number(s["influence_rate"], 2), interval=rate
        )
    )
    if answer.sphere is not None:
        reach = language.number(answer.sphere["reach"])
        tell(language.say("Reach              {reach} accounts moved", reach=reach))
    _partners(language.say("Who moves it"), answer.moved_by, language)
    _partners(language.say("Whom it moves"), answer.moves, language)
    tell()
    tell(language.say("Named links only: what was moved without naming its source is not seen here."))


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

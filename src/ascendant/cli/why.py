"""ascendant why SOURCE TARGET: the evidence behind a tie."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from ascendant.cli import options as o
from ascendant.cli.screen import WIDTH, asked, show_json, tell
from ascendant.errors import mark

VERBS = {"repost": mark("repost"), "quote": mark("quote"), "reply": mark("reply")}


def why(
    source: Annotated[str, typer.Argument(help="the account that moves")],
    target: Annotated[str, typer.Argument(help="the account that is moved")],
    study: o.StudyFolder = None,
    about: o.About = None,
    since: o.Since = None,
    until: o.Until = None,
    reveal: o.Reveal = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Show the acts of TARGET that name SOURCE, with their delays."""
    opened, language, question = asked(study, lang, about=about, since=since, until=until)
    findings = opened.find(question, tables=("ties", "named_by"))
    answer = opened.why(findings, opened.names(findings, language, reveal), source, target)
    if json:
        show_json(answer.plain())
        return
    tell(f"{answer.source} -> {answer.target}")
    tell(language.plural("one act moved", "{n} acts moved", answer.n_moved))
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
        when = language.date(act["happened_at"], time=True) if act["happened_at"] else language.say("time unknown")
        delay = "" if act["delay_seconds"] is None else f" (+{language.span(act['delay_seconds'])})"
        tell(f"{language.say(VERBS[act['verb']])}, {when}{delay}")
        if act["text"]:
            for line in textwrap.wrap(act["text"], WIDTH - 4):
                tell(f"    {line}")
        if act["url"]:
            tell(f"    {act['url']}")


COMMAND = why

"""ascendant explain TERM: what a word of ascendant means."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import Annotated

import typer

from ascendant.cli import options as o
from ascendant.cli.screen import WIDTH, show_json, speak, tell


def explain(
    term: Annotated[str | None, typer.Argument(help="a word; without one, all words are listed")] = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Explain a word of ascendant, in French or English."""
    from ascendant.report.terms import all_terms
    from ascendant.report.terms import explain as explained

    language = speak(lang)
    if term is None:
        terms = all_terms(language)
        if json:
            show_json([asdict(one) for one in terms])
        else:
            tell("\n".join(textwrap.wrap(", ".join(one.title for one in terms), WIDTH)))
        return
    found = explained(term, language)
    if json:
        show_json(asdict(found))
        return
    tell(found.title)
    tell()
    tell("\n".join(textwrap.wrap(found.text, WIDTH)))
    if found.guide:
        tell()
        tell(found.guide)
    if found.see_also:
        tell()
        tell("\n".join(textwrap.wrap(language.say("See also: {terms}", terms=", ".join(found.see_also)), WIDTH)))


COMMAND = explain

"""ascendant report: the briefing of a study, anew."""

from __future__ import annotations

from ascendant.cli import options as o
from ascendant.cli.brief import write_page
from ascendant.cli.screen import asked


def report(
    study: o.StudyFolder = None,
    about: o.About = None,
    since: o.Since = None,
    until: o.Until = None,
    reveal: o.Reveal = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Write the briefing of a study: one page that can be passed on."""
    opened, language, question = asked(study, lang, about=about, since=since, until=until)
    write_page(opened, question, language, reveal=reveal, json=json)


COMMAND = report

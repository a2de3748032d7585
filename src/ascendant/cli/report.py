"""ascendant report: the briefing of a study, anew."""

from __future__ import annotations

from ascendant.cli import options as o
from ascendant.cli.brief import write_page
from ascendant.cli.screen import asked


def report(*, asking: o.Asking) -> None:
    """Write the briefing of a study: one page that can be passed on."""
    opened, language, question = asked(asking)
    write_page(opened, question, language, reveal=asking.reveal, json=asking.json)


COMMAND = o.with_flags(report)

"""ascendant export: results for other tools, pseudonyms applied."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ascendant.cli import options as o
from ascendant.cli.screen import asked, show_json, tell


def export(
    format: Annotated[str, typer.Argument(help="csv, parquet or gexf")],  # noqa: A002
    out: Annotated[
        Path | None, typer.Option("--out", help="folder to write to; report/ of the study otherwise")
    ] = None,
    study: o.StudyFolder = None,
    about: o.About = None,
    since: o.Since = None,
    until: o.Until = None,
    reveal: o.Reveal = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Write the results as tables (csv, parquet) or as a network (gexf)."""
    from ascendant.report.exports import write_exports

    opened, language, question = asked(study, lang, about=about, since=since, until=until)
    findings = opened.find(question)
    names = opened.names(findings, language, reveal)
    written = write_exports(opened.tables(findings), names, format, out or opened.folder / "report" / format)
    opened.log("export", {"format": format, "files": [path.name for path in written]})
    if json:
        show_json({"files": [str(path) for path in written]})
    else:
        for path in written:
            tell(str(path))


COMMAND = export

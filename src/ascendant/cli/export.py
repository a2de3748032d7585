"""ascendant export: results for other tools, pseudonyms applied."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ascendant.cli import options as o
from ascendant.cli.screen import asked, show_json, tell
from ascendant.errors import BadChoice, Caveat

MAP = "map"


def export(
    format: Annotated[str, typer.Argument(help="csv, parquet, gexf, or map")],
    out: Annotated[
        Path | None, typer.Option("--out", help="folder to write to; report/ of the study otherwise")
    ] = None,
    *,
    asking: o.Asking,
) -> None:
    """Write the results as tables (csv, parquet), as a network (gexf), or the map for slides (map: svg and png)."""
    from ascendant.report.exports import FORMATS, write_exports
    from ascendant.store.files import told_when_full

    known = (*FORMATS, MAP)
    if format not in known:  # told before an answer is worked out
        reason = Caveat("choose one of: {names}", {"names": ", ".join(known)})
        raise BadChoice(option=Caveat("the format"), value=format, reason=reason)
    opened, language, question = asked(asking)
    findings = opened.find(question)
    names = opened.names(findings, language, asking.reveal)
    folder = out or opened.folder / "report" / format
    with told_when_full(folder):
        if format == MAP:
            written = opened.draw_map(findings, names, language, folder)
        else:
            written = write_exports(opened.tables(findings), names, format, folder)
    opened.log("export", {"format": format, "files": [path.name for path in written]}, findings)
    if asking.json:
        show_json({"files": [str(path) for path in written]})
    else:
        for path in written:
            tell(str(path))


COMMAND = o.with_flags(export)

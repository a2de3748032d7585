"""ascendant read FILES: add files to a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from ascendant.cli import options as o
from ascendant.cli.reading import read_files
from ascendant.cli.screen import PARTIAL, note_expiry, show_json, speak, tell
from ascendant.errors import mark
from ascendant.read.options import ReadOptions

if TYPE_CHECKING:
    from ascendant.report.language import Language

SHOWN_FILES: Final = 20
_STATUSES: Final = {
    "unreadable": mark("damaged, read as far as it goes"),
    "unknown": mark("in no known format"),
    "empty": mark("empty"),
}


def read(
    files: o.Files,
    study: o.StudyFolder = None,
    *,
    choices: ReadOptions,
    owner: o.Owner = None,
    purpose: o.Purpose = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Add files to a study. Reading a file twice adds nothing."""
    from ascendant.store.parts import reading
    from ascendant.study import Study

    language = speak(lang)
    here = Path() if (Path() / "study.toml").exists() else Path("study")
    made = Study.make(study or here, purpose=purpose or "")
    note_expiry(made.settings, language)
    outcome = read_files(made, files, choices, language, owner=owner, quiet=json)
    with reading(made.folder) as manifest:
        n_rejects = manifest.n_rejects()
    if json:
        told = {"study": str(made.folder), "rejects": n_rejects, "problems": outcome.problems}
        told |= {"owners": outcome.owners, "left_out": outcome.left_out}
        show_json({**told, "coverage": made.coverage().to_pylist()})
    else:
        met = [row for row in outcome.coverage if row["status"] not in ("absent", "unread")]
        for row in met[:SHOWN_FILES]:
            tell(_said(row, language, is_known=row["sha256"] in outcome.known))
        if (n_more := len(met) - SHOWN_FILES) > 0:
            tell(language.say("and {n} more files: coverage.parquet lists them", n=n_more))
        if n_not_met := len(outcome.coverage) - len(met):
            tell(
                language.plural(
                    "one file that such an archive may hold is absent or left unread: coverage.parquet lists it",
                    "{n} files that such an archive may hold are absent or left unread: coverage.parquet lists them",
                    n_not_met,
                )
            )
    raise typer.Exit(0 if outcome.is_whole else PARTIAL)


def _said(row: dict[str, Any], language: Language, *, is_known: bool) -> str:
    """What became of a file, in one line."""
    said = [language.plural("{file}: one row", "{file}: {n} rows", row["rows_out"], file=row["file"])]
    if n := row["superseded"]:
        said.append(language.plural("one repeat of an id", "{n} repeats of an id", n))
    if n := row["rejected"]:
        said.append(language.plural("one line not read", "{n} lines not read", n))
    if (status := _STATUSES.get(row["status"])) is not None:
        said.append(language.say(status))
    if not row["is_complete"]:
        said.append(language.say("interrupted: read it again"))
    reader = str(row["reader"]).partition(" ")[0]
    if reader == "none":
        return ", ".join(said)
    if is_known:
        said.append(language.say("read before: nothing added"))
    return f"{', '.join(said)} ({reader})"


COMMAND = o.with_flags(read)

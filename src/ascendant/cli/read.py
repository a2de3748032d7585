"""ascendant read FILES: add files to a study."""

from __future__ import annotations

from pathlib import Path

import typer

from ascendant.cli import options as o
from ascendant.cli.reading import chosen, read_files
from ascendant.cli.screen import PARTIAL, show_json, speak, tell


def read(
    files: o.Files,
    study: o.StudyFolder = None,
    format: o.Format = None,  # noqa: A002
    columns: o.Columns = None,
    values: o.Values = None,
    separator: o.Separator = None,
    preset: o.Preset = None,
    time_format: o.TimeFormat = None,
    time_zone: o.TimeZone = None,
    platform: o.Platform = None,
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
    choices = chosen(
        format=format,
        columns=columns,
        values=values,
        separator=separator,
        preset=preset,
        time_format=time_format,
        time_zone=time_zone,
        platform=platform,
    )
    whole = read_files(made, files, choices, language, quiet=json)
    with reading(made.folder) as manifest:
        coverage, n_rejects = manifest.coverage(), manifest.n_rejects()
    if json:
        show_json({"study": str(made.folder), "rejects": n_rejects, "coverage": coverage})
    else:
        for row in coverage:
            said = language.say("{file}: {n} rows", file=row["file"], n=row["rows_out"])
            tell(f"{said} ({row['reader']}, {row['status']})")
    raise typer.Exit(0 if whole else PARTIAL)


COMMAND = read

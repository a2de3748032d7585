"""What `read` and `brief` share: options to choices, and what is said of files that were read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ascendant.cli.screen import note, progress_bar
from ascendant.read.options import ReadOptions

if TYPE_CHECKING:
    from ascendant.report.language import Language
    from ascendant.study import Study


def chosen(
    *,
    format: str | None,  # noqa: A002  the option's own name
    columns: list[str] | None,
    values: list[str] | None,
    separator: str | None,
    preset: str | None,
    time_format: str | None,
    time_zone: str | None,
    platform: str | None,
) -> ReadOptions:
    """The choices of a command line."""
    return ReadOptions(
        format=format,
        columns=tuple(columns or ()),
        values=tuple(values or ()),
        separator=separator,
        preset=preset,
        time_format=time_format,
        time_zone=time_zone,
        platform=platform,
    )


def read_files(study: Study, files: list[Path], options: ReadOptions, language: Language, *, quiet: bool) -> bool:
    """Read the files, tell what went wrong, and return whether all of it could be read."""
    from ascendant.store.parts import reading

    with progress_bar(quiet=quiet) as progress:
        done = study.read(files, options, progress=progress)
    for problem in done.problems:
        note(" ".join(language.error(problem)))
    with reading(study.folder) as manifest:
        n_rejects = manifest.n_rejects()
    if n_rejects:
        said = language.plural("one line could not be read", "{n} lines could not be read", n_rejects)
        note(f"{said}: rejects.jsonl")
    return not done.problems and not n_rejects

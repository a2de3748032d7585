"""ascendant brief FILES: files to a briefing in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ascendant.cli import options as o
from ascendant.cli.reading import read_files
from ascendant.cli.screen import PARTIAL, note_expiry, progress_bar, show_json, speak, tell
from ascendant.read.options import ReadOptions

if TYPE_CHECKING:
    from ascendant.report.language import Language
    from ascendant.store.options import Question
    from ascendant.study import Study


def brief(
    files: o.Files,
    study: o.StudyFolder = None,
    about: o.About = None,
    since: o.Since = None,
    until: o.Until = None,
    *,
    choices: ReadOptions,
    owner: o.Owner = None,
    purpose: o.Purpose = None,
    reveal: o.Reveal = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Read files and write the briefing: who moves whom in them. Makes ./study unless --study says where."""
    from ascendant.store.options import Question
    from ascendant.study import Study

    language = speak(lang)
    question = Question(about=about, since=since, until=until)
    question.window_us()  # a wrong date is told before an hour of reading
    made = Study.make(study or Path("study"), purpose=purpose or "")
    note_expiry(made.settings, language)
    zone = made.settings.time_zone
    question, language = replace(question, time_zone=zone), speak(lang, zone)
    outcome = read_files(made, files, choices, language, owner=owner, quiet=json)
    write_page(made, question, language, reveal=reveal, json=json, problems=outcome.problems)
    raise typer.Exit(0 if outcome.is_whole else PARTIAL)


def write_page(
    study: Study,
    question: Question,
    language: Language,
    *,
    reveal: str | None,
    json: bool,
    problems: Sequence[dict[str, str]] = (),
) -> None:
    """Answer, write the page, and show the answer in short. `problems` are those of the files that were read."""
    with progress_bar(quiet=json) as progress:
        findings = study.find(question, progress=progress)
    names = study.names(findings, language, reveal)
    page = study.report(findings, language, names=names)
    if json:
        show_json({**study.summary(findings, names, language), "page": str(page), "problems": list(problems)})
        return
    summary = study.summary(findings, names, language)
    for sentence in summary["briefing"].get("answer", []):
        tell(str(sentence))
    tell()
    tell(language.say("Briefing: {page}", page=str(page)))


COMMAND = o.with_flags(brief)

"""What commands put on the screen: results on standard output, all else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ascendant.errors import AscendantError
    from ascendant.report.language import Language
    from ascendant.store.options import Question
    from ascendant.study import Study
    from ascendant.study.importing import Progress

PARTIAL: Final = 1
OUR_FAULT: Final = 70
CANCELLED: Final = 130
WIDTH: Final = 80


def tell(text: str = "") -> None:
    """A line of the result."""
    print(text)


def note(text: str) -> None:
    """A line that is not the result."""
    print(text, file=sys.stderr)


def show_json(value: Any) -> None:
    """The result as JSON; times as ISO text."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def speak(lang: str | None, zone: str = "UTC") -> Language:
    """The language of the answer."""
    from ascendant.report.language import language_for

    return language_for(lang, zone=zone)


def open_study(folder: Path | None) -> Study:
    """The study that is asked, the current folder by default; says so when it is past its expiry."""
    from ascendant.study import Study

    study = Study.open(folder or Path())
    if study.settings.is_expired:
        note(f"this study expired on {study.settings.expires}: delete it, or set a new date in study.toml")
    return study


def asked(
    folder: Path | None, lang: str | None, *, about: str | None, since: str | None, until: str | None
) -> tuple[Study, Language, Question]:
    """The study, the language of the answer, and the part of the study that is asked about, in its time zone."""
    from ascendant.store.options import Question

    study = open_study(folder)
    zone = study.settings.time_zone
    return study, speak(lang, zone), Question(about=about, since=since, until=until, time_zone=zone)


def show_error(error: AscendantError, words: Sequence[str]) -> int:
    """What happened and what to try, in the language of the command line; returns the exit code."""
    given = list(words)
    lang = next((given[i + 1] for i, word in enumerate(given[:-1]) if word == "--lang"), None)
    message, hint = speak(lang if lang in ("fr", "en") else None).error(error)
    note(message)
    if hint:
        note(f"  -> {hint}")
    if "--json" in given:
        show_json({"error": {"kind": type(error).__name__, "message": message, "hint": hint}})
    return error.exit_code


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """A bar with rate and time left on a terminal; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, total: bar.update(task, description=escape(what[-30:]), completed=done, total=total)

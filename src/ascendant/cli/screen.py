"""What commands put on the screen: results on standard output, all else on standard error."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ascendant.errors import mark

if TYPE_CHECKING:
    from ascendant.cli.options import Asking
    from ascendant.errors import AscendantError
    from ascendant.report.language import Language
    from ascendant.store.options import Question
    from ascendant.store.settings import Settings
    from ascendant.study import Study
    from ascendant.study.importing import Progress

PARTIAL: Final = 1
OUR_FAULT: Final = 70
CANCELLED: Final = 130
WIDTH: Final = 80
SHOWN_PROBLEMS: Final = 3  # of one kind


def tell(text: str = "") -> None:
    """A line of the result."""
    print(text)


def note(text: str, indent: str = "") -> None:
    """A line that is not the result; on a terminal it is cut between words, and goes on under `indent`."""
    if sys.stderr.isatty():
        width = min(100, shutil.get_terminal_size().columns)
        text = textwrap.fill(
            text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, tabsize=1
        )
    print(text, file=sys.stderr)


def note_problems(problems: Sequence[AscendantError], language: Language) -> None:
    """What happened, and once for all that share it what to try; of many that share it, the first are told."""
    told: dict[str, dict[str, None]] = {}
    for problem in problems:
        message, hint = language.error(problem)
        told.setdefault(hint, {})[message] = None
    for hint, messages in told.items():
        for message in list(messages)[:SHOWN_PROBLEMS]:
            note(message)
        if (n_more := len(messages) - SHOWN_PROBLEMS) > 0:
            note(language.plural("and one more like these", "and {n} more like these", n_more))
        if hint:
            note(f"  -> {hint}", "     ")


def plain_problem(problem: AscendantError, language: Language) -> dict[str, str]:
    """A problem for `--json`."""
    message, hint = language.error(problem)
    return {"kind": type(problem).__name__, "message": message, "hint": hint}


def show_json(value: Any) -> None:
    """The result as JSON; times as ISO text."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def speak(lang: str | None, zone: str = "UTC") -> Language:
    """The language of the answer."""
    from ascendant.report.language import language_for

    return language_for(lang, zone=zone)


def open_study(folder: Path | None, language: Language) -> Study:
    """The study that is asked, the current folder by default; says so when it is past its expiry."""
    from ascendant.study import Study

    study = Study.open(folder or Path())
    note_expiry(study.settings, language)
    return study


def note_expiry(settings: Settings, language: Language) -> None:
    """Say that a study is past its expiry, where it is; each command that opens one does."""
    if settings.is_expired:
        template = mark(
            "this study expired on {day}: delete it with `ascendant purge`, or set a new date in study.toml"
        )
        note(language.say(template, day=settings.expires))


def confirmed(question: str, language: Language) -> bool:
    """Whether somebody on the terminal says yes."""
    print(question, language.say("[y/N]"), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "o", "oui")


def asked(asking: Asking) -> tuple[Study, Language, Question]:
    """The study, the language of the answer, and the part of the study that is asked about, in its time zone."""
    from ascendant.store.options import Question

    study = open_study(asking.study, speak(asking.lang))
    zone = study.settings.time_zone
    question = Question(about=asking.about, since=asking.since, until=asking.until, time_zone=zone)
    return study, speak(asking.lang, zone), question


def show_error(error: AscendantError, words: Sequence[str]) -> int:
    """What happened and what to try, in the language of the command line; returns the exit code."""
    language = speak_as(words)
    note_problems([error, *error.others], language)
    if "--json" in words:
        others = [plain_problem(other, language) for other in error.others]
        show_json({"error": plain_problem(error, language), **({"others": others} if others else {})})
    return error.exit_code


def speak_as(words: Sequence[str]) -> Language:
    """The language that a command line asks for, even where the rest of it is wrong."""
    asked = [after for word, after in zip(words, [*words[1:], ""], strict=False) if word == "--lang"]
    asked += [word.partition("=")[2] for word in words if word.startswith("--lang=")]
    return speak(next((lang for lang in asked if lang.lower()[:2] in ("fr", "en")), None))


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

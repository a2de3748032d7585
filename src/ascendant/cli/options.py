"""Options that several commands share, and words that take several values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any

import typer

from ascendant.read.options import ReadOptions
from ascendant.store.options import Question

GREEDY = ("--columns", "--values")


def help_of(options: type[Any], name: str) -> str:
    """The help text that an options class gives for one of its fields."""
    return str(next(field.metadata["help"] for field in fields(options) if field.name == name))


def spread(words: Sequence[str]) -> list[str]:
    """Let `--columns` and `--values` take all the `a=b` words that follow them.

    >>> spread(["brief", "f.csv", "--columns", "1=actor", "2=object", "--json"])
    ['brief', 'f.csv', '--columns', '1=actor', '--columns', '2=object', '--json']
    >>> spread(["brief", "--values", "RT=repost", "posts.csv"])
    ['brief', '--values', 'RT=repost', 'posts.csv']
    """
    spread_words: list[str] = []
    greedy = None
    for word in words:
        if word in GREEDY:
            greedy = word
            spread_words.append(word)
        elif greedy and "=" in word and not word.startswith("-"):
            if spread_words[-1] != greedy:
                spread_words.append(greedy)
            spread_words.append(word)
        else:
            greedy = None
            spread_words.append(word)
    return spread_words


def _read(name: str) -> str:
    return help_of(ReadOptions, name)


def _asked(name: str) -> str:
    return help_of(Question, name)


Files = Annotated[list[Path], typer.Argument(help="files, folders or zips; - is standard input", show_default=False)]
StudyFolder = Annotated[
    Path | None,
    typer.Option("--study", help="folder of the study; the current folder if it is one", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="print the result as JSON")]
Lang = Annotated[str | None, typer.Option("--lang", help="fr or en; your locale otherwise", show_default=False)]
Reveal = Annotated[
    str | None,
    typer.Option("--reveal", help="show names of private persons, for this purpose; it is logged", show_default=False),
]
About = Annotated[str | None, typer.Option("--about", help=_asked("about"), show_default=False)]
Since = Annotated[str | None, typer.Option("--since", help=_asked("since"), show_default=False)]
Until = Annotated[str | None, typer.Option("--until", help=_asked("until"), show_default=False)]
Format = Annotated[str | None, typer.Option("--format", help=_read("format"), show_default=False)]
Columns = Annotated[list[str] | None, typer.Option("--columns", help=_read("columns"), show_default=False)]
Values = Annotated[list[str] | None, typer.Option("--values", help=_read("values"), show_default=False)]
Separator = Annotated[str | None, typer.Option("--separator", help=_read("separator"), show_default=False)]
Preset = Annotated[str | None, typer.Option("--preset", help=_read("preset"), show_default=False)]
TimeFormat = Annotated[str | None, typer.Option("--time-format", help=_read("time_format"), show_default=False)]
TimeZone = Annotated[str | None, typer.Option("--time-zone", help=_read("time_zone"), show_default=False)]
Platform = Annotated[str | None, typer.Option("--platform", help=_read("platform"), show_default=False)]
Purpose = Annotated[
    str | None, typer.Option("--purpose", help="why the study is made; kept in study.toml", show_default=False)
]

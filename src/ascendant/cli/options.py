"""Options that several commands share, flags made of the options of a room, and words that take several values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated, Any, get_origin, get_type_hints

import typer

from ascendant.store.options import Question

GREEDY = ("--columns", "--values")


def help_of(options: type[Any], name: str) -> str:
    """The help text that an options class gives for one of its fields."""
    return str(next(field.metadata["help"] for field in fields(options) if field.name == name))


def with_flags(command: Callable[..., None]) -> Callable[..., None]:
    """The command with a flag for each field of the options that it takes.

    A parameter `choices: ReadOptions` becomes `--format`, `--columns` and so on; name, help and default are the
    field's, and a field that is a tuple takes its flag several times. A field may be one of the options below.
    """
    kinds = get_type_hints(command, include_extras=True)
    taken: dict[str, Any] = {name: kind for name, kind in kinds.items() if is_dataclass(kind)}
    parameters: list[Parameter] = []
    for name, parameter in signature(command).parameters.items():
        kind = kinds[name]
        parameters += _flags(kind) if name in taken else [parameter.replace(annotation=kind)]

    @wraps(command)
    def with_options(**words: Any) -> None:
        for name, kind in taken.items():
            given = {field.name: words.pop(field.name) for field in fields(kind)}
            words[name] = kind(**{field: tuple(one) if isinstance(one, list) else one for field, one in given.items()})
        command(**words)

    with_options.__signature__ = signature(command).replace(parameters=parameters)  # type: ignore[attr-defined]  # inspect reads it
    return with_options


def _flags(options: type[Any]) -> Iterator[Parameter]:
    kinds = get_type_hints(options, include_extras=True)
    for field in fields(options):
        if get_origin(kinds[field.name]) is Annotated:
            yield Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=kinds[field.name])
            continue
        kind, metavar = (list[str], "A=B") if get_origin(kinds[field.name]) is tuple else (kinds[field.name], None)
        default = [] if metavar else field.default
        flag = typer.Option(help=help_of(options, field.name), metavar=metavar, show_default=default not in (None, []))
        yield Parameter(field.name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, flag])


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


def _asked(name: str) -> str:
    return help_of(Question, name)


Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILES", help="files, folders or zips; - is standard input", show_default=False),
]
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
Owner = Annotated[
    str | None,
    typer.Option("--owner", help="whose archives to read, where some are of others: name, handle", show_default=False),
]
Purpose = Annotated[
    str | None, typer.Option("--purpose", help="why the study is made; kept in study.toml", show_default=False)
]
Yes = Annotated[bool, typer.Option("--yes", help="do not ask before deleting")]


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What every command takes that answers from a study: which study, what part of it, and how to answer."""

    study: StudyFolder = None
    about: About = None
    since: Since = None
    until: Until = None
    reveal: Reveal = None
    lang: Lang = None
    json: Json = False

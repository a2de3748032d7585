"""Commands that tell their use in the reader's language: the help pages."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path
from typing import Any, Final

from typer.core import TyperArgument, TyperCommand, TyperGroup

from ascendant.cli.screen import speak_as
from ascendant.errors import mark

_WIDEST: Final = 100  # a longer line is hard to read
_NAMES_END: Final = 30  # longer names of options stand on a line of their own


class Command(TyperCommand):
    """One command."""

    def get_help(self, ctx: Any) -> str:
        return _page(self, ctx, [])


class Commands(TyperGroup):
    """The program: its commands. The language of the whole line is decided here, once."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.obj = speak_as(args)
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        commands = [(name, self.commands[name].help or "") for name in self.list_commands(ctx)]
        return _page(self, ctx, commands)


def words_of(command: Any) -> list[str]:
    """Every template that the help of a command and of its sub-commands says, for the catalogue."""
    found = [_flowing(command.help or ""), command.epilog or ""]
    for param in command.params:
        found += [param.help or "", param.metavar or ""]
    for one in getattr(command, "commands", {}).values():
        found += words_of(one)
    return [words for words in dict.fromkeys(found) if words]


def _page(command: Any, ctx: Any, commands: list[tuple[str, str]]) -> str:
    """The help of one command, as wide as the terminal lets it be."""
    say = (ctx.obj or speak_as([])).say
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if isinstance(param, TyperArgument)]
    options = [param for param in params if not isinstance(param, TyperArgument)]
    usage = " ".join(
        [ctx.command_path, *(_named(one, say) for one in arguments), say(mark("[OPTIONS]"))]
        + ([say(mark("COMMAND ..."))] if commands else [])
    )
    lines = [say(mark("Use: {usage}"), usage=usage), ""]
    for paragraph in say(_flowing(command.help or "")).split("\n\n"):
        lines += [*textwrap.wrap(paragraph, width - 2, initial_indent="  ", subsequent_indent="  "), ""]
    sections = (
        (mark("Commands:"), [(name, _first(say(_flowing(told)))) for name, told in commands]),
        (mark("What it needs:"), [(_named(one, say), _told(one, say)) for one in arguments]),
        (mark("Options:"), [(_names(one, say), _told(one, say)) for one in options]),
    )
    for title, rows in sections:
        lines += _section(say(title), rows, width) if rows else []
    if command.epilog:
        lines += textwrap.wrap(say(command.epilog), width - 2, initial_indent="  ", subsequent_indent="  ")
    return "\n".join(lines).rstrip()


def _section(title: str, rows: list[tuple[str, str]], width: int) -> list[str]:
    place = min(max(len(name) for name, _ in rows), _NAMES_END) + 4
    lines = [title]
    for name, told in rows:
        wrapped = textwrap.wrap(told, width - place, break_on_hyphens=False) or [""]
        if len(name) + 4 > place:
            lines.append(f"  {name}")
        else:
            lines.append(f"  {name}".ljust(place) + wrapped.pop(0))
        lines += [" " * place + line for line in wrapped]
    return [*(line.rstrip() for line in lines), ""]


def _names(param: Any, say: Any) -> str:
    """`--since DATE`, `-h, --help`."""
    names = ", ".join(param.opts)
    return names if param.is_flag or param.count else f"{names} {_value(param, say)}"


def _named(param: Any, say: Any) -> str:
    """`FILES...`, or `[TERM]` where it may be left out."""
    name = _value(param, say) + ("..." if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def _value(param: Any, say: Any) -> str:
    return str(say(param.metavar)) if param.metavar else str(param.name).upper()


def _told(param: Any, say: Any) -> str:
    told = str(say(mark("show this text") if param.name == "help" else param.help or ""))
    if param.default is not None and param.show_default and not getattr(param, "is_flag", False):
        shown = param.default if isinstance(param.default, str | int | float | Path) else None
        if shown is not None:
            return f"{told} {say(mark('(otherwise {value})'), value=shown)}"
    return told


def _flowing(text: str) -> str:
    """A docstring as paragraphs of one line each: its template in the catalogue."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def _first(text: str) -> str:
    """The first sentence."""
    head, stop, _ = text.partition(". ")
    return (head + stop.strip()).rstrip(".")

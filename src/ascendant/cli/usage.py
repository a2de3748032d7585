"""What the parser of command lines finds wrong -> an error in our words, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, Final

import typer

from ascendant.errors import BadCommand, Caveat, mark

# typer has no public name for the errors of its parser; the one that it does name has their base.
ParserError: Final[type[Exception]] = typer.BadParameter.__mro__[1]


def in_our_words(error: Any, words: Sequence[str]) -> BadCommand:
    """A `ParserError` about the words of a command line as an error of ours."""
    context = error.ctx
    command = context.command_path if context is not None else " ".join(["ascendant", *words[:1]])
    return BadCommand(reason=_reason(error, context), command=command)


def _reason(error: Any, context: Any) -> Caveat:
    said = str(error.message)
    if hasattr(error, "possibilities"):
        near = _nearest(error.option_name, (name for one in context.command.params for name in one.opts))
        return _with_nearest(Caveat("there is no option {word}", {"word": error.option_name}), near)
    if found := re.fullmatch(r"No such command '(.*)'\.?", said.partition(" Did you mean")[0]):
        near = _nearest(found[1], context.command.commands)
        return _with_nearest(Caveat("there is no command {word}", {"word": found[1]}), near)
    if hasattr(error, "option_name"):
        return Caveat("{word} needs a value", {"word": error.option_name})
    if found := re.fullmatch(r"Got unexpected extra argument\S* \((.*)\)", said):
        return Caveat("this is too much: {words}", {"words": found[1]})
    if hasattr(error, "param_type"):  # a parameter that is missing
        return Caveat("{word} is missing", {"word": _name_of(error.param)})
    if getattr(error, "param", None) is not None:
        reason = mark("it should be a whole number") if "valid int" in said else said
        return Caveat("{word}: {reason}", {"word": _name_of(error.param), "reason": reason})
    return Caveat("{reason}", {"reason": said})


def _name_of(parameter: Any) -> str:
    options = [name for name in parameter.opts if name.startswith("-")]
    return max(options, key=len) if options else str(parameter.metavar or parameter.name).upper()


def _nearest(word: str, known: Iterable[str]) -> str:
    return ", ".join(get_close_matches(word, sorted(set(known)), n=2))


def _with_nearest(said: Caveat, near: str) -> Caveat:
    return Caveat("{reason}; did you mean {near}?", {"reason": said, "near": near}) if near else said

"""The list of commands, and the one handler of errors.

Exit codes: 0 done, 1 done in part (some lines or files could not be read), 2 wrong use, 3 the files cannot answer,
4 set-up, 70 a fault of ours (with its traceback), 130 cancelled.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

import ascendant
from ascendant.cli import (
    brief,
    demo,
    doctor,
    explain,
    export,
    forget,
    groups,
    kind,
    mirror,
    purge,
    read,
    report,
    who,
    why,
)
from ascendant.cli.options import spread
from ascendant.cli.screen import CANCELLED, OUR_FAULT, note, show_error, speak_as
from ascendant.cli.speech import Command, Commands
from ascendant.cli.usage import ParserError, in_our_words
from ascendant.errors import AscendantError

app = typer.Typer(
    name="ascendant",
    cls=Commands,
    help="Who moves whom on Facebook, X and LinkedIn, with evidence and doubt.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with `ascendant demo`, or with `ascendant brief FILES`. Nothing ever leaves your machine.",
)
for module in (demo, mirror, brief, read, who, why, groups, kind, report, export, forget, purge, doctor, explain):
    app.command(cls=Command)(module.COMMAND)


def _version(asked: bool) -> None:
    if asked:
        print(f"ascendant {ascendant.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="print it")] = False,
) -> None:
    pass


def main(words: list[str] | None = None) -> None:
    """Run one command and exit with its code."""
    words = spread(sys.argv[1:] if words is None else words)
    try:
        # turns Ctrl-C into a code, and leaves other errors to us
        code = app(words or ["--help"], prog_name="ascendant", standalone_mode=False)
        if code == CANCELLED:
            raise KeyboardInterrupt
        sys.exit(code or 0)
    except AscendantError as error:
        sys.exit(show_error(error, words))
    except ParserError as error:
        sys.exit(show_error(in_our_words(error, words), words))
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        note(speak_as(words).say("cancelled: what had been committed is kept"))
        sys.exit(CANCELLED)
    except Exception:
        language, version = speak_as(words), ascendant.__version__
        note(
            language.say(
                "this is a fault of ascendant {version}, not yours; please report what follows", version=version
            )
        )
        sys.excepthook(*sys.exc_info())
        sys.exit(OUR_FAULT)

"""ascendant kind ACCOUNT KIND: a kind of yours in the place of the one that is computed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ascendant.cli import options as o
from ascendant.cli.kind_shown import show_kind, show_waterfall
from ascendant.cli.screen import WIDTH, open_study, show_json, speak, tell
from ascendant.errors import BadCommand, mark

if TYPE_CHECKING:
    from ascendant.report.language import Language
    from ascendant.report.naming import Names
    from ascendant.store.overrides import Override

_NEEDS_ACCOUNT = mark("--remove needs an account")
_NONE = mark("No kind was given by hand in this study.")
_LINE = mark("{account}: {kind}, since {day}: {reason}")
_GIVEN = mark("{account} is shown as {kind} from now on.")
_REMOVED = mark("{account} is shown again as it is computed.")
_NOT_THERE = mark("No kind had been given to {account}.")
_MOVES_NOBODY = mark("It is not seen to move anybody: kinds of influencers are of those that do.")


def kind(
    account: Annotated[
        str | None,
        typer.Argument(help="identifier, handle, name, or a pseudonym of the briefing", show_default=False),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Argument(help="company, cause, individual, media, institution or undetermined", show_default=False),
    ] = None,
    because: Annotated[
        str | None, typer.Option("--because", help="why; it is kept and shown beside the kind", show_default=False)
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="take back the kind that you gave")] = False,
    study: o.StudyFolder = None,
    reveal: o.Reveal = None,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Give an account a kind of your own, and say why; without arguments, list those that you gave.

    What was computed stays beside it, with all its terms. A private person cannot be made a cause.
    """
    from ascendant.report.answers import find_account
    from ascendant.report.kind_words import KIND_WORDS
    from ascendant.report.kinds import kind_answer
    from ascendant.study.given import give, given_kinds, take_back

    language = speak(lang)
    opened = open_study(study, language)
    if remove and account is None:
        raise BadCommand(reason=_NEEDS_ACCOUNT, command="ascendant kind")
    findings = opened.find(tables=("kinds", "kind_terms"))
    names = opened.names(findings, language, reveal)
    if account is None:
        _list(given_kinds(opened.folder), names, language, json=json)
        return
    account_id = find_account(findings.accounts, names, account)
    shown = names.shown(account_id)
    if remove:
        removed = take_back(opened.folder, account_id)
        opened.log("kind", {"removed": removed})
        if json:
            show_json({"account": shown, "removed": removed})
        else:
            tell(language.say(_REMOVED if removed else _NOT_THERE, account=shown))
    elif kind is not None:
        one = give(opened.folder, findings, names, account_id, kind, because)
        opened.log("kind", {"given": one.kind})
        if json:
            show_json(_plain(one, names))
        else:
            tell(language.say(_GIVEN, account=shown, kind=language.say(KIND_WORDS[one.kind])))
    else:
        _one(kind_answer(findings.tables, names, account_id), shown, language, json=json)


def _one(kind: dict[str, Any] | None, shown: str, language: Language, *, json: bool) -> None:
    """What one account is, and why."""
    if json:
        show_json({"account": shown, "kind": kind})
        return
    tell(shown)
    if kind is None:
        tell(language.say(_MOVES_NOBODY))
        return
    show_kind(kind, language)
    show_waterfall(kind, language)


def _list(given: Sequence[Override], names: Names, language: Language, *, json: bool) -> None:
    from ascendant.report.kind_words import KIND_WORDS

    if json:
        show_json([_plain(one, names) for one in given])
        return
    if not given:
        tell(language.say(_NONE))
    for one in given:
        facts = {"account": names.shown(one.account), "day": one.made_on, "reason": names.hide_in(one.reason)}
        said = language.say(_LINE, kind=language.say(KIND_WORDS[one.kind]), **facts)
        for line in textwrap.wrap(said, WIDTH, subsequent_indent="  "):
            tell(line)


def _plain(one: Override, names: Names) -> dict[str, Any]:
    return {
        "account": names.shown(one.account),
        "kind": one.kind,
        "reason": names.hide_in(one.reason),
        "made_on": one.made_on,
    }


COMMAND = kind

"""ascendant forget ACCOUNT: a person's right to be forgotten."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ascendant.cli import options as o
from ascendant.cli.screen import CANCELLED, confirmed, note, open_study, show_json, speak, tell
from ascendant.errors import NotConfirmed

if TYPE_CHECKING:
    from ascendant.report.language import Language
    from ascendant.store.forgetting import Erased
    from ascendant.study.forgetting import Asked

SHOWN_NAMESAKES = 5


def forget(
    account: Annotated[
        str, typer.Argument(help="identifier (x:123, facebook:@name), handle, name, or a pseudonym of the briefing")
    ],
    study: o.StudyFolder = None,
    yes: o.Yes = False,
    lang: o.Lang = None,
    json: o.Json = False,
) -> None:
    """Erase a person from a study, and keep them out of what is read later.

    Their acts go, and what names them in the acts of others; results and pages are made anew when they are asked for.
    Files are written anew and the old ones deleted. That a disk then overwrites their place cannot be promised, on an
    SSD or a file system that copies on writing least of all; copies and exports outside the study are not reached.
    """
    from ascendant.study.forgetting import forget as forget_person
    from ascendant.study.forgetting import n_pages, not_ours, who_is_asked, would_go

    language = speak(lang)
    opened = open_study(study, language)
    if not yes and not sys.stdin.isatty():
        raise NotConfirmed(command="ascendant forget")
    asked = who_is_asked(opened.folder, account, language)
    pages = n_pages(opened.folder)
    if not yes:
        _tell_before(asked, would_go(opened.folder, asked.person), pages, language)
        if not confirmed(language.say("Forget for good?"), language):
            note(language.say("nothing was changed"))
            sys.exit(CANCELLED)
    erased = forget_person(opened.folder, asked.person)
    counts = {
        "acts": erased.n_acts,
        "accounts": erased.n_accounts,
        "naming": erased.n_naming,
        "rejects": erased.n_rejects,
        "pages": pages,
    }
    opened.log("forget", counts)
    others = [str(path) for path in not_ours(opened.folder)]
    if json:
        show_json({**counts, "objection": True, "namesakes": list(asked.namesakes), "others": others})
        return
    if not erased.is_nothing:
        tell(language.say("Forgotten: {what}.", what=_listed(erased, pages, language)))
    tell(
        language.say("The objection is kept, as a mark that nobody can read: what is read later leaves the person out.")
    )
    _tell_namesakes(asked, language)
    for path in others:
        note(language.say("{file} was not made by ascendant, and was not looked into", file=path))


def _tell_before(asked: Asked, erased: Erased, pages: int, language: Language) -> None:
    if not asked.is_held and erased.is_nothing:
        tell(
            language.say(
                "The study holds nothing of {account}. The objection is kept for what comes later.",
                account=asked.person.account_id,
            )
        )
        return
    tell(language.say("To be forgotten: {account}", account=asked.shown))
    tell(language.say("What goes: {what}.", what=_listed(erased, pages, language)))
    if asked.is_owner:
        tell(
            language.say(
                "This is the owner of an archive that was read. What the platform told them without naming them stays:"
                " `ascendant purge` deletes the whole study."
            )
        )
    _tell_namesakes(asked, language)


def _tell_namesakes(asked: Asked, language: Language) -> None:
    if asked.namesakes:
        names = ", ".join(asked.namesakes[:SHOWN_NAMESAKES])
        tell(language.say("Other accounts of that name or handle stay; ask for each of them: {names}", names=names))


def _listed(erased: Erased, pages: int, language: Language) -> str:
    """What goes, in the order of how much it tells of somebody."""
    plural = language.plural
    counted = (
        (erased.n_acts, plural("one act", "{n} acts", erased.n_acts)),
        (erased.n_accounts, plural("one row of an account", "{n} rows of accounts", erased.n_accounts)),
        (
            erased.n_naming,
            plural("the name in one row of somebody else", "the name in {n} rows of other people", erased.n_naming),
        ),
        (
            erased.n_rejects,
            plural("the name in one rejected line", "the name in {n} rejected lines", erased.n_rejects),
        ),
        (erased.n_files, plural("the name in the name of one file", "the name in names of {n} files", erased.n_files)),
        (pages, plural("one page or table of results", "{n} pages and tables of results", pages)),
    )
    return ", ".join(words for n, words in counted if n)


COMMAND = forget

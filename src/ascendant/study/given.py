"""Kinds that the user gives to accounts: kept in the study, and laid over what is computed each time it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from ascendant.errors import NoReason, OpinionOfPrivate, UnknownKind
from ascendant.patterns.kinds.overrides import CHOICES, may_be_cause, overridden
from ascendant.report.naming import Names, safe_words
from ascendant.store.overrides import Override, load_overrides, remove_override, save_override
from ascendant.study.findings import Findings

REASON_LETTERS: Final = 10
_LONGEST_REASON: Final = 300
# As they are said in French, so that nobody has to learn the English keys.
_IN_FRENCH: Final = {
    "entreprise": "company",
    "groupe d'influence": "cause",
    "groupe": "cause",
    "particulier": "individual",
    "média": "media",
    "indéterminé": "undetermined",
}


def with_given_kinds(folder: Path, findings: Findings) -> Findings:
    """The same findings with the user's kinds in the place of those computed; results at rest stay as computed."""
    if "kinds" not in findings.tables or not (given := load_overrides(folder)):
        return findings
    kinds = overridden(findings.tables["kinds"], findings.accounts, given)
    return replace(findings, tables={**findings.tables, "kinds": kinds})


def kind_named(asked: str) -> str:
    """The key of a kind as it was typed. Raises `UnknownKind`.

    >>> kind_named("Entreprise"), kind_named("media")
    ('company', 'media')
    """
    plain = asked.strip().lower().replace("\u2019", "'")
    found = _IN_FRENCH.get(plain, plain)
    if found not in CHOICES:
        raise UnknownKind(kind=asked, kinds=", ".join(CHOICES))
    return found


def give(folder: Path, findings: Findings, names: Names, account_id: str, kind: str, reason: str | None) -> Override:
    """Keep a kind for an account, with its reason.

    Raises `UnknownKind`, `NoReason`, and `OpinionOfPrivate` where a private person would be made a cause.
    """
    key = kind_named(kind)
    said = safe_words(reason or "", longest=_LONGEST_REASON)
    if sum(character.isalpha() for character in said) < REASON_LETTERS:
        raise NoReason(n=REASON_LETTERS)
    if key == "cause" and account_id not in may_be_cause(findings.tables["kinds"], findings.accounts):
        raise OpinionOfPrivate(account=names.shown(account_id))
    override = Override(account=account_id, kind=key, reason=said, made_on=date.today())  # noqa: DTZ011  a day of the user's own calendar
    save_override(folder, override)
    return override


def take_back(folder: Path, account_id: str) -> bool:
    """Show an account as it is computed again; whether it was shown otherwise."""
    return remove_override(folder, account_id)


def given_kinds(folder: Path) -> Sequence[Override]:
    """All that were given, by account."""
    return load_overrides(folder)

"""What the parts of this reader share: whose archive it is, how an act is written, and who was named before."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple, TypeAlias

from ascendant.activity import Account, Activity, Reject, content_id
from ascendant.errors import mark
from ascendant.read.linkedin_archive.dates import GUESSED, UNKNOWN, Moment
from ascendant.read.linkedin_archive.links import profile_at
from ascendant.read.linkedin_archive.table import Row

Item: TypeAlias = Activity | Account | Reject
Tell: TypeAlias = Callable[[Row], Iterable[Activity]]

NAMELESS: Final = mark("rows that name nobody are closed accounts: they are counted, and nobody is made of them")
NOTHING: Final = mark("the row says nothing")
NO_TARGET: Final = mark("the row names no post")

# What LinkedIn writes in the place of a name that it no longer gives.
_NOBODY: Final = frozenset({"linkedin member", "membre linkedin", "membre de linkedin", "utilisateur linkedin"})


class Owner(NamedTuple):
    """Whose archive it is: the account's id, and the name by which all archives of this person know it.

    Both are null when no file names the owner.
    """

    key: str | None = None
    name: str | None = None


class Telling:
    """Who tells, and when (`collected_at`, null when unknown); what is told once only.

    `accounts` are those that a row named for the first time, `notes` what is to be said of the file that is being read,
    `own_posts` the numbers of the owner's posts. The reading empties `accounts` after each row and `notes` after each
    file.
    """

    def __init__(self, owner: Owner, collected_at: int | None) -> None:
        self.owner, self.collected_at = owner, collected_at
        self.accounts: list[Account] = []
        self.notes: dict[str, None] = {}
        self.own_posts: set[str] = set()
        self._named: set[str] = set()

    def note(self, note: str) -> None:
        """Something to be said of the file as a whole, once."""
        self.notes[note] = None

    def somebody(
        self, row: Row, name: str | None, url: str | None = None, *, about: str | None = None, kind: str | None = None
    ) -> str | None:
        """The id of an account: by the address of its profile, else by its name; null when it has neither.

        Somebody who is known by name alone is not the one of that name whose address is known.
        """
        key = profile_at(url)
        resolved, name = ("exact" if key is not None else "name_only"), plain_words(name)
        if key is None:
            if name is None or name.casefold() in _NOBODY:
                self.note(NAMELESS)
                return None
            key = name_key(name)
        if key != self.owner.key and key not in self._named:
            self._named.add(key)
            self.accounts.append(
                Account(
                    account_id=key,
                    platform="linkedin",
                    handle=key.partition("@")[2] if resolved == "exact" else None,
                    name=name,
                    bio=about,
                    url=url if resolved == "exact" else None,
                    declared_kind=kind,
                    resolved=resolved,
                    collected_at=self.collected_at,
                    source_file=row.file,
                )
            )
        return key

    def author(self, row: Row, account: str | None) -> None:
        """An account that is known from the address of a post alone."""
        if account is not None and account != self.owner.key and account not in self._named:
            self._named.add(account)
            self.accounts.append(
                Account(
                    account_id=account,
                    platform="linkedin",
                    handle=account.partition("@")[2],
                    resolved="derived",
                    collected_at=self.collected_at,
                    source_file=row.file,
                )
            )

    def act(
        self,
        row: Row,
        verb: str,
        *facts: str | None,
        moment: Moment = UNKNOWN,
        written: str | None = None,
        direction: str = "by_me",
        key: str | None = None,
        place: str = "",
        missing: Iterable[str] = (),
        confidence: float = 1.0,
        **columns: Any,
    ) -> Activity:
        """An act of the owner's, unless `direction` says otherwise; then `columns` give its actor.

        Its id is `key` where it has one. Else it is made of what was done and when: to the second that is enough; where
        the time is less exact or only `written`, also of whose archive it is, since others may have done the same on
        that day. So the same fact has the same id in the quick archive and in the complete one.
        """
        if key is None and moment.is_exact:
            key = content_id("linkedin", verb, direction, *facts, moment.at)
        elif key is None:
            when = moment.at if moment.at is not None else written
            key = content_id("linkedin", verb, direction, self.owner.name, *facts, when)
        if direction == "by_me":
            columns["actor_id"] = self.owner.key
        unknown = list(missing)
        if columns.get("actor_id") is None and direction != "about_me":
            unknown.append("actor_id")
        if moment.at is None:
            unknown.append("happened_at")
        return Activity(
            activity_id=key,
            platform="linkedin",
            verb=verb,
            direction=direction,
            happened_at=moment.at,
            time_basis=moment.basis,
            time_precision=moment.precision,
            confidence=min(confidence, GUESSED) if moment.is_guess else confidence,
            collected_at=self.collected_at,
            missing=tuple(unknown) or None,
            source_file=row.file,
            source_pointer=row.pointer + place,
            **columns,
        )


def plain_words(name: str | None) -> str | None:
    """A name on one line; null when nothing is left of it.

    >>> plain_words(" Ada \\n Exemple "), plain_words(" ")
    ('Ada Exemple', None)
    """
    return " ".join(name.split()) or None if name else None


def name_key(name: str) -> str:
    """The id of somebody who is known by name alone. Homonyms share it.

    >>> name_key("Éloïse Exemple") == name_key("ÉLOÏSE  EXEMPLE"), name_key("Acme")
    (True, 'linkedin:name:acme')
    """
    return f"linkedin:name:{' '.join(unicodedata.normalize('NFC', name).casefold().split())}"

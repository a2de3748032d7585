"""Names -> accounts of this platform: what an archive itself tells of who is who, and where it does not tell.

Most files name people and pages without any id: then the name, as written, is the id, and two accounts of one name are
one (never over platforms). A page that the owner liked has an address too: its name stands for that account, unless it
is also the name of a friend or of another page. A gone account has no name, or one that Facebook puts there for all of
them: it is nobody.

Whom a comment or a reaction was for stands in a sentence of the account's language. Sentences are not parsed: the names
of friends, of those followed, and of pages are looked up in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Set
from typing import Final

from ascendant.activity import Account
from ascendant.read.facebook_archive.links import account_in
from ascendant.read.facebook_archive.wording import is_gone

_WORD: Final = re.compile(r"\w+")
_SHORTEST: Final = 5  # letters of a name of one word that is looked up: shorter ones are words too
_LONGEST: Final = 200
_OF_GROUP: Final = "facebook:group:"


def named(name: str | None) -> str | None:
    """The id of an account that is known by its name only; null for a name of nobody.

    >>> named("Jean  Exemple"), named(" "), named("Facebook user")
    ('facebook:name:Jean Exemple', None, None)
    """
    plain = clean(name)
    return f"facebook:name:{plain}" if plain is not None and not is_gone(plain) else None


def group_named(name: str | None) -> str | None:
    """The id of a group that is known by its name only."""
    plain = clean(name)
    return f"{_OF_GROUP}{plain}" if plain is not None else None


def clean(name: str | None) -> str | None:
    """A name with single spaces and composed letters; null when nothing is left of it.

    >>> clean(" Ada \\u200b Exemple"), clean("\\u200b")
    ('Ada Exemple', None)
    """
    if not name:
        return None
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
        name = "".join(" " if unicodedata.category(sign) in ("Cf", "Cc") else sign for sign in name)
    return " ".join(name.split())[:_LONGEST].rstrip() or None


class Sentences:
    """Finds known names in sentences: whole words only, the longest of those that begin at one place."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        # By its first word: each name, and how many signs stand in it before that word.
        self._by_first: dict[str, list[tuple[str, int]]] = {}
        for name in sorted(set(names), key=lambda one: (-len(one), one)):
            words = _WORD.findall(name)
            if len(words) > 1 or (words and len(name) >= _SHORTEST and not name.islower()):
                self._by_first.setdefault(words[0], []).append((name, name.index(words[0])))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def found(self, sentence: str) -> list[str]:
        """The names that stand in a sentence, each once, in its order.

        >>> Sentences(["Jean", "Jean Exemple", "Acme News"]).found("Ada a commenté d’Acme News à Jean Exemple.")
        ['Acme News', 'Jean Exemple']
        """
        names: dict[str, None] = {}
        end = 0
        for word in filter(self._by_first.__contains__, _WORD.findall(sentence)):
            place = sentence.find(word, end)
            while place > 0 and sentence[place - 1].isalnum():  # inside another word
                place = sentence.find(word, place + 1)
            if place < 0:
                continue
            for name, n_before in self._by_first[word]:
                start = place - n_before
                after = start + len(name)
                if start >= end and sentence.startswith(name, start) and not sentence[after : after + 1].isalnum():
                    names[name] = None
                    end = after
                    break
        return list(names)


class People:
    """Accounts that an archive names: their ids, and each of them once as a row."""

    def __init__(self, collected_at: int | None = None) -> None:
        self._collected_at = collected_at
        self._pages: dict[str, str] = {}
        self._with_address: frozenset[str] = frozenset()
        self._page_names: Set[str] = frozenset()
        self._known: frozenset[str] = frozenset()
        self._groups: frozenset[str] = frozenset()
        self._sentences = Sentences()
        self._last: tuple[str, list[str]] = ("", [])
        self._told: set[str] = set()
        self._new: dict[str, Account] = {}

    def learn(
        self,
        *,
        own: Iterable[str],
        friends: Iterable[str],
        pages: Iterable[tuple[str, str | None]],
        groups: Iterable[str],
    ) -> None:
        """What the lists of friends, of pages (with their addresses) and of groups tell, before anything else is read.

        The owner's own names and the groups' are looked up too: "Marie Claire Dupont" does not name "Marie Claire".
        """
        mine = {name for name in map(clean, own) if name is not None}
        known = {name for name in map(clean, friends) if name is not None}
        addresses: dict[str, set[str]] = {}
        for told, url in pages:
            name, account = clean(told), account_in(url)
            if name is not None:
                addresses.setdefault(name, set()).update([account] if account is not None else [])
        self._pages = {
            name: next(iter(found)) for name, found in addresses.items() if len(found) == 1 and name not in known
        }
        self._with_address = frozenset(self._pages.values())
        self._page_names = addresses.keys() - known
        self._groups = frozenset(name for name in map(clean, groups) if name is not None)
        self._known = frozenset(name for name in (known | addresses.keys()) - mine if not is_gone(name))
        self._sentences = Sentences(mine | self._known | self._groups)

    def account(self, name: str | None, url: str | None = None, *, file: str, kind: str | None = None) -> str | None:
        """The id of an account by its address, else by its name; null for nobody. It becomes a row once."""
        plain = clean(name)
        found = account_in(url) if url else None
        is_exact = found is not None
        if found is None and plain is not None:
            found = self._pages.get(plain) or named(plain)
        if found is None:
            return None
        if found not in self._told:
            self._told.add(found)
            self._new[found] = Account(
                account_id=found,
                platform="facebook",
                handle=found.removeprefix("facebook:@") if found.startswith("facebook:@") else None,
                name=plain if plain is not None and not is_gone(plain) else None,
                declared_kind=kind or ("page" if plain in self._page_names else None),
                resolved="exact" if is_exact or found in self._with_address else "name_only",
                collected_at=self._collected_at,
                source_file=file,
            )
        return found

    def knows(self, name: str | None) -> bool:
        """Whether a name is that of a friend or a page, as the archive's lists tell."""
        return clean(name) in self._known

    def tell(self, account: Account) -> None:
        """Make an account a row, whatever was known of it."""
        self._told.add(account.account_id)
        self._new[account.account_id] = account

    def in_sentence(self, sentence: str | None, *, file: str) -> str | None:
        """Whom a sentence names beside the owner, where it is one account that the archive knows."""
        found = [name for name in self._names_in(sentence) if name in self._known and name not in self._groups]
        return self.account(found[0], file=file) if len(found) == 1 else None

    def at_start(self, sentence: str | None, *, file: str) -> str | None:
        """Who stands first in a sentence, where the archive knows them."""
        found = self._names_in(sentence)
        if not sentence or not found or found[0] not in self._known or not sentence.startswith(found[0]):
            return None
        return self.account(found[0], file=file)

    def group_in(self, sentence: str | None) -> str | None:
        """The group that a sentence names, where it is one of the owner's."""
        found = [name for name in self._names_in(sentence) if name in self._groups]
        return group_named(found[0]) if len(found) == 1 else None

    def _names_in(self, sentence: str | None) -> list[str]:
        if not sentence or not self._sentences:
            return []
        if sentence != self._last[0]:  # a record's sentence is asked for whom, and for where
            self._last = (sentence, self._sentences.found(sentence))
        return self._last[1]

    def new(self) -> list[Account]:
        """The accounts that were met since the last call."""
        if not self._new:
            return []
        found = list(self._new.values())
        self._new.clear()
        return found

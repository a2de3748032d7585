"""What a person is known by -> keyed marks, by which a study that forgot them knows them again and nobody reads them.

A mark is a keyed BLAKE2b of one way to name somebody. Without the key it says nothing; who holds the study and its key
can try whether a name that they already have is on the list, and can do no more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

RUN: Final = re.compile(r"[^\W_]+")  # letters and digits: what words, handles, slugs and file names are made of
LONGEST_NAME: Final = 5  # words
SHORTEST_WORD: Final = 6  # letters of what is looked for wherever it stands, without a sign before it
_MOST_REMEMBERED: Final = 500_000  # answers; about 60 MB


def plain(text: str) -> str:
    """A text as marks are made of it: composed letters, no case.

    >>> plain("ANDRE\\u0301"), plain("Straße")
    ('andré', 'strasse')
    """
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text.replace("\u0130", "i").casefold()  # the Turkish capital would become two signs


def link_key(url: str) -> str:
    """An address without what may vary in it.

    >>> link_key("https://www.Example.org/ann/")
    'example.org/ann'
    """
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", plain(url.strip())).rstrip("/")


class Marks:
    """The marks that are held; `learnt` are those that were added since and are not yet kept.

    >>> marks = Marks(b"a key of the study")
    >>> marks.add_account("x:7"), marks.add_handle("x", "Ann_92"), marks.add_name("x", "Ann Lee")
    (None, None, None)
    >>> marks.has_account("x:@ann_92"), marks.has("name", "ann lee"), marks.has_account("x:8")
    (True, True, False)
    """

    def __init__(self, key: bytes, held: Iterable[bytes] = ()) -> None:
        self._stamp = blake2b(key=key, digest_size=16, person=b"objection")
        self._stamps: dict[str, blake2b] = {}  # one that has begun with each kind
        self._held = set(held)
        self._remembered: dict[tuple[str, str], bool] = {}
        self.learnt: dict[bytes, None] = {}

    def __len__(self) -> int:
        return len(self._held)

    def of(self, kind: str, value: str) -> bytes:
        """The mark of a value (as `plain` gives it)."""
        stamp = self._begun(kind).copy()
        stamp.update(value.encode("utf-8", "surrogatepass"))
        return stamp.digest()

    def among(self, kind: str, values: Iterable[str]) -> set[str]:
        """Those of many values by which somebody on the list is known."""
        begin, held = self._begun(kind).copy, self._held
        found = set()
        for value in values:
            stamp = begin()
            stamp.update(value.encode("utf-8", "surrogatepass"))
            if stamp.digest() in held:
                found.add(value)
        return found

    def _begun(self, kind: str) -> blake2b:
        if kind not in self._stamps:
            self._stamps[kind] = self._stamp.copy()
            self._stamps[kind].update(f"{kind}\0".encode())
        return self._stamps[kind]

    def has(self, kind: str, value: str) -> bool:
        """Whether somebody on the list is known by it."""
        return self.of(kind, value) in self._held

    def has_often(self, kind: str, value: str) -> bool:
        """As `has`, for values that come again and again: accounts and words."""
        try:
            return self._remembered[kind, value]
        except KeyError:
            if len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[kind, value] = self.has(kind, value)
            return found

    def has_account(self, account_id: str) -> bool:
        """Whether an account is that of somebody on the list."""
        return self.has_often("account", plain(account_id))

    def is_open(self, platform: str, handle: str) -> bool:
        """Whether whoever bears this handle is on the list, since no id was known when they objected."""
        return self.has("open", plain(f"{platform}:@{handle.lstrip('@')}"))

    @property
    def has_open(self) -> bool:
        """Whether `is_open` can be true at all."""
        return self.has_often("any", "open")

    # -- what a person is known by

    def add_account(self, account_id: str) -> None:
        """An account, in columns of accounts; its number also where links and words name it."""
        if account_id.endswith((":", ":@")):
            return
        self._add("account", plain(account_id))
        platform, _, local = account_id.partition(":")
        if local.startswith("@"):
            self.add_handle(platform, local)
        elif local.startswith("name:"):
            self.add_name(platform, local.removeprefix("name:"))
        else:
            self._tokens(local)
            self._word(local)

    def open(self, platform: str, handle: str) -> None:
        """Whoever bears this handle."""
        self._add("any", "open")
        self._add("open", plain(f"{platform}:@{handle.lstrip('@')}"))

    def add_handle(self, platform: str, handle: str) -> None:
        """A handle; one with a digit or a sign in it cannot be a word, and is looked for without its sign too."""
        bare = plain(handle.strip().lstrip("@"))
        if not bare:
            return
        self._add("account", f"{plain(platform)}:@{bare}")
        bare = bare.rpartition("/")[2]  # company/acme
        self._add("handle", bare)
        self._tokens(bare)
        self._word(bare)

    def add_name(self, platform: str, name: str) -> None:
        """A display name. In running text it is looked for when it has two words or more, in both orders."""
        written = " ".join(name.split())
        words = RUN.findall(plain(written))
        if not words:
            return
        self._add("account", plain(f"{platform}:name:{written}"))
        for order in (words, words[::-1]) if len(words) == 2 else (words,):
            self._add("name", " ".join(order))
            if 1 < len(order) <= LONGEST_NAME:
                self._add("token", order[0])
                joined = "".join(order)
                if len(joined) >= SHORTEST_WORD:
                    self._add("word", joined)
                    self._add("token", joined)

    def add_link(self, url: str) -> None:
        """Their own page."""
        if key := link_key(url):
            self._add("link", key)
            runs = RUN.findall(key)
            self._add("token", runs[-1] if "/" in key else max(runs, key=len, default=key))

    def add_item(self, item_id: str) -> None:
        """A post of theirs; its number also where links name it."""
        self._add("item", plain(item_id))
        local = item_id.partition(":")[2]
        if local.startswith("http"):
            self.add_link(local)
        else:
            self._word(local)

    def has_item(self, item_id: str) -> bool:
        """Whether an item is a post of somebody on the list."""
        return self.has("item", plain(item_id))

    def stand_in(self, item_id: str) -> str:
        """What stands for the id of a post that is gone: the same for the same post, and not to be read back.

        >>> stand_in = Marks(b"a key of the study").stand_in
        >>> stand_in("x:12") == stand_in("x:12") != stand_in("x:13"), stand_in("x:12")[:3]
        (True, 'x:~')
        """
        return f"{item_id.partition(':')[0]}:~{self.of('gone', plain(item_id)).hex()[:24]}"

    def _word(self, written: str) -> None:
        """Looked for wherever it stands, if it cannot be a word of the language."""
        bare = plain(written)
        if len(bare) >= SHORTEST_WORD and not bare.isalpha() and len(RUN.findall(bare)) <= LONGEST_NAME:
            self._add("word", bare)
            self._tokens(bare)

    def _tokens(self, written: str) -> None:
        """What has to stand in a text for a closer look at it."""
        if runs := RUN.findall(plain(written)):
            self._add("token", runs[0])

    def _add(self, kind: str, value: str) -> None:
        mark = self.of(kind, value)
        if mark not in self._held:
            self._held.add(mark)
            self.learnt[mark] = None
            self._remembered.clear()

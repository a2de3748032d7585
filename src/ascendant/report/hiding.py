"""A text or a file's name -> the same without the private persons in it: handles, profile links, mails, full names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

Person: TypeAlias = tuple[str | None, str | None, str | None]  # account id, handle, name

_HOSTS: Final = r"(?:x|twitter|facebook|fb|linkedin|instagram|threads|tiktok|youtube|bsky|t)\.(?:com|net|app|me)"
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PROFILE: Final = re.compile(rf"(?:https?://)?(?:[\w-]+\.)*{_HOSTS}/[^\s<>\"'”»]*", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
_HANDLE: Final = re.compile(r"(?<![\w/])[@＠]([\w.\-]{1,100})")


@dataclass(frozen=True)
class Hiding:
    """Who stays and who is hidden, by what they are called; handles in lower case and without their sign."""

    public_handles: frozenset[str]
    private_handles: Mapping[str, str]  # to the account id
    private_names: Mapping[str, list[tuple[str, str]]]  # by their first word: full names, each with its account id
    pseudonym: Callable[[str], str]

    def in_text(self, text: str) -> str:
        """A handle of which nothing is known is hidden; so is a name of two words or more that only private
        persons bear. A nickname or a lone first name cannot be told from a word, and stays.
        """
        text = _PROFILE.sub(self._link, text)
        text = _MAIL.sub("…@…", text)
        text = _HANDLE.sub(self._handle, text)
        here = {word for found in _WORD.findall(text) for word in (found, found.casefold())}
        named = {pair for word in here for pair in self.private_names.get(word, ())}
        for name, account_id in sorted(named, key=lambda pair: (-len(pair[0]), pair[0])):
            whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
            text = whole.sub(self.pseudonym(account_id), text)
        return text

    def in_file_name(self, name: str) -> str:
        """Handles stand in file names without their sign."""
        name = self.in_text(name)
        words = list(re.finditer(r"[^\W_]+", name))
        for length in range(len(words), 0, -1):
            for first, last in zip(words, words[length - 1 :], strict=False):
                part = name[first.start() : last.end()]
                account_id = self.private_handles.get(part.casefold())
                if account_id is not None and not part.isdigit():
                    before, after = name[: first.start()], name[last.end() :]
                    return self.in_file_name(before) + self.pseudonym(account_id) + self.in_file_name(after)
        return name

    def _link(self, found: re.Match[str]) -> str:
        host, _, path = re.sub(r"^https?://", "", found[0]).partition("/")
        parts = [part.lstrip("@").casefold() for part in re.split(r"[/?#]", path) if part]
        first = next((part for part in parts if part not in ("in", "company", "people", "pages", "profile.php")), "")
        return found[0] if first in self.public_handles else f"{host}/…"

    def _handle(self, found: re.Match[str]) -> str:
        whole = found[1].rstrip(".-")
        if whole.casefold() in self.public_handles:
            return found[0]
        for handle in (whole, re.split(r"[.-]", whole)[0]):  # a full stop may end the handle, or belong to it
            rest = found[1][len(handle) :]
            if handle.casefold() in self.public_handles:
                return found[0]
            if (account_id := self.private_handles.get(handle.casefold())) is not None:
                return self.pseudonym(account_id) + rest
        return "@…" + found[1][len(whole) :]


def hiding(public: Iterable[Person], private: Iterable[Person], pseudonym: Callable[[str], str]) -> Hiding:
    """What hides `private` and leaves `public`; `pseudonym` says what stands in the place of an account id.

    >>> hide = hiding([("x:1", "bbc", "BBC")], [("x:2", "ann", "Ann Lee")], lambda account_id: "somebody")
    >>> hide.in_text("@bbc on @Ann, @eve and Ann Lee"), hide.in_file_name("posts_ann.csv")
    ('@bbc on somebody, @… and somebody', 'posts_somebody.csv')
    """
    public_handles, public_names = set(), set()
    for account_id, handle, name in public:
        public_handles.add(_called(account_id, handle))
        public_names.add((name or "").strip().casefold())
    handles: dict[str, str] = {}
    names: dict[str, list[tuple[str, str]]] = {}
    for account_id, handle, written in private:
        if not account_id:
            continue
        if called := _called(account_id, handle):
            handles.setdefault(called, account_id)
        name = " ".join((written or "").split())
        words = _WORD.findall(name)
        if len(words) > 1 and name.casefold() not in public_names:
            names.setdefault(words[0].casefold(), []).append((name, account_id))
    return Hiding(frozenset(public_handles - {""}), handles, names, pseudonym)


def _called(account_id: str | None, handle: str | None) -> str:
    """Where no id is known, the handle stands in the id's place."""
    return (handle or (account_id or "").partition(":@")[2]).strip().lstrip("@").casefold()

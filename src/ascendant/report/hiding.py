"""A text or a file's name -> the same without the private persons in it: handles, profile links, mails, full names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

Person: TypeAlias = tuple[str | None, str | None, str | None]  # account id, handle, name
Words: TypeAlias = tuple[str, ...]  # without case and accents

_HOSTS: Final = r"(?:x|twitter|facebook|fb|linkedin|instagram|threads|tiktok|youtube|bsky|t)\.(?:com|net|app|me)"
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PROFILE: Final = re.compile(rf"(?:https?://)?(?:[\w-]+\.)*{_HOSTS}/[^\s<>\"'”»]*", re.IGNORECASE)
# A post's page under no name, as X gives it where only the number is known.
_POST: Final = re.compile(r"(?:www\.|mobile\.)?(?:x|twitter)\.com/i/(?:web/)?status/(\d{1,19})/?", re.IGNORECASE)
_HANDLE: Final = re.compile(r"(?<!\w)[@＠]([\w.\-]{1,100})")
_BARE: Final = re.compile(r"(?<![\w@＠])\w[\w.\-]{3,98}\w")
_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = frozenset(".'’_-")  # two words of a name, beside spaces and the marks that stand on letters
_WIDEST_GAP: Final = 3
_ASIDE: Final = re.compile(r"[(\[{|•·/,]| [-–—] ")  # what stands behind it in a display name is no part of the name
_FEWEST_SIGNS, _FEWEST_LETTERS = 5, 3
_MOST_PARTS: Final = 8  # of one chain of words, dots and hyphens


@dataclass(frozen=True)
class Hiding:
    """Who stays and who is hidden, by what they are called; handles in lower case and without their sign."""

    public_handles: frozenset[str]
    private_handles: Mapping[str, str]  # to the account id
    private_names: Mapping[Words, str]  # full names that no public account bears, to the account id
    longest_names: Mapping[str, int]  # by their first word: of how many words the longest is
    pseudonym: Callable[[str], str]
    is_public_post: Callable[[str], bool]  # by its number on X

    def in_text(self, text: str) -> str:
        """A handle of which nothing is known is hidden; so is a name of two words or more that only private persons
        bear, and a private person's handle without its sign where it is like no word: five signs at least, with a digit
        or an underscore. Another nickname and a lone first name cannot be told from words, and stay.
        """
        whole = unicodedata.normalize("NFC", text)
        left = _PROFILE.sub(self._link, whole)
        left = _MAIL.sub("…@…", left)
        left = _HANDLE.sub(self._handle, left)
        left = _BARE.sub(self._bare, left)
        left = self._without_names(left)
        return text if left == whole else left

    def in_file_name(self, name: str) -> str:
        """Handles stand in file names without their sign."""
        name = self.in_text(name)
        words = list(_WORD.finditer(name))
        for length in range(len(words), 0, -1):
            for first, last in zip(words, words[length - 1 :], strict=False):
                part = name[first.start() : last.end()]
                account_id = self.private_handles.get(part.casefold())
                if account_id is not None and not part.isdigit():
                    before, after = name[: first.start()], name[last.end() :]
                    return self.in_file_name(before) + self.pseudonym(account_id) + self.in_file_name(after)
        return name

    def _link(self, found: re.Match[str]) -> str:
        address = re.sub(r"^https?://", "", found[0])
        post = _POST.fullmatch(address.rstrip(".,;:!?)]}…"))
        if post is not None and self.is_public_post(post[1]):
            return found[0]
        host, _, path = address.partition("/")
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
        # In a link to a page elsewhere, the sign is no proof of a handle.
        in_link = found.string[: found.start()].endswith("/")
        return found[0] if in_link else "@…" + found[1][len(whole) :]

    def _bare(self, found: re.Match[str]) -> str:
        """A chain of words, dots and hyphens: the longest part of it that is a private person's handle goes first."""
        chain: str = found[0]
        parts = list(re.finditer(r"\w+", chain))
        for length in range(min(len(parts), _MOST_PARTS), 0, -1):
            for first, last in zip(parts, parts[length - 1 :], strict=False):
                part = chain[first.start() : last.end()]
                account_id = self.private_handles.get(part.casefold()) if _is_unlike_a_word(part) else None
                if account_id is not None and part.casefold() not in self.public_handles:
                    before, after = chain[: first.start()], chain[last.end() :]
                    return _BARE.sub(self._bare, before) + self.pseudonym(account_id) + _BARE.sub(self._bare, after)
        return chain

    def _without_names(self, text: str) -> str:
        words = list(_WORD.finditer(text))
        folded = [_folded(word[0]) for word in words]
        kept, since, place = [], 0, 0
        while place < len(words):
            most = self.longest_names.get(folded[place], 0)
            n = next((n for n in range(most, 1, -1) if self._is_name(text, words[place : place + n], n)), 1)
            if n > 1:
                account_id = self.private_names[*folded[place : place + n]]
                kept += [text[since : words[place].start()], self.pseudonym(account_id)]
                since = words[place + n - 1].end()
            place += n
        return "".join([*kept, text[since:]])

    def _is_name(self, text: str, words: list[re.Match[str]], n: int) -> bool:
        """Whether words of a text are a name of n words: near to each other, and with capitals for initials."""
        if len(words) < n or tuple(_folded(word[0]) for word in words) not in self.private_names:
            return False
        gaps = [text[one.end() : other.start()] for one, other in pairwise(words)]
        is_near = all(len(gap) <= _WIDEST_GAP and all(map(_is_between, gap)) for gap in gaps)
        return is_near and not any(len(word[0]) == 1 and word[0].islower() for word in words)  # "Ann l'a dit"


def is_nameless_post(address: str) -> bool:
    """Whether an address is that of a post on X and names nobody.

    >>> [is_nameless_post(f"https://x.com/{one}") for one in ("i/status/77", "i/web/status/77", "ann/status/77")]
    [True, True, False]
    """
    return _POST.fullmatch(re.sub(r"^https?://", "", address)) is not None


def _none_is_known(number: str) -> bool:
    """Of no post it is known who wrote it."""
    del number
    return False


def hiding(
    public: Iterable[Person],
    private: Iterable[Person],
    pseudonym: Callable[[str], str],
    is_public_post: Callable[[str], bool] = _none_is_known,
) -> Hiding:
    """What hides `private` and leaves `public`; `pseudonym` says what stands in the place of an account id.

    >>> people = [("x:2", "ann", "Ann Lee"), ("x:3", "jdoe42", "J")]
    >>> hide = hiding([("x:1", "bbc", "BBC")], people, lambda account_id: "somebody")
    >>> hide.in_text("@bbc on @Ann, @eve and Ann Lee; jdoe42 wrote"), hide.in_file_name("posts_ann.csv")
    ('@bbc on somebody, @… and somebody; somebody wrote', 'posts_somebody.csv')
    """
    public_handles: set[str] = set()
    public_names: set[Words] = set()
    for account_id, handle, name in public:
        public_handles.add(_called(account_id, handle))
        public_names |= set(_names(name))
    handles: dict[str, str] = {}
    names: dict[Words, str] = {}
    longest: dict[str, int] = {}
    for account_id, handle, written in private:
        if not account_id:
            continue
        if called := _called(account_id, handle):
            handles.setdefault(called, account_id)
        for words in _names(written):
            if words not in public_names and len(words) > 1:
                names.setdefault(words, account_id)
                longest[words[0]] = max(len(words), longest.get(words[0], 0))
    return Hiding(frozenset(public_handles - {""}), handles, names, longest, pseudonym, is_public_post)


def _names(written: str | None) -> Iterator[Words]:
    """A display name as words, and again without what stands beside it; a single word is none.

    >>> list(_names("Zoé Lee 🌻 (she/her)")), list(_names("Jean-Luc"))
    ([('zoe', 'lee', 'she', 'her'), ('zoe', 'lee')], [])
    """
    whole = unicodedata.normalize("NFC", written or "")
    for name in (whole, _ASIDE.split(whole, maxsplit=1)[0]):
        if sum(any(sign.isalpha() for sign in word) for word in name.split()) > 1:
            yield tuple(_folded(word) for word in _WORD.findall(name))


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    """A word without case and accents."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _is_between(sign: str) -> bool:
    return sign in _BETWEEN or sign.isspace() or unicodedata.category(sign).startswith("M")


def _is_unlike_a_word(handle: str) -> bool:
    """Whether a handle can be told from a word, a date or an amount.

    >>> [_is_unlike_a_word(one) for one in ("jdoe42", "j_doe", "zqbob", "mp3", "15h30", "2024_05")]
    [True, True, False, False, False, False]
    """
    is_odd = "_" in handle or any(sign.isdigit() for sign in handle)
    return is_odd and len(handle) >= _FEWEST_SIGNS and sum(sign.isalpha() for sign in handle) >= _FEWEST_LETTERS


def _called(account_id: str | None, handle: str | None) -> str:
    """Where no id is known, the handle stands in the id's place."""
    return (handle or (account_id or "").partition(":@")[2]).strip().lstrip("@").casefold()

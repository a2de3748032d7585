"""Account ids -> what may be shown of them: the one door to a name.

Names are shown of organisations, of accounts with an audience, and of the owner. Everybody else, and everybody
of whom that is not known, goes by a pseudonym made with the study's own key: the same in each output of the
study, in both languages, and of no use to anyone without the key. What leaves the study (pages, JSON, tables)
gets its names, links and post texts from here.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat, NoPurpose, mark
from ascendant.report.hiding import Hiding, Person, hiding, is_nameless_post
from ascendant.report.language import Language

PUBLIC_FOLLOWERS: Final = 5000
PURPOSE_LETTERS: Final = 10
FEWEST_PERSONS: Final = 10  # who share a hashtag, a page or a picture, for it to be told
LONGEST: Final = 40  # characters of a name
PUBLIC_KINDS: Final = frozenset(
    "organisation organization company business brand government institution public_authority party association ngo"
    " union media news newspaper broadcaster university".split()
)

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_PAIRS: Final = tuple(one + other for one in _ALPHABET for other in _ALPHABET)
_FACTS: Final = frozenset({"account", "account_id", "actor", "author", "source", "target", "accounts"})
_ON_X: Final = "x:"
_NOT_SHOWN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def purpose_of(text: str | None) -> str:
    """The purpose of showing private persons' names, fit to be logged.

    Raises `NoPurpose` when it has fewer than ten letters.
    """
    purpose = safe_words(text or "", longest=500)
    if sum(character.isalpha() for character in purpose) < PURPOSE_LETTERS:
        raise NoPurpose(n=PURPOSE_LETTERS)
    return purpose


def safe_words(words: str, *, longest: int = LONGEST) -> str:
    """Words of a stranger, without what could reorder, hide or overflow the words around them.

    Right-to-left words are isolated; joined emoji stay whole; what is cut ends in an ellipsis.

    >>> safe_words("Ann\\x1b[31m\\u202e  Lee"), safe_words("a" * 60) == "a" * 39 + "…"
    ('Ann[31m Lee', True)
    """
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", words):
        category = unicodedata.category(character)
        if category == "Zs" or character in "\t\n\r\x0b\x0c\x85\u2028\u2029":
            character = " "  # noqa: PLW2901  all spaces are one
        elif character in "\u200c\u200d" and kept and kept[-1] != " ":
            pass  # joiners belong to emoji and to Persian
        elif category in _NOT_SHOWN:
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= 3 and not (character == " " and (not kept or kept[-1] == " ")):
            kept.append(character)
    shown = "".join(kept).strip(" \u200c\u200d")
    if len(shown) > longest:
        cut = longest - 1
        while cut > 0 and (unicodedata.category(shown[cut]).startswith("M") or "\u200d" in shown[cut - 1 : cut + 1]):
            cut -= 1  # never between a letter and its marks, nor inside a joined emoji
        shown = (shown[:cut].rstrip(" \u200c\u200d") or shown[: longest - 1]) + "…"
    if any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in shown):
        return f"\u2068{shown}\u2069"
    return shown


@dataclass(frozen=True)
class Names:
    """What may be shown of each account of a study.

    `accounts` has the columns of `activity.ACCOUNT`; `key` is the study's own. An account that `accounts` does
    not hold is private. `writers` tells who wrote what (act id, account id), as far as that is known: by it, links to
    posts that name nobody are shown where a public account wrote the post.

    >>> accounts = pa.table({"account_id": ["x:1", "x:2"], "handle": ["lemonde", "ann"], "name": ["Le Monde", "Ann"],
    ...                      "followers": [9_000_000, 80], "declared_kind": [None, None], "is_me": [False, False]})
    >>> names = Names(accounts, b"a key of the study")
    >>> names.shown("x:1"), names.shown("x:2"), names.speaking(Language("fr")).shown("x:2")
    ('Le Monde (@lemonde)', 'person-BM6F-PTNV', 'personne-BM6F-PTNV')
    """

    accounts: pa.Table
    key: bytes
    revealed: bool = False
    public_followers: int = PUBLIC_FOLLOWERS
    language: Language = field(default_factory=Language)
    writers: pa.Table | None = None

    def __post_init__(self) -> None:
        if len(self.key) < 16:
            raise ValueError("a key shorter than 16 bytes can be found by trying")

    def speaking(self, language: Language) -> Names:
        """The same names in another language."""
        return replace(self, language=language)

    def reveal(self, purpose: str | None) -> Names:
        """The same names with private persons shown. The caller logs the purpose.

        Raises `NoPurpose` when the purpose has fewer than ten letters.
        """
        purpose_of(purpose)
        return replace(self, revealed=True)

    def is_public(self, account_id: str | None) -> bool:
        """Whether the account's own name may be shown to anybody, `revealed` or not."""
        return account_id is not None and account_id in self._public

    def is_shown(self, account_id: str | None) -> bool:
        """Whether this door shows the account by name."""
        return account_id is not None and (self.revealed or account_id in self._public)

    def shown(self, account_id: str | None) -> str:
        """A name and handle, or a pseudonym. Not markup: a page escapes it."""
        if account_id is None:
            return self.language.say(mark("an unknown account"))
        if not self.is_shown(account_id):
            return self.pseudonym(account_id)
        handle, name = (safe_words(text or "") for text in self._known.get(account_id, (None, None)))
        handle = handle.lstrip("@")
        handle = handle or safe_words(account_id.partition(":@")[2])
        if not handle:
            return name or safe_words(account_id, longest=60)
        if not name or name.casefold() == handle.casefold():
            return "@" + handle
        return f"{name} (@{handle})"

    def pseudonym(self, account_id: str) -> str:
        """The account's pseudonym, whether its name may be shown or not."""
        return self._forms[0].replace("*", self._code("account", account_id))

    def shown_act(self, act_id: str | None, owner_id: str | None) -> str | None:
        """An act's id where its owner is shown by name, else a pseudonym of the act."""
        if act_id is None or self.is_shown(owner_id):
            return act_id
        return self._forms[1].replace("*", self._code("act", act_id))

    def link(self, url: str | None, owner_id: str | None) -> str | None:
        """A link to what a public account published; None for anybody else's, and for anything but http(s)."""
        if not url or not self.is_shown(owner_id) or not re.fullmatch(r"https?://[!-~]{1,500}", url):
            return None
        is_theirs = is_nameless_post(url)  # its owner is the caller's word, and the link names nobody
        return url if is_theirs or self.hide_in(url) == url else None

    def words(self, text: str | None, writer_id: str | None, *, longest: int = 280) -> str | None:
        """What a shown account wrote, with private persons hidden in it; None for anybody else's words."""
        if text is None or not self.is_shown(writer_id):
            return None
        return safe_words(self.hide_in(text), longest=longest) or None

    def hide_in(self, text: str) -> str:
        """A text with the handles, profile links and full names of private persons replaced.

        A handle of which nothing is known is hidden; so is a name of two words or more that only private persons bear,
        and a handle without its sign that is like no word. A nickname or a lone first name stays: see `hiding`.
        """
        return text if self.revealed else self._hiding.in_text(text)

    def file_name(self, name: str) -> str:
        """A file's name without the handles of private persons, which stand there without their sign."""
        return name if self.revealed else self._hiding.in_file_name(name)

    def in_caveat(self, caveat: Caveat) -> Caveat:
        """The caveat with accounts among its facts shown as they may be."""
        facts = {key: self._fact(value) if key in _FACTS else value for key, value in caveat.facts.items()}
        return Caveat(caveat.template, facts)

    def find(self, shown: str) -> str | None:
        """The account id behind a pseudonym in either language; None when no account has it.

        >>> accounts = pa.table({"account_id": ["x:2"], "followers": [80]})
        >>> Names(accounts, b"a key of the study").find("Personne-bm6fptnv")
        'x:2'
        """
        asked = re.fullmatch(r"person(?:ne)?-([0-9A-Z-]{8,16})", shown.strip(), re.IGNORECASE)
        if asked is None:
            return None
        code = asked[1].replace("-", "").upper()
        for account_id in self._ids:
            if self._code("account", account_id).replace("-", "") == code:
                return account_id
        return None

    def _fact(self, value: object) -> object:
        if isinstance(value, str):
            return self.shown(value)
        return [self._fact(one) for one in value] if isinstance(value, list | tuple) else value

    def _code(self, kind: str, identifier: str) -> str:
        """Eight letters of an account: in one of 25 studies of 300,000 accounts two share them, and get twelve."""
        number = self._number(kind, identifier)
        length = 8 if kind == "account" and number >> 20 not in self._twice else 12
        # ten bits, so two letters, at a time
        letters = "".join(_PAIRS[number >> shift & 1023] for shift in range(50, 50 - 5 * length, -10))
        return "-".join(letters[start : start + 4] for start in range(0, length, 4))

    def _number(self, kind: str, identifier: str) -> int:
        written = f"{kind}\0{identifier}".encode("utf-8", "surrogatepass")
        return int.from_bytes(hmac.digest(self.key, written, "sha256")[:8], "big") >> 4

    @cached_property
    def _forms(self) -> tuple[str, str]:
        say = self.language.say
        return say(mark("person-{code}"), code="*"), say(mark("act-{code}"), code="*")

    @cached_property
    def _twice(self) -> frozenset[int]:
        numbers = np.fromiter((self._number("account", one) >> 20 for one in self._ids), dtype=np.int64)
        values, counts = np.unique(numbers, return_counts=True)
        return frozenset(values[counts > 1].tolist())

    @cached_property
    def _ids(self) -> list[str]:
        return [one for one in pc.unique(self.accounts["account_id"]).to_pylist() if one is not None]

    @cached_property
    def _is_public(self) -> pa.ChunkedArray:
        kind = pc.utf8_lower(_column(self.accounts, "declared_kind", pa.string()))
        audience = pc.greater_equal(_column(self.accounts, "followers", pa.int64()), self.public_followers)
        declared = pc.is_in(kind, value_set=pa.array(sorted(PUBLIC_KINDS)))
        me = _column(self.accounts, "is_me", pa.bool_())
        return pc.or_(pc.or_(pc.fill_null(audience, False), declared), pc.fill_null(me, False))

    @cached_property
    def _public(self) -> frozenset[str]:
        return frozenset(self.accounts.filter(self._is_public)["account_id"].to_pylist()) - {None}

    @cached_property
    def _known(self) -> dict[str | None, tuple[str | None, str | None]]:
        rows = self.accounts if self.revealed else self.accounts.filter(self._is_public)
        return {account_id: (handle, name) for account_id, handle, name in _people(rows)}

    @cached_property
    def _hiding(self) -> Hiding:
        public, private = (self.accounts.filter(one) for one in (self._is_public, pc.invert(self._is_public)))
        return hiding(_people(public), _people(private), self.pseudonym, lambda number: number in self._public_posts)

    @cached_property
    def _public_posts(self) -> frozenset[str]:
        """Numbers of the posts on X that public accounts wrote. Asked for by texts with such a link alone: few have."""
        if self.writers is None:
            return frozenset()
        is_public = pc.is_in(self.writers["account_id"], pa.array(sorted(self._public), pa.string()))
        ids = self.writers["act_id"].filter(pc.and_(is_public, pc.starts_with(self.writers["act_id"], _ON_X)))
        return frozenset(one.removeprefix(_ON_X) for one in ids.to_pylist())


def _people(rows: pa.Table) -> Iterator[Person]:
    columns = (_column(rows, name, pa.string()).to_pylist() for name in ("account_id", "handle", "name"))
    return zip(*columns, strict=True)


def _column(table: pa.Table, name: str, kind: pa.DataType) -> pa.ChunkedArray | pa.Array:
    return table[name].cast(kind) if name in table.column_names else pa.nulls(len(table), kind)

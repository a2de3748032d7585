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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ascendant.errors import Caveat, NoPurpose, mark
from ascendant.report.language import Language

PUBLIC_FOLLOWERS: Final = 5000
PURPOSE_LETTERS: Final = 10
LONGEST: Final = 40  # characters of a name
PUBLIC_KINDS: Final = frozenset(
    "organisation organization company business brand government institution public_authority party association ngo"
    " union media news newspaper broadcaster university".split()
)

ACCOUNT_COLUMNS: Final = ("account_id", "actor_id", "object_author_id", "author_id", "source_id", "target_id")
ACCOUNT_LISTS: Final = ("mentions",)
# An act's id leads to its page, so it is as good as a name: shown where the account in the second column is public.
ACT_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "activity_id": ("actor_id",),
    "act_id": ("actor_id", "account_id"),
    "object_id": ("object_author_id", "author_id"),
    "cascade_id": (),
    "thread_id": (),
    "context_id": (),
}
ACT_LISTS: Final = ("evidence",)
# Words and traces that identify who left them.
TRACE_COLUMNS: Final = frozenset(
    "text handle name bio url urls hashtags media_hash created_at followers following advertiser ad".split()
)
# Files are named after whom they were collected from, so that a public account's row may tell of a private one.
KEPT_IN_COLUMNS: Final = frozenset({"source_file", "source_pointer"})
# Words of ours, that tell nothing of a person.
PLAIN_COLUMNS: Final = frozenset(
    "platform verb direction time_basis lang relay time_precision object_kind audience missing reader declared_kind"
    " resolved standing evidence sphere label kind unit".split()
)
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_PAIRS: Final = tuple(one + other for one in _ALPHABET for other in _ALPHABET)
_FACTS: Final = frozenset({"account", "account_id", "actor", "author", "source", "target", "accounts"})
_HOSTS: Final = r"(?:x|twitter|facebook|fb|linkedin|instagram|threads|tiktok|youtube|bsky|t)\.(?:com|net|app|me)"
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PROFILE: Final = re.compile(rf"(?:https?://)?(?:[\w-]+\.)*{_HOSTS}/[^\s<>\"'”»]*", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
_HANDLE: Final = re.compile(r"(?<![\w/])[@＠]([\w.\-]{1,100})")
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
            character = " "  # noqa: PLW2901
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
    not hold is private.

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
        return url if self.hide_in(url) == url else None

    def words(self, text: str | None, writer_id: str | None, *, longest: int = 280) -> str | None:
        """What a shown account wrote, with private persons hidden in it; None for anybody else's words."""
        if text is None or not self.is_shown(writer_id):
            return None
        return safe_words(self.hide_in(text), longest=longest) or None

    def hide_in(self, text: str) -> str:
        """A text with the handles, profile links and full names of private persons replaced.

        A handle of which nothing is known is hidden; so is a name of two words or more that only private
        persons bear. A nickname or a lone first name cannot be told from a word, and stays.
        """
        if self.revealed:
            return text
        text = _PROFILE.sub(self._hidden_link, text)
        text = _MAIL.sub("…@…", text)
        text = _HANDLE.sub(self._hidden_handle, text)
        here = {word for found in _WORD.findall(text) for word in (found, found.casefold())}
        named = {pair for word in here for pair in self._private_names.get(word, ())}
        for name, account_id in sorted(named, key=lambda pair: (-len(pair[0]), pair[0])):
            whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
            text = whole.sub(self.pseudonym(account_id), text)
        return text

    def file_name(self, name: str) -> str:
        """A file's name without the handles of private persons, which stand there without their sign."""
        if self.revealed:
            return name
        name = self.hide_in(name)
        words = list(re.finditer(r"[^\W_]+", name))
        for length in range(len(words), 0, -1):
            for first, last in zip(words, words[length - 1 :], strict=False):
                part = name[first.start() : last.end()]
                account_id = self._private_handles.get(part.casefold())
                if account_id is not None and not part.isdigit():
                    return (
                        self.file_name(name[: first.start()])
                        + self.pseudonym(account_id)
                        + self.file_name(name[last.end() :])
                    )
        return name

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

    def _hidden_link(self, found: re.Match[str]) -> str:
        host, _, path = re.sub(r"^https?://", "", found[0]).partition("/")
        parts = [part.lstrip("@").casefold() for part in re.split(r"[/?#]", path) if part]
        first = next((part for part in parts if part not in ("in", "company", "people", "pages", "profile.php")), "")
        return found[0] if first in self._public_handles else f"{host}/…"

    def _hidden_handle(self, found: re.Match[str]) -> str:
        whole = found[1].rstrip(".-")
        if whole.casefold() in self._public_handles:
            return found[0]
        for handle in (whole, re.split(r"[.-]", whole)[0]):  # a full stop may end the handle, or belong to it
            rest = found[1][len(handle) :]
            if handle.casefold() in self._public_handles:
                return found[0]
            if (account_id := self._private_handles.get(handle.casefold())) is not None:
                return self.pseudonym(account_id) + rest
        return "@…" + found[1][len(whole) :]

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
    def _known(self) -> dict[str, tuple[str | None, str | None]]:
        rows = self.accounts if self.revealed else self.accounts.filter(self._is_public)
        handles = _column(rows, "handle", pa.string()).to_pylist()
        names = _column(rows, "name", pa.string()).to_pylist()
        return dict(zip(rows["account_id"].to_pylist(), zip(handles, names, strict=True), strict=True))

    @cached_property
    def _public_handles(self) -> frozenset[str]:
        return frozenset(
            (handle or account_id.partition(":@")[2]).strip().lstrip("@").casefold()
            for account_id, (handle, _) in self._known.items()
        ) - {""}

    @cached_property
    def _private_handles(self) -> dict[str, str]:
        rows = self.accounts.filter(pc.invert(self._is_public))
        found: dict[str, str] = {}
        handles = _column(rows, "handle", pa.string()).to_pylist()
        for handle, account_id in zip(handles, rows["account_id"].to_pylist(), strict=True):
            # where no id is known, the handle stands in the id's place
            written = handle or (account_id or "").partition(":@")[2]
            if written and account_id:
                found.setdefault(written.strip().lstrip("@").casefold(), account_id)
        return found

    @cached_property
    def _private_names(self) -> dict[str, list[tuple[str, str]]]:
        """Full names that only private persons bear, by their first word."""
        rows = self.accounts.filter(pc.invert(self._is_public))
        public = {(name or "").strip().casefold() for _, name in self._known.values()}
        pairs = zip(_column(rows, "name", pa.string()).to_pylist(), rows["account_id"].to_pylist(), strict=True)
        found: dict[str, list[tuple[str, str]]] = {}
        for written, account_id in pairs:
            name = " ".join((written or "").split())
            words = _WORD.findall(name)
            if account_id and len(words) > 1 and name.casefold() not in public:
                found.setdefault(words[0].casefold(), []).append((name, account_id))
        return found


def pseudonymise_table(table: pa.Table, names: Names, *, owners: Mapping[str, str] | None = None) -> pa.Table:
    """A table as it may leave the study: ids, words and traces of private persons go through `names`.

    Raises `ValueError` for a column of words of which this module does not know what it may tell: a new one is
    added to one of the lists above.

    Pseudonyms in tables are the English ones, so that tables of a French and of an English session join.
    `owners` says whose acts are those of a column whose owner is in no column: act id -> account id.

    >>> ties = pa.table({"source_id": ["x:1"], "target_id": ["x:2"], "n_moved": [3]})
    >>> names = Names(pa.table({"account_id": ["x:1"], "handle": ["bbc"], "followers": [6000]}), b"a key of the study")
    >>> pseudonymise_table(ties, names).to_pylist()
    [{'source_id': 'x:1', 'target_id': 'person-BM6F-PTNV', 'n_moved': 3}]
    """
    names = names.speaking(Language("en"))
    if names.revealed:
        return table
    columns = {name: table[name] for name in table.column_names}
    changed: dict[str, pa.Array | pa.ChunkedArray] = {}
    for name, column in columns.items():
        if name in ACCOUNT_COLUMNS:
            changed[name] = _mapped(column, lambda one: one if names.is_public(one) else names.pseudonym(one))
        elif name in ACCOUNT_LISTS:
            changed[name] = _lists(column, lambda one: one if names.is_public(one) else names.pseudonym(one))
        elif name in ACT_LISTS and _is_list(column.type):
            changed[name] = _lists(column, lambda act: names.shown_act(act, (owners or {}).get(act)))
        elif name in ACT_COLUMNS:
            changed[name] = _acts(columns, name, names, owners or {})
        elif name in KEPT_IN_COLUMNS:
            changed[name] = pa.nulls(len(table), column.type)
        elif name in TRACE_COLUMNS:
            changed[name] = _traces(table, column, names)
        elif name not in PLAIN_COLUMNS and name != "metrics" and not _is_number(column.type):
            raise ValueError(f"no rule says whether {name!r} may leave the study")
    fields = [field.with_type(changed[field.name].type) if field.name in changed else field for field in table.schema]
    arrays = [changed.get(name, column) for name, column in columns.items()]
    return pa.table(arrays, schema=pa.schema(fields, metadata=table.schema.metadata))


def _acts(
    columns: Mapping[str, pa.ChunkedArray], name: str, names: Names, owners: Mapping[str, str]
) -> pa.Array | pa.ChunkedArray:
    column = columns[name]
    whose = next((columns[one] for one in ACT_COLUMNS[name] if one in columns), None)
    if whose is None:
        return _mapped(column, lambda act: names.shown_act(act, owners.get(act)))
    pairs = zip(column.to_pylist(), whose.to_pylist(), strict=True)
    return pa.array([names.shown_act(act, owner) for act, owner in pairs], column.type)


def _traces(table: pa.Table, column: pa.ChunkedArray, names: Names) -> pa.Array:
    """Kept where everybody whose traces they may be is public, with others hidden in them."""
    who = [table[name].to_pylist() for name in ACCOUNT_COLUMNS if name in table.column_names]
    verbs = table["verb"].to_pylist() if "verb" in table.column_names else [None] * len(table)
    kept = []
    for value, verb, *accounts in zip(column.to_pylist(), verbs, *who, strict=True):
        involved = [one for one in accounts if one is not None]
        # in anything but a post, a missing author is somebody whom we do not know
        whole = bool(involved) and (verb == "post" or len(involved) == len(accounts))
        kept.append(_hidden(value, names) if whole and all(map(names.is_public, involved)) else None)
    return pa.array(kept, column.type)


def _hidden(value: object, names: Names) -> object:
    if isinstance(value, str):
        return names.hide_in(value)
    return [_hidden(one, names) for one in value] if isinstance(value, list) else value


def _mapped(column: pa.ChunkedArray, change: Callable[[Any], Any]) -> pa.ChunkedArray:
    values = pc.unique(column)
    changed = [None if one is None else change(one) for one in values.to_pylist()]
    return pa.array(changed, column.type).take(pc.index_in(column, value_set=values))


def _lists(column: pa.ChunkedArray, change: Callable[[Any], Any]) -> pa.Array:
    rows = column.to_pylist()
    return pa.array([row and [change(one) for one in row if one is not None] for row in rows], column.type)


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _is_number(kind: pa.DataType) -> bool:
    types = pa.types
    known = (types.is_integer, types.is_floating, types.is_boolean, types.is_temporal, types.is_null)
    return any(test(kind) for test in known)


def _column(table: pa.Table, name: str, kind: pa.DataType) -> pa.ChunkedArray | pa.Array:
    return table[name].cast(kind) if name in table.column_names else pa.nulls(len(table), kind)

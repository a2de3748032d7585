"""What the parts of this reader share: whose archive it is, where a record stands, and how one file is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

import msgspec

from ascendant.activity import Account, Activity, Reject
from ascendant.errors import mark
from ascendant.read.x_posts.refusals import Refused
from ascendant.read.x_posts.times import spelled

Item: TypeAlias = Activity | Account | Reject
Moment: TypeAlias = tuple[int | None, str | None, str | None]  # microseconds, time_basis, time_precision

UNKNOWN_RECORD: Final = mark("not a record of the kind that this file holds")
UNKNOWN: Final[Moment] = (None, None, None)
_HANDLE: Final = re.compile(r"@?(\w{1,50})")
_SPACED_ZONE: Final = re.compile(r" ([+-]\d\d:?\d\d)$")


@dataclass(frozen=True)
class Owner:
    """Whose archive it is, and when it was made (`collected_at`, null when unknown).

    `key` is the account's id (`x:12`), null when no file names it; `handles` are all that it ever bore, lower case.
    """

    key: str | None = None
    handles: frozenset[str] = frozenset()
    collected_at: int | None = None

    def account(self, key: int | str | None, handle: str | None = None) -> str | None:
        """An account's id, else its handle; the owner's id for a handle that the owner bore."""
        if (number := digits(key)) is not None and number != "0":
            return f"x:{number}"
        found = handle_in(handle)
        if found is None:
            return None
        return self.key if self.key is not None and found.lower() in self.handles else f"x:@{found.lower()}"


class Place(NamedTuple):
    """Where a record stands: its file, its pointer there, its number in the family of files, and if it was repaired."""

    file: str
    pointer: str
    order: int
    is_repaired: bool


class Story(Protocol):
    """One kind of file. `records` may be called for several files, in their order; `note` is asked after each."""

    decoder: msgspec.json.Decoder[Any]

    def records(self, value: Any, place: Place) -> Iterable[Item]:
        """What a record tells. Raises `Refused` for a record that cannot be read."""
        ...

    def note(self) -> str | None:
        """What is to be said of the file that was just read: fixed sentences, joined by `; `."""
        ...


class Told:
    """A story that is one function of a record."""

    def __init__(self, kind: type[Any], tell: Callable[[Any, Place], Iterable[Item]]) -> None:
        self.decoder = msgspec.json.Decoder(kind)
        self.records = tell

    def note(self) -> str | None:
        """Nothing is to be said."""
        return None


def digits(value: int | str | None) -> str | None:
    """An id, which is up to 20 digits; null for anything else.

    >>> digits("12"), digits(12), digits("12a"), digits("-1"), digits(None)
    ('12', '12', None, None, None)
    """
    if type(value) is int:
        value = str(value)
    if isinstance(value, str) and value.isdecimal() and value.isascii() and len(value) <= 20:
        return value
    return None


def handle_in(written: str | None) -> str | None:
    """A handle without its sign; null for what cannot be one.

    >>> handle_in("@Jack"), handle_in("Jack"), handle_in("a b"), handle_in("")
    ('Jack', 'Jack', None, None)
    """
    found = _HANDLE.fullmatch(written) if written else None
    return found[1] if found else None


def count(value: int | str | None) -> int | None:
    """A count that is written as text.

    >>> count("12"), count(12), count("1,2"), count(None)
    (12, 12, None, None)
    """
    number = digits(value)
    return int(number) if number is not None and len(number) < 19 else None


def moment(written: str | None) -> Moment:
    """A time in one of X's spellings; unknown when there is none, or when it cannot be one.

    >>> moment("2025-09-17 15:28:57")
    (1758122937000000, 'assumed_utc', 's')
    >>> moment("2018-02-05 12:34:56 +0000")[1:], moment("Mon Jan 01 00:00:00 +0000 1997")
    (('explicit', 's'), (None, None, None))
    """
    if not written:
        return UNKNOWN
    try:
        return spelled(written if written[0] > "9" else _SPACED_ZONE.sub(r"\1", written))
    except Refused:
        return UNKNOWN


def texts(values: list[Any] | None) -> list[str]:
    """The texts of a list that may hold other things."""
    return [value for value in values or () if isinstance(value, str) and value]

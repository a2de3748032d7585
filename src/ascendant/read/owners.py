"""Whose archive it is, as its own files say, and whether two archives are of one person.

Nobody is guessed: a person is an account of one platform. What people call themselves on another platform proves
nothing, so that archives of different platforms are never compared.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, runtime_checkable

from ascendant.activity import Account
from ascendant.read.archive import Archive
from ascendant.read.export import Export
from ascendant.read.readers import Reader

PLATFORMS: Final = {"x": "X", "facebook": "Facebook", "linkedin": "LinkedIn"}


class Owned(NamedTuple):
    """An archive in an export, and the account of its owner; None where no file names one.

    `names` are all names and handles that the archive gives its owner, those of before too.
    """

    archive: Archive
    account: Account | None
    names: tuple[str, ...] = ()


@runtime_checkable
class ArchiveReader(Reader, Protocol):
    """What readers of own archives can tell before anything is read."""

    platform: str

    def owners(self, export: Export) -> list[Owned]:
        """The archives in an export with their owners, from the few small files that name one.

        Raises `SeveralOwners` when the files of one archive name several people.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class ArchiveOwner:
    """Whose archive a file is. All but file and platform are null where none of its files says it.

    `created_at` is when the account was made (µs), which tells two people of one name apart and knows one person again
    who changed name.
    """

    file: str
    platform: str
    account_id: str | None = None
    handle: str | None = None
    name: str | None = None
    names: tuple[str, ...] = ()
    created_at: int | None = None

    @classmethod
    def of(cls, file: str, platform: str, account: Account | None, names: tuple[str, ...] = ()) -> ArchiveOwner:
        """The owner as an account; one that is only named after its folder is unknown."""
        if account is None or account.resolved == "derived":
            return cls(file=file, platform=platform)
        return cls(
            file=file,
            platform=platform,
            account_id=account.account_id,
            handle=account.handle,
            name=account.name,
            names=names,
            created_at=account.created_at,
        )

    @property
    def is_known(self) -> bool:
        """Whether a file of the archive says whose it is."""
        return self.account_id is not None

    @property
    def words(self) -> str:
        """What the owner is called on the screen: the handle on X, the name elsewhere.

        >>> ArchiveOwner(file="a.zip", platform="x", account_id="x:12", handle="jo", name="Jo").words
        '@jo'
        >>> ArchiveOwner(file="b.zip", platform="facebook", account_id="facebook:@jo.e", handle="jo.e", name="Jo").words
        'Jo'
        """
        handle = f"@{self.handle}" if self.handle else None
        if self.platform == "x":
            return handle or self.name or self.account_id or ""
        return self.name or handle or self.account_id or ""

    @property
    def keys(self) -> frozenset[str]:
        """Names and handles as they are compared: case, accents and signs between words do not count."""
        told = (self.handle, self.name, *self.names)
        return frozenset(key for key in map(plain_name, filter(None, told)) if key)

    def is_called(self, wanted: str) -> bool:
        """Whether this is the person of that name, handle, address or id.

        >>> ArchiveOwner(file="a", platform="x", account_id="x:12", handle="jo_e").is_called("@Jo_E")
        True
        """
        if not self.is_known:
            return False
        bare = wanted.strip()
        ids = (self.account_id or "", (self.account_id or "").partition(":")[2])
        return bare.casefold() in {one.casefold() for one in ids} or plain_name(bare) in self.keys


def is_surely_another(one: ArchiveOwner, other: ArchiveOwner) -> bool:
    """Whether two owners are two accounts by their numbers, whatever they are called."""
    return one.account_id != other.account_id and _is_number(one) and _is_number(other)


def is_same(one: ArchiveOwner, other: ArchiveOwner) -> bool | None:
    """Whether two owners on one platform are one person; None where the archives do not tell enough.

    By the account's number, else by the second in which it was made, else by its address; by names only where one of
    them has no address, since names are shared.

    >>> jo = ArchiveOwner(file="a", platform="facebook", account_id="facebook:@jo", name="Jo Exemple")
    >>> is_same(jo, ArchiveOwner(file="b", platform="facebook", account_id="facebook:me:jo exemple", name="JO EXEMPLE"))
    True
    >>> is_same(jo, ArchiveOwner(file="b", platform="facebook", account_id="facebook:@jo.2", name="Jo Exemple"))
    False
    """
    if not (one.is_known and other.is_known):
        return None
    if one.account_id == other.account_id:
        return True
    if is_surely_another(one, other):
        return False
    if one.created_at is not None and other.created_at is not None:
        return one.created_at == other.created_at
    if _is_address(one) and _is_address(other):
        return False
    if not (one.keys and other.keys):
        return None
    return bool(one.keys & other.keys)


def plain_name(name: str) -> str:
    """A name as it is compared.

    >>> plain_name("@Léa_Exemple") == plain_name("lea  exemple")
    True
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())  # 𝕊 is S, then s
    kept = "".join(one if one.isalnum() else " " for one in letters if not unicodedata.combining(one))
    return " ".join(kept.split())


def _is_number(owner: ArchiveOwner) -> bool:
    return (owner.account_id or "").partition(":")[2].isdecimal()


def _is_address(owner: ArchiveOwner) -> bool:
    return (owner.account_id or "").partition(":")[2].startswith("@")

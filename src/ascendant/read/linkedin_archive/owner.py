"""Whose archive it is: the name stands in Profile.csv, the address of the profile in the owner's own invitations.

The owner is never guessed from who is named most often. No file gives the owner's number or address as such; an
invitation says by its direction which of its two addresses is the owner's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ascendant.activity import Account
from ascendant.errors import SeveralOwners
from ascendant.read.linkedin_archive.dates import UNKNOWN
from ascendant.read.linkedin_archive.links import profile_at
from ascendant.read.linkedin_archive.network import is_outgoing
from ascendant.read.linkedin_archive.reading import Reading
from ascendant.read.linkedin_archive.story import Owner, name_key, plain_words
from ascendant.read.tabular.cells import Unreadable


class Identity(NamedTuple):
    """What one archive says of its owner."""

    name: str | None = None
    headline: str | None = None
    profile: str | None = None  # the account behind the address
    url: str | None = None
    created_at: int | None = None
    file: str | None = None

    @property
    def keys(self) -> frozenset[str]:
        """By what it can be told that two archives are of one person."""
        keys = (self.profile, name_key(self.name) if self.name else None)
        return frozenset(key for key in keys if key is not None)


def identity_in(reading: Reading) -> Identity:
    """What the files of an archive say of its owner; empty where they say nothing."""
    name = headline = file = None
    for row in reading.early("profile"):
        named = " ".join(one for one in (row.words("firstname"), row.words("lastname")) if one)
        if name is None and plain_words(named) is not None:
            name, headline, file = plain_words(named), row.words("headline"), row.file
    urls: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for row in reading.early("invitations"):
        try:
            side = ("from", "inviterprofileurl") if is_outgoing(row) else ("to", "inviteeprofileurl")
        except Unreadable:
            continue
        names.update([plain_words(row.words(side[0])) or ""])
        urls.update([row.value(side[1]) or ""])
        file = file or row.file
    url = _most_often(url for url in urls.elements() if profile_at(url) is not None)
    created = next((row.moment("registeredat") for row in reading.early("registration")), UNKNOWN)
    return Identity(
        name or _most_often(one for one in names.elements() if one),
        headline,
        profile_at(url),
        url,
        None if created.is_guess else created.at,
        file if name or url else None,
    )


def owner_of(identities: Iterable[Identity], label: str) -> Owner:
    """The one person whom all archives of an export name.

    Raises `SeveralOwners` when they name several: somebody put an archive of somebody else beside.
    """
    people: list[tuple[set[str], str]] = []
    for identity in identities:
        keys = set(identity.keys)
        if not keys:
            continue
        same = [one for one in people if one[0] & keys]
        for one in same:
            people.remove(one)
            keys |= one[0]
        people.append((keys, same[0][1] if same else identity.name or identity.profile or ""))
    if len(people) > 1:
        raise SeveralOwners(file=label, n=len(people), owners=", ".join(sorted(shown for _, shown in people)))
    if not people:
        return Owner()
    keys = people[0][0]
    by_name = sorted(key for key in keys if key.startswith("linkedin:name:"))
    by_address = sorted(key for key in keys if not key.startswith("linkedin:name:"))
    return Owner((by_address or by_name)[0], (by_name or by_address)[0])


def account_of(identity: Identity, owner: Owner, collected_at: int | None) -> Account | None:
    """The owner's account, as one archive tells it; None where it tells nothing."""
    if owner.key is None or not identity.keys:
        return None
    is_named = owner.key.startswith("linkedin:name:")
    return Account(
        account_id=owner.key,
        platform="linkedin",
        handle=None if is_named else owner.key.partition("@")[2],
        name=identity.name,
        bio=identity.headline,
        url=identity.url,
        created_at=identity.created_at,
        is_me=True,
        resolved="name_only" if is_named else "exact",
        collected_at=collected_at,
        source_file=identity.file,
    )


def _most_often(found: Iterable[str]) -> str | None:
    counted = Counter(found)
    return min(counted, key=lambda one: (-counted[one], one), default=None)

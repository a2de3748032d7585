"""The profile of an archive -> whose it is. Never from who is named most often: that is somebody's best friend.

Names change and are shared, so that an address or a number is taken where there is one; the second in which the account
was made tells two exports of one person from those of two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from ascendant.activity import Account
from ascendant.errors import BrokenFile
from ascendant.read.archive import Archive
from ascendant.read.export import Member
from ascendant.read.facebook_archive.label_values import said, values
from ascendant.read.facebook_archive.links import account_id, account_in
from ascendant.read.facebook_archive.mending import mended
from ascendant.read.facebook_archive.pages import blocks
from ascendant.read.facebook_archive.people import clean
from ascendant.read.facebook_archive.records import FullName, Profile, ProfileFile
from ascendant.read.facebook_archive.story import Owner, moment
from ascendant.read.json_items import Found, json_items

_ZONE: Final = re.compile(r"[A-Z]\w+(?:/[A-Z][\w+\-]+){1,2}|UTC")
_SLUG: Final = re.compile(r"(?i)facebook-([\w.]+)-20\d\d")
_decoder: Final = msgspec.json.Decoder(ProfileFile)


class Identity(NamedTuple):
    """What the profile files of one archive tell."""

    account_id: str | None
    names: tuple[str, ...]
    registered_at: int | None
    zone: str | None


def owner_of(archive: Archive, profiles: Iterable[Member], zones: Iterable[Member]) -> tuple[Owner, Account]:
    """The owner of an archive, and their row. Where no file names them, they are named after the archive's folder."""
    found = _identity(profiles)
    zone = found.zone or _identity(zones).zone
    name = found.names[0] if found.names else None
    slug = next(
        (one[1] for one in map(_SLUG.search, (archive.root, archive.export.path.name)) if one is not None), None
    )
    # A name that somebody else may bear too is no account's id: it is the owner's alone.
    key = found.account_id or (f"facebook:me:{name or slug}" if name or slug else "facebook:me")
    collected_at = archive.named_date()
    owner = Owner(
        account_id=key,
        salt=str(found.registered_at) if found.registered_at is not None else key,
        names=found.names,
        zone=zone,
        collected_at=collected_at,
    )
    account = Account(
        account_id=key,
        platform="facebook",
        handle=key.removeprefix("facebook:@") if key.startswith("facebook:@") else None,
        name=name,
        created_at=found.registered_at,
        is_me=True,
        resolved="exact" if found.account_id is not None else "name_only" if name else "derived",
        collected_at=collected_at,
        source_file=next((member.name for member in profiles), None),
    )
    return owner, account


def is_same(one: Owner, other: Owner) -> bool:
    """Whether two archives are of one person: by when their account was made, else by its id or by a name.

    >>> is_same(Owner("facebook:1", "1300000000000000"), Owner("facebook:@ada", "1300000000000000"))
    True
    """
    if one.account_id == other.account_id or one.salt == other.salt:
        return True
    if one.salt.isdecimal() and other.salt.isdecimal():
        return False
    return bool(set(one.names) & set(other.names)) or "facebook:me" in (one.account_id, other.account_id)


def _identity(members: Iterable[Member]) -> Identity:
    key: str | None = None
    names: list[str] = []
    registered_at: int | None = None
    zone: str | None = None
    for member in members:
        for file in _files(member):
            profile = file.profile_v2 or file.profile
            if profile is not None:
                key = (
                    key
                    or account_in(profile.profile_uri)
                    or (account_id(profile.username) if profile.username else None)
                )
                names += _names(profile)
                registered_at = registered_at or moment(profile.registration_timestamp)[0]
            labels = file.label_values or []
            words = str if member.suffix == ".html" else mended
            found = said(labels, words)
            key = key or account_in(found.url)
            names += [name for name in map(clean, [found.get("full_name")]) if name is not None]
            zones = [file.timezone_v2, file.timezone, *(value for _, value in values(labels, words))]
            zone = zone or next((one for one in zones if one and _is_zone(one)), None)
    return Identity(key, tuple(dict.fromkeys(names)), registered_at, zone)


def _files(member: Member) -> Iterator[ProfileFile]:
    """What is readable of a profile file; what is not is told when its turn comes."""
    with suppress(BrokenFile):
        if member.suffix == ".html":
            for block in blocks(member):
                yield ProfileFile(label_values=block.labels)
            return
        for found in json_items(member, "item", _decoder):
            if isinstance(found, Found):
                yield found.value


def _names(profile: Profile) -> Iterator[str]:
    name = profile.name.full_name if isinstance(profile.name, FullName) else profile.name
    told: list[Any] = [name, *(profile.previous_names or ()), *(profile.other_names or ())]
    for one in told:
        raw = one.get("name") if isinstance(one, dict) else one
        plain = clean(mended(raw)) if isinstance(raw, str) else None
        if plain is not None:
            yield plain


def _is_zone(text: str) -> bool:
    if _ZONE.fullmatch(text) is None:
        return False
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return True

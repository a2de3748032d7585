"""Whose archive it is, when it was made and what it should hold: from the manifest and from the owner's own files.

The owner is never guessed from posts: those that pass on others name others more often. Archives of before 2018 have an
index of their posts instead of a manifest.
"""

from __future__ import annotations

from typing import Final

from ascendant.activity import Account
from ascendant.errors import SeveralOwners, mark
from ascendant.read.archive import plain
from ascendant.read.x_archive.reading import Reading
from ascendant.read.x_archive.records_owner import (
    AccountLine,
    Manifest,
    Month,
    NameChangeLine,
    OwnAccount,
    PayloadDetails,
    ProfileLine,
    UserDetails,
    VerifiedLine,
)
from ascendant.read.x_archive.story import Owner, count, digits, handle_in, moment
from ascendant.read.x_posts.entities import words

PARTIAL: Final = mark("X says that this archive is only a part of the whole")
OF_ONE_OWNER: Final = ("account.js", "profile.js", "verified.js", "screen-name-change.js")
OLD_INDEX: Final = ("js/tweet_index.js", "js/user_details.js", "js/payload_details.js")


def owner_of(reading: Reading) -> tuple[Owner, Account | None]:
    """The owner, and what is known of them; nobody when no file names one.

    Raises `SeveralOwners` when the files name several people: somebody put two archives into one folder.
    """
    keys: dict[str, str] = {}  # key of each account that a file names, with its handle
    made_at = _manifest(reading, keys)
    made_at = made_at or _old_index(reading)
    if made_at is None:
        made_at = reading.archive.named_date()
    found = OwnAccount()
    for line in reading.early(AccountLine, "account.js"):
        found = line.account or line
        if (key := digits(found.account_id)) is not None:
            keys.setdefault(key, handle_in(found.username) or key)
    for old in reading.early(UserDetails, "js/user_details.js"):
        found = OwnAccount(old.id, old.screen_name, old.full_name, old.created_at)
        if (key := digits(old.id)) is not None:
            keys.setdefault(key, handle_in(old.screen_name) or key)
    verified = None
    for state in reading.early(VerifiedLine, "verified.js"):
        if state.verified is not None:
            verified = state.verified.verified
            if not keys and (key := digits(state.verified.account_id)) is not None:
                keys[key] = key
    profiles = list(reading.early(ProfileLine, "profile.js"))
    former = _former_handles(reading)
    if len(keys) > 1:
        raise SeveralOwners(file=reading.archive.export.label, n=len(keys), owners=", ".join(sorted(keys.values())))
    if not keys:
        return Owner(collected_at=made_at), None
    ((key, handle),) = keys.items()
    said = (profiles[0].profile or profiles[0]).description if profiles else None
    account = Account(
        account_id=f"x:{key}",
        platform="x",
        handle=handle if handle != key else None,
        name=found.account_display_name or None,
        bio=(words(said.bio) if said is not None else None) or None,
        url=(said.website if said is not None else None) or None,
        created_at=moment(found.created_at)[0],
        verified=verified,
        is_me=True,
        resolved="exact",
        collected_at=made_at,
    )
    handles = frozenset(name.lower() for name in (handle, *former) if name != key)
    return Owner(f"x:{key}", handles, made_at), account


def _manifest(reading: Reading, keys: dict[str, str]) -> int | None:
    """Counts into `reading.announced`, the owner into `keys`; when it was made."""
    made_at: int | None = None
    is_part = False
    counts: dict[str, int] = {}
    for one in reading.early(Manifest, "manifest.js"):
        if one.user_info is not None and (key := digits(one.user_info.account_id)) is not None:
            keys.setdefault(key, handle_in(one.user_info.user_name) or key)
        if one.archive_info is not None:
            made_at = made_at or moment(one.archive_info.generation_date)[0]
            is_part = is_part or one.archive_info.is_partial_archive in (True, "true")
        for kind in (one.data_types or {}).values():
            for file in kind.files or ():
                if file.file_name and (n := count(file.count)) is not None:
                    counts[plain(file.file_name)] = n
    reading.announced = counts
    for member in reading.members("manifest.js") if is_part else ():
        reading.add_note(member, PARTIAL)
    return made_at


def _old_index(reading: Reading) -> int | None:
    for month in reading.early(Month, "js/tweet_index.js"):
        if month.file_name and (n := count(month.tweet_count)) is not None:
            reading.announced[plain(month.file_name)] = n
    made_at = [moment(about.created_at)[0] for about in reading.early(PayloadDetails, "js/payload_details.js")]
    return made_at[0] if made_at else None


def _former_handles(reading: Reading) -> list[str]:
    """Handles that the owner gave up: links to their posts still bear them."""
    found = []
    for line in reading.early(NameChangeLine, "screen-name-change.js"):
        change = line.screen_name_change.screen_name_change if line.screen_name_change is not None else None
        handle = handle_in(change.changed_from) if change is not None else None
        found += [handle] if handle is not None else []
    return found

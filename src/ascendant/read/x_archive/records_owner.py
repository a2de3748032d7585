"""The keys that tell whose archive it is, when it was made and what it should hold, as typed records."""

from __future__ import annotations

import msgspec

from ascendant.read.x_archive.records import Number


class HeaderPost(msgspec.Struct, gc=False):
    """That there is a post."""

    user_id: Number = None


class HeaderLine(HeaderPost, gc=False):
    """A post in tweet-headers.js."""

    tweet: HeaderPost | None = None


class OwnAccount(msgspec.Struct, gc=False, rename="camel"):
    """The owner's account; its e-mail address is never decoded."""

    account_id: Number = None
    username: str | None = None
    account_display_name: str | None = None
    created_at: str | None = None


class AccountLine(OwnAccount, gc=False):
    """The one item of account.js."""

    account: OwnAccount | None = None


class Description(msgspec.Struct, gc=False):
    """What the owner says of themselves."""

    bio: str | None = None
    website: str | None = None


class Profile(msgspec.Struct, gc=False):
    """The owner's profile."""

    description: Description | None = None


class ProfileLine(Profile, gc=False):
    """The one item of profile.js."""

    profile: Profile | None = None


class Verified(msgspec.Struct, gc=False, rename="camel"):
    """Whether X verified the owner."""

    account_id: Number = None
    verified: bool | None = None


class VerifiedLine(msgspec.Struct, gc=False):
    """The one item of verified.js."""

    verified: Verified | None = None


class NameChange(msgspec.Struct, gc=False, rename="camel"):
    """A handle that the owner gave up."""

    changed_at: str | None = None
    changed_from: str | None = None


class NameChanges(msgspec.Struct, gc=False, rename="camel"):
    """What holds it."""

    account_id: Number = None
    screen_name_change: NameChange | None = None


class NameChangeLine(msgspec.Struct, gc=False, rename="camel"):
    """A change in screen-name-change.js."""

    screen_name_change: NameChanges | None = None


class ManifestUser(msgspec.Struct, gc=False, rename="camel"):
    """Whose archive it is."""

    account_id: Number = None
    user_name: str | None = None
    display_name: str | None = None


class ManifestAbout(msgspec.Struct, gc=False, rename="camel"):
    """When it was made, and whether it is whole."""

    generation_date: str | None = None
    is_partial_archive: bool | str | None = None


class ManifestFile(msgspec.Struct, gc=False, rename="camel"):
    """A file, and how many records it holds."""

    file_name: str | None = None
    count: Number = None


class ManifestFiles(msgspec.Struct, gc=False, rename="camel"):
    """The files of one kind."""

    files: list[ManifestFile] | None = None


class Manifest(msgspec.Struct, gc=False, rename="camel"):
    """data/manifest.js."""

    user_info: ManifestUser | None = None
    archive_info: ManifestAbout | None = None
    data_types: dict[str, ManifestFiles] | None = None


class UserDetails(msgspec.Struct, gc=False):
    """data/js/user_details.js of archives of before 2018."""

    id: Number = None
    screen_name: str | None = None
    full_name: str | None = None
    bio: str | None = None
    created_at: str | None = None


class PayloadDetails(msgspec.Struct, gc=False):
    """data/js/payload_details.js of archives of before 2018."""

    created_at: str | None = None


class Month(msgspec.Struct, gc=False):
    """A file of data/js/tweet_index.js of archives of before 2018."""

    file_name: str | None = None
    tweet_count: Number = None

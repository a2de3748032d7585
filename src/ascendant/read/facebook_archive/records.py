"""The keys of all layouts that are read, as typed records: what is not named here is skipped while decoding.

One record serves every kind of file: an old one has `title`, `data` and `attachments`, a new one `label_values`, and
which of them a file has is seen record by record. A key whose value has another type than any real export showed makes
the record a reject.
"""

from __future__ import annotations

from typing import Any

import msgspec

Seconds = int | float | None


class Comment(msgspec.Struct, gc=False):
    """A comment of the owner; `author` is the owner."""

    timestamp: Seconds = None
    comment: str | None = None
    author: str | None = None
    group: str | None = None


class Reaction(msgspec.Struct, gc=False):
    """A reaction; `actor` is the owner, never the author of what was reacted to."""

    reaction: str | None = None
    actor: str | None = None


class Datum(msgspec.Struct, gc=False):
    """What an old record is about."""

    post: str | None = None
    backdated_timestamp: Seconds = None
    comment: Comment | None = None
    reaction: Reaction | None = None
    name: str | None = None
    text: str | None = None


class Outside(msgspec.Struct, gc=False):
    """A link and what it shows."""

    url: str | None = None
    name: str | None = None
    source: str | None = None


class Media(msgspec.Struct, gc=False):
    """A picture or a film of the owner."""

    uri: str | None = None
    creation_timestamp: Seconds = None
    title: str | None = None
    description: str | None = None


class Titled(msgspec.Struct, gc=False):
    """A life event."""

    title: str | None = None


class Named(msgspec.Struct, gc=False):
    """Somebody or something by its name."""

    name: str | None = None


class Option(msgspec.Struct, gc=False):
    """An answer of a poll."""

    option: str | None = None
    voted: bool | None = None


class Poll(msgspec.Struct, gc=False):
    """A poll."""

    question: str | None = None
    options: list[Option] | None = None


class AttachedDatum(msgspec.Struct, gc=False):
    """One thing attached."""

    external_context: Outside | None = None
    media: Media | None = None
    life_event: Titled | None = None
    event: Named | None = None
    poll: Poll | None = None
    text: str | None = None
    name: str | None = None


class Attachment(msgspec.Struct, gc=False):
    """Things attached together."""

    data: list[AttachedDatum] | None = None


class EntryData(msgspec.Struct, gc=False):
    """What was seen or set. `value` is a date or a count, in the account's language."""

    name: str | None = None
    uri: str | None = None
    value: Any = None


class Entry(msgspec.Struct, gc=False):
    """One thing of a list of what was seen or set; those without a time are counters."""

    timestamp: Seconds = None
    data: EntryData | None = None


class OffEvent(msgspec.Struct, gc=False):
    """What a site told Facebook."""

    id: int | str | float | None = None
    type: str | None = None
    timestamp: Seconds = None


class LabelValue(msgspec.Struct, gc=False):
    """A label of the newest layout and what stands behind it: a value, a time, a list, or labels again."""

    label: str | None = None
    value: str | int | float | bool | None = None
    href: str | None = None
    timestamp_value: Seconds = None
    vec: list[LabelValue] | None = None
    parts: list[LabelValue] | None = msgspec.field(name="dict", default=None)
    title: str | None = None
    ent_field_name: str | None = None


class Record(msgspec.Struct, gc=False):
    """One record of any file."""

    timestamp: Seconds = None
    title: str | None = None
    fbid: str | int | None = None
    label_values: list[LabelValue] | None = None
    data: list[Datum] | None = None
    attachments: list[Attachment] | None = None
    tags: list[str | Named] | None = None
    name: str | None = None
    url: str | None = None
    href: str | None = None
    text: str | None = None
    action: str | None = None
    description: str | None = None
    entries: list[Entry] | None = None
    children: list[Record] | None = None
    events: list[OffEvent] | None = None
    start_timestamp: Seconds = None
    create_timestamp: Seconds = None
    added_timestamp: Seconds = None
    creation_timestamp: Seconds = None
    uri: str | None = None
    user_app_scoped_id: int | str | float | None = None
    advertiser_name: str | None = None
    advertiser: str | None = None
    has_data_file_custom_audience: bool | None = None
    has_remarketing_custom_audience: bool | None = None
    has_in_person_store_visit: bool | None = None


class FullName(msgspec.Struct, gc=False):
    """A name and its parts."""

    full_name: str | None = None


class Profile(msgspec.Struct, gc=False):
    """Whose archive it is. Lists of names hold texts or objects, by year."""

    name: FullName | str | None = None
    other_names: list[Any] | None = None
    previous_names: list[Any] | None = None
    registration_timestamp: Seconds = None
    profile_uri: str | None = None
    username: str | None = None


class ProfileFile(msgspec.Struct, gc=False):
    """profile_information.json and timezone.json, of any layout."""

    profile: Profile | None = None
    profile_v2: Profile | None = None
    timezone: str | None = None
    timezone_v2: str | None = None
    fbid: str | int | None = None
    label_values: list[LabelValue] | None = None


class Device(msgspec.Struct, gc=False):
    """Days on which a device was used, each by one of its seconds."""

    activity_by_day: list[int | float] | None = None


class LastActivity(msgspec.Struct, gc=False):
    """Devices by their names, in the language that each had."""

    last_activity_time: dict[str, Device] | None = None


class DaysFile(msgspec.Struct, gc=False):
    """your_facebook_activity_history.json."""

    last_activity: LastActivity | None = None
    last_activity_v2: LastActivity | None = None


class Message(msgspec.Struct, gc=False):
    """The header of a private message; its words are skipped while decoding."""

    sender_name: str | None = None
    timestamp_ms: Seconds = None

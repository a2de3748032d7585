"""One file of an export -> its rows: records of JSON or of a page, each told by the story of its entry.

A record that cannot be read is a reject, and the next one is read. Files of other shapes than records (the profile, the
days of use, conversations) have functions of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Final, TypeAlias, TypeVar

import msgspec

from ascendant.activity import Activity, Reject
from ascendant.errors import BrokenFile, mark
from ascendant.read.export import Member
from ascendant.read.facebook_archive.figures import days_of_use
from ascendant.read.facebook_archive.files import File
from ascendant.read.facebook_archive.messages import Conversation
from ascendant.read.facebook_archive.page_records import record_of
from ascendant.read.facebook_archive.pages import blocks, is_page
from ascendant.read.facebook_archive.records import DaysFile, LabelValue, Message, Named, ProfileFile, Record
from ascendant.read.facebook_archive.shapes import ways_in
from ascendant.read.facebook_archive.stories import OF_WORDS
from ascendant.read.facebook_archive.story import Place, Tell, Telling
from ascendant.read.json_items import Found, json_items

FROM_PAGES: Final = mark(
    "read from a page in HTML, with dates in an unnamed time zone, no ids and few links: ask Facebook for JSON instead"
)
NEW_LAYOUT: Final = mark("a layout that this version does not know")

Told: TypeAlias = Iterator[Activity | Reject]
_T = TypeVar("_T")

_RECORDS: Final = msgspec.json.Decoder(Record)
_RECORDS_OR_WORDS: Final = msgspec.json.Decoder(Record | str)
_PARTS: Final = msgspec.json.Decoder(LabelValue)
_PROFILES: Final = msgspec.json.Decoder(ProfileFile)
_DAYS: Final = msgspec.json.Decoder(DaysFile)
_MESSAGES: Final = msgspec.json.Decoder(Message)
_NAMES: Final = msgspec.json.Decoder(Named)


@dataclass
class Tally:
    """What came of one file."""

    n_records: int = 0
    n_told: int = 0  # rows, before those that another file told are left out
    n_rejects: int = 0
    is_unknown: bool = False


def told_by(telling: Telling, entry: File, member: Member, tell: Tell | None, tally: Tally) -> Told:
    """The rows of a file. Raises `BrokenFile` from the loop when the stored data is damaged."""
    if entry.story == "profile":
        return _owner(telling, member, tally)
    if entry.story == "days_of_use":
        return _days(telling, member, tally)
    if entry.story == "messages":
        return _messages(telling, member, tally)
    assert tell is not None, entry.story
    if member.suffix == ".html":
        return _page(telling, entry, member, tell, tally)
    return _records(telling, entry, member, tell, tally)


def names_in(entry: File, member: Member, zone: str | None) -> Iterator[tuple[str, str | None]]:
    """Names, with addresses, in a list of friends, pages or groups; its damage is told when it is read for good."""
    try:
        for record, place in _named(entry, member, zone):
            names: list[str | None] = [datum.name for datum in record.data or () if datum.name]
            for name in names or [record.name]:
                if name:
                    yield place.words(name), record.url
    except BrokenFile:
        return


def _named(entry: File, member: Member, zone: str | None) -> Iterator[tuple[Record, Place]]:
    if member.suffix == ".html":
        for block in blocks(member):
            yield record_of(entry.story, block, zone)[0], Place(member.name, "", 0, basis="local_unknown")
        return
    for way in ways_in(member, entry) or ():
        for found in json_items(member, way.prefix, _RECORDS):
            if isinstance(found, Found):
                yield found.value, Place(member.name, found.pointer, 0)


def _records(telling: Telling, entry: File, member: Member, tell: Tell, tally: Tally) -> Told:
    ways = ways_in(member, entry)
    if ways is None:
        tally.is_unknown = True
        telling.note(NEW_LAYOUT)
        return
    decoder: msgspec.json.Decoder[Any] = _RECORDS_OR_WORDS if entry.story in OF_WORDS else _RECORDS
    for way in ways:
        for found in _found(member, way.prefix, _PARTS if way.in_lists else decoder, tally, way.start):
            if not isinstance(found, Found):
                yield found
                continue
            value = found.value
            if way.in_lists:
                value = Record(label_values=value.parts or [value])
            yield from tell(
                telling, value, Place(member.name, way.start + found.pointer, tally.n_records, found.is_repaired)
            )


def _page(telling: Telling, entry: File, member: Member, tell: Tell, tally: Tally) -> Told:
    telling.note(FROM_PAGES)
    if not is_page(member.head()):
        tally.is_unknown = True
        telling.note(NEW_LAYOUT)
        return
    zone = telling.owner.zone
    basis = "account_tz" if zone is not None else "local_unknown"
    for block in blocks(member):
        tally.n_records += 1
        record, when = record_of(entry.story, block, zone)
        place = Place(member.name, f"section {tally.n_records}", tally.n_records, basis=basis, moment=when)
        yield from tell(telling, record, place)


def _owner(telling: Telling, member: Member, tally: Tally) -> Told:
    """The profile again: whose it is was read before anything else, its damage is told now."""
    if member.suffix == ".html":
        telling.note(FROM_PAGES)
        tally.n_records = sum(1 for _ in blocks(member))
    else:
        yield from (found for found in _found(member, "item", _PROFILES, tally) if not isinstance(found, Found))
    tally.n_told = tally.n_records


def _days(telling: Telling, member: Member, tally: Tally) -> Told:
    for found in _found(member, "item", _DAYS, tally):
        if not isinstance(found, Found):
            yield found
            continue
        last = found.value.last_activity_v2 or found.value.last_activity
        devices = (last.last_activity_time if last is not None else None) or {}
        for number, (device, days) in enumerate(devices.items(), start=1):
            place = Place(member.name, f"{found.pointer}/{number}", number)
            yield from days_of_use(telling, place, place.words(device), days.activity_by_day or [])


def _messages(telling: Telling, member: Member, tally: Tally) -> Told:
    path = PurePosixPath(member.name)
    unwatched = replace(member, watcher=None)
    n_people = sum(isinstance(found, Found) for found in json_items(unwatched, "participants.item", _NAMES))
    talk = Conversation(telling, f"{path.parent.name}/{path.stem}", is_group=n_people > 2)
    for found in _found(member, "messages.item", _MESSAGES, tally):
        if isinstance(found, Found):
            talk.count(found.value, Place(member.name, found.pointer, tally.n_records))
        else:
            yield found
    yield from talk.rows(Place(member.name, "item 1", 1))


def _found(
    member: Member, prefix: str, decoder: msgspec.json.Decoder[_T], tally: Tally, start: str = ""
) -> Iterator[Found[_T] | Reject]:
    """Records, counted; rejects say in which file and list they stand."""
    for found in json_items(member, prefix, decoder):
        if isinstance(found, Found):
            tally.n_records += 1
            yield found
        else:
            yield msgspec.structs.replace(found, pointer=start + found.pointer, member=member.name)

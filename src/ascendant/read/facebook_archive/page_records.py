"""Blocks of a page -> the records that JSON would have, so that one story reads both."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from ascendant.read.facebook_archive.dates import local_moment
from ascendant.read.facebook_archive.pages import Block
from ascendant.read.facebook_archive.records import (
    AttachedDatum,
    Attachment,
    Comment,
    Datum,
    LabelValue,
    Outside,
    Reaction,
    Record,
)
from ascendant.read.facebook_archive.story import Moment
from ascendant.read.facebook_archive.wording import reaction_of, role_of

_LONGEST_DATE: Final = 45
# Stories whose older records have a title and data, not labels.
_OLD_SHAPES: Final = frozenset(
    "posts group_posts comments reactions follows followers pages_followed pages_unfollowed page_likes friends groups"
    " searches off_meta".split()
)
_NAMES: Final = frozenset("interests categories contact_lists".split())


def record_of(story: str, block: Block, zone: str | None) -> tuple[Record, Moment | None]:
    """The record, and its moment where the page tells one beside it.

    >>> record, when = record_of("friends", Block(title="Jo", date="Jan 05, 2024 1:00:00 pm"), None)
    >>> record.name, when
    ('Jo', (1704459600000000, 'local_unknown', 's'))
    """
    when = local_moment(block.date, zone) if block.date else None
    words = []
    for text in block.words:
        dated = local_moment(text, zone) if len(text) <= _LONGEST_DATE else (None, None, None)
        if dated[0] is None or dated[2] == "day":
            words.append(text)
        else:
            when = when if when is not None and when[0] is not None else dated
    _date_cells(block.labels, zone)
    title = block.title or None
    body = " ".join(word for word in words if word not in block.links) or None
    if story not in _OLD_SHAPES:
        labels = list(block.labels)
        if not labels and story in _NAMES:
            labels = [LabelValue(value=title or body)]
        elif not labels:
            labels = [LabelValue(label="Name", value=title), LabelValue(label="Text", value=body)]
        labels += [LabelValue(href=url) for url in block.links[:1]]
        return Record(label_values=labels), when
    links = [*block.links, *(url for url in block.foot_links if "/dyi/" not in url)]
    return _old_record(story, block, title, body, links[0] if links else None), when


def _old_record(story: str, block: Block, title: str | None, text: str | None, url: str | None) -> Record:
    match story:
        case "posts" | "group_posts":
            shared = [Attachment(data=[AttachedDatum(external_context=Outside(url=url))])] if url else None
            return Record(title=title, data=[Datum(post=text)], attachments=shared)
        case "comments":
            cells = {role_of(cell.label): cell.value for cell in block.labels}
            group = cells.get("group")
            return Record(title=title, data=[Datum(comment=Comment(comment=text, group=str(group) if group else None))])
        case "reactions":
            icons = [PurePosixPath(picture).stem for picture in block.pictures]
            code = next((icon.upper() for icon in icons if reaction_of(icon) is not None), None)
            return Record(title=title, data=[Datum(reaction=Reaction(reaction=reaction_of(code) if code else None))])
        case "searches":
            return Record(title=title, data=[Datum(text=text or title)])
        case "groups":
            return Record(title=title)
        case "off_meta":
            return Record(title=title, text=text)
    return Record(name=title or text, url=url)


def _date_cells(labels: list[LabelValue], zone: str | None, depth: int = 0) -> None:
    """Cells that hold a date hold a time."""
    for cell in labels if depth < 8 else ():
        if isinstance(cell.value, str) and len(cell.value) <= _LONGEST_DATE:
            found = local_moment(cell.value, zone)
            if found[0] is not None and found[2] != "day":
                cell.timestamp_value, cell.value = found[0] // 1_000_000, None
        for inner in (cell.vec, cell.parts):
            if inner:
                _date_cells(inner, zone, depth + 1)

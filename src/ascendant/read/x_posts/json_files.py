"""A member that holds JSON -> its items: one object a line, one document, or one array of any length.

The forms may be mixed: a line that is of another form than the first is read in its own. Bad lines are rejects.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final, TypeAlias

import ijson
import msgspec

from ascendant.activity import Coverage, Reject
from ascendant.errors import BrokenFile
from ascendant.read.export import Member
from ascendant.read.lines import BLOCK_BYTES, LONGEST_LINE_BYTES, LongLine, numbered_lines
from ascendant.read.nesting import ShallowStream, TooDeep
from ascendant.read.x_posts import api_v1, api_v2, graphql, normalised
from ascendant.read.x_posts.api_v1 import Fact, Facts
from ascendant.read.x_posts.refusals import (
    BAD_UTF8,
    BROKEN_JSON,
    NOT_AN_OBJECT,
    NUL_BYTES,
    TOO_DEEP,
    TOO_LONG,
    UNKNOWN_RECORD,
    WRONG_TYPE,
    Refused,
)
from ascendant.read.x_posts.shapes import is_document, json_shape

Read: TypeAlias = Callable[[bytes, str], Facts | str | None]
Item: TypeAlias = Fact | Coverage

# `in` takes twice as long on bytes that are full of other escapes.
_NUL: Final = re.compile(rb"\\u0000").search

FORMS: Final[dict[str, Read]] = {
    "v1": api_v1.read,
    "v2": api_v2.read,
    "graphql": graphql.read,
    "normalised": normalised.read,
}


def items(member: Member, head: bytes, shape: str) -> Iterator[Item]:
    """All items of a member, its `Coverage` last. Raises `BrokenFile` after that where the file breaks off."""
    tally = _Tally()
    damage: BrokenFile | None = None
    try:
        with member.open() as stream:
            records = _document(stream, head) if is_document(head) else _lines(stream)
            for pointer, record in records:
                if isinstance(record, Reject):
                    tally.n_records += 1
                    yield record
                else:
                    yield from _facts(record, pointer, shape, tally)
    except BrokenFile as error:
        damage = error
    status = "unreadable" if damage is not None else "parsed" if tally.n_records else "empty"
    yield Coverage(member=member.name, status=status, rows_in=tally.n_records, note=tally.note(damage))
    if damage is not None:
        raise damage


class _Tally:
    """How many records were met, and which notices among them tell nothing of posts."""

    def __init__(self) -> None:
        self.n_records = 0
        self.notices: Counter[str] = Counter()

    def note(self, damage: BrokenFile | None) -> str | None:
        """The notices in words, and why the file could not be read to its end."""
        notices = ", ".join(f"{name}: {n}" for name, n in sorted(self.notices.items()))
        return "; ".join(filter(None, [notices, str(damage.reason) if damage is not None else ""])) or None


def _facts(record: bytes, pointer: str, shape: str, tally: _Tally) -> list[Fact]:
    """The facts of one record, or the reject that it is."""
    try:
        found = FORMS[shape](record, pointer)
        if found is None:
            other = json_shape(record)
            found = FORMS[other](record, pointer) if other is not None and other != shape else None
    except Refused as refusal:
        tally.n_records += 1
        return [Reject(pointer, refusal.reason, refusal.detail)]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        tally.n_records += 1
        return [_reject(record, pointer, error)]
    if found is None:
        tally.n_records += 1
        return [Reject(pointer, UNKNOWN_RECORD)]
    if isinstance(found, str):
        tally.n_records += 1
        tally.notices[found] += 1
        return []
    tally.n_records += max(found.n_records, sum(type(fact) is Reject for fact in found)) if len(found) > 1 else 1
    if _NUL(record) is not None:
        return [_without_nul(fact) for fact in found]
    return found


def _lines(stream: BinaryIO) -> Iterator[tuple[str, bytes | Reject]]:
    for number, line in numbered_lines(stream):
        pointer = f"line {number}"
        if isinstance(line, LongLine):
            yield pointer, Reject(pointer, TOO_LONG, f"{line.n_bytes:,}")
        else:
            yield pointer, line


def _document(stream: BinaryIO, head: bytes) -> Iterator[tuple[str, bytes | Reject]]:
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
        yield from _array(stream)
        return
    blocks, n_bytes = [], 0
    while block := stream.read(BLOCK_BYTES):
        n_bytes += len(block)
        if n_bytes <= LONGEST_LINE_BYTES:
            blocks.append(block)
    if n_bytes > LONGEST_LINE_BYTES:
        yield "document", Reject("document", TOO_LONG, f"{n_bytes:,}")
    else:
        yield "document", b"".join(blocks).removeprefix(b"\xef\xbb\xbf")


def _array(stream: BinaryIO) -> Iterator[tuple[str, bytes | Reject]]:
    """Elements, one by one, as JSON again, so that each form is read in one way only."""
    found: Iterator[Any] = ijson.items(ShallowStream(stream), "item", use_float=True)
    number = 0
    while True:
        number += 1
        pointer = f"item {number}"
        try:
            element = next(found)
        except StopIteration:
            return
        except TooDeep:
            yield pointer, Reject(pointer, TOO_DEEP)
            return
        except (ijson.JSONError, UnicodeDecodeError) as error:
            reason = BAD_UTF8 if isinstance(error, UnicodeDecodeError) or "UTF8" in str(error) else BROKEN_JSON
            yield pointer, Reject(pointer, reason)
            return
        try:
            yield pointer, msgspec.json.encode(element)
        except (UnicodeEncodeError, ValueError, OverflowError):
            yield pointer, Reject(pointer, BROKEN_JSON)


def _reject(record: bytes, pointer: str, error: Exception) -> Reject:
    if isinstance(error, RecursionError):
        return Reject(pointer, TOO_DEEP)
    if isinstance(error, UnicodeDecodeError):
        return Reject(pointer, BAD_UTF8, error.reason)
    if isinstance(error, msgspec.ValidationError):
        is_object = record.lstrip()[:1] == b"{"
        return Reject(pointer, WRONG_TYPE if is_object else NOT_AN_OBJECT, str(error))
    reason = NUL_BYTES if b"\0" in record else BROKEN_JSON
    return Reject(pointer, reason, str(error))


def _without_nul(fact: Fact) -> Fact:
    """Text that writes NUL as an escape: no database keeps it."""
    changed: dict[str, Any] = {}
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        if isinstance(value, str) and "\0" in value:
            changed[name] = value.replace("\0", "")
        elif isinstance(value, tuple) and any("\0" in part for part in value):
            changed[name] = tuple(part.replace("\0", "") for part in value)
    return msgspec.structs.replace(fact, **changed) if changed else fact

"""A member that holds JSON (one object a line, one document, or an array) -> its records, one by one.

A page of an API (`{"data": [...]}`) gives the records that it holds. A bad record is a `Reject`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO, Final, TypeAlias

import ijson
import msgspec

from ascendant.activity import Reject
from ascendant.errors import mark
from ascendant.read.export import Member
from ascendant.read.lines import BLOCK_BYTES, LONGEST_LINE_BYTES, LongLine, numbered_lines
from ascendant.read.nesting import ShallowStream, TooDeep

Record: TypeAlias = dict[str, Any]

BROKEN_JSON: Final = mark("not valid JSON")
NOT_AN_OBJECT: Final = mark("something else where one JSON object is expected")
TOO_LONG: Final = mark("longer than the limit")
TOO_DEEP: Final = mark("nested too deeply")

_decode: Final = msgspec.json.Decoder().decode


def records(member: Member) -> Iterator[tuple[str, Record | Reject]]:
    """Records with their pointers (`line 3`, `item 3`, `line 3/data/2`). Raises `BrokenFile` where it breaks off."""
    head = member.head().removeprefix(b"\xef\xbb\xbf").lstrip()
    first, end, _ = head.partition(b"\n")
    with member.open() as stream:
        if head[:1] == b"[":
            yield from _array(stream)
        elif head[:1] == b"{" and end and not first.rstrip().endswith(b"}"):
            yield from _document(stream)
        else:
            for number, line in numbered_lines(stream):
                pointer = f"line {number}"
                if isinstance(line, LongLine):
                    yield pointer, Reject(pointer, TOO_LONG, f"{line.n_bytes:,}")
                else:
                    yield from _decoded(line, pointer)


def _document(stream: BinaryIO) -> Iterator[tuple[str, Record | Reject]]:
    blocks, n_bytes = [], 0
    while block := stream.read(BLOCK_BYTES):
        n_bytes += len(block)
        if n_bytes <= LONGEST_LINE_BYTES:
            blocks.append(block)
    if n_bytes > LONGEST_LINE_BYTES:
        yield "document", Reject("document", TOO_LONG, f"{n_bytes:,}")
    else:
        yield from _decoded(b"".join(blocks).removeprefix(b"\xef\xbb\xbf"), "document")


def _decoded(raw: bytes, pointer: str) -> Iterator[tuple[str, Record | Reject]]:
    try:
        found = _decode(raw)
    except RecursionError:
        yield pointer, Reject(pointer, TOO_DEEP)
        return
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        yield pointer, Reject(pointer, BROKEN_JSON, str(error))
        return
    yield from _unfolded(found, pointer)


def _array(stream: BinaryIO) -> Iterator[tuple[str, Record | Reject]]:
    found: Iterator[Any] = ijson.items(ShallowStream(stream), "item")  # decimals: `use_float` stops at a long integer
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
        except (ijson.JSONError, UnicodeDecodeError):
            yield pointer, Reject(pointer, BROKEN_JSON)
            return
        yield from _unfolded(_plain(element), pointer)


def _plain(value: Any) -> Any:
    """The same value with floats for decimals."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return float(value) if isinstance(value, Decimal) else value


def _unfolded(found: object, pointer: str) -> Iterator[tuple[str, Record | Reject]]:
    if not isinstance(found, dict):
        yield pointer, Reject(pointer, NOT_AN_OBJECT)
    elif isinstance(inner := found.get("data"), list):
        for i, one in enumerate(inner):
            place = f"{pointer}/data/{i}"
            yield place, one if isinstance(one, dict) else Reject(place, NOT_AN_OBJECT)
    else:
        yield pointer, found


def part(record: object, *path: str) -> Any:
    """What stands at a path of keys, each with or without the star of a resolved reference; null where nothing does.

    >>> part({"*a": {"b": 1}}, "a", "b"), part({"a": [1]}, "a", "b")
    (1, None)
    """
    for step in path:
        if not isinstance(record, dict):
            return None
        found = record.get(step)
        record = record.get(f"*{step}") if found is None else found
    return record


def words(value: object) -> str | None:
    """A text that is not empty, without NUL bytes and half characters; null for anything else.

    >>> words(" a\\0 "), words(""), words(3), words("\\ud83d!")
    (' a ', None, None, '\ufffd!')
    """
    if not isinstance(value, str) or not value.strip():
        return None
    if "\0" in value:
        value = value.replace("\0", "")
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value if value.strip() else None


def whole_number(value: object) -> int | None:
    """A whole number, also where it is written as text; null for anything else.

    >>> whole_number("12"), whole_number(12.0), whole_number(True), whole_number("12.5")
    (12, 12, None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else None
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else None
    if isinstance(value, str) and value.strip().removeprefix("-").isdecimal() and value.isascii():
        n = int(value) if len(value.strip()) < 20 else 2**63
        return n if -(2**63) <= n < 2**63 else None
    return None

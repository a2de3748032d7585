"""The first bytes of a file -> how its records are reached: an array, an array under a key, or one record alone.

Facebook writes a list of one record as that record alone. Keys have versions (`comments`, `comments_v2`); which of them
a file has does not follow from where it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from ascendant.read.export import Member
from ascendant.read.facebook_archive.files import File
from ascendant.read.facebook_archive.records import Record
from ascendant.read.facebook_archive.stories import IN_LISTS
from ascendant.read.json_items import LARGEST_ITEM_BYTES

_FIRST_KEY: Final = re.compile(rb'\{\s*"([\w\\]*)"\s*:')
_INNER: Final = re.compile(rb'\s*"(\w+)"\s*:\s*\[')
_TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*"?|[{}\[\]]')
_OWN_KEYS: Final = frozenset(field.encode_name.encode() for field in msgspec.structs.fields(Record)) | {
    b"media",
    b"ent_name",
}
_IN_ARRAYS: Final = frozenset({"posts", "reactions"})
_NEW: Final = re.compile(rb'"label_values"\s*:\s*\[')
_OLD: Final = re.compile(rb'\[\s*\{\s*"(?:timestamp|data|attachments|title|name)"\s*:')


class Way(NamedTuple):
    """A path to records, as ijson writes it; what their pointers begin with; whether they are parts of one record."""

    prefix: str
    start: str = ""
    in_lists: bool = False


def ways_in(member: Member, entry: File) -> list[Way] | None:
    """How the records of a file are reached; none in an empty one, None when its keys are not known."""
    head = member.head().removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:1] != b"{":
        return [_in_array(member, entry, head)] if head else []
    if head.rstrip()[1:].strip() == b"}":
        return []
    found = _keyed(head, entry.keys)
    if found is not None:
        return found
    first = _FIRST_KEY.match(head)
    if first is None or first[1] in _OWN_KEYS:
        return [_in_array(member, entry, head)]  # a record alone, or no JSON: the decoder says which
    return None


def holds(head: bytes, entry: File) -> bool:
    """Whether the first bytes are those of such a file, in one of its layouts; an array of old records is one of posts.

    >>> from ascendant.read.facebook_archive.files import table
    >>> entry = table().entries["comments"]
    >>> holds(b'{"comments_v2": []}', entry), holds(b'[{"id": 1, "body": "comment"}]', entry)
    (True, False)
    """
    if entry.keys and _pattern(entry.keys).search(head) is not None:
        return True
    return _NEW.search(head) is not None or (entry.story in _IN_ARRAYS and _OLD.match(head.lstrip()) is not None)


def first_key(member: Member) -> str | None:
    """The key that a file begins with."""
    found = _FIRST_KEY.match(member.head(4096).removeprefix(b"\xef\xbb\xbf").lstrip())
    return found[1].decode() if found is not None else None


def _keyed(head: bytes, keys: frozenset[str]) -> list[Way] | None:
    found = _pattern(keys).search(head) if keys else None
    if found is None:
        return None
    key = found[1].decode()
    if found[2] == b"[":
        return [Way(f"{key}.item")]
    if found[2] == b'"':
        return [Way(key)]
    inner = _INNER.match(head, found.end())
    if inner is None:
        return [Way(key)]
    # Answers to invitations are in one list for each answer; anything else is in one.
    if inner[1].startswith(b"events_"):
        names = ("events_joined", "events_interested", "events_declined")
        return [Way(f"{key}.{name}.item", f"{name} ") for name in names]
    return [Way(f"{key}.{inner[1].decode()}.item")]


@lru_cache(maxsize=256)
def _pattern(keys: frozenset[str]) -> re.Pattern[bytes]:
    names = b"|".join(re.escape(key.encode()) for key in sorted(keys))
    return re.compile(rb'"((?:' + names + rb')(?:_v\d+)?)"\s*:\s*([\[{"])')


def _in_array(member: Member, entry: File, head: bytes) -> Way:
    is_large = member.size > LARGEST_ITEM_BYTES // 2 and entry.story in IN_LISTS
    if is_large and b'"vec"' in head and not _ends(head):
        return Way("item.label_values.item.vec.item", in_lists=True)
    return Way("item")


def _ends(head: bytes) -> bool:
    """Whether the first record ends within the first bytes."""
    depth = 0
    record = 1 if head[:1] == b"[" else 0
    for token in _TOKEN.finditer(head):
        if token[0] in (b"{", b"["):
            depth += 1
        elif token[0] in (b"}", b"]"):
            depth -= 1
            if depth == record:
                return True
    return False

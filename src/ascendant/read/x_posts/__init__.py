"""Posts of X, as researchers collect them -> Activity rows, with the accounts that wrote them.

Which file it is, its first bytes tell (`shapes`): JSON lines or documents of API v1.1 (`api_v1`), of API v2 as twarc2
writes it (`api_v2`), of X's own pages as Zeeschuimer collects them (`graphql`), of minet and twitwi (`normalised`);
or a table of twarc-csv, minet, 4CAT, or of X's releases on information operations (`table_shapes`).

A repost names its root author and carries the whole words of the original. Posts inside others are facts like any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from ascendant.activity import Account, Activity, Coverage, Reject
from ascendant.read.export import Export, Member
from ascendant.read.options import ReadOptions
from ascendant.read.x_posts import json_files, tables
from ascendant.read.x_posts.refusals import UNKNOWN_FILE
from ascendant.read.x_posts.shapes import json_shape, table_of

Item: TypeAlias = Activity | Account | Coverage | Reject

# Form or table -> what gives such files; the reference page lists them.
FILES: Final = {
    "v1": "API v1.1, archived or streamed: JSON lines, an array or one document; also what X's embedding service gives",
    "v2": "API v2 as twarc2 writes it: pages with their includes, flattened posts, streams and accounts, in JSON",
    "graphql": "what X's own pages load, collected in a browser by Zeeschuimer, and 4CAT's copies of it, in JSON lines",
    "normalised": "minet, twitwi and gazouilloire in JSON lines",
    "twarc-csv": "CSV of twarc-csv, from API v2",
    "minet": "CSV of minet, twitwi and gazouilloire",
    "4cat": "CSV of 4CAT, from API v2 and from Zeeschuimer; its reposts do not say of which post",
    "release": "CSV of X's releases on information operations; accounts with few followers are hashes",
}

_HEAD_BYTES: Final = 1 << 20  # a page of 500 posts in one line may begin with its accounts


class XPostsReader:
    """The reader of collected posts of X."""

    name = "x_posts"
    version = 1

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        """One member whose keys or columns are those of a known form."""
        if len(export.members) != 1:
            return False
        head = export.members[0].head()
        return (json_shape(head) if _is_json(head) else table_of(head)) is not None

    def read(self, export: Export, options: ReadOptions) -> Iterator[Item]:
        """Raises `BrokenFile` after what could be read."""
        for member in export.members:
            yield from _items(member)


READER = XPostsReader()


def _items(member: Member) -> Iterator[Item]:
    head = member.head()
    if _is_json(head):
        shape = json_shape(head) or json_shape(member.head(_HEAD_BYTES))
        if shape is not None:
            yield from json_files.items(member, head, shape)
            return
    elif (table := table_of(head)) is not None:
        yield from tables.items(member, *table)
        return
    yield Reject("file", UNKNOWN_FILE)
    yield Coverage(member=member.name, status="unknown", rows_in=1)


def _is_json(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")

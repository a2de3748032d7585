"""The first bytes of a file -> what it is, where it is known to hold no posts and no table; and what to try instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ascendant.errors import Caveat, mark

UNPACK: Final = mark("unpack it, and give the folder.")
SAVE_AS_CSV: Final = mark("save the sheet as CSV (UTF-8), and give that file.")
EXPORT_AS_CSV: Final = mark("export the table as CSV from the program that made it.")
GIVE_POSTS: Final = mark("give posts as they were collected, or a table: CSV, Parquet, or one JSON object a line.")
NAME_COLUMNS: Final = mark(
    "a table can be read by naming its columns, for instance: "
    "--columns actor=author object_author=reposted happened_at=date verb=type"
)
LINE_BY_LINE: Final = mark(
    "write one object on each line (`jq -c '.[]' FILE > FILE.jsonl`), then name its keys with --columns."
)

BINARY: Final = mark("binary data")
_ARCHIVE: Final = mark("an archive")
_WORKBOOK: Final = mark("an Excel workbook or another office document")
_PICTURE: Final = mark("a picture")
_FILM: Final = mark("a video or a sound")

_MAGIC: Final = (
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _WORKBOOK, SAVE_AS_CSV),
    (0, b"SQLite format 3\0", mark("an SQLite database"), EXPORT_AS_CSV),
    (0, b"%PDF", mark("a PDF document"), GIVE_POSTS),
    (0, b"\xff\xd8\xff", _PICTURE, GIVE_POSTS),
    (0, b"\x89PNG\r\n\x1a\n", _PICTURE, GIVE_POSTS),
    (0, b"GIF8", _PICTURE, GIVE_POSTS),
    (8, b"WEBP", _PICTURE, GIVE_POSTS),
    (4, b"ftyp", _FILM, GIVE_POSTS),
    (0, b"\x1aE\xdf\xa3", _FILM, GIVE_POSTS),
    (0, b"7z\xbc\xaf\x27\x1c", _ARCHIVE, UNPACK),
    (0, b"Rar!\x1a\x07", _ARCHIVE, UNPACK),
    (257, b"ustar", _ARCHIVE, UNPACK),
    (0, b"BZh", _ARCHIVE, UNPACK),
    (0, b"\xfd7zXZ\0", _ARCHIVE, UNPACK),
)


@dataclass(frozen=True)
class Seen:
    """What a file looks like: `kind` in words that hold nothing of it, `words` with the names of its columns."""

    kind: str
    words: Caveat | str
    remedy: str


def known_otherwise(head: bytes, name: str) -> Seen | None:
    """What is known to be no table, by its first bytes; None where it may be one.

    >>> known_otherwise(b"%PDF-1.7", "a.csv").kind, known_otherwise(b'[{"who": 1}]', "a.json").remedy[:28]
    ('a PDF document', 'write one object on each lin')
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:4] == b"PK\x03\x04":
        is_archive = name.lower().endswith(".zip")
        return _seen(_ARCHIVE, UNPACK) if is_archive else _seen(_WORKBOOK, SAVE_AS_CSV)
    for place, magic, kind, remedy in _MAGIC:
        if head[place : place + len(magic)] == magic:
            return _seen(kind, remedy)
    if start[:1] == b"[" and b"{" in head[:4096]:
        return _seen(mark("a JSON array, where one object on each line is expected"), LINE_BY_LINE)
    if start[:1] == b"<" and b"<" in start[1:4096]:
        return _seen(mark("a web page or XML"), EXPORT_AS_CSV)
    return None


def _seen(kind: str, remedy: str) -> Seen:
    return Seen(kind, kind, remedy)

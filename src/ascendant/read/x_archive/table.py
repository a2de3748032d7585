"""tweets.csv of archives of before 2018 -> posts, for those who kept nothing else. It names nobody: no owner, no author
of what was answered but by number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final, cast

from ascendant.activity import Reject
from ascendant.errors import BrokenFile, mark
from ascendant.read.export import Member
from ascendant.read.x_archive.posts import Posts
from ascendant.read.x_archive.reading import DAMAGED, Reading
from ascendant.read.x_archive.records import Entities, Link, Post, PostLine, User
from ascendant.read.x_archive.story import Item, Place
from ascendant.read.x_posts.refusals import BAD_ROW, NUL_BYTES, WRONG_WIDTH, Refused

SAME_POSTS: Final = mark("the same posts as in the files by month, with less")
COLUMNS: Final = ("tweet_id", "in_reply_to_status_id", "timestamp", "text", "retweeted_status_id", "expanded_urls")


def is_table_of_posts(head: bytes) -> bool:
    """Whether a table begins as this one.

    >>> is_table_of_posts(b"tweet_id,in_reply_to_status_id,timestamp,text,retweeted_status_id,expanded_urls")
    True
    """
    first = head.removeprefix(b"\xef\xbb\xbf").splitlines()[:1]
    try:
        return set(COLUMNS) <= set(next(csv.reader([line.decode("utf-8", "replace") for line in first]), []))
    except csv.Error:
        return False


def posts_in_table(reading: Reading, member: Member, posts: Posts) -> Iterator[Item]:
    """What a table of posts tells; its coverage is told at its end."""
    n_rows, status, note = 0, "parsed", None
    try:
        with member.open() as stream:
            text = io.TextIOWrapper(io.BufferedReader(cast(io.RawIOBase, stream)), "utf-8-sig", "replace", newline="")
            rows = csv.reader(text)
            header: list[str] | None = None
            while True:
                pointer = f"line {rows.line_num + 1}"
                try:
                    cells = next(rows)
                except StopIteration:
                    break
                except csv.Error as error:
                    n_rows += 1
                    yield Reject(pointer, BAD_ROW, str(error), member.name)
                    continue
                if not cells:
                    continue
                if header is None:
                    header = cells
                    continue
                n_rows += 1
                if any("\0" in cell for cell in cells):
                    yield Reject(pointer, NUL_BYTES, "", member.name)
                    continue
                if len(cells) != len(header):
                    yield Reject(pointer, WRONG_WIDTH, "", member.name)
                    continue
                try:
                    yield from posts.records(
                        _post(dict(zip(header, cells, strict=True))), Place(member.name, pointer, n_rows - 1, False)
                    )
                except Refused as refusal:
                    yield Reject(pointer, refusal.reason, refusal.detail, member.name)
    except BrokenFile as error:
        reading.damage = reading.damage or error
        status, note = "unreadable", DAMAGED
    reading.cover(member, status if n_rows or note else "empty", n_rows, note)


def _post(row: dict[str, str]) -> PostLine:
    root = None
    if row.get("retweeted_status_id"):
        user = row.get("retweeted_status_user_id")
        root = Post(id_str=row["retweeted_status_id"], user=User(id_str=user) if user else None)
    links = [Link(expanded_url=url) for url in dict.fromkeys(row.get("expanded_urls", "").split(",")) if url]
    return PostLine(
        id_str=row.get("tweet_id"),
        created_at=row.get("timestamp"),
        text=row.get("text"),
        in_reply_to_status_id_str=row.get("in_reply_to_status_id") or None,
        in_reply_to_user_id_str=row.get("in_reply_to_user_id") or None,
        entities=Entities(urls=links or None),
        retweeted_status=root,
    )

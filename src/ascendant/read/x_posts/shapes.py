"""The first bytes of a file -> which of the known forms of posts of X it holds, by its keys or columns alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ascendant.read.tabular.sniff import Layout, layouts
from ascendant.read.x_posts.table_shapes import shape_of

_TOKEN: Final = re.compile(rb'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]')
_DEEPEST: Final = 3
_V1_POST: Final = frozenset({"user", "entities", "favorite_count", "retweet_count", "in_reply_to_status_id_str"})
_V2_POST: Final = frozenset(
    {
        "author_id",
        "conversation_id",
        "edit_history_tweet_ids",
        "referenced_tweets",
        "reply_settings",
        "edit_controls",
        "possibly_sensitive",
        "context_annotations",
    }
)
_COMPLIANCE: Final = frozenset({"id", "action", "created_at", "reason"})
_NOT_X: Final = frozenset({"uri", "cid", "did", "page_id", "record"})


def json_shape(head: bytes) -> str | None:
    """`v1`, `v2`, `graphql` or `normalised`: the form of the first records; None when it is no form of X.

    >>> json_shape(b'{"id_str": "20", "text": "just setting up my twttr", "user": {"id_str": "12"')
    'v1'
    >>> json_shape(b'[{"data": [{"id": "20", "text": "a", "author_id": "12"}], "__twarc": {}}]')
    'v2'
    >>> json_shape(b'{"data": [{"id": "20", "page_id": "7"}]}') is None
    True
    """
    paths = set(_paths(head.removeprefix(b"\xef\xbb\xbf").lstrip()))
    top = {path[0] for path in paths if len(path) == 1}
    data = {path[1] for path in paths if len(path) == 2 and path[0] == "data"}
    source = {path[1] for path in paths if len(path) == 2 and path[0] == "_source"}
    if "__twarc" in top:
        return "v2"
    if ("includes", "users", "username") in paths or ("includes", "tweets", "conversation_id") in paths:
        return "v2"
    if top & _NOT_X or data & _NOT_X:
        return None
    if _is_graphql(top) or _is_graphql(data):
        return "graphql"
    for record in (top, source):
        if {"user_screen_name", "timestamp_utc", "text"} <= record:
            return "normalised"
    for record in (data, top):
        if {"id", "text"} <= record and record & _V2_POST and "user" not in record:
            return "v2"
        if {"id", "username", "name"} <= record and record & {"public_metrics", "verified", "protected"}:
            return "v2"
    if top & {"text", "full_text"} and len(top & _V1_POST) >= (1 if "id_str" in top else 2):
        return "v1"
    if {"screen_name", "followers_count", "friends_count"} <= top:
        return "v1"
    if top >= _COMPLIANCE and len(top) <= 8:
        return "v2"
    if ("delete", "status") in paths or ("limit", "track") in paths:
        return "v1"
    return None


def table_of(head: bytes) -> tuple[str, Layout] | None:
    """The known table that a text begins, and how it is cut."""
    if head[:1] in (b"{", b"[", b"<", b""):
        return None
    for layout in layouts(head):
        shape = shape_of(layout.rows[0]) if layout.rows else None
        if shape is not None:
            # All these tools write UTF-8: a byte that is not is damage of its row, not another encoding of the file.
            return shape, replace(layout, encoding="utf-8") if layout.encoding == "cp1252" else layout
    return None


def is_document(head: bytes) -> bool:
    """Whether the file is one JSON document over many lines, or an array, rather than one object a line.

    >>> is_document(b'{"id": 1}\\n{"id": 2}'), is_document(b'{\\n "id": 1'), is_document(b' [{"id": 1}]')
    (False, True, True)
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"[":
        return True
    first, end, _ = start.partition(b"\n")
    return start[:1] == b"{" and bool(end) and not first.rstrip().endswith(b"}")


def _is_graphql(record: set[str]) -> bool:
    if "legacy" in record and record & {"rest_id", "core", "user"}:
        return True
    return {"rest_id", "core"} <= record and bool(record & {"note_tweet", "views", "edit_control"})


def _paths(head: bytes) -> Iterator[tuple[str, ...]]:
    """Keys of the objects, as paths that ignore arrays; the head may break off anywhere."""
    path: list[str] = []
    depths: list[bool] = []  # of each open bracket: whether it is an object's
    last = ""
    for token in _TOKEN.finditer(head):
        sign = token[0][:1]
        if sign == b"{":
            if any(depths):
                path.append(last)
            depths.append(True)
        elif sign == b"[":
            depths.append(False)
        elif sign in (b"}", b"]"):
            if depths and depths.pop() and path:
                path.pop()
        elif token[2] and depths and depths[-1]:
            last = token[1].decode("utf-8", "replace")
            if len(path) < _DEEPEST:
                yield (*path, last)

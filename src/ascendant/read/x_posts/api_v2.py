"""One record of API v2 -> activity rows, in the three shapes in which twarc2 writes it.

A response per line (`data` with its `includes`), a flattened post per line (author and referenced posts inside), or
one post in `data` (streams). Responses of the user end points give accounts, with their pinned posts. A malformed
item of a page is refused alone; counts, lists and compliance records are refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import msgspec

from ascendant.activity import Reject
from ascendant.read.x_posts.api_v1 import Facts
from ascendant.read.x_posts.api_v2_page import Page, account_of
from ascendant.read.x_posts.records_v2 import Collection, Includes, Kind, Line, Post, User
from ascendant.read.x_posts.refusals import BAD_UTF8, COMPLIANCE, COUNTS, LISTS, UNKNOWN_RECORD, WRONG_TYPE
from ascendant.read.x_posts.times import since

_Record = TypeVar("_Record")

_DAMAGE: Final = (msgspec.ValidationError, UnicodeDecodeError)

_decode: Final = msgspec.json.Decoder(Line).decode
_decode_keys: Final = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_items: Final = msgspec.json.Decoder(list[msgspec.Raw]).decode
_decode_collection: Final = msgspec.json.Decoder(Collection).decode
_decode_post: Final = msgspec.json.Decoder(Post).decode
_decode_user: Final = msgspec.json.Decoder(User).decode
_decode_kind: Final = msgspec.json.Decoder(Kind).decode


def read(line: bytes, pointer: str) -> Facts | str | None:
    """The facts of one record; the name of a notice that tells nothing of posts; None when it is of another shape."""
    try:
        record = _decode(line)
    except _DAMAGE:
        return _read_item_by_item(line, pointer)
    data = record.data
    collected_at = since(record.collection.retrieved_at) if record.collection is not None else None
    if data is None:
        if record.id is None:
            if record.errors is not None:
                return "errors"
            return "empty page" if record.meta is not None else None
        if record.text is None:
            return _read_textless(line, pointer, collected_at)
        page = Page(collected_at)
        page.add_flattened(record, pointer)
        return page.facts
    posts = data if isinstance(data, list) else [data]
    if any(post.text is None for post in posts):
        return _read_item_by_item(line, pointer)
    page = Page(collected_at)
    places = [f"{pointer}/data/{n}" for n in range(len(posts))] if isinstance(data, list) else [f"{pointer}/data"]
    included = record.includes or Includes()
    page.add(posts, places, included.tweets or [], included.users or [], pointer)
    return page.facts


def _read_textless(line: bytes, pointer: str, collected_at: int | None) -> Facts | None:
    """An account, or a record that is refused by its name."""
    what = _decode_kind(line)
    if what.username is not None:
        account = account_of(_decode_user(line), collected_at)
        return Facts([account]) if account is not None else None
    reason = _reason(what)
    return None if reason is None else Facts([Reject(pointer, reason)])


def _reason(what: Kind) -> str | None:
    if what.tweet_count is not None:
        return COUNTS
    if what.owner_id is not None or what.member_count is not None or what.private is not None:
        return LISTS
    return COMPLIANCE if what.action is not None else None


def _common_reason(items: list[msgspec.Raw]) -> str | None:
    """Why a whole page is refused: none of its items is a post, all are of one other kind."""
    try:
        reasons = {_reason(_decode_kind(item)) for item in items}
    except _DAMAGE:
        return None
    return reasons.pop() if len(reasons) == 1 else None


def _read_item_by_item(line: bytes, pointer: str) -> Facts | None:
    """A response that is not all posts, or not all well formed: each item on its own, the bad ones refused."""
    record = _decode_keys(line)
    if "data" not in record:
        _decode(line)  # raises again: it is the line itself that is malformed
        return None
    is_page = bytes(record["data"])[:1] == b"["
    items = _decode_items(record["data"]) if is_page else [record["data"]]
    if (reason := _common_reason(items)) is not None:
        return Facts([Reject(pointer, reason, f"{len(items):,}")])
    collected_at = since(_decode_collection(record["__twarc"]).retrieved_at) if "__twarc" in record else None
    page = Page(collected_at)
    refused: list[Reject] = []
    posts: list[Post] = []
    places: list[str] = []
    accounts: list[User] = []
    for n, item in enumerate(items):
        place = f"{pointer}/data/{n}" if is_page else f"{pointer}/data"
        what = _decoded(_decode_kind, item, place, refused)
        if what is None:
            continue
        if what.username is not None:
            accounts += _listed(_decoded(_decode_user, item, place, refused))
        elif (post := _decoded(_decode_post, item, place, refused)) is not None:
            if post.text is None:
                refused.append(Reject(place, _reason(what) or UNKNOWN_RECORD))
            else:
                posts.append(post)
                places.append(place)
    included = _decode_keys(record["includes"]) if "includes" in record else {}
    kept: list[Post] = []
    for n, item in enumerate(_decode_items(included["tweets"]) if "tweets" in included else ()):
        kept += _listed(_decoded(_decode_post, item, f"{pointer}/includes/tweets/{n}", refused))
    for n, item in enumerate(_decode_items(included["users"]) if "users" in included else ()):
        accounts += _listed(_decoded(_decode_user, item, f"{pointer}/includes/users/{n}", refused))
    page.add(posts, places, kept, accounts, pointer)
    page.facts.extend(refused)
    page.facts.n_records = max(1, len(items))
    return page.facts


def _decoded(
    decode: Callable[[msgspec.Raw], _Record], item: msgspec.Raw, place: str, refused: list[Reject]
) -> _Record | None:
    try:
        return decode(item)
    except msgspec.ValidationError as error:
        refused.append(Reject(place, WRONG_TYPE, str(error)))
    except UnicodeDecodeError as error:
        refused.append(Reject(place, BAD_UTF8, error.reason))
    return None


def _listed(record: _Record | None) -> list[_Record]:
    return [] if record is None else [record]

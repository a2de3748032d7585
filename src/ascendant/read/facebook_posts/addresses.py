"""Addresses of posts on Facebook and Instagram -> whose post it is, and which."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

_HOSTS: Final = re.compile(r"(?:(?:www|m|web|mbasic|touch|[a-z]{2}-[a-z]{2})\.)?(?:facebook|fb|instagram)\.com")
_KEY: Final = re.compile(r"\d+|pfbid\w+")
_BEFORE_KEY: Final = frozenset({"posts", "videos", "photos", "permalink", "reel", "reels"})
_SHORTEST_UNIQUE_DIGITS: Final = 15  # shorter numbers are counted page by page


class Address(NamedTuple):
    """Where a post stands: its owner as the address writes it (null when it does not), and the post's own key."""

    owner: str | None
    key: str


def address(link: str | None) -> Address | None:
    """The post behind an address; None where it is no address of a post.

    >>> address("https://www.facebook.com/page.ex/posts/10158887777666555")
    Address(owner='page.ex', key='10158887777666555')
    >>> address("https://www.facebook.com/groups/77/permalink/88/"), address("https://www.instagram.com/p/CaB-1x/")
    (Address(owner='77', key='88'), Address(owner=None, key='CaB-1x'))
    >>> address("https://example.org/posts/1")
    """
    try:
        parts = urlsplit((link or "").strip())
        query = parse_qs(parts.query)
    except ValueError:
        return None
    host = parts.netloc.lower()
    if not _HOSTS.fullmatch(host):
        return None
    path = [unquote(step) for step in parts.path.split("/") if step]
    if "instagram" in host:
        found = next((i for i, step in enumerate(path[:-1]) if step in ("p", "reel", "tv")), None)
        return Address(path[0] if found else None, path[found + 1]) if found is not None else None
    for name in ("story_fbid", "fbid", "v"):
        if (key := query.get(name, [""])[0]) and _KEY.fullmatch(key):
            owner = query.get("id", [None])[0]
            return Address(owner, key)
    steps = [i for i, step in enumerate(path) if step in _BEFORE_KEY]
    if not steps:
        return None
    keys = [step for step in path[steps[0] + 1 :] if _KEY.fullmatch(step)]
    if not keys:
        return None
    before = path[: steps[0]]
    owner = before[-1] if before and before[-1] != "groups" else None
    return Address(owner, keys[-1])


def post_id(platform: str, key: str, owner: str | None) -> str:
    """The id of a post: its key, with its owner where the key alone could be another page's.

    >>> post_id("facebook", "10158887777666555", "page"), post_id("facebook", "10160", "753")
    ('facebook:10158887777666555', 'facebook:753_10160')
    """
    if owner and key.isdecimal() and len(key) < _SHORTEST_UNIQUE_DIGITS:
        return f"{platform}:{owner}_{key}"
    return f"{platform}:{key}"

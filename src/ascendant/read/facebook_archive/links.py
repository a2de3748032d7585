"""Addresses inside Facebook -> which item, whose, and in which group; other addresses -> without what follows a person.

Names are no ids, and most files have names only: where a record has an address, that is what tells who is meant. An id
is `facebook:12`, a username `facebook:@acme`; Facebook numbers accounts, groups, posts and pictures in one series.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_HOST: Final = re.compile(r"(?i)(?:[\w-]+\.)*(?:facebook\.com|fb\.com|fb\.me|fb\.watch)")
_KEY: Final = re.compile(r"[0-9]{1,25}|pfbid\w{1,100}")
# Most addresses are of this form; it is read ten times as fast.
_USUAL: Final = re.compile(
    r"https://www\.facebook\.com/([\w.\-]{2,80})/(?:posts|videos)/([0-9]{1,25}|pfbid\w{1,100})/?"
)
_MAY_BE: Final = re.compile(r"(?i)facebook\.com|fb\.(?:com|me|watch)")
_USERNAME: Final = re.compile(r"[\w.\-]{1,79}\w")
# What stands where a username could.
_NO_USERNAMES: Final = frozenset(
    "watch events groups permalink.php story.php photo photo.php photos video.php videos reel reels share sharer"
    " sharer.php dialog hashtag search marketplace profile.php people pages pg stories notes media l.php dyi ads"
    " business help settings notifications friends messages gaming live login login.php policies privacy bookmarks"
    " saved memories onthisday pokes fundraisers donate jobs offers places weather legal home.php index.php p r v tr"
    " notes.php groups.php events.php games apps ajax plugins posts".split()
)
_CLICK: Final = re.compile(r"([?&])fbclid=[^&#]*(&?)")
_FOLLOWERS: Final = ("fbclid", "h", "__tn__", "__xts__", "__cft__", "mibextid")


class Link(NamedTuple):
    """What an address inside Facebook leads to. `kind`: post, comment, account, group, event, or null.

    Of a comment the author is not in the address: that of the post, which is its thread, is no answer.
    """

    kind: str | None = None
    object_id: str | None = None
    author_id: str | None = None
    group_id: str | None = None
    thread_id: str | None = None


NOWHERE: Final = Link()


def link_of(url: str | None) -> Link | None:
    """What an address leads to; None for an address outside Facebook.

    >>> link_of("https://www.facebook.com/Acme.fr/posts/12?comment_id=3")
    Link(kind='comment', object_id='facebook:3', author_id=None, group_id=None, thread_id='facebook:12')
    >>> link_of("https://m.facebook.com/permalink.php?story_fbid=12&id=99")[:3]
    ('post', 'facebook:12', 'facebook:99')
    >>> link_of("https://www.facebook.com/groups/7/permalink/12/")[1:4], link_of("https://example.org/posts/1")
    (('facebook:12', None, 'facebook:7'), None)
    """
    if not url:
        return None
    if (found := _USUAL.fullmatch(url)) is not None and (who := account_id(found[1])) is not None:
        return Link("post", f"facebook:{found[2]}", who)
    if not _MAY_BE.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.hostname or ""):
            return None
        query = parse_qs(parts.query) if parts.query else {}
    except ValueError:
        return None
    path = [unquote(part) for part in parts.path.split("/") if part]
    leads = _by_query(path, query) if path and path[0].endswith(".php") else _by_path(path, query)
    comment = _first(query, "reply_comment_id") or _first(query, "comment_id")
    if comment and leads.kind == "post":
        return Link("comment", f"facebook:{comment}", None, leads.group_id, leads.object_id)
    return leads


def account_in(url: str | None) -> str | None:
    """The account whose page an address is.

    >>> account_in("https://www.facebook.com/Acme/"), account_in("https://www.facebook.com/profile.php?id=12")
    ('facebook:@acme', 'facebook:12')
    """
    link = link_of(url)
    return link.author_id if link is not None and link.kind == "account" else None


def plain_url(url: str) -> str:
    """An address without the wrapping of Facebook, and without the marks by which clicks are followed.

    >>> plain_url("https://example.org/a?id=1&fbclid=IwAR0x"), plain_url("https://l.facebook.com/l.php?u=https%3A%2F%2Fx.org")
    ('https://example.org/a?id=1', 'https://x.org')
    """
    if "fbclid=" in url:
        url = _CLICK.sub(_without_click, url)
    if "l.php?" not in url and "__tn__" not in url and "__xts__" not in url:
        return url
    try:
        parts = urlsplit(url)
        wrapped = _first(parse_qs(parts.query), "u") if parts.path == "/l.php" else None
        if wrapped:
            return plain_url(wrapped) if wrapped.startswith("http") and "\0" not in wrapped else url
        kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _follows(key)]
        return urlunsplit(parts._replace(query=urlencode(kept)))
    except ValueError:
        return url


def account_id(key: str) -> str | None:
    """An account's id from its number or its username; null for what is neither."""
    if key.isascii() and key.isdecimal():
        return f"facebook:{key}" if key.strip("0") and len(key) <= 25 else None
    name = key.lower()
    return f"facebook:@{name}" if _USERNAME.fullmatch(key) and name not in _NO_USERNAMES else None


def _by_query(path: list[str], query: dict[str, list[str]]) -> Link:
    page = path[0]
    who = _first(query, "id")
    author = account_id(who) if who else None
    if page == "profile.php":
        return Link("account", author, author) if author else NOWHERE
    item = _first(query, "story_fbid") or _first(query, "fbid") or _first(query, "v")
    if item and page in ("permalink.php", "story.php", "photo.php", "video.php"):
        return Link("post", f"facebook:{item}", author)
    return NOWHERE


def _by_path(path: list[str], query: dict[str, list[str]]) -> Link:
    match path:
        case ["groups", _, "user", key, *_] if _KEY.fullmatch(key):
            return Link("account", f"facebook:{key}", f"facebook:{key}")
        case ["groups", group, *rest]:
            place = _group(group)
            item = _last_key(rest) or _first(query, "multi_permalinks")
            if item:
                return Link("post", f"facebook:{item}", None, place)
            return Link("group", place, None, place) if place else NOWHERE
        case ["events", event, *_] if _KEY.fullmatch(event):
            return Link("event", f"facebook:{event}")
        case ["photo" | "watch" | "media", *rest]:
            item = _first(query, "fbid") or _first(query, "v") or _last_key(rest)
            return Link("post", f"facebook:{item}") if item else NOWHERE
        case ["reel" | "reels" | "share" | "videos" | "stories", *rest]:
            item = _last_key(rest)
            return Link("post", f"facebook:{item}") if item else NOWHERE
        case ["people" | "pages", _, key, *_] if _KEY.fullmatch(key):
            return Link("account", f"facebook:{key}", f"facebook:{key}")
        case ["pg", name, *_]:
            who = account_id(name)
            return Link("account", who, who) if who else NOWHERE
        case [name]:
            who = account_id(name)
            return Link("account", who, who) if who else NOWHERE
        case [name, "posts" | "videos" | "photos" | "reels" | "notes" | "permalink", *rest]:
            item, who = _last_key(rest), account_id(name)
            if item:
                return Link("post", f"facebook:{item}", who)
            return Link("account", who, who) if who else NOWHERE
    return NOWHERE


def _group(key: str) -> str | None:
    if _KEY.fullmatch(key):
        return f"facebook:{key}"
    return f"facebook:group:{key.lower()}" if _USERNAME.fullmatch(key) else None


def _last_key(parts: list[str]) -> str | None:
    return next((part for part in reversed(parts) if _KEY.fullmatch(part)), None)


def _first(query: dict[str, list[str]], name: str) -> str | None:
    found = query.get(name, [""])[0].split(",")[0]
    return found if _KEY.fullmatch(found) or (name == "u" and found) else None


def _without_click(found: re.Match[str]) -> str:
    return found[1] if found[2] else ""


def _follows(key: str) -> bool:
    return key.partition("[")[0] in _FOLLOWERS

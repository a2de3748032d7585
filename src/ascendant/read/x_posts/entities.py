"""Ids, links, hashtags and words as X spells them -> as the activity table keeps them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Annotated, Final

import msgspec

from ascendant.read.x_posts.refusals import INEXACT_ID, NO_ID, Refused

Whole = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]  # a count that fits its column

_ROUNDED: Final = re.compile(r"[+-]?\d+(\.\d*)?[eE][+-]?\d+|\d{16,}\.0*")
_EXACT_FLOAT: Final = re.compile(r"(\d{1,15})\.0*")
_HASHTAG: Final = re.compile(r"(?<![\w&/])[#＃](\w*[^\W\d_]\w*)")
_REPOST: Final = re.compile(r"RT @(\w{1,20}):? ?")
_STATUS: Final = re.compile(r"(?i)https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w{1,20})/status(?:es)?/(\d+)")
_CUT: Final = ("…", "...")
_NO_KEYS: Final = frozenset({"0", "-1", -1})  # X writes these for accounts that are gone


def post_key(value: str | int | None) -> str:
    """The digits of a post's id. Refused when there are none or when they went through a float.

    >>> post_key(1050118621198921728)
    '1050118621198921728'
    """
    key = str(value) if value is not None else ""
    if key.isdecimal() and key.isascii():
        return key
    raise Refused(NO_ID)


def key_of(cell: str | None) -> str | None:
    """An id from a table's cell; null when empty, refused when it went through a float and lost digits.

    >>> key_of("898925911294132224"), key_of("17.0"), key_of("")
    ('898925911294132224', '17', None)
    """
    if not cell:
        return None
    if cell.isdecimal():
        return cell
    if _ROUNDED.fullmatch(cell):
        raise Refused(INEXACT_ID, cell[:40])
    exact = _EXACT_FLOAT.fullmatch(cell)
    return exact[1] if exact else cell


def account_id(key: str | int | None, handle: str | None = None) -> str | None:
    """An account's id, else its handle in lower case: handles are the same in any case.

    >>> account_id("12", "Jack"), account_id(None, "Jack"), account_id("", "")
    ('x:12', 'x:@jack', None)
    """
    if key and key not in _NO_KEYS:
        return f"x:{key}"
    return f"x:@{handle.lower()}" if handle else None


def words(text: str | None) -> str | None:
    """Text as written: X escapes `&`, `<` and `>`."""
    return html.unescape(text) if text and "&" in text else text


def language(code: str | None) -> str | None:
    """A language, or null where X did not tell (`und`) or names a kind of post (`qme`, `zxx`, ...).

    >>> language("fr"), language("und"), language("qst")
    ('fr', None, None)
    """
    if not code or code in ("und", "zxx") or (code[0] == "q" and code != "qu"):
        return None
    return code


def unique(found: Iterable[str]) -> tuple[str, ...] | None:
    """Each once, in the order of the text; null when there is none."""
    return tuple(dict.fromkeys(found)) or None


def tags_in(text: str) -> tuple[str, ...] | None:
    """Hashtags found in a text, for records that do not list them.

    >>> tags_in("#Un mot, &#39;deux&#39; et #2 #été2026")
    ('un', 'été2026')
    """
    return unique(tag.lower() for tag in _HASHTAG.findall(text))


def names_post(url: str, key: str) -> bool:
    """Whether a link leads to that post (or to its pictures).

    >>> names_post("https://x.com/a/status/12?s=20", "12"), names_post("https://x.com/a/status/123", "12")
    (True, False)
    """
    place = url.find(key)
    return (
        place > 8
        and url.startswith(("/status/", "tatuses/"), place - 8)
        and not url[place + len(key) : place + len(key) + 1].isdecimal()
    )


def author_in_link(url: str, key: str) -> str | None:
    """The handle in a link to that post.

    >>> author_in_link("https://twitter.com/Jack/status/20", "20")
    'Jack'
    """
    found = _STATUS.match(url)
    return found[1] if found and found[2] == key and found[1] not in ("i", "statuses") else None


def reposted_handle(text: str | None) -> str | None:
    """Whom `RT @handle: ...` names.

    >>> reposted_handle("RT @Jack: just setting up")
    'Jack'
    """
    found = _REPOST.match(text or "")
    return found[1] if found else None


def reposted_words(text: str | None) -> tuple[str | None, bool]:
    """The original's words in `RT @handle: ...`, and whether they break off.

    >>> reposted_words("RT @jack: just setting up my tw…")
    ('just setting up my tw…', True)
    """
    if not text:
        return None, True
    found = _REPOST.match(text)
    rest = text[found.end() :] if found else text
    return rest, bool(found) and rest.endswith(_CUT)


def kind(verified_type: str | None) -> str | None:
    """What X itself declares an account to be.

    >>> kind("Business"), kind("blue")
    ('business', None)
    """
    declared = verified_type.lower() if verified_type else ""
    return declared if declared in ("business", "government") else None

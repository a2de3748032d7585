"""Urns, addresses and numbers of LinkedIn -> ids of posts and accounts, and the moment that a post's number holds.

One post of LinkedIn may bear several numbers (activity, share, ugcPost): each is kept as it is given, and two files
that use different ones cannot be joined. The number's upper bits are milliseconds since 1970.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from ascendant.read.known_tables import NO_ID
from ascendant.read.tabular.cells import Unreadable, exact, whole
from ascendant.read.tabular.instants import Instant

_POST_URN: Final = re.compile(r"urn:li:(activity|share|ugcPost|groupPost):(?:\d+-)?(\d+)")
_COMMENT_URN: Final = re.compile(r"urn:li:comment:\([^,]+,(\d+)\)")
_IN_ADDRESS: Final = re.compile(r"[-_:](?:activity|share|ugcPost|ugcpost)[-:](\d{12,})")
_ACCOUNT_URN: Final = re.compile(r"urn:li:(\w+):([\w-]+)")
_ORGANISATIONS: Final = frozenset({"company", "organization", "fsd_company", "school", "fsd_organizationalpage"})
_PLACES: Final = {"in": "", "company": "company/", "school": "school/", "showcase": "showcase/"}
_FOLLOWERS: Final = re.compile(r"(\d[\d.,\s]*?)\s*(?:followers?|abonnée?s?)", re.IGNORECASE)
_OPENED: Final = int(datetime(2003, 5, 1, tzinfo=UTC).timestamp()) * 1000  # LinkedIn's first month, in ms
_LAST: Final = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp()) * 1000


def post_key(written: str | None) -> str | None:
    """The number of a post or comment; None where nothing is written. Raises `Unreadable` where it is no number.

    >>> post_key("7123456789012345678"), post_key("urn:li:aggregate:(urn:li:activity:71,urn:li:activity:72)")
    ('7123456789012345678', '71')
    >>> post_key("https://www.linkedin.com/posts/ada_x-activity-7123456789012345678-Ab1c")
    '7123456789012345678'
    """
    written = (written or "").strip()
    if not written:
        return None
    if written.isdecimal() and written.isascii():
        return written
    decoded = unquote(written)
    if comment := _COMMENT_URN.search(decoded):
        return comment[1]
    if post := _POST_URN.search(decoded) or _IN_ADDRESS.search(decoded):
        return post[post.lastindex or 1]
    plain = exact(written)
    if plain.isdecimal() and plain.isascii():
        return plain
    raise Unreadable(NO_ID)


def time_of(key: str) -> Instant | None:
    """When a post was made, from its number; None where the number is older than that scheme.

    >>> time_of("6960882777168695296")
    (1659603781025000, 'ms', 'derived_from_id')
    >>> time_of("3966023054712791616")
    """
    ms = int(key) >> 22 if len(key) < 20 else 0
    return (ms * 1000, "ms", "derived_from_id") if _OPENED <= ms < _LAST else None


def account_at(address: str | None) -> str | None:
    """The account behind the address of a profile or page, whole or from its path on; None where it is none.

    People and organisations are named apart: `/in/ada` and `/company/ada` are two accounts.

    >>> account_at("https://www.linkedin.com/in/Andr%C3%A9-Ex/?x=1"), account_at("company/acme/posts")
    ('linkedin:@andré-ex', 'linkedin:@company/acme')
    >>> account_at("https://www.linkedin.com/in/%00"), account_at("https://no-linkedin.com/in/ada")
    (None, None)
    """
    try:
        parts = urlsplit((address or "").strip())
    except ValueError:
        return None
    host = f".{parts.netloc.lower()}"
    if parts.netloc and not host.endswith(".linkedin.com"):
        return None
    steps = [unquote(step).replace("\0", "").strip() for step in parts.path.split("/") if step]
    if len(steps) < 2 or steps[0].lower() not in _PLACES or not steps[1]:
        return None
    return f"linkedin:@{_PLACES[steps[0].lower()]}{steps[1].lower()}"


def account_key(written: str | None) -> str | None:
    """An account as a table names it: a number, an urn, or an address. Raises `Unreadable` for a rounded number.

    >>> account_key("42"), account_key("urn:li:company:42"), account_key("https://linkedin.com/in/ada")
    ('linkedin:42', 'linkedin:company:42', 'linkedin:@ada')
    """
    written = (written or "").strip()
    if not written:
        return None
    if (at := account_at(written)) is not None:
        return at
    if urn := _ACCOUNT_URN.fullmatch(written):
        return f"linkedin:company:{urn[2]}" if urn[1].lower() in _ORGANISATIONS else f"linkedin:{urn[2]}"
    return f"linkedin:{exact(written)}"


def is_organisation(account: str) -> bool:
    """Whether an account's id says that it is no person's."""
    return account.startswith(("linkedin:company:", "linkedin:@company/", "linkedin:@school/", "linkedin:@showcase/"))


def followers_in(about: str | None) -> int | None:
    """How many followers an organisation's line gives; null where the line says something else.

    >>> followers_in("15 200 abonnés"), followers_in("1,234 followers"), followers_in("12K followers")
    (15200, 1234, None)
    """
    found = _FOLLOWERS.fullmatch((about or "").strip())
    return whole(found[1].strip().replace(".", ",")) if found else None

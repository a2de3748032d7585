"""Cells of a table, which are text -> identifiers, whole numbers and lists.

Nothing here goes through a float: an identifier of 19 digits stays what was written. One that a spreadsheet or a
data frame has turned into a float (`1.4E+18`) has lost digits, and is refused rather than joined to somebody else.
"""

from __future__ import annotations

import ast
import json
import re
from typing import Final

from ascendant.errors import mark

EMPTY: Final = frozenset(
    ["", "None", "nan", "NaN", "NAN", "null", "NULL", "Null", "NA", "N/A", "#N/A", "<NA>", "NaT", "\\N"]
)
INEXACT: Final = mark("an identifier was written as a rounded number and has lost digits")
NUL_IN_ID: Final = mark("an identifier holds NUL bytes")
EXACT_FLOAT: Final = 2**53  # beyond, a float does not hold each whole number
LONGEST_LIST_CHARS: Final = 1 << 16  # a longer cell is not handed to the parser of Python lists

_ROUNDED = re.compile(r"-?\d(?:\.\d*)?[eE]\+\d+")
_FLOAT = re.compile(r"-?\d+\.0+")
_WHOLE = re.compile(r"[+-]?\d+(?:\.0+)?|[+-]?\d{1,3}(?:,\d{3})+|[+-]?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+")
_ON_X = re.compile(
    r"https?://(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/(\w{1,15})(?:/status(?:es)?/(\d+))?(?:[/?#].*)?"
)
_NOT_HANDLES: Final = frozenset({"i", "hashtag", "search", "intent", "share", "home", "explore"})
_BEFORE_LINK = re.compile(r"[\s|,;]+(?=[a-z][a-z0-9+.-]*://)", re.IGNORECASE)
_PLATFORMS: Final = {"twitter": "x", "x_twitter": "x", "facebook_public": "facebook", "instagram_public": "instagram"}


class Unreadable(ValueError):
    """A row that cannot be read: `reason` is a template, `detail` holds no post text."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def exact(value: str) -> str:
    """An identifier as it stands in one place, wherever it was a float in another. Raises `Unreadable`.

    >>> exact("1234567890123456789"), exact("77.0")
    ('1234567890123456789', '77')
    """
    if value.endswith("0") and ".0" in value and _FLOAT.fullmatch(value):
        whole = value.partition(".")[0]
        if abs(int(whole)) >= EXACT_FLOAT:
            raise Unreadable(INEXACT)
        return whole
    if ("E+" in value or "e+" in value) and _ROUNDED.fullmatch(value):
        raise Unreadable(INEXACT)
    if "\0" in value:
        raise Unreadable(NUL_IN_ID)
    return value


def account_id(platform: str, value: str, *, is_handle: bool = False) -> str:
    """`platform:id`, or `platform:@handle` for a handle and for a link to a profile or a post on X.

    >>> account_id("x", "@Ada"), account_id("x", "https://twitter.com/Ada/status/5"), account_id("table", "Ada")
    ('x:@ada', 'x:@ada', 'table:Ada')
    """
    if value[0] == "@" and len(value) > 1:
        return f"{platform}:{exact(value).lower()}"
    if value.startswith("http") and (on_x := _ON_X.fullmatch(value)) and on_x[1].lower() not in _NOT_HANDLES:
        return f"{platform}:@{on_x[1].lower()}"
    if is_handle:
        return f"{platform}:@{exact(value).lower()}"
    return f"{platform}:{exact(value)}"


def item_id(platform: str, value: str) -> str:
    """`platform:id`; the id of a post on X is taken out of its link.

    >>> item_id("x", "https://twitter.com/Ada/status/190?s=20"), item_id("table", "https://a.fr/x")
    ('x:190', 'table:https://a.fr/x')
    """
    if platform == "x" and value.startswith("http") and (on_x := _ON_X.fullmatch(value)) and on_x[2]:
        return f"x:{on_x[2]}"
    return f"{platform}:{exact(value)}"


def platform_name(value: str) -> str:
    """A network's name as it stands in identifiers.

    >>> platform_name("Twitter"), platform_name("Le Forum")
    ('x', 'le_forum')
    """
    name = re.sub(r"[^\w]+", "_", value.strip().lower()).strip("_")
    return _PLATFORMS.get(name, name)


def whole(value: str) -> int | None:
    """A whole number, or None where the cell does not hold exactly one.

    >>> whole("1,234"), whole("1 234"), whole("12.0"), whole("≤100"), whole("1.5")
    (1234, 1234, 12, None, None)
    """
    if value.isdecimal() and value.isascii() and len(value) < 19:
        return int(value)
    if not value.isascii() and any(ch.isdecimal() and not ch.isascii() for ch in value):
        return None
    if not _WHOLE.fullmatch(value):
        return None
    n = int(re.sub(r"[^\d+-]", "", value.partition(".")[0]))
    return n if -(2**63) <= n < 2**63 else None


def listed(value: str) -> list[str] | None:
    """The parts of a cell: a JSON or Python list, or parts between | ; , or blanks. None where it is a broken list.

    >>> listed("a|b c"), listed("a, b"), listed("a b"), listed("['a', 'b']"), listed("[a, b]")
    (['a', 'b c'], ['a', 'b'], ['a', 'b'], ['a', 'b'], ['a', 'b'])
    """
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return _bracketed(value)
    separator = next((sign for sign in "|;,\n" if sign in value), None)
    return _kept(value.split(separator))


def links(value: str) -> list[str] | None:
    """As `listed`, but a sign inside a link does not cut it.

    >>> links("https://a.fr/x,y;z, https://b.fr/?q=1|2")
    ['https://a.fr/x,y;z', 'https://b.fr/?q=1|2']
    """
    value = value.strip()
    if "://" not in value or (value.startswith("[") and value.endswith("]")):
        return listed(value)
    return _kept(part for whole_link in _BEFORE_LINK.split(value) for part in whole_link.split())


def tags(value: str) -> list[str] | None:
    """Hashtags in lower case and without the sign.

    >>> tags("#Paris #Vote"), tags("Paris,vote"), tags("#a#b")
    (['paris', 'vote'], ['paris', 'vote'], ['a', 'b'])
    """
    parts = listed(value)
    if parts is None:
        return None
    return _kept(tag.lower() for part in parts for tag in re.split("[#＃]", part))


def _bracketed(value: str) -> list[str] | None:
    inner = value[1:-1]
    if not any(sign in inner for sign in "'\"[{"):
        return _kept(inner.split(","))  # numbers, or words written without quotes: as text, so that 007 stays 007
    if len(value) > LONGEST_LIST_CHARS:
        return None
    try:
        return _texts(json.loads(value, parse_int=str, parse_float=str))
    except (ValueError, RecursionError):
        pass
    try:
        return _texts(ast.literal_eval(value))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _texts(found: object) -> list[str] | None:
    if not isinstance(found, list):
        return None
    parts = [part for part in found if part is not None]
    if not all(isinstance(part, str | int) for part in parts):
        return None
    return _kept(str(part) for part in parts)


def _kept(parts: object) -> list[str]:
    assert hasattr(parts, "__iter__")
    return [part for raw in parts if (part := raw.strip()) not in EMPTY]

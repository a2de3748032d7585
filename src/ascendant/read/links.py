"""Links as they stand in words and behind the platforms' own doors -> where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qs, urlsplit

_LINK: Final = re.compile(r"https?://[^\s<>\"'«»“”]+", re.IGNORECASE)
_DOORS: Final = {  # pages that only lead elsewhere, and the parameter that says where
    "l.facebook.com": "u",
    "lm.facebook.com": "u",
    "l.instagram.com": "u",
    "www.linkedin.com/redir/redirect": "url",
    "www.linkedin.com/safety/go": "url",
}


def links_in(text: str | None) -> list[str]:
    """Links in a text, without the signs of the sentence around them.

    >>> links_in("Lire (https://a.fr/x_(y)) et https://b.fr/z, vite !")
    ['https://a.fr/x_(y)', 'https://b.fr/z']
    """
    return [_bare(found) for found in _LINK.findall(text)] if text and "://" in text else []


def unwrapped(link: str) -> str:
    """Where a link leads that goes through a door of its platform.

    >>> unwrapped("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.fr%2Fx&h=AT0")
    'https://a.fr/x'
    """
    try:
        parts = urlsplit(link)
        host = parts.netloc.lower()
        parameter = _DOORS.get(host) or _DOORS.get(host + parts.path.rstrip("/"))
        target = parse_qs(parts.query).get(parameter, [""])[0] if parameter else ""
    except ValueError:  # a bracket where an address should be
        return link
    return target if target.startswith(("http://", "https://")) else link


def distinct(links: Iterable[str | None]) -> tuple[str, ...] | None:
    """Each link once and unwrapped, in the order given; null when there is none."""
    return tuple(dict.fromkeys(unwrapped(link.strip()) for link in links if link and link.strip())) or None


def _bare(link: str) -> str:
    link = link.rstrip(".,;:!?…*_")
    while link.endswith((")", "]")) and link.count(link[-1]) > link.count({")": "(", "]": "["}[link[-1]]):
        link = link[:-1].rstrip(".,;:!?…")
    return link

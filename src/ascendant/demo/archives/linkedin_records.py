"""Facts of LinkedIn -> addresses, numbers and cells as LinkedIn writes them. A number holds its millisecond.

Addresses name the post and never its author, but for those that were copied from the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote

from ascendant.demo.archives.facts import Act
from ascendant.demo.names import plain

Rows = Iterable[Sequence[str]]

# Ways to write times, each of some files.
SECONDS: Final = "%Y-%m-%d %H:%M:%S"
SLASHED: Final = "%Y/%m/%d %H:%M:%S UTC"
AMERICAN: Final = "%m/%d/%Y %H:%M:%S UTC"
SHORT: Final = "%-m/%-d/%y, %-I:%M %p"
WORDED: Final = "%a %b %d %H:%M:%S UTC %Y"
PROFILE: Final = "https://www.linkedin.com/in/"
FEED: Final = "https://www.linkedin.com/feed/update/"


def number(at: int, key: int) -> int:
    """The number of a post or comment that was made at a second; its low bits tell it from others."""
    return (at * 1000 << 22) | key


def is_share(act: Act) -> bool:
    """Whether it stands in Shares: own posts, links, quotes, and every fifth repost."""
    return act.kind in ("post", "link", "link_with_words", "quote") or (act.kind == "repost" and act.key % 5 == 0)


def own_address(at: int, key: int) -> str:
    """The address of one of the owner's posts."""
    return FEED + quote(f"urn:li:{'ugcPost' if key % 3 else 'share'}:{number(at, key)}", safe="")


def item_address(act: Act) -> str:
    """The address of the item that an act is about."""
    assert act.item_at is not None
    assert act.item_key is not None
    item = number(act.item_at, act.item_key)
    if act.kind == "quote" and act.has_address and act.source is not None:
        words = plain(act.text).lower().replace(" ", "-")[:30].strip("-")
        return f"https://www.linkedin.com/posts/{quote(act.source.handle)}_{words}-activity-{item}-Ab1c"
    if act.kind == "react" and act.key % 20 == 0:  # a comment was liked
        post = number(act.item_at - 3600, act.item_key ^ 1)
        return _comment(post, item)
    return FEED + quote(f"urn:li:{'activity' if item % 10 else 'ugcPost'}:{item}", safe="")


def answered_address(act: Act) -> str:
    """The address of the post that a comment is about, and of the comment that it answers."""
    assert act.root_at is not None
    assert act.root_key is not None
    if act.to_me:
        return own_address(act.root_at, act.root_key)
    post = number(act.root_at, act.root_key)
    if act.item_key == act.root_key:
        return FEED + quote(f"urn:li:activity:{post}", safe="")
    assert act.item_at is not None
    assert act.item_key is not None
    return _comment(post, number(act.item_at, act.item_key))


def _comment(post: int, comment: int) -> str:
    urn = quote(f"urn:li:comment:(activity:{post},{comment})", safe="")
    return f"{FEED}{quote(f'urn:li:activity:{post}', safe='')}?commentUrn={urn}"


def commentary(act: Act) -> str:
    """The words of a share. Of several lines, each inner end is put between quotation marks."""
    if act.key % 4 == 0 and ". " in act.text:
        return act.text.replace(". ", '."\n""\n"', 1)
    return f'"{act.text}"' if act.key % 11 == 0 else act.text


def escaped(text: str) -> str:
    """A cell of Comments: quotation marks behind a backslash, not doubled."""
    if not any(sign in text for sign in '",\n\\'):
        return text
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'

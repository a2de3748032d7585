"""Facts of LinkedIn -> addresses and numbers as LinkedIn writes them. A number holds its millisecond."""

from __future__ import annotations

from ascendant.demo.archives.facts import Act


def number(at: int, key: int) -> int:
    """The number of a post or comment that was made at a second; its low bits tell it from others."""
    return (at * 1000 << 22) | key


def is_share(act: Act) -> bool:
    """Whether it stands in Shares: own posts, links, quotes, and every fifth repost."""
    return act.kind in ("post", "link", "link_with_words", "quote") or (act.kind == "repost" and act.key % 5 == 0)

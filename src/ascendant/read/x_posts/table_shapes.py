"""The known tables of posts of X: by which columns each is known, and what reads its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from ascendant.read.x_posts import four_cat, minet, release, twarc_csv
from ascendant.read.x_posts.cells import Cells
from ascendant.read.x_posts.told import Pair

Shape: TypeAlias = Callable[[Cells, str], Pair]

SHAPES: Final[dict[str, tuple[frozenset[str], Shape]]] = {
    "twarc-csv": (frozenset({"id", "author_id", "created_at", "text", "conversation_id"}), twarc_csv.read),
    "minet": (frozenset({"id", "timestamp_utc", "user_screen_name", "text"}), minet.read),
    "4cat": (frozenset({"id", "thread_id", "timestamp", "body", "author", "is_retweet"}), four_cat.read),
    "release": (frozenset({"tweetid", "userid", "tweet_time", "tweet_text"}), release.read),
}


def shape_of(header: list[str]) -> str | None:
    """The table that a header belongs to.

    >>> shape_of(["tweetid", "userid", "tweet_time", "tweet_text"]), shape_of(["id", "text"])
    ('release', None)
    """
    names = {name.strip() for name in header}
    return next((shape for shape, (needed, _) in SHAPES.items() if needed <= names), None)

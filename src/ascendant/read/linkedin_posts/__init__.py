"""Posts of LinkedIn, as researchers collect them -> Activity rows, with the accounts that wrote them.

Zeeschuimer's records of LinkedIn's own pages (`voyager`), the table that 4CAT makes of them (`four_cat`), and a plain
table of posts, comments and shares (`posts_table`). LinkedIn shows no time but "18h": the moment is taken from the
number of the post, exact to the millisecond, and never from these words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ascendant.activity import Coverage, Reject
from ascendant.errors import mark
from ascendant.read.export import Export, Member
from ascendant.read.known_tables import Columns, Item, RowReader, known_table, table_items
from ascendant.read.linkedin_posts import four_cat, posts_table, voyager
from ascendant.read.options import ReadOptions

UNKNOWN_FILE: Final = mark("not a file of posts of LinkedIn that this reader knows")

FILES: Final = {
    "posts": "CSV of posts, comments and shares: `post_id`, `author_id`, `created_at`, `text`, `reshared_post_id`, ...",
    "four_cat": "CSV of 4CAT, from what Zeeschuimer collected",
    "voyager": "what LinkedIn's own pages load, collected in a browser by Zeeschuimer, in JSON lines",
}
_KINDS: Final = {"posts": posts_table.NEEDED, "four_cat": four_cat.NEEDED}
_OPENED: Final[dict[str, Callable[[Columns], RowReader]]] = {
    "posts": posts_table.PostsTable,
    "four_cat": four_cat.FourCat,
}


class LinkedInPostsReader:
    """The reader of collected posts of LinkedIn."""

    name = "linkedin_posts"
    version = 1

    def recognises(self, export: Export, options: ReadOptions) -> bool:
        """One member whose keys or columns are those of a known form."""
        if len(export.members) != 1:
            return False
        head = export.members[0].head()
        return voyager.is_voyager(head) or known_table(head, _KINDS) is not None

    def read(self, export: Export, options: ReadOptions) -> Iterator[Item]:
        """Raises `BrokenFile` after what could be read."""
        for member in export.members:
            yield from _items(member)


READER = LinkedInPostsReader()


def _items(member: Member) -> Iterator[Item]:
    head = member.head()
    if voyager.is_voyager(head):
        yield from voyager.items(member)
    elif (found := known_table(head, _KINDS)) is not None:
        kind, layout = found
        yield from table_items(member, layout, _OPENED[kind])
    else:
        yield Reject("file", UNKNOWN_FILE)
        yield Coverage(member=member.name, status="unknown", rows_in=1)
